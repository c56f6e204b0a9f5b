# The participatory budget: ballot, count, results, simulator.
# dynamic: budget-tool-
# dynamic: budget-face-
# dynamic: budget-rule-
# dynamic: budget-how-
# dynamic: budget-completion-
# dynamic: budget-satisfaction-
# dynamic: budget-tie-

budget-tool-name = Participatory budget
budget-tab-rules = Rules of the vote
budget-tab-simulator = Simulator
budget-tab-results = Results
budget-admin = Administration
budget-to-budget = See the budget
budget-action-results = See the results

# The ballot

budget-at = { $number ->
    [0] { "" }
   *[other] { " " }(envelope { $number })
  }
budget-envelope-of = envelope of { $amount }
budget-envelope-line = { $name }, envelope of { $amount }
budget-projects-on-ballot = { $count ->
    [one] one project
   *[other] { $count } projects
  }
budget-district-choose = Your district
budget-district-hint = Choose one district only: you vote in that one, and in the envelopes of the whole town.
budget-district-none = None: I only vote for the whole town
budget-fill-approve = Tick every project that suits you.
budget-fill-knapsack = Tick the projects that you would pay for: together they must fit in the envelope.
budget-fill-points = Share your points among the projects, giving more to those that matter most to you.
budget-fill-rank = Write 1 beside the project you prefer, 2 beside the next, and so on.
budget-fill-plus-minus = Give your plus votes and, if you wish, your minus votes.
budget-print-approve = Tick every project that suits you.
budget-print-knapsack = Tick the projects that you would pay for. If together they cost more than the envelope, the ballot is spoiled.
budget-print-points = Write in each box how many points you give; an empty box is worth zero.
budget-print-rank = Write 1 in the box of the project you prefer, 2 in the next, and so on.
budget-print-plus-minus = Tick your plus votes and, if you wish, your minus votes.
budget-print-district = Tick the box of one district only, and vote only in that one and in the envelopes of the whole town.
budget-limit-most = { $count ->
    [one] One project at most in each envelope.
   *[other] { $count } projects at most in each envelope.
  }
budget-limit-least = { $count ->
    [one] One project at least in each envelope, or none.
   *[other] { $count } projects at least in each envelope, or none.
  }
budget-limit-share = Together they cost at least { $share } of each envelope, or nothing at all.
budget-limit-points = { $count ->
    [one] One point in each envelope.
   *[other] { $count } points in each envelope.
  }
budget-limit-plus = { $count ->
    [one] One plus vote at most in each envelope.
   *[other] { $count } plus votes at most in each envelope.
  }
budget-limit-minus = { $count ->
    [0] No minus vote.
    [one] One minus vote at most; two plus votes are asked for each minus vote.
   *[other] { $count } minus votes at most; two plus votes are asked for each minus vote.
  }
budget-plus = Plus
budget-minus = Minus
budget-neither = Neither
budget-points = points
budget-rank = rank
budget-more = Learn more
budget-project-page = The page of the project
budget-spend-label = Part already used
budget-spend-left = You have # left.
budget-spend-over = You are # over: take something out.
budget-spend-short = Not enough yet: # more is asked for, or no project at all.
budget-word-project = { $title } ({ $cost })
budget-word-rank = { $rank }. { $name }
budget-word-points = { $count ->
    [one] { $name }: one point
   *[other] { $name }: { $count } points
  }
budget-word-plus = Plus: { $name }
budget-word-minus = Minus: { $name }
budget-word-total = Total: { $cost } of { $amount }
budget-word-in = { $envelope } – { $what }
budget-word-blank = { $envelope } – blank ballot
budget-wrong-project = A chosen project is not on the ballot.
budget-wrong-choice = These choices are not possible on this ballot{ budget-at }.
budget-wrong-mark = “{ $value }” is neither a plus nor a minus vote{ budget-at }.
budget-wrong-points = “{ $value }” is not a number of points: write 1, 2, 3…{ budget-at }
budget-wrong-rank = “{ $value }” is not a rank: write 1, 2, 3…{ budget-at }
budget-wrong-equal = Two projects have rank { $rank }: give each its own{ budget-at }.
budget-wrong-most = { $count ->
    [one] You chose one project: { $most } at most{ budget-at }.
   *[other] You chose { $count } projects: { $most } at most{ budget-at }.
  }
