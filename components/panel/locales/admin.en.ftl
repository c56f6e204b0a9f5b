# The panel: the administration.
# dynamic: panel-tool-
# dynamic: panel-margins-group-
# dynamic: panel-seed-from-

panel-tool-name = Panel drawn by lot
panel-admin = Administration
panel-admin-nav = Pages of this panel
panel-tab-dashboard = Overview
panel-tab-categories = Criteria
panel-tab-quotas = Quotas
panel-tab-rules = Rules
panel-tab-letters = Letters
panel-tab-phones = Numbers to call
panel-tab-entry = Enter an answer
panel-tab-volunteers = Volunteers
panel-tab-draw = Draw
panel-tab-sessions = Sessions
panel-tab-recommendations = Recommendations
panel-tab-evaluation = Evaluation
panel-language-fr = in French
panel-language-en = in English
panel-in-language = { $label } ({ $language })
panel-save = Save
panel-saved = Saved.
panel-cancel = Cancel
panel-delete = Delete
panel-sealed = The pool and the rules are published for a draw: they no longer change. This attempt is written in the journal.
panel-missing-seats = Choose the number of seats.
panel-missing-categories = Write at least one criterion.
panel-missing-quotas = The quotas contradict the number of seats: mend them.
panel-missing-source = Name the public source that the seed will come from.
panel-missing-draw = Choose the day and time of the draw: the round of drand depends on it.
panel-missing-keep = Choose the date on which what names people is erased.
panel-dashboard-open = Before publishing
panel-dashboard-ready = Nothing is missing.
panel-dashboard-missing = What is missing:
panel-dashboard-publish = Publish the panel
panel-dashboard-see = See the public page
panel-dashboard-steps = The steps
panel-step-done = Done
panel-step-todo = To do
panel-categories-n = { $count ->
    [0] no criterion
    [one] one criterion
   *[other] { $count } criteria
}
panel-accepted-n = { $count ->
    [0] nobody has accepted yet
    [one] one person has accepted
   *[other] { $count } people have accepted
}
panel-waiting-answers-n = { $count ->
    [one] One person who was drawn has not answered yet
   *[other] { $count } people who were drawn have not answered yet
}
panel-letters-said = { $yes } yes, { $no } no, { $waiting } without an answer
panel-letters-erased = answers erased, with the names
panel-categories-none = No criterion is written yet.
panel-categories-most = Twelve criteria at most: each is a question to every volunteer.
panel-category-new = New criterion
panel-category-edit = Change the criterion
panel-category-title = Name of the criterion
panel-category-title-empty = Give the criterion a name.
panel-category-question = Question to volunteers
panel-category-code-kept = In the published files, the criterion keeps the name it had first.
panel-category-reserved = This name is taken by a column of the published files: choose another.
panel-category-twice = A criterion has this name already.
panel-category-answered = Volunteers gave a value that this change would remove: keep it.
panel-values = Values
panel-values-hint = One a line: name; name in English (optional); population. For instance: 18 à 24 ans ; 18 to 24 ; 1200
panel-values-n = { $count ->
    [one] one value
   *[other] { $count } values
}
panel-population-n = population of { $count ->
    [one] one person
   *[other] { $count } people
}
panel-values-few = At least two values are needed.
panel-values-many = { $max } values at most: group them.
panel-values-figure = Line { $line }: “{ $value }” is not a number of people.
panel-values-long = Line { $line }: “{ $value }” has more than a hundred characters.
panel-values-twice = Line { $line }: “{ $value }” is there already.
panel-margins = Read margins from a table
panel-margins-text = A table of a statistics office (one column of figures, or one for men and one for women), a list of municipalities with their population (a table, or communes.json and epci.json of Etalab’s administrative divisions), or a list “category, feature, count”. A criterion with the same values gets the new figures and keeps its quotas. If its values are others, those of the table replace them all: two sets of values are never mixed.
panel-margins-file = CSV or JSON file
panel-margins-table = Or paste the table
panel-margins-table-hint = With its line of titles.
panel-margins-columns = Columns to take as criteria
panel-margins-columns-hint = Their titles, separated by commas: sex, age. Empty: all but codes and figures.
panel-margins-only = Only lines where
panel-margins-only-hint = A title and a value: dep=35
panel-margins-only-wrong = Write a title and a value, separated by an equals sign: dep=35.
panel-margins-button = Read the table
panel-margins-figures = No column of figures among “{ $value }”: name it population, effectif or count.
panel-margins-column = The table has no column “{ $value }”.
panel-margins-none = No column of values among “{ $value }”.
panel-margins-figure = “{ $value }” is not a number of people.
panel-margins-empty = A name or a value is missing ({ $value }).
panel-margins-nothing = No line counts: check the condition.
panel-margins-many = { $value } criteria are too many: choose the columns.
panel-margins-values = “{ $value }” has more than a hundred and fifty values: group them, or choose other columns.
panel-margins-read = Saved. { $notes }
panel-margins-replaced = { $count ->
    [one] The value of “{ $category }” was replaced by those of the table: check the quotas.
   *[other] The { $count } values of “{ $category }” were replaced by those of the table: check the quotas.
}
panel-margins-replaced-many = The values of { $count } criteria were replaced by those of the table: check the quotas.
panel-margins-answered = Nothing has changed: volunteers answered “{ $value }” to “{ $category }”, and this table does not have that value. Take a table with the same values, or take these volunteers out first to start anew with other values.
panel-margins-bands = Age bands
panel-margins-bands-hint = For a table by single years of age. A band without end is written 65+. Ages in no band are left out, in all criteria: with these bands, those under 18.
panel-margins-band = “{ $value }” is not an age band: write for instance 18-24, or 65+.
panel-margins-band-order = The band “{ $value }” does not come after the one before: put them from the youngest to the oldest, without overlap.
panel-margins-bands-none = No age of the table is in these bands.
panel-margins-age = “{ $value }” is not an age.
panel-margins-age-torn = The table stops at “{ $value }”, without a last age: nobody can say how many are in a band that ends above. Finish with a band without end that begins at this age or before.
panel-margins-sum = The figures do not add up: { $value }.
panel-margins-total = The lines do not add up to the total: { $value }.
panel-margins-only-column = The table has no column “{ $value }” for this condition.
panel-margins-left-out = { $count ->
    [one] One person is left out, in no age band (aged { $ages }).
   *[other] { $count } people are left out, in no age band (aged { $ages }).
}
panel-margins-territory = Municipalities: territory
panel-margins-territory-hint = For a list of French communes: a département (35), communes (35238, Betton) or intermunicipalities (243500139), separated by commas. Empty: all.
panel-margins-territory-none = Nothing in this file for “{ $value }”: write the code of a département, a municipality or an intermunicipality.
panel-margins-territory-several = Several municipalities have this name: { $value }. Write the code of the right one.
panel-margins-territory-inside = “{ $value }” is an arrondissement of a municipality that you take too: keep one or the other.
panel-margins-communes-none = This table is not a list of municipalities: it needs a code, a name and a population ({ $value }).
panel-margins-communes-many = { $value } values are more than a hundred and fifty: group the municipalities by size or by intermunicipality.
panel-margins-commune-twice = { $value } is there already.
panel-margins-group = Municipalities: make them
panel-margins-group-hint = Delegated and associated communes do not count: their people are in the commune that they are part of.
panel-margins-group-each = one value each
panel-margins-group-size = strata of size
panel-margins-group-epci = intermunicipalities
panel-margins-epci = This file does not say the intermunicipality of each municipality: take epci.json, or a table with a column epci.
panel-margins-sizes = Municipalities: where strata of size are cut
panel-margins-sizes-hint = Numbers of inhabitants, from the smallest to the greatest, separated by semicolons.
panel-margins-sizes-wrong = “{ $value }” is not a number of inhabitants above the one before.
panel-margins-json = This JSON file is not a list of municipalities or of intermunicipalities: take communes.json or epci.json, whole.
panel-margins-json-record = A code or a name is missing, or the population is not a number: { $value }…
panel-margins-unknown = { $count ->
    [one] One municipality without population is left out.
   *[other] { $count } municipalities without population are left out.
}
panel-file-line = Line { $line }: { $text }
panel-file-empty = The file is empty: a line of titles is needed, then a line an entry.
panel-file-unreadable = The file cannot be read: { $value }
panel-file-cells = More cells than the { $value } titles: a value that holds the separator goes between quotes.
panel-file-column-twice = Two columns have the title “{ $value }”.
panel-file-most = { $value } lines at most.
panel-quotas-lede = How many seats, at least and at most, for each value. { $count ->
    [one] There is one seat.
   *[other] There are { $count } seats.
}
panel-quotas-propose = Propose quotas
panel-quotas-propose-hint = From the population: the exact share of the seats, rounded down and up.
panel-quotas-check = Check without saving
panel-quotas-checked = Check of the quotas
panel-col-exact = Exact share
panel-col-volunteers = Volunteers
panel-col-min = At least
panel-col-max = At most
panel-quota-number = { $name }: write two numbers between 0 and { $seats }.
panel-check-plausible = The quotas agree with the number of seats. They will be checked with the volunteers from the first answers on.
panel-check-feasible = With today’s volunteers, a panel that meets all the quotas exists.
panel-check-unknown = The check with the volunteers was stopped before its end; nothing contradicts the quotas for now.
panel-check-few = { $available ->
    [one] One person at most can sit
   *[other] { $available } people at most can sit together
}, for { $seats } seats: invite more people, or lower the seats to { $available }.
panel-check-answers = { $others ->
    [0] { $id } has no valid answer to “{ $category }”. Fill it in, or take this person out.
    [one] { $id } has no valid answer to “{ $category }”, nor has one other person. Fill it in, or take these people out.
   *[other] { $id } has no valid answer to “{ $category }”, nor have { $others } others. Fill it in, or take these people out.
}
panel-check-relax = With today’s volunteers, no panel meets all the quotas. The smallest change that is enough:
panel-check-relax-some = With today’s volunteers, no panel meets all the quotas. A change that is enough:
panel-check-lower = { $name }: at least { $to } instead of { $from } ({ $count ->
    [one] one volunteer
   *[other] { $count } volunteers
})
panel-check-raise = { $name }: at most { $to } instead of { $from } ({ $count ->
    [one] one volunteer
   *[other] { $count } volunteers
})
panel-clash-values = “{ $category }” has fewer than two values: add some, or remove this criterion.
panel-clash-above = { $name }: at least { $min } and at most { $max } contradict each other.
panel-clash-min = “{ $category }” asks for { $sum } seats at least, for { $seats }: lower its minimums by { $count }.
panel-clash-max = “{ $category }” allows { $sum } seats at most, for { $seats }: raise its maximums by { $count }.
panel-rules-before = These rules are public. They no longer change once the pool is published.
panel-rules-seats = Number of seats
panel-rules-seats-wrong = Write a number between 2 and { $max }.
panel-rules-method = What “fair” means
panel-rules-method-empty = Choose a method.
panel-rules-households = One person of a household at most
panel-rules-households-hint = The household is the address of the letter, or the column “household” of a file.
panel-rules-open = One can volunteer without a letter
panel-rules-open-hint = Otherwise only people who have a letter answer.
panel-rules-seed-from = Where the seed of the draw comes from
panel-seed-from-room = From the room or a lottery
panel-seed-from-room-hint = Dice rolled before everybody, public numbers. Name the source below.
panel-seed-from-drand = From a round of drand
panel-seed-from-drand-hint = A public network signs a number every three seconds; nobody knows it in advance. The first round at the time of the draw is announced, and its signature verified.
panel-rules-source = Source of the seed
panel-rules-source-hint = A source that nobody here chooses, and that everybody will see: “three dice rolled by three children in the room”, “the numbers of that evening’s national lottery”.
panel-rules-draw = Day and time of the draw
panel-rules-draw-hint = Needed for a round of drand: at least ten minutes after the announcement.
panel-rules-days = Days to answer
panel-rules-days-hint = How many days those who are drawn have to accept or decline. Empty: seven. Those who left an email address receive a message that says so.
panel-rules-days-wrong = Write a number of days between 1 and { $max }.
panel-rules-limit = Seconds to compute the lottery
panel-rules-limit-hint = Past that, the best lottery found is published, with the words that a fairer one may exist. It is announced with the pool. Empty: two hundred.
panel-rules-limit-wrong = Write a number of seconds between { $min } and { $max }.
panel-rules-keep = Erase what names people on
panel-rules-keep-hint = Names, contacts, addresses, numbers and codes disappear that day, by themselves, and the journal says so.
panel-rules-keep-early = This date must come after the draw.
panel-rules-date-wrong = Write a date.
panel-rules-allowance = Allowance for a session, in euros
panel-rules-allowance-hint = For instance 92 or 92.50.
panel-rules-allowance-wrong = Write an amount, such as 92 or 92.50.
panel-letters-lede = Those who get a letter are drawn by lot from a list of people or addresses.
panel-frame = The list
panel-frame-n = { $count ->
    [one] The list has one line.
   *[other] The list has { $count } lines.
}
panel-frame-text = A file with names, addresses, or both. It is erased on the date of the rules.
panel-frame-file = CSV file
panel-frame-list = Or paste the list
panel-frame-list-hint = Titles: name, firstname, address, postcode, town, household. A name or an address at least.
panel-frame-button = Read the list
panel-frame-columns = Neither name nor address among “{ $value }”.
panel-frame-empty = Neither name nor address.
panel-frame-twice = The same person at the same address as line { $value }.
panel-letters-draw = Draw the letters
panel-letters-draw-text = The numbers of the lines depend on the number of lines, the number of letters and the seed: anybody can find them again. This is done once.
panel-letters-count = Number of letters
panel-letters-count-wrong = Write how many letters are sent.
panel-letters-seed = Seed
panel-letters-seed-hint = A public text, such as what dice showed before witnesses.
panel-letters-draw-button = Draw the letters
panel-letters-already = The letters are drawn: the list no longer changes.
panel-letters-no-frame = A list is needed first.
panel-letters-answers = Answers
panel-print = Letters to send
panel-print-text = Each letter carries a personal code. The site keeps no copy of it: it cannot be shown a second time.
panel-print-scope = Which ones
panel-print-new = Those that have no code yet
panel-print-waiting = All those without an answer (reminder)
panel-print-waiting-hint = They get a new code; that of their first letter no longer works.
panel-print-format = In which form
panel-print-csv = A file for mail merge
panel-print-page = A page to print
panel-print-button = Prepare the letters
panel-print-none = There is no letter to prepare.
panel-print-most = More than two thousand letters: take the file for mail merge.
panel-print-warning = Print or save this page now: these codes will not be shown again.
panel-back-letters = Back to the letters
panel-letter-body = Dear Sir or Madam, you were drawn by lot and may become a member of this panel:
panel-letter-how = Answer on the web with this code, without an account; or by phone, or by sending this letter back.
panel-letter-dates = Answer before
panel-letter-foot = Letter no. { $line }. This code is personal.
panel-reminders = Who has not answered
panel-reminders-none = Everybody has answered.
panel-reminders-erased = The list of people who had not answered is erased, like everything that named people.
panel-reminders-csv = Download the list
panel-phones-lede = Telephone numbers are drawn by lot, among all those that begin like yours.
panel-phones-text = Anybody finds these numbers again from the beginnings, the number of digits and the seed, which are public. Nobody knows whose they are, nor which exist: many will not answer. This is done once.
panel-phones-prefixes = How numbers begin
panel-phones-prefixes-hint = One a line, for instance 0635 or 0262 2. The regulator publishes the ranges given to each operator and territory.
panel-phones-prefixes-none = Write between one and fifty beginnings.
panel-phones-prefix-wrong = “{ $prefix }” is not made of digits.
panel-phones-prefix-long = “{ $prefix }” is a whole number already: write only how it begins.
panel-phones-prefix-twice = “{ $prefix }” is part of another beginning, or holds one: keep one of them.
panel-phones-digits = Digits of a number
panel-phones-digits-hint = Ten in France.
panel-phones-digits-wrong = Write a number of digits between { $min } and { $max }.
panel-phones-count = How many numbers
panel-phones-count-wrong = Write a number between 1 and { $max }.
panel-phones-button = Draw the numbers
panel-phones-already = The numbers are drawn already.
panel-phones-call = Call them in their order. First say who you are and how the number was drawn; somebody who does not want another call is noted “no”. Each answer is entered with the number that was called, and a number answers once.
panel-phones-waiting = Download the numbers without an answer
panel-phones-all = All the numbers
panel-col-line = No.
panel-col-name = Name
panel-col-address = Address
panel-entry-lede = For answers that come by phone or on paper.
panel-entry-code = Code or number of the letter
panel-entry-code-hint = The number is at the foot of the letter. Empty: somebody without a letter.
panel-entry-line-unknown = No letter has this number.
panel-entry-answered = An answer to this letter is on record already.
panel-entry-phone = Number that was called
panel-entry-phone-hint = When the person answers a call, not a letter.
panel-entry-phone-unknown = This number is none of those drawn. Check each digit.
panel-entry-phone-answered = An answer from this number is recorded already.
panel-entry-both = A person answers a letter or a call: keep one of them.
panel-entry-channel = Came
panel-channel-web = On the web
panel-channel-phone = By phone
panel-channel-paper = On paper
panel-channel-file = By file
panel-entry-wish = Do they volunteer?
panel-entry-yes = Yes
panel-entry-no = No
panel-entry-household-hint = The address, when the person has no letter.
panel-entry-consent = The person agrees that their answers serve the draw and are published under a pseudonym
panel-entry-consent-empty = Ask for the person’s agreement, and tick.
panel-entry-button = Record the answer
panel-entry-done = The answer is recorded.
panel-volunteers-none = No volunteer for now.
panel-col-contact = Contact
panel-col-channel = Came
panel-col-act = Act
panel-volunteer-leave = Take out
panel-import = Add volunteers from a file
panel-import-text = A line of titles, a column a criterion, and if you wish: id, name, firstname, contact, household. Nothing is kept of a file that has a mistake.
panel-import-file = CSV file
panel-import-list = Or paste the table
panel-import-button = Add
panel-pool-column = The file has no column “{ $value }”.
panel-pool-missing = “{ $value }” is missing: fill it in, or take the line out.
panel-pool-unknown = “{ $value }” is no value of this criterion.
panel-pool-id-twice = The number { $value } is taken already.
panel-pool-person-twice = The same person as line { $value }.
panel-pool-known = “{ $value }” has volunteered already.
panel-pool-changed = The criteria changed meanwhile: begin again.
panel-erased = What named people is erased.
panel-erased-done = The names are erased.
panel-erase = Erase the names
panel-erase-until = It will be done by itself on { $date }.
panel-erase-text = Names, contacts, addresses, numbers and codes disappear for ever. Pseudonyms and their answers stay.
panel-erase-button = Erase now
panel-draw-open = The draw is announced after the end of the call.
panel-draw-nobody = Nobody has volunteered.
panel-draw-under-way = A draw is under way already.
panel-draw-answers = Not everybody who was drawn has answered: note their answers first.
panel-draw-full = Every seat is taken.
panel-draw-not-ready = The lottery is not published yet: the seed comes after.
panel-draw-already = This draw is done.
panel-draw-soon = The time of the draw must come at least ten minutes after the announcement: the lottery is published in between.
panel-drand-other = This draw awaits another seed: open the page again.
panel-announce = Announce the draw
panel-announce-text = { $count ->
    [0] There is no volunteer.
    [one] The pool of one person and the quotas are published, and no longer change. Then the lottery is computed.
   *[other] The pool of { $count } people, under pseudonyms, and the quotas are published, and no longer change. Then the lottery is computed.
}
panel-announce-button = Publish and compute the lottery
panel-announced-done = It is published. The lottery is being computed.
panel-replace = { $count ->
    [one] Replace: one seat is free
   *[other] Replace: { $count } seats are free
}
panel-replace-text = A new draw, under the same quotas, among the people who were not drawn. Those who accepted keep their seats.
panel-replace-when-hint = The announced round of drand depends on it: at least ten minutes from now.
panel-progress-again = Refresh
panel-take-back = Take this announcement back
panel-seed-text = Write the seed as it came out of the announced source:
panel-seed = Seed
panel-seed-hint = One piece a line (a die, a witness). They are joined in this order.
panel-seed-sure = I read it aloud again: it cannot change any more
panel-seed-sure-empty = Read the seed again, then tick the box.
panel-seed-button = Draw
panel-seed-wrong = Write the seed: four hundred signs at most.
panel-drand-text = The seed of this draw is announced:
panel-drand-where = This round exists from { $date } on. Anybody then reads its signature at this address:
panel-drand-signature-hint = The 96 signs of “signature”, or the whole answer of this address.
panel-drand-shape = A signature has 96 signs, digits and letters from a to f; here there are { $said }. Copy all of it.
panel-drand-round-other = This is the answer of round { $said }: the one of round { $round } is needed.
panel-drand-point = This is the signature of no round: a sign is wrong. Copy it again.
panel-drand-wrong = This is not the signature of round { $round }: it is of another round, or of another network.
panel-seed-refused = The seed of this draw is known already: another one is refused, and the refusal written in the journal.
panel-drawn-done = The panel is drawn.
panel-members = Those who were drawn
panel-members-text = Note here who accepts and who declines. It is public, under the pseudonyms.
panel-members-none = Nobody has accepted yet.
panel-col-seat = Seat
panel-seat-none = Not drawn
panel-seat-drawn = Drawn, no answer
panel-seat-accepted = Accepted
panel-seat-declined = Declined
panel-seat-gone = Left
panel-seat-accept = Accepts
panel-seat-decline = Declines
panel-seat-leave = Leaves
panel-seat-back = It was a mistake
panel-seat-no-way = This person cannot go from there to there.
panel-seat-replaced = A replacement was announced since: this seat does not come back.
panel-sessions-none = No session is planned yet.
panel-session-new = New session
panel-session-title = Name of the session
panel-session-title-empty = Give the session a name.
panel-session-day = Day
panel-session-add = Add the session
panel-tables = Discussion tables
panel-tables-text = For each session, members are split into tables as varied as the panel, where one meets new people.
panel-tables-count = Number of tables
panel-tables-button = Split
panel-tables-wrong = Write a number of tables between 1 and 100.
panel-tables-none = At least one session is needed, and somebody who accepted.
panel-tables-done = The tables are made.
panel-tables-n = { $count ->
    [one] one table
   *[other] { $count } tables
}
panel-attendance = Attendance and tables
panel-col-table = Table
panel-col-present = Present
panel-due = Allowances
panel-due-total = In all: { $total }.
panel-col-sessions = Sessions
panel-col-amount = Amount
panel-euros = €{ $figure }
panel-recommendation = Recommendation
panel-recommendation-new = New recommendation
panel-recommendation-title = Title
panel-recommendation-title-empty = Give the recommendation a title.
panel-recommendation-body = Text
panel-recommendation-voted = This recommendation was voted: its text no longer changes.
panel-recommendations-none = No recommendation is written yet.
panel-evaluation-admin-lede = After the sessions, members say what they think of the panel: five statements, from “I do not agree at all” to “I agree entirely”, and a free text.
panel-evaluation-open = Open the evaluation
panel-evaluation-opened = The evaluation is open already.
panel-evaluation-early = A session is needed first.
panel-evaluation-closed = The evaluation is not open.
panel-evaluation-twice = This person has answered already, or is no longer a member.
panel-evaluation-few = Fewer than five answers: people would be recognised. Nothing is published for now.
panel-evaluation-codes = Codes to hand out
panel-evaluation-codes-text = One code for each member who has not answered, to hand over or to send. The code of their letter works too. A new code replaces the one before.
panel-evaluation-codes-button = Prepare the codes
panel-evaluation-entry = Enter an answer from paper
panel-evaluation-entry-text = You see what this person answers: keep nothing of it, and destroy the paper. The site keeps no link between them and their answer.
panel-evaluation-person = Member
panel-evaluation-person-empty = Choose the member.
panel-evaluation-publish = Publish
panel-evaluation-publish-text = The totals are published all at once, and nobody answers any more. Before that nobody sees them: two readings in a row would give away the answer that came in between.
panel-evaluation-publish-button = Close and publish the totals
panel-evaluation-published = The totals are published.
panel-evaluation-comments = Free texts
panel-votes = The panel’s vote
panel-votes-text = The votes that the secretary counted. A recommendation is adopted when there are more votes for than against.
panel-votes-for = For
panel-votes-against = Against
panel-votes-abstain = Abstentions
panel-votes-button = Record the vote
panel-votes-wrong = Write a number of votes.
panel-votes-many = The total must be between 1 and { $members }, the number of members.
panel-status = Status
panel-status-empty = Choose a status.
panel-answer-body = Answer
panel-answer-button = Publish the answer
panel-answer-empty = Write the answer.
panel-answer-early = One answers a recommendation that was voted.
