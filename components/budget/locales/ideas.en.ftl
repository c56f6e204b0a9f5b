# The participatory budget: envelopes, ideas, study, projects, follow-up.
# dynamic: budget-state-
# dynamic: budget-progress-
# dynamic: budget-gone-
# dynamic: budget-sort-
# dynamic: budget-merger-
# dynamic: budget-mail-
# dynamic: budget-language-

budget-projects-n = { $count ->
    [0] No project yet
    [one] { $count } project
   *[other] { $count } projects
  }
budget-ideas-n = { $count ->
    [0] No idea yet
    [one] { $count } idea
   *[other] { $count } ideas
  }
budget-winners-n = { $count ->
    [0] No winner followed
    [one] { $count } winning project
   *[other] { $count } winning projects
  }

## The page of the budget

budget-path = The path, from idea to delivery
budget-path-ideas = Ideas
budget-path-study = Study by the services
budget-path-vote = Vote
budget-path-results = Results
budget-path-delivery = Delivery
budget-in-figures = In figures
budget-stake = What is at stake
budget-total = { $amount } in all.
budget-everybody = Everybody votes here.
budget-envelopes-none = No envelope is set yet.
budget-rules = The rules
budget-perimeter = Who may take part
budget-answer-due = Answer promised by
budget-about-process = All about the process
budget-deposit = Submit an idea
budget-go-vote = Vote
budget-go-results = See the results
budget-go-follow-up = Follow the delivery
budget-go-projects = See the projects
budget-go-ideas = See the ideas
budget-draft-notice = This budget is not published: only the team sees it.
budget-back-to-budget = Back to the budget
budget-envelope = Envelope

## Ideas

budget-ideas = Ideas
budget-ideas-lead = A square to plant, a crossing to make safe, a place to open: each idea is read and studied by the services.
budget-ideas-none = No idea was submitted yet.
budget-empty-filtered = Nothing matches these choices.
budget-list = The list
budget-sort = Sort
budget-sort-random = At random
budget-sort-recent = Latest
budget-sort-supported = Most supported
budget-filter = Choose the ideas shown
budget-show = Show
budget-show-all = Show all
budget-any-district = All envelopes
budget-any-category = All categories
budget-any-state = All
budget-map-note = Each point leads to its page; a figure gathers points close together. The list says the same.
budget-map-districts = Outlines of the districts
budget-map-ideas = { $count ->
    [one] Map: one idea
   *[other] Map: { $count } ideas
  }
budget-map-projects = { $count ->
    [one] Map: one project
   *[other] Map: { $count } projects
  }
budget-map-one = Map: { $title }
budget-map-pick = Your district on the map. If your browser allows it, click to place the point.
budget-ideas-here-n = { $count ->
    [one] One idea here
   *[other] { $count } ideas here
  }
budget-projects-here-n = { $count ->
    [one] One project here
   *[other] { $count } projects here
  }
budget-state-received = Received
budget-state-study = Under study
budget-state-feasible = Feasible
budget-state-refused = Not accepted
budget-state-merged = Joined to another
budget-state-received-hint = Nobody studies it yet.
budget-state-study-hint = A service studies it.
budget-state-feasible-hint = It can become a project put to the vote. A cost is needed.
budget-state-refused-hint = It cannot be put to the vote. A public reason is needed.
budget-organisation = the organisation
budget-author-gone = deleted account
budget-by-name = by { $name }
budget-published-on = published on { $date }
budget-modified = changed, version { $version }
budget-supports-n = { $count ->
    [0] No support
    [one] { $count } support
   *[other] { $count } supports
  }

## Submitting

