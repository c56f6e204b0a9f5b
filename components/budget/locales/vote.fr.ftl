# Le budget participatif : bulletin, décompte, résultats, simulateur.
# dynamic: budget-tool-
# dynamic: budget-face-
# dynamic: budget-rule-
# dynamic: budget-how-
# dynamic: budget-completion-
# dynamic: budget-satisfaction-
# dynamic: budget-tie-

budget-tool-name = Budget participatif
budget-tab-rules = Règles du vote
budget-tab-simulator = Simulateur
budget-tab-results = Résultats
budget-admin = Administration
budget-to-budget = Voir le budget
budget-action-results = Voir les résultats

# Le bulletin

budget-at = { $number ->
    [0] { "" }
   *[other] { " " }(enveloppe { $number })
  }
budget-envelope-of = enveloppe de { $amount }
budget-envelope-line = { $name }, enveloppe de { $amount }
budget-projects-on-ballot = { $count ->
    [one] un projet
   *[other] { $count } projets
  }
budget-district-choose = Votre quartier
budget-district-hint = Choisissez un seul quartier : vous votez dans celui-là, et dans les enveloppes de toute la ville.
budget-district-none = Aucun : je ne vote que pour toute la ville
budget-fill-approve = Cochez tous les projets qui vous conviennent.
budget-fill-knapsack = Cochez les projets que vous financeriez : leur coût total doit tenir dans l’enveloppe.
budget-fill-points = Répartissez vos points entre les projets, en donnant plus à ceux auxquels vous tenez le plus.
budget-fill-rank = Écrivez 1 devant le projet que vous préférez, 2 devant le suivant, et ainsi de suite.
budget-fill-plus-minus = Donnez vos votes plus et, si vous voulez, vos votes moins.
budget-print-approve = Cochez tous les projets qui vous conviennent.
budget-print-knapsack = Cochez les projets que vous financeriez. Si leur coût total dépasse l’enveloppe, le bulletin est nul.
budget-print-points = Écrivez dans chaque case combien de points vous donnez ; une case vide vaut zéro.
budget-print-rank = Écrivez 1 dans la case du projet que vous préférez, 2 dans la suivante, et ainsi de suite.
budget-print-plus-minus = Cochez vos votes plus et, si vous voulez, vos votes moins.
budget-print-district = Cochez la case d’un seul quartier, et ne votez que dans celui-là et dans les enveloppes de toute la ville.
budget-limit-most = { $count ->
    [one] Un projet au plus par enveloppe.
   *[other] { $count } projets au plus par enveloppe.
  }
budget-limit-least = { $count ->
    [one] Un projet au moins par enveloppe, ou aucun.
   *[other] { $count } projets au moins par enveloppe, ou aucun.
  }
budget-limit-share = Ensemble, ils coûtent au moins { $share } de chaque enveloppe, ou rien du tout.
budget-limit-points = { $count ->
    [one] Un point par enveloppe.
   *[other] { $count } points par enveloppe.
  }
budget-limit-plus = { $count ->
    [one] Un vote plus au plus par enveloppe.
   *[other] { $count } votes plus au plus par enveloppe.
  }
budget-limit-minus = { $count ->
    [0] Pas de vote moins.
    [one] Un vote moins au plus ; il faut deux votes plus pour chaque vote moins.
   *[other] { $count } votes moins au plus ; il faut deux votes plus pour chaque vote moins.
  }
budget-plus = Plus
budget-minus = Moins
budget-neither = Rien
budget-points = points
budget-rank = rang
budget-more = En savoir plus
budget-project-page = La page du projet
budget-spend-label = Part déjà utilisée
budget-spend-left = Il vous reste #.
budget-spend-over = Vous dépassez de # : retirez quelque chose.
budget-spend-short = Pas encore assez : il faut # de plus, ou aucun projet.
budget-word-project = { $title } ({ $cost })
budget-word-rank = { $rank }. { $name }
budget-word-points = { $count ->
    [one] { $name } : un point
   *[other] { $name } : { $count } points
  }
budget-word-plus = Plus : { $name }
budget-word-minus = Moins : { $name }
budget-word-total = Total : { $cost } sur { $amount }
budget-word-in = { $envelope } – { $what }
budget-word-blank = { $envelope } – bulletin blanc
budget-wrong-project = Un projet choisi n’est pas sur le bulletin.
budget-wrong-choice = Ces choix ne sont pas possibles sur ce bulletin{ budget-at }.
budget-wrong-mark = « { $value } » n’est ni un vote plus ni un vote moins{ budget-at }.
budget-wrong-points = « { $value } » n’est pas un nombre de points : écrivez 1, 2, 3…{ budget-at }
budget-wrong-rank = « { $value } » n’est pas un rang : écrivez 1, 2, 3…{ budget-at }
budget-wrong-equal = Deux projets ont le rang { $rank } : donnez à chacun le sien{ budget-at }.
budget-wrong-most = { $count ->
    [one] Vous avez choisi un projet : { $most } au plus{ budget-at }.
   *[other] Vous avez choisi { $count } projets : { $most } au plus{ budget-at }.
  }