budget-wrong-least = { $count ->
    [0] You chose no project: { $least } are asked for, or nothing at all{ budget-at }.
    [one] You chose one project: { $least } at least are asked for, or none{ budget-at }.
   *[other] You chose { $count } projects: { $least } at least are asked for, or none{ budget-at }.
  }
budget-wrong-cost = Your projects cost €{ $cost } for an envelope of €{ $amount }: take out €{ $over } at least{ budget-at }.
budget-wrong-short = Your projects cost €{ $cost }: at least €{ $least } are asked for, that is €{ $short } more, or nothing at all{ budget-at }.
budget-wrong-points-most = You gave { $sum } points: you have { $points }{ budget-at }.
budget-wrong-plus-most = { $count ->
    [one] You gave one plus vote: { $most } at most{ budget-at }.
   *[other] You gave { $count } plus votes: { $most } at most{ budget-at }.
  }
budget-wrong-minus-most = { $count ->
    [one] You gave one minus vote: { $most } at most{ budget-at }.
   *[other] You gave { $count } minus votes: { $most } at most{ budget-at }.
  }
budget-wrong-minus-first = Two plus votes are asked for each minus vote{ budget-at }.
budget-wrong-district = This district is not on the ballot.
budget-wrong-districts = You chose projects in several districts: only one is possible.
budget-wrong-which-district = You chose projects in several districts: say which one is yours{ budget-at }.
budget-wrong-other-district = You chose another district: take out the projects of this one, or change district{ budget-at }.
budget-wrong-missing = This ballot says nothing of an envelope in which everybody votes.

# How this vote works

budget-vote-how = How this vote works
budget-vote-unchosen = The rules of the vote are not chosen yet. They will be written here before it opens, and sealed with the first vote.
budget-vote-fact-place = Where one votes
budget-vote-fact-channels = Ways to vote
budget-vote-fact-fill = On the ballot
budget-vote-fact-change = Changing one’s mind
budget-vote-fact-secret = Secrecy
budget-vote-fact-count = How projects win
budget-vote-fact-ties = In case of a tie
budget-vote-age = One must be { $age } on the day of voting.
budget-vote-any-age = No age is asked for.
budget-vote-list-districts = Districts: { $names }.
budget-vote-place-all = In each of the { $count } envelopes.
budget-vote-place-one = In one district only, chosen freely among { $count }.
budget-vote-place-one-and-town = In one district only, chosen freely among { $count }, and in the envelopes of the whole town.
budget-vote-channels = One votes { $names }.
budget-vote-changeable = Until the closing, a ballot cast on a screen can be replaced with the code of its receipt.
budget-vote-final = A ballot in the box no longer changes.
budget-vote-secret = The roll says who voted, the box what was voted; nothing ties one to the other. The receipt shows your ballot to whoever holds it: keep it to yourself.
budget-vote-turnout = Turnout
budget-vote-voters-n = { $count ->
    [0] Nobody has voted.
    [one] One person has voted.
   *[other] { $count } people have voted.
  }
budget-vote-of-lines = Turnout: { $share } of the roll.
budget-vote-channel-n = { $name }: { $count }
budget-vote-hidden = Results stay hidden from everybody until the box is closed.

# Before opening

budget-missing-projects = At least two projects are needed in one envelope.
budget-missing-cost = A project costs more than its envelope: it could never win.
budget-missing-amount = An envelope that has projects has no money.
budget-missing-ties = Choose what breaks a tie: a vote does not open without this rule.
budget-missing-districts = To vote in one district only, at least two district envelopes with projects are needed.
budget-missing-points = Say how many points each person shares out.
budget-missing-share = In one envelope, the projects that a ballot may hold cost less together than the least part asked for: nobody could fill a ballot.
budget-missing-roll = Import the list of the people who may vote.

