# Texts of the consultation.
# dynamic: consultation-arguments-none-
# dynamic: consultation-more-
# dynamic: consultation-back-
# dynamic: consultation-argue-
# dynamic: consultation-tool-
# dynamic: consultation-kind-
# dynamic: consultation-sort-
# dynamic: consultation-status-
# dynamic: consultation-by-
# dynamic: consultation-category-
# dynamic: consultation-decision-
# dynamic: consultation-gone-
# dynamic: consultation-vote-mine-
# dynamic: consultation-done-
# dynamic: consultation-edit-

## Overview

consultation-kind-consultation = Consultation
consultation-open-until = Open until { $date }
consultation-closed-on = Closed since { $date }
consultation-opens-on = Opens on { $date }
consultation-closed-since = The consultation has been closed since { $date }.
consultation-not-open-yet = The consultation opens on { $date }.
consultation-no-dates = The dates of this consultation are not set yet.
consultation-closed-read = Everything stays readable: the texts, the arguments, the votes and the answers.
consultation-draft-notice = This activity is not published: only editors can see it.
consultation-phases = The steps
consultation-rules = Purpose and rules
consultation-object = What will be decided
consultation-perimeter = Who may take part
consultation-duplicates = Several contributions by one person
consultation-answer-due = Answer promised on
consultation-organiser = Who organises and answers
consultation-about-process = All about the process
consultation-text = The text put to consultation
consultation-text-lead = Open an article to vote, argue or propose another wording.
consultation-text-lead-over = It is over. Open an article to read again its votes, its arguments and the answers to it.
consultation-text-lead-read = Open an article to read it.
consultation-outside = Outside any section
consultation-see-section = See the texts of this section
consultation-articles-n =
    { $count ->
      [0] no article
      [one] { $count } article
     *[other] { $count } articles
    }
consultation-proposals-n =
    { $count ->
      [0] no proposal
      [one] { $count } proposal
     *[other] { $count } proposals
    }
consultation-arguments-n =
    { $count ->
      [0] no argument
      [one] { $count } argument
     *[other] { $count } arguments
    }
consultation-sources-n =
    { $count ->
      [0] no source
      [one] { $count } source
     *[other] { $count } sources
    }
consultation-amendments-n =
    { $count ->
      [0] no amendment
      [one] { $count } amendment
     *[other] { $count } amendments
    }
consultation-votes-n =
    { $count ->
      [0] no vote
      [one] { $count } vote
     *[other] { $count } votes
    }
consultation-imported-n =
    { $count ->
      [0] no imported vote
      [one] { $count } imported vote
     *[other] { $count } imported votes
    }
consultation-facts = In figures
consultation-list = Articles and proposals
consultation-sort = Sort by
consultation-sort-auto = Order of the text
consultation-sort-random = Random
consultation-sort-recent = Most recent
consultation-sort-supported = Most supported
consultation-sort-argued = Most argued
consultation-filter = Choose which texts are shown
consultation-filter-section = Section
consultation-filter-status = Official answer
consultation-filter-by = Written by
consultation-any-section = All sections
consultation-any-status = With or without an answer
consultation-status-open = No answer yet
consultation-status-answered = Answered
consultation-status-accepted = Accepted
consultation-status-partly = Partly accepted
consultation-status-refused = Not accepted
consultation-status-studied = Under study
consultation-status-noted = Noted
consultation-by-all = Everyone
consultation-by-organisation = The organisation
consultation-by-people = Participants
consultation-show = Show
consultation-show-all = Show all
consultation-empty = No text yet.
consultation-empty-filtered = No text matches these choices.
consultation-propose = Propose an article
consultation-see-results = See the results
consultation-see-amendments = See all amendments
consultation-see-text = Read the consolidated text
consultation-give-opinion = Have my say
consultation-read-consultation = Read the consultation

## Kinds, authors, dates

consultation-kind-article = Article
consultation-kind-proposal = Proposal
consultation-kind-amendment = Amendment
consultation-kind-argument = Argument
consultation-kind-source = Source
consultation-organisation = the organisation
consultation-author-gone = deleted account
consultation-by-name = by { $name }
consultation-published-on = published on { $date }
consultation-version-n = version { $count }
consultation-modified = changed, version { $version }
consultation-see-versions = See the versions
consultation-imported-note = Taken from an earlier consultation.

## One text

