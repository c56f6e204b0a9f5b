# Messages of the shared nouns: fields, processes, moderation, mails.
# dynamic: civic-mail-
# dynamic: civic-reason-
# dynamic: civic-answer-status-

civic-title-empty = Write a title.
civic-body-empty = Write your text.
civic-explanation-empty = Explain why.
civic-process-title-empty = Give the process a name.
civic-phase-title-empty = Give the phase a name.
civic-phase-ends-before-start = The phase must end after it starts.
civic-phase-in-use = An activity takes place in this phase: move it before removing the phase.
civic-phase-last = This is the last phase of a published process, which must keep its dates.
civic-phase-has-results = The results of what took place in this phase are published: it cannot open again.
civic-activity-has-results = The results of this activity are published: it stays in its phase.
civic-sealed-phase = Somebody has already voted: this vote stays in its phase. This refusal is in the journal.
civic-sealed-remove = Somebody has already voted in this phase: it can no longer be removed. This refusal is in the journal.
civic-sealed-opening = Somebody has already voted in this phase: its opening no longer changes. This refusal is in the journal.
civic-sealed-counted = The box of a vote of this phase is closed: the end of the phase no longer changes. This refusal is in the journal.
civic-sealed-reason = A vote has begun: say why its closing is moved, in at least { $least } characters. Everybody will read this reason.
civic-activity-title-empty = Give the activity a name.
civic-document-title-empty = Give the document a title.
civic-document-kind-empty = Choose the kind of document.
civic-document-body-empty = Write the text of the document.
civic-document-three-months = This document must stay online for at least three months after its publication (article L123-19-1 of the French Environment Code).
civic-slug-taken = This name is taken too many times: choose another.
civic-results-not-closed = Results are published after closing.
civic-already-sent = This form was already sent: it counted only once.
civic-changed-meanwhile = This text changed while you were writing. Read the new version before saving yours.
civic-parent-gone = The text you were replying to is no longer published.
civic-reaction-unknown = This choice does not exist here.
civic-reaction-gone = This text was withdrawn, merged or hidden meanwhile: your vote was not recorded.
civic-flag-reason-empty = Choose a reason.
civic-moderation-reason-empty = Choose the reason for hiding it.
civic-moderation-explanation-empty = Explain your decision to the author.
civic-appeal-empty = Explain why you contest this decision.
civic-appeal-reply-empty = Answer the appeal.
civic-appeal-twice = You have already contested this decision.
civic-appeal-decided = This appeal has already been decided.
civic-appeal-own = You hid this text yourself: it is for another moderator to uphold the decision. You can show the text again.
civic-answer-status-empty = Choose what becomes of it.
civic-answer-body-empty = Write the answer.

civic-missing-summary = Write a summary of the process.
civic-missing-object = State the object: what will be decided, and what will not.
civic-missing-perimeter = State the perimeter: who may take part.
civic-missing-duplicates = State the rule on several contributions by one person.
civic-missing-method = Write the method note.
civic-missing-dates = Add at least one phase with its dates.
civic-missing-answer-date = Promise a date for the answer.
civic-missing-answer-after = The promised date of the answer must come after closing.
civic-missing-four-days = The answer cannot come less than four days after closing (article L123-19-1).
civic-missing-twenty-one-days = The public must have at least twenty-one days (article L123-19-1).
civic-missing-phase = Choose the phase during which the activity is open.
civic-missing-synthesis = Publish the synthesis of the observations, with what was taken into account.
civic-missing-observations = Publish the observations of the public.
civic-missing-reasons = Publish the reasons for the decision, in a separate document.

civic-reason-insult = Insult or personal attack
civic-reason-hate = Incitement to hatred, discrimination
civic-reason-personal-data = Personal data
civic-reason-spam = Advertising or mass posting
civic-reason-off-topic = Off topic
civic-reason-unlawful = Unlawful content
civic-reason-other = Another reason

civic-answer-status-accepted = Accepted
civic-answer-status-partly = Partly accepted
civic-answer-status-refused = Not accepted
civic-answer-status-studied = Under study
civic-answer-status-noted = Noted

civic-mail-hello = Hello { $name },
civic-mail-footer = { $site }
    You receive this message because you follow this page. To stop receiving them: { $url }
civic-mail-footer-notice = { $site }
    This message is about your contribution. Your account: { $url }
civic-mail-published-subject = News: { $title }
civic-mail-published-body = New contributions were published in “{ $title }”. { $detail }
civic-mail-reply-subject = A reaction to “{ $title }”
civic-mail-reply-body = Somebody wrote about “{ $title }”. { $detail }
civic-mail-answer-subject = An official answer to “{ $title }”
civic-mail-answer-body = The organisation answered “{ $title }”. { $detail }
civic-mail-amendment-subject = A decision on an amendment to “{ $title }”
civic-mail-amendment-body = A decision was taken on an amendment to “{ $title }”. { $detail }
civic-mail-results-subject = The results are out: { $title }
civic-mail-results-body = The results of “{ $title }” are published, with their working. { $detail }
civic-mail-hidden-subject = Your contribution was hidden
civic-mail-hidden-body = Your contribution “{ $title }” was hidden by the moderators.

    Reason given: { $detail }

    You can appeal against this decision at the address below.
civic-mail-restored-subject = Your contribution is visible again
civic-mail-restored-body = Your contribution “{ $title }” is visible again. { $detail }
civic-mail-appeal-subject = Your appeal was examined
civic-mail-appeal-body = Your appeal about “{ $title }” was examined.

    Reply: { $detail }
civic-mail-study-subject = News of the idea “{ $title }”
civic-mail-study-body = The services studied the idea “{ $title }”. { $detail }
civic-mail-merger-subject = Joining two ideas: “{ $title }”
civic-mail-merger-body = This is about the idea “{ $title }”. { $detail }
civic-mail-progress-subject = Where “{ $title }” stands
civic-mail-progress-body = The project “{ $title }” moves on. { $detail }
