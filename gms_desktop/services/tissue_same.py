"""The same number in two tissue cases: of a histology report, or on a block of another laboratory.

Another laboratory's numbers are its own: two of them may give one number to two patients, and one block may come twice.
So it is noticed and a person says whether the cases are two; nothing is refused and nothing is joined by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gms_desktop.domain.tissue.same import Numbered, same_number
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body
from gms_desktop.register import tissue_look_up
from gms_desktop.register.ledger import Draft, Ledger, Pen
from gms_desktop.services.receive import Desk


@dataclass(frozen=True)
class Same:
    """Another case in which a number of this one stands.

    Attributes:
        numbered: which number it is.
        other: the other case.
        number: of the piece of this case that has it; empty for the case's own.
        apart: a person said that the cases are two.
        why: their reason; empty where nobody said, or where it was erased.
    """

    numbered: Numbered
    other: Row
    number: str = ""
    apart: bool = False
    why: str = ""


def with_histology(db: Database, written: str, case: str = "") -> tuple[Row, ...]:
    """The cases that have a histology number, but for ``case``; earlier numbers that were corrected do not count."""
    return tuple(_every(db, written, case, Numbered.HISTOLOGY))


def with_block(db: Database, written: str, case: str) -> tuple[Row, ...]:
    """The other cases with a block on which a number of another laboratory stands."""
    return tuple(_every(db, written, case, Numbered.BLOCK))


def of_case(db: Database, case: Row) -> tuple[Same, ...]:
    """Every number of a case that stands in another one, too: each other case once for each sort of number."""
    found = dict[tuple[str, str], Same]()
    for numbered, written, number in _numbers(db, case):
        for other in _every(db, written, case["id"], numbered):
            found.setdefault((other["id"], numbered.value), _said(db, case, Same(numbered, other, number)))
    return tuple(found.values())


def undecided(db: Database, case: Row) -> tuple[Same, ...]:
    """Those of which nobody has said that the cases are two."""
    return tuple(one for one in of_case(db, case) if not one.apart)


def told_apart(ledger: Ledger, desk: Desk, case: str, others: tuple[Row, ...], numbered: Numbered, why: str) -> Draft:
    """A person says that a number stands in two cases and why they are two."""
    pen = Pen(ledger.chance)
    body: Body = {"case": case, "others": [one["id"] for one in others], "of": numbered.value}
    body |= {"reason": pen.write(why.strip(), f"tissue_case:{case}"), "bench": desk.place.bench}
    return Draft("tissue.told_apart", body, pen.values, input=desk.told)


def _numbers(db: Database, case: Row) -> Iterator[tuple[Numbered, str, str]]:
    known = store.private_values(db, [f"tissue_case:{case['id']}"])
    if histology := known.get(case["histology_private"] or ""):
        yield Numbered.HISTOLOGY, histology, ""
    came = [row for row in tissue_look_up.pieces_of_case(db, case["id"]) if row["outside_private"]]
    on_them = store.private_values(db, [f"piece:{row['id']}" for row in came])
    for row in came:
        if outside := on_them.get(row["outside_private"]):
            yield Numbered.BLOCK, outside, str(row["number"])


def _every(db: Database, written: str, case: str, numbered: Numbered) -> Iterator[Row]:
    seen = {case}
    for subject, commitment in store.find_exact_private(db, written):
        other = _now(db, subject, commitment, numbered)
        if other is None or other["id"] in seen:
            continue
        value = store.private_values(db, [subject]).get(commitment) or ""
        if same_number(numbered, written, value):
            seen.add(other["id"])
            yield other


def _now(db: Database, subject: str, commitment: str, numbered: Numbered) -> Row | None:
    """The case in which a value that was found stands now: not one that was corrected or taken back since."""
    sort, _, name = subject.partition(":")
    if numbered is Numbered.HISTOLOGY:
        case = tissue_look_up.case(db, name) if sort == "tissue_case" else None
        return case if case is not None and case["histology_private"] == commitment else None
    row = tissue_look_up.piece(db, name) if sort == "piece" else None
    if row is None or row["outside_private"] != commitment or not row["tissue_case"]:
        return None
    return tissue_look_up.case(db, row["tissue_case"])


def _said(db: Database, case: Row, same: Same) -> Same:
    row = tissue_look_up.told_apart(db, case["id"], same.other["id"], same.numbered.value)
    if row is None:
        return same
    known = store.private_values(db, [f"tissue_case:{row['id'].partition('/')[0]}"])
    why = known.get(row["reason_private"] or "") or ""
    return Same(same.numbered, same.other, same.number, apart=True, why=why)