consultation-explanation = Why
consultation-vote-lead = What do you think of this text?
consultation-vote-for = For
consultation-vote-mixed = Mixed
consultation-vote-against = Against
consultation-vote-mine-1 = You voted “for”.
consultation-vote-mine-0 = You voted “mixed”.
consultation-vote-mine--1 = You voted “against”.
consultation-vote-change = You can change your mind until the close.
consultation-vote-take-back = Take my vote back
consultation-votes = The votes
consultation-votes-cast = Votes on this site
consultation-votes-imported = Imported votes
consultation-votes-imported-note = Imported votes come from a consultation held elsewhere: only their totals are known. They are never added to the votes cast here.
consultation-votes-hidden = Totals will be shown after the close, so as not to influence anyone.
consultation-votes-none = Nobody has voted yet.
consultation-stance = Opinion
consultation-total = Total
consultation-answer = Official answer
consultation-arguments = Arguments
consultation-arguments-for = Arguments for
consultation-arguments-against = Arguments against
consultation-arguments-none-for = No argument for.
consultation-arguments-none-against = No argument against.
consultation-arguments-range = Arguments { $from } to { $to } of { $count }
consultation-more-for = See the next arguments for
consultation-more-against = See the next arguments against
consultation-back-for = Back to the previous arguments for
consultation-back-against = Back to the previous arguments against
consultation-support = Support
consultation-supported = Take my support back
consultation-supports-n =
    { $count ->
      [0] no support
      [one] { $count } support
     *[other] { $count } supports
    }
consultation-supports-imported-n =
    { $count ->
      [0] no imported support
      [one] { $count } imported support
     *[other] { $count } imported supports
    }
consultation-support-this = (argument by { $name })
consultation-support-source = (source “{ $title }”)
consultation-flag = Report
consultation-follow = Follow
consultation-unfollow = Stop following
consultation-followed = You follow this text: a message will tell you what changes.
consultation-actions = Your actions
consultation-argue-for = Add an argument for
consultation-argue-against = Add an argument against
consultation-argue-title = Add an argument
consultation-argue-side = Your argument is
consultation-side-for = for this text
consultation-side-against = against this text
consultation-argue-body = Your argument
consultation-argue-hint = One idea, said clearly. From { $min } to { $max } characters.
consultation-argue-publish = Publish my argument
consultation-argue-body-empty = Write your argument.
consultation-side-empty = Say whether your argument is for or against.
consultation-sources = Sources
consultation-sources-none = No source.
consultation-add-source = Add a source
consultation-source-title = Title of the source
consultation-source-link = Web address
consultation-source-link-hint = It starts with https:// or http://
consultation-source-category = Kind of source
consultation-source-summary = What it adds (optional)
consultation-source-publish = Publish this source
consultation-source-choose = Choose
consultation-link-empty = Write the address of the source.
consultation-link-invalid = Write a complete web address, for instance https://www.example.org/study.
consultation-source-title-empty = Write the title of the source.
consultation-category-empty = Choose the kind of source.
consultation-category-website = website
consultation-category-press = press article
consultation-category-law = law or regulation
consultation-category-report = report or study
consultation-category-blog = blog post
consultation-category-paper = scientific paper
consultation-category-audiovisual = audiovisual document
consultation-category-other = other
consultation-amendments = Other wordings proposed
consultation-amendments-none = No other wording proposed.
consultation-amend = Propose another wording
consultation-amends = Another wording proposed for
consultation-changes = What this amendment changes
consultation-decision-accepted = Accepted
consultation-decision-refused = Refused
consultation-decision-merged = Merged
consultation-decision-waiting = Waiting for a decision
consultation-decision-on = decided on { $date }
consultation-gone = Withdrawn or hidden
consultation-gone-lead = Their place stays, their text is no longer shown.
consultation-gone-withdrawn = Withdrawn by its author
consultation-gone-hidden = Hidden by the moderators
consultation-gone-merged = Merged into another text
consultation-gone-withdrawn-text = The author of this text withdrew it on { $date }. The votes and arguments already published stay counted in the data.
consultation-gone-hidden-text = The moderators hid this text on { $date }.
consultation-gone-merged-text = This text was merged into another one.
consultation-gone-merged-into = See the text that takes it up
consultation-gone-reason = Reason
consultation-gone-appeal = You can appeal against this decision.
consultation-gone-appeal-do = Appeal against the decision
consultation-appeal-upheld-text = Your appeal was answered: the decision stands.
consultation-appeal-read = Read the answer
consultation-appeal-see = See your appeal
consultation-parent-gone = This text is no longer published: it can no longer be answered.
consultation-own-edit = Edit
consultation-own-withdraw = Withdraw
consultation-own-until = You can edit this text until { $date }.
consultation-back-to-text = Back to the text
consultation-back-to-list = Back to the consultation
consultation-receipt = See the receipt
consultation-about-vote = Vote on “{ $title }”
consultation-about-argue = Publish an argument on “{ $title }”
consultation-about-source = Add a source to “{ $title }”
consultation-about-follow = Follow “{ $title }”
consultation-receipt-vote = See the receipt of my vote
consultation-votes-table = The figures as a table

## Flags and appeals

