# L’outil « sample ».

sample-support = Soutenir
sample-take-back = Retirer mon soutien
sample-count =
    { $n ->
        [0] Personne ne soutient encore.
        [one] Une personne soutient.
       *[other] { $n } personnes soutiennent.
    }
sample-closed = Ce n’est pas ouvert en ce moment : on ne peut ni soutenir, ni retirer son soutien.
sample-supported = Votre soutien est enregistré.
sample-taken-back = Votre soutien est retiré.
sample-see = Voir