budget-deposit-title = Submit an idea
budget-deposit-lead = Say what you want for your town. You will read it all again before publishing.
budget-deposit-none = This budget does not take ideas.
budget-deposit-closed = Ideas have been closed since { $date }.
budget-deposit-soon = Ideas will open on { $date }.
budget-refused-keep = Here is your text: copy it so that it is not lost.
budget-your-text = Your text
budget-step-n = Step { $step } of 3
budget-step-write = Write
budget-step-similar = Compare
budget-step-preview = Read again and publish
budget-field-title = Title
budget-field-title-hint = In a few words, at least { $min } characters.
budget-field-body = Your idea
budget-field-body-hint = What, for whom, why. At least { $min } characters.
budget-field-category = Category
budget-field-where = Where
budget-field-district = District
budget-field-address = Address or place
budget-field-address-hint = For instance: “behind the school, Meadow Street”.
budget-field-point = Give precise coordinates
budget-field-point-hint = In degrees, as maps and phones give them: 48.8566 and 2.3522. The address is enough.
budget-field-latitude = Latitude
budget-field-longitude = Longitude
budget-estimate = Cost as its author sees it
budget-field-estimate = Cost as its author sees it (euros)
budget-field-estimate-hint = If you have a notion of it. The services will work out the cost.
budget-field-state = State
budget-field-note = What you change, in a few words
budget-district-any = I do not know, or the whole town
budget-category-any = None
budget-title-empty = Write a title.
budget-body-empty = Write your text.
budget-address-empty = Say where: an address or a place.
budget-district-unknown = Choose a district from the list.
budget-category-unknown = Choose a category from the list.
budget-money-wrong = Write an amount in euros, for instance 12,500.
budget-degrees-wrong = Write a number of degrees between -{ $most } and { $most }, for instance 48.8566.
budget-point-outside = This point is outside the territory of the budget. Check the coordinates, or give the address only.
budget-point-elsewhere = This point is not in the district that was chosen. Change the point or the district.
budget-write-next = Continue
budget-write-save = Save the draft
budget-cancel = Cancel
budget-draft-delete = Delete the draft
budget-draft-saved-on = Draft saved on { $date }
budget-similar-title = There are ideas close to yours
budget-similar-lead = Read them: supporting one is sometimes better than submitting another.
budget-similar-continue = Continue all the same
budget-preview-title = Read again before publishing
budget-preview-lead = This is what everybody will see, with your pseudonym “{ $name }”.
budget-preview-window = { $count ->
    [one] You will be able to correct it for one hour, until its study begins.
   *[other] You will be able to correct it for { $count } hours, until its study begins.
  }
budget-preview-edit = Change the text
budget-preview-publish = Publish my idea
budget-ideas-enough = { $count ->
    [one] Each person may submit one idea: yours is already published. Your draft is kept.
   *[other] Each person may submit { $count } ideas: yours are already published. Your draft is kept.
  }
budget-back-to-ideas = See all the ideas
budget-back-to-idea = Back to the idea

## One idea

budget-study = Study by the services
budget-cost = Cost
budget-answer = The organisation’s answer
budget-facts = In short
budget-idea-projects = Project that comes from this idea
budget-taken-in = Ideas joined to this one
budget-actions = Act
budget-support = Support
budget-support-back = Take my support back
budget-supported = You support it.
budget-support-closed = An idea can be supported only while ideas are submitted.
budget-about-support = Support “{ $title }”
budget-about-follow = Follow “{ $title }”
budget-follow = Follow this idea
budget-follow-project = Follow this project
budget-unfollow = Stop following
budget-followed = A mail will tell you what changes.
budget-unfollowed = You no longer follow it.
budget-flag = Report to the moderators
budget-own-edit = Correct my idea
budget-own-until = until { $date }
budget-own-merge = Join it to another
budget-own-withdraw = Withdraw my idea
budget-study-do = Study this idea
budget-gone-withdrawn = Idea withdrawn
budget-gone-hidden = Idea hidden
budget-gone-withdrawn-text = This idea was withdrawn by its author on { $date }.
budget-gone-hidden-text = This idea was hidden by the moderators on { $date }.
budget-gone-reason = Reason:
budget-gone-appeal = You can appeal against this decision.
budget-gone-appeal-do = Appeal
budget-gone-appeal-see = See your appeal
budget-gone-merged-text = This idea was joined, with its author’s consent, to this one:
budget-edit-title = Correct “{ $title }”
budget-edit-publish = Publish the correction
budget-edit-gone = This idea is no longer published.
budget-edit-studied = The study of this idea has begun: it no longer changes.
budget-edit-closed = Ideas are closed: it no longer changes.
budget-edit-late = The time to correct it is over.
budget-edit-behind = Another version was published meanwhile. Your text is kept below: read it again before publishing it.
budget-versions-title = Versions of “{ $title }”
budget-versions-lead = Each correction leaves a version, the last one first.
budget-version-of = Version { $number }, { $date }
budget-version-facts = Only the place, the category or the estimate changed.
budget-withdraw-title = Withdraw my idea
budget-withdraw-lead = Its text will no longer be shown and it will not be studied. This cannot be undone.
budget-withdraw-do = Withdraw
budget-withdraw-project = A project comes from this idea: it can no longer be withdrawn.
budget-withdraw-answered = This idea received an official answer: it can no longer be withdrawn.
budget-flag-title = Report an idea
budget-flag-lead = The moderators will read your message; the author will not know who reported it.
budget-flag-reason = Why
budget-flag-note = Details
budget-flag-send = Send
budget-done-draft = Your draft is saved.
budget-done-draft-deleted = The draft is deleted.
budget-done-idea = Your idea is published.
budget-done-edit = The correction is published.
budget-done-withdraw = Your idea is withdrawn.
budget-done-flag = The moderators are told.
budget-done-support = Your support is counted.
budget-done-support-back = Your support is taken back.

