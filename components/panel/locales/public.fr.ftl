# Le panel : ce que tout le monde lit.
# dynamic: panel-how-
# dynamic: panel-method-
# dynamic: panel-step-
# dynamic: panel-statement-
# dynamic: panel-scale-
# dynamic: panel-status-

panel-seats-n = { $count ->
    [0] Le nombre de sièges n’est pas encore choisi.
    [one] Une personne siégera.
   *[other] { $count } personnes siégeront.
}
panel-volunteers-n = { $count ->
    [0] Personne n’est encore volontaire.
    [one] Une personne est volontaire.
   *[other] { $count } personnes sont volontaires.
}
panel-members-n = { $count ->
    [one] Une personne
   *[other] { $count } personnes
}
panel-pool-n = { $count ->
    [one] Une personne dans le vivier
   *[other] { $count } personnes dans le vivier
}
panel-tickets-n = { $count ->
    [one] Un billet
   *[other] { $count } billets
}
panel-action-join = Être volontaire
panel-action-composition = Voir qui siège
panel-action-read = Lire les règles
panel-status-soon = Pas encore ouvert
panel-status-open = Appel ouvert
panel-status-closed = Appel clos
panel-stage-announced = Annoncé, loterie en calcul
panel-stage-failed = Loterie impossible
panel-stage-ready = Loterie publiée, graine attendue
panel-stage-drawn = Tiré au sort
panel-said-before = L’appel aux volontaires n’a pas encore commencé.
panel-said-during = Les personnes qui ont reçu une lettre peuvent répondre maintenant.
panel-said-open = Toute personne du territoire peut se proposer maintenant.
panel-said-letters = L’appel est ouvert ; les lettres partent bientôt.
panel-said-after = L’appel est clos ; le tirage au sort sera annoncé ici.
panel-said-announced = Le vivier et les quotas sont publiés ; la loterie est en cours de calcul.
panel-said-ready = La loterie est publiée. Il manque la graine, qui viendra de la source annoncée.
panel-said-drawn = Le panel est tiré au sort ; les personnes tirées répondent.
panel-said-accepted = { $count ->
    [one] Une personne a accepté
   *[other] { $count } personnes ont accepté
}, pour { $seats } sièges.
panel-draws = Les tirages
panel-round = Tirage n° { $number }
panel-facts = Les règles
panel-fact-seats = Sièges
panel-fact-letters = Lettres
panel-fact-letters-seed = Graine de ce tirage : « { $seed } ».
panel-fact-phones = Téléphone
panel-fact-phones-text = Ils commencent par { $prefixes } et ont { $digits } chiffres.
panel-phones-n = { $count ->
    [one] Un numéro tiré au sort.
   *[other] { $count } numéros tirés au sort.
}
panel-fact-volunteers = Volontaires
panel-fact-method = Méthode
panel-fact-households = Foyers
panel-fact-households-text = Une personne au plus par foyer.
panel-fact-seed = D’où viendra la graine
panel-drand-round = Tour { $round } de drand (réseau quicknet), le { $date }
panel-fact-data = Données personnelles
panel-fact-erased = Effacées
panel-letters-drawn = { $letters ->
    [one] Une lettre tirée
   *[other] { $letters } lettres tirées
} au sort parmi { $lines ->
    [one] une ligne
   *[other] { $lines } lignes
}.
panel-quotas-title = Les critères et leurs quotas
panel-quotas-text = Le panel doit ressembler à la population sur ces critères : chaque valeur a un nombre de sièges au moins et au plus.
panel-quota = { $min } à { $max }
panel-col-value = Valeur
panel-col-share = Population
panel-col-quota = Quota
panel-col-panel = Panel
panel-col-share-panel = Part du panel
panel-col-share-volunteers = Part du vivier
panel-col-category = Critère
panel-col-pseudonym = Pseudonyme
panel-col-people = Personnes
panel-col-probability = Probabilité
panel-col-tickets = Billets
panel-method-leximin = Leximin
panel-method-maximin = Maximin
panel-method-nash = Nash
panel-method-legacy = Ancienne méthode
panel-how-leximin = La personne qui a le moins de chances en a le plus possible ; puis la suivante, et ainsi de suite.
panel-how-maximin = La personne qui a le moins de chances en a le plus possible ; les autres comme elles viennent.
panel-how-nash = Le produit de toutes les chances est le plus grand possible.
panel-how-legacy = On remplit d’abord ce qui est le plus difficile à remplir ; sans garantie pour les personnes.
panel-how-link = Comment cela marche
panel-how-title = Comment marche le tirage au sort
panel-how-lede = Un panel est un petit groupe de personnes tirées au sort, qui ressemble à la population et prend le temps de travailler une question.
panel-how-1 = Des lettres partent au hasard.
panel-how-1-text = On tire au sort les lignes d’une liste de personnes ou d’adresses, à partir d’un texte public. Chaque lettre porte un code personnel.
panel-how-2 = Les volontaires répondent.
panel-how-2-text = En ligne, par téléphone ou sur papier, avec quelques questions simples : les critères. Personne ne peut acheter ni choisir sa place.
panel-how-3 = Tout est publié avant le tirage.
panel-how-3-text = Le vivier, sous des pseudonymes, les quotas, la méthode et la version du programme sont inscrits dans le journal public. Puis la loterie est calculée : mille billets numérotés au plus, et sur chacun un panel complet qui respecte tous les quotas.
panel-how-4 = Une graine choisit un billet.
panel-how-4-text = Elle vient d’une source publique nommée d’avance : des dés lancés dans la salle, les numéros d’un loto, les mots de plusieurs témoins. Personne ne la connaît quand la loterie est publiée.
panel-how-4-drand = Ce peut être un tour de drand, un réseau public qui signe un nombre toutes les trois secondes : son numéro est annoncé avant qu’il existe, et la signature se vérifie sans nous croire.
panel-how-5 = Le panel répond, puis travaille.
panel-how-5-text = Qui décline est remplacé par un nouveau tirage, selon les mêmes règles. La composition, les recommandations, leurs votes et les réponses officielles sont publics.
panel-how-fair = Ce que « juste » veut dire ici
panel-how-fair-text = Deux personnes du même profil, celles qui ont donné les mêmes réponses et dont le foyer se compose pareillement, ont exactement les mêmes chances.
panel-how-fair-leximin = Aucune autre loterie ne peut augmenter les plus petites chances sans en baisser d’autres, plus petites ou égales.
panel-how-chance = Pourquoi certaines personnes ont plus de chances que d’autres
panel-how-chance-text = Quand peu de volontaires ont une réponse que les quotas demandent, il faut prendre une plus grande part d’entre eux : leurs chances sont plus grandes. Les chances de chaque profil sont publiées.
panel-how-check = Comment vérifier
panel-how-check-text = Prenez les fichiers publiés sur la page du tirage, le programme Parvis, et tapez cette commande avec la graine : elle redonne la même loterie, le même billet, le même panel. La commande « parvis verify » le fait aussi, à partir du lot de données ouvertes.
panel-data-title = Vos données
panel-data-kept = Votre nom et votre contact servent à vous prévenir, et à rien d’autre. Seule l’équipe de ce panel les voit.
panel-data-until = Ce qui nomme les personnes est effacé le { $date }.
panel-data-published = Vos réponses aux critères sont publiées sous un pseudonyme tiré au hasard, pour que chacun puisse vérifier le tirage. Elles restent après l’effacement de votre nom.
panel-back = Retour au panel
panel-work = Le travail du panel
panel-join = Répondre à la lettre
panel-join-lede = Vous avez reçu une lettre : elle porte un code. Il suffit pour répondre, sans créer de compte.
panel-join-code = Code de la lettre
panel-join-code-hint = Douze signes, par exemple A3C4-9XKM-2T7W. Les majuscules et les tirets ne comptent pas.
panel-join-code-button = Continuer
panel-join-code-empty = Écrivez le code qui est sur la lettre.
panel-join-code-unknown = Ce code n’est celui d’aucune lettre de ce panel. Vérifiez chaque signe, ou appelez-nous.
panel-join-open = Sans lettre
panel-join-open-text = Ce panel accepte aussi les personnes qui n’ont pas reçu de lettre.
panel-join-open-button = Être volontaire
panel-join-letters-later = Les lettres ne sont pas encore parties : revenez avec le code de la vôtre.
panel-join-no-dates = Les dates de l’appel ne sont pas encore fixées.
panel-join-draft = Ce panel n’est pas encore publié.
panel-join-before = L’appel commence le { $date }.
panel-join-after = L’appel est clos depuis le { $date }.
panel-join-title = Être volontaire
panel-join-form-lede = Répondez à ces questions : il faut deux minutes. Vous serez peut-être tiré au sort, peut-être pas.
panel-join-name = Prénom et nom
panel-join-name-empty = Écrivez votre prénom et votre nom.
panel-join-contact = Téléphone ou adresse électronique
panel-join-contact-hint = Pour vous prévenir si vous êtes tiré au sort.
panel-join-contact-empty = Écrivez un numéro de téléphone ou une adresse électronique.
panel-join-contact-wrong = Écrivez une adresse électronique, ou un numéro d’au moins six chiffres.
panel-join-household = Adresse postale
panel-join-household-hint = Le panel prend une personne au plus par foyer : deux personnes du même foyer écrivent la même adresse. Elle n’est pas publiée.
panel-join-answer = Réponse
panel-join-answer-empty = Choisissez une réponse à la question « { $category } ».
panel-join-choose = Choisissez
panel-join-consent = J’accepte que mes réponses servent à ce tirage au sort et soient publiées sous un pseudonyme
panel-join-consent-empty = Il faut votre accord pour participer au tirage.
panel-join-button = Je suis volontaire
panel-join-no = Je ne suis pas volontaire
panel-join-twice = Une personne du même nom, avec le même contact, est déjà volontaire.
panel-done-yes = C’est noté : vous êtes volontaire
panel-done-before = Vous avez déjà répondu
panel-done-no = C’est noté : vous n’êtes pas volontaire
panel-done-yes-text = Merci. Nous vous préviendrons si vous êtes tiré au sort.
panel-done-no-text = Merci d’avoir répondu. Vous ne serez pas tiré au sort.
panel-done-pseudonym = Voici le pseudonyme qui vous désigne dans le vivier publié. Notez-le : lui seul vous permet de vous y retrouver.
panel-done-pool = Le vivier est publié sous ces pseudonymes avant le tirage.
panel-done-draw = Tirage : { $date }.
panel-done-withdraw = Je ne suis plus volontaire
panel-done-withdraw-text = Avant la publication du vivier, votre réponse disparaît. Après, elle y reste sous son pseudonyme, et votre nom est effacé.
panel-ceremony = La cérémonie du tirage
panel-ceremony-steps = Étapes du tirage
panel-ceremony-whole = Tout sur une page
panel-ceremony-play = Voir pas à pas, en grand
panel-step-1 = Ce qui était publié avant
panel-step-1-text = Publié le { $date } : le vivier, sous des pseudonymes, et les quotas de { $seats } sièges. Une seule ligne changée donnerait d’autres empreintes.
panel-step-1-replaced = Ce tirage remplace
panel-step-1-replaced-text = { $accepted ->
    [0] Personne ne garde son siège
    [one] Une personne garde son siège
   *[other] { $accepted } personnes gardent leur siège
} ; { $gone ->
    [0] aucune n’a décliné ni n’est partie
    [one] une personne a décliné ou est partie
   *[other] { $gone } personnes ont décliné ou sont parties
}.
panel-step-2 = D’où vient la graine
panel-step-2-text = Cette source était nommée avant le tirage, quand personne ne pouvait connaître la graine.
panel-step-2-drand = Ce tour a été annoncé avant d’exister : personne ne peut connaître d’avance ce que le réseau signera.
panel-step-3 = La loterie
panel-step-3-text = Chaque billet porte un panel complet qui respecte tous les quotas. Chaque personne a entre { $min } et { $max } de chances d’être tirée au sort.
panel-step-3-optimal = Aucune loterie n’est plus juste : la preuve est publiée.
panel-step-3-early = Le calcul a été arrêté avant la fin : une loterie un peu plus juste existe peut-être. Celle-ci respecte tous les quotas.
panel-step-3-deviation = Sur les billets, les chances de chaque personne sont celles-là à { $points } point de pourcentage près. L’écart ne peut pas dépasser { $bound } { $whole ->
    [one] point
   *[other] points
} : les sièges à tirer divisés par les billets ({ $seats } ÷ { $tickets }).
panel-step-3-same = Chaque billet porte un panel complet qui respecte tous les quotas. Chaque personne a { $chance } de chances d’être tirée au sort.
panel-step-4 = La graine
panel-step-4-text = Elle a été écrite telle quelle, une seule fois. Une autre serait refusée, et le refus inscrit dans le journal.
panel-step-4-drand = C’est le tour annoncé. Sa signature a été vérifiée avec la clé publique du réseau, et la graine est son empreinte (SHA-256).
panel-drand-signature = Signature du tour
panel-drand-fact-round = Tour
panel-drand-fact-chain = Chaîne
panel-drand-fact-key = Clé publique du réseau
panel-drand-check = Pour vérifier : lisez ce tour à l’adresse du réseau, comparez la signature, puis calculez son empreinte. La commande « parvis verify » vérifie aussi la signature, sans connexion.
panel-step-5 = Le billet tiré
panel-step-5-text = { $count ->
    [one] De la graine, un calcul public donne le seul billet.
   *[other] De la graine, un calcul public donne un numéro de 1 à { $count }, tous aussi probables.
}
panel-step-6 = Le panel
panel-step-6-people = Les personnes de ce billet
panel-step-6-met = Les quotas, et ce qu’ils deviennent
panel-paper = Cette page, avec les fichiers à télécharger pour tirer encore :
panel-again = Tirer encore
panel-again-text = Avec les fichiers de cette page : la première commande tire de la loterie publiée, la seconde recalcule la loterie entière.
panel-hash-pool = Empreinte du vivier (SHA-256)
panel-hash-quotas = Empreinte des quotas (SHA-256)
panel-hash-lottery = Empreinte de la loterie (SHA-256)
panel-program = Programme
panel-limit = Temps de calcul de la loterie
panel-limit-n = { $count } secondes au plus
panel-mail-hello = Bonjour { $name },
panel-mail-drawn-subject = Vous êtes tiré au sort : { $title }
panel-mail-drawn = Vous êtes tiré au sort parmi les volontaires de ce panel : { $title }.
panel-mail-drawn-means = Une place vous est proposée : { $seats } personnes y travailleront ensemble. Vous pouvez l’accepter ou la refuser, sans donner de raison.
panel-mail-allowance = Chaque séance est indemnisée : { $amount }.
panel-mail-drawn-answer = Dites-nous oui ou non avant le { $date } : répondez à ce message, ou appelez l’équipe du panel. Ensuite, la place pourra être proposée à une autre personne.
panel-mail-link = Le tirage, étape par étape : { $url } – votre pseudonyme y est { $pseudonym }.
panel-mail-replaced-subject = Votre place est donnée à une autre personne : { $title }
panel-mail-replaced = Vous étiez tiré au sort pour ce panel : { $title }. Comme vous n’y siégez pas, une autre personne a été tirée au sort, selon les mêmes règles.
panel-mail-replaced-means = Vous n’avez plus rien à faire. Merci d’avoir été volontaire.
panel-mail-foot = { $site } vous écrit parce que vous avez été volontaire pour ce panel.
panel-mail-until = Votre nom et votre adresse seront effacés le { $date }.
panel-journal = Journal public
panel-progress = La loterie est en cours de calcul : { $percent } % du chemin, { $panels ->
    [one] { $panels } panel trouvé
   *[other] { $panels } panels trouvés
}.
panel-failure-changed = Le vivier ou les quotas ne sont plus ceux qui ont été annoncés : la loterie n’a pas été calculée.
panel-failure-late = La loterie n’était pas prête avant le tour de drand annoncé : faite après, elle ne prouverait rien. Annulez cette annonce, choisissez une heure plus tardive, recommencez.
panel-failure-pool = Le vivier ne peut pas être lu avec ces quotas : une réponse n’a pas de quota, ou il ne reste personne.
panel-failure-quotas = Aucun panel ne respecte tous les quotas avec les personnes qui restent. Annulez cette annonce, corrigez, recommencez.
panel-failure-time = Le calcul n’a trouvé aucun panel dans le temps donné : des quotas plus larges aideront.
panel-failure-greedy = L’ancienne méthode n’a trouvé aucun panel : prenez Leximin.
panel-failure-numbers = Le calcul a rencontré des nombres qu’il ne sait pas traiter. Élargissez un quota d’un siège et recommencez.
panel-percent = { $figure } %
panel-probabilities = Les chances de chaque profil
panel-probabilities-lede = Chaque personne du vivier avait entre { $min } et { $max } de chances d’être tirée au sort.
panel-probabilities-text = Une ligne par profil : les personnes qui ont donné les mêmes réponses, et dont le foyer se compose pareillement, ont la même probabilité. « Billets » dit sur combien de billets chacune se trouve.
panel-composition = Le panel et la population
panel-composition-said = { $members ->
    [one] Une personne siège
   *[other] { $members } personnes siègent
} ; { $met ->
    [one] { $met } quota sur { $quotas } est respecté
   *[other] { $met } quotas sur { $quotas } sont respectés
}.
panel-composition-accepted = { $count ->
    [0] Personne n’a encore accepté
    [one] Une personne a accepté
   *[other] { $count } ont accepté
}, pour { $seats } sièges.
panel-picture-caption = La barre est la part du panel ; le trait, celle de la population.
panel-picture-caption-alone = La barre est la part du panel.
panel-picture-value = { $name } { $panel } du panel, { $population } de la population
panel-not-met = Quota non respecté :
panel-data-open = Les données
panel-data-open-text = Le vivier, les loteries, les graines et les recommandations sont dans le lot de données ouvertes ; n’importe qui y rejoue le tirage.
panel-bundle = Données ouvertes
panel-recommendations-n = { $count ->
    [0] Aucune recommandation.
    [one] Une recommandation.
   *[other] { $count } recommandations.
}
panel-recommendations-later = Le panel n’a pas encore rendu ses recommandations.
panel-evaluation = Ce qu’en pensent les membres
panel-evaluation-go = Répondre avec un code
panel-evaluation-see = Voir ce qu’en pensent les membres
panel-evaluation-lede = Vous avez été membre de ce panel : dites ce que vous en pensez, en deux minutes.
panel-evaluation-apart = Qui a répondu et ce qui a été répondu sont gardés à part : rien ne relie une réponse à une personne, ni à une heure.
panel-evaluation-texts = Les totaux sont publiés à partir de cinq réponses. Les textes libres ne sont pas publiés : seule l’équipe du panel les lit.
panel-evaluation-until = Ils sont effacés le { $date }, avec les noms.
panel-evaluation-code = Votre code
panel-evaluation-code-empty = Écrivez votre code : celui qu’on vous a remis, ou celui de votre lettre.
panel-evaluation-code-unknown = Ce code n’est celui d’aucun membre de ce panel. Vérifiez chaque signe, ou demandez-en un autre.
panel-evaluation-later = L’évaluation n’est pas ouverte : elle vient après les séances.
panel-evaluation-form-lede = Dites à quel point vous êtes d’accord avec chaque phrase.
panel-statement-fair = Le tirage au sort était juste.
panel-statement-voice = J’ai pu dire ce que je voulais.
panel-statement-balance = L’information montrait tous les points de vue.
panel-statement-trust = J’ai confiance : il sera répondu à nos recommandations.
panel-statement-again = Je recommencerais.
panel-scale-1 = Pas du tout d’accord
panel-scale-2 = Plutôt pas d’accord
panel-scale-3 = Entre les deux
panel-scale-4 = Plutôt d’accord
panel-scale-5 = Tout à fait d’accord
panel-evaluation-mark-empty = Choisissez une réponse à cette phrase.
panel-evaluation-comment = Autre chose à dire
panel-evaluation-comment-hint = N’écrivez rien qui vous nomme.
panel-evaluation-comment-long = Deux mille signes au plus.
panel-evaluation-button = Envoyer ma réponse
panel-evaluation-thanks = Merci : votre réponse est gardée
panel-evaluation-before = Vous avez déjà répondu
panel-evaluation-done = Une réponse par membre : elle ne peut plus changer, puisque rien ne dit laquelle est la vôtre.
panel-evaluation-said = La plupart des membres qui ont répondu sont d’accord avec { $count ->
    [one] { $count } phrase
   *[other] { $count } phrases
} sur { $all }.
panel-evaluation-answers = Réponses : { $count }, pour { $members ->
    [one] un membre
   *[other] { $members } membres
}.
panel-evaluation-caption = La barre pleine est la part des membres d’accord ; la suivante, celle des « entre les deux » ; le reste n’est pas d’accord.
panel-evaluation-bar = { $agree } d’accord, { $between } entre les deux, { $disagree } pas d’accord
panel-evaluation-table = Combien de membres ont choisi chaque réponse
panel-evaluation-statement = Phrase
panel-sessions = Les séances
panel-sessions-n = { $count ->
    [0] Aucune séance.
    [one] Une séance.
   *[other] { $count } séances.
}
panel-present-n = { $count ->
    [0] aucune personne présente
    [one] une personne présente
   *[other] { $count } personnes présentes
}
panel-adopted = Adoptée
panel-rejected = Rejetée
panel-not-voted = Pas encore votée
panel-vote-adopted = Adoptée par { $for } voix contre { $against }, { $abstain ->
    [0] sans abstention
    [one] avec une abstention
   *[other] avec { $abstain } abstentions
}.
panel-vote-rejected = Rejetée : { $for } voix pour, { $against } contre, { $abstain ->
    [0] sans abstention
    [one] avec une abstention
   *[other] avec { $abstain } abstentions
}.
panel-vote-tied = Rejetée, à égalité : { $for } voix pour et { $against } contre, { $abstain ->
    [0] sans abstention
    [one] avec une abstention
   *[other] avec { $abstain } abstentions
}.
panel-vote-working = { $counted ->
    [one] Un bulletin compté
   *[other] { $counted } bulletins comptés
} sur { $cast } : une voix par bulletin, une abstention est un bulletin blanc, et l’égalité ne change rien.
panel-answer = Réponse officielle
panel-answer-later = L’organisation n’a pas encore répondu.
panel-status-accepted = Retenue
panel-status-partly = Retenue en partie
panel-status-refused = Non retenue
panel-status-studied = À l’étude
panel-status-noted = Prise en note
