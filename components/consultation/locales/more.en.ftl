
## Amending

# dynamic: consultation-fate-
# dynamic: consultation-decide-
# dynamic: consultation-admin-
# dynamic: consultation-kind-

consultation-amend-lead = Change the words of the text, say why, read it again, publish. People will vote and argue on your wording beside the present text. The organisation will then decide, and say why.
consultation-amend-body = Your wording
consultation-amend-body-hint = The present text is already here: change what you want to change, leave the rest.
consultation-amend-body-empty = Write your wording.
consultation-amend-why = Why this change
consultation-amend-why-hint = A few sentences are enough. Everybody will read them.
consultation-amend-why-empty = Explain why you propose this change.
consultation-amend-same = Your wording is the same as the present text: change it before going on.
consultation-amend-exists = This wording has already been proposed, word for word. Vote for it rather than publishing it twice.
consultation-amend-continue = See what this changes
consultation-amend-about = Propose another wording of “{ $title }”
consultation-amend-others =
    { $count ->
      [one] { $count } other wording has already been proposed for this text.
     *[other] { $count } other wordings have already been proposed for this text.
    }
consultation-amend-others-see = Read them before writing
consultation-amend-preview = Read your amendment again
consultation-amend-near = Wordings already proposed
consultation-amend-near-lead = If one of them says the same as yours, vote for it: opinions add up.
consultation-amend-alike = nearly the same
consultation-amend-changes = What you change
consultation-amend-passages =
    { $count ->
      [one] { $count } passage changes.
     *[other] { $count } passages change.
    }
consultation-amend-present = Present text
consultation-amend-yours = Your wording
consultation-amend-publish = Publish my amendment
consultation-amend-read = The text you had read
consultation-amend-now = Present text, version { $version }
consultation-amend-changed = The text changed while you were writing.
consultation-amend-changed-lead = Nothing you wrote is lost. This is what changed: read your wording again, then go on.
consultation-amend-number = Amendment no. { $number }
consultation-amend-base = Text of version { $version }
consultation-amend-newer = This amendment was written on version { $base }; the text is now at version { $version }.
consultation-amend-result = See version { $version } of the text, which came of it
consultation-amend-behind = Written on version { $version }
consultation-amendments-title = Amendments
consultation-amendments-of = Amendments to “{ $title }”
consultation-amendments-lead = An amendment is another wording of a text. Anybody may vote and argue; the organisation decides, and its decision stays readable here.
consultation-amendments-empty = No amendment here.
consultation-fate = Choose the amendments shown
consultation-fate-all = All
consultation-fate-waiting = Waiting
consultation-fate-accepted = Accepted
consultation-fate-refused = Refused
consultation-fate-merged = Taken up in part
consultation-done-amendment = Your amendment is published. Your receipt is among your actions, at the bottom of the page.

## Deciding

consultation-decide = The decision
consultation-decide-choice = What do you decide?
consultation-decide-accepted = Accept
consultation-decide-accepted-hint = The text takes the amendment’s wording as it is.
consultation-decide-merged = Take up in another wording
consultation-decide-merged-hint = The text takes the wording that you write below.
consultation-decide-refused = Refuse
consultation-decide-refused-hint = The text does not change. A reason is required.
consultation-decide-reason = Reason for the decision
consultation-decide-reason-empty = Write the reason for the refusal: the author and everybody will read it.
consultation-decide-wording = The wording taken up
consultation-decide-wording-hint = Only if you take the amendment up in another wording. Its own wording is already here.
consultation-decide-do = Save the decision
consultation-decide-proposed = Proposed wording
consultation-decide-since = The text has changed since this amendment
consultation-decide-since-see = See what changed
consultation-decide-behind = Accepting it as it is would undo what changed since. Take it up in another wording, or refuse it.
consultation-decide-done-already = Somebody has already decided on this amendment.
consultation-decide-parent-gone = The text that this amendment changes is no longer published.
consultation-decide-note-accepted = Amendment no. { $number } accepted
consultation-decide-note-merged = Amendment no. { $number } taken up in another wording
consultation-done-accepted = The amendment is accepted: the text has a new version, and the people concerned are told.
consultation-done-refused = The amendment is refused, and the people concerned are told.
consultation-done-merged = The amendment is taken up: the text has a new version, and the people concerned are told.

## Results

consultation-results-title = Results
consultation-results-published = Results published
consultation-results-closed = Consultation over
consultation-results-provisional = Provisional figures
consultation-results-before = Not open yet
consultation-results-provisional-note = The consultation is under way: these figures change with each vote and each contribution. The results will be published after the close.
consultation-results-closed-note = The consultation is over. The organisation has not published these results yet: they may still change if the moderators hide or restore a text.
consultation-results-empty = No text is published.
consultation-results-sentence = { $authors }; { $texts }; { $facts }.
consultation-results-authors-n =
    { $count ->
      [0] Nobody has written yet
      [one] { $count } person wrote
     *[other] { $count } people wrote
    }
