# Le budget participatif : bulletin, décompte, résultats, simulateur.