# The rules

budget-sealed = Somebody has voted: rules, envelopes and projects are sealed until the end.
budget-rules-before = These rules can change until the first vote; then they are sealed, and any attempt to change them is written in the journal.
budget-rules-simulate = Try rules on a past budget
budget-rules-saved = Saved.
budget-rules-save = Save
budget-rules-ballot = The ballot
budget-rules-face = How it is filled
budget-rules-face-empty = Choose how the ballot is filled.
budget-face-approve = Tick projects
budget-face-knapsack = Fill the envelope
budget-face-points = Share out points
budget-face-rank = Rank projects
budget-face-plus-minus = Plus and minus votes (D21)
budget-rules-reach = Where one votes
budget-reach-all = In every envelope
budget-reach-one = In one district of one’s choice, and in the envelopes of the whole town
budget-rules-least = Projects at least, in each envelope
budget-rules-least-hint = A blank ballot is always possible. 0: no minimum.
budget-rules-least-over = This minimum is over the maximum.
budget-rules-most = Projects at most, in each envelope
budget-rules-most-hint = For D21, the number of plus votes. Empty: no limit.
budget-rules-share = Filling the envelope: least part of each envelope, in per cent
budget-rules-share-hint = So that nobody chooses only one small project. A blank ballot is always possible. 0: no minimum.
budget-rules-points = Points to share out, in each envelope (when points are shared)
budget-rules-minus = D21: minus votes at most
budget-rules-minus-hint = Two plus votes are asked for each minus vote. A project needs more plus than minus votes to win.
budget-rules-minus-over = At least two plus votes are needed for each minus vote allowed.
budget-rules-count = The count
budget-rules-rule = How ballots become winning projects
budget-rules-rule-empty = Choose a rule.
budget-rule-greedy = The most wanted first
budget-how-greedy = Projects are taken from the most to the least wanted for what they cost (with satisfaction by cost: from the most to the fewest votes); what no longer fits in the envelope is passed over.
budget-rule-greedy-stop = The most wanted first, until one does not fit
budget-how-greedy-stop = As the one before, but the count ends at the first project that does not fit in the rest of the envelope.
budget-rule-greedy-score = The highest totals first
budget-how-greedy-score = Projects are taken from the highest total of points down, whatever their cost; what no longer fits in the envelope is passed over.
budget-rule-knapsack = The best combination
budget-how-knapsack = Of all combinations of projects that fit in the envelope, the one with the largest total satisfaction.
budget-rule-equal-shares = Equal shares
budget-how-equal-shares = Everybody gets the same share of the envelope; the supporters of a project pay for it together, as equally as they can, starting with the one that costs them least.
budget-rule-phragmen = Phragmén
budget-how-phragmen = Everybody earns money at the same speed; a project is bought as soon as its supporters hold its cost. The count ends at the first that would exceed the envelope.
budget-rule-phragmen-skip = Phragmén, passing over what exceeds
budget-how-phragmen-skip = Everybody earns money at the same speed; a project is bought as soon as its supporters hold its cost. What would exceed the envelope is passed over.
budget-rule-joint = , { "" }
budget-rules-satisfaction = What a winning project brings to those who chose it
budget-rules-satisfaction-hint = Without effect under Phragmén.
budget-rules-satisfaction-empty = Choose what a project brings.
budget-satisfaction-cost = satisfaction by cost
budget-satisfaction-cardinality = satisfaction by number
budget-satisfaction-points = satisfaction by points
budget-satisfaction-borda = satisfaction by Borda
budget-satisfaction-ranks = satisfaction by ranks
budget-how-satisfaction-cost = As much as its cost: a large project counts for more than a small one.
budget-how-satisfaction-cardinality = The same for each project: their number is what counts.
budget-how-satisfaction-points = The points that it was given; with D21, a plus vote is worth 1 and a minus vote −1.
budget-how-satisfaction-borda = By its rank: 0 for the last of the ballot, 1 for the last but one, and so on.
budget-how-satisfaction-ranks = By its rank: 1 for the last of the ballot, 2 for the last but one, and so on.
budget-rules-completion = Equal shares: when money is left
budget-rules-completion-hint = It matters for equal shares only.
budget-completion-none = without completion
budget-completion-greedy = completed by the most wanted
budget-completion-add1 = with larger shares
budget-completion-add1u = with larger shares, then completed by the most wanted
budget-how-completion-none = The rest is not spent.
budget-how-completion-greedy = The rest goes to the most wanted projects that fit in it.
budget-how-completion-add1 = The count is done again with a little more money for each person, as long as the winners fit in the envelope.
budget-how-completion-add1u = The count is done again with a little more money for each person, as long as the winners fit in the envelope; then the rest goes to the most wanted projects that fit in it.
budget-how-comparison = If more people have more of their projects among the most wanted, that result stands.
budget-how-threshold = A project needs at least { $votes } votes or points to be able to win.
budget-rules-comparison = Equal shares: compare with the most wanted at the end
budget-rules-comparison-hint = If more people have more of their projects among the most wanted, that result stands.
budget-rules-threshold = Votes that a project needs
budget-rules-threshold-hint = Points when satisfaction goes by points; for D21, plus less minus votes. Empty: none, but one for D21.
budget-rules-equal = When there is a tie
budget-rules-ties = What breaks it
budget-rules-ties-hint = Required before opening.
budget-ties-by-votes = The most votes, then the lowest cost
budget-ties-by-cost = The lowest cost, then the most votes
budget-ties-order = The order of the projects on the ballot
budget-ties-lot = A lot that anybody can draw again
budget-ties-said-by-votes = In a tie, the project with the most votes prevails, then the cheapest, then the first by its number.
budget-ties-said-by-cost = In a tie, the cheapest project prevails, then the one with the most votes, then the first by its number.
budget-ties-said-order = In a tie, the project placed first on the ballot prevails.
budget-ties-said-lot = In a tie, a lot that anybody can draw again decides, from the public text “{ $seed }”.
budget-ties-said-lexicographic = In a tie, the first number prevails, read as a text.
budget-rules-seed = Public text of the lot
budget-rules-seed-hint = For instance the full numbers of a lottery draw announced beforehand. It is sealed and published.
budget-rules-seed-empty = Write the public text of the lot.
budget-rules-number = Write a number between { $min } and { $max }.
budget-rules-points-face = Points need a ballot on which points are shared, or D21.
budget-rules-rank-face = Borda and ranks need a ballot on which projects are ranked.
budget-rules-plus-minus-points = With D21, satisfaction goes by points: a plus vote is worth 1, a minus vote −1.
budget-rules-plus-minus-loads = Phragmén cannot count minus votes: choose another rule.
budget-rules-score-cost = This rule goes by the highest total: choose points, ranks or number.
budget-rules-roll = The roll
budget-rules-age = Minimum age
budget-rules-age-hint = Reached on the day of voting. It needs a list with dates of birth.
budget-rules-districts = Districts of the list that vote, one a line
budget-rules-districts-hint = As the list writes them. Empty: all.
budget-rules-needs-list = Age and districts need an imported list: an account does not say them.
budget-rules-channels = How one votes
budget-rules-changeable = A ballot cast online can be replaced until the closing
budget-rules-changeable-hint = Only with the code of the receipt: nobody else finds the ballot.
budget-rules-desk = People also vote at the desk, on a screen
budget-rules-paper = People also vote on paper
budget-rules-double = Each paper ballot is keyed by two people
budget-advice = To know before opening:
budget-advice-shares-alone = Without completion, equal shares often leave a good part of the envelope.
budget-advice-greedy = Under this rule, a majority that votes alike can take the whole envelope.
budget-advice-knapsack = The best combination is hard to explain, and a much wanted project can lose to two small ones.
budget-advice-phragmen = This rule can end early and leave much money; its variant passes over what exceeds.
budget-advice-stop = A single dear project can end the count and leave money.
budget-advice-borda = With Borda, the last project of a ballot gets nothing: a ballot of one project does not count.
budget-advice-knapsack-most = The envelope already limits the ballot: a number of projects besides limits it twice.
budget-advice-one = With one project a ballot, votes scatter among projects that are alike.
budget-advice-plus-minus = Without a limit of plus votes, minus votes are not limited by them: say how many plus votes are possible.