consultation-results-texts-n =
    { $count ->
      [0] no text under debate
      [one] { $count } text under debate
     *[other] { $count } texts under debate
    }
consultation-results-votes = Votes, text by text
consultation-results-votes-lead = First the articles, in the order of the text; then proposals and amendments, the most voted first.
consultation-results-table = The table
consultation-results-text = Text
consultation-results-arguments = The most supported arguments
consultation-results-arguments-lead = For each text and on each side, the { $count } most supported arguments, with at least { $minimum } support, cast here or imported. Of equal ones, the oldest.
consultation-results-none = No supported argument on this side.
consultation-results-days = Participation, day by day
consultation-results-days-lead = Days are counted in universal time (UTC). A vote that was changed counts on the day of its last change.
consultation-results-days-imported = Imported votes have no date: they are in no day.
consultation-results-days-none = Nothing has been published yet.
consultation-results-days-reactions = Votes and supports cast, by day
consultation-results-days-contributions = Contributions published, by day
consultation-results-days-table = The table, day by day
consultation-results-day = Day
consultation-results-reactions = Votes and supports
consultation-results-contributions = Contributions
consultation-results-answers = What the organisation answered
consultation-results-answers-lead = Articles and proposals, by the answers published to date.
consultation-results-gone = Text no longer shown
consultation-results-number = Number
consultation-results-method = How these figures are counted
consultation-results-method-1 = Each figure is a plain count, in whole numbers. Nothing is weighted, nothing is estimated.
consultation-results-m-counts = What counts
consultation-results-m-counts-text = A contribution counts when it is published, and so is the text that it is about. Drafts, and texts that were withdrawn, hidden or merged, count nowhere.
consultation-results-m-votes = Votes and supports
consultation-results-m-votes-text = A person has one vote on a text (for, mixed, against) and one support for an argument or a source. Only their last choice counts.
consultation-results-m-imported = Imported
consultation-results-m-imported-text = These totals come from a consultation held elsewhere, without the votes themselves. They are shown apart and never added to the votes cast here.
consultation-results-m-arguments = Most supported arguments
consultation-results-m-people = People
consultation-results-m-people-text = The different people who wrote a text that counts, the organisation apart. The number of voters is not given: the open data does not say who voted, so nobody could check it.
consultation-results-m-dates = Opening and close
consultation-results-sums = The totals
consultation-results-n-articles = Articles
consultation-results-n-proposals = Proposals
consultation-results-n-amendments = Amendments
consultation-results-n-arguments = Arguments
consultation-results-n-sources = Sources
consultation-results-n-votes = Votes cast here
consultation-results-n-imported = Imported votes
consultation-results-n-supports = Supports cast here
consultation-results-n-supports-imported = Imported supports
consultation-results-n-authors = People who wrote
consultation-results-again = Count again
consultation-results-again-text = The open-data bundle holds the tables “contributions”, “reactions” and “answers”, which each figure comes from, and the published results. The command “parvis verify” counts again without this site.
consultation-results-data = Download the data
consultation-results-verify = Verify

## The text of record

consultation-record-title = The consolidated text
consultation-record-lead = The text as it stands today, with the accepted amendments.
consultation-record-empty = No article is published.
consultation-record-clean = Show the text alone
consultation-record-marks = Mark what changed
consultation-record-changes-n =
    { $count ->
      [one] { $count } change
     *[other] { $count } changes
    }
consultation-record-version = Version { $version }
consultation-record-changed = What changed
consultation-record-unchanged = Nothing has changed since the first version.
consultation-record-v = Version
consultation-record-date = Date
consultation-record-why = Why
consultation-record-no-note = No explanation.
consultation-record-no-answers = No answer has been published yet.

## Administration of a consultation