budget-wrong-least = { $count ->
    [0] Vous n’avez choisi aucun projet : il en faut { $least }, ou rien du tout{ budget-at }.
    [one] Vous avez choisi un projet : il en faut { $least } au moins, ou aucun{ budget-at }.
   *[other] Vous avez choisi { $count } projets : il en faut { $least } au moins, ou aucun{ budget-at }.
  }
budget-wrong-cost = Vos projets coûtent { $cost } € pour une enveloppe de { $amount } € : retirez au moins { $over } €{ budget-at }.
budget-wrong-short = Vos projets coûtent { $cost } € : il faut au moins { $least } €, soit { $short } € de plus, ou rien du tout{ budget-at }.
budget-wrong-points-most = Vous avez donné { $sum } points : vous en avez { $points }{ budget-at }.
budget-wrong-plus-most = { $count ->
    [one] Vous avez donné un vote plus : { $most } au plus{ budget-at }.
   *[other] Vous avez donné { $count } votes plus : { $most } au plus{ budget-at }.
  }
budget-wrong-minus-most = { $count ->
    [one] Vous avez donné un vote moins : { $most } au plus{ budget-at }.
   *[other] Vous avez donné { $count } votes moins : { $most } au plus{ budget-at }.
  }
budget-wrong-minus-first = Il faut deux votes plus pour chaque vote moins{ budget-at }.
budget-wrong-district = Ce quartier n’est pas sur le bulletin.
budget-wrong-districts = Vous avez choisi des projets dans plusieurs quartiers : un seul est possible.
budget-wrong-which-district = Vous avez choisi des projets dans plusieurs quartiers : dites lequel est le vôtre{ budget-at }.
budget-wrong-other-district = Vous avez choisi un autre quartier : retirez les projets de celui-ci, ou changez de quartier{ budget-at }.
budget-wrong-missing = Ce bulletin ne dit rien d’une enveloppe où tout le monde vote.

# Comment ce vote fonctionne

budget-vote-how = Comment ce vote fonctionne
budget-vote-unchosen = Les règles du vote ne sont pas encore choisies. Elles seront écrites ici avant son ouverture, et scellées au premier vote.
budget-vote-fact-place = Où l’on vote
budget-vote-fact-channels = Façons de voter
budget-vote-fact-fill = Sur le bulletin
budget-vote-fact-change = Changer d’avis
budget-vote-fact-secret = Secret
budget-vote-fact-count = Comment un projet gagne
budget-vote-fact-ties = En cas d’égalité
budget-vote-age = Il faut avoir { $age } ans le jour où l’on vote.
budget-vote-any-age = Aucun âge n’est exigé.
budget-vote-list-districts = Secteurs : { $names }.
budget-vote-place-all = Dans chacune des { $count } enveloppes.
budget-vote-place-one = Dans un seul quartier, choisi librement parmi { $count }.
budget-vote-place-one-and-town = Dans un seul quartier, choisi librement parmi { $count }, et dans les enveloppes de toute la ville.
budget-vote-channels = On vote { $names }.
budget-vote-changeable = Jusqu’à la clôture, on peut remplacer un bulletin déposé sur un écran avec le code de son récépissé.
budget-vote-final = Un bulletin mis dans l’urne ne change plus.
budget-vote-secret = La liste dit qui a voté, l’urne ce qui a été voté ; rien ne relie l’une à l’autre. Le récépissé montre votre bulletin à qui le tient : gardez-le pour vous.
budget-vote-turnout = Participation
budget-vote-voters-n = { $count ->
    [0] Personne n’a voté.
    [one] Une personne a voté.
   *[other] { $count } personnes ont voté.
  }
budget-vote-of-lines = Participation : { $share } de la liste.
budget-vote-channel-n = { $name } : { $count }
budget-vote-hidden = Les résultats restent cachés à tout le monde jusqu’à la clôture de l’urne.

# Avant d’ouvrir

budget-missing-projects = Il faut au moins deux projets dans une enveloppe.
budget-missing-cost = Un projet coûte plus que son enveloppe : il ne pourrait jamais gagner.
budget-missing-amount = Une enveloppe qui a des projets n’a pas d’argent.
budget-missing-ties = Choisissez ce qui départage une égalité : un vote ne s’ouvre pas sans cette règle.
budget-missing-districts = Pour voter dans un seul quartier, il faut au moins deux enveloppes de quartier avec des projets.
budget-missing-points = Dites combien de points chaque personne répartit.
budget-missing-share = Dans une enveloppe, les projets qu’un bulletin peut contenir coûtent ensemble moins que la part demandée : personne ne pourrait remplir un bulletin.
budget-missing-roll = Importez la liste des personnes qui peuvent voter.

