# L’administration.
# dynamic: admin-did-
# dynamic: admin-on-
# dynamic: admin-role-
# dynamic: admin-document-kind-
# dynamic: admin-mail-
# dynamic: admin-appeal-
# dynamic: admin-answers-
# dynamic: admin-licence-
# dynamic: admin-preset-

admin-title = Administration
admin-nav = Administration
admin-tab-dashboard = À faire
admin-tab-processes = Démarches
admin-tab-answers = Réponses
admin-tab-moderation = Modération
admin-tab-participants = Participants
admin-tab-mails = Courriels
admin-tab-data = Données
admin-tab-settings = Réglages
admin-tab-audit = Historique
admin-save = Enregistrer
admin-saved = C’est enregistré.
admin-removed = C’est supprimé.
admin-filter = Filtrer
admin-retry = Réessayer
admin-urgent = À faire
admin-in-french = en français
admin-in-english = en anglais
admin-date-unreadable = Indiquez un jour et, s’il le faut, une heure.
admin-see-in-place = Voir sur le site
admin-author-none = Sans auteur
admin-from-to = du { $from } au { $to }
admin-todo = Ce qui vous attend
admin-todo-none = Rien ne vous attend. Tout est à jour.
admin-figures = En chiffres
admin-figure-participants = Participants
admin-figure-contributions = Contributions publiées
admin-figure-reactions = Votes exprimés ici
admin-figure-leaves = Actes au journal public
admin-todo-late = { $count ->
    [one] « { $process } » : la date promise pour la réponse est passée, une proposition attend.
   *[other] « { $process } » : la date promise pour la réponse est passée, { $count } propositions attendent.
}
admin-todo-silent = « { $process } » : la date promise pour la réponse est passée, et rien n’est encore répondu. Publiez la réponse ou ses documents.
admin-todo-lacking = { $count ->
    [one] « { $process } » est publiée et il lui manque un point qui doit être public.
   *[other] « { $process } » est publiée et il lui manque { $count } points qui doivent être publics.
}
admin-todo-ready = « { $process } » est prête à être publiée.
admin-todo-incomplete = { $count ->
    [one] « { $process } » n’est pas encore publiée : il manque un point.
   *[other] « { $process } » n’est pas encore publiée : il manque { $count } points.
}
admin-todo-results = « { $activity } » est close : publiez ses résultats.
admin-process-new = Créer une démarche
admin-process-edit = Modifier la démarche
admin-process-see = Voir sur le site
admin-process-help = La loi demande de publier l’objet, le périmètre, les dates, la règle sur les contributions multiples et la date de la réponse avant d’ouvrir.
admin-process-title = Nom de la démarche
admin-process-summary = Résumé, en une ou deux phrases
admin-process-description = Présentation
admin-process-object = Objet : ce qui sera décidé, et ce qui ne le sera pas
admin-process-perimeter = Périmètre : qui peut participer
admin-process-duplicates = Règle sur les contributions multiples d’une même personne
admin-process-method = Note de méthode
admin-process-organiser = Qui organise et qui répond
admin-process-preset = Cadre légal
admin-process-due = Date promise pour la réponse
admin-process-due-hint = Elle est affichée à tous ; vous serez relancés jusqu’à ce que la réponse soit publiée.
admin-preset-open = Consultation ouverte
admin-preset-open-hint = Article L131-1 du code des relations entre le public et l’administration.
admin-preset-environment = Participation sur un projet ayant une incidence sur l’environnement
admin-preset-environment-hint = Article L123-19-1 du code de l’environnement : au moins vingt et un jours, quatre jours pour la synthèse, trois documents en ligne trois mois.
admin-processes-none = Aucune démarche pour l’instant.
admin-process-missing = Ce qui manque avant de publier
admin-process-publish = Publier la démarche
admin-process-publish-hint = Les règles publiées entrent au journal public ; toute modification y laissera une trace.
admin-process-published = La démarche est publiée.
admin-process-archive = Archiver la démarche
admin-process-archive-hint = Elle sort des listes ; tout reste lisible.
admin-process-archived = La démarche est archivée.
admin-status-draft = Brouillon
admin-status-published = Publié
admin-status-archived = Archivé
admin-phases = Étapes
admin-phases-none = Aucune étape.
admin-phase-new = Ajouter une étape
admin-phase-edit = Modifier l’étape
admin-phase-title = Nom de l’étape
admin-phase-description = Ce qui s’y passe
admin-phase-starts = Début
admin-phase-ends = Fin
admin-phase-ends-hint = L’étape se ferme exactement à cet instant, à l’heure du site.
admin-phase-remove = Supprimer l’étape
admin-phase-sealed = Quelqu’un a déjà voté dans cette étape. Son ouverture ne change plus. Sa clôture peut être déplacée, avec une raison que tout le monde lira à côté du vote.
admin-phase-reason = Pourquoi la clôture est déplacée
admin-phase-reason-hint = Utile seulement si la fin change. Cette raison est publique et reste au journal : ne nommez personne.
admin-activities = Dispositifs
admin-activities-none = Aucun dispositif.
admin-activity-new = Ajouter un dispositif
admin-activity-edit = Nom et étape
admin-activity-see = Voir
admin-activity-title = Nom du dispositif
admin-activity-summary = Résumé
admin-activity-tool = Outil
admin-activity-tool-unknown = Cet outil n’existe pas.
admin-activity-phase = Étape pendant laquelle il est ouvert
admin-activity-phase-hint = L’ouverture et la fermeture suivent les dates de l’étape.
admin-activity-no-phase = Aucune pour l’instant
admin-activity-publish = Publier le dispositif
admin-activity-published = Le dispositif est publié.
admin-activity-soon = À venir
admin-activity-open = Ouvert
admin-activity-closed = Clos
admin-activity-results = Résultats publiés
admin-results-publish = Publier les résultats
admin-results-published = Les résultats sont publiés.
admin-documents = Documents
admin-documents-none = Aucun document.
admin-document-new = Ajouter un document
admin-document-kind = Genre
admin-document-kind-file = Dossier soumis au public
admin-document-kind-synthesis = Synthèse, avec ce qui a été pris en compte
admin-document-kind-observations = Observations du public
admin-document-kind-reasons = Motifs de la décision
admin-document-kind-other = Autre
admin-document-title = Titre
admin-document-body = Texte
admin-document-publish = Publier
admin-document-update = Publier la modification
admin-document-draft = Garder en brouillon
admin-document-remove = Supprimer le document
admin-moderation-flagged = Contributions signalées
admin-moderation-none = Aucun signalement en attente.
admin-moderation-appeals = Contestations
admin-appeals-none = Aucune contestation en attente.
admin-moderation-dismiss = Laisser en ligne et classer les signalements
admin-moderation-dismissed = Les signalements sont classés.
admin-moderation-hide = Masquer la contribution
admin-moderation-hidden = La contribution est masquée ; son auteur est prévenu.
admin-moderation-restore = Rendre visible de nouveau
admin-moderation-restored = La contribution est de nouveau visible.
admin-moderation-reason = Raison
admin-moderation-explanation = Explication
admin-moderation-explanation-hint = L’auteur et le public la liront. Ne nommez personne.
admin-moderation-past = Décisions précédentes
admin-moderation-was-hidden = Masquée
admin-moderation-was-restored = Rendue visible
admin-appeal-title = Contestation : { $title }
admin-appeal-why = Pourquoi la contribution a été masquée
admin-appeal-words = Ce que répond l’auteur
admin-appeal-outcome = Votre décision
admin-appeal-upheld = La contribution reste masquée
admin-appeal-overturned = La contribution redevient visible
admin-appeal-outcome-empty = Choisissez une décision.
admin-appeal-reply = Réponse à l’auteur
admin-appeal-decide = Rendre la décision
admin-appeal-decided = La décision est rendue ; l’auteur est prévenu.
admin-answers-all = Toutes
admin-answers-none = Sans réponse
admin-answers-draft = Réponse en brouillon
admin-answers-published = Réponse publiée
admin-answers-everywhere = Partout
admin-answers-status = État
admin-answers-where = Dispositif
admin-answers-empty = Aucune contribution dans cette liste.
admin-answers-publish-all = { $count ->
    [one] { $count } réponse en brouillon dans « { $name } ».
   *[other] { $count } réponses en brouillon dans « { $name } ».
}
admin-answers-publish = Les publier ensemble
admin-answers-published-one = Une réponse publiée.
admin-answers-published-all = { $count } réponses publiées.
admin-answer-none = Sans réponse
admin-answer-votes = { $for } pour, { $mixed ->
    [one] { $mixed } mitigé
   *[other] { $mixed } mitigés
}, { $against } contre
admin-answer-title = Répondre à « { $title } »
admin-answer-text = Relire la contribution
admin-answer-status = Suite donnée
admin-answer-body = Réponse
admin-answer-publish = Publier la réponse
admin-answer-update = Publier la modification
admin-answer-draft = Garder en brouillon
admin-answer-saved = La réponse est gardée en brouillon.
admin-answer-published = La réponse est publiée ; l’auteur et les abonnés sont prévenus.
admin-participants-search = Chercher un nom ou une adresse
admin-participants-role = Rôle
admin-participants-all = Tous les rôles
admin-participants-none = Personne ne correspond.
admin-participant-name = Nom affiché
admin-participant-mail = Adresse
admin-participant-role = Rôle
admin-participant-activity = Activité
admin-participant-seen = Dernière visite
admin-participant-since = Inscription
admin-participant-suspended = Suspendu
admin-participant-public = Voir son profil public
admin-participant-me = C’est votre propre compte : demandez à un autre administrateur de changer votre rôle.
admin-role-participant = Participant
admin-role-participant-hint = Lit, vote, argumente, propose.
admin-role-moderator = Modérateur
admin-role-moderator-hint = Lit aussi les signalements, masque avec une raison, tranche les contestations.
admin-role-editor = Éditeur
admin-role-editor-hint = Écrit aussi les démarches, les textes et les réponses.
admin-role-administrator = Administrateur
admin-role-administrator-hint = Tout, réglages et rôles compris.
admin-invite = Ajouter quelqu’un à l’équipe
admin-invite-hint = La personne entre avec un lien reçu par courriel à cette adresse.
admin-invite-email = Adresse de courriel
admin-invite-email-invalid = Écrivez une adresse comme nom@exemple.fr.
admin-invite-role = Rôle
admin-invite-role-empty = Choisissez un rôle.
admin-invite-button = Ajouter
admin-invited = { $email } fait partie de l’équipe.
admin-suspend = Suspendre le compte
admin-suspend-hint = La personne ne pourra plus participer. Ses textes restent, ses sessions se ferment.
admin-suspend-reason = Raison
admin-suspend-reason-empty = Écrivez la raison de la suspension.
admin-reinstate = Rétablir le compte
admin-reinstate-hint = Ce compte est suspendu.
admin-mail-queued = En attente d’envoi
admin-mail-held = Retenu : aucun serveur de courriel
admin-mail-sent = Envoyé
admin-mail-failed = Échec
admin-mail-to = Pour
admin-mail-written = Écrit
admin-mail-retried = Le courriel repart.
admin-job-retried = La tâche repart.
admin-mails-all = Tous
admin-mails-status = État
admin-mails-search = Chercher une adresse ou un objet
admin-mails-none = Aucun courriel.
admin-jobs = Tâches en difficulté
admin-audit-all = Toutes
admin-audit-action = Action
admin-audit-none = Rien pour l’instant.
admin-audit-when = Quand
admin-audit-who = Qui
admin-audit-object = Objet
admin-audit-system = Le programme
admin-settings-nav = Réglages
admin-settings-general = Identité et participation
admin-settings-logo = Logo
admin-settings-legal = Mentions légales et contact
admin-settings-accessibility = Accessibilité
admin-site-name = Nom de l’organisation
admin-site-name-empty = Donnez le nom de l’organisation.
admin-site-tagline = Une phrase sous le nom
admin-site-welcome = Texte d’accueil
admin-site-accent = Couleur
admin-site-accent-hint = Par exemple #1f5f5b. Le contraste est vérifié.
admin-site-locales = Langues proposées
admin-site-locales-empty = Proposez au moins une langue.
admin-site-default = Langue par défaut
admin-site-default-not-offered = La langue par défaut doit être proposée.
admin-site-zone = Fuseau horaire
admin-site-zone-hint = Par exemple Europe/Paris ou America/Martinique.
admin-site-zone-unknown = Ce fuseau horaire n’existe pas.
admin-site-licence = Licence des données ouvertes
admin-site-licence-empty = Choisissez une licence.
admin-licence-etalab-2-0 = Licence Ouverte 2.0 (Etalab)
admin-licence-odbl-1-0 = Open Database License 1.0
admin-site-window = Heures pendant lesquelles on peut corriger son texte
admin-site-window-hint = 0 : jamais. Chaque version reste visible.
admin-site-window-invalid = Écrivez un nombre d’heures entre 0 et 8 760.
admin-site-registration = Les visiteurs peuvent créer un compte
admin-legal-publisher = Directeur ou directrice de la publication
admin-legal-host = Hébergeur : nom, adresse, téléphone
admin-legal-contact = Coordonnées
admin-legal-email = Adresse de courriel publique
admin-legal-notices = Mentions légales
admin-legal-privacy = Données personnelles : ce que votre organisation ajoute
admin-audit-help = Tant qu’aucun audit n’est saisi, le site se déclare « non conforme ». Videz les trois premiers champs pour retirer l’audit.
admin-audit-auditor = Qui a fait l’audit
admin-audit-auditor-hint = Nom de la personne ou de la société.
admin-audit-auditor-empty = Dites qui a fait l’audit.
admin-audit-date = Date de fin de l’audit
admin-audit-date-invalid = Donnez un jour passé.
admin-audit-rate = Part des critères respectés, en pour cent
admin-audit-rate-hint = Par exemple 73,5.
admin-audit-rate-invalid = Écrivez un pourcentage entre 0 et 100.
admin-audit-failures = Non-conformités
admin-audit-exemptions = Dérogations pour charge disproportionnée
admin-audit-out = Contenus non soumis à l’obligation
admin-audit-pages = Pages vérifiées, une par ligne
admin-audit-environment = Environnement de test, un élément par ligne
admin-logo-file = Image
admin-logo-hint = PNG, JPEG ou WebP. L’image est réduite et réécrite.
admin-logo-alt = Texte de remplacement
admin-logo-empty = Choisissez une image.
admin-logo-unreadable = Cette image ne se lit pas : donnez un fichier PNG, JPEG ou WebP de moins de 4 000 pixels de côté.
admin-logo-remove = Retirer le logo
admin-export = Exporter
admin-export-hint = Le lot de données ouvertes contient tout ce qui est public, avec le journal et le calcul des résultats. Chacun peut le vérifier.
admin-export-link = Aller à la page des données ouvertes
admin-import = Importer
admin-import-hint = Reprenez ce qui a été fait ailleurs, par exemple avec un autre outil. Les fichiers sont vérifiés avant que rien ne soit écrit.
admin-import-past = Imports passés
admin-import-server = Depuis le serveur
admin-import-server-hint = Cette commande fait la même chose, pour de très gros fichiers. Avec --dry-run, elle dit ce qu’elle ferait sans rien écrire.
admin-import-none = Aucun import pour l’instant.
admin-todo-flagged = { $count ->
    [one] Une contribution signalée attend
   *[other] { $count } contributions signalées attendent
}
admin-todo-appeals = { $count ->
    [one] Une contestation attend
   *[other] { $count } contestations attendent
}
admin-todo-answers = { $count ->
    [one] Une proposition d’une consultation close attend une réponse
   *[other] { $count } propositions de consultations closes attendent une réponse
}
admin-todo-drafts = { $count ->
    [one] Une réponse est en brouillon
   *[other] { $count } réponses sont en brouillon
}
admin-todo-held = { $count ->
    [one] Un courriel est retenu faute de serveur
   *[other] { $count } courriels sont retenus faute de serveur
}
admin-todo-failed = { $count ->
    [one] Un courriel n’a pas pu partir
   *[other] { $count } courriels n’ont pas pu partir
}
admin-todo-jobs = { $count ->
    [one] Une tâche est en difficulté
   *[other] { $count } tâches sont en difficulté
}
admin-moderation-flags = { $count ->
    [one] Un signalement
   *[other] { $count } signalements
}
admin-participants-total = { $count ->
    [one] Une personne
   *[other] { $count } personnes
}
admin-participant-contributions = { $count ->
    [one] { $count } contribution
   *[other] { $count } contributions
}
admin-job-attempts = { $count ->
    [one] une tentative
   *[other] { $count } tentatives
}
admin-mails-held = { $count ->
    [one] Aucun serveur de courriel n’est réglé : un message attend ici. Ouvrez-le pour transmettre son lien à la main.
   *[other] Aucun serveur de courriel n’est réglé : { $count } messages attendent ici. Ouvrez-les pour transmettre leurs liens à la main.
}
admin-did-activity-created = Dispositif ajouté
admin-did-activity-published = Dispositif publié
admin-did-activity-saved = Dispositif modifié
admin-did-amendment-decided = Amendement décidé
admin-did-answer-published = Réponse officielle publiée
admin-did-answer-saved = Réponse officielle enregistrée
admin-did-appeal-decided = Contestation examinée
admin-did-article-deleted = Article supprimé
admin-did-article-saved = Article enregistré
admin-did-document-removed = Document supprimé
admin-did-document-saved = Document enregistré
admin-did-job-retried = Tâche relancée
admin-did-mail-retried = Courriel relancé
admin-did-moderation-dismiss = Signalements classés
admin-did-moderation-hide = Contribution masquée
admin-did-moderation-restore = Contribution rendue visible
admin-did-participant-erased = Compte effacé
admin-did-participant-reinstated = Compte rétabli
admin-did-participant-suspended = Compte suspendu
admin-did-phase-created = Étape ajoutée
admin-did-phase-removed = Étape supprimée
admin-did-phase-saved = Étape modifiée
admin-did-process-archived = Démarche archivée
admin-did-process-created = Démarche créée
admin-did-process-published = Démarche publiée
admin-did-process-saved = Démarche modifiée
admin-did-results-published = Résultats publiés
admin-did-role-set = Rôle donné
admin-did-rules-saved = Règles modifiées
admin-did-section-added = Section ajoutée
admin-did-section-deleted = Section supprimée
admin-did-section-saved = Section modifiée
admin-did-settings-saved = Réglages modifiés
admin-did-site-set-up = Site mis en route
admin-did-text-pasted = Texte collé
admin-did-imported = Import
admin-did-roll-imported = Liste importée
admin-did-letters-made = Courriers aux votants préparés
admin-did-roll-erased = Noms d’une liste effacés
admin-did-ballots-printed = Bulletins papier imprimés
admin-did-ballot-settled = Bulletin papier réglé
admin-did-box-closed = Urne close
admin-did-option-saved = Option de vote enregistrée
admin-did-option-deleted = Option de vote supprimée
admin-did-category-removed = Catégorie supprimée
admin-did-category-saved = Catégorie enregistrée
admin-did-envelope-removed = Enveloppe supprimée
admin-did-envelope-saved = Enveloppe enregistrée
admin-did-follow-up-undone = Suivi d’un projet annulé
admin-did-idea-studied = Étude d’une idée enregistrée
admin-did-letters-cancelled = Courriers aux votants annulés
admin-did-merger-cancelled = Fusion d’idées annulée
admin-did-project-removed = Projet supprimé
admin-did-project-saved = Projet enregistré
admin-did-sheet-keyed = Feuille d’émargement saisie
admin-did-panel-announcement-saved = Tirage d’un panel annoncé, ou annonce retirée
admin-did-panel-answer-saved = Réponse à une recommandation enregistrée
admin-did-panel-attendance-saved = Présences à une séance notées
admin-did-panel-categories-saved = Critères d’un panel modifiés
admin-did-panel-codes-saved = Lettres d’un panel imprimées
admin-did-panel-entry-saved = Réponse à une lettre saisie
admin-did-panel-erasing-saved = Noms d’un panel effacés
admin-did-panel-evaluation-saved = Évaluation d’un panel modifiée
admin-did-panel-evaluation-codes-saved = Codes d’évaluation d’un panel imprimés
admin-did-panel-frame-saved = Liste d’un panel importée
admin-did-panel-import-saved = Volontaires d’un panel importés
admin-did-panel-letters-saved = Foyers à qui écrire tirés au sort
admin-did-panel-phones-saved = Numéros à appeler tirés au sort
admin-did-panel-quotas-saved = Quotas d’un panel modifiés
admin-did-panel-recommendation-saved = Recommandation d’un panel modifiée
admin-did-panel-rules-saved = Règles d’un panel modifiées
admin-did-panel-seat-saved = Siège d’un panel mis à jour
admin-did-panel-seed-saved = Graine d’un tirage saisie
admin-did-panel-session-saved = Séances d’un panel modifiées
admin-did-panel-tables-saved = Tables de discussion réparties
admin-did-panel-votes-saved = Votes sur une recommandation notés
admin-did-panel-withdrawal-saved = Volontaire retiré d’un panel
admin-on-activity = Dispositif { $id }
admin-on-contribution = Contribution { $id }
admin-on-document = Document { $id }
admin-on-job = Tâche { $id }
admin-on-mail = Courriel { $id }
admin-on-participant = Compte { $id }
admin-on-phase = Étape { $id }
admin-on-process = Démarche { $id }
admin-on-site = Le site