consultation-admin = Administration
consultation-admin-nav = Pages of the consultation
consultation-admin-dashboard = Dashboard
consultation-admin-sections = Sections
consultation-admin-articles = Articles
consultation-admin-rules = Rules
consultation-admin-amendments = Amendments
consultation-admin-proposals = Proposals
consultation-admin-results = Results
consultation-admin-in-language = { $label } ({ $language })
consultation-admin-language-fr = in French
consultation-admin-language-en = in English
consultation-admin-saved = Saved.
consultation-admin-deleted = Deleted.
consultation-admin-save = Save
consultation-admin-add = Add
consultation-admin-up = Move up
consultation-admin-down = Move down
consultation-admin-delete = Delete
consultation-admin-see = See the page
consultation-admin-see-public = See the public page
consultation-admin-state-draft = Not published yet
consultation-admin-state-before = Published, not open yet
consultation-admin-state-during = Open
consultation-admin-state-after = Over
consultation-admin-opening = Before it opens
consultation-admin-ready = Nothing is missing: the consultation can be published. It will open on its date.
consultation-admin-publish = Publish the consultation
consultation-admin-missing = Still missing:
consultation-admin-process = Complete the process
consultation-admin-dates = Change the name or the phase
consultation-admin-now = To do
consultation-admin-drafts-n =
    { $count ->
      [one] { $count } article in draft
     *[other] { $count } articles in draft
    }
consultation-admin-waiting-n =
    { $count ->
      [0] No amendment waits for a decision
      [one] { $count } amendment waits for a decision
     *[other] { $count } amendments wait for a decision
    }
consultation-admin-unanswered-n =
    { $count ->
      [0] Every proposal has an answer
      [one] { $count } proposal waits for an answer
     *[other] { $count } proposals wait for an answer
    }
consultation-admin-results-todo = Publish the results
consultation-admin-closing = The close
consultation-admin-closing-text = The consultation closes by itself on the date of its phase. It cannot be closed with a click: to change the date, edit the phase in the process. That change is written in the public journal.
consultation-admin-texts-n =
    { $count ->
      [0] no text
      [one] { $count } text
     *[other] { $count } texts
    }
consultation-admin-sections-empty = No section. A short text can do without.
consultation-admin-section-add = Add a section
consultation-admin-section-edit = Edit the section
consultation-admin-section-name = Name
consultation-admin-section-about = Presentation
consultation-admin-section-parent = Inside section
consultation-admin-section-top = None: it is a main section
consultation-admin-section-not-empty = This section holds texts or other sections: move them first.
consultation-admin-articles-empty = No article. Write the first one, or paste a whole text.
consultation-admin-article-new = Write an article
consultation-admin-article-publish = Publish the article
consultation-admin-article-published = The article is published.
consultation-admin-article-saved = The draft is saved.
consultation-admin-draft = Draft
consultation-admin-explanation = Explanatory statement
consultation-admin-note = Reason for the change
consultation-admin-note-hint = Everybody will read it beside the new version.
consultation-admin-new-wording = New wording
consultation-admin-preview = Preview
consultation-admin-preview-do = See the preview
consultation-admin-paste = Paste a whole text
consultation-admin-paste-lead = Paste a bill, a by-law, a charter: its titles, sections and articles will be recognised. Nothing is written before you have seen the result.
consultation-admin-paste-text = The text
consultation-admin-paste-hint = Each article begins with a line “Article 1”, each part with “Title I”, “Chapter 2”, “Section 3”…
consultation-admin-paste-empty = Paste a text.
consultation-admin-paste-none = No article was recognised. Each article must begin with a line such as “Article 1”.
consultation-admin-paste-many = This text has more than { $max } articles: paste it in several parts.
consultation-admin-paste-without = “{ $title }” has no text.
consultation-admin-paste-long = “{ $title }” is too long.
consultation-admin-paste-found =
    Recognised: { $articles ->
      [one] { $articles } article
     *[other] { $articles } articles
    } and { $sections ->
      [0] no section
      [one] { $sections } section
     *[other] { $sections } sections
    }. Check, then write.
consultation-admin-paste-already =
    { $count ->
      [one] The consultation already has { $count } article: these will be added after it.
     *[other] The consultation already has { $count } articles: these will be added after them.
    }
