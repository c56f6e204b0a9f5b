# Le budget participatif : enveloppes, idées, étude, projets, suivi.
# dynamic: budget-state-
# dynamic: budget-progress-
# dynamic: budget-gone-
# dynamic: budget-sort-
# dynamic: budget-merger-
# dynamic: budget-mail-
# dynamic: budget-language-

budget-projects-n = { $count ->
    [0] Pas encore de projet
    [one] { $count } projet
   *[other] { $count } projets
  }
budget-ideas-n = { $count ->
    [0] Pas encore d’idée
    [one] { $count } idée
   *[other] { $count } idées
  }
budget-winners-n = { $count ->
    [0] Aucun gagnant suivi
    [one] { $count } projet gagnant
   *[other] { $count } projets gagnants
  }

## La page du budget

budget-path = Le chemin, de l’idée à la livraison
budget-path-ideas = Les idées
budget-path-study = L’étude par les services
budget-path-vote = Le vote
budget-path-results = Les résultats
budget-path-delivery = Les réalisations
budget-in-figures = En chiffres
budget-stake = Ce qui est en jeu
budget-total = { $amount } en tout.
budget-everybody = Tout le monde y vote.
budget-envelopes-none = Aucune enveloppe n’est encore fixée.
budget-rules = Les règles
budget-perimeter = Qui peut participer
budget-answer-due = Réponse promise le
budget-about-process = Tout savoir sur la démarche
budget-deposit = Déposer une idée
budget-go-vote = Voter
budget-go-results = Voir les résultats
budget-go-follow-up = Suivre les réalisations
budget-go-projects = Voir les projets
budget-go-ideas = Voir les idées
budget-draft-notice = Ce budget n’est pas publié : seule l’équipe le voit.
budget-back-to-budget = Revenir au budget
budget-envelope = Enveloppe

## Les idées

budget-ideas = Les idées
budget-ideas-lead = Une place à verdir, un passage à sécuriser, un lieu à ouvrir : chaque idée est lue et étudiée par les services.
budget-ideas-none = Aucune idée n’est encore déposée.
budget-empty-filtered = Rien ne répond à ces choix.
budget-list = La liste
budget-sort = Trier
budget-sort-random = Au hasard
budget-sort-recent = Les plus récentes
budget-sort-supported = Les plus soutenues
budget-filter = Choisir les idées affichées
budget-show = Afficher
budget-show-all = Tout afficher
budget-any-district = Toutes les enveloppes
budget-any-category = Toutes les catégories
budget-any-state = Toutes
budget-map-note = Chaque point mène à sa page ; un chiffre rassemble des points voisins. La liste dit la même chose.
budget-map-districts = Les contours des secteurs
budget-map-ideas = { $count ->
    [one] Carte : une idée
   *[other] Carte : { $count } idées
  }
budget-map-projects = { $count ->
    [one] Carte : un projet
   *[other] Carte : { $count } projets
  }
budget-map-one = Carte : { $title }
budget-map-pick = Votre secteur sur la carte. Si votre navigateur le permet, cliquez pour placer le point.
budget-ideas-here-n = { $count ->
    [one] Une idée ici
   *[other] { $count } idées ici
  }
budget-projects-here-n = { $count ->
    [one] Un projet ici
   *[other] { $count } projets ici
  }
budget-state-received = Reçue
budget-state-study = À l’étude
budget-state-feasible = Réalisable
budget-state-refused = Non retenue
budget-state-merged = Réunie à une autre
budget-state-received-hint = Personne ne l’étudie encore.
budget-state-study-hint = Un service l’étudie.
budget-state-feasible-hint = Elle peut devenir un projet soumis au vote. Un coût est nécessaire.
budget-state-refused-hint = Elle ne peut pas être soumise au vote. Un motif public est nécessaire.
budget-organisation = l’organisation
budget-author-gone = compte supprimé
budget-by-name = par { $name }
budget-published-on = publiée le { $date }
budget-modified = modifiée, version { $version }
budget-supports-n = { $count ->
    [0] Aucun soutien
    [one] { $count } soutien
   *[other] { $count } soutiens
  }

## Déposer