# The results

budget-results = Results
budget-results-wait = Results will be published here, after the box is closed.
budget-results-preview = These results are not published yet.
budget-results-closed-first = Close the box first, from the report.
budget-results-publish = Publish the results
budget-results-published = Results published
budget-results-already = The results are already published.
budget-results-done = The results are published, and their fingerprint is in the journal.
budget-results-too-hard = This rule gives no exact result in a reasonable time on these ballots. Nothing is published; the ballots stay in the closed box, and can be counted elsewhere from the open data.
budget-result-nobody = Nobody voted: there is no result.
budget-result-lead = { $count ->
    [0] No project wins of { $projects }, from { $ballots }; { $spent } spent of { $amount }.
    [one] One project wins of { $projects }, for { $spent } of { $amount }, from { $ballots }.
   *[other] { $count } projects win of { $projects }, for { $spent } of { $amount }, from { $ballots }.
  }
budget-result-envelope = { $count ->
    [0] No project wins: { $spent } spent of { $amount }.{ $names }
    [one] Winner: { $names }, for { $spent } of { $amount }.
   *[other] Winners: { $names }, for { $spent } of { $amount }.
  }
budget-ballots-n = { $count ->
    [0] no ballot
    [one] one ballot
   *[other] { $count } ballots
  }
budget-votes-n = { $count ->
    [0] no vote
    [one] one vote
   *[other] { $count } votes
  }
