"""Writes tests/data/journal/judge_cases.json: premises, holders and what must come of them, for bench and hub alike.

What must come of them is worked out here in the plainest way, one key after the other, apart from the product's judge.
Run: ``python tests/store/make_judge_cases.py``
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

CASES = Path(__file__).parents[1] / "data" / "journal" / "judge_cases.json"
KEYS = (
    "accession:ZAAAAAA00011",
    "tube:FD00000001",
    "place:F1/S2/R3/A01",
    "role:ada:receiver",
    "last:specimen:one",
    "ground:specimen:one",
    "refused:specimen:one",
)
HOLDERS = ("specimen:one", "specimen:two", "operator:ada", "writer1/3", "writer2/0")
SUBJECTS = ("specimen:one", "specimen:two", "rack:blue")
COUNT = 500


def expected(case: dict[str, Any]) -> dict[str, Any]:
    """What comes of a case, by the words of ARCHITECTURE section 5."""
    before: dict[str, str] = case["holders"]
    after = dict(before)
    for key, holder in case["releases"]:
        if after.get(key) == holder:
            del after[key]
    hard = [["requires", k, stated, before.get(k)] for k, stated in case["requires"] if before.get(k) != stated]
    for key, holder in case["claims"]:
        if after.get(key) not in {None, holder}:
            hard.append(["claims", key, holder, after.get(key)])
        else:
            after[key] = holder
    broken = {f"ground:{subject}": case["entry"] for subject in case["touches"]}
    if hard:
        for subject in case["touches"]:
            known = before.get(f"last:{subject}")
            if known is not None and not known.startswith("writer2/"):
                broken[f"refused:{subject}"] = known
        return {"judgement": "refused", "failures": hard, "after": before | broken}
    soft = [["expects", k, stated, before.get(k)] for k, stated in case["expects"] if before.get(k) != stated]
    given_up = {key for key, holder in case["releases"] if before.get(key) == holder}
    for subject in case["touches"]:
        key = f"last:{subject}"
        known = None if key in given_up else before.get(key)
        refused = None if f"refused:{subject}" in given_up else before.get(f"refused:{subject}")
        if known is not None and not known.startswith("writer2/") and refused != known:
            after[f"ground:{subject}"] = known
        after[key] = case["entry"]
    if soft:
        after |= broken
    return {"judgement": "contested" if soft else "accepted", "failures": soft, "after": after}


def drawn(random: Random, number: int) -> dict[str, Any]:
    """A case drawn at random, in which what is stated is true more often than not."""
    holders = {key: random.choice(HOLDERS) for key in KEYS if random.random() < 0.5}

    def pairs(likely: float, free: bool, count: int) -> list[list[str | None]]:
        made = []
        for key in random.sample(KEYS, count):
            there = holders.get(key)
            true = random.random() < likely and (free or there is not None)
            other = random.choice([*HOLDERS, None] if free else HOLDERS)
            made.append([key, there if true else other])
        return made

    def several() -> int:
        return random.choice((0, 0, 1, 1, 2, 3))

    claims = pairs(0.3, False, several())
    if claims and random.random() < 0.2:
        claims.append([claims[0][0], random.choice(HOLDERS)])
    case = {
        "entry": f"writer2/{number}",
        "holders": holders,
        "touches": random.sample(SUBJECTS, random.randrange(3)),
        "claims": claims,
        "requires": pairs(0.85, True, several()),
        "expects": pairs(0.7, True, several()),
        "releases": pairs(0.8, False, several()),
    }
    return case | expected(case)


def cases() -> list[dict[str, Any]]:
    """All cases, always the same."""
    random = Random(20260302)
    return [drawn(random, number) for number in range(1, COUNT + 1)]


def as_text() -> str:
    """The file: one case a line."""
    lines = ",\n".join(json.dumps(case, sort_keys=True, ensure_ascii=False) for case in cases())
    return f'{{"format": 1, "cases": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    CASES.write_text(as_text(), encoding="utf-8", newline="\n")