budget-deposit-title = Déposer une idée
budget-deposit-lead = Dites ce que vous voulez pour votre ville. Vous relirez tout avant de publier.
budget-deposit-none = Le dépôt des idées n’est pas prévu pour ce budget.
budget-deposit-closed = Le dépôt des idées est clos depuis le { $date }.
budget-deposit-soon = Le dépôt des idées ouvrira le { $date }.
budget-refused-keep = Voici votre texte : copiez-le pour ne pas le perdre.
budget-your-text = Votre texte
budget-step-n = Étape { $step } sur 3
budget-step-write = Écrire
budget-step-similar = Comparer
budget-step-preview = Relire et publier
budget-field-title = Titre
budget-field-title-hint = En quelques mots, au moins { $min } caractères.
budget-field-body = Votre idée
budget-field-body-hint = Quoi, pour qui, pourquoi. Au moins { $min } caractères.
budget-field-category = Catégorie
budget-field-where = Où
budget-field-district = Secteur
budget-field-address = Adresse ou lieu
budget-field-address-hint = Par exemple : « derrière l’école, rue des Prés ».
budget-field-point = Donner des coordonnées précises
budget-field-point-hint = En degrés, comme les donnent les cartes et les téléphones : 48,8566 et 2,3522. L’adresse suffit.
budget-field-latitude = Latitude
budget-field-longitude = Longitude
budget-estimate = Coût estimé par l’auteur
budget-field-estimate = Coût estimé par l’auteur (euros)
budget-field-estimate-hint = Si vous en avez une idée. Les services feront le chiffrage.
budget-field-state = État
budget-field-note = Ce que vous changez, en quelques mots
budget-district-any = Je ne sais pas, ou toute la ville
budget-category-any = Aucune
budget-title-empty = Écrivez un titre.
budget-body-empty = Écrivez votre texte.
budget-address-empty = Dites où : une adresse ou un lieu.
budget-district-unknown = Choisissez un secteur de la liste.
budget-category-unknown = Choisissez une catégorie de la liste.
budget-money-wrong = Écrivez un montant en euros, par exemple 12 500.
budget-degrees-wrong = Écrivez un nombre de degrés entre -{ $most } et { $most }, par exemple 48,8566.
budget-point-outside = Ce point est hors du territoire du budget. Vérifiez les coordonnées, ou donnez seulement l’adresse.
budget-point-elsewhere = Ce point n’est pas dans le secteur choisi. Changez le point ou le secteur.
budget-write-next = Continuer
budget-write-save = Enregistrer le brouillon
budget-cancel = Annuler
budget-draft-delete = Supprimer le brouillon
budget-draft-saved-on = Brouillon enregistré le { $date }
budget-similar-title = Des idées proches existent déjà
budget-similar-lead = Lisez-les : en soutenir une vaut parfois mieux que d’en déposer une autre.
budget-similar-continue = Continuer quand même
budget-preview-title = Relisez avant de publier
budget-preview-lead = Voici ce que tout le monde verra, avec votre pseudonyme « { $name } ».
budget-preview-window = { $count ->
    [one] Vous pourrez la corriger pendant une heure, tant que son étude n’a pas commencé.
   *[other] Vous pourrez la corriger pendant { $count } heures, tant que son étude n’a pas commencé.
  }
budget-preview-edit = Modifier le texte
budget-preview-publish = Publier mon idée
budget-ideas-enough = { $count ->
    [one] Chaque personne peut déposer une idée : la vôtre est déjà publiée. Votre brouillon est gardé.
   *[other] Chaque personne peut déposer { $count } idées : les vôtres sont déjà publiées. Votre brouillon est gardé.
  }
budget-back-to-ideas = Voir toutes les idées
budget-back-to-idea = Revenir à l’idée

## Une idée

