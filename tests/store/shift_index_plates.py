"""Index plates of the made-up shift: a set, a plate of it, a plate of one tube indexed from it, and its pool."""

from __future__ import annotations

from typing import Any

from shift import Shift
from shift_plates import plates

from gms_desktop.register.ledger import Draft

PAIRS = [["A01", "UDX0001", "ACGTACGTAC", "TGCATGCATG"], ["B01", "UDX0002", "CCGTTCGTAA", "TTCAAGCAAG"]]


def draft_set(day: Shift, index_set: str, name: str = "UD set X", wells: list[list[str]] | None = None) -> Draft:
    body = {"set": index_set, "name": name, "i5": "forward", "wells": wells or PAIRS, "sha256": "ab" * 32}
    return Draft("index_set.taken_in", body | {"bench": day.bench})


def draft_index_plate(day: Shift, plate: str, code: str, index_set: str) -> Draft:
    body: dict[str, Any] = {"index_plate": plate, "code": code, "set": index_set, "lot": "L-88", "expiry": "2027-01-31"}
    return Draft("index_plate.registered", body | {"bench": day.bench})


def draft_indexed(day: Shift, plate: str, index_plate: str, wells: list[list[str]]) -> Draft:
    named = [dict(zip(("well", "index_well", "tube"), one, strict=True)) for one in wells]
    body = {"plate": plate, "index_plate": index_plate, "wells": named, "rests_on": day.last(f"plate:{plate}")}
    return Draft("plate.indexed", body | {"bench": day.bench})


def draft_pool(day: Shift, pool: str, code: str, libraries: list[list[Any]]) -> Draft:
    named = [{"plate": plate, "wells": wells} for plate, wells in libraries]
    body = {"pool": pool, "code": code, "libraries": named, "mismatches": 1, "rules": "EXAMPLE-1"}
    return Draft("pool.made", body | {"bench": day.bench})


def index_plates(day: Shift, made: dict[str, str] | None = None) -> dict[str, str]:
    """A plate of one tube gets its index, and its library is pooled.

    Args:
        day: the shift.
        made: the plate and its tube; by default those of :func:`shift_plates.plates`.
    """
    here = made or plates(day)
    names = {name: day.ledger.identity() for name in ("set", "index_plate", "pool")}
    index_set, index_plate, pool = names.values()
    day.act(lambda: [draft_set(day, index_set)])
    day.act(lambda: [draft_index_plate(day, index_plate, "IX-000021", index_set)])
    day.act(lambda: [draft_indexed(day, here["plate"], index_plate, [["A01", "B01", here["tube"]]])])
    day.act(lambda: [draft_pool(day, pool, "POOL-0021", [[here["plate"], ["A01"]]])])
    return names | {"plate": here["plate"], "tube": here["tube"]}
