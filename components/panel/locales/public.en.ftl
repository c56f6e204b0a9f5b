# The panel: what everybody reads.
# dynamic: panel-how-
# dynamic: panel-method-
# dynamic: panel-step-
# dynamic: panel-statement-
# dynamic: panel-scale-
# dynamic: panel-status-

panel-seats-n = { $count ->
    [0] The number of seats is not chosen yet.
    [one] One person will sit.
   *[other] { $count } people will sit.
}
panel-volunteers-n = { $count ->
    [0] Nobody has volunteered yet.
    [one] One person has volunteered.
   *[other] { $count } people have volunteered.
}
panel-members-n = { $count ->
    [one] One person
   *[other] { $count } people
}
panel-pool-n = { $count ->
    [one] One person in the pool
   *[other] { $count } people in the pool
}
panel-tickets-n = { $count ->
    [one] One ticket
   *[other] { $count } tickets
}
panel-action-join = Volunteer
panel-action-composition = See who sits
panel-action-read = Read the rules
panel-status-soon = Not open yet
panel-status-open = Call open
panel-status-closed = Call closed
panel-stage-announced = Announced, lottery being computed
panel-stage-failed = Lottery impossible
panel-stage-ready = Lottery published, seed awaited
panel-stage-drawn = Drawn
panel-said-before = The call for volunteers has not begun.
panel-said-during = People who received a letter can answer now.
panel-said-open = Anybody of the territory can come forward now.
panel-said-letters = The call is open; letters will be sent soon.
panel-said-after = The call is closed; the draw will be announced here.
panel-said-announced = The pool and the quotas are published; the lottery is being computed.
panel-said-ready = The lottery is published. The seed is missing; it will come from the announced source.
panel-said-drawn = The panel is drawn; those who were drawn are answering.
panel-said-accepted = { $count ->
    [one] One person has accepted
   *[other] { $count } people have accepted
}, for { $seats } seats.
panel-draws = The draws
panel-round = Draw no. { $number }
panel-facts = The rules
panel-fact-seats = Seats
panel-fact-letters = Letters
panel-fact-letters-seed = Seed of that draw: “{ $seed }”.
panel-fact-phones = Telephone
panel-fact-phones-text = They begin with { $prefixes } and have { $digits } digits.
panel-phones-n = { $count ->
    [one] One number drawn by lot.
   *[other] { $count } numbers drawn by lot.
}
panel-fact-volunteers = Volunteers
panel-fact-method = Method
panel-fact-households = Households
panel-fact-households-text = One person of a household at most.
panel-fact-seed = Where the seed will come from
panel-drand-round = Round { $round } of drand (network quicknet), on { $date }
panel-fact-data = Personal data
panel-fact-erased = Erased
panel-letters-drawn = { $letters ->
    [one] One letter
   *[other] { $letters } letters
} drawn by lot from { $lines ->
    [one] one line
   *[other] { $lines } lines
}.
panel-quotas-title = The criteria and their quotas
panel-quotas-text = The panel must look like the population on these criteria: each value has a number of seats at least and at most.
panel-quota = { $min } to { $max }
panel-col-value = Value
panel-col-share = Population
panel-col-quota = Quota
panel-col-panel = Panel
panel-col-share-panel = Share of the panel
panel-col-share-volunteers = Share of the pool
panel-col-category = Criterion
panel-col-pseudonym = Pseudonym
panel-col-people = People
panel-col-probability = Probability
panel-col-tickets = Tickets
panel-method-leximin = Leximin
panel-method-maximin = Maximin
panel-method-nash = Nash
panel-method-legacy = Former method
panel-how-leximin = The person with the smallest chance has as much as possible; then the next one, and so on.
panel-how-maximin = The person with the smallest chance has as much as possible; the others as it comes.
panel-how-nash = The product of all chances is as large as possible.
panel-how-legacy = What is hardest to fill is filled first; without any promise to people.
panel-how-link = How it works
panel-how-title = How the draw works
panel-how-lede = A panel is a small group of people drawn by lot, which looks like the population and takes the time to work on a question.
panel-how-1 = Letters go out at random.
panel-how-1-text = Lines of a list of people or addresses are drawn by lot, from a public text. Each letter carries a personal code.
panel-how-2 = Volunteers answer.
panel-how-2-text = On the web, by phone or on paper, with a few plain questions: the criteria. Nobody can buy or choose a seat.
panel-how-3 = Everything is published before the draw.
panel-how-3-text = The pool, under pseudonyms, the quotas, the method and the version of the program are written in the public journal. Then the lottery is computed: a thousand numbered tickets at most, each of them a whole panel that meets every quota.
panel-how-4 = A seed picks a ticket.
panel-how-4-text = It comes from a public source named before: dice rolled in the room, the numbers of a national lottery, the words of several witnesses. Nobody knows it when the lottery is published.
panel-how-4-drand = It can be a round of drand, a public network that signs a number every three seconds: its number is announced before it exists, and the signature is checked without trusting us.
panel-how-5 = The panel answers, then works.
panel-how-5-text = Those who decline are replaced by a new draw, under the same rules. The composition, the recommendations, their votes and the official answers are public.
panel-how-fair = What “fair” means here
panel-how-fair-text = Two people of one profile, who gave the same answers and whose households are made alike, have exactly the same chance.
panel-how-fair-leximin = No other lottery can raise the smallest chances without lowering others that are smaller or equal.
panel-how-chance = Why some people have more chances than others
panel-how-chance-text = When few volunteers have an answer that the quotas ask for, a larger share of them must be taken: their chances are greater. The chances of each profile are published.
panel-how-check = How to check
panel-how-check-text = Take the files published on the page of the draw, the Parvis program, and type this command with the seed: it gives the same lottery, the same ticket, the same panel. The command “parvis verify” does it too, from the open-data bundle.
panel-data-title = Your data
panel-data-kept = Your name and contact serve to tell you the result, and nothing else. Only the team of this panel sees them.
panel-data-until = What names people is erased on { $date }.
panel-data-published = Your answers to the criteria are published under a random pseudonym, so that anybody can check the draw. They stay after your name is erased.
panel-back = Back to the panel
panel-work = The panel’s work
panel-join = Answer the letter
panel-join-lede = You received a letter: it carries a code. It is all you need to answer; no account is asked for.
panel-join-code = Code of the letter
panel-join-code-hint = Twelve signs, such as A3C4-9XKM-2T7W. Capitals and dashes do not matter.
panel-join-code-button = Continue
panel-join-code-empty = Write the code that is on the letter.
panel-join-code-unknown = This code is of no letter of this panel. Check each sign, or call us.
panel-join-open = Without a letter
panel-join-open-text = This panel also takes people who received no letter.
panel-join-open-button = Volunteer
panel-join-letters-later = Letters have not been sent yet: come back with the code of yours.
panel-join-no-dates = The dates of the call are not set yet.
panel-join-draft = This panel is not published yet.
panel-join-before = The call begins on { $date }.
panel-join-after = The call has been closed since { $date }.
panel-join-title = Volunteer
panel-join-form-lede = Answer these questions: it takes two minutes. You may be drawn, or not.
panel-join-name = First name and last name
panel-join-name-empty = Write your first name and last name.
panel-join-contact = Phone or email address
panel-join-contact-hint = To tell you if you are drawn.
panel-join-contact-empty = Write a phone number or an email address.
panel-join-contact-wrong = Write an email address, or a number of at least six digits.
panel-join-household = Postal address
panel-join-household-hint = The panel takes one person of a household at most: two people of one household write the same address. It is not published.
panel-join-answer = Answer
panel-join-answer-empty = Choose an answer to the question “{ $category }”.
panel-join-choose = Choose
panel-join-consent = I agree that my answers serve this draw and are published under a pseudonym
panel-join-consent-empty = Your agreement is needed to take part in the draw.
panel-join-button = I volunteer
panel-join-no = I do not volunteer
panel-join-twice = Somebody of the same name, with the same contact, has volunteered already.
panel-done-yes = It is noted: you volunteer
panel-done-before = You have answered already
panel-done-no = It is noted: you do not volunteer
panel-done-yes-text = Thank you. We will tell you if you are drawn.
panel-done-no-text = Thank you for answering. You will not be drawn.
panel-done-pseudonym = This is the pseudonym that stands for you in the published pool. Write it down: nothing else lets you find yourself there.
panel-done-pool = The pool is published under these pseudonyms before the draw.
panel-done-draw = Draw: { $date }.
panel-done-withdraw = I no longer volunteer
panel-done-withdraw-text = Before the pool is published, your answer disappears. After, it stays there under its pseudonym, and your name is erased.
panel-ceremony = The ceremony of the draw
panel-ceremony-steps = Steps of the draw
panel-ceremony-whole = All on one page
panel-ceremony-play = Step by step, large
panel-step-1 = What was published before
panel-step-1-text = Published on { $date }: the pool, under pseudonyms, and the quotas of { $seats } seats. One changed line would give other hashes.
panel-step-1-replaced = This draw replaces
panel-step-1-replaced-text = { $accepted ->
    [0] Nobody keeps a seat
    [one] One person keeps their seat
   *[other] { $accepted } people keep their seats
}; { $gone ->
    [0] nobody declined or left
    [one] one person declined or left
   *[other] { $gone } people declined or left
}.
panel-step-2 = Where the seed comes from
panel-step-2-text = This source was named before the draw, when nobody could know the seed.
panel-step-2-drand = This round was announced before it existed: nobody can know in advance what the network will sign.
panel-step-3 = The lottery
panel-step-3-text = Each ticket is a whole panel that meets every quota. Each person has between { $min } and { $max } of being drawn.
panel-step-3-optimal = No lottery is fairer: the proof is published.
panel-step-3-early = The computation was stopped before its end: a slightly fairer lottery may exist. This one meets every quota.
panel-step-3-deviation = On the tickets, each person’s chance is that one to within { $points } percentage points. The difference cannot exceed { $bound } { $whole ->
    [one] point
   *[other] points
}: the seats to draw divided by the tickets ({ $seats } ÷ { $tickets }).
panel-step-3-same = Each ticket is a whole panel that meets every quota. Each person has { $chance } of being drawn.
panel-step-4 = The seed
panel-step-4-text = It was written as it is, once. Another one would be refused, and the refusal written in the journal.
panel-step-4-drand = This is the announced round. Its signature was verified with the public key of the network, and the seed is its hash (SHA-256).
panel-drand-signature = Signature of the round
panel-drand-fact-round = Round
panel-drand-fact-chain = Chain
panel-drand-fact-key = Public key of the network
panel-drand-check = To check: read this round at the network’s address, compare the signature, then compute its hash. The command “parvis verify” verifies the signature too, without a connection.
panel-step-5 = The ticket drawn
panel-step-5-text = { $count ->
    [one] From the seed, a public computation gives the only ticket.
   *[other] From the seed, a public computation gives a number from 1 to { $count }, all equally likely.
}
panel-step-6 = The panel
panel-step-6-people = The people of this ticket
panel-step-6-met = The quotas, and what they become
panel-paper = This page, with the files to download to draw again:
panel-again = Draw again
panel-again-text = With the files of this page: the first command draws from the published lottery, the second computes the whole lottery again.
panel-hash-pool = Hash of the pool (SHA-256)
panel-hash-quotas = Hash of the quotas (SHA-256)
panel-hash-lottery = Hash of the lottery (SHA-256)
panel-program = Program
panel-limit = Time to compute the lottery
panel-limit-n = { $count } seconds at most
panel-mail-hello = Hello { $name },
panel-mail-drawn-subject = You are drawn: { $title }
panel-mail-drawn = You are drawn by lot among the volunteers of this panel: { $title }.
panel-mail-drawn-means = A seat is offered to you: { $seats } people will work on it together. You may accept or decline it, without giving a reason.
panel-mail-allowance = Each session is paid: { $amount }.
panel-mail-drawn-answer = Tell us yes or no before { $date }: reply to this message, or call the team of the panel. After that, the seat may be offered to somebody else.
panel-mail-link = The draw, step by step: { $url } – your pseudonym there is { $pseudonym }.
panel-mail-replaced-subject = Your seat goes to somebody else: { $title }
panel-mail-replaced = You were drawn for this panel: { $title }. Since you do not sit on it, somebody else was drawn, under the same rules.
panel-mail-replaced-means = There is nothing more for you to do. Thank you for volunteering.
panel-mail-foot = { $site } writes to you because you volunteered for this panel.
panel-mail-until = Your name and address will be erased on { $date }.
panel-journal = Public journal
panel-progress = The lottery is being computed: { $percent }% of the way, { $panels ->
    [one] one panel found
   *[other] { $panels } panels found
}.
panel-failure-changed = The pool or the quotas are no longer those that were announced: the lottery was not computed.
panel-failure-late = The lottery was not ready before the announced round of drand: made after it, it would prove nothing. Take this announcement back, choose a later time, begin again.
panel-failure-pool = The pool cannot be read with these quotas: an answer has no quota, or nobody is left.
panel-failure-quotas = No panel meets all the quotas with the people who are left. Take this announcement back, mend, begin again.
panel-failure-time = The computation found no panel in the time it had: wider quotas will help.
panel-failure-greedy = The former method found no panel: take Leximin.
panel-failure-numbers = The computation met numbers it cannot handle. Widen a quota by one seat and begin again.
panel-percent = { $figure }%
panel-probabilities = The chances of each profile
panel-probabilities-lede = Each person of the pool had between { $min } and { $max } of being drawn.
panel-probabilities-text = One line a profile: people who gave the same answers, and whose households are made alike, have the same probability. “Tickets” says on how many tickets each of them stands.
panel-composition = The panel and the population
panel-composition-said = { $members ->
    [one] One person sits
   *[other] { $members } people sit
}; { $met ->
    [one] one quota out of { $quotas } is met
   *[other] { $met } quotas out of { $quotas } are met
}.
panel-composition-accepted = { $count ->
    [0] Nobody has accepted yet
    [one] One person has accepted
   *[other] { $count } have accepted
}, for { $seats } seats.
panel-picture-caption = The bar is the share of the panel; the line, that of the population.
panel-picture-caption-alone = The bar is the share of the panel.
panel-picture-value = { $name } { $panel } of the panel, { $population } of the population
panel-not-met = Quota not met:
panel-data-open = The data
panel-data-open-text = The pool, the lotteries, the seeds and the recommendations are in the open-data bundle; anybody can replay the draw from it.
panel-bundle = Open data
panel-recommendations-n = { $count ->
    [0] No recommendation.
    [one] One recommendation.
   *[other] { $count } recommendations.
}
panel-recommendations-later = The panel has not given its recommendations yet.
panel-evaluation = What members think of it
panel-evaluation-go = Answer with a code
panel-evaluation-see = See what members think of it
panel-evaluation-lede = You were a member of this panel: say what you think of it, in two minutes.
panel-evaluation-apart = Who answered and what was answered are kept apart: nothing links an answer to a person, or to a time.
panel-evaluation-texts = The totals are published from five answers on. Free texts are not published: only the team of this panel reads them.
panel-evaluation-until = They are erased on { $date }, with the names.
panel-evaluation-code = Your code
panel-evaluation-code-empty = Write your code: the one you were given, or the one of your letter.
panel-evaluation-code-unknown = This code is of no member of this panel. Check each sign, or ask for another one.
panel-evaluation-later = The evaluation is not open: it comes after the sessions.
panel-evaluation-form-lede = Say how far you agree with each statement.
panel-statement-fair = The draw was fair.
panel-statement-voice = I could say what I wanted to say.
panel-statement-balance = The information showed every point of view.
panel-statement-trust = I trust that our recommendations will be answered.
panel-statement-again = I would do it again.
panel-scale-1 = I do not agree at all
panel-scale-2 = I rather disagree
panel-scale-3 = In between
panel-scale-4 = I rather agree
panel-scale-5 = I agree entirely
panel-evaluation-mark-empty = Choose an answer to this statement.
panel-evaluation-comment = Anything else to say
panel-evaluation-comment-hint = Write nothing that names you.
panel-evaluation-comment-long = Two thousand signs at most.
panel-evaluation-button = Send my answer
panel-evaluation-thanks = Thank you: your answer is kept
panel-evaluation-before = You have answered already
panel-evaluation-done = One answer a member: it cannot change any more, since nothing says which one is yours.
panel-evaluation-said = Most members who answered agree with { $count ->
    [one] one statement
   *[other] { $count } statements
} out of { $all }.
panel-evaluation-answers = Answers: { $count }, for { $members ->
    [one] one member
   *[other] { $members } members
}.
panel-evaluation-caption = The full bar is the share of members who agree; the next one, of those in between; the rest disagree.
panel-evaluation-bar = { $agree } agree, { $between } in between, { $disagree } disagree
panel-evaluation-table = How many members chose each answer
panel-evaluation-statement = Statement
panel-sessions = The sessions
panel-sessions-n = { $count ->
    [0] No session.
    [one] One session.
   *[other] { $count } sessions.
}
panel-present-n = { $count ->
    [0] nobody present
    [one] one person present
   *[other] { $count } people present
}
panel-adopted = Adopted
panel-rejected = Rejected
panel-not-voted = Not voted yet
panel-vote-adopted = Adopted by { $for ->
    [one] one vote
   *[other] { $for } votes
} to { $against }, { $abstain ->
    [0] without abstentions
    [one] with one abstention
   *[other] with { $abstain } abstentions
}.
panel-vote-rejected = Rejected: { $for ->
    [one] one vote
   *[other] { $for } votes
} for, { $against } against, { $abstain ->
    [0] without abstentions
    [one] with one abstention
   *[other] with { $abstain } abstentions
}.
panel-vote-tied = Rejected, a tie: { $for ->
    [one] one vote
   *[other] { $for } votes
} for and { $against } against, { $abstain ->
    [0] without abstentions
    [one] with one abstention
   *[other] with { $abstain } abstentions
}.
panel-vote-working = { $counted ->
    [one] One ballot counted
   *[other] { $counted } ballots counted
} out of { $cast }: one vote a ballot, an abstention is a blank one, and a tie changes nothing.
panel-answer = Official answer
panel-answer-later = The organisation has not answered yet.
panel-status-accepted = Accepted
panel-status-partly = Accepted in part
panel-status-refused = Not accepted
panel-status-studied = Being studied
panel-status-noted = Noted
