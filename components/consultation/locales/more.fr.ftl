
## Amending

# dynamic: consultation-fate-
# dynamic: consultation-decide-
# dynamic: consultation-admin-
# dynamic: consultation-kind-

consultation-amend-lead = Changez les mots du texte, dites pourquoi, relisez, publiez. Votre rédaction sera soumise au vote et aux arguments, à côté du texte actuel. L’organisation décidera ensuite et dira pourquoi.
consultation-amend-body = Votre rédaction
consultation-amend-body-hint = Le texte actuel est déjà là : changez ce que vous voulez changer, laissez le reste.
consultation-amend-body-empty = Écrivez votre rédaction.
consultation-amend-why = Pourquoi ce changement
consultation-amend-why-hint = Quelques phrases suffisent. Tout le monde les lira.
consultation-amend-why-empty = Expliquez pourquoi vous proposez ce changement.
consultation-amend-same = Votre rédaction est la même que le texte actuel : changez-la avant de continuer.
consultation-amend-exists = Cette rédaction est déjà proposée, mot pour mot. Votez pour elle plutôt que de la publier une deuxième fois.
consultation-amend-continue = Voir ce que cela change
consultation-amend-about = Proposer une autre rédaction de « { $title } »
consultation-amend-others =
    { $count ->
      [one] { $count } autre rédaction est déjà proposée pour ce texte.
     *[other] { $count } autres rédactions sont déjà proposées pour ce texte.
    }
consultation-amend-others-see = Les lire avant d’écrire
consultation-amend-preview = Relisez votre amendement
consultation-amend-near = Des rédactions déjà proposées
consultation-amend-near-lead = Si l’une d’elles dit la même chose que la vôtre, votez pour elle : les avis se rassemblent.
consultation-amend-alike = presque la même
consultation-amend-changes = Ce que vous changez
consultation-amend-passages =
    { $count ->
      [one] { $count } passage change.
     *[other] { $count } passages changent.
    }
consultation-amend-present = Texte actuel
consultation-amend-yours = Votre rédaction
consultation-amend-publish = Publier mon amendement
consultation-amend-read = Le texte que vous aviez lu
consultation-amend-now = Texte actuel, version { $version }
consultation-amend-changed = Le texte a changé pendant que vous écriviez.
consultation-amend-changed-lead = Rien de ce que vous avez écrit n’est perdu. Voici ce qui a changé : relisez votre rédaction, puis continuez.
consultation-amend-number = Amendement n° { $number }
consultation-amend-base = Texte de la version { $version }
consultation-amend-newer = Cet amendement a été écrit sur la version { $base } ; le texte en est à la version { $version }.
consultation-amend-result = Voir la version { $version } du texte, qui en est issue
consultation-amend-behind = Écrit sur la version { $version }
consultation-amendments-title = Les amendements
consultation-amendments-of = Amendements à « { $title } »
consultation-amendments-lead = Un amendement est une autre rédaction d’un texte. Chacun peut voter et argumenter ; l’organisation décide, et sa décision reste lisible ici.
consultation-amendments-empty = Aucun amendement ici.
consultation-fate = Choisir les amendements affichés
consultation-fate-all = Tous
consultation-fate-waiting = En attente
consultation-fate-accepted = Acceptés
consultation-fate-refused = Refusés
consultation-fate-merged = Repris en partie
consultation-done-amendment = Votre amendement est publié. Votre récépissé est dans vos actions, en bas de la page.

## Deciding

consultation-decide = La décision
consultation-decide-choice = Que décidez-vous ?
consultation-decide-accepted = Accepter
consultation-decide-accepted-hint = Le texte prend la rédaction de l’amendement, telle quelle.
consultation-decide-merged = Reprendre dans une autre rédaction
consultation-decide-merged-hint = Le texte prend la rédaction que vous écrivez plus bas.
consultation-decide-refused = Refuser
consultation-decide-refused-hint = Le texte ne change pas. Le motif est obligatoire.
consultation-decide-reason = Motif de la décision
consultation-decide-reason-empty = Écrivez le motif du refus : l’auteur et tout le monde le liront.
consultation-decide-wording = La rédaction reprise
consultation-decide-wording-hint = Seulement si vous reprenez l’amendement dans une autre rédaction. Sa rédaction est déjà là.
consultation-decide-do = Enregistrer la décision
consultation-decide-proposed = Rédaction proposée
consultation-decide-since = Le texte a changé depuis cet amendement
consultation-decide-since-see = Voir ce qui a changé
consultation-decide-behind = L’accepter tel quel effacerait ce qui a changé depuis. Reprenez-le dans une autre rédaction, ou refusez-le.
consultation-decide-done-already = Quelqu’un a déjà décidé de cet amendement.
consultation-decide-parent-gone = Le texte que cet amendement modifie n’est plus publié.
consultation-decide-note-accepted = Amendement n° { $number } accepté
consultation-decide-note-merged = Amendement n° { $number } repris dans une autre rédaction
consultation-done-accepted = L’amendement est accepté : le texte a une nouvelle version, et les personnes concernées sont prévenues.
consultation-done-refused = L’amendement est refusé, et les personnes concernées sont prévenues.
consultation-done-merged = L’amendement est repris : le texte a une nouvelle version, et les personnes concernées sont prévenues.