# Les règles

budget-sealed = Quelqu’un a voté : les règles, les enveloppes et les projets sont scellés jusqu’à la fin.
budget-rules-before = Ces règles peuvent changer jusqu’au premier vote ; ensuite elles sont scellées, et tout essai de les changer est inscrit au journal.
budget-rules-simulate = Essayer des règles sur un ancien budget
budget-rules-saved = C’est enregistré.
budget-rules-save = Enregistrer
budget-rules-ballot = Le bulletin
budget-rules-face = Comment on le remplit
budget-rules-face-empty = Choisissez comment le bulletin se remplit.
budget-face-approve = Cocher des projets
budget-face-knapsack = Remplir l’enveloppe
budget-face-points = Répartir des points
budget-face-rank = Classer les projets
budget-face-plus-minus = Votes plus et moins (D21)
budget-rules-reach = Où l’on vote
budget-reach-all = Dans toutes les enveloppes
budget-reach-one = Dans un quartier au choix, et dans les enveloppes de toute la ville
budget-rules-least = Projets au moins, par enveloppe
budget-rules-least-hint = Un bulletin blanc reste toujours possible. 0 : pas de minimum.
budget-rules-least-over = Ce minimum dépasse le maximum.
budget-rules-most = Projets au plus, par enveloppe
budget-rules-most-hint = Pour D21, le nombre de votes plus. Vide : pas de limite.
budget-rules-share = Remplir l’enveloppe : part minimale de chaque enveloppe, en pour cent
budget-rules-share-hint = Pour que personne ne choisisse un seul petit projet. Un bulletin blanc reste toujours possible. 0 : pas de minimum.
budget-rules-points = Points à répartir, par enveloppe (si l’on répartit des points)
budget-rules-minus = D21 : votes moins au plus
budget-rules-minus-hint = Deux votes plus sont exigés pour chaque vote moins. Un projet doit avoir plus de votes plus que de votes moins pour gagner.
budget-rules-minus-over = Il faut au moins deux votes plus pour chaque vote moins permis.
budget-rules-count = Le décompte
budget-rules-rule = Comment les bulletins font des projets retenus
budget-rules-rule-empty = Choisissez une règle.
budget-rule-greedy = Les plus demandés d’abord
budget-how-greedy = Les projets sont pris du plus au moins demandé pour ce qu’ils coûtent (avec la satisfaction par le coût : du plus au moins de voix) ; celui qui ne tient plus dans l’enveloppe est passé.
budget-rule-greedy-stop = Les plus demandés d’abord, jusqu’au premier qui ne tient pas
budget-how-greedy-stop = Comme la précédente, mais le décompte s’arrête au premier projet qui ne tient pas dans le reste de l’enveloppe.
budget-rule-greedy-score = Les plus hauts totaux d’abord
budget-how-greedy-score = Les projets sont pris du plus haut total de points au plus bas, quel que soit leur coût ; celui qui ne tient plus dans l’enveloppe est passé.
budget-rule-knapsack = La meilleure combinaison
budget-how-knapsack = Parmi toutes les combinaisons de projets qui tiennent dans l’enveloppe, celle qui donne le plus grand total de satisfaction.
budget-rule-equal-shares = Parts égales
budget-how-equal-shares = Chaque personne reçoit la même part de l’enveloppe ; les soutiens d’un projet le paient ensemble, aussi également que possible, en commençant par celui qui leur coûte le moins.
budget-rule-phragmen = Phragmén
budget-how-phragmen = Chaque personne gagne de l’argent à la même vitesse ; un projet est acheté dès que ses soutiens ont réuni son coût. Le décompte s’arrête au premier qui dépasserait l’enveloppe.
budget-rule-phragmen-skip = Phragmén, en passant ce qui dépasse
budget-how-phragmen-skip = Chaque personne gagne de l’argent à la même vitesse ; un projet est acheté dès que ses soutiens ont réuni son coût. Celui qui dépasserait l’enveloppe est passé.
budget-rule-joint = , { "" }
budget-rules-satisfaction = Ce qu’un projet retenu apporte à qui l’a choisi
budget-rules-satisfaction-hint = Sans effet avec Phragmén.
budget-rules-satisfaction-empty = Choisissez ce qu’un projet apporte.
budget-satisfaction-cost = satisfaction par le coût
budget-satisfaction-cardinality = satisfaction par le nombre
budget-satisfaction-points = satisfaction par les points
budget-satisfaction-borda = satisfaction par Borda
budget-satisfaction-ranks = satisfaction par les rangs
budget-how-satisfaction-cost = Autant que son coût : un grand projet compte plus qu’un petit.
budget-how-satisfaction-cardinality = La même chose pour chaque projet : c’est leur nombre qui compte.
budget-how-satisfaction-points = Les points qu’on lui a donnés ; avec D21, un vote plus vaut 1 et un vote moins vaut −1.
budget-how-satisfaction-borda = Selon son rang : 0 pour le dernier du bulletin, 1 pour l’avant-dernier, et ainsi de suite.
budget-how-satisfaction-ranks = Selon son rang : 1 pour le dernier du bulletin, 2 pour l’avant-dernier, et ainsi de suite.
budget-rules-completion = Parts égales : s’il reste de l’argent
budget-rules-completion-hint = Compte seulement pour les parts égales.
budget-completion-none = sans complément
budget-completion-greedy = complétées par les plus demandés
budget-completion-add1 = avec des parts agrandies
budget-completion-add1u = avec des parts agrandies, puis complétées par les plus demandés
budget-how-completion-none = Le reste n’est pas dépensé.
budget-how-completion-greedy = Le reste va aux projets les plus demandés qui y tiennent.
budget-how-completion-add1 = Le décompte recommence avec un peu plus d’argent par personne, tant que les projets retenus tiennent dans l’enveloppe.
budget-how-completion-add1u = Le décompte recommence avec un peu plus d’argent par personne, tant que les projets retenus tiennent dans l’enveloppe ; puis le reste va aux projets les plus demandés qui y tiennent.
budget-how-comparison = Si plus de personnes ont davantage de leurs projets parmi les plus demandés, c’est ce résultat qui vaut.
budget-how-threshold = Un projet doit avoir au moins { $votes } voix ou points pour pouvoir gagner.
budget-rules-comparison = Parts égales : comparer à la fin avec les plus demandés
budget-rules-comparison-hint = Si plus de personnes ont davantage de leurs projets parmi les plus demandés, c’est ce résultat qui vaut.
budget-rules-threshold = Voix nécessaires à un projet
budget-rules-threshold-hint = Des points quand la satisfaction va par points ; pour D21, les votes plus moins les votes moins. Vide : aucune, mais pour D21 il en faut une.
budget-rules-equal = En cas d’égalité
budget-rules-ties = Ce qui départage
budget-rules-ties-hint = Obligatoire avant l’ouverture.
budget-ties-by-votes = Le plus de voix, puis le coût le plus bas
budget-ties-by-cost = Le coût le plus bas, puis le plus de voix
budget-ties-order = L’ordre des projets sur le bulletin
budget-ties-lot = Un tirage au sort rejouable
budget-ties-said-by-votes = À égalité, le projet qui a le plus de voix l’emporte, puis le moins cher, puis le premier par son numéro.
budget-ties-said-by-cost = À égalité, le projet le moins cher l’emporte, puis celui qui a le plus de voix, puis le premier par son numéro.
budget-ties-said-order = À égalité, le projet placé avant l’autre sur le bulletin l’emporte.
budget-ties-said-lot = À égalité, un tirage au sort rejouable décide, à partir du texte public « { $seed } ».
budget-ties-said-lexicographic = À égalité, le premier numéro l’emporte, lu comme un texte.
budget-rules-seed = Texte public du tirage
budget-rules-seed-hint = Par exemple le numéro complet d’un tirage de loterie annoncé d’avance. Il est scellé et publié.
budget-rules-seed-empty = Écrivez le texte public du tirage au sort.
budget-rules-number = Écrivez un nombre entre { $min } et { $max }.
budget-rules-points-face = Les points demandent un bulletin où l’on répartit des points, ou D21.
budget-rules-rank-face = Borda et les rangs demandent un bulletin où l’on classe.
budget-rules-plus-minus-points = Avec D21, la satisfaction va par points : un vote plus vaut 1, un vote moins −1.
budget-rules-plus-minus-loads = Phragmén ne sait pas compter les votes moins : choisissez une autre règle.
budget-rules-score-cost = Cette règle va du plus haut total : choisissez les points, les rangs ou le nombre.
budget-rules-roll = La liste
budget-rules-age = Âge minimal
budget-rules-age-hint = Atteint le jour où l’on vote. Il faut une liste avec des dates de naissance.
budget-rules-districts = Secteurs de la liste qui votent, un par ligne
budget-rules-districts-hint = Tels que la liste les écrit. Vide : tous.
budget-rules-needs-list = L’âge et les secteurs demandent une liste importée : un compte ne les dit pas.
budget-rules-channels = Comment on vote
budget-rules-changeable = Un bulletin en ligne peut être remplacé jusqu’à la clôture
budget-rules-changeable-hint = Avec le code du récépissé seulement : personne d’autre ne retrouve le bulletin.
budget-rules-desk = On vote aussi au guichet, sur un écran
budget-rules-paper = On vote aussi sur papier
budget-rules-double = Chaque bulletin papier est saisi par deux personnes
budget-advice = À savoir avant d’ouvrir :
budget-advice-shares-alone = Sans complément, les parts égales laissent souvent une bonne partie de l’enveloppe.
budget-advice-greedy = Avec cette règle, une majorité qui vote de même peut emporter toute l’enveloppe.
budget-advice-knapsack = La meilleure combinaison est difficile à expliquer, et un projet très demandé peut perdre contre deux petits.
budget-advice-phragmen = Cette règle peut s’arrêter tôt et laisser beaucoup d’argent ; sa variante passe ce qui dépasse.
budget-advice-stop = Un seul projet cher peut arrêter le décompte et laisser de l’argent.
budget-advice-borda = Avec Borda, le dernier projet d’un bulletin ne reçoit rien : un bulletin d’un seul projet ne compte pas.
budget-advice-knapsack-most = L’enveloppe limite déjà le bulletin : un nombre de projets en plus le limite deux fois.
budget-advice-one = Avec un seul projet par bulletin, les voix se dispersent entre projets semblables.
budget-advice-plus-minus = Sans limite de votes plus, les votes moins ne sont pas limités par eux : dites combien de votes plus sont possibles.

