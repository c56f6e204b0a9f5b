# Messages des objets communs : champs, démarches, modération, courriels.
# dynamic: civic-mail-
# dynamic: civic-reason-
# dynamic: civic-answer-status-

civic-title-empty = Écrivez un titre.
civic-body-empty = Écrivez votre texte.
civic-explanation-empty = Expliquez pourquoi.
civic-process-title-empty = Donnez un nom à la démarche.
civic-phase-title-empty = Donnez un nom à l’étape.
civic-phase-ends-before-start = L’étape doit finir après avoir commencé.
civic-phase-in-use = Un dispositif a lieu pendant cette étape : déplacez-le avant de supprimer l’étape.
civic-phase-last = C’est la dernière étape d’une démarche publiée, qui doit garder ses dates.
civic-phase-has-results = Les résultats de ce qui a eu lieu pendant cette étape sont publiés : elle ne peut pas rouvrir.
civic-activity-has-results = Les résultats de ce dispositif sont publiés : il reste dans son étape.
civic-sealed-phase = Quelqu’un a déjà voté : ce vote reste dans son étape. Ce refus est au journal.
civic-sealed-remove = Quelqu’un a déjà voté dans cette étape : elle ne peut plus être supprimée. Ce refus est au journal.
civic-sealed-opening = Quelqu’un a déjà voté dans cette étape : son ouverture ne change plus. Ce refus est au journal.
civic-sealed-counted = L’urne d’un vote de cette étape est close : la fin de l’étape ne change plus. Ce refus est au journal.
civic-sealed-reason = Un vote est commencé : dites pourquoi sa clôture est déplacée, en { $least } caractères au moins. Tout le monde lira cette raison.
civic-activity-title-empty = Donnez un nom au dispositif.
civic-document-title-empty = Donnez un titre au document.
civic-document-kind-empty = Choisissez le genre du document.
civic-document-body-empty = Écrivez le texte du document.
civic-document-three-months = Ce document doit rester en ligne au moins trois mois après sa publication (article L123-19-1 du code de l’environnement).
civic-slug-taken = Ce nom est déjà pris trop de fois : choisissez-en un autre.
civic-results-not-closed = Les résultats se publient après la clôture.
civic-already-sent = Ce formulaire a déjà été envoyé : il n’a compté qu’une fois.
civic-changed-meanwhile = Ce texte a changé pendant que vous écriviez. Relisez la nouvelle version avant d’enregistrer la vôtre.
civic-parent-gone = Le texte auquel vous répondiez n’est plus publié.
civic-reaction-unknown = Ce choix n’existe pas ici.
civic-reaction-gone = Ce texte a été retiré, fusionné ou masqué entre-temps : votre vote n’a pas été enregistré.
civic-flag-reason-empty = Choisissez une raison.
civic-moderation-reason-empty = Choisissez la raison du masquage.
civic-moderation-explanation-empty = Expliquez votre décision à l’auteur.
civic-appeal-empty = Expliquez pourquoi vous contestez cette décision.
civic-appeal-reply-empty = Répondez à la contestation.
civic-appeal-twice = Vous avez déjà contesté cette décision.
civic-appeal-decided = Cette contestation est déjà tranchée.
civic-appeal-own = Vous avez vous-même masqué ce texte : c’est à une autre personne de la modération de maintenir la décision. Vous pouvez remettre le texte en ligne.
civic-answer-status-empty = Choisissez la suite donnée.
civic-answer-body-empty = Écrivez la réponse.

civic-missing-summary = Écrivez un résumé de la démarche.
civic-missing-object = Dites l’objet : ce qui sera décidé, et ce qui ne le sera pas.
civic-missing-perimeter = Dites le périmètre : qui peut participer.
civic-missing-duplicates = Dites la règle sur les contributions multiples d’une même personne.
civic-missing-method = Écrivez la note de méthode.
civic-missing-dates = Ajoutez au moins une étape avec ses dates.
civic-missing-answer-date = Promettez une date pour la réponse.
civic-missing-answer-after = La date promise pour la réponse doit venir après la clôture.
civic-missing-four-days = La réponse ne peut pas venir moins de quatre jours après la clôture (article L123-19-1).
civic-missing-twenty-one-days = La participation doit durer au moins vingt et un jours (article L123-19-1).
civic-missing-phase = Choisissez l’étape pendant laquelle le dispositif est ouvert.
civic-missing-synthesis = Publiez la synthèse des observations, avec ce qui a été pris en compte.
civic-missing-observations = Publiez les observations du public.
civic-missing-reasons = Publiez les motifs de la décision, dans un document séparé.

civic-reason-insult = Insulte ou attaque personnelle
civic-reason-hate = Incitation à la haine, discrimination
civic-reason-personal-data = Données personnelles
civic-reason-spam = Publicité ou envoi en masse
civic-reason-off-topic = Hors sujet
civic-reason-unlawful = Contenu contraire à la loi
civic-reason-other = Autre raison

civic-answer-status-accepted = Retenu
civic-answer-status-partly = Retenu en partie
civic-answer-status-refused = Non retenu
civic-answer-status-studied = À l’étude
civic-answer-status-noted = Pris en note

civic-mail-hello = Bonjour { $name },
civic-mail-footer = { $site }
    Vous recevez ce message parce que vous suivez cette page. Pour ne plus en recevoir : { $url }
civic-mail-footer-notice = { $site }
    Ce message concerne votre contribution. Votre compte : { $url }
civic-mail-published-subject = Du nouveau : { $title }
civic-mail-published-body = De nouvelles contributions ont été publiées dans « { $title } ». { $detail }
civic-mail-reply-subject = Une réaction à « { $title } »
civic-mail-reply-body = Quelqu’un a écrit au sujet de « { $title } ». { $detail }
civic-mail-answer-subject = Une réponse officielle à « { $title } »
civic-mail-answer-body = L’organisation a répondu à « { $title } ». { $detail }
civic-mail-amendment-subject = Une décision sur un amendement à « { $title } »
civic-mail-amendment-body = Une décision a été prise sur un amendement à « { $title } ». { $detail }
civic-mail-results-subject = Les résultats sont publiés : { $title }
civic-mail-results-body = Les résultats de « { $title } » sont publiés, avec leur calcul. { $detail }
civic-mail-hidden-subject = Votre contribution a été masquée
civic-mail-hidden-body = Votre contribution « { $title } » a été masquée par la modération.

    Motif donné : { $detail }

    Vous pouvez contester cette décision à l’adresse ci-dessous.
civic-mail-restored-subject = Votre contribution est de nouveau visible
civic-mail-restored-body = Votre contribution « { $title } » est de nouveau visible. { $detail }
civic-mail-appeal-subject = Votre contestation a été examinée
civic-mail-appeal-body = Votre contestation au sujet de « { $title } » a été examinée.

    Réponse : { $detail }
civic-mail-study-subject = Du nouveau pour l’idée « { $title } »
civic-mail-study-body = Les services ont étudié l’idée « { $title } ». { $detail }
civic-mail-merger-subject = Réunir deux idées : « { $title } »
civic-mail-merger-body = Il s’agit de l’idée « { $title } ». { $detail }
civic-mail-progress-subject = Où en est « { $title } »
civic-mail-progress-body = Le projet « { $title } » avance. { $detail }