## Results

consultation-results-title = Résultats
consultation-results-published = Résultats publiés
consultation-results-closed = Consultation terminée
consultation-results-provisional = Chiffres provisoires
consultation-results-before = Pas encore ouverte
consultation-results-provisional-note = La consultation est en cours : ces chiffres changent à chaque vote et à chaque contribution. Les résultats seront publiés après la clôture.
consultation-results-closed-note = La consultation est terminée. L’organisation n’a pas encore publié ces résultats : ils peuvent encore changer si la modération masque ou rétablit un texte.
consultation-results-empty = Aucun texte n’est publié.
consultation-results-sentence = { $authors } ; { $texts } ; { $facts }.
consultation-results-authors-n =
    { $count ->
      [0] Personne n’a encore écrit
      [one] { $count } personne a écrit
     *[other] { $count } personnes ont écrit
    }
consultation-results-texts-n =
    { $count ->
      [0] aucun texte en débat
      [one] { $count } texte en débat
     *[other] { $count } textes en débat
    }
consultation-results-votes = Les votes, texte par texte
consultation-results-votes-lead = D’abord les articles, dans l’ordre du texte ; puis les propositions et les amendements, les plus votés d’abord.
consultation-results-table = Le tableau
consultation-results-text = Texte
consultation-results-arguments = Les arguments les plus soutenus
consultation-results-arguments-lead = Pour chaque texte et de chaque côté, les { $count } arguments les plus soutenus, avec au moins { $minimum } soutien, exprimé ici ou importé. À égalité, le plus ancien.
consultation-results-none = Aucun argument soutenu de ce côté.
consultation-results-days = La participation, jour par jour
consultation-results-days-lead = Les jours sont comptés en temps universel (UTC). Un vote changé compte le jour du dernier changement.
consultation-results-days-imported = Les votes importés n’ont pas de date : ils ne sont dans aucun jour.
consultation-results-days-none = Rien n’a encore été publié.
consultation-results-days-reactions = Votes et soutiens exprimés, par jour
consultation-results-days-contributions = Contributions publiées, par jour
consultation-results-days-table = Le tableau, jour par jour
consultation-results-day = Jour
consultation-results-reactions = Votes et soutiens
consultation-results-contributions = Contributions
consultation-results-answers = Ce que l’organisation a répondu
consultation-results-answers-lead = Articles et propositions, selon les réponses publiées à ce jour.
consultation-results-gone = Texte qui n’est plus montré
consultation-results-number = Nombre
consultation-results-method = Comment ces chiffres sont calculés
consultation-results-method-1 = Chaque chiffre est un simple décompte, en nombres entiers. Rien n’est pondéré, rien n’est estimé.
consultation-results-m-counts = Ce qui compte
consultation-results-m-counts-text = Une contribution compte si elle est publiée, et si le texte dont elle parle l’est aussi. Les brouillons et les textes retirés, masqués ou réunis à d’autres ne comptent nulle part.
consultation-results-m-votes = Votes et soutiens
consultation-results-m-votes-text = Une personne a un vote par texte (pour, mitigé, contre) et un soutien par argument ou par source. Seul son dernier choix compte.
consultation-results-m-imported = Importés
consultation-results-m-imported-text = Ces totaux viennent d’une consultation menée ailleurs, sans le détail des votes. Ils sont montrés à part et jamais ajoutés aux votes exprimés ici.
consultation-results-m-arguments = Arguments les plus soutenus
consultation-results-m-people = Personnes
consultation-results-m-people-text = Les personnes différentes qui ont écrit un texte qui compte, sans l’organisation. Le nombre de votants n’est pas donné : les données ouvertes ne disent pas qui a voté, personne ne pourrait donc le vérifier.
consultation-results-m-dates = Ouverture et clôture
consultation-results-sums = Les totaux
consultation-results-n-articles = Articles
consultation-results-n-proposals = Propositions
consultation-results-n-amendments = Amendements
consultation-results-n-arguments = Arguments
consultation-results-n-sources = Sources
consultation-results-n-votes = Votes exprimés ici
consultation-results-n-imported = Votes importés
consultation-results-n-supports = Soutiens exprimés ici
consultation-results-n-supports-imported = Soutiens importés
consultation-results-n-authors = Personnes qui ont écrit
consultation-results-again = Refaire le calcul
consultation-results-again-text = Le lot de données ouvertes contient les tables « contributions », « reactions » et « answers », d’où vient chaque chiffre, et les résultats publiés. La commande « parvis verify » refait le calcul sans passer par ce site.
consultation-results-data = Télécharger les données
consultation-results-verify = Vérifier