# Les résultats

budget-results = Résultats
budget-results-wait = Les résultats seront publiés ici, après la clôture de l’urne.
budget-results-preview = Ces résultats ne sont pas encore publiés.
budget-results-closed-first = Fermez d’abord l’urne, depuis le procès-verbal.
budget-results-publish = Publier les résultats
budget-results-published = Résultats publiés
budget-results-already = Les résultats sont déjà publiés.
budget-results-done = Les résultats sont publiés, et leur empreinte est au journal.
budget-results-too-hard = Cette règle ne donne pas de résultat exact en un temps raisonnable sur ces bulletins. Rien n’est publié ; les bulletins restent dans l’urne close, et peuvent être comptés ailleurs à partir des données ouvertes.
budget-result-nobody = Personne n’a voté : il n’y a pas de résultat.
budget-result-lead = { $count ->
    [0] Aucun projet n’est retenu sur { $projects }, d’après { $ballots } ; { $spent } dépensés sur { $amount }.
    [one] Un projet est retenu sur { $projects }, pour { $spent } sur { $amount }, d’après { $ballots }.
   *[other] { $count } projets sont retenus sur { $projects }, pour { $spent } sur { $amount }, d’après { $ballots }.
  }
budget-result-envelope = { $count ->
    [0] Aucun projet n’est retenu : { $spent } dépensés sur { $amount }.{ $names }
    [one] Retenu : { $names }, pour { $spent } sur { $amount }.
   *[other] Retenus : { $names }, pour { $spent } sur { $amount }.
  }
