"""Left out in the made-up shift: the well of a plate and the library of a pool, and both taken in again."""

from __future__ import annotations

from typing import Any

from shift import Shift

from gms_desktop.register.ledger import Draft


def draft_left_out(day: Shift, sort: str, name: str, out: list[str], again: list[str]) -> Draft:
    kind, field = {"plate": ("plate.wells_left_out", "wells"), "pool": ("pool.libraries_left_out", "libraries")}[sort]
    pen, subject = day.ledger.pen(), f"{sort}:{name}"
    why = day._write(pen, "Dr Ptolemy Fanshawe holds it", subject)
    body: dict[str, Any] = {sort: name, field: out, "again": again, "reason": why, "rests_on": day.last(subject)}
    return Draft(kind, body | {"bench": day.bench}, pen.values)


def left_out(day: Shift, names: dict[str, str]) -> None:
    """The only well of a plate and the only library of a pool are left out and taken in again."""
    library = f"{names['plate']}.A01"
    for out, again in ((["A01"], []), ([], ["A01"])):
        day.act(lambda out=out, again=again: [draft_left_out(day, "plate", names["plate"], out, again)])  # type: ignore[misc]
    for out, again in (([library], []), ([], [library]), ([library], [])):
        day.act(lambda out=out, again=again: [draft_left_out(day, "pool", names["pool"], out, again)])  # type: ignore[misc]