## Joining

budget-merge-title = Join two ideas
budget-merge-lead = Another idea says almost the same? Propose that it takes in yours. Both authors must agree.
budget-merge-similar = Ideas close to yours
budget-merge-other = Another idea
budget-merge-other-hint = Its number, or the address of its page.
budget-merge-reason = Why join them
budget-merge-do = Propose
budget-merge-other-empty = Give the number or the address of an idea of this budget.
budget-merge-same = An idea cannot be joined to itself.
budget-merge-gone = This idea is no longer published, or is already joined to another.
budget-merge-project = A project already comes from this idea: another can no longer take it in.
budget-merge-waits = This joining is already proposed and waits for an answer.
budget-merger-title = Join two ideas
budget-merger-lead = It is proposed to join these two ideas. Nothing is done unless both authors agree.
budget-merger-from = The idea to take in
budget-merger-into = The idea that would take it in
budget-merger-what = The idea that is taken in keeps its page, which leads to the other. Those who follow it will follow the other. Supports are not moved: they were given to other words.
budget-merger-agreed-on = Agreed on { $date }
budget-merger-not-yet = No answer yet
budget-merger-agree = Agree
budget-merger-refuse = Refuse
budget-merger-proposed = Proposed
budget-merger-agreed = Done
budget-merger-refused = Refused
budget-merger-cancelled = Cancelled
budget-merger-over = This proposal was already answered.
budget-merger-waits = A proposal to join it waits for an answer.
budget-merger-see = Read it
budget-merger-cancel = Cancel the proposal
budget-done-merger-proposed = The proposal is saved; the authors are told.
budget-done-merger-agreed = Your consent is saved.
budget-done-merger-refused = Your refusal is saved.

## Projects

budget-projects = Projects
budget-projects-lead = What is put to the vote, with its cost.
budget-projects-none = No project was made yet.
budget-projects-order = In an order drawn at random, different for each visitor.
budget-project-code = Project { $code }
budget-project-do = Manage this project
budget-origins = The ideas it comes from
budget-origins-none = The organisation proposes this project.
budget-origin-gone = an idea that is no longer shown
budget-back-to-projects = See all the projects

## Follow-up

budget-follow-up = Where does it stand?
budget-follow-ups = Delivery
budget-follow-up-lead = What becomes of the winning projects: progress, money, dates promised and kept.
budget-follow-up-none = No winning project is followed yet.
budget-follow-up-all = Delivery of all the winners
budget-progress-studies = In preparation
budget-progress-works = Works under way
budget-progress-delivered = Delivered
budget-progress-abandoned = Abandoned
budget-delivered-n = { $count } delivered
budget-late-n = { $count } late
budget-abandoned-n = { $count } abandoned
budget-spent-of = { $spent } spent out of { $cost } voted ({ $share }).
budget-spent-over = { $spent } spent for { $cost } voted: { $over } more than planned.
budget-spent-large = The total spent is too large to be counted.
budget-promise-none = No date is promised yet
budget-promise-waits = Promised by { $day }
budget-promise-moved = Promised by { $first }, now by { $last }
budget-promise-late = { $count ->
    [one] One day late: promised by { $first }
   *[other] { $count } days late: promised by { $first }
  }
budget-promise-late-moved = { $count ->
    [one] One day late: promised by { $first }, now by { $last }
   *[other] { $count } days late: promised by { $first }, now by { $last }
  }
budget-promise-kept = Promise kept: delivered on { $day }, promised by { $first }
budget-promise-delivered = Delivered on { $day }
budget-promise-kept-late = { $count ->
    [one] Delivered on { $day }, one day after the promised date ({ $first })
   *[other] Delivered on { $day }, { $count } days after the promised date ({ $first })
  }