budget-ballots-n = { $count ->
    [0] aucun bulletin
    [one] un bulletin
   *[other] { $count } bulletins
  }
budget-votes-n = { $count ->
    [0] aucune voix
    [one] une voix
   *[other] { $count } voix
  }
budget-won = Retenu
budget-lost = Non retenu
budget-picture = Voix de chaque projet, les projets retenus d’abord
budget-picture-cut = L’image montre les trente premiers ; le tableau les montre tous.
budget-bar-won = ✓ { $name } : { $votes }, { $cost }, retenu
budget-bar-lost = { $name } : { $votes }, { $cost }, non retenu
budget-table-projects = Tous les projets
budget-col-project = Projet
budget-col-cost = Coût
budget-col-votes = Voix
budget-col-score = Total
budget-col-result = Résultat
budget-col-rule = Règle
budget-col-winners = Retenus
budget-col-spent = Dépensé
budget-col-share = Ont un projet retenu
budget-col-each = Projets retenus par personne
budget-col-change = Ce qui changerait
budget-col-paid = Payé
budget-why = Pourquoi ?
budget-method-rule = Cette règle expliquée, avec un exemple
budget-method-completion = Ce qu’on fait de l’argent qui reste, expliqué
budget-method-reasons = Comment ces raisons et ces nombres sont trouvés
budget-working = Le décompte
budget-working-rule = Règle choisie avant l’ouverture et scellée au premier vote :
budget-working-rule-imported = Règle de ce décompte :
budget-rounds = Tour par tour
budget-ties-met = Les égalités rencontrées
budget-step-ballots = { $ballots } dans cette enveloppe, dont blancs : { $blank }. Un bulletin blanc compte parmi les bulletins.
budget-step-endowment = Part de chaque personne : { $amount }.
budget-step-passes = Les parts ont été agrandies, et le décompte refait { $count } fois.
budget-step-satisfied = Bulletins qui ont choisi au moins un projet retenu : { $count } ({ $share }).
budget-step-exhaustive = Aucun autre projet ne tient dans le reste de l’enveloppe.
budget-step-left = Un autre projet tiendrait dans le reste de l’enveloppe, mais la règle ne le retient pas.
budget-round-greedy = { $name } ({ $cost }) est pris avec { $votes } ; il reste ensuite { $left }.
budget-round-completion = { $name } ({ $cost }, { $votes }) est pris en complément, avec le reste de l’enveloppe ; il reste ensuite { $left }.
budget-round-knapsack = { $name } ({ $cost }) fait partie de la combinaison qui donne le plus grand total.
budget-round-free = { $name } ({ $cost }) ne coûte rien : il est pris d’abord.
budget-round-shares = { $count ->
    [one] { $name } ({ $cost }) est payé par une personne, { $price }.
   *[other] { $name } ({ $cost }) est payé par { $count } personnes, { $price }.
  }
