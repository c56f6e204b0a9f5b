# Comptes : messages des champs, courriels.
# dynamic: civic-account-mail-

civic-account-email-empty = Écrivez votre adresse électronique.
civic-account-email-taken = Cette adresse est déjà celle d’un autre compte.
civic-account-pseudonym-empty = Choisissez un pseudonyme.
civic-account-pseudonym-at = Un pseudonyme ne contient pas d’arobase : n’y mettez pas votre adresse.
civic-account-pseudonym-signs = Écrivez le pseudonyme avec des lettres, des chiffres, des espaces, des tirets, des points ou des apostrophes.
civic-account-pseudonym-staff = Ce pseudonyme pourrait faire croire que vous êtes de l’équipe du site. Choisissez-en un autre.
civic-account-pseudonym-taken = Ce pseudonyme est déjà pris. Libres en ce moment : { $free }
civic-account-terms-needed = Acceptez les règles de participation pour continuer.
civic-account-password-empty = Écrivez un mot de passe.
civic-account-password-short = Écrivez au moins { $min } caractères (il y en a { $count }). Quelques mots à la suite font un bon mot de passe.
civic-account-password-own = N’utilisez ni votre pseudonyme ni votre adresse comme mot de passe.
civic-account-password-common = Ce mot de passe est trop facile à deviner. Quelques mots sans rapport, à la suite, sont bien plus sûrs.
civic-account-last-administrator = C’est le dernier compte qui administre le site : nommez d’abord une autre personne.

civic-account-mail-sign-in-subject = Votre lien pour entrer sur { $site }
civic-account-mail-sign-in-body = Bonjour,

    Ouvrez ce lien pour entrer sur { $site } :
civic-account-mail-email-subject = Votre nouvelle adresse sur { $site }
civic-account-mail-email-body = Bonjour,

    Ouvrez ce lien pour que cette adresse devienne celle de votre compte sur { $site } :
civic-account-mail-erase-subject = Effacer votre compte sur { $site }
civic-account-mail-erase-body = Bonjour,

    Vous avez demandé à effacer votre compte sur { $site }. Ouvrez ce lien pour confirmer :
civic-account-mail-link-life = Ce lien sert une seule fois, pendant quinze minutes.
civic-account-mail-link-not-you = Vous n’avez rien demandé ? Ne faites rien : sans ce lien, rien ne se passe.
civic-account-mail-closed-subject = Votre demande sur { $site }
civic-account-mail-closed-body = Bonjour,

    Quelqu’un a demandé un lien pour entrer sur { $site } avec cette adresse. Elle n’a pas de compte, et le site n’en ouvre pas de nouveaux en ce moment.

    Si ce n’était pas vous, ne faites rien.
civic-account-mail-taken-subject = Votre adresse sur { $site }
civic-account-mail-taken-body = Bonjour,

    Quelqu’un a voulu utiliser cette adresse pour son compte sur { $site }. Elle est déjà celle d’un compte : rien n’a changé.

    Si c’était vous, entrez avec cette adresse, ou choisissez-en une autre.
civic-account-mail-changed-subject = Votre adresse a changé sur { $site }
civic-account-mail-changed-body = Bonjour,

    Votre compte sur { $site } utilise maintenant une autre adresse. Celle-ci n’y donne plus accès.

    Si ce n’était pas vous, écrivez tout de suite à : { $contact }
civic-account-mail-password-subject = Votre mot de passe a changé sur { $site }
civic-account-mail-password-body = Bonjour,

    Le mot de passe de votre compte sur { $site } vient de changer. Vos autres sessions ont été fermées.

    Si ce n’était pas vous, demandez un lien pour entrer et choisissez un nouveau mot de passe.
