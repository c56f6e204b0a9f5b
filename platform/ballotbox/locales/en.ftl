# The roll, the ballot box, paper.

ballotbox-channel-web = Online
ballotbox-channel-desk = At the desk
ballotbox-channel-paper = On paper

ballotbox-already-web = This person has already voted online: the roll is signed only once.
ballotbox-already-desk = This person has already voted at the desk: the roll is signed only once.
ballotbox-already-paper = This person has already voted on paper: the roll is signed only once.
ballotbox-not-on-roll = Your account is tied to no line of the roll. Type the code of your letter.
ballotbox-suspended = Your account is suspended: it cannot vote.
ballotbox-level = Your account is not verified to the level that this vote asks for.
ballotbox-wrong-district = This vote is for the people of other districts.
ballotbox-no-birth-date = The roll does not say your date of birth, and this vote has a minimum age. Ask the organisation.
ballotbox-too-young = The minimum age of this vote is not reached today.

ballotbox-code-shape = This code has not the right length, or holds a sign that our codes do not have.
ballotbox-code-mistyped = This code holds a typing mistake: read it again sign by sign.
ballotbox-letter-unknown = This code belongs to no letter of this vote.
ballotbox-letter-taken = This letter was already used by another account.
ballotbox-letter-second = Your account is already tied to another line of the roll.
ballotbox-pass-unknown = This desk code does not exist for this vote.
ballotbox-pass-used = This desk code was already used: the ballot is in the box.
ballotbox-pass-returned = This desk code was given back: ask for another one.
ballotbox-receipt-unknown = This receipt finds no ballot in this box.
ballotbox-receipt-taken = This receipt already serves another ballot. Start again from the ballot.
ballotbox-not-changeable = The rules of this vote do not let a ballot be changed.
ballotbox-not-voted = This person has not voted online.

ballotbox-sealed = Somebody has already voted: the rules, the options and the roll are sealed. This refusal is in the journal.
ballotbox-rules-changed = The rules of this vote are no longer those that were sealed. Tell the organisation.
ballotbox-number-twice = A number of the list is already there.
ballotbox-not-closed = The box is not closed: nothing is read before.

ballotbox-no-paper = The rules of this vote have no paper ballots.
ballotbox-no-desk = The rules of this vote have no vote at the desk.
ballotbox-no-paper-priority = The rules of this vote do not give priority to paper: the first vote counts.
ballotbox-not-signed-desk = This line is not signed at the desk.
ballotbox-not-signed-paper = This line is not signed for a paper ballot.
ballotbox-batch-size = Print between 1 and 500 ballots at a time.
ballotbox-paper-unknown = This code belongs to no ballot printed for this vote.
ballotbox-paper-used = This paper ballot has already been keyed.
ballotbox-paper-disputed = The two entries of this ballot differ: it waits to be settled.
ballotbox-paper-own = You have already keyed this ballot: the second entry is for somebody else.
ballotbox-paper-too-many = As many paper ballots are keyed as there are signatures for paper. Sign first, or put this ballot aside and note it in the report.

ballotbox-close-open = The vote is not over.
ballotbox-close-once = Paper ballots wait for their second entry.
ballotbox-close-disputed = Paper ballots have two different entries to settle.
ballotbox-close-twice = The box is already closed.

ballotbox-import-empty = The file holds no line.
ballotbox-import-unreadable = The file cannot be read as a CSV table: { $value }
ballotbox-import-no-name = No column is called “last_name”. Columns found: { $value }
ballotbox-import-name-empty = Line { $line }: the name is empty.
ballotbox-import-long = Line { $line }: this text is too long ({ $value }).
ballotbox-import-date = Line { $line }: “{ $value }” is not a date (yyyy-mm-dd or dd/mm/yyyy).
ballotbox-import-date-empty = Line { $line }: the date of birth is missing, and this vote has a minimum age.
ballotbox-import-email = Line { $line }: “{ $value }” is not an e-mail address.
ballotbox-import-number-twice = Line { $line }: number { $value } is already taken, at the line in brackets.
ballotbox-import-most = A roll has { $value } lines at most.
