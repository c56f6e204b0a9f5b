# La liste d’émargement, l’urne, le papier.

ballotbox-channel-web = En ligne
ballotbox-channel-desk = Au guichet
ballotbox-channel-paper = Sur papier

ballotbox-already-web = Cette personne a déjà voté en ligne : la liste est émargée une seule fois.
ballotbox-already-desk = Cette personne a déjà voté au guichet : la liste est émargée une seule fois.
ballotbox-already-paper = Cette personne a déjà voté sur papier : la liste est émargée une seule fois.
ballotbox-not-on-roll = Votre compte n’est rattaché à aucune ligne de la liste. Entrez le code de votre courrier.
ballotbox-suspended = Votre compte est suspendu : il ne peut pas voter.
ballotbox-level = Votre compte n’est pas vérifié au niveau que demande ce vote.
ballotbox-wrong-district = Ce vote est réservé aux personnes d’autres secteurs.
ballotbox-no-birth-date = La liste ne dit pas votre date de naissance, et ce vote a un âge minimal. Adressez-vous à l’organisation.
ballotbox-too-young = L’âge minimal de ce vote n’est pas atteint aujourd’hui.

ballotbox-code-shape = Ce code n’a pas la bonne longueur, ou contient un signe qui n’existe pas dans nos codes.
ballotbox-code-mistyped = Ce code contient une faute de frappe : relisez-le signe par signe.
ballotbox-letter-unknown = Ce code ne correspond à aucun courrier de ce vote.
ballotbox-letter-taken = Ce courrier a déjà servi à un autre compte.
ballotbox-letter-second = Votre compte est déjà rattaché à une autre ligne de la liste.
ballotbox-pass-unknown = Ce code de guichet n’existe pas pour ce vote.
ballotbox-pass-used = Ce code de guichet a déjà servi : le bulletin est dans l’urne.
ballotbox-pass-returned = Ce code de guichet a été rendu : demandez-en un autre.
ballotbox-receipt-unknown = Ce récépissé ne retrouve aucun bulletin de cette urne.
ballotbox-receipt-taken = Ce récépissé sert déjà à un autre bulletin. Recommencez depuis le bulletin.
ballotbox-not-changeable = Les règles de ce vote ne permettent pas de changer de bulletin.
ballotbox-not-voted = Cette personne n’a pas voté en ligne.

ballotbox-sealed = Quelqu’un a déjà voté : les règles, les options et la liste sont scellées. Ce refus est inscrit au journal.
ballotbox-rules-changed = Les règles de ce vote ne sont plus celles qui ont été scellées. Prévenez l’organisation.
ballotbox-number-twice = Un numéro de la liste y est déjà.
ballotbox-not-closed = L’urne n’est pas close : rien ne se lit avant.

ballotbox-no-paper = Les règles de ce vote n’ont pas de bulletins papier.
ballotbox-no-desk = Les règles de ce vote n’ont pas de vote au guichet.
ballotbox-no-paper-priority = Les règles de ce vote ne donnent pas la priorité au papier : le premier vote compte.
ballotbox-not-signed-desk = Cette ligne n’est pas émargée au guichet.
ballotbox-not-signed-paper = Cette ligne n’est pas émargée pour un bulletin papier.
ballotbox-batch-size = Imprimez entre 1 et 500 bulletins à la fois.
ballotbox-paper-unknown = Ce code n’est celui d’aucun bulletin imprimé pour ce vote.
ballotbox-paper-used = Ce bulletin papier est déjà saisi.
ballotbox-paper-disputed = Les deux saisies de ce bulletin diffèrent : il attend d’être réglé.
ballotbox-paper-own = Vous avez déjà saisi ce bulletin : la seconde saisie revient à une autre personne.
ballotbox-paper-too-many = Il y a déjà autant de bulletins papier saisis que d’émargements pour le papier. Émargez d’abord, ou mettez ce bulletin de côté et notez-le au procès-verbal.

ballotbox-close-open = Le vote n’est pas terminé.
ballotbox-close-once = Des bulletins papier attendent leur seconde saisie.
ballotbox-close-disputed = Des bulletins papier ont deux saisies différentes à régler.
ballotbox-close-twice = L’urne est déjà close.

ballotbox-import-empty = Le fichier ne contient aucune ligne.
ballotbox-import-unreadable = Le fichier ne se lit pas comme un tableau CSV : { $value }
ballotbox-import-no-name = Aucune colonne ne s’appelle « nom ». Colonnes trouvées : { $value }
ballotbox-import-name-empty = Ligne { $line } : le nom est vide.
ballotbox-import-long = Ligne { $line } : ce texte est trop long ({ $value }).
ballotbox-import-date = Ligne { $line } : « { $value } » n’est pas une date (jj/mm/aaaa ou aaaa-mm-jj).
ballotbox-import-date-empty = Ligne { $line } : la date de naissance manque, et ce vote a un âge minimal.
ballotbox-import-email = Ligne { $line } : « { $value } » n’est pas une adresse électronique.
ballotbox-import-number-twice = Ligne { $line } : le numéro { $value } est déjà pris, à la ligne entre parenthèses.
ballotbox-import-most = Une liste compte au plus { $value } lignes.