budget-won = Won
budget-lost = Did not win
budget-picture = Votes of each project, winners first
budget-picture-cut = The picture shows the first thirty; the table shows them all.
budget-bar-won = ✓ { $name }: { $votes }, { $cost }, won
budget-bar-lost = { $name }: { $votes }, { $cost }, did not win
budget-table-projects = All projects
budget-col-project = Project
budget-col-cost = Cost
budget-col-votes = Votes
budget-col-score = Total
budget-col-result = Result
budget-col-rule = Rule
budget-col-winners = Winners
budget-col-spent = Spent
budget-col-share = Have a winner
budget-col-each = Winners a person
budget-col-change = What would change
budget-col-paid = Paid
budget-why = Why?
budget-method-rule = This rule explained, with an example
budget-method-completion = What is done with the money that is left, explained
budget-method-reasons = How these reasons and numbers are found
budget-working = The count
budget-working-rule = Rule chosen before opening and sealed with the first vote:
budget-working-rule-imported = Rule of this count:
budget-rounds = Round by round
budget-ties-met = Ties that were met
budget-step-ballots = { $ballots } in this envelope; blank ones: { $blank }. A blank ballot counts among the ballots.
budget-step-endowment = Share of each person: { $amount }.
budget-step-passes = Shares were made larger, and the count done again { $count } times.
budget-step-satisfied = Ballots that chose at least one winner: { $count } ({ $share }).
budget-step-exhaustive = No other project fits in the rest of the envelope.
budget-step-left = Another project would fit in the rest of the envelope, but the rule does not take it.
budget-round-greedy = { $name } ({ $cost }) is taken with { $votes }; { $left } is left afterwards.
budget-round-completion = { $name } ({ $cost }, { $votes }) is taken as a completion, with the rest of the envelope; { $left } is left afterwards.
budget-round-knapsack = { $name } ({ $cost }) is part of the combination with the largest total.
budget-round-free = { $name } ({ $cost }) costs nothing: it is taken first.
budget-round-shares = { $count ->
    [one] { $name } ({ $cost }) is paid for by one person, { $price }.
   *[other] { $name } ({ $cost }) is paid for by { $count } people, { $price }.
  }
