# Textes de la consultation.
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
consultation-open-until = Ouverte jusqu’au { $date }
consultation-closed-on = Close depuis le { $date }
consultation-opens-on = Ouvrira le { $date }
consultation-closed-since = La consultation est close depuis le { $date }.
consultation-not-open-yet = La consultation ouvrira le { $date }.
consultation-no-dates = Les dates de cette consultation ne sont pas encore fixées.
consultation-closed-read = Tout reste lisible : les textes, les arguments, les votes et les réponses.
consultation-draft-notice = Ce dispositif n’est pas publié : seule l’équipe d’édition le voit.
consultation-phases = Les étapes
consultation-rules = L’objet et les règles
consultation-object = Ce qui sera décidé
consultation-perimeter = Qui peut participer
consultation-duplicates = Plusieurs contributions d’une même personne
consultation-answer-due = Réponse promise le
consultation-organiser = Qui organise et répond
consultation-about-process = Tout savoir sur la démarche
consultation-text = Le texte soumis à la consultation
consultation-text-lead = Ouvrez un article pour voter, argumenter ou proposer une autre rédaction.
consultation-text-lead-over = C’est terminé. Ouvrez un article pour relire ses votes, ses arguments et les réponses qu’il a reçues.
consultation-text-lead-read = Ouvrez un article pour le lire.
consultation-outside = Hors section
consultation-see-section = Voir les textes de cette section
consultation-articles-n =
    { $count ->
      [0] aucun article
      [one] { $count } article
     *[other] { $count } articles
    }
consultation-proposals-n =
    { $count ->
      [0] aucune proposition
      [one] { $count } proposition
     *[other] { $count } propositions
    }
consultation-arguments-n =
    { $count ->
      [0] aucun argument
      [one] { $count } argument
     *[other] { $count } arguments
    }
consultation-sources-n =
    { $count ->
      [0] aucune source
      [one] { $count } source
     *[other] { $count } sources
    }
consultation-amendments-n =
    { $count ->
      [0] aucun amendement
      [one] { $count } amendement
     *[other] { $count } amendements
    }
consultation-votes-n =
    { $count ->
      [0] aucun vote
      [one] { $count } vote
     *[other] { $count } votes
    }
consultation-imported-n =
    { $count ->
      [0] aucun vote importé
      [one] { $count } vote importé
     *[other] { $count } votes importés
    }
consultation-facts = En chiffres
consultation-list = Articles et propositions
consultation-sort = Trier
consultation-sort-auto = Ordre du texte
consultation-sort-random = Au hasard
consultation-sort-recent = Plus récents
consultation-sort-supported = Plus soutenus
consultation-sort-argued = Plus débattus
consultation-filter = Choisir les textes affichés
consultation-filter-section = Section
consultation-filter-status = Réponse de l’organisation
consultation-filter-by = Écrits par
consultation-any-section = Toutes les sections
consultation-any-status = Avec ou sans réponse
consultation-status-open = Sans réponse
consultation-status-answered = Avec une réponse
consultation-status-accepted = Retenus
consultation-status-partly = Retenus en partie
consultation-status-refused = Non retenus
consultation-status-studied = À l’étude
consultation-status-noted = Pris en note
consultation-by-all = Tout le monde
consultation-by-organisation = L’organisation
consultation-by-people = Les participants
consultation-show = Afficher
consultation-show-all = Tout afficher
consultation-empty = Aucun texte pour l’instant.
consultation-empty-filtered = Aucun texte ne répond à ces choix.
consultation-propose = Proposer un article
consultation-see-results = Voir les résultats
consultation-see-amendments = Voir tous les amendements
consultation-see-text = Lire le texte consolidé
consultation-give-opinion = Donner mon avis
consultation-read-consultation = Lire la consultation

## Kinds, authors, dates

consultation-kind-article = Article
consultation-kind-proposal = Proposition
consultation-kind-amendment = Amendement
consultation-kind-argument = Argument
consultation-kind-source = Source
consultation-organisation = l’organisation
consultation-author-gone = compte supprimé
consultation-by-name = par { $name }
consultation-published-on = publié le { $date }
consultation-version-n = version { $count }
consultation-modified = modifié, version { $version }
consultation-see-versions = Voir les versions
consultation-imported-note = Repris d’une consultation précédente.