## The text of record

consultation-record-title = Le texte consolidé
consultation-record-lead = Le texte tel qu’il est aujourd’hui, avec les amendements acceptés.
consultation-record-empty = Aucun article n’est publié.
consultation-record-clean = Montrer le texte seul
consultation-record-marks = Marquer ce qui a changé
consultation-record-changes-n =
    { $count ->
      [one] { $count } changement
     *[other] { $count } changements
    }
consultation-record-version = Version { $version }
consultation-record-changed = Ce qui a changé
consultation-record-unchanged = Rien n’a changé depuis la première version.
consultation-record-v = Version
consultation-record-date = Date
consultation-record-why = Pourquoi
consultation-record-no-note = Sans explication.
consultation-record-no-answers = Aucune réponse n’est encore publiée.

## Administration of a consultation

consultation-admin = Administration
consultation-admin-nav = Pages de la consultation
consultation-admin-dashboard = Tableau de bord
consultation-admin-sections = Sections
consultation-admin-articles = Articles
consultation-admin-rules = Règles
consultation-admin-amendments = Amendements
consultation-admin-proposals = Propositions
consultation-admin-results = Résultats
consultation-admin-in-language = { $label } ({ $language })
consultation-admin-language-fr = en français
consultation-admin-language-en = en anglais
consultation-admin-saved = C’est enregistré.
consultation-admin-deleted = C’est supprimé.
consultation-admin-save = Enregistrer
consultation-admin-add = Ajouter
consultation-admin-up = Monter
consultation-admin-down = Descendre
consultation-admin-delete = Supprimer
consultation-admin-see = Voir la page
consultation-admin-see-public = Voir la page publique
consultation-admin-state-draft = Pas encore publiée
consultation-admin-state-before = Publiée, pas encore ouverte
consultation-admin-state-during = Ouverte
consultation-admin-state-after = Terminée
consultation-admin-opening = Avant l’ouverture
consultation-admin-ready = Rien ne manque : la consultation peut être publiée. Elle s’ouvrira à la date prévue.
consultation-admin-publish = Publier la consultation
consultation-admin-missing = Il manque encore :
consultation-admin-process = Compléter la démarche
consultation-admin-dates = Changer le nom ou l’étape
consultation-admin-now = À faire
consultation-admin-drafts-n =
    { $count ->
      [one] { $count } article en brouillon
     *[other] { $count } articles en brouillon
    }
consultation-admin-waiting-n =
    { $count ->
      [0] Aucun amendement n’attend de décision
      [one] { $count } amendement attend une décision
     *[other] { $count } amendements attendent une décision
    }
consultation-admin-unanswered-n =
    { $count ->
      [0] Toutes les propositions ont une réponse
      [one] { $count } proposition attend une réponse
     *[other] { $count } propositions attendent une réponse
    }
consultation-admin-results-todo = Publier les résultats
consultation-admin-closing = La clôture
consultation-admin-closing-text = La consultation se ferme toute seule à la date de son étape. On ne peut pas la fermer d’un clic : pour changer la date, modifiez l’étape dans la démarche. Ce changement est inscrit au journal public.
consultation-admin-texts-n =
    { $count ->
      [0] aucun texte
      [one] { $count } texte
     *[other] { $count } textes
    }
