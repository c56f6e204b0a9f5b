# The vote: options, ballot, count.
# dynamic: vote-tool-
# dynamic: vote-method-
# dynamic: vote-how-
# dynamic: vote-grade-

vote-tool-name = Vote on options
vote-tab-dashboard = Overview
vote-tab-options = Options
vote-tab-rules = Rules
vote-tab-results = Results
vote-options = The options
vote-options-none = No option is written yet.
vote-options-n = { $count ->
    [one] One option
   *[other] { $count } options
}
vote-voters-n = { $count ->
    [0] Nobody has voted yet.
    [one] One person has voted.
   *[other] { $count } people have voted.
}
vote-of-lines = Turnout: { $share } of the roll.
vote-action-vote = Vote
vote-action-results = See the results
vote-action-read = Read the options
vote-status-soon = Not open yet
vote-status-open = Vote open
vote-status-closed = Vote closed
vote-more = More about it
vote-how-title = How one votes, how it is counted
vote-fact-method = Method
vote-fact-fill = On the ballot
vote-fact-seats = To elect
vote-fact-ties = In case of a tie
vote-fact-chosen = How ballots are read
vote-chosen-blank-worst = An option without a grade receives the lowest one.
vote-chosen-blank-exclude = An option without a grade is judged only by those who graded it.
vote-chosen-margins = The strength of a duel is its margin: the ballots for, less the ballots against.
vote-chosen-winning-votes = The strength of a duel is the number of ballots that prefer the winner, however many are against.
vote-chosen-borda-zero = Options left out receive no point.
vote-chosen-borda-average = Options left out share equally the points that remain.
vote-chosen-borda-modified = Options left out receive no point, and the fewer options a ballot ranks, the fewer points it gives.
vote-fact-change = Changing one’s mind
vote-fact-secret = Secrecy
vote-seats-n = { $count ->
    [one] One option wins.
   *[other] { $count } options win.
}
vote-min-age = One must be { $age } on the day of voting.
vote-districts = Districts: { $names }.
vote-changeable = Until the closing, a ballot can be replaced with the code of its receipt.
vote-final = A ballot in the box no longer changes.
vote-secret = The roll says who voted, the box what was voted; nothing ties one to the other. The receipt shows your ballot to whoever holds it: keep it to yourself.
vote-turnout = Turnout
vote-hidden = Results stay hidden from everybody until the box is closed.
vote-ties-unchosen = The rule is not chosen yet.
vote-ties-said-open = Nothing breaks it: tied options win together, and the organisation says what it does.
vote-ties-said-options = The option that stands before the other on the ballot prevails.
vote-ties-said-lot = A lot that anybody can draw again, from the public text “{ $seed }”.
vote-fill-one = Choose one option.
vote-fill-rank = Write 1 beside the option you prefer, 2 beside the next, and so on.
vote-fill-approve = Tick every option that suits you.
vote-fill-plus-minus = Give your plus votes and, if you wish, your minus votes.
vote-fill-grade = Give each option the grade it deserves, without comparing.
vote-fill-points = Spend your credits: one vote costs 1, two votes 4, three votes 9. A negative number votes against.
vote-print-one = Tick one box only.
vote-print-rank = Write 1 in the box of the option you prefer, 2 in the next, and so on.
vote-print-approve = Tick every option that suits you.
vote-print-plus-minus = Tick your plus votes and, if you wish, your minus votes.
vote-print-grade = Tick one grade on each line.
vote-print-points = Write in each box how many votes you give; one vote costs 1, two votes 4, three votes 9.
vote-limit-approve = { $count ->
    [one] One option at most.
   *[other] { $count } options at most.
}
vote-limit-plus-minus = At most { $plus } and { $minus }; two plus votes are needed for each minus vote.
vote-limit-plus-alone = At most { $plus }.
vote-limit-plus = { $count ->
    [one] { $count } plus vote
   *[other] { $count } plus votes
}
vote-limit-minus = { $count ->
    [one] { $count } minus vote
   *[other] { $count } minus votes
}
vote-limit-points = { $credits } credits.
vote-limit-strict = A different rank for each option ranked; you may leave some out.
vote-limit-rank = Two options may have the same rank; those you leave out come after.
vote-rank = rank
vote-points = votes
vote-plus = Plus
vote-minus = Minus
vote-none = Nothing
vote-no-grade = No grade
vote-blank = Blank ballot
vote-grade-6 = Excellent
vote-grade-5 = Very good
vote-grade-4 = Good
vote-grade-3 = Fairly good
vote-grade-2 = Passable
vote-grade-1 = Insufficient
vote-grade-0 = To reject
vote-word-rank = { $rank }. { $names }
vote-word-plus = Plus: { $name }
vote-word-minus = Minus: { $name }
vote-word-grade = { $name }: { $grade }
vote-word-points = { $name }: { $votes }
vote-wrong-option = This choice is not on the ballot.
vote-wrong-rank = “{ $value }” is not a rank: write 1, 2, 3…
vote-wrong-equal = Two options have the same rank: this method wants one for each.
vote-wrong-approve-most = You have ticked { $count } options: { $most } at most.
vote-wrong-plus-most = You have given { $count } plus votes: { $most } at most.
vote-wrong-minus-most = You have given { $count } minus votes: { $most } at most.
vote-wrong-minus-first = Two plus votes are needed for each minus vote.
vote-wrong-grade = This grade does not exist.
vote-wrong-points = “{ $value }” is not a number of votes.
vote-wrong-credits = Your ballot costs { $cost } credits: you have { $credits }.
vote-missing-options = Write at least two options.
vote-missing-ties = Choose what breaks a tie: a vote does not open without that rule.
vote-missing-seats = There must be more options than seats.
vote-missing-kemeny = Kemeny is sure to be counted exactly up to 20 options only: choose another method, or fewer options.
vote-missing-seed = Write the public text of the lot.
vote-missing-roll = Import the list of the people who may vote.
vote-sealed = Somebody has voted: rules and options are sealed until the end.
vote-saved = Saved.
vote-removed = The option is deleted.
vote-save = Save
vote-cancel = Cancel
vote-up = Up
vote-down = Down
vote-delete = Delete
vote-language-fr = French
vote-language-en = English
vote-in-language = { $label } ({ $language })
vote-option-new = Add an option
vote-option-edit = Edit
vote-option-title = Name of the option
vote-option-title-empty = Give the option a name.
vote-option-body = Presentation
vote-option-link = Address where more is said
vote-option-link-wrong = Write an address that begins with https://.
vote-option-picture = Picture
vote-option-picture-hint = PNG, JPEG or WebP. It is made smaller, without place or date.
vote-option-picture-wrong = This picture cannot be read, or is too large.
vote-option-picture-remove = Remove the picture
vote-option-alt = What the picture shows, in words
vote-option-alt-empty = Say in words what the picture shows, for whoever does not see it.
vote-options-most = A vote has 60 options at most.
vote-rules-before = These rules may change until the first vote; then they are sealed, and any attempt to change them goes to the journal.
vote-rules-method-empty = Choose a method.
vote-rules-seats = How many options win
vote-rules-seats-one = This method elects one option only.
vote-rules-number = Write a number between { $min } and { $max }.
vote-rules-limits = Limits of the ballot
vote-rules-limits-hint = Only those of the chosen method matter.
vote-rules-most = Approval: options at most
vote-rules-plus = D21: plus votes
vote-rules-minus = D21: minus votes
vote-rules-minus-hint = Two plus votes are asked for each minus vote. Left empty: one minus vote, if there are two plus votes.
vote-rules-minus-most = Two plus votes are asked for each minus vote: minus votes, { $most } at most here.
vote-rules-plus-hint = Left empty: one more than the options that win, two more from 8 options on, three from 16; never one for each option.
vote-rules-plus-here = { $count ->
    [one] Here: { $count } plus vote.
   *[other] Here: { $count } plus votes.
}
vote-rules-plus-all = Plus votes: { $count }. A plus vote for each option chooses nothing: { $most } at most here.
vote-rules-plus-few = D21 usually gives more plus votes than there are winners: here there are no more.
vote-missing-plus = There must be fewer plus votes than options: see the rules.
vote-rules-credits = Quadratic vote: credits
vote-rules-max-grade = Score: highest grade (1 to 10)
vote-rules-blank = Grades: an option without a grade
vote-blank-worst = Receives the lowest grade
vote-blank-exclude = Is judged only by those who graded it
vote-rules-strength = Schulze, ranked pairs, minimax: the strength of a duel
vote-rules-strength-hint = Both measures are in use, and they may choose different options.
vote-strength-margins = The margin: ballots for, less ballots against
vote-strength-winning-votes = Winning votes: ballots for, alone
vote-rules-ties = What breaks it
vote-rules-ties-hint = Required before opening.
vote-ties-open = Nothing: tied options win together
vote-ties-options = The order of the options on the ballot
vote-ties-lot = A lot that anybody can draw again
vote-rules-seed = Public text of the lot
vote-rules-seed-hint = For instance the full numbers of a lottery draw announced beforehand. It is sealed and published.
vote-rules-roll = The roll
vote-rules-age = Minimum age
vote-rules-age-hint = Reached on the day of voting. It needs a list with dates of birth.
vote-rules-districts = Districts that vote, one a line
vote-rules-districts-hint = As the list writes them. Empty: all.
vote-rules-needs-list = Age and districts need an imported list: an account does not say them.
vote-rules-channels = How one votes
vote-rules-changeable = A ballot cast online can be replaced until the closing
vote-rules-changeable-hint = Only with the code of the receipt: nobody else finds the ballot.
vote-rules-desk = People also vote at the desk, on a screen
vote-rules-paper = People also vote on paper
vote-rules-double = Each paper ballot is keyed by two people
vote-admin-opening = Opening the vote
vote-admin-ready = Everything is ready. Once published, the vote opens and closes at its dates, to the millisecond.
vote-admin-publish = Publish the vote
vote-admin-preview = Preview of the ballot
vote-admin-missing = Before publishing:
vote-admin-process = The process and its steps
vote-admin-see = See the public page
vote-admin-next = What comes next
vote-admin-next-open = When the vote ends, key the last paper ballots, then close the box from the report.
vote-admin-next-close = The vote is over. Settle the paper ballots, then close the box.
vote-admin-next-results = The box is closed. Read the results, then publish them.
vote-results = Results
vote-results-wait = Results will be published here, after the box is closed.
vote-results-preview = These results are not published yet.
vote-results-closed-first = Close the box first, from the report.
vote-results-publish = Publish the results
vote-results-published = Results published
vote-results-already = The results are already published.
vote-results-done = The results are published, and their fingerprint is in the journal.
vote-result-nobody = Nobody voted: there is no result.
vote-result-blank = All the ballots are blank: there is no result.
vote-result-tied = A tie between { $names }: the chosen rule does not break it.
vote-result-won = { $count ->
    [one] { $names } wins, out of { $ballots } ballots.
   *[other] { $names } win, out of { $ballots } ballots.
}
vote-winner = Wins
vote-picture = The options from first to last: { $unit }
vote-col-rank = Rank
vote-col-option = Option
vote-col-mean = Mean
vote-col-defeat = Worst duel
vote-col-against = Against
vote-col-prefer = Prefer…
vote-unit-votes = votes
vote-unit-first-round = votes in the first round
vote-unit-last-round = votes in the last round the option was in
vote-unit-approvals = approvals
vote-unit-net = plus less minus
vote-unit-score = total of grades
vote-unit-points = points
vote-unit-merit = majority grade
vote-unit-duels = duels won
vote-unit-most-votes = votes at the highest
vote-working = The count, step by step
vote-working-method = Method chosen before opening and sealed with the first vote:
vote-step-ballots = { $ballots } ballots in the box, { $counted } counted by this method.
vote-rejected-blank = { $count ->
    [one] One blank ballot.
   *[other] { $count } blank ballots.
}
vote-rejected-equal = { $count ->
    [one] One ballot left out: two options of equal rank.
   *[other] { $count } ballots left out: two options of equal rank.
}
vote-rejected-approvals = { $count ->
    [one] One ballot left out: too many options ticked.
   *[other] { $count } ballots left out: too many options ticked.
}
vote-rejected-plus = { $count ->
    [one] One ballot left out: too many plus votes.
   *[other] { $count } ballots left out: too many plus votes.
}
vote-rejected-minus = { $count ->
    [one] One ballot left out: too many minus votes.
   *[other] { $count } ballots left out: too many minus votes.
}
vote-rejected-minus-first = { $count ->
    [one] One ballot left out: a minus vote without two plus votes.
   *[other] { $count } ballots left out: a minus vote without two plus votes.
}
vote-rejected-credits = { $count ->
    [one] One ballot left out: more credits than it has.
   *[other] { $count } ballots left out: more credits than they have.
}
vote-table-votes = Votes of each option
vote-table-first-round = First round
vote-table-approvals = Approvals of each option
vote-table-marks = Plus and minus votes
vote-table-scores = Grades of each option
vote-table-points = Points of each option
vote-table-grades = How many people gave each grade
vote-table-duels = How many ballots prefer the option of the line to that of the column
vote-table-paths = Strength of the best path, from the line to the column
vote-table-copeland = Two points a duel won, one a draw
vote-table-worst = Worst duel of each option
vote-step-round = Round { $number }
vote-step-stage = Stage { $number }
vote-step-majority = One option has more than half of the votes: there is no second round.
vote-step-second-round = { $first } has { $for-first } votes, { $second } has { $for-second }.
vote-step-runoff-title = The duel of the first two
vote-step-runoff = { $for-first } ballots prefer { $first }, { $for-second } prefer { $second }, { $neither } prefer neither.
vote-step-eliminated = { $name } has the fewest votes and leaves the count; those ballots go to their next choice.
vote-step-exhausted = { $votes } votes no longer go to anybody: those ballots rank no remaining option.
vote-step-duels = All the duels
vote-step-condorcet = { $name } wins its duel against each of the others.
vote-step-no-condorcet = No option wins all its duels.
vote-step-duels-won = { $count ->
    [0] { $name } wins no duel.
    [one] { $name } wins one duel.
   *[other] { $name } wins { $count } duels.
}
vote-step-paths = The strongest paths
vote-step-paths-text = When duels go in a circle, paths are compared: a path is worth its weakest duel. An option stands before another when its best path to it is stronger than the way back.
vote-step-pairs = The duels, from the clearest to the least clear
vote-step-locked = { $winner } before { $loser } (strength { $strength }): kept.
vote-step-unlocked = { $winner } before { $loser } (strength { $strength }): left out, it contradicts those before.
vote-step-kemeny-title = The ranking least contradicted
vote-step-kemeny = { $names }: ballots contradict this ranking { $count } times, and no other less.
vote-step-kemeny-other = Another ranking is contradicted as little; the tie rule chose.
vote-step-quota = { $quota } votes are needed to be elected (Droop quota).
vote-step-medians = The grade of each option
vote-step-merit = { $name }: at least half of the people give it “{ $grade }” or better; { $above } give better, { $below } give worse.
vote-stage-first = Each ballot goes to its first choice.
vote-stage-surplus = { $name } has { $votes } votes too many: they go to the next choices.
vote-stage-exclude = { $name } has the fewest votes and leaves the count.
vote-stage-iterate = The shares kept by those elected are adjusted until { $votes } votes too many remain.
vote-stage-fill = As many options remain as seats.
vote-stage-elected = { $count ->
    [one] { $names } is elected.
   *[other] { $names } are elected.
}
vote-ties-met = Ties that were met
vote-tie-open = { $names }: tie left open.
vote-tie-broken = { $names }: a tie, broken by { $rule } in favour of { $chosen }.
vote-tie-earlier-rounds = the earlier rounds
vote-tie-first-round = the first round
vote-tie-duels = their duels
vote-tie-score = the total of grades
vote-tie-highest-grades = the number of highest grades
vote-tie-options = the order of the options
vote-tie-order = the published order
vote-tie-lot = the lot
vote-tie-unresolved = nothing
vote-others = Simulation: other methods on the same ballots
vote-others-warning = This is not a result. The method was chosen before opening; the others decided nothing. Under another method, people might have voted otherwise.
vote-others-winner = Would have won
vote-others-same = Same result
vote-others-yes = Yes
vote-others-no = No
vote-others-derived = ballots converted
vote-others-note = Ballots converted: the method asks for another ballot; it is deduced from the one that was filled.
vote-data = The data
vote-data-text = All ballots are published, shuffled, without date or name. Anybody can count again with the command “parvis verify”.
vote-data-web = online
vote-data-desk = at the desk
vote-data-paper = on paper
vote-data-hash = Fingerprint of the ballots
vote-data-bundle = Download the open data
vote-data-journal = See the journal
vote-method-plurality = Plurality
vote-how-plurality = Each person gives one vote; the option with the most wins.
vote-method-two-round = Two rounds
vote-how-two-round = If one option has more than half of the first choices it wins; otherwise the first two meet, on the same ranked ballots.
vote-method-approval = Approval
vote-how-approval = One ticks every option that suits; the most ticked wins.
vote-method-d21 = D21 (Janeček)
vote-how-d21 = One gives several plus votes and a few minus votes; the largest difference wins.
vote-method-score = Score
vote-how-score = One grades each option; the highest total wins.
vote-method-star = STAR
vote-how-star = One grades each option from 0 to 5; the two highest totals meet, and the one that more ballots prefer wins.
vote-method-borda = Borda
vote-how-borda = One ranks; each rank is worth points, the highest total wins.
vote-method-majority-judgement = Majority judgement
vote-how-majority-judgement = One gives each option a grade in words; the one with the best median grade wins.
vote-method-irv = Instant runoff
vote-how-irv = One ranks; the option with the fewest votes is eliminated, round after round, until a majority.
vote-method-schulze = Schulze
vote-how-schulze = One ranks; each pair of options is a duel, and the strongest paths of duels decide.
vote-method-ranked-pairs = Ranked pairs
vote-how-ranked-pairs = One ranks; duels are kept from the clearest to the least clear, except those that contradict the ones before.
vote-method-copeland = Copeland
vote-how-copeland = One ranks; the option that wins the most duels prevails.
vote-method-minimax = Minimax
vote-how-minimax = One ranks; the option whose worst defeat is the mildest prevails.
vote-method-kemeny = Kemeny
vote-how-kemeny = One ranks; the ranking that ballots contradict the least is kept.
vote-method-stv-scottish = Single transferable vote (Scotland)
vote-how-stv-scottish = One ranks; votes above the quota and those of the excluded pass to the next choice.
vote-method-stv-meek = Single transferable vote (Meek)
vote-how-stv-meek = One ranks; each elected option keeps the share of votes it needs, the rest passes to the next choice.
vote-method-quadratic = Quadratic voting
vote-how-quadratic = One spends credits: the stronger a vote, the dearer; the highest total wins.
