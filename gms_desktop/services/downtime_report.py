"""The account of every downtime number that was issued: used, spoiled, not used, missing, or not accounted for yet."""

from __future__ import annotations

from collections import Counter

from gms_desktop import downtime_words
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.errors import Refused
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import downtime_look_up, look_up
from gms_desktop.services.downtime_time import shown
from gms_desktop.services.find import local_minute
from gms_desktop.services.views import DowntimeNumberLine, DowntimePackLine, DowntimeReport

_KINDS = {
    "used": VerdictKind.ACCEPTED,
    "spoiled": VerdictKind.ALREADY,
    "not used": VerdictKind.ALREADY,
    "missing": VerdictKind.REFUSED,
    "open": VerdictKind.ATTENTION,
}
_BY_REASON = {downtime_words.NOT_USED: "not used", downtime_words.MISSING: "missing"}


def state_of(row: Row) -> str:
    """What became of a number: ``used``, ``spoiled``, ``not used``, ``missing`` or ``open``."""
    if row["state"] == "spoiled":
        return _BY_REASON.get(row["reason"], "spoiled")
    return "used" if row["state"] == "used" else "open"


def report(db: Database, time_zone: str, pack: str = "") -> DowntimeReport:
    """The account of one pack, or of all.

    Raises:
        Refused: no pack of that name is known here.
    """
    packs = [row for row in downtime_look_up.packs(db) if pack in ("", row["id"])]
    if pack and not packs:
        raise Refused(f"No downtime pack {pack} is known at this bench. Leave the pack out for all of them.")
    names = {row["id"]: row["name"] for row in downtime_look_up.ranges(db)}
    lines: list[DowntimeNumberLine] = []
    made: list[DowntimePackLine] = []
    for row in packs:
        numbers = downtime_look_up.numbers_of(db, row["id"])
        printed = local_minute(row["at"], time_zone)
        made.append(_pack(db, row, numbers, names.get(row["range"], ""), printed))
        lines += _numbers(db, numbers, printed, time_zone)
    totals = _totals(made)
    return DowntimeReport(_heading(dict(totals)), tuple(made), tuple(lines), totals)


def _heading(totals: dict[str, int]) -> str:
    issued, left = totals["issued"], totals["open"]
    if not issued:
        return "No downtime number has been printed"
    if not left:
        return f"All {issued} downtime numbers are accounted for" if issued > 1 else "The number is accounted for"
    return f"{left} of {issued} numbers not accounted for"


def _totals(packs: list[DowntimePackLine]) -> tuple[tuple[str, int], ...]:
    names = ("issued", "used", "spoiled", "not_used", "missing", "open")
    return tuple((name.replace("_", " "), sum(getattr(pack, name) for pack in packs)) for name in names)


def _pack(db: Database, row: Row, numbers: list[Row], name: str, printed: str) -> DowntimePackLine:
    counts = Counter(state_of(number) for number in numbers)
    began = look_up.incarnation(db, row["bench"])
    span = f"{numbers[0]['id']} to {numbers[-1]['id']}" if numbers else ""
    return DowntimePackLine(
        pack=row["id"],
        name=name,
        printed=printed,
        bench=began["bench"] if began else "another bench",
        numbers=span,
        issued=row["count"],
        used=counts["used"],
        spoiled=counts["spoiled"],
        not_used=counts["not used"],
        missing=counts["missing"],
        # Whatever no entry tells of counts as not accounted for, so that the sum is always the number issued.
        open=row["count"] - sum(many for state, many in counts.items() if state != "open"),
    )


def _numbers(db: Database, rows: list[Row], printed: str, time_zone: str) -> list[DowntimeNumberLine]:
    known = store.private_values(db, [f"downtime:{row['id']}" for row in rows if row["who_private"]])
    people = [f"operator:{row['operator']}" for row in rows if row["operator"]]
    names = store.private_values(db, list(dict.fromkeys(people)))
    return [_number(db, row, printed, time_zone, known, names) for row in rows]


def _number(
    db: Database,
    row: Row,
    printed: str,
    time_zone: str,
    known: dict[str, str | None],
    names: dict[str, str | None],
) -> DowntimeNumberLine:
    state = state_of(row)
    line = DowntimeNumberLine(row["id"], printed, downtime_words.STATES[state], _KINDS[state])
    if state == "open":
        return line
    operator = look_up.row(db, "operator", row["operator"]) if row["operator"] else None
    specimen = look_up.row(db, "specimen", row["specimen"]) if row["specimen"] else None
    used = state == "used"
    return DowntimeNumberLine(
        number=line.number,
        printed=line.printed,
        state=line.state,
        kind=line.kind,
        specimen=specimen["accession"] if specimen else "",
        happened=shown(row["precision"], row["happened"], time_zone) if used else "",
        written=row["words"] or "" if used else "",
        who=known.get(row["who_private"]) or "" if used else "",
        entered=local_minute(row["at"], time_zone),
        entered_by=(names.get(operator["name_private"]) if operator else None) or "the application",
        reason="" if used else downtime_words.REASONS.get(row["reason"], row["reason"] or ""),
    )