budget-study = L’étude par les services
budget-cost = Coût
budget-answer = La réponse de l’organisation
budget-facts = En bref
budget-idea-projects = Projet qui vient de cette idée
budget-taken-in = Idées réunies à celle-ci
budget-actions = Agir
budget-support = Soutenir
budget-support-back = Retirer mon soutien
budget-supported = Vous la soutenez.
budget-support-closed = On ne peut soutenir une idée que pendant le dépôt des idées.
budget-about-support = Soutenir « { $title } »
budget-about-follow = Suivre « { $title } »
budget-follow = Suivre cette idée
budget-follow-project = Suivre ce projet
budget-unfollow = Ne plus suivre
budget-followed = Un courriel vous dira ce qui change.
budget-unfollowed = Vous ne suivez plus.
budget-flag = Signaler à la modération
budget-own-edit = Corriger mon idée
budget-own-until = jusqu’au { $date }
budget-own-merge = La réunir à une autre
budget-own-withdraw = Retirer mon idée
budget-study-do = Étudier cette idée
budget-gone-withdrawn = Idée retirée
budget-gone-hidden = Idée masquée
budget-gone-withdrawn-text = Cette idée a été retirée par son auteur le { $date }.
budget-gone-hidden-text = Cette idée a été masquée par la modération le { $date }.
budget-gone-reason = Motif :
budget-gone-appeal = Vous pouvez contester cette décision.
budget-gone-appeal-do = Contester
budget-gone-appeal-see = Voir votre contestation
budget-gone-merged-text = Cette idée a été réunie, avec l’accord de son auteur, à celle-ci :
budget-edit-title = Corriger « { $title } »
budget-edit-publish = Publier la correction
budget-edit-gone = Cette idée n’est plus publiée.
budget-edit-studied = L’étude de cette idée a commencé : elle ne change plus.
budget-edit-closed = Le dépôt des idées est clos : elle ne change plus.
budget-edit-late = Le temps de la corriger est passé.
budget-edit-behind = Une autre version a été publiée entre-temps. Votre texte est gardé ci-dessous : relisez-le avant de le publier.
budget-versions-title = Les versions de « { $title } »
budget-versions-lead = Chaque correction laisse une version, la dernière en premier.
budget-version-of = Version { $number }, { $date }
budget-version-facts = Seuls le lieu, la catégorie ou l’estimation ont changé.
budget-withdraw-title = Retirer mon idée
budget-withdraw-lead = Son texte ne sera plus lisible et elle ne sera pas étudiée. On ne peut pas revenir en arrière.
budget-withdraw-do = Retirer
budget-withdraw-project = Un projet vient de cette idée : elle ne peut plus être retirée.
budget-withdraw-answered = Cette idée a reçu une réponse officielle : elle ne peut plus être retirée.
budget-flag-title = Signaler une idée
budget-flag-lead = La modération lira votre message ; l’auteur ne saura pas qui a signalé.
budget-flag-reason = Pourquoi
budget-flag-note = Précisions
budget-flag-send = Envoyer
budget-done-draft = Votre brouillon est enregistré.
budget-done-draft-deleted = Le brouillon est supprimé.
budget-done-idea = Votre idée est publiée.
budget-done-edit = La correction est publiée.
budget-done-withdraw = Votre idée est retirée.
budget-done-flag = La modération est prévenue.
budget-done-support = Votre soutien est compté.
budget-done-support-back = Votre soutien est retiré.

## Réunir

budget-merge-title = Réunir deux idées
budget-merge-lead = Une autre idée dit presque la même chose ? Proposez qu’elle reprenne la vôtre. Il faut l’accord des deux auteurs.
budget-merge-similar = Idées proches
budget-merge-other = Une autre idée
budget-merge-other-hint = Son numéro, ou l’adresse de sa page.
budget-merge-reason = Pourquoi les réunir
budget-merge-do = Proposer
budget-merge-other-empty = Donnez le numéro ou l’adresse d’une idée de ce budget.
budget-merge-same = Une idée ne peut pas être réunie à elle-même.
budget-merge-gone = Cette idée n’est plus publiée, ou elle est déjà réunie à une autre.
budget-merge-project = Un projet vient déjà de cette idée : elle ne peut plus être reprise par une autre.
budget-merge-waits = Cette réunion est déjà proposée et attend une réponse.
budget-merger-title = Réunir deux idées
budget-merger-lead = Il est proposé de réunir ces deux idées. Rien n’est fait sans l’accord des deux auteurs.
budget-merger-from = L’idée à reprendre
budget-merger-into = L’idée qui la reprendrait
budget-merger-what = L’idée reprise garde sa page, qui mène à l’autre. Ceux qui la suivent suivront l’autre. Les soutiens ne sont pas déplacés : ils ont été donnés à d’autres mots.
budget-merger-agreed-on = Accord donné le { $date }
budget-merger-not-yet = Pas encore de réponse
budget-merger-agree = Donner mon accord
budget-merger-refuse = Refuser
budget-merger-proposed = Proposée
budget-merger-agreed = Faite
budget-merger-refused = Refusée
budget-merger-cancelled = Annulée
budget-merger-over = Cette proposition a déjà reçu sa réponse.
budget-merger-waits = Une proposition de réunion attend une réponse.
budget-merger-see = La lire
budget-merger-cancel = Annuler la proposition
budget-done-merger-proposed = La proposition est enregistrée ; les auteurs sont prévenus.
budget-done-merger-agreed = Votre accord est enregistré.
budget-done-merger-refused = Votre refus est enregistré.

