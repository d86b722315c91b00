"""Whom a change of the limits would affect: tubes measured of late whose word it would change. Nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from gms_desktop import measure_words
from gms_desktop.domain.readings.judging import Judged, worst
from gms_desktop.domain.readings.limits import QcLimits, Rule
from gms_desktop.domain.readings.matching import Item
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import reading_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import measure_matching, measured_runs, rights, site_rules
from gms_desktop.services.at_measure import Affected, Preview

DAYS = 30
MOST = 400
"""Readings that are looked at, the newest first: a look at the change holds up nobody's scan."""


def preview(ledger: Ledger, drafted: QcLimits, digest: str) -> Preview:
    """What tubes of the last days are said to be today, beside what they would be once the change counts."""
    db, today = ledger.db, rights.laboratory_day(ledger)
    before = site_rules.qc_limits(db).on(today)
    after = drafted.on(max((one.effective for one in drafted.rules if one.effective), default=today))
    rows = reading_look_up.recent(db, _since(ledger.clock.now()), MOST + 1)
    by_item: dict[str, list[Row]] = {}
    for row in rows[:MOST]:
        by_item.setdefault(row["item"], []).append(row)
    changed = _unlike(before, after)
    affected = tuple(one for item, of in by_item.items() if (one := _affected(db, item, of, (before, after), changed)))
    return Preview(digest, affected, len(by_item), more=len(rows) > MOST)


def _since(now: datetime) -> str:
    return (now - timedelta(days=DAYS)).isoformat()


def _unlike(before: Iterable[Rule], after: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules that are in one set and not in the other: what all others say is the same."""
    old, new = tuple(before), tuple(after)
    return tuple(one for one in (*old, *new) if one not in old or one not in new)


def _affected(
    db: Database, item: str, rows: list[Row], sets: tuple[tuple[Rule, ...], ...], changed: tuple[Rule, ...]
) -> Affected | None:
    thing = measure_matching.item_of(db, item)
    if thing is None or not any(rule.is_for(thing.kind, thing.tests) for rule in changed):
        return None
    words = [_words(_said(db, rows, thing, rules)) for rules in sets]
    if words[0] == words[1]:
        return None
    cells = (measured_runs.read_back(row["quantities"]) for row in rows)
    values = ", ".join(measure_words.cell(cell) for of in cells for cell in of if cell.value is not None)
    return Affected(thing.code, thing.number, thing.kind, values, *words)


def _said(db: Database, rows: list[Row], thing: Item, rules: tuple[Rule, ...]) -> list[Judged]:
    return [one for row in rows for one in measured_runs.judged_row(db, row, thing, rules)]


def _words(said: list[Judged]) -> str:
    """The worst word with the quantities that have it; versions are left out, for the version always changes."""
    word = worst(one.word for one in said)
    of = dict.fromkeys(one.limit.of.value for one in said if one.word is word)
    return f"{', '.join(of)} {word.value}".strip()