budget-promise-abandoned = This project will not be made
budget-steps = Steps
budget-steps-none = No step was written yet.
budget-step-spent = Spent:
budget-step-promised = Delivery promised by:

## Administration

budget-admin-home = Administration
budget-admin-nav = Pages of this budget
budget-page-dashboard = Overview
budget-page-envelopes = Envelopes
budget-page-categories = Categories
budget-page-ideas-rules = Rules of ideas
budget-page-ideas = Ideas
budget-page-mergers = Joinings
budget-page-projects = Projects
budget-page-rules = Rules of the vote
budget-page-simulator = Simulator
budget-page-results = Results
budget-page-follow-up = Delivery
budget-admin-opening = Before opening
budget-admin-ready = All is ready: this budget can be published.
budget-admin-missing = What is missing:
budget-admin-still-missing = What is still missing:
budget-admin-publish = Publish the budget
budget-admin-see = See the public page
budget-admin-dates = Title and phase of the vote
budget-admin-process = Phases of the process
budget-admin-waits = What waits
budget-to-study-n = { $count ->
    [0] No idea to study
    [one] One idea to study
   *[other] { $count } ideas to study
  }
budget-to-project-n = { $count ->
    [0] No feasible idea without a project
    [one] One feasible idea without a project
   *[other] { $count } feasible ideas without a project
  }
budget-mergers-n = { $count ->
    [0] No joining waits
    [one] One joining waits for consent
   *[other] { $count } joinings wait for consent
  }
budget-count = Number
budget-missing-envelope = Set at least one envelope with an amount.
budget-seal-closed = Somebody has voted: envelopes and projects are sealed until the end. Your request and this refusal are in the journal.
budget-language-fr = French
budget-language-en = English
budget-in-language = { $label } ({ $language })
budget-save = Save
budget-saved = Saved.
budget-removed = Removed.
budget-add = Add
budget-change = Change
budget-remove = Remove
budget-up = Move up
budget-down = Move down
budget-choose = Choose
budget-public-page = Public page

budget-envelopes-lead = The money of the whole town, or of each district.
budget-envelope-new = Add an envelope
budget-envelope-edit = Change an envelope
budget-envelope-name = Name
budget-envelope-name-empty = Give the envelope a name.
budget-envelope-body = Presentation
budget-envelope-used = Ideas or projects are in this envelope: change them first.
budget-field-amount = Amount (euros)
budget-field-amount-hint = For instance 150,000.
budget-amount-empty = Write an amount in euros, larger than zero.
budget-amount-below = A project of this envelope costs { $cost }: the amount cannot be smaller.
budget-field-everybody = Everybody votes here
budget-field-everybody-hint = Besides the district of their choice, when each person votes in one district.
budget-field-outline = Outline on the map
budget-field-outline-hint = A GeoJSON file with one or several polygons. Without an outline, the address is enough.
budget-field-outline-file = GeoJSON file
budget-field-outline-text = Or its content
budget-has-outline = outline on the map
budget-outline-json = This is not GeoJSON: the text cannot be read as JSON.
budget-outline-kind = A polygon is needed, several, or objects that hold some (Polygon, MultiPolygon, Feature, FeatureCollection).
budget-outline-short = One of the polygons has fewer than three sides.
budget-outline-degrees = A position is not in degrees: longitude first, then latitude (WGS 84).
budget-outline-large = This outline has more than 20,000 points: simplify it.

budget-categories-lead = Ideas and projects are sorted by category. It is optional.
budget-categories-none = No category.
budget-category-add = Add a category
budget-category-edit = Rename a category
budget-category-name = Name
budget-category-name-empty = Give the category a name.

budget-ideas-rules-lead = When ideas are submitted, how many, and what they may cost.
budget-rule-phase = The phase in which ideas are submitted
budget-rule-phase-hint = A phase of this process that ends before the vote.
budget-phase-none = No ideas are submitted
budget-rule-study-phase = The phase of the study
budget-study-phase-none = Between ideas and the vote
budget-phase-unknown = Choose a phase of this process.
budget-phase-after-vote = This phase ends after the vote opens: choose another, or change its dates.
budget-rule-most = Most ideas of one person
budget-rule-most-hint = Leave empty for no limit.
budget-most-wrong = Write a number between 1 and 1,000, or leave empty.
budget-rule-edit-hours = Hours to correct one’s idea
budget-hours-wrong = Write a number of hours between 0 and { $max }.
budget-rule-ceiling = Highest cost of a project (euros)
budget-rule-ceiling-hint = Leave empty: the envelope is the limit.
budget-rule-place = Ask for an address or a place
budget-rule-supports = Let people support ideas
budget-rule-supports-hint = While ideas are submitted. Supports decide nothing: they are shown.