consultation-flag-title = Report a contribution
consultation-flag-lead = Tell the moderators why this text should not be shown. Your name is not given to its author.
consultation-flag-reason = For what reason?
consultation-flag-note = Say more (optional)
consultation-flag-send = Send the report
consultation-appeal-words = Why do you appeal against this decision?
consultation-appeal-hint = Another moderator will read your text and your explanation, or the same one where there is only one.
consultation-appeal-send = Send my appeal
consultation-appeal-yours = Your appeal
consultation-appeal-waits = Your appeal is waiting for an answer.
consultation-appeal-reply = The answer
consultation-appeal-overturned = Your text is shown again
consultation-appeal-upheld = The decision stands

## What was done

consultation-done-flag = Thank you. The moderators will read this text.
consultation-done-appeal = Your appeal was sent.
consultation-unfollowed = You no longer follow this text.
consultation-done-vote = Your vote is recorded.
consultation-done-vote-back = Your vote was taken back.
consultation-done-vote-same = Your vote was already recorded: it counts once.
consultation-done-support = Your support is recorded.
consultation-done-support-back = Your support was taken back.
consultation-done-argument = Your argument is published.
consultation-done-source = Your source is published.
consultation-done-proposal = Your proposal is published.
consultation-done-draft = Your draft is saved. You will find it in your account.
consultation-done-draft-deleted = The draft was deleted.
consultation-done-edit = The new version is published.
consultation-done-withdraw = Your text was withdrawn.

## Refusals

consultation-refused-closed = The consultation is not open: nothing was published.
consultation-refused-keep = Nothing was published. Here is what you wrote: copy it if you want to keep it.
consultation-refused-closed-vote = The consultation is not open: your vote was not recorded.
consultation-refused-off = The rules of this consultation do not allow this.
consultation-your-text = Your text
consultation-edit-closed = The consultation is closed: this text can no longer be edited.
consultation-edit-late = The time to edit this text is over.
consultation-edit-answered = The organisation has answered this text: it can no longer change.
consultation-edit-decided = The organisation has decided on this amendment: it can no longer change.
consultation-edit-gone = This text is no longer published.
consultation-withdraw-late = The results are published and count this text: it can no longer be withdrawn.
consultation-withdraw-answered = The organisation has answered this text: text and answer stay together, so it can no longer be withdrawn.
consultation-withdraw-decided = The organisation has decided on this amendment: it stays with the decision, so it can no longer be withdrawn.

## Proposing

consultation-propose-title = Propose an article
consultation-propose-lead = Write, compare with what exists, read again, publish. Nothing is public before the last step.
consultation-step-write = Write
consultation-step-similar = Compare
consultation-step-preview = Read again and publish
consultation-step-n = Step { $step } of 3
consultation-field-section = Section
consultation-field-section-none = None in particular
consultation-field-title = Title
consultation-field-title-hint = Say what the article would do, in at least { $min } characters.
consultation-field-body = Text of the article
consultation-field-body-hint = At least { $min } characters. Leave an empty line between paragraphs.
consultation-field-explanation = Why (optional)
consultation-section-unknown = Choose a section in the list.
consultation-write-next = Continue
consultation-write-save = Save the draft
consultation-similar-title = Your proposal may already exist
consultation-similar-lead = These texts are like yours. If one of them says the same, support it: opinions gather.
consultation-similar-continue = Continue anyway
consultation-preview-title = Read it again before publishing
consultation-preview-lead = This is what everybody will see, with your pseudonym “{ $name }”.
consultation-preview-window =
    You can edit it for { $count ->
      [one] { $count } hour
     *[other] { $count } hours
    } after publication, and withdraw it.
consultation-preview-publish = Publish my proposal
consultation-preview-edit = Edit the text
consultation-draft-delete = Delete the draft
consultation-draft-saved-on = Draft saved on { $date }
consultation-title-empty = Write a title.
consultation-body-empty = Write the text of your article.

## Editing, versions, withdrawing

consultation-edit-title = Edit “{ $title }”
consultation-edit-lead = Earlier versions stay visible.
consultation-edit-note = What you change, in a few words (optional)
consultation-edit-publish = Publish the new version
consultation-edit-same = Nothing has changed: edit the text before publishing it.
consultation-conflict-title = This text changed while you were writing
consultation-conflict-lead = Version { $version } was published in another tab or by somebody else. Nothing you wrote is lost: your text is in the form. This is what it would change in the published version; read again, then publish.
consultation-versions-title = Versions of “{ $title }”
consultation-versions-lead = Every published version stays readable.
consultation-version-by = Version { $number }, { $date }
consultation-version-first = First version
consultation-version-compare = What version { $number } changes
consultation-version-see = See what changes
consultation-diff-removed = removed
consultation-diff-added = added
consultation-diff-legend = What is struck through is removed; what is underlined is added.
consultation-withdraw-title = Withdraw this text?
consultation-withdraw-lead = The text will no longer be shown. Its place will stay, marked “withdrawn by its author”. This cannot be undone.
consultation-withdraw-do = Withdraw the text
consultation-cancel = Cancel

## Administration

consultation-missing-texts = Write at least one article, or allow proposals.
consultation-missing-sections-title = Give every section a name.
consultation-tool-name = Consultation of a text by article