## One text

consultation-explanation = Pourquoi
consultation-vote-lead = Que pensez-vous de ce texte ?
consultation-vote-for = Pour
consultation-vote-mixed = Mitigé
consultation-vote-against = Contre
consultation-vote-mine-1 = Vous avez voté « pour ».
consultation-vote-mine-0 = Vous avez voté « mitigé ».
consultation-vote-mine--1 = Vous avez voté « contre ».
consultation-vote-change = Vous pouvez changer d’avis jusqu’à la clôture.
consultation-vote-take-back = Retirer mon vote
consultation-votes = Les votes
consultation-votes-cast = Votes sur ce site
consultation-votes-imported = Votes importés
consultation-votes-imported-note = Les votes importés viennent d’une consultation menée ailleurs : seuls leurs totaux sont connus. Ils ne sont jamais ajoutés aux votes exprimés ici.
consultation-votes-hidden = Les totaux seront montrés à la clôture, pour n’influencer personne.
consultation-votes-none = Personne n’a encore voté.
consultation-stance = Avis
consultation-total = Total
consultation-answer = Réponse officielle
consultation-arguments = Les arguments
consultation-arguments-for = Arguments pour
consultation-arguments-against = Arguments contre
consultation-arguments-none-for = Aucun argument pour.
consultation-arguments-none-against = Aucun argument contre.
consultation-arguments-range = Arguments { $from } à { $to } sur { $count }
consultation-more-for = Voir les arguments pour suivants
consultation-more-against = Voir les arguments contre suivants
consultation-back-for = Revenir aux arguments pour précédents
consultation-back-against = Revenir aux arguments contre précédents
consultation-support = Soutenir
consultation-supported = Retirer mon soutien
consultation-supports-n =
    { $count ->
      [0] aucun soutien
      [one] { $count } soutien
     *[other] { $count } soutiens
    }
consultation-supports-imported-n =
    { $count ->
      [0] aucun soutien importé
      [one] { $count } soutien importé
     *[other] { $count } soutiens importés
    }
consultation-support-this = (argument de { $name })
consultation-support-source = (source « { $title } »)
consultation-flag = Signaler
consultation-follow = Suivre
consultation-unfollow = Ne plus suivre
consultation-followed = Vous suivez ce texte : un message vous dira ce qui change.
consultation-actions = Vos actions
consultation-argue-for = Ajouter un argument pour
consultation-argue-against = Ajouter un argument contre
consultation-argue-title = Ajouter un argument
consultation-argue-side = Votre argument est
consultation-side-for = pour ce texte
consultation-side-against = contre ce texte
consultation-argue-body = Votre argument
consultation-argue-hint = Une seule idée, dite clairement. De { $min } à { $max } caractères.
consultation-argue-publish = Publier mon argument
consultation-argue-body-empty = Écrivez votre argument.
consultation-side-empty = Dites si votre argument est pour ou contre.
consultation-sources = Les sources
consultation-sources-none = Aucune source.
consultation-add-source = Ajouter une source
consultation-source-title = Titre de la source
consultation-source-link = Adresse web
consultation-source-link-hint = Elle commence par https:// ou http://
consultation-source-category = Nature de la source
consultation-source-summary = Ce qu’elle apporte (facultatif)
consultation-source-publish = Publier cette source
consultation-source-choose = Choisissez
consultation-link-empty = Écrivez l’adresse de la source.
consultation-link-invalid = Écrivez une adresse web complète, par exemple https://www.exemple.fr/etude.
consultation-source-title-empty = Écrivez le titre de la source.
consultation-category-empty = Choisissez la nature de la source.
consultation-category-website = site internet
consultation-category-press = article de presse
consultation-category-law = loi ou règlement
consultation-category-report = rapport ou étude
consultation-category-blog = billet de blog
consultation-category-paper = article scientifique
consultation-category-audiovisual = document audiovisuel
consultation-category-other = autre
consultation-amendments = Les autres rédactions proposées
consultation-amendments-none = Aucune autre rédaction proposée.
consultation-amend = Proposer une autre rédaction
consultation-amends = Autre rédaction proposée pour
consultation-changes = Ce que cet amendement change
consultation-decision-accepted = Accepté
consultation-decision-refused = Refusé
consultation-decision-merged = Repris en partie
consultation-decision-waiting = En attente de décision
consultation-decision-on = décidé le { $date }
consultation-gone = Retirés ou masqués
consultation-gone-lead = Leur place reste, leur texte n’est plus montré.
consultation-gone-withdrawn = Retiré par son auteur
consultation-gone-hidden = Masqué par la modération
consultation-gone-merged = Réuni avec un autre texte
consultation-gone-withdrawn-text = L’auteur de ce texte l’a retiré le { $date }. Les votes et les arguments déjà publiés restent comptés dans les données.
consultation-gone-hidden-text = La modération a masqué ce texte le { $date }.
consultation-gone-merged-text = Ce texte a été réuni avec un autre.
consultation-gone-merged-into = Voir le texte qui le reprend
consultation-gone-reason = Motif
consultation-gone-appeal = Vous pouvez contester cette décision.
consultation-gone-appeal-do = Contester la décision
consultation-appeal-upheld-text = Il a été répondu à votre contestation : la décision est maintenue.
consultation-appeal-read = Lire la réponse
consultation-appeal-see = Voir votre contestation
consultation-parent-gone = Ce texte n’est plus publié : on ne peut plus y répondre.
consultation-own-edit = Modifier
consultation-own-withdraw = Retirer
consultation-own-until = Vous pouvez modifier ce texte jusqu’au { $date }.
consultation-back-to-text = Revenir au texte
consultation-back-to-list = Revenir à la consultation
consultation-receipt = Voir le récépissé
consultation-about-vote = Voter sur « { $title } »
consultation-about-argue = Publier un argument sur « { $title } »
consultation-about-source = Ajouter une source à « { $title } »
consultation-about-follow = Suivre « { $title } »
consultation-receipt-vote = Voir le récépissé de mon vote
consultation-votes-table = Les chiffres en tableau

