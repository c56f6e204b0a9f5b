#!/usr/bin/env python3
"""Checks a published draw with nothing but Python: quotas, households, probabilities, and the draw itself.

    python3 check_draw.py POOL.csv QUOTAS.csv DRAW.json [--id COLUMN] [--household COLUMN]

DRAW.json is what `parvis draw --json` answered. The files have commas (a byte order mark is allowed).
"""
import csv, hashlib, json, struct, sys, unicodedata
from collections import Counter


def clean(text):
    return unicodedata.normalize("NFC", text.strip())


def chacha20(key):
    """The key stream of ChaCha20 (RFC 8439), nonce and counter from zero, as 64-bit little-endian numbers."""
    def quarter(s, a, b, c, d):
        for x, y, z, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            s[x] = (s[x] + s[y]) & 0xFFFFFFFF
            s[z] ^= s[x]
            s[z] = ((s[z] << turn) | (s[z] >> (32 - turn))) & 0xFFFFFFFF
    counter = 0
    while True:
        start = list(struct.unpack("<4I", b"expand 32-byte k") + struct.unpack("<8I", key)) + [counter & 0xFFFFFFFF, counter >> 32, 0, 0]
        s = list(start)
        for _ in range(10):
            for i in range(4):
                quarter(s, i, 4 + i, 8 + i, 12 + i)
            for i in range(4):
                quarter(s, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
        block = struct.pack("<16I", *((x + y) & 0xFFFFFFFF for x, y in zip(s, start)))
        yield from struct.unpack("<8Q", block)
        counter += 1


def below(seed, n):
    """The number that a seed draws, from 0 to n - 1."""
    limit = 2**64 - 2**64 % n
    return next(x for x in chacha20(hashlib.sha256(clean(seed).encode()).digest()) if x < limit) % n


def main(pool_file, quota_file, draw_file, id_column=None, household=None):
    rows = lambda name: [{clean(k): clean(v) for k, v in row.items()} for row in csv.DictReader(open(name, encoding="utf-8-sig"))]
    pool, quotas, draw = rows(pool_file), rows(quota_file), json.load(open(draw_file))
    id_column = id_column or next(iter(pool[0]))
    people = {row[id_column]: row for row in pool}
    tickets = [ticket["panel"] for ticket in draw["lottery"]]
    wrong = []
    for number, panel in enumerate(tickets, 1):
        rows = [people[i] for i in panel]
        if len(set(panel)) != draw["seats"] or len(panel) != draw["seats"]:
            wrong.append(f"ticket {number}: {len(panel)} seats")
        for quota in quotas:
            category = quota["category"] if "category" in quota else quota["feature"]
            value = quota.get("name") or (quota["feature"] if "category" in quota else quota["value"])
            seats = sum(row[category] == value for row in rows)
            if not int(quota["min"]) <= seats <= int(quota["max"]):
                wrong.append(f"ticket {number}: {seats} seats for {value}")
        homes = Counter(row[household] for row in rows if row[household]) if household else {}
        if any(n > 1 for n in homes.values()):
            wrong.append(f"ticket {number}: two people of one household")
    times = Counter(i for panel in tickets for i in panel)
    off = max(abs(times[i] / len(tickets) - p) for i, p in draw["probabilities"].items())
    if off > draw["seats"] / len(tickets):
        wrong.append(f"a probability is off by {off}")
    if draw.get("seed") is not None:
        number = below(draw["seed"], len(tickets))
        if sorted(tickets[number]) != sorted(draw["panel"]):
            wrong.append(f"the seed draws ticket {number + 1}, which is not the panel")
        print(f"the seed draws ticket {number + 1}")
    print(f"{len(tickets)} tickets; probabilities to {off:.6f};", "all holds" if not wrong else "WRONG:")
    print(*wrong[:20], sep="\n", end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    words, options = [], {}
    arguments = iter(sys.argv[1:])
    for word in arguments:
        if word == "--id":
            options["id_column"] = next(arguments)
        elif word == "--household":
            options["household"] = next(arguments)
        else:
            words.append(word)
    sys.exit(main(*words, **options))