budget-idea-new = Add an idea received elsewhere
budget-idea-new-lead = An idea received on paper, at the desk or in a meeting. It is published in the name of the organisation.
budget-idea-new-publish = Publish this idea
budget-any-service = All services
budget-no-service = Without a service
budget-field-service = Service in charge of the study
budget-field-service-hint = Never published.
budget-field-service-known = Never published. Named so far: { $names }.
budget-field-cost-hint = In euros, { $most } at most.
budget-field-reason = Public answer
budget-field-reason-hint = Why it is feasible or not: everybody will read it.
budget-study-save = Save the study
budget-study-project = A project comes from this idea: it stays feasible.
budget-state-empty = Choose a state.
budget-reason-empty = Say why it is not accepted.
budget-cost-empty = Write a cost in euros.
budget-cost-large = This cost is above the limit: { $most }.
budget-notes = Notes between services
budget-notes-private = Nobody but the team reads them. They are never published nor exported.
budget-note = New note
budget-note-add = Add the note
budget-note-empty = Write the note.

budget-mergers-lead = Two ideas that say the same can be joined, when their authors agree. You answer for those of the organisation and those whose author can no longer be reached.
budget-mergers-none = No joining was proposed.

budget-projects-admin-lead = A project is public as soon as it is saved, and can change until the first vote.
budget-ready-ideas = Feasible ideas without a project
budget-project-new = Add a project
budget-project-edit = Change a project
budget-project-from = Make a project of it
budget-project-from-named = Make a project of it: { $title }
budget-project-title = Name of the project
budget-project-title-empty = Give the project a name.
budget-project-body = Presentation
budget-project-cost-hint = In euros. It cannot be above the envelope.
budget-project-ideas-wrong = One of these ideas is not feasible, or already has its project.
budget-project-followed = This project has won and is followed: it can no longer be removed.
budget-district-empty = Choose an envelope.
budget-origins-hint = Its authors and those who follow it will be told.
budget-photo = Photo
budget-photo-file = Picture
budget-photo-hint = PNG, JPEG or WebP. The place and the date in it are erased.
budget-photo-alt = What the picture shows
budget-photo-alt-empty = Say what the picture shows, for those who do not see it.
budget-photo-wrong = This picture cannot be read: a PNG, JPEG or WebP file of at most 8,000 pixels a side is needed.
budget-photo-remove = Take the picture away

budget-follow-up-admin-lead = Write each step: those who follow the project are told and the public page shows it.
budget-follow-up-early = Follow-up begins when the results are published.
budget-follow-up-others = Follow another project
budget-follow-up-others-hint = For instance a project taken up by another budget after the vote.
budget-follow-up-begin = Begin the follow-up
budget-follow-up-undo = This project is not to be followed
budget-follow-up-written = A step was already written: the follow-up can no longer be undone.
budget-step-new = Write a step
budget-step-date = Date
budget-step-progress = Progress
budget-step-body = What was done
budget-step-body-empty = Say what was done.
budget-step-spent-hint = In euros, since the step before.
budget-step-promised-hint = If a date is promised, or changes.
budget-step-picture = Photo
budget-step-publish = Publish the step
budget-date-wrong = Choose a date.
budget-date-later = This date has not come yet.
budget-promise-before = The promised date is before this step.
budget-progress-empty = Choose the progress.

## Mails

budget-mail-received = It is again among the ideas received.
budget-mail-study = It is now under study.
budget-mail-feasible = It is feasible.
budget-mail-refused = It is not accepted.
budget-mail-cost = Cost: { $cost }.
budget-mail-project = A project put to the vote comes from it.
budget-mail-merger-asks = It is proposed to join it to another. Your consent is needed: read the proposal and answer at the address below.
budget-mail-merger-refused = The joining that was proposed was refused.
budget-mail-merger-joined = It is joined to another, which you now follow.