budget-round-earnings = { $count ->
    [one] { $name } ({ $cost }) is bought by one person, who by then has paid { $price } in all.
   *[other] { $name } ({ $cost }) is bought by { $count } people, each of whom by then has paid { $price } in all.
  }
budget-price-each = { $price } each at most
budget-price-point = { $price } a point at most
budget-tie-decisive = { $names }: a tie, broken by { $rule } in favour of { $chosen }.
budget-tie-order-only = { $names }: a tie, broken by { $rule } in favour of { $chosen }; it changed the order only.
budget-tie-lexicographic = the number
budget-tie-by-cost = the lowest cost
budget-tie-by-votes = the number of votes
budget-tie-order = the order of the ballot
budget-tie-lot = the lot
budget-others = Simulation: other rules on the same ballots
budget-others-warning = This is not a result. The rule was chosen before opening; the others decided nothing. Under another rule, people might have voted otherwise.
budget-others-warning-imported = This is not a result. Under another rule, people might have voted otherwise.
budget-others-table = The rules side by side
budget-others-own = The rule of the vote
budget-others-more = In addition: { $names }.
budget-others-less = Without: { $names }.
budget-others-same = The same projects.
budget-data = The data
budget-data-text = All ballots are published, shuffled, without date or name. Anybody can count again with the command “parvis verify”.
budget-data-imported = These ballots come from a public file. Anybody can count again with the command “parvis verify”.
budget-data-web = online
budget-data-desk = at the desk
budget-data-paper = on paper
budget-data-hash = Fingerprint of the ballots
budget-data-pb = Pabulib file (.pb): { $name }
budget-data-pb-blank = { $count ->
    [one] One blank ballot is not in it, for the format has none; its comment says so, and “parvis count budget” counts it.
   *[other] { $count } blank ballots are not in it, for the format has none; its comment says so, and “parvis count budget” counts them.
  }
budget-data-json = The results and their working (JSON)
budget-data-bundle = Download the open data
budget-data-journal = See the journal
budget-imported-notice = This budget was held elsewhere. It is counted again here from a public file:
budget-imported-beyond = Ballots beyond what the file allows, counted as they are: { $beyond }. Ballots that cannot be read, not counted: { $unread }.
budget-official-same = These are the projects that the file gives as winners.
budget-official-other = The file gives other winners: the original organisation followed another rule, which this count does not reproduce.
budget-official-only = Winners in the file only: { $names }.
budget-official-not = Winners of this count only: { $names }.
budget-why-won = { $name } wins, for { $cost }.
budget-why-lost = { $name } does not win; it costs { $cost }.
budget-why-nobody = Nobody voted in this envelope: { $name } does not win.
budget-why-votes = Votes: { $votes } out of { $ballots }.
budget-why-votes-minus = Votes for: { $votes }; minus votes: { $minus }; out of { $ballots }.
budget-why-paying-less = { $count ->
    [one] One person gave their last money and paid less than the others.
   *[other] { $count } people gave their last money and paid less than the others.
  }
budget-why-completion = The shares of its supporters did not suffice to pay for it: it is taken with the money that nobody spent.
budget-why-consoled = { $count ->
    [0] None of its supporters ({ $share }) has another winner.
    [one] One of its supporters ({ $share }) has at least one other winner.
   *[other] { $count } of its supporters ({ $share }) have at least one other winner.
  }
