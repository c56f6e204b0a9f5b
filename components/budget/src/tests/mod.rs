//! Budgets run through their pages, as people would.
