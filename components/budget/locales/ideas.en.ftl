# The participatory budget: envelopes, ideas, study, projects, follow-up.

budget-projects-n = { $count ->
    [0] No project yet
    [one] { $count } project
   *[other] { $count } projects
  }
budget-action-read = Discover the budget