consultation-admin-sections-empty = Aucune section. Un texte court peut s’en passer.
consultation-admin-section-add = Ajouter une section
consultation-admin-section-edit = Modifier la section
consultation-admin-section-name = Nom
consultation-admin-section-about = Présentation
consultation-admin-section-parent = Dans la section
consultation-admin-section-top = Aucune : c’est une section principale
consultation-admin-section-not-empty = Cette section contient des textes ou d’autres sections : déplacez-les d’abord.
consultation-admin-articles-empty = Aucun article. Écrivez le premier, ou collez un texte entier.
consultation-admin-article-new = Écrire un article
consultation-admin-article-publish = Publier l’article
consultation-admin-article-published = L’article est publié.
consultation-admin-article-saved = Le brouillon est enregistré.
consultation-admin-draft = Brouillon
consultation-admin-explanation = Exposé des motifs
consultation-admin-note = Raison du changement
consultation-admin-note-hint = Elle sera lue par tout le monde, à côté de la nouvelle version.
consultation-admin-new-wording = Nouvelle rédaction
consultation-admin-preview = Aperçu
consultation-admin-preview-do = Voir l’aperçu
consultation-admin-paste = Coller un texte entier
consultation-admin-paste-lead = Collez un projet de loi, un règlement, une charte : ses titres, ses sections et ses articles seront reconnus. Rien n’est écrit avant que vous ayez vu le résultat.
consultation-admin-paste-text = Le texte
consultation-admin-paste-hint = Chaque article commence par une ligne « Article 1 », chaque partie par « Titre I », « Chapitre 2 », « Section 3 »…
consultation-admin-paste-empty = Collez un texte.
consultation-admin-paste-none = Aucun article n’a été reconnu. Chaque article doit commencer par une ligne comme « Article 1 ».
consultation-admin-paste-many = Ce texte a plus de { $max } articles : collez-le en plusieurs fois.
consultation-admin-paste-without = « { $title } » n’a pas de texte.
consultation-admin-paste-long = « { $title } » est trop long.
consultation-admin-paste-found =
    Reconnu : { $articles ->
      [one] { $articles } article
     *[other] { $articles } articles
    } et { $sections ->
      [0] aucune section
      [one] { $sections } section
     *[other] { $sections } sections
    }. Vérifiez, puis écrivez.
consultation-admin-paste-already =
    { $count ->
      [one] La consultation a déjà { $count } article : ceux-ci seront ajoutés après.
     *[other] La consultation a déjà { $count } articles : ceux-ci seront ajoutés après.
    }
consultation-admin-paste-before = Ces lignes ne sont dans aucun article : elles seront laissées de côté.
consultation-admin-paste-publish = Publier tout de suite
consultation-admin-paste-publish-hint = Sinon les articles sont enregistrés comme brouillons.
consultation-admin-paste-write = Écrire ces articles
consultation-admin-paste-done = Articles écrits : { $count }.
consultation-admin-rules-journal = La consultation est publiée : chaque changement de ces règles est inscrit au journal public. Ce qui est promis sur les votes ne change plus une fois la consultation ouverte.
consultation-admin-rules-before = Fixez ces règles avant la publication : ensuite, chaque changement sera inscrit au journal public.
consultation-admin-rules-allow = Ce que chacun peut faire
consultation-admin-rules-proposals = Proposer de nouveaux articles
consultation-admin-rules-amendments = Proposer d’autres rédactions (amendements)
consultation-admin-rules-arguments = Argumenter
consultation-admin-rules-sources = Ajouter des sources
consultation-admin-rules-votes = Les votes
consultation-admin-rules-hide = Cacher les totaux jusqu’à la clôture
consultation-admin-rules-hide-hint = Personne ne voit les totaux avant la fin, pas même dans les données ouvertes.
consultation-admin-rules-lengths = Les longueurs
consultation-admin-rules-lengths-hint = En nombre de caractères.
consultation-admin-rules-title-min = Titre : au moins
consultation-admin-rules-title-max = Titre : au plus
consultation-admin-rules-body-min = Proposition ou amendement : au moins
consultation-admin-rules-body-max = Proposition ou amendement : au plus
consultation-admin-rules-explanation-min = Explication : au moins
consultation-admin-rules-explanation-max = Explication : au plus
consultation-admin-rules-argument-min = Argument : au moins
consultation-admin-rules-argument-max = Argument : au plus
consultation-admin-rules-most = Écrivez un nombre jusqu’à { $max }.
consultation-admin-rules-order = Ce maximum est trop petit : il doit dépasser le minimum et laisser la place d’écrire.
consultation-admin-rules-sealed = La consultation est ouverte : ce qui est promis sur les votes ne change plus.
consultation-admin-answer = Répondre
consultation-admin-answer-draft = Réponse en brouillon
consultation-admin-results-see = Voir la page des résultats
consultation-admin-results-wait = Les résultats pourront être publiés après la clôture.
consultation-admin-results-publish-title = Publier ces résultats
consultation-admin-results-publish-text = Les résultats sont enregistrés tels quels, avec leur calcul ; leur empreinte est inscrite au journal public. On ne peut le faire qu’une fois : terminez d’abord la modération.
consultation-admin-results-publish = Publier les résultats
consultation-admin-results-done = Les résultats sont publiés.
consultation-admin-results-already = Les résultats sont déjà publiés.
consultation-admin-results-hash = Empreinte SHA-256 :