budget-lost-no-support = Nobody chose it.
budget-lost-minus = Its plus votes less its minus votes make { $net }; at least { $votes } is needed.
budget-lost-threshold = It does not reach { $votes }, the minimum of the rules.
budget-lost-over = It costs more than the whole envelope, { $amount }.
budget-lost-fit = When its turn came, { $left } was left: { $missing } was missing.
budget-lost-money = { $count ->
    [0] From the start, the shares of its supporters did not suffice: together they had { $money }, { $missing } was missing.
    [one] After the first round, its supporters no longer had enough: together they had { $money } left, { $missing } was missing.
   *[other] After round { $count }, its supporters no longer had enough: together they had { $money } left, { $missing } was missing.
  }
budget-lost-then = Then, when the rest of the envelope was given out, only { $left } was left at its turn.
budget-lost-ended = The count ended before its turn.
budget-lost-set = Another combination of projects has a larger total.
budget-needed = What would have been enough
budget-needed-hint = This number supposes more ballots that name this project alone, with the most points that it was given where there are points; all the rest is unchanged, and the whole count is done again.
budget-needed-votes = { $count ->
    [one] One more ballot would have been enough.
   *[other] { $count } more ballots would have been enough.
  }
budget-needed-out = Even four times more ballots would not have been enough.
budget-needed-unknown = With Borda, a ballot that names this project alone gives it nothing: no number can be said.
budget-needed-not-sought = This number was not sought for this project: there are too many ballots and projects, and the most wanted projects come first.
budget-needed-cost = At { $cost }, that is { $less } less, it would have won.
budget-needed-cost-out = At a lower cost it would not have won either, even at one euro.
budget-needed-cost-not-sought = The cost at which it would have won was not sought: there are too many ballots and projects, and the most wanted projects come first.
budget-needed-cost-hint = The cost is sought in whole euros: all the rest is unchanged, and the whole count is done again each time. The project wins at this cost, and not at one euro more. Under rules that share money or look for the best combination, another cost, rarely, is enough too.
budget-spent-on = Where the money of its supporters went
budget-all-results = All results

budget-share = What my share paid
budget-share-why = Everybody had the same share, and paid with it for the winners that they chose. The box does not know who you are: tick what you had chosen, as your receipt shows it. Nothing of it is kept.
budget-share-button = Follow my share
budget-share-lead = { $count ->
    [0] Your share, { $had }, paid for no winner.
    [one] Your share, { $had }, helped to pay for one winner.
   *[other] Your share, { $had }, helped to pay for { $count } winners.
  }
budget-share-left = Left in your share at the end of the count: { $left }.
budget-share-rest = paid by no share

# The simulator

budget-simulator = Simulator of rules
budget-simulator-lead = Try rules of counting on a past budget, before you choose yours. Nothing is kept.
budget-simulator-from-file = A Pabulib file
budget-simulator-file-hint = A .pb file, compressed or not; pabulib.org publishes several hundred. It is read, counted, and forgotten.
budget-simulator-from-site = A budget of this site that is over
budget-simulator-try = Try
budget-simulator-which = On which budget
budget-simulator-no-budget = None: the file above
budget-simulator-both = Choose a file or a budget of this site, not both.
budget-simulator-neither = Choose a file, or a budget of this site.
budget-simulator-shared = With which rules besides
budget-simulator-shared-said = For all the rules:
budget-simulator-seed-hint = Any text, to see what a lot would do.
budget-simulator-threshold-hint = Points when satisfaction goes by points; with plus and minus votes, plus less minus. Empty: none, but one for a budget of this site with minus votes.
budget-simulator-button = Compare the rules
budget-simulator-result = The rules, side by side:
budget-simulator-differ = { $count ->
    [0] All rules give the same projects everywhere (envelopes: { $total }).
    [one] The rules give different projects in one envelope of { $total }.
   *[other] The rules give different projects in { $count } envelopes of { $total }.
  }
budget-simulator-projects = The projects, from the most to the least wanted; the letters are those of the rules
budget-simulator-projects-differ = { $count ->
    [0] All rules select the same projects.
    [one] One project depends on the rule.
   *[other] { $count } projects depend on the rule.
  }