budget-round-earnings = { $count ->
    [one] { $name } ({ $cost }) est acheté par une personne, qui a alors payé { $price } en tout.
   *[other] { $name } ({ $cost }) est acheté par { $count } personnes, dont chacune a alors payé { $price } en tout.
  }
budget-price-each = { $price } chacune au plus
budget-price-point = { $price } par point au plus
budget-tie-decisive = { $names } : égalité, tranchée par { $rule } en faveur de { $chosen }.
budget-tie-order-only = { $names } : égalité, tranchée par { $rule } en faveur de { $chosen } ; elle n’a changé que l’ordre.
budget-tie-lexicographic = le numéro
budget-tie-by-cost = le coût le plus bas
budget-tie-by-votes = le nombre de voix
budget-tie-order = l’ordre du bulletin
budget-tie-lot = le tirage au sort
budget-others = Simulation : d’autres règles sur les mêmes bulletins
budget-others-warning = Ceci n’est pas un résultat. La règle a été choisie avant l’ouverture ; les autres n’ont rien décidé. Avec une autre règle, on aurait peut-être voté autrement.
budget-others-warning-imported = Ceci n’est pas un résultat. Avec une autre règle, on aurait peut-être voté autrement.
budget-others-table = Les règles côte à côte
budget-others-own = La règle du vote
budget-others-more = En plus : { $names }.
budget-others-less = En moins : { $names }.
budget-others-same = Les mêmes projets.
budget-data = Les données
budget-data-text = Tous les bulletins sont publiés, mélangés, sans date ni nom. N’importe qui peut recompter avec la commande « parvis verify ».
budget-data-imported = Ces bulletins viennent d’un fichier public. N’importe qui peut recompter avec la commande « parvis verify ».
budget-data-web = en ligne
budget-data-desk = au guichet
budget-data-paper = sur papier
budget-data-hash = Empreinte des bulletins
budget-data-pb = Fichier Pabulib (.pb) : { $name }
budget-data-pb-blank = { $count ->
    [one] Un bulletin blanc n’y est pas, car ce format n’en connaît pas ; son commentaire le dit, et « parvis count budget » le compte.
   *[other] { $count } bulletins blancs n’y sont pas, car ce format n’en connaît pas ; son commentaire le dit, et « parvis count budget » les compte.
  }
budget-data-json = Les résultats et leur calcul (JSON)
budget-data-bundle = Télécharger les données ouvertes
budget-data-journal = Voir le journal
budget-imported-notice = Ce budget a eu lieu ailleurs. Il est recompté ici à partir d’un fichier public :
budget-imported-beyond = Bulletins au-delà de ce que le fichier permet, comptés tels qu’ils sont : { $beyond }. Bulletins illisibles, non comptés : { $unread }.
budget-official-same = Ce sont les projets que le fichier donne pour retenus.
budget-official-other = Le fichier donne d’autres projets pour retenus : l’organisation d’origine a suivi une autre règle, que ce décompte ne reproduit pas.
budget-official-only = Retenus d’après le fichier seulement : { $names }.
budget-official-not = Retenus par ce décompte seulement : { $names }.
budget-why-won = { $name } est retenu, pour { $cost }.
budget-why-lost = { $name } n’est pas retenu ; il coûte { $cost }.
budget-why-nobody = Personne n’a voté dans cette enveloppe : { $name } n’est pas retenu.
budget-why-votes = Voix : { $votes } sur { $ballots }.
budget-why-votes-minus = Voix pour : { $votes } ; votes moins : { $minus } ; sur { $ballots }.
budget-why-paying-less = { $count ->
    [one] Une personne a donné ses derniers euros et payé moins que les autres.
   *[other] { $count } personnes ont donné leurs derniers euros et payé moins que les autres.
  }
budget-why-completion = Les parts de ses soutiens ne suffisaient pas à le payer : il est pris avec l’argent que personne n’a dépensé.
budget-why-consoled = { $count ->
    [0] Aucun de ses soutiens ({ $share }) n’a un autre projet retenu.
    [one] Un de ses soutiens ({ $share }) a au moins un autre projet retenu.
   *[other] { $count } de ses soutiens ({ $share }) ont au moins un autre projet retenu.
  }