## Flags and appeals

consultation-flag-title = Signaler une contribution
consultation-flag-lead = Dites à la modération pourquoi ce texte ne devrait pas être montré. Votre nom n’est pas donné à son auteur.
consultation-flag-reason = Pour quelle raison ?
consultation-flag-note = Précisez (facultatif)
consultation-flag-send = Envoyer le signalement
consultation-appeal-words = Pourquoi contestez-vous cette décision ?
consultation-appeal-hint = Une autre personne de la modération lira votre texte et votre explication, ou la même s’il n’y en a qu’une.
consultation-appeal-send = Envoyer ma contestation
consultation-appeal-yours = Votre contestation
consultation-appeal-waits = Votre contestation attend une réponse.
consultation-appeal-reply = La réponse
consultation-appeal-overturned = Votre texte est de nouveau montré
consultation-appeal-upheld = La décision est maintenue

## What was done

consultation-done-flag = Merci. La modération va lire ce texte.
consultation-done-appeal = Votre contestation est envoyée.
consultation-unfollowed = Vous ne suivez plus ce texte.
consultation-done-vote = Votre vote est enregistré.
consultation-done-vote-back = Votre vote est retiré.
consultation-done-vote-same = Votre vote était déjà enregistré : il compte une fois.
consultation-done-support = Votre soutien est enregistré.
consultation-done-support-back = Votre soutien est retiré.
consultation-done-argument = Votre argument est publié.
consultation-done-source = Votre source est publiée.
consultation-done-proposal = Votre proposition est publiée.
consultation-done-draft = Votre brouillon est enregistré. Vous le retrouverez dans votre compte.
consultation-done-draft-deleted = Le brouillon est supprimé.
consultation-done-edit = La nouvelle version est publiée.
consultation-done-withdraw = Votre texte est retiré.

## Refusals