consultation-admin-paste-before = These lines are in no article: they will be left out.
consultation-admin-paste-publish = Publish at once
consultation-admin-paste-publish-hint = Otherwise the articles are saved as drafts.
consultation-admin-paste-write = Write these articles
consultation-admin-paste-done = Articles written: { $count }.
consultation-admin-rules-journal = The consultation is published: each change of these rules is written in the public journal. What is promised about votes no longer changes once it is open.
consultation-admin-rules-before = Set these rules before publication: afterwards, each change will be written in the public journal.
consultation-admin-rules-allow = What anybody may do
consultation-admin-rules-proposals = Propose new articles
consultation-admin-rules-amendments = Propose other wordings (amendments)
consultation-admin-rules-arguments = Argue
consultation-admin-rules-sources = Add sources
consultation-admin-rules-votes = Votes
consultation-admin-rules-hide = Hide totals until the close
consultation-admin-rules-hide-hint = Nobody sees the totals before the end, not even in the open data.
consultation-admin-rules-lengths = Lengths
consultation-admin-rules-lengths-hint = In characters.
consultation-admin-rules-title-min = Title: at least
consultation-admin-rules-title-max = Title: at most
consultation-admin-rules-body-min = Proposal or amendment: at least
consultation-admin-rules-body-max = Proposal or amendment: at most
consultation-admin-rules-explanation-min = Explanation: at least
consultation-admin-rules-explanation-max = Explanation: at most
consultation-admin-rules-argument-min = Argument: at least
consultation-admin-rules-argument-max = Argument: at most
consultation-admin-rules-most = Write a number up to { $max }.
consultation-admin-rules-order = This maximum is too small: it must exceed the minimum and leave room to write.
consultation-admin-rules-sealed = The consultation is open: what is promised about votes no longer changes.
consultation-admin-answer = Answer
consultation-admin-answer-draft = Answer in draft
consultation-admin-results-see = See the page of the results
consultation-admin-results-wait = The results can be published after the close.
consultation-admin-results-publish-title = Publish these results
consultation-admin-results-publish-text = The results are kept as they are, with their working; their hash is written in the public journal. This can be done once only: finish moderation first.
consultation-admin-results-publish = Publish the results
consultation-admin-results-done = The results are published.
consultation-admin-results-already = The results are already published.
consultation-admin-results-hash = SHA-256 hash:

# Importing a consultation that was held elsewhere.
consultation-import = Import a consultation
consultation-import-data = Data
consultation-import-lead = Three CSV files describe a consultation held elsewhere: its texts, its arguments, its sources. Check them first; nothing is written while a single row is wrong, and importing twice changes nothing.
consultation-import-opinions = Articles and proposals
consultation-import-opinions-hint = One row a text: id, title, section_id, section, created_at, author_key, votes_ok, votes_mitige, votes_nok, body_text…
consultation-import-arguments = Arguments
consultation-import-arguments-hint = One row an argument: id, opinion_id, side (pour or contre), created_at, author_key, votes_count, body.
consultation-import-sources = Sources
consultation-import-sources-hint = One row a source: id, opinion_id, title, link, category, created_at, author_key, votes_count, body.
consultation-import-title = Title of the process
consultation-import-title-hint = Leave empty to keep the one that the files suggest.
consultation-import-check = Check, write nothing
consultation-import-write = Import
consultation-import-file-missing = Choose a file.
consultation-import-checked = The files are good
consultation-import-checked-note = Nothing was written. Choose the three files again, then “Import”.
consultation-import-what = What
consultation-import-added = Would be added
consultation-import-there = Already there
consultation-import-authors = Authors
consultation-import-votes = Imported votes: { $for } for, { $mixed } mixed, { $against } against, { $total } in all. They stay apart from the votes cast here.
consultation-import-warnings =
    { $count ->
      [one] { $count } remark, nothing serious
     *[other] { $count } remarks, nothing serious
    }
consultation-import-refused =
    { $count ->
      [one] One row cannot be imported, so nothing was
     *[other] { $count } rows cannot be imported, so nothing was
    }
consultation-import-refused-note = Mend the files, then choose them again.
consultation-import-more =
    { $count ->
      [one] And one more.
     *[other] And { $count } more.
    }
consultation-import-file = File
consultation-import-line = Line
consultation-import-at-line = line { $line }:
consultation-import-why = What is wrong
consultation-import-done = The consultation is imported: { $count } texts added.
consultation-import-utf8 = not UTF-8 text: save the file in UTF-8 and try again
consultation-import-nul = a NUL character: this is not a text file
consultation-import-unreadable = the row cannot be read as CSV
consultation-import-column-twice = two columns are named { $column }
consultation-import-column-missing = column { $column } is missing; there are: { $found }
consultation-import-cells = { $cells } cells, the header has { $columns } columns
consultation-import-quote = a quotation mark is opened and never closed
consultation-import-empty = { $column } is empty
consultation-import-number = { $column } is "{ $text }", not a whole number (0 or more)
consultation-import-yes = { $column } is "{ $text }", neither True nor False
consultation-import-moment = { $column } is "{ $text }", not a date and time such as 2015-09-26T02:27:54+0200
consultation-import-twice = id { $id } is there twice
consultation-import-sum = votes_total is { $total }, but ok + mitige + nok make { $sum }
consultation-import-section = section { $section } is "{ $here }" here and "{ $above }" above
consultation-import-orphan = opinion_id { $id } is not in the file of opinions
consultation-import-side = side is "{ $text }", neither pour nor contre
consultation-import-link = link is "{ $text }", not an address that begins with http:// or https://
consultation-import-announced = opinion { $id } announces { $arguments } arguments and { $sources } sources; the files hold { $arguments-found } and { $sources-found }