budget-lost-no-support = Personne ne l’a choisi.
budget-lost-minus = Ses votes plus moins ses votes moins font { $net } ; il faut { $votes } au moins.
budget-lost-threshold = Il n’atteint pas { $votes }, le minimum des règles.
budget-lost-over = Il coûte plus que toute l’enveloppe, { $amount }.
budget-lost-fit = Quand son tour est venu, il restait { $left } : il manquait { $missing }.
budget-lost-money = { $count ->
    [0] Dès le début, les parts de ses soutiens n’y suffisaient pas : ils avaient { $money } ensemble, il manquait { $missing }.
    [one] Après le premier tour, ses soutiens n’avaient plus assez : il leur restait { $money } ensemble, il manquait { $missing }.
   *[other] Après le tour { $count }, ses soutiens n’avaient plus assez : il leur restait { $money } ensemble, il manquait { $missing }.
  }
budget-lost-then = Puis, quand le reste de l’enveloppe a été distribué, il n’y avait plus que { $left } à son tour.
budget-lost-ended = Le décompte s’est arrêté avant son tour.
budget-lost-set = Une autre combinaison de projets donne un plus grand total.
budget-needed = Ce qui aurait suffi
budget-needed-hint = Ce nombre suppose des bulletins de plus qui ne nomment que ce projet, avec le plus de points qu’on lui a donnés s’il y a des points ; tout le reste ne change pas, et le décompte est refait en entier.
budget-needed-votes = { $count ->
    [one] Un bulletin de plus aurait suffi.
   *[other] { $count } bulletins de plus auraient suffi.
  }
budget-needed-out = Même quatre fois plus de bulletins n’auraient pas suffi.
budget-needed-unknown = Avec Borda, un bulletin qui ne nomme que ce projet ne lui donne rien : aucun nombre ne peut être dit.
budget-needed-not-sought = Ce nombre n’a pas été cherché pour ce projet : il y a trop de bulletins et de projets, et les projets les plus demandés passent d’abord.
budget-needed-cost = À { $cost }, soit { $less } de moins, il aurait été retenu.
budget-needed-cost-out = Moins cher, il n’aurait pas été retenu non plus, même à un euro.
budget-needed-cost-not-sought = Le coût auquel il aurait été retenu n’a pas été cherché : il y a trop de bulletins et de projets, et les projets les plus demandés passent d’abord.
budget-needed-cost-hint = Ce coût est cherché en euros entiers : tout le reste est inchangé, et le décompte entier est refait à chaque essai. Le projet gagne à ce coût, et non à un euro de plus. Avec les règles qui partagent l’argent ou cherchent la meilleure combinaison, un autre coût peut, rarement, suffire aussi.
budget-spent-on = Où est allé l’argent de ses soutiens
budget-all-results = Tous les résultats

budget-share = Ce que ma part a payé
budget-share-why = Chaque personne avait la même part, et a payé avec elle les projets retenus qu’elle avait choisis. L’urne ne sait pas qui vous êtes : cochez ce que vous aviez choisi, comme votre récépissé le montre. Rien n’en est gardé.
budget-share-button = Suivre ma part
budget-share-lead = { $count ->
    [0] Votre part, { $had }, n’a payé aucun projet retenu.
    [one] Votre part, { $had }, a aidé à payer un projet retenu.
   *[other] Votre part, { $had }, a aidé à payer { $count } projets retenus.
  }
budget-share-left = Ce qui reste de votre part à la fin du décompte : { $left }.
budget-share-rest = payé par aucune part

# Le simulateur

budget-simulator = Simulateur de règles
budget-simulator-lead = Essayez les règles de décompte sur un ancien budget, avant de choisir la vôtre. Rien n’est enregistré.
budget-simulator-from-file = Un fichier Pabulib
budget-simulator-file-hint = Un fichier .pb, comprimé ou non ; pabulib.org en publie plusieurs centaines. Il est lu, compté, et oublié.
budget-simulator-from-site = Un budget terminé de ce site
budget-simulator-try = Essayer
budget-simulator-which = Sur quel budget
budget-simulator-no-budget = Aucun : le fichier ci-dessus
budget-simulator-both = Choisissez un fichier ou un budget de ce site, pas les deux.
budget-simulator-neither = Choisissez un fichier, ou un budget de ce site.
budget-simulator-shared = Avec quelles autres règles
budget-simulator-shared-said = Pour toutes les règles :
budget-simulator-seed-hint = N’importe quel texte, pour voir ce que ferait un tirage au sort.
budget-simulator-threshold-hint = Des points quand la satisfaction va par points ; avec des votes plus et moins, les plus moins les moins. Vide : aucune, mais une pour un budget de ce site avec des votes moins.
budget-simulator-button = Comparer les règles
budget-simulator-result = Les règles, côte à côte :
budget-simulator-differ = { $count ->
    [0] Toutes les règles donnent les mêmes projets partout (enveloppes : { $total }).
    [one] Les règles donnent des projets différents dans une enveloppe sur { $total }.
   *[other] Les règles donnent des projets différents dans { $count } enveloppes sur { $total }.
  }
