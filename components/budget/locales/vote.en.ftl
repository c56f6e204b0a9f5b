# The participatory budget: ballot, count, results, simulator.
