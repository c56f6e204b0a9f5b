# Accounts: messages on fields, mails.
# dynamic: civic-account-mail-

civic-account-email-empty = Enter your email address.
civic-account-email-taken = This address already belongs to another account.
civic-account-pseudonym-empty = Choose a pseudonym.
civic-account-pseudonym-at = A pseudonym has no @ sign: do not use your address.
civic-account-pseudonym-signs = Write your pseudonym with letters, digits, spaces, hyphens, full stops or apostrophes.
civic-account-pseudonym-staff = This pseudonym could make people believe that you belong to the site’s team. Choose another one.
civic-account-pseudonym-taken = This pseudonym is taken. Free right now: { $free }
civic-account-terms-needed = Accept the rules of participation to continue.
civic-account-password-empty = Enter a password.
civic-account-password-short = Enter at least { $min } characters (there are { $count }). A few words in a row make a good password.
civic-account-password-own = Do not use your pseudonym or your address as a password.
civic-account-password-common = This password is too easy to guess. A few unrelated words in a row are much safer.
civic-account-last-administrator = This is the last account that administers the site: appoint somebody else first.

civic-account-mail-sign-in-subject = Your link to sign in to { $site }
civic-account-mail-sign-in-body = Hello,

    Open this link to sign in to { $site }:
civic-account-mail-email-subject = Your new address on { $site }
civic-account-mail-email-body = Hello,

    Open this link to make this address the one of your account on { $site }:
civic-account-mail-erase-subject = Erase your account on { $site }
civic-account-mail-erase-body = Hello,

    You asked to erase your account on { $site }. Open this link to confirm:
civic-account-mail-link-life = This link works once, for fifteen minutes.
civic-account-mail-link-not-you = You did not ask for anything? Do nothing: without this link, nothing happens.
civic-account-mail-closed-subject = Your request on { $site }
civic-account-mail-closed-body = Hello,

    Somebody asked for a link to sign in to { $site } with this address. It has no account, and the site opens no new ones at the moment.

    If it was not you, do nothing.
civic-account-mail-taken-subject = Your address on { $site }
civic-account-mail-taken-body = Hello,

    Somebody wanted to use this address for their account on { $site }. It already belongs to an account: nothing changed.

    If it was you, sign in with this address, or choose another one.
civic-account-mail-changed-subject = Your address has changed on { $site }
civic-account-mail-changed-body = Hello,

    Your account on { $site } now uses another address. This one no longer gives access to it.

    If it was not you, write at once to: { $contact }
civic-account-mail-password-subject = Your password has changed on { $site }
civic-account-mail-password-body = Hello,

    The password of your account on { $site } was just changed. Your other sessions were closed.

    If it was not you, ask for a link to sign in and choose a new password.