consultation-refused-closed = La consultation n’est pas ouverte : rien n’a été publié.
consultation-refused-keep = Rien n’a été publié. Voici ce que vous aviez écrit : copiez-le si vous voulez le garder.
consultation-refused-closed-vote = La consultation n’est pas ouverte : votre vote n’a pas été enregistré.
consultation-refused-off = Les règles de cette consultation ne permettent pas cette action.
consultation-your-text = Votre texte
consultation-edit-closed = La consultation est close : on ne peut plus modifier ce texte.
consultation-edit-late = Le temps pour modifier ce texte est passé.
consultation-edit-answered = L’organisation a répondu à ce texte : il ne peut plus changer.
consultation-edit-decided = L’organisation s’est prononcée sur cet amendement : il ne peut plus changer.
consultation-edit-gone = Ce texte n’est plus publié.
consultation-withdraw-late = Les résultats sont publiés et comptent ce texte : il ne peut plus être retiré.
consultation-withdraw-answered = L’organisation a répondu à ce texte : le texte et la réponse restent ensemble, il ne peut plus être retiré.
consultation-withdraw-decided = L’organisation s’est prononcée sur cet amendement : il reste avec la décision et ne peut plus être retiré.

## Proposing

consultation-propose-title = Proposer un article
consultation-propose-lead = Écrivez, comparez avec ce qui existe, relisez, publiez. Rien n’est public avant la dernière étape.
consultation-step-write = Écrire
consultation-step-similar = Comparer
consultation-step-preview = Relire et publier
consultation-step-n = Étape { $step } sur 3
consultation-field-section = Section
consultation-field-section-none = Aucune en particulier
consultation-field-title = Titre
consultation-field-title-hint = Dites ce que l’article ferait, en { $min } caractères au moins.
consultation-field-body = Texte de l’article
consultation-field-body-hint = { $min } caractères au moins. Sautez une ligne entre les paragraphes.
consultation-field-explanation = Pourquoi (facultatif)
consultation-section-unknown = Choisissez une section de la liste.
consultation-write-next = Continuer
consultation-write-save = Enregistrer le brouillon
consultation-similar-title = Votre proposition existe peut-être déjà
consultation-similar-lead = Ces textes ressemblent au vôtre. Si l’un d’eux dit la même chose, soutenez-le : les avis se rassemblent.
consultation-similar-continue = Continuer quand même
consultation-preview-title = Relisez avant de publier
consultation-preview-lead = Voici ce que tout le monde verra, avec votre pseudonyme « { $name } ».
consultation-preview-window =
    Vous pourrez le modifier pendant { $count ->
      [one] { $count } heure
     *[other] { $count } heures
    } après la publication, et le retirer.
consultation-preview-publish = Publier ma proposition
consultation-preview-edit = Modifier le texte
consultation-draft-delete = Supprimer le brouillon
consultation-draft-saved-on = Brouillon enregistré le { $date }
consultation-title-empty = Écrivez un titre.
consultation-body-empty = Écrivez le texte de votre article.

## Editing, versions, withdrawing

consultation-edit-title = Modifier « { $title } »
consultation-edit-lead = Les versions précédentes restent visibles.
consultation-edit-note = Ce que vous changez, en quelques mots (facultatif)
consultation-edit-publish = Publier la nouvelle version
consultation-edit-same = Rien n’a changé : modifiez le texte avant de le publier.
consultation-conflict-title = Ce texte a changé pendant que vous écriviez
consultation-conflict-lead = La version { $version } a été publiée dans un autre onglet ou par une autre personne. Rien de ce que vous avez écrit n’est perdu : votre texte est dans le formulaire. Voici ce qu’il changerait dans la version publiée ; relisez, puis publiez.
consultation-versions-title = Versions de « { $title } »
consultation-versions-lead = Chaque version publiée reste lisible.
consultation-version-by = Version { $number }, { $date }
consultation-version-first = Première version
consultation-version-compare = Ce que change la version { $number }
consultation-version-see = Voir ce qui change
consultation-diff-removed = retiré
consultation-diff-added = ajouté
consultation-diff-legend = Ce qui est barré est retiré ; ce qui est souligné est ajouté.
consultation-withdraw-title = Retirer ce texte ?
consultation-withdraw-lead = Le texte ne sera plus montré. Sa place restera, avec la mention « retiré par son auteur ». On ne peut pas revenir en arrière.
consultation-withdraw-do = Retirer le texte
consultation-cancel = Annuler

## Administration

consultation-missing-texts = Écrivez au moins un article, ou permettez les propositions.
consultation-missing-sections-title = Donnez un nom à chaque section.
consultation-tool-name = Consultation d’un texte par article
