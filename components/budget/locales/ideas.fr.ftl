# Le budget participatif : enveloppes, idées, étude, projets, suivi.

budget-projects-n = { $count ->
    [0] Pas encore de projet
    [one] { $count } projet
   *[other] { $count } projets
  }
budget-action-read = Découvrir le budget
