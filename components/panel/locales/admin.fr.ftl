# Le panel : l’administration.
# dynamic: panel-tool-
# dynamic: panel-margins-group-
# dynamic: panel-seed-from-

panel-tool-name = Panel tiré au sort
panel-admin = Administration
panel-admin-nav = Pages de ce panel
panel-tab-dashboard = Vue d’ensemble
panel-tab-categories = Critères
panel-tab-quotas = Quotas
panel-tab-rules = Règles
panel-tab-letters = Lettres
panel-tab-phones = Numéros à appeler
panel-tab-entry = Saisir une réponse
panel-tab-volunteers = Volontaires
panel-tab-draw = Tirage
panel-tab-sessions = Séances
panel-tab-recommendations = Recommandations
panel-tab-evaluation = Évaluation
panel-language-fr = en français
panel-language-en = en anglais
panel-in-language = { $label } ({ $language })
panel-save = Enregistrer
panel-saved = C’est enregistré.
panel-cancel = Annuler
panel-delete = Supprimer
panel-sealed = Le vivier et les règles sont publiés pour un tirage : ils ne changent plus. Cet essai est inscrit dans le journal.
panel-missing-seats = Choisissez le nombre de sièges.
panel-missing-categories = Écrivez au moins un critère.
panel-missing-quotas = Les quotas contredisent le nombre de sièges : corrigez-les.
panel-missing-source = Nommez la source publique d’où viendra la graine.
panel-missing-draw = Choisissez le jour et l’heure du tirage : le tour de drand en dépend.
panel-missing-keep = Choisissez la date où ce qui nomme les personnes est effacé.
panel-dashboard-open = Avant de publier
panel-dashboard-ready = Rien ne manque.
panel-dashboard-missing = Il manque :
panel-dashboard-publish = Publier le panel
panel-dashboard-see = Voir la page publique
panel-dashboard-steps = Les étapes
panel-step-done = Fait
panel-step-todo = À faire
panel-categories-n = { $count ->
    [0] aucun critère
    [one] un critère
   *[other] { $count } critères
}
panel-accepted-n = { $count ->
    [0] personne n’a encore accepté
    [one] une personne a accepté
   *[other] { $count } personnes ont accepté
}
panel-waiting-answers-n = { $count ->
    [one] Une personne tirée au sort n’a pas encore répondu
   *[other] { $count } personnes tirées au sort n’ont pas encore répondu
}
panel-letters-said = { $yes } oui, { $no } non, { $waiting } sans réponse
panel-letters-erased = réponses effacées, avec les noms
panel-categories-none = Aucun critère n’est encore écrit.
panel-categories-most = Douze critères au plus : chacun est une question à chaque volontaire.
panel-category-new = Nouveau critère
panel-category-edit = Modifier le critère
panel-category-title = Nom du critère
panel-category-title-empty = Donnez un nom au critère.
panel-category-question = Question aux volontaires
panel-category-code-kept = Dans les fichiers publiés, le critère garde le nom qu’il avait d’abord.
panel-category-reserved = Ce nom est pris par une colonne des fichiers publiés : choisissez-en un autre.
panel-category-twice = Un critère porte déjà ce nom.
panel-category-answered = Des volontaires ont donné une valeur que cette modification supprimerait : gardez-la.
panel-values = Valeurs
panel-values-hint = Une par ligne : nom ; nom en anglais (facultatif) ; population. Par exemple : 18 à 24 ans ; 18 to 24 ; 1200
panel-values-n = { $count ->
    [one] une valeur
   *[other] { $count } valeurs
}
panel-population-n = population { $count ->
    [one] d’une personne
   *[other] de { $count } personnes
}
panel-values-few = Il faut au moins deux valeurs.
panel-values-many = { $max } valeurs au plus : regroupez-les.
panel-values-figure = Ligne { $line } : « { $value } » n’est pas un nombre de personnes.
panel-values-long = Ligne { $line } : « { $value } » a plus de cent caractères.
panel-values-twice = Ligne { $line } : « { $value } » est déjà là.
panel-margins = Lire des marges dans un tableau
panel-margins-text = Un tableau de l’Insee (une colonne d’effectifs, ou une pour les hommes et une pour les femmes), une liste de communes avec leur population (un tableau, ou communes.json et epci.json du découpage administratif d’Etalab), ou une liste « critère, valeur, effectif ». Un critère qui a les mêmes valeurs reçoit les nouveaux chiffres et garde ses quotas. S’il en a d’autres, celles du tableau les remplacent toutes : deux découpages ne sont jamais mélangés.
panel-margins-file = Fichier CSV ou JSON
panel-margins-table = Ou collez le tableau
panel-margins-table-hint = Avec sa ligne de titres.
panel-margins-columns = Colonnes à prendre pour critères
panel-margins-columns-hint = Leurs titres, séparés par des virgules : sexe, age. Vide : toutes, sauf les codes et les chiffres.
panel-margins-only = Seulement les lignes où
panel-margins-only-hint = Un titre et une valeur : dep=35
panel-margins-only-wrong = Écrivez un titre et une valeur, séparés par le signe égal : dep=35.
panel-margins-button = Lire le tableau
panel-margins-figures = Aucune colonne de chiffres parmi « { $value } » : nommez-la population, effectif ou count.
panel-margins-column = Le tableau n’a pas de colonne « { $value } ».
panel-margins-none = Aucune colonne de valeurs parmi « { $value } ».
panel-margins-figure = « { $value } » n’est pas un nombre de personnes.
panel-margins-empty = Un nom ou une valeur manque ({ $value }).
panel-margins-nothing = Aucune ligne ne compte : vérifiez la condition.
panel-margins-many = { $value } critères, c’est trop : choisissez les colonnes.
panel-margins-values = « { $value } » a plus de cent cinquante valeurs : regroupez-les, ou choisissez d’autres colonnes.
panel-margins-read = C’est enregistré. { $notes }
panel-margins-replaced = { $count ->
    [one] La valeur de « { $category } » a été remplacée par celles du tableau : vérifiez les quotas.
   *[other] Les { $count } valeurs de « { $category } » ont été remplacées par celles du tableau : vérifiez les quotas.
}
panel-margins-replaced-many = Les valeurs de { $count } critères ont été remplacées par celles du tableau : vérifiez les quotas.
panel-margins-answered = Rien n’a changé : des volontaires ont répondu « { $value } » à « { $category } », et ce tableau n’a pas cette valeur. Prenez un tableau qui a les mêmes valeurs, ou retirez d’abord ces volontaires pour repartir de nouvelles valeurs.
panel-margins-bands = Tranches d’âge
panel-margins-bands-hint = Pour un tableau par année d’âge. Une tranche sans fin s’écrit 65+. Les âges qui ne sont dans aucune tranche sont laissés de côté, dans tous les critères : avec ces tranches, les moins de 18 ans.
panel-margins-band = « { $value } » n’est pas une tranche d’âge : écrivez par exemple 18-24, ou 65+.
panel-margins-band-order = La tranche « { $value } » ne vient pas après la précédente : rangez-les de la plus jeune à la plus âgée, sans qu’elles se recouvrent.
panel-margins-bands-none = Aucun âge du tableau n’est dans ces tranches.
panel-margins-age = « { $value } » n’est pas un âge.
panel-margins-age-torn = Le tableau s’arrête à « { $value } », sans âge de fin : personne ne peut dire combien sont dans une tranche qui finit plus haut. Finissez par une tranche sans fin, qui commence à cet âge ou avant.
panel-margins-sum = Les effectifs ne s’additionnent pas : { $value }.
panel-margins-total = Les lignes ne font pas le total : { $value }.
panel-margins-only-column = Le tableau n’a pas de colonne « { $value } » pour cette condition.
panel-margins-left-out = { $count ->
    [one] Une personne laissée de côté, hors des tranches d’âge ({ $ages } ans).
   *[other] { $count } personnes laissées de côté, hors des tranches d’âge ({ $ages } ans).
}
panel-margins-territory = Communes : territoire
panel-margins-territory-hint = Pour une liste de communes : un département (35), des communes (35238, Betton) ou des intercommunalités (243500139), séparés par des virgules. Vide : toutes.
panel-margins-territory-none = Rien dans ce fichier pour « { $value } » : écrivez le code d’un département, d’une commune ou d’une intercommunalité.
panel-margins-territory-several = Plusieurs communes portent ce nom : { $value }. Écrivez le code de la bonne.
panel-margins-territory-inside = « { $value } » est un arrondissement d’une commune que vous prenez aussi : gardez l’un ou l’autre.
panel-margins-communes-none = Ce tableau n’est pas une liste de communes : il faut un code, un nom et une population ({ $value }).
panel-margins-communes-many = { $value } valeurs, c’est plus que cent cinquante : groupez les communes par taille ou par intercommunalité.
panel-margins-commune-twice = { $value } est déjà là.
panel-margins-group = Communes : en faire
panel-margins-group-hint = Les communes déléguées et associées ne comptent pas : leurs habitants sont dans la commune dont elles font partie.
panel-margins-group-each = une valeur par commune
panel-margins-group-size = des strates de taille
panel-margins-group-epci = des intercommunalités
panel-margins-epci = Ce fichier ne dit pas l’intercommunalité des communes : prenez epci.json, ou un tableau qui a une colonne epci.
panel-margins-sizes = Communes : seuils des strates de taille
panel-margins-sizes-hint = Des nombres d’habitants, du plus petit au plus grand, séparés par des points-virgules.
panel-margins-sizes-wrong = « { $value } » n’est pas un nombre d’habitants plus grand que le précédent.
panel-margins-json = Ce fichier JSON n’est pas une liste de communes ni d’intercommunalités : prenez communes.json ou epci.json, entiers.
panel-margins-json-record = Il manque un code, un nom, ou la population n’est pas un nombre : { $value }…
panel-margins-unknown = { $count ->
    [one] Une commune sans population est laissée de côté.
   *[other] { $count } communes sans population sont laissées de côté.
}
panel-file-line = Ligne { $line } : { $text }
panel-file-empty = Le fichier est vide : il faut une ligne de titres, puis une ligne par entrée.
panel-file-unreadable = Le fichier ne peut pas être lu : { $value }
panel-file-cells = Plus de cellules que les { $value } titres : une valeur qui contient le séparateur se met entre guillemets.
panel-file-column-twice = Deux colonnes ont le titre « { $value } ».
panel-file-most = { $value } lignes au plus.
panel-quotas-lede = Combien de sièges, au moins et au plus, pour chaque valeur. { $count ->
    [one] Il y a un siège.
   *[other] Il y a { $count } sièges.
}
panel-quotas-propose = Proposer les quotas
panel-quotas-propose-hint = À partir de la population : la part exacte des sièges, arrondie en dessous et au-dessus.
panel-quotas-check = Vérifier sans enregistrer
panel-quotas-checked = Vérification des quotas
panel-col-exact = Part exacte
panel-col-volunteers = Volontaires
panel-col-min = Au moins
panel-col-max = Au plus
panel-quota-number = { $name } : écrivez deux nombres entre 0 et { $seats }.
panel-check-plausible = Les quotas s’accordent avec le nombre de sièges. Ils seront vérifiés avec les volontaires dès les premières réponses.
panel-check-feasible = Avec les volontaires d’aujourd’hui, un panel qui respecte tous les quotas existe.
panel-check-unknown = La vérification avec les volontaires a été arrêtée avant la fin ; rien ne contredit les quotas pour l’instant.
panel-check-few = { $available ->
    [one] Une personne au plus peut siéger
   *[other] { $available } personnes au plus peuvent siéger ensemble
}, pour { $seats } sièges : invitez plus de monde, ou baissez les sièges à { $available }.
panel-check-answers = { $others ->
    [0] { $id } n’a pas de réponse valable à « { $category } ». Complétez, ou retirez cette personne.
    [one] { $id } n’a pas de réponse valable à « { $category } », ni une autre personne. Complétez, ou retirez ces personnes.
   *[other] { $id } n’a pas de réponse valable à « { $category } », ni { $others } autres personnes. Complétez, ou retirez ces personnes.
}
panel-check-relax = Avec les volontaires d’aujourd’hui, aucun panel ne respecte tous les quotas. Le plus petit changement qui suffit :
panel-check-relax-some = Avec les volontaires d’aujourd’hui, aucun panel ne respecte tous les quotas. Un changement qui suffit :
panel-check-lower = { $name } : au moins { $to } au lieu de { $from } ({ $count ->
    [one] un volontaire
   *[other] { $count } volontaires
})
panel-check-raise = { $name } : au plus { $to } au lieu de { $from } ({ $count ->
    [one] un volontaire
   *[other] { $count } volontaires
})
panel-clash-values = « { $category } » a moins de deux valeurs : ajoutez-en, ou supprimez ce critère.
panel-clash-above = { $name } : au moins { $min } et au plus { $max } se contredisent.
panel-clash-min = « { $category } » demande au moins { $sum } sièges en tout, pour { $seats } : baissez ses minimums de { $count }.
panel-clash-max = « { $category } » permet au plus { $sum } sièges en tout, pour { $seats } : montez ses maximums de { $count }.
panel-rules-before = Ces règles sont publiques. Elles ne changent plus une fois le vivier publié.
panel-rules-seats = Nombre de sièges
panel-rules-seats-wrong = Écrivez un nombre entre 2 et { $max }.
panel-rules-method = Ce que « juste » veut dire
panel-rules-method-empty = Choisissez une méthode.
panel-rules-households = Une personne au plus par foyer
panel-rules-households-hint = Le foyer est l’adresse de la lettre, ou la colonne « foyer » d’un fichier.
panel-rules-open = On peut être volontaire sans lettre
panel-rules-open-hint = Sinon, seules les personnes qui ont une lettre répondent.
panel-rules-seed-from = D’où vient la graine du tirage
panel-seed-from-room = De la salle ou d’une loterie
panel-seed-from-room-hint = Des dés lancés devant tout le monde, des numéros publics. Nommez la source ci-dessous.
panel-seed-from-drand = D’un tour de drand
panel-seed-from-drand-hint = Un réseau public signe un nombre toutes les trois secondes ; personne ne le connaît d’avance. Le premier tour à l’heure du tirage est annoncé, et sa signature vérifiée.
panel-rules-source = Source de la graine
panel-rules-source-hint = Une source que personne ici ne choisit, et que tout le monde verra : « trois dés lancés par trois enfants dans la salle », « les numéros du loto de ce soir-là ».
panel-rules-draw = Jour et heure du tirage
panel-rules-draw-hint = Obligatoire pour un tour de drand : au moins dix minutes après l’annonce.
panel-rules-days = Jours pour répondre
panel-rules-days-hint = Combien de jours ont les personnes tirées au sort pour accepter ou refuser. Vide : sept. Celles qui ont laissé une adresse électronique reçoivent un message qui le dit.
panel-rules-days-wrong = Écrivez un nombre de jours entre 1 et { $max }.
panel-rules-limit = Secondes de calcul de la loterie
panel-rules-limit-hint = Au-delà, la meilleure loterie trouvée est publiée, et il est dit qu’une plus juste peut exister. C’est annoncé avec le vivier. Vide : deux cents.
panel-rules-limit-wrong = Écrivez un nombre de secondes entre { $min } et { $max }.
panel-rules-keep = Effacer ce qui nomme les personnes le
panel-rules-keep-hint = Noms, contacts, adresses, numéros et codes disparaissent ce jour-là, tout seuls, et le journal le dit.
panel-rules-keep-early = Cette date doit venir après le tirage.
panel-rules-date-wrong = Écrivez une date.
panel-rules-allowance = Indemnité par séance, en euros
panel-rules-allowance-hint = Par exemple 92 ou 92,50.
panel-rules-allowance-wrong = Écrivez une somme, par exemple 92 ou 92,50.
panel-letters-lede = On tire au sort, dans une liste de personnes ou d’adresses, celles qui reçoivent une lettre.
panel-frame = La liste
panel-frame-n = { $count ->
    [one] La liste a une ligne.
   *[other] La liste a { $count } lignes.
}
panel-frame-text = Un fichier avec des noms, des adresses, ou les deux. Il est effacé à la date des règles.
panel-frame-file = Fichier CSV
panel-frame-list = Ou collez la liste
panel-frame-list-hint = Titres : nom, prénom, adresse, code postal, commune, foyer. Il faut au moins un nom ou une adresse.
panel-frame-button = Lire la liste
panel-frame-columns = Ni nom ni adresse parmi « { $value } ».
panel-frame-empty = Ni nom ni adresse.
panel-frame-twice = La même personne à la même adresse que la ligne { $value }.
panel-letters-draw = Tirer les lettres
panel-letters-draw-text = Les numéros des lignes tirées dépendent du nombre de lignes, du nombre de lettres et de la graine : chacun peut les retrouver. Cela ne se fait qu’une fois.
panel-letters-count = Nombre de lettres
panel-letters-count-wrong = Écrivez combien de lettres partent.
panel-letters-seed = Graine
panel-letters-seed-hint = Un texte public, par exemple le résultat de dés lancés devant témoins.
panel-letters-draw-button = Tirer les lettres
panel-letters-already = Les lettres sont déjà tirées : la liste ne change plus.
panel-letters-no-frame = Il faut d’abord une liste.
panel-letters-answers = Réponses
panel-print = Lettres à envoyer
panel-print-text = Chaque lettre porte un code personnel. Le site n’en garde pas de copie : il ne peut pas être montré une seconde fois.
panel-print-scope = Lesquelles
panel-print-new = Celles qui n’ont pas encore de code
panel-print-waiting = Toutes celles sans réponse (relance)
panel-print-waiting-hint = Elles reçoivent un nouveau code ; celui de leur première lettre ne marche plus.
panel-print-format = Sous quelle forme
panel-print-csv = Un fichier pour le publipostage
panel-print-page = Une page à imprimer
panel-print-button = Préparer les lettres
panel-print-none = Aucune lettre à préparer.
panel-print-most = Plus de deux mille lettres : prenez le fichier pour le publipostage.
panel-print-warning = Imprimez ou enregistrez cette page maintenant : ces codes ne seront plus montrés.
panel-back-letters = Retour aux lettres
panel-letter-body = Madame, Monsieur, vous êtes tiré au sort pour être peut-être membre de ce panel :
panel-letter-how = Répondez en ligne, avec ce code, sans créer de compte ; ou par téléphone, ou en renvoyant cette lettre.
panel-letter-dates = Répondez avant le
panel-letter-foot = Lettre n° { $line }. Ce code est personnel.
panel-reminders = Qui n’a pas répondu
panel-reminders-none = Tout le monde a répondu.
panel-reminders-erased = La liste des personnes qui n’ont pas répondu est effacée, comme tout ce qui nommait les personnes.
panel-reminders-csv = Télécharger la liste
panel-phones-lede = On tire au sort des numéros de téléphone, parmi tous ceux qui commencent comme les vôtres.
panel-phones-text = Chacun retrouve ces numéros avec les débuts, le nombre de chiffres et la graine, qui sont publics. Personne ne sait à qui ils sont, ni lesquels existent : beaucoup ne répondront pas. Cela ne se fait qu’une fois.
panel-phones-prefixes = Débuts des numéros
panel-phones-prefixes-hint = Un par ligne, par exemple 0635 ou 0262 2. Les tranches attribuées à chaque opérateur et à chaque territoire sont publiées par l’Arcep.
panel-phones-prefixes-none = Écrivez entre un et cinquante débuts.
panel-phones-prefix-wrong = « { $prefix } » n’est pas fait de chiffres.
panel-phones-prefix-long = « { $prefix } » est déjà un numéro entier : écrivez-en seulement le début.
panel-phones-prefix-twice = « { $prefix } » est compris dans un autre début, ou le comprend : gardez l’un des deux.
panel-phones-digits = Chiffres d’un numéro
panel-phones-digits-hint = Dix en France.
panel-phones-digits-wrong = Écrivez un nombre de chiffres entre { $min } et { $max }.
panel-phones-count = Combien de numéros
panel-phones-count-wrong = Écrivez un nombre entre 1 et { $max }.
panel-phones-button = Tirer les numéros
panel-phones-already = Les numéros sont déjà tirés.
panel-phones-call = Appelez-les dans l’ordre. Dites d’abord qui vous êtes et comment le numéro a été tiré ; une personne qui ne veut pas être rappelée est notée « non ». Chaque réponse se saisit avec le numéro appelé, et un numéro ne répond qu’une fois.
panel-phones-waiting = Télécharger les numéros sans réponse
panel-phones-all = Tous les numéros
panel-col-line = N°
panel-col-name = Nom
panel-col-address = Adresse
panel-entry-lede = Pour les réponses par téléphone ou sur papier.
panel-entry-code = Code ou numéro de la lettre
panel-entry-code-hint = Le numéro est au bas de la lettre. Vide : une personne sans lettre.
panel-entry-line-unknown = Aucune lettre ne porte ce numéro.
panel-entry-answered = Une réponse à cette lettre est déjà enregistrée.
panel-entry-phone = Numéro appelé
panel-entry-phone-hint = Quand la personne répond à un appel, et non à une lettre.
panel-entry-phone-unknown = Ce numéro n’est pas de ceux qui ont été tirés. Vérifiez chaque chiffre.
panel-entry-phone-answered = Une réponse de ce numéro est déjà enregistrée.
panel-entry-both = Une personne répond à une lettre ou à un appel : gardez l’un des deux.
panel-entry-channel = Arrivée
panel-channel-web = En ligne
panel-channel-phone = Par téléphone
panel-channel-paper = Sur papier
panel-channel-file = Par fichier
panel-entry-wish = Est-elle volontaire ?
panel-entry-yes = Oui
panel-entry-no = Non
panel-entry-household-hint = L’adresse, quand la personne n’a pas de lettre.
panel-entry-consent = La personne accepte que ses réponses servent au tirage et soient publiées sous un pseudonyme
panel-entry-consent-empty = Demandez l’accord de la personne, et cochez.
panel-entry-button = Enregistrer la réponse
panel-entry-done = La réponse est enregistrée.
panel-volunteers-none = Aucun volontaire pour l’instant.
panel-col-contact = Contact
panel-col-channel = Arrivée
panel-col-act = Agir
panel-volunteer-leave = Retirer
panel-import = Ajouter des volontaires depuis un fichier
panel-import-text = Une ligne de titres, une colonne par critère, et si l’on veut : id, nom, prénom, contact, foyer. Rien n’est gardé d’un fichier qui a une erreur.
panel-import-file = Fichier CSV
panel-import-list = Ou collez le tableau
panel-import-button = Ajouter
panel-pool-column = Le fichier n’a pas de colonne « { $value } ».
panel-pool-missing = « { $value } » manque : complétez, ou retirez la ligne.
panel-pool-unknown = « { $value } » n’est pas une valeur de ce critère.
panel-pool-id-twice = Le numéro { $value } est déjà pris.
panel-pool-person-twice = La même personne que la ligne { $value }.
panel-pool-known = « { $value } » est déjà volontaire.
panel-pool-changed = Les critères ont changé entre-temps : recommencez.
panel-erased = Ce qui nommait les personnes est effacé.
panel-erased-done = Les noms sont effacés.
panel-erase = Effacer les noms
panel-erase-until = Cela se fera seul le { $date }.
panel-erase-text = Noms, contacts, adresses, numéros et codes disparaissent pour toujours. Les pseudonymes et leurs réponses restent.
panel-erase-button = Effacer maintenant
panel-draw-open = Le tirage s’annonce après la fin de l’appel.
panel-draw-nobody = Personne n’est volontaire.
panel-draw-under-way = Un tirage est déjà en cours.
panel-draw-answers = Toutes les personnes tirées au sort n’ont pas répondu : notez d’abord leurs réponses.
panel-draw-full = Tous les sièges sont pris.
panel-draw-not-ready = La loterie n’est pas encore publiée : la graine vient après.
panel-draw-already = Ce tirage est déjà fait.
panel-draw-soon = L’heure du tirage doit venir au moins dix minutes après l’annonce : la loterie se publie entre les deux.
panel-drand-other = Ce tirage attend une autre graine : rouvrez la page.
panel-announce = Annoncer le tirage
panel-announce-text = { $count ->
    [0] Il n’y a aucun volontaire.
    [one] Le vivier d’une personne et les quotas sont publiés, et ne changent plus. Puis la loterie est calculée.
   *[other] Le vivier de { $count } personnes, sous des pseudonymes, et les quotas sont publiés, et ne changent plus. Puis la loterie est calculée.
}
panel-announce-button = Publier et calculer la loterie
panel-announced-done = C’est publié. La loterie se calcule.
panel-replace = { $count ->
    [one] Remplacer : un siège est libre
   *[other] Remplacer : { $count } sièges sont libres
}
panel-replace-text = Un nouveau tirage, selon les mêmes quotas, parmi les personnes qui n’ont pas été tirées au sort. Celles qui ont accepté gardent leur siège.
panel-replace-when-hint = Le tour de drand annoncé en dépend : au moins dix minutes après maintenant.
panel-progress-again = Actualiser
panel-take-back = Annuler cette annonce
panel-seed-text = Écrivez la graine telle qu’elle est sortie de la source annoncée :
panel-seed = Graine
panel-seed-hint = Un morceau par ligne (un dé, un témoin). Ils sont joints dans cet ordre.
panel-seed-sure = Je l’ai relue à voix haute : elle ne pourra plus changer
panel-seed-sure-empty = Relisez la graine, puis cochez la case.
panel-seed-button = Tirer au sort
panel-seed-wrong = Écrivez la graine : quatre cents signes au plus.
panel-drand-text = La graine de ce tirage est annoncée :
panel-drand-where = Ce tour existe à partir du { $date }. Sa signature se lit alors, par n’importe qui, à cette adresse :
panel-drand-signature-hint = Les 96 signes de « signature », ou toute la réponse de cette adresse.
panel-drand-shape = Une signature a 96 signes, chiffres et lettres de a à f ; il y en a ici { $said }. Copiez-la en entier.
panel-drand-round-other = C’est la réponse du tour { $said } : il faut celle du tour { $round }.
panel-drand-point = Ce n’est la signature d’aucun tour : un signe est faux. Copiez-la de nouveau.
panel-drand-wrong = Ce n’est pas la signature du tour { $round } : elle est d’un autre tour, ou d’un autre réseau.
panel-seed-refused = La graine de ce tirage est déjà connue : une autre est refusée, et le refus inscrit dans le journal.
panel-drawn-done = Le panel est tiré au sort.
panel-members = Les personnes tirées au sort
panel-members-text = Notez ici qui accepte et qui décline. C’est public, sous les pseudonymes.
panel-members-none = Personne n’a encore accepté.
panel-col-seat = Siège
panel-seat-none = Pas tiré au sort
panel-seat-drawn = Tiré au sort, sans réponse
panel-seat-accepted = Accepté
panel-seat-declined = Décliné
panel-seat-gone = Parti
panel-seat-accept = Accepte
panel-seat-decline = Décline
panel-seat-leave = Part
panel-seat-back = C’était une erreur
panel-seat-no-way = Cette personne ne peut pas passer de là à là.
panel-seat-replaced = Un remplacement a été annoncé depuis : ce siège ne revient plus.
panel-sessions-none = Aucune séance n’est encore prévue.
panel-session-new = Nouvelle séance
panel-session-title = Nom de la séance
panel-session-title-empty = Donnez un nom à la séance.
panel-session-day = Jour
panel-session-add = Ajouter la séance
panel-tables = Tables de discussion
panel-tables-text = Les membres sont répartis, pour chaque séance, en tables aussi variées que le panel, où l’on rencontre de nouvelles personnes.
panel-tables-count = Nombre de tables
panel-tables-button = Répartir
panel-tables-wrong = Écrivez un nombre de tables entre 1 et 100.
panel-tables-none = Il faut au moins une séance et une personne qui a accepté.
panel-tables-done = Les tables sont faites.
panel-tables-n = { $count ->
    [one] une table
   *[other] { $count } tables
}
panel-attendance = Présence et tables
panel-col-table = Table
panel-col-present = Présent
panel-due = Indemnités
panel-due-total = En tout : { $total }.
panel-col-sessions = Séances
panel-col-amount = Montant
panel-euros = { $figure } €
panel-recommendation = Recommandation
panel-recommendation-new = Nouvelle recommandation
panel-recommendation-title = Titre
panel-recommendation-title-empty = Donnez un titre à la recommandation.
panel-recommendation-body = Texte
panel-recommendation-voted = Cette recommandation est votée : son texte ne change plus.
panel-recommendations-none = Aucune recommandation n’est encore écrite.
panel-evaluation-admin-lede = Après les séances, les membres disent ce qu’ils pensent du panel : cinq phrases, de « pas du tout d’accord » à « tout à fait d’accord », et un texte libre.
panel-evaluation-open = Ouvrir l’évaluation
panel-evaluation-opened = L’évaluation est déjà ouverte.
panel-evaluation-early = Il faut d’abord une séance.
panel-evaluation-closed = L’évaluation n’est pas ouverte.
panel-evaluation-twice = Cette personne a déjà répondu, ou n’est plus membre.
panel-evaluation-few = Moins de cinq réponses : on reconnaîtrait les personnes. Rien n’est publié pour l’instant.
panel-evaluation-codes = Codes à distribuer
panel-evaluation-codes-text = Un code par membre qui n’a pas répondu, à remettre en main propre ou à envoyer. Le code de sa lettre marche aussi. Un nouveau code remplace le précédent.
panel-evaluation-codes-button = Préparer les codes
panel-evaluation-entry = Saisir une réponse sur papier
panel-evaluation-entry-text = Vous voyez ce que cette personne répond : n’en gardez rien, et détruisez le papier. Le site ne garde aucun lien entre elle et sa réponse.
panel-evaluation-person = Membre
panel-evaluation-person-empty = Choisissez le membre.
panel-evaluation-publish = Publier
panel-evaluation-publish-text = Les totaux sont publiés d’un coup, et plus personne ne répond. Avant, personne ne les voit : deux lectures de suite trahiraient la réponse qui s’est ajoutée.
panel-evaluation-publish-button = Clore et publier les totaux
panel-evaluation-published = Les totaux sont publiés.
panel-evaluation-comments = Textes libres
panel-votes = Le vote du panel
panel-votes-text = Les voix comptées par le secrétaire de séance. La recommandation est adoptée quand il y a plus de voix pour que contre.
panel-votes-for = Pour
panel-votes-against = Contre
panel-votes-abstain = Abstentions
panel-votes-button = Enregistrer le vote
panel-votes-wrong = Écrivez un nombre de voix.
panel-votes-many = Le total doit être entre 1 et { $members }, le nombre de membres.
panel-status = Statut
panel-status-empty = Choisissez un statut.
panel-answer-body = Réponse
panel-answer-button = Publier la réponse
panel-answer-empty = Écrivez la réponse.
panel-answer-early = On répond à une recommandation votée.