# Importer une consultation tenue ailleurs.
consultation-import = Importer une consultation
consultation-import-data = Données
consultation-import-lead = Trois fichiers CSV décrivent une consultation tenue ailleurs : ses textes, ses arguments, ses sources. Vérifiez-les d’abord ; rien n’est écrit tant qu’une seule ligne est fausse, et importer deux fois ne change rien.
consultation-import-opinions = Articles et propositions
consultation-import-opinions-hint = Une ligne par texte : id, title, section_id, section, created_at, author_key, votes_ok, votes_mitige, votes_nok, body_text…
consultation-import-arguments = Arguments
consultation-import-arguments-hint = Une ligne par argument : id, opinion_id, side (pour ou contre), created_at, author_key, votes_count, body.
consultation-import-sources = Sources
consultation-import-sources-hint = Une ligne par source : id, opinion_id, title, link, category, created_at, author_key, votes_count, body.
consultation-import-title = Titre de la démarche
consultation-import-title-hint = Laissez vide pour garder celui que les fichiers suggèrent.
consultation-import-check = Vérifier sans rien écrire
consultation-import-write = Importer
consultation-import-file-missing = Choisissez un fichier.
consultation-import-checked = Les fichiers sont bons
consultation-import-checked-note = Rien n’a été écrit. Choisissez de nouveau les trois fichiers, puis « Importer ».
consultation-import-what = Quoi
consultation-import-added = Serait ajouté
consultation-import-there = Déjà là
consultation-import-authors = Auteurs
consultation-import-votes = Votes importés : { $for } pour, { $mixed ->
    [one] { $mixed } mitigé
   *[other] { $mixed } mitigés
}, { $against } contre, { $total } en tout. Ils restent à part des votes exprimés ici.
consultation-import-warnings =
    { $count ->
      [one] { $count } remarque, sans gravité
     *[other] { $count } remarques, sans gravité
    }
consultation-import-refused =
    { $count ->
      [one] Une ligne ne peut pas être importée : rien ne l’a été
     *[other] { $count } lignes ne peuvent pas être importées : rien ne l’a été
    }
consultation-import-refused-note = Corrigez les fichiers, puis choisissez-les de nouveau.
consultation-import-more =
    { $count ->
      [one] Et une autre.
     *[other] Et { $count } autres.
    }
consultation-import-file = Fichier
consultation-import-line = Ligne
consultation-import-at-line = ligne { $line } :
consultation-import-why = Ce qui ne va pas
consultation-import-done = La consultation est importée : { $count } textes ajoutés.
consultation-import-utf8 = ce n’est pas du texte UTF-8 : enregistrez le fichier en UTF-8 et recommencez
consultation-import-nul = un caractère NUL : ce n’est pas un fichier de texte
consultation-import-unreadable = la ligne ne se lit pas comme du CSV
consultation-import-column-twice = deux colonnes s’appellent { $column }
consultation-import-column-missing = la colonne { $column } manque ; il y a : { $found }
consultation-import-cells = { $cells } cellules, l’en-tête a { $columns } colonnes
consultation-import-quote = un guillemet est ouvert et jamais refermé
consultation-import-empty = { $column } est vide
consultation-import-number = { $column } vaut « { $text } », pas un nombre entier (0 ou plus)
consultation-import-yes = { $column } vaut « { $text } », ni True ni False
consultation-import-moment = { $column } vaut « { $text } », pas une date et une heure comme 2015-09-26T02:27:54+0200
consultation-import-twice = l’id { $id } y est deux fois
consultation-import-sum = votes_total vaut { $total }, mais ok + mitige + nok font { $sum }
consultation-import-section = la section { $section } s’appelle « { $here } » ici et « { $above } » plus haut
consultation-import-orphan = l’opinion_id { $id } n’est pas dans le fichier des articles et propositions
consultation-import-side = side vaut « { $text } », ni pour ni contre
consultation-import-link = link vaut « { $text } », pas une adresse qui commence par http:// ou https://
consultation-import-announced = le texte { $id } annonce { $arguments } arguments et { $sources } sources ; les fichiers en contiennent { $arguments-found } et { $sources-found }