budget-simulator-projects = Les projets, du plus au moins demandé ; les lettres sont celles des règles
budget-simulator-projects-differ = { $count ->
    [0] Toutes les règles retiennent les mêmes projets.
    [one] Un projet dépend de la règle.
   *[other] { $count } projets dépendent de la règle.
  }
budget-simulator-left-out = Non comptées ici, faute d’un résultat exact en un temps raisonnable : { $rules }.

# L’import

budget-import = Importer un budget (Pabulib)
budget-import-data = Données
budget-import-lead = Un fichier Pabulib devient un budget terminé, dans une démarche à lui, avec ses résultats recomptés. Importer deux fois le même fichier ne change rien.
budget-import-file = Fichier .pb
budget-import-file-hint = Au format Pabulib, comprimé par gzip ou non, 10 Mo au plus.
budget-import-file-missing = Choisissez un fichier.
budget-import-title = Titre de la démarche
budget-import-check = Vérifier
budget-import-write = Importer
budget-import-checked = Ce que contient le fichier
budget-import-there = Ce fichier est déjà importé.
budget-import-projects = Projets
budget-import-ballots = Bulletins comptés
budget-import-beyond = Au-delà de ce que le fichier permet
budget-import-unread = Illisibles
budget-import-rule = Règle
budget-import-winners = Projets retenus
budget-import-warnings = Ce qui étonne dans le fichier
budget-import-warning = Ligne { $line } : le total annoncé n’est pas celui du fichier.
budget-import-already = Ce fichier était déjà importé : rien n’a changé.
budget-import-done = Le budget est importé.
budget-pb-at = { $line ->
    [0] { "" }
   *[other] Ligne { $line } :{ " " }
  }
budget-pb-gzip = { budget-pb-at }Le fichier comprimé est coupé ou abîmé.
budget-pb-long = { budget-pb-at }Le fichier est trop long une fois décomprimé.
budget-pb-not-text = { budget-pb-at }Ce n’est pas du texte UTF-8.
budget-pb-empty = { budget-pb-at }Le fichier est vide.
budget-pb-no-section = { budget-pb-at }Cette ligne vient avant toute section ; la première ligne doit être META.
budget-pb-section-twice = { budget-pb-at }La section { $name } est là deux fois.
budget-pb-section-missing = { budget-pb-at }La section { $name } manque ; l’ordre est META, PROJECTS, VOTES.
budget-pb-no-header = { budget-pb-at }La section { $name } n’a pas de ligne de noms de colonnes.
budget-pb-no-column = { budget-pb-at }La section { $name } n’a pas de colonne { $column }.
budget-pb-column-twice = { budget-pb-at }La colonne { $name } est là deux fois.
budget-pb-fields = { budget-pb-at }{ $fields } cases pour { $columns } colonnes.
budget-pb-quote = { budget-pb-at }Un guillemet est ouvert et jamais fermé.
budget-pb-key-twice = { budget-pb-at }{ $name } est là deux fois.
budget-pb-key-missing = { budget-pb-at }META ne dit pas { $name }.
budget-pb-number = { budget-pb-at }{ $name } : « { $value } » n’est pas un nombre.
budget-pb-precise = { budget-pb-at }{ $name } : « { $value } » a trop de décimales.
budget-pb-large = { budget-pb-at }{ $name } : « { $value } » est trop grand.
budget-pb-not-whole = { budget-pb-at }{ $name } : « { $value } » n’est pas un nombre entier.
budget-pb-kind = { budget-pb-at }« { $value } » n’est pas une sorte de bulletin : approval, choose-1, cumulative, scoring ou ordinal.
budget-pb-project-twice = { budget-pb-at }Le projet { $name } est là deux fois.
budget-pb-project-no-id = { budget-pb-at }Un projet n’a pas de numéro.
budget-pb-cost = { budget-pb-at }Le coût du projet { $name } est négatif : { $value }.
budget-pb-negative-budget = { budget-pb-at }L’enveloppe est négative : { $value }.
budget-pb-amount = { budget-pb-at }Un montant est trop grand ou trop précis : { $value }.
budget-pb-many = { budget-pb-at }Il y a plus de { $value } projets ou bulletins.
budget-pb-voter-twice = { budget-pb-at }Le bulletin { $name } est là deux fois.
budget-pb-no-voter = { budget-pb-at }Un bulletin n’a pas de numéro.
budget-pb-ballot-project = { budget-pb-at }Le bulletin { $name } nomme le projet { $value }, qui n’existe pas.
budget-pb-ballot = { budget-pb-at }Le bulletin { $name } ne peut pas être compté.
budget-pb-cents = { $name } : « { $value } » a plus de deux décimales ou est trop grand, et ce site compte en centimes.
budget-pb-refused = Ce budget ne peut pas être compté.
budget-pb-other = { budget-pb-at }Cette ligne ne peut pas être lue.