## Les projets

budget-projects = Les projets
budget-projects-lead = Ce qui est soumis au vote, avec son coût.
budget-projects-none = Aucun projet n’est encore fait.
budget-projects-order = Dans un ordre tiré au hasard, différent pour chacun.
budget-project-code = Projet { $code }
budget-project-do = Administrer ce projet
budget-origins = Les idées dont il vient
budget-origins-none = Ce projet est proposé par l’organisation.
budget-origin-gone = une idée qui n’est plus lisible
budget-back-to-projects = Voir tous les projets

## Le suivi

budget-follow-up = Où en est-il ?
budget-follow-ups = Les réalisations
budget-follow-up-lead = Ce que deviennent les projets gagnants : l’avancement, l’argent, les dates promises et tenues.
budget-follow-up-none = Aucun projet gagnant n’est encore suivi.
budget-follow-up-all = Toutes les réalisations
budget-progress-studies = En préparation
budget-progress-works = En travaux
budget-progress-delivered = Livré
budget-progress-abandoned = Abandonné
budget-delivered-n = { $count ->
    [one] { $count } livré
   *[other] { $count } livrés
  }
budget-late-n = { $count } en retard
budget-abandoned-n = { $count ->
    [one] { $count } abandonné
   *[other] { $count } abandonnés
  }
budget-spent-of = { $spent } dépensés sur { $cost } votés ({ $share }).
budget-spent-over = { $spent } dépensés pour { $cost } votés : { $over } de plus que prévu.
budget-spent-large = Le total dépensé est trop grand pour être compté.
budget-promise-none = Aucune date n’est encore promise
budget-promise-waits = Promis pour le { $day }
budget-promise-moved = Promis pour le { $first }, maintenant pour le { $last }
budget-promise-late = { $count ->
    [one] En retard d’un jour : promis pour le { $first }
   *[other] En retard de { $count } jours : promis pour le { $first }
  }
budget-promise-late-moved = { $count ->
    [one] En retard d’un jour : promis pour le { $first }, maintenant pour le { $last }
   *[other] En retard de { $count } jours : promis pour le { $first }, maintenant pour le { $last }
  }
budget-promise-kept = Promesse tenue : livré le { $day }, promis pour le { $first }
budget-promise-delivered = Livré le { $day }
budget-promise-kept-late = { $count ->
    [one] Livré le { $day }, un jour après la date promise ({ $first })
   *[other] Livré le { $day }, { $count } jours après la date promise ({ $first })
  }
budget-promise-abandoned = Ce projet ne sera pas réalisé
budget-steps = Les étapes
budget-steps-none = Aucune étape n’est encore écrite.
budget-step-spent = Dépensé :
budget-step-promised = Livraison promise :

## L’administration

budget-admin-home = Administration
budget-admin-nav = Pages de ce budget
budget-page-dashboard = Vue d’ensemble
budget-page-envelopes = Enveloppes
budget-page-categories = Catégories
budget-page-ideas-rules = Règles des idées
budget-page-ideas = Idées
budget-page-mergers = Réunions
budget-page-projects = Projets
budget-page-rules = Règles du vote
budget-page-simulator = Simulateur
budget-page-results = Résultats
budget-page-follow-up = Réalisations
budget-admin-opening = Avant d’ouvrir
budget-admin-ready = Tout est prêt : ce budget peut être publié.
budget-admin-missing = Il manque :
budget-admin-still-missing = Il manque encore :
budget-admin-publish = Publier le budget
budget-admin-see = Voir la page publique
budget-admin-dates = Titre et étape du vote
budget-admin-process = Les étapes de la démarche
budget-admin-waits = Ce qui attend
budget-to-study-n = { $count ->
    [0] Aucune idée à étudier
    [one] Une idée à étudier
   *[other] { $count } idées à étudier
  }
budget-to-project-n = { $count ->
    [0] Aucune idée réalisable sans projet
    [one] Une idée réalisable sans projet
   *[other] { $count } idées réalisables sans projet
  }
budget-mergers-n = { $count ->
    [0] Aucune réunion en attente
    [one] Une réunion en attente d’accord
   *[other] { $count } réunions en attente d’accord
  }
