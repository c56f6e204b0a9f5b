# Le vote : options, bulletin, dépouillement.
# dynamic: vote-tool-
# dynamic: vote-method-
# dynamic: vote-how-
# dynamic: vote-grade-

vote-tool-name = Vote sur des options
vote-tab-dashboard = Vue d’ensemble
vote-tab-options = Options
vote-tab-rules = Règles
vote-tab-results = Résultats
vote-options = Les options
vote-options-none = Aucune option n’est encore écrite.
vote-options-n = { $count ->
    [one] Une option
   *[other] { $count } options
}
vote-voters-n = { $count ->
    [0] Personne n’a encore voté.
    [one] Une personne a voté.
   *[other] { $count } personnes ont voté.
}
vote-of-lines = Participation : { $share } de la liste.
vote-action-vote = Voter
vote-action-results = Voir les résultats
vote-action-read = Lire les options
vote-status-soon = Pas encore ouvert
vote-status-open = Vote ouvert
vote-status-closed = Vote clos
vote-more = En savoir plus
vote-how-title = Comment on vote, comment on compte
vote-fact-method = Méthode
vote-fact-fill = Sur le bulletin
vote-fact-seats = À élire
vote-fact-ties = En cas d’égalité
vote-fact-chosen = Lecture des bulletins
vote-chosen-blank-worst = Une option sans note reçoit la note la plus basse.
vote-chosen-blank-exclude = Une option sans note n’est jugée que par les personnes qui l’ont notée.
vote-chosen-margins = La force d’un duel est sa marge : les bulletins pour, moins les bulletins contre.
vote-chosen-winning-votes = La force d’un duel est le nombre de bulletins qui préfèrent le gagnant, quel que soit le nombre de bulletins contre.
vote-chosen-borda-zero = Les options laissées de côté ne reçoivent aucun point.
vote-chosen-borda-average = Les options laissées de côté se partagent à parts égales les points qui restent.
vote-chosen-borda-modified = Les options laissées de côté ne reçoivent aucun point, et un bulletin donne d’autant moins de points qu’il classe moins d’options.
vote-fact-change = Changer d’avis
vote-fact-secret = Secret
vote-seats-n = { $count ->
    [one] Une option gagne.
   *[other] { $count } options gagnent.
}
vote-min-age = Il faut avoir { $age } ans le jour où l’on vote.
vote-districts = Secteurs : { $names }.
vote-changeable = Jusqu’à la clôture, on peut remplacer son bulletin avec le code de son récépissé.
vote-final = Un bulletin mis dans l’urne ne change plus.
vote-secret = La liste dit qui a voté, l’urne ce qui a été voté ; rien ne relie l’une à l’autre. Le récépissé montre votre bulletin à qui le tient : gardez-le pour vous.
vote-turnout = Participation
vote-hidden = Les résultats restent cachés à tout le monde jusqu’à la clôture de l’urne.
vote-ties-unchosen = La règle n’est pas encore choisie.
vote-ties-said-open = Rien ne départage : les options à égalité gagnent ensemble, et l’organisation dit ce qu’elle en fait.
vote-ties-said-options = L’option placée avant l’autre sur le bulletin l’emporte.
vote-ties-said-lot = Tirage au sort rejouable, à partir du texte public « { $seed } ».
vote-fill-one = Choisissez une option.
vote-fill-rank = Écrivez 1 devant l’option que vous préférez, 2 devant la suivante, et ainsi de suite.
vote-fill-approve = Cochez toutes les options qui vous conviennent.
vote-fill-plus-minus = Donnez vos votes plus et, si vous voulez, vos votes moins.
vote-fill-grade = Donnez à chaque option la note qu’elle mérite, sans les comparer.
vote-fill-points = Répartissez vos crédits : un vote coûte 1, deux votes 4, trois votes 9. Un nombre négatif vote contre.
vote-print-one = Cochez une seule case.
vote-print-rank = Écrivez 1 dans la case de l’option que vous préférez, 2 dans la suivante, et ainsi de suite.
vote-print-approve = Cochez toutes les options qui vous conviennent.
vote-print-plus-minus = Cochez vos votes plus et, si vous voulez, vos votes moins.
vote-print-grade = Cochez une note sur chaque ligne.
vote-print-points = Écrivez dans chaque case combien de votes vous donnez ; un vote coûte 1, deux votes 4, trois votes 9.
vote-limit-approve = { $count ->
    [one] Une option au plus.
   *[other] { $count } options au plus.
}
vote-limit-plus-minus = Au plus { $plus } et { $minus } ; il faut deux votes plus pour chaque vote moins.
vote-limit-plus-alone = Au plus { $plus }.
vote-limit-plus = { $count ->
    [one] { $count } vote plus
   *[other] { $count } votes plus
}
vote-limit-minus = { $count ->
    [one] { $count } vote moins
   *[other] { $count } votes moins
}
vote-limit-points = { $credits } crédits.
vote-limit-strict = Un rang différent pour chaque option classée ; vous pouvez en laisser de côté.
vote-limit-rank = Deux options peuvent avoir le même rang ; celles que vous laissez de côté viennent après.
vote-rank = rang
vote-points = votes
vote-plus = Plus
vote-minus = Moins
vote-none = Rien
vote-no-grade = Sans note
vote-blank = Bulletin blanc
vote-grade-6 = Excellent
vote-grade-5 = Très bien
vote-grade-4 = Bien
vote-grade-3 = Assez bien
vote-grade-2 = Passable
vote-grade-1 = Insuffisant
vote-grade-0 = À rejeter
vote-word-rank = { $rank }. { $names }
vote-word-plus = Plus : { $name }
vote-word-minus = Moins : { $name }
vote-word-grade = { $name } : { $grade }
vote-word-points = { $name } : { $votes }
vote-wrong-option = Ce choix n’est pas sur le bulletin.
vote-wrong-rank = « { $value } » n’est pas un rang : écrivez 1, 2, 3…
vote-wrong-equal = Deux options ont le même rang : cette méthode en veut un par option.
vote-wrong-approve-most = Vous avez coché { $count } options : { $most } au plus.
vote-wrong-plus-most = Vous avez donné { $count } votes plus : { $most } au plus.
vote-wrong-minus-most = Vous avez donné { $count } votes moins : { $most } au plus.
vote-wrong-minus-first = Il faut deux votes plus pour chaque vote moins.
vote-wrong-grade = Cette note n’existe pas.
vote-wrong-points = « { $value } » n’est pas un nombre de votes.
vote-wrong-credits = Votre bulletin coûte { $cost } crédits : vous en avez { $credits }.
vote-missing-options = Écrivez au moins deux options.
vote-missing-ties = Choisissez ce qui départage une égalité : un vote ne s’ouvre pas sans cette règle.
vote-missing-seats = Il doit y avoir plus d’options que de places.
vote-missing-kemeny = Kemeny ne se compte exactement à coup sûr que jusqu’à 20 options : choisissez une autre méthode, ou moins d’options.
vote-missing-seed = Écrivez le texte public du tirage au sort.
vote-missing-roll = Importez la liste des personnes qui peuvent voter.
vote-sealed = Quelqu’un a voté : les règles et les options sont scellées jusqu’à la fin.
vote-saved = C’est enregistré.
vote-removed = L’option est supprimée.
vote-save = Enregistrer
vote-cancel = Annuler
vote-up = Monter
vote-down = Descendre
vote-delete = Supprimer
vote-language-fr = français
vote-language-en = anglais
vote-in-language = { $label } ({ $language })
vote-option-new = Ajouter une option
vote-option-edit = Modifier
vote-option-title = Nom de l’option
vote-option-title-empty = Donnez un nom à l’option.
vote-option-body = Présentation
vote-option-link = Adresse où en lire plus
vote-option-link-wrong = Écrivez une adresse qui commence par https://.
vote-option-picture = Image
vote-option-picture-hint = PNG, JPEG ou WebP. Elle est réduite, et débarrassée du lieu et de la date.
vote-option-picture-wrong = Cette image ne se lit pas, ou elle est trop grande.
vote-option-picture-remove = Retirer l’image
vote-option-alt = Ce que montre l’image, en mots
vote-option-alt-empty = Dites en mots ce que montre l’image, pour qui ne la voit pas.
vote-options-most = Un vote compte au plus 60 options.
vote-rules-before = Ces règles peuvent changer jusqu’au premier vote ; ensuite elles sont scellées, et tout essai de les changer est inscrit au journal.
vote-rules-method-empty = Choisissez une méthode.
vote-rules-seats = Combien d’options gagnent
vote-rules-seats-one = Cette méthode élit une seule option.
vote-rules-number = Écrivez un nombre entre { $min } et { $max }.
vote-rules-limits = Limites du bulletin
vote-rules-limits-hint = Seules comptent celles de la méthode choisie.
vote-rules-most = Approbation : options au plus
vote-rules-plus = D21 : votes plus
vote-rules-minus = D21 : votes moins
vote-rules-minus-hint = Deux votes plus sont demandés pour chaque vote moins. Laissé vide : un vote moins, s’il y a deux votes plus.
vote-rules-minus-most = Deux votes plus sont demandés pour chaque vote moins : votes moins, { $most } au plus ici.
vote-rules-plus-hint = Laissé vide : un de plus que les options gagnantes, deux de plus dès 8 options, trois dès 16 ; jamais un pour chaque option.
vote-rules-plus-here = { $count ->
    [one] Ici : { $count } vote plus.
   *[other] Ici : { $count } votes plus.
}
vote-rules-plus-all = Votes plus : { $count }. Un vote plus pour chaque option ne choisit rien : { $most } au plus ici.
vote-rules-plus-few = D21 donne d’ordinaire plus de votes plus que d’options gagnantes : ici il n’y en a pas davantage.
vote-missing-plus = Il faut moins de votes plus que d’options : revoyez les règles.
vote-rules-credits = Vote quadratique : crédits
vote-rules-max-grade = Score : note la plus haute (1 à 10)
vote-rules-blank = Notes : une option sans note
vote-blank-worst = Reçoit la note la plus basse
vote-blank-exclude = Est jugée par les seules personnes qui l’ont notée
vote-rules-strength = Schulze, paires ordonnées, minimax : la force d’un duel
vote-rules-strength-hint = Les deux mesures sont usuelles et peuvent désigner des options différentes.
vote-strength-margins = La marge : bulletins pour, moins bulletins contre
vote-strength-winning-votes = Les votes du gagnant : bulletins pour, seuls
vote-rules-ties = Ce qui départage
vote-rules-ties-hint = Obligatoire avant l’ouverture.
vote-ties-open = Rien : les options à égalité gagnent ensemble
vote-ties-options = L’ordre des options sur le bulletin
vote-ties-lot = Un tirage au sort rejouable
vote-rules-seed = Texte public du tirage
vote-rules-seed-hint = Par exemple le numéro complet d’un tirage de loterie annoncé d’avance. Il est scellé et publié.
vote-rules-roll = La liste
vote-rules-age = Âge minimal
vote-rules-age-hint = Atteint le jour où l’on vote. Il faut une liste avec des dates de naissance.
vote-rules-districts = Secteurs qui votent, un par ligne
vote-rules-districts-hint = Tels que la liste les écrit. Vide : tous.
vote-rules-needs-list = L’âge et les secteurs demandent une liste importée : un compte ne les dit pas.
vote-rules-channels = Comment on vote
vote-rules-changeable = Un bulletin en ligne peut être remplacé jusqu’à la clôture
vote-rules-changeable-hint = Avec le code du récépissé seulement : personne d’autre ne retrouve le bulletin.
vote-rules-desk = On vote aussi au guichet, sur un écran
vote-rules-paper = On vote aussi sur papier
vote-rules-double = Chaque bulletin papier est saisi par deux personnes
vote-admin-opening = Ouvrir le vote
vote-admin-ready = Tout est prêt. Une fois publié, le vote s’ouvre et se ferme à ses dates, à la milliseconde.
vote-admin-publish = Publier le vote
vote-admin-preview = Aperçu du bulletin
vote-admin-missing = Avant de publier :
vote-admin-process = La démarche et ses étapes
vote-admin-see = Voir la page publique
vote-admin-next = Et maintenant
vote-admin-next-open = À la fin du vote, saisissez les derniers bulletins papier, puis fermez l’urne depuis le procès-verbal.
vote-admin-next-close = Le vote est terminé. Réglez les bulletins papier, puis fermez l’urne.
vote-admin-next-results = L’urne est close. Relisez les résultats, puis publiez-les.
vote-results = Résultats
vote-results-wait = Les résultats seront publiés ici, après la clôture de l’urne.
vote-results-preview = Ces résultats ne sont pas encore publiés.
vote-results-closed-first = Fermez d’abord l’urne, depuis le procès-verbal.
vote-results-publish = Publier les résultats
vote-results-published = Résultats publiés
vote-results-already = Les résultats sont déjà publiés.
vote-results-done = Les résultats sont publiés, et leur empreinte est au journal.
vote-result-nobody = Personne n’a voté : il n’y a pas de résultat.
vote-result-blank = Tous les bulletins sont blancs : il n’y a pas de résultat.
vote-result-tied = Égalité entre { $names } : la règle choisie ne les départage pas.
vote-result-won = { $count ->
    [one] { $names } l’emporte, sur { $ballots } bulletins.
   *[other] { $names } l’emportent, sur { $ballots } bulletins.
}
vote-winner = Gagne
vote-picture = Les options, de la première à la dernière : { $unit }
vote-col-rank = Rang
vote-col-option = Option
vote-col-mean = Moyenne
vote-col-defeat = Pire duel
vote-col-against = Contre
vote-col-prefer = Préfèrent…
vote-unit-votes = voix
vote-unit-first-round = voix au premier tour
vote-unit-last-round = voix au dernier tour où l’option est restée
vote-unit-approvals = approbations
vote-unit-net = plus moins moins
vote-unit-score = total des notes
vote-unit-points = points
vote-unit-merit = mention majoritaire
vote-unit-duels = duels gagnés
vote-unit-most-votes = voix au plus haut
vote-working = Le dépouillement, pas à pas
vote-working-method = Méthode choisie avant l’ouverture et scellée au premier vote :
vote-step-ballots = { $ballots } bulletins dans l’urne, { $counted } comptés par cette méthode.
vote-rejected-blank = { $count ->
    [one] Un bulletin blanc.
   *[other] { $count } bulletins blancs.
}
vote-rejected-equal = { $count ->
    [one] Un bulletin écarté : deux options au même rang.
   *[other] { $count } bulletins écartés : deux options au même rang.
}
vote-rejected-approvals = { $count ->
    [one] Un bulletin écarté : trop d’options cochées.
   *[other] { $count } bulletins écartés : trop d’options cochées.
}
vote-rejected-plus = { $count ->
    [one] Un bulletin écarté : trop de votes plus.
   *[other] { $count } bulletins écartés : trop de votes plus.
}
vote-rejected-minus = { $count ->
    [one] Un bulletin écarté : trop de votes moins.
   *[other] { $count } bulletins écartés : trop de votes moins.
}
vote-rejected-minus-first = { $count ->
    [one] Un bulletin écarté : un vote moins sans deux votes plus.
   *[other] { $count } bulletins écartés : un vote moins sans deux votes plus.
}
vote-rejected-credits = { $count ->
    [one] Un bulletin écarté : plus de crédits qu’il n’en a.
   *[other] { $count } bulletins écartés : plus de crédits qu’ils n’en ont.
}
vote-table-votes = Voix de chaque option
vote-table-first-round = Premier tour
vote-table-approvals = Approbations de chaque option
vote-table-marks = Votes plus et votes moins
vote-table-scores = Notes de chaque option
vote-table-points = Points de chaque option
vote-table-grades = Combien de personnes ont donné chaque note
vote-table-duels = Combien de bulletins préfèrent l’option de la ligne à celle de la colonne
vote-table-paths = Force du meilleur chemin, de la ligne vers la colonne
vote-table-copeland = Deux points par duel gagné, un par duel nul
vote-table-worst = Pire duel de chaque option
vote-step-round = Tour { $number }
vote-step-stage = Étape { $number }
vote-step-majority = Une option a plus de la moitié des voix : il n’y a pas de second tour.
vote-step-second-round = { $first } a { $for-first } voix, { $second } en a { $for-second }.
vote-step-runoff-title = Le duel des deux premières
vote-step-runoff = { $for-first } bulletins préfèrent { $first }, { $for-second } préfèrent { $second }, { $neither } n’en préfèrent aucune.
vote-step-eliminated = { $name } a le moins de voix et quitte le dépouillement ; ses bulletins vont à leur choix suivant.
vote-step-exhausted = { $votes } voix ne vont plus à personne : ces bulletins ne classent aucune option restante.
vote-step-duels = Tous les duels
vote-step-condorcet = { $name } gagne son duel contre chacune des autres.
vote-step-no-condorcet = Aucune option ne gagne tous ses duels.
vote-step-duels-won = { $count ->
    [0] { $name } ne gagne aucun duel.
    [one] { $name } gagne un duel.
   *[other] { $name } gagne { $count } duels.
}
vote-step-paths = Les chemins les plus forts
vote-step-paths-text = Quand les duels tournent en rond, on compare les chemins : un chemin vaut son duel le plus faible. Une option passe devant une autre si son meilleur chemin vers elle est plus fort que le retour.
vote-step-pairs = Les duels, du plus net au moins net
vote-step-locked = { $winner } devant { $loser } (force { $strength }) : retenu.
vote-step-unlocked = { $winner } devant { $loser } (force { $strength }) : écarté, il contredit les précédents.
vote-step-kemeny-title = Le classement le moins contredit
vote-step-kemeny = { $names } : les bulletins contredisent ce classement { $count } fois, et aucun autre moins.
vote-step-kemeny-other = Un autre classement est aussi peu contredit ; la règle d’égalité a choisi.
vote-step-quota = Il faut { $quota } voix pour être élu (quota de Droop).
vote-step-medians = La mention de chaque option
vote-step-merit = { $name } : la moitié au moins des personnes lui donnent « { $grade } » ou mieux ; { $above } donnent mieux, { $below } donnent moins bien.
vote-stage-first = Chaque bulletin va à son premier choix.
vote-stage-surplus = { $name } a { $votes } voix de trop : elles vont aux choix suivants.
vote-stage-exclude = { $name } a le moins de voix et quitte le dépouillement.
vote-stage-iterate = Les parts gardées par les élus sont ajustées jusqu’à ce qu’il reste { $votes } voix de trop.
vote-stage-fill = Il reste autant d’options que de places.
vote-stage-elected = { $count ->
    [one] { $names } est élu.
   *[other] { $names } sont élus.
}
vote-ties-met = Égalités rencontrées
vote-tie-open = { $names } : égalité laissée ouverte.
vote-tie-broken = { $names } : égalité, départagée par { $rule } en faveur de { $chosen }.
vote-tie-earlier-rounds = les tours précédents
vote-tie-first-round = le premier tour
vote-tie-duels = leurs duels
vote-tie-score = le total des notes
vote-tie-highest-grades = le nombre de notes les plus hautes
vote-tie-options = l’ordre des options
vote-tie-order = l’ordre publié
vote-tie-lot = le tirage au sort
vote-tie-unresolved = rien
vote-others = Simulation : d’autres méthodes sur les mêmes bulletins
vote-others-warning = Ceci n’est pas un résultat. La méthode a été choisie avant l’ouverture ; les autres n’ont rien décidé. Avec une autre méthode, les gens auraient peut-être voté autrement.
vote-others-winner = Aurait gagné
vote-others-same = Même résultat
vote-others-yes = Oui
vote-others-no = Non
vote-others-derived = bulletins convertis
vote-others-note = Bulletins convertis : la méthode demande un autre bulletin ; il est déduit de celui qui a été rempli.
vote-data = Les données
vote-data-text = Tous les bulletins sont publiés, mélangés, sans date et sans nom. Quiconque peut refaire le compte avec la commande « parvis verify ».
vote-data-web = en ligne
vote-data-desk = au guichet
vote-data-paper = sur papier
vote-data-hash = Empreinte des bulletins
vote-data-bundle = Télécharger les données ouvertes
vote-data-journal = Voir le journal
vote-method-plurality = Majorité simple
vote-how-plurality = Chaque personne donne une voix ; l’option qui en a le plus gagne.
vote-method-two-round = Deux tours
vote-how-two-round = Si une option a plus de la moitié des premiers choix, elle gagne ; sinon les deux premières s’affrontent, d’après les mêmes bulletins classés.
vote-method-approval = Approbation
vote-how-approval = On coche toutes les options qui conviennent ; la plus cochée gagne.
vote-method-d21 = D21 (Janeček)
vote-how-d21 = On donne plusieurs votes plus et quelques votes moins ; la plus grande différence gagne.
vote-method-score = Note
vote-how-score = On note chaque option ; le total le plus haut gagne.
vote-method-star = STAR
vote-how-star = On note chaque option de 0 à 5 ; les deux plus hauts totaux s’affrontent, et celle que le plus de bulletins préfèrent gagne.
vote-method-borda = Borda
vote-how-borda = On classe ; chaque rang vaut des points, le total le plus haut gagne.
vote-method-majority-judgement = Jugement majoritaire
vote-how-majority-judgement = On donne une mention à chaque option ; celle dont la mention médiane est la meilleure gagne.
vote-method-irv = Vote alternatif
vote-how-irv = On classe ; l’option qui a le moins de voix est éliminée, tour après tour, jusqu’à une majorité.
vote-method-schulze = Schulze
vote-how-schulze = On classe ; chaque paire d’options fait un duel, et les chemins de duels les plus forts décident.
vote-method-ranked-pairs = Paires ordonnées
vote-how-ranked-pairs = On classe ; les duels sont retenus du plus net au moins net, sauf ceux qui contredisent les précédents.
vote-method-copeland = Copeland
vote-how-copeland = On classe ; l’option qui gagne le plus de duels l’emporte.
vote-method-minimax = Minimax
vote-how-minimax = On classe ; l’option dont la pire défaite est la moins lourde l’emporte.
vote-method-kemeny = Kemeny
vote-how-kemeny = On classe ; on retient le classement que les bulletins contredisent le moins.
vote-method-stv-scottish = Vote unique transférable (Écosse)
vote-how-stv-scottish = On classe ; les voix au-delà du quota et celles des éliminés passent au choix suivant.
vote-method-stv-meek = Vote unique transférable (Meek)
vote-how-stv-meek = On classe ; chaque élu garde la part de voix qu’il lui faut, le reste passe au choix suivant.
vote-method-quadratic = Vote quadratique
vote-how-quadratic = On répartit des crédits : plus un vote est fort, plus il coûte ; le total le plus haut gagne.
