"""Runs sortition-algorithms on one folder (categories.csv, respondents.csv, instance.json) and prints one JSON line.

    python draws_peer.py FOLDER METHOD BACKEND
"""
import contextlib, csv, io, json, resource, sys, time
from importlib.metadata import version

from sortition_algorithms import features, people, settings
from sortition_algorithms.committee_generation import (
    find_distribution_leximin, find_distribution_maximin, find_distribution_nash)

folder, method, backend = sys.argv[1:4]
instance = json.load(open(f"{folder}/instance.json"))
rows = list(csv.DictReader(open(f"{folder}/categories.csv", encoding="utf-8")))
quotas = [{"feature": r["category"], "value": r["feature"], "min": r["min"], "max": r["max"]} for r in rows]
pool = list(csv.DictReader(open(f"{folder}/respondents.csv", encoding="utf-8")))
for number, row in enumerate(pool):
    row.setdefault("id", f"p{number}")
households = ["household"] if instance.get("households") else []
known, *_ = features.read_in_features(["feature", "value", "min", "max"], quotas)
options = settings.Settings(id_column="id", columns_to_keep=households, check_same_address=bool(households),
                            check_same_address_columns=households)
members, _ = people.read_in_people(list(pool[0]), pool, known, options)
find = {"leximin": find_distribution_leximin, "maximin": find_distribution_maximin, "nash": find_distribution_nash}[method]
begun = time.process_time()
noise = io.StringIO()
with contextlib.redirect_stdout(noise):
    panels, weights, _ = find(known, members, instance["k"], households, backend)
cpu = time.process_time() - begun
chance = {row["id"]: 0.0 for row in pool}
for panel, weight in zip(panels, weights):
    for member in panel:
        chance[member] += weight
print(json.dumps({
    "cpu": cpu, "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "min": min(chance.values()),
    "sorted": sorted(chance.values()),
    "solver": f"sortition-algorithms {version('sortition-algorithms')}, {backend}",
}))