budget-count = Nombre
budget-missing-envelope = Fixez au moins une enveloppe avec un montant.
budget-seal-closed = Quelqu’un a voté : les enveloppes et les projets sont scellés jusqu’à la fin. Votre demande et ce refus sont dans le journal.
budget-language-fr = français
budget-language-en = anglais
budget-in-language = { $label } ({ $language })
budget-save = Enregistrer
budget-saved = C’est enregistré.
budget-removed = C’est supprimé.
budget-add = Ajouter
budget-change = Modifier
budget-remove = Supprimer
budget-up = Monter
budget-down = Descendre
budget-choose = Choisir
budget-public-page = Page publique

budget-envelopes-lead = L’argent de toute la ville, ou celui de chaque secteur.
budget-envelope-new = Ajouter une enveloppe
budget-envelope-edit = Modifier une enveloppe
budget-envelope-name = Nom
budget-envelope-name-empty = Donnez un nom à l’enveloppe.
budget-envelope-body = Présentation
budget-envelope-used = Des idées ou des projets sont dans cette enveloppe : changez-les d’abord.
budget-field-amount = Montant (euros)
budget-field-amount-hint = Par exemple 150 000.
budget-amount-empty = Écrivez un montant en euros, plus grand que zéro.
budget-amount-below = Un projet de cette enveloppe coûte { $cost } : le montant ne peut pas être plus petit.
budget-field-everybody = Tout le monde y vote
budget-field-everybody-hint = En plus du secteur de son choix, quand chacun vote dans un seul secteur.
budget-field-outline = Contour sur la carte
budget-field-outline-hint = Un fichier GeoJSON avec un ou plusieurs polygones. Sans contour, l’adresse suffit.
budget-field-outline-file = Fichier GeoJSON
budget-field-outline-text = Ou son contenu
budget-has-outline = contour sur la carte
budget-outline-json = Ce n’est pas du GeoJSON : le texte ne se lit pas comme du JSON.
budget-outline-kind = Il faut un polygone, plusieurs, ou des objets qui en contiennent (Polygon, MultiPolygon, Feature, FeatureCollection).
budget-outline-short = Un des polygones a moins de trois côtés.
budget-outline-degrees = Une position n’est pas en degrés : il faut d’abord la longitude, puis la latitude (WGS 84).
budget-outline-large = Ce contour a plus de 20 000 points : simplifiez-le.

budget-categories-lead = Les idées et les projets se rangent par catégorie. C’est facultatif.
budget-categories-none = Aucune catégorie.
budget-category-add = Ajouter une catégorie
budget-category-edit = Renommer une catégorie
budget-category-name = Nom
budget-category-name-empty = Donnez un nom à la catégorie.

budget-ideas-rules-lead = Quand on dépose des idées, combien, et ce qu’elles peuvent coûter.
budget-rule-phase = L’étape où l’on dépose
budget-rule-phase-hint = Une étape de cette démarche, qui finit avant le vote.
budget-phase-none = On ne dépose pas d’idées
budget-rule-study-phase = L’étape de l’étude
budget-study-phase-none = Entre le dépôt et le vote
budget-phase-unknown = Choisissez une étape de cette démarche.
budget-phase-after-vote = Cette étape finit après l’ouverture du vote : choisissez-en une autre, ou changez ses dates.
budget-rule-most = Idées par personne, au plus
budget-rule-most-hint = Laissez vide pour ne pas limiter.
budget-most-wrong = Écrivez un nombre entre 1 et 1 000, ou laissez vide.
budget-rule-edit-hours = Heures pour corriger son idée
budget-hours-wrong = Écrivez un nombre d’heures entre 0 et { $max }.
budget-rule-ceiling = Coût le plus haut d’un projet (euros)
budget-rule-ceiling-hint = Laissez vide : l’enveloppe est la limite.
budget-rule-place = Demander une adresse ou un lieu
budget-rule-supports = Permettre de soutenir les idées
budget-rule-supports-hint = Pendant le dépôt. Les soutiens ne décident de rien : ils sont montrés.