budget-simulator-left-out = Not counted here, for want of an exact result in a reasonable time: { $rules }.

# The import

budget-import = Import a budget (Pabulib)
budget-import-data = Data
budget-import-lead = A Pabulib file becomes a closed budget, in a process of its own, with its results counted again. Importing the same file twice changes nothing.
budget-import-file = .pb file
budget-import-file-hint = In the Pabulib format, compressed by gzip or not, 10 MB at most.
budget-import-file-missing = Choose a file.
budget-import-title = Title of the process
budget-import-check = Check
budget-import-write = Import
budget-import-checked = What the file holds
budget-import-there = This file is already imported.
budget-import-projects = Projects
budget-import-ballots = Ballots counted
budget-import-beyond = Beyond what the file allows
budget-import-unread = Unreadable
budget-import-rule = Rule
budget-import-winners = Winners
budget-import-warnings = What is odd in the file
budget-import-warning = Line { $line }: the announced total is not that of the file.
budget-import-already = This file was already imported: nothing changed.
budget-import-done = The budget is imported.
budget-pb-at = { $line ->
    [0] { "" }
   *[other] Line { $line }:{ " " }
  }
budget-pb-gzip = { budget-pb-at }The compressed file is cut or damaged.
budget-pb-long = { budget-pb-at }The file is too long once unpacked.
budget-pb-not-text = { budget-pb-at }This is not UTF-8 text.
budget-pb-empty = { budget-pb-at }The file is empty.
budget-pb-no-section = { budget-pb-at }This row stands before any section; the first line must be META.
budget-pb-section-twice = { budget-pb-at }Section { $name } is there twice.
budget-pb-section-missing = { budget-pb-at }Section { $name } is missing; the order is META, PROJECTS, VOTES.
budget-pb-no-header = { budget-pb-at }Section { $name } has no row of column names.
budget-pb-no-column = { budget-pb-at }Section { $name } has no column { $column }.
budget-pb-column-twice = { budget-pb-at }Column { $name } is there twice.
budget-pb-fields = { budget-pb-at }{ $fields } fields for { $columns } columns.
budget-pb-quote = { budget-pb-at }A quote is opened and never closed.
budget-pb-key-twice = { budget-pb-at }{ $name } is there twice.
budget-pb-key-missing = { budget-pb-at }META does not say { $name }.
budget-pb-number = { budget-pb-at }{ $name }: “{ $value }” is not a number.
budget-pb-precise = { budget-pb-at }{ $name }: “{ $value }” has too many decimals.
budget-pb-large = { budget-pb-at }{ $name }: “{ $value }” is too large.
budget-pb-not-whole = { budget-pb-at }{ $name }: “{ $value }” is not a whole number.
budget-pb-kind = { budget-pb-at }“{ $value }” is no kind of ballot: approval, choose-1, cumulative, scoring or ordinal.
budget-pb-project-twice = { budget-pb-at }Project { $name } is there twice.
budget-pb-project-no-id = { budget-pb-at }A project has no number.
budget-pb-cost = { budget-pb-at }The cost of project { $name } is negative: { $value }.
budget-pb-negative-budget = { budget-pb-at }The envelope is negative: { $value }.
budget-pb-amount = { budget-pb-at }An amount is too large or too precise: { $value }.
budget-pb-many = { budget-pb-at }There are more than { $value } projects or ballots.
budget-pb-voter-twice = { budget-pb-at }Ballot { $name } is there twice.
budget-pb-no-voter = { budget-pb-at }A ballot has no number.
budget-pb-ballot-project = { budget-pb-at }Ballot { $name } names project { $value }, which does not exist.
budget-pb-ballot = { budget-pb-at }Ballot { $name } cannot be counted.
budget-pb-cents = { $name }: “{ $value }” has more than two decimals or is too large, and this site counts in cents.
budget-pb-refused = This budget cannot be counted.
budget-pb-other = { budget-pb-at }This row cannot be read.
