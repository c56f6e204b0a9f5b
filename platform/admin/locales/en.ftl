# The administration.
# dynamic: admin-did-
# dynamic: admin-on-
# dynamic: admin-role-
# dynamic: admin-document-kind-
# dynamic: admin-mail-
# dynamic: admin-appeal-
# dynamic: admin-answers-
# dynamic: admin-licence-
# dynamic: admin-preset-

admin-title = Administration
admin-nav = Administration
admin-tab-dashboard = To do
admin-tab-processes = Processes
admin-tab-answers = Answers
admin-tab-moderation = Moderation
admin-tab-participants = Participants
admin-tab-mails = Mails
admin-tab-data = Data
admin-tab-settings = Settings
admin-tab-audit = Audit log
admin-save = Save
admin-saved = Saved.
admin-removed = Removed.
admin-filter = Filter
admin-retry = Try again
admin-urgent = Now
admin-in-french = in French
admin-in-english = in English
admin-date-unreadable = Give a day and, where asked, a time.
admin-see-in-place = See it on the site
admin-author-none = No author
admin-from-to = { $from } to { $to }
admin-todo = What needs you
admin-todo-none = Nothing needs you. Everything is up to date.
admin-figures = Figures
admin-figure-participants = Participants
admin-figure-contributions = Published contributions
admin-figure-reactions = Votes cast here
admin-figure-leaves = Acts in the public journal
admin-todo-late = { $count ->
    [one] “{ $process }”: the promised date of the answer has passed, one proposal is waiting.
   *[other] “{ $process }”: the promised date of the answer has passed, { $count } proposals are waiting.
}
admin-todo-silent = “{ $process }”: the promised date of the answer has passed, and nothing was answered yet. Publish the answer or its documents.
admin-todo-lacking = { $count ->
    [one] “{ $process }” is published and lacks one point that must be public.
   *[other] “{ $process }” is published and lacks { $count } points that must be public.
}
admin-todo-ready = “{ $process }” is ready to be published.
admin-todo-incomplete = { $count ->
    [one] “{ $process }” is not published yet: one point is missing.
   *[other] “{ $process }” is not published yet: { $count } points are missing.
}
admin-todo-results = “{ $activity }” is closed: publish its results.
admin-process-new = Create a process
admin-process-edit = Edit the process
admin-process-see = See it on the site
admin-process-help = The law asks for the object, the perimeter, the dates, the rule on several contributions and the date of the answer to be published before opening.
admin-process-title = Name of the process
admin-process-summary = Summary, in one or two sentences
admin-process-description = Presentation
admin-process-object = Object: what will be decided, and what will not
admin-process-perimeter = Perimeter: who may take part
admin-process-duplicates = Rule on several contributions by one person
admin-process-method = Method note
admin-process-organiser = Who organises and who answers
admin-process-preset = Legal frame
admin-process-due = Promised date of the answer
admin-process-due-hint = Everyone sees it; you will be reminded until the answer is published.
admin-preset-open = Open consultation
admin-preset-open-hint = Article L131-1 of the French code of relations between the public and the administration.
admin-preset-environment = Public participation on a project with an effect on the environment
admin-preset-environment-hint = Article L123-19-1 of the French Environment Code: at least twenty-one days, four days for the synthesis, three documents online for three months.
admin-processes-none = No process yet.
admin-process-missing = What is missing before publishing
admin-process-publish = Publish the process
admin-process-publish-hint = The published rules enter the public journal; any change will leave a trace there.
admin-process-published = The process is published.
admin-process-archive = Archive the process
admin-process-archive-hint = It leaves the lists; everything stays readable.
admin-process-archived = The process is archived.
admin-status-draft = Draft
admin-status-published = Published
admin-status-archived = Archived
admin-phases = Phases
admin-phases-none = No phase.
admin-phase-new = Add a phase
admin-phase-edit = Edit the phase
admin-phase-title = Name of the phase
admin-phase-description = What happens in it
admin-phase-starts = Start
admin-phase-ends = End
admin-phase-ends-hint = The phase closes exactly at this moment, in the site’s time zone.
admin-phase-remove = Remove the phase
admin-phase-sealed = Somebody has already voted in this phase. Its opening no longer changes. Its closing can be moved, with a reason that everybody will read beside the vote.
admin-phase-reason = Why the closing is moved
admin-phase-reason-hint = Needed only if the end changes. This reason is public and stays in the journal: name nobody.
admin-activities = Activities
admin-activities-none = No activity.
admin-activity-new = Add an activity
admin-activity-edit = Name and phase
admin-activity-see = See
admin-activity-title = Name of the activity
admin-activity-summary = Summary
admin-activity-tool = Tool
admin-activity-tool-unknown = There is no such tool.
admin-activity-phase = Phase during which it is open
admin-activity-phase-hint = Opening and closing follow the dates of the phase.
admin-activity-no-phase = None yet
admin-activity-publish = Publish the activity
admin-activity-published = The activity is published.
admin-activity-soon = To come
admin-activity-open = Open
admin-activity-closed = Closed
admin-activity-results = Results published
admin-results-publish = Publish the results
admin-results-published = The results are published.
admin-documents = Documents
admin-documents-none = No document.
admin-document-new = Add a document
admin-document-kind = Kind
admin-document-kind-file = File put to the public
admin-document-kind-synthesis = Synthesis, with what was taken into account
admin-document-kind-observations = Observations of the public
admin-document-kind-reasons = Reasons for the decision
admin-document-kind-other = Other
admin-document-title = Title
admin-document-body = Text
admin-document-publish = Publish
admin-document-update = Publish the change
admin-document-draft = Keep as a draft
admin-document-remove = Remove the document
admin-moderation-flagged = Flagged contributions
admin-moderation-none = No flag is waiting.
admin-moderation-appeals = Appeals
admin-appeals-none = No appeal is waiting.
admin-moderation-dismiss = Keep it online and settle the flags
admin-moderation-dismissed = The flags are settled.
admin-moderation-hide = Hide the contribution
admin-moderation-hidden = The contribution is hidden; its author is told.
admin-moderation-restore = Make it visible again
admin-moderation-restored = The contribution is visible again.
admin-moderation-reason = Reason
admin-moderation-explanation = Explanation
admin-moderation-explanation-hint = The author and the public will read it. Name nobody.
admin-moderation-past = Earlier decisions
admin-moderation-was-hidden = Hidden
admin-moderation-was-restored = Made visible
admin-appeal-title = Appeal: { $title }
admin-appeal-why = Why the contribution was hidden
admin-appeal-words = What the author answers
admin-appeal-outcome = Your decision
admin-appeal-upheld = The contribution stays hidden
admin-appeal-overturned = The contribution is visible again
admin-appeal-outcome-empty = Choose a decision.
admin-appeal-reply = Answer to the author
admin-appeal-decide = Give the decision
admin-appeal-decided = The decision is given; the author is told.
admin-answers-all = All
admin-answers-none = Without an answer
admin-answers-draft = Draft answer
admin-answers-published = Published answer
admin-answers-everywhere = Everywhere
admin-answers-status = Status
admin-answers-where = Activity
admin-answers-empty = No contribution in this list.
admin-answers-publish-all = { $count ->
    [one] { $count } draft answer in “{ $name }”.
   *[other] { $count } draft answers in “{ $name }”.
}
admin-answers-publish = Publish them together
admin-answers-published-one = One answer published.
admin-answers-published-all = { $count } answers published.
admin-answer-none = No answer
admin-answer-votes = { $for } for, { $mixed } mixed, { $against } against
admin-answer-title = Answer “{ $title }”
admin-answer-text = Read the contribution again
admin-answer-status = What becomes of it
admin-answer-body = Answer
admin-answer-publish = Publish the answer
admin-answer-update = Publish the change
admin-answer-draft = Keep as a draft
admin-answer-saved = The answer is kept as a draft.
admin-answer-published = The answer is published; the author and the followers are told.
admin-participants-search = Search a name or an address
admin-participants-role = Role
admin-participants-all = All roles
admin-participants-none = Nobody matches.
admin-participant-name = Displayed name
admin-participant-mail = Address
admin-participant-role = Role
admin-participant-activity = Activity
admin-participant-seen = Last visit
admin-participant-since = Joined
admin-participant-suspended = Suspended
admin-participant-public = See the public profile
admin-participant-me = This is your own account: ask another administrator to change your role.
admin-role-participant = Participant
admin-role-participant-hint = Reads, votes, argues, proposes.
admin-role-moderator = Moderator
admin-role-moderator-hint = Also reads flags, hides with a reason, decides appeals.
admin-role-editor = Editor
admin-role-editor-hint = Also writes processes, texts and answers.
admin-role-administrator = Administrator
admin-role-administrator-hint = Everything, settings and roles included.
admin-invite = Add somebody to the team
admin-invite-hint = The person signs in with a link sent to this address.
admin-invite-email = Mail address
admin-invite-email-invalid = Write an address such as name@example.org.
admin-invite-role = Role
admin-invite-role-empty = Choose a role.
admin-invite-button = Add
admin-invited = { $email } is part of the team.
admin-suspend = Suspend the account
admin-suspend-hint = The person can no longer take part. Their texts stay, their sessions close.
admin-suspend-reason = Reason
admin-suspend-reason-empty = Write the reason for suspending.
admin-reinstate = Reinstate the account
admin-reinstate-hint = This account is suspended.
admin-mail-queued = Waiting to be sent
admin-mail-held = Held: no mail server
admin-mail-sent = Sent
admin-mail-failed = Failed
admin-mail-to = To
admin-mail-written = Written
admin-mail-retried = The mail is on its way again.
admin-job-retried = The task starts again.
admin-mails-all = All
admin-mails-status = Status
admin-mails-search = Search an address or a subject
admin-mails-none = No mail.
admin-jobs = Tasks in trouble
admin-audit-all = All
admin-audit-action = Action
admin-audit-none = Nothing yet.
admin-audit-when = When
admin-audit-who = Who
admin-audit-object = Object
admin-audit-system = The program
admin-settings-nav = Settings
admin-settings-general = Identity and participation
admin-settings-logo = Logo
admin-settings-legal = Legal notices and contact
admin-settings-accessibility = Accessibility
admin-site-name = Name of the organisation
admin-site-name-empty = Give the name of the organisation.
admin-site-tagline = One sentence under the name
admin-site-welcome = Welcome text
admin-site-accent = Colour
admin-site-accent-hint = For instance #1f5f5b. The contrast is checked.
admin-site-locales = Languages offered
admin-site-locales-empty = Offer at least one language.
admin-site-default = Default language
admin-site-default-not-offered = The default language must be offered.
admin-site-zone = Time zone
admin-site-zone-hint = For instance Europe/Paris or America/Martinique.
admin-site-zone-unknown = There is no such time zone.
admin-site-licence = Licence of the open data
admin-site-licence-empty = Choose a licence.
admin-licence-etalab-2-0 = Licence Ouverte 2.0 (Etalab)
admin-licence-odbl-1-0 = Open Database License 1.0
admin-site-window = Hours during which one can correct one’s text
admin-site-window-hint = 0: never. Each version stays visible.
admin-site-window-invalid = Write a number of hours between 0 and 8,760.
admin-site-registration = Visitors can create an account
admin-legal-publisher = Director of publication
admin-legal-host = Host: name, address, telephone
admin-legal-contact = Contact
admin-legal-email = Public mail address
admin-legal-notices = Legal notices
admin-legal-privacy = Personal data: what your organisation adds
admin-audit-help = Until an audit is entered, the site declares itself not compliant. Empty the first three fields to take the audit away.
admin-audit-auditor = Who made the audit
admin-audit-auditor-hint = Name of the person or company.
admin-audit-auditor-empty = Say who made the audit.
admin-audit-date = Day the audit ended
admin-audit-date-invalid = Give a past day.
admin-audit-rate = Share of criteria met, in per cent
admin-audit-rate-hint = For instance 73.5.
admin-audit-rate-invalid = Write a percentage between 0 and 100.
admin-audit-failures = Failures
admin-audit-exemptions = Exemptions for disproportionate burden
admin-audit-out = Contents out of scope
admin-audit-pages = Pages checked, one a line
admin-audit-environment = Test environment, one item a line
admin-logo-file = Picture
admin-logo-hint = PNG, JPEG or WebP. The picture is reduced and written again.
admin-logo-alt = Text alternative
admin-logo-empty = Choose a picture.
admin-logo-unreadable = This picture cannot be read: give a PNG, JPEG or WebP file under 4,000 pixels a side.
admin-logo-remove = Remove the logo
admin-export = Export
admin-export-hint = The open-data bundle holds everything public, with the journal and the working of the results. Anyone can verify it.
admin-export-link = Go to the open-data page
admin-import = Import
admin-import-hint = Take over what was done elsewhere, with another tool for instance. The files are checked before anything is written.
admin-import-past = Past imports
admin-import-server = From the server
admin-import-server-hint = This command does the same, for very large files. With --dry-run, it says what it would do and writes nothing.
admin-import-none = No import yet.
admin-todo-flagged = { $count ->
    [one] One flagged contribution is waiting
   *[other] { $count } flagged contributions are waiting
}
admin-todo-appeals = { $count ->
    [one] One appeal is waiting
   *[other] { $count } appeals are waiting
}
admin-todo-answers = { $count ->
    [one] One proposal of a closed consultation is waiting for an answer
   *[other] { $count } proposals of closed consultations are waiting for an answer
}
admin-todo-drafts = { $count ->
    [one] One answer is a draft
   *[other] { $count } answers are drafts
}
admin-todo-held = { $count ->
    [one] One mail is held for lack of a server
   *[other] { $count } mails are held for lack of a server
}
admin-todo-failed = { $count ->
    [one] One mail could not be sent
   *[other] { $count } mails could not be sent
}
admin-todo-jobs = { $count ->
    [one] One task is in trouble
   *[other] { $count } tasks are in trouble
}
admin-moderation-flags = { $count ->
    [one] One flag
   *[other] { $count } flags
}
admin-participants-total = { $count ->
    [one] One person
   *[other] { $count } people
}
admin-participant-contributions = { $count ->
    [one] { $count } contribution
   *[other] { $count } contributions
}
admin-job-attempts = { $count ->
    [one] one attempt
   *[other] { $count } attempts
}
admin-mails-held = { $count ->
    [one] No mail server is set: one message waits here. Open it to hand over its link yourself.
   *[other] No mail server is set: { $count } messages wait here. Open them to hand over their links yourself.
}
admin-did-activity-created = Activity added
admin-did-activity-published = Activity published
admin-did-activity-saved = Activity changed
admin-did-amendment-decided = Amendment decided
admin-did-answer-published = Official answer published
admin-did-answer-saved = Official answer saved
admin-did-appeal-decided = Appeal decided
admin-did-article-deleted = Article deleted
admin-did-article-saved = Article saved
admin-did-document-removed = Document removed
admin-did-document-saved = Document saved
admin-did-job-retried = Task tried again
admin-did-mail-retried = Mail tried again
admin-did-moderation-dismiss = Flags dismissed
admin-did-moderation-hide = Contribution hidden
admin-did-moderation-restore = Contribution restored
admin-did-participant-erased = Account erased
admin-did-participant-reinstated = Account reinstated
admin-did-participant-suspended = Account suspended
admin-did-phase-created = Phase added
admin-did-phase-removed = Phase removed
admin-did-phase-saved = Phase changed
admin-did-process-archived = Process archived
admin-did-process-created = Process created
admin-did-process-published = Process published
admin-did-process-saved = Process changed
admin-did-results-published = Results published
admin-did-role-set = Role given
admin-did-rules-saved = Rules changed
admin-did-section-added = Section added
admin-did-section-deleted = Section deleted
admin-did-section-saved = Section changed
admin-did-settings-saved = Settings changed
admin-did-site-set-up = Site set up
admin-did-text-pasted = Text pasted
admin-did-imported = Import
admin-did-roll-imported = Roll imported
admin-did-letters-made = Letters to voters made
admin-did-roll-erased = Names of a roll erased
admin-did-ballots-printed = Paper ballots printed
admin-did-ballot-settled = Paper ballot settled
admin-did-box-closed = Ballot box closed
admin-did-option-saved = Option of a vote saved
admin-did-option-deleted = Option of a vote deleted
admin-did-category-removed = Category removed
admin-did-category-saved = Category saved
admin-did-envelope-removed = Envelope removed
admin-did-envelope-saved = Envelope saved
admin-did-follow-up-undone = Follow-up of a project undone
admin-did-idea-studied = Study of an idea saved
admin-did-letters-cancelled = Letters to voters cancelled
admin-did-merger-cancelled = Merger of ideas cancelled
admin-did-project-removed = Project removed
admin-did-project-saved = Project saved
admin-did-sheet-keyed = Signed sheet keyed in
admin-did-panel-announcement-saved = Draw of a panel announced, or taken back
admin-did-panel-answer-saved = Answer to a recommendation saved
admin-did-panel-attendance-saved = Attendance at a session noted
admin-did-panel-categories-saved = Categories of a panel changed
admin-did-panel-codes-saved = Letters of a panel printed
admin-did-panel-entry-saved = Answer to a letter keyed in
admin-did-panel-erasing-saved = Names of a panel erased
admin-did-panel-evaluation-saved = Evaluation of a panel changed
admin-did-panel-evaluation-codes-saved = Evaluation codes of a panel printed
admin-did-panel-frame-saved = List of a panel imported
admin-did-panel-import-saved = Volunteers of a panel imported
admin-did-panel-letters-saved = Households to write to drawn by lot
admin-did-panel-phones-saved = Numbers to call drawn by lot
admin-did-panel-quotas-saved = Quotas of a panel changed
admin-did-panel-recommendation-saved = Recommendation of a panel changed
admin-did-panel-rules-saved = Rules of a panel changed
admin-did-panel-seat-saved = Seat of a panel updated
admin-did-panel-seed-saved = Seed of a draw entered
admin-did-panel-session-saved = Sessions of a panel changed
admin-did-panel-tables-saved = Discussion tables made
admin-did-panel-votes-saved = Votes on a recommendation noted
admin-did-panel-withdrawal-saved = Volunteer taken off a panel
admin-on-activity = Activity { $id }
admin-on-contribution = Contribution { $id }
admin-on-document = Document { $id }
admin-on-job = Task { $id }
admin-on-mail = Mail { $id }
admin-on-participant = Account { $id }
admin-on-phase = Phase { $id }
admin-on-process = Process { $id }
admin-on-site = The site