budget-idea-new = Ajouter une idée reçue ailleurs
budget-idea-new-lead = Une idée reçue sur papier, au guichet ou en réunion. Elle est publiée au nom de l’organisation.
budget-idea-new-publish = Publier cette idée
budget-any-service = Tous les services
budget-no-service = Sans service
budget-field-service = Service chargé de l’étude
budget-field-service-hint = Jamais publié.
budget-field-service-known = Jamais publié. Déjà nommés : { $names }.
budget-field-cost-hint = En euros, { $most } au plus.
budget-field-reason = Réponse publique
budget-field-reason-hint = Pourquoi elle est réalisable ou non : tout le monde le lira.
budget-study-save = Enregistrer l’étude
budget-study-project = Un projet vient de cette idée : elle reste réalisable.
budget-state-empty = Choisissez un état.
budget-reason-empty = Dites pourquoi elle n’est pas retenue.
budget-cost-empty = Écrivez un coût en euros.
budget-cost-large = Ce coût dépasse la limite : { $most }.
budget-notes = Notes entre services
budget-notes-private = Personne d’autre que l’équipe ne les lit. Elles ne sont jamais publiées ni exportées.
budget-note = Nouvelle note
budget-note-add = Ajouter la note
budget-note-empty = Écrivez la note.

budget-mergers-lead = Deux idées qui disent la même chose peuvent être réunies, avec l’accord de leurs auteurs. Vous répondez pour celles de l’organisation et celles dont l’auteur ne peut plus être joint.
budget-mergers-none = Aucune réunion n’a été proposée.

budget-projects-admin-lead = Un projet est public dès qu’il est enregistré, et peut changer jusqu’au premier vote.
budget-ready-ideas = Idées réalisables sans projet
budget-project-new = Ajouter un projet
budget-project-edit = Modifier un projet
budget-project-from = En faire un projet
budget-project-from-named = En faire un projet : { $title }
budget-project-title = Nom du projet
budget-project-title-empty = Donnez un nom au projet.
budget-project-body = Présentation
budget-project-cost-hint = En euros. Il ne peut pas dépasser l’enveloppe.
budget-project-ideas-wrong = Une de ces idées n’est pas réalisable, ou a déjà son projet.
budget-project-followed = Ce projet a gagné et il est suivi : il ne peut plus être supprimé.
budget-district-empty = Choisissez une enveloppe.
budget-origins-hint = Ses auteurs et ceux qui la suivent seront prévenus.
budget-photo = Photo
budget-photo-file = Image
budget-photo-hint = PNG, JPEG ou WebP. Le lieu et la date qu’elle contient sont effacés.
budget-photo-alt = Ce que montre l’image
budget-photo-alt-empty = Dites ce que montre l’image, pour qui ne la voit pas.
budget-photo-wrong = Cette image ne se lit pas : il faut un fichier PNG, JPEG ou WebP de 8 000 pixels de côté au plus.
budget-photo-remove = Enlever l’image

budget-follow-up-admin-lead = Écrivez chaque étape : ceux qui suivent le projet sont prévenus et la page publique le montre.
budget-follow-up-early = Le suivi commence quand les résultats sont publiés.
budget-follow-up-others = Suivre un autre projet
budget-follow-up-others-hint = Par exemple un projet repris sur un autre budget après le vote.
budget-follow-up-begin = Commencer le suivi
budget-follow-up-undo = Ce projet n’est pas à suivre
budget-follow-up-written = Une étape est déjà écrite : le suivi ne peut plus être annulé.
budget-step-new = Écrire une étape
budget-step-date = Date
budget-step-progress = Avancement
budget-step-body = Ce qui a été fait
budget-step-body-empty = Dites ce qui a été fait.
budget-step-spent-hint = En euros, depuis l’étape d’avant.
budget-step-promised-hint = Si une date est promise, ou change.
budget-step-picture = Photo
budget-step-publish = Publier l’étape
budget-date-wrong = Choisissez une date.
budget-date-later = Cette date n’est pas encore venue.
budget-promise-before = La date promise est avant cette étape.
budget-progress-empty = Choisissez l’avancement.

## Les courriels

budget-mail-received = Elle est de nouveau parmi les idées reçues.
budget-mail-study = Elle est maintenant à l’étude.
budget-mail-feasible = Elle est réalisable.
budget-mail-refused = Elle n’est pas retenue.
budget-mail-cost = Coût : { $cost }.
budget-mail-project = Un projet soumis au vote en vient.
budget-mail-merger-asks = Il est proposé de la réunir à une autre. Votre accord est nécessaire : lisez la proposition et répondez à l’adresse ci-dessous.
budget-mail-merger-refused = La réunion proposée a été refusée.
budget-mail-merger-joined = Elle est réunie à une autre, que vous suivez maintenant.
