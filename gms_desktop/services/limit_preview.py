"""Whom a change of the limits would affect: tubes measured of late whose word it would change. Nothing is recorded.

Each tube of the last days is looked at, however many there are: the first at once, the others while nothing else waits.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from devices.measured import Analyte, Measured
from gms_desktop import measure_words
from gms_desktop.domain.readings.judging import Judged, judged, worst
from gms_desktop.domain.readings.limits import QcLimits, Rule
from gms_desktop.domain.readings.matching import Item
from gms_desktop.journal.database import Database
from gms_desktop.register import reading_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import control_preview, measure_matching, measured_runs, rights, site_rules
from gms_desktop.services.at_measure import Affected

DAYS = 30
AT_ONCE = 40
"""Tubes that are looked at in one go: about 20 ms."""
SHOWN = 60
"""Tubes that are listed by name; the others are counted."""
_AFTER_ALL = ("9999", "")


class _Read(NamedTuple):
    """What was measured, and the names of instrument and assay that a limit may ask for."""

    one: Measured
    names: tuple[str, str]


class Preview:
    """Whom the rule set with a hash would affect. It grows while it is looked at.

    Attributes:
        sha256: of the rule set's text.
        affected: the first tubes whose word would change.
        many: how many tubes' words would change.
        tubes: how many tubes were looked at.
        controls: readings of controls that the change would judge otherwise.
        done: whether that is every tube of the last days.
    """

    def __init__(self, ledger: Ledger, drafted: QcLimits, digest: str) -> None:
        today = rights.laboratory_day(ledger)
        in_force = site_rules.qc_limits(ledger.db)
        before = in_force.on(today)
        after = drafted.on(max((one.effective for one in drafted.rules if one.effective), default=today))
        self.sha256, self.affected, self.many, self.tubes, self.done = digest, list[Affected](), 0, 0, False
        self._sets, self._changed = (before, after), _unlike(before, after)
        amounts = {limit.of for of in self._sets for rule in of for limit in rule.limits}
        self._with_volume = Analyte.TOTAL in amounts
        self._since = (ledger.clock.now() - timedelta(days=DAYS)).isoformat()
        self._run, self._items, self._seen = _AFTER_ALL, list[str](), set[str]()
        self.controls = control_preview.affected(ledger.db, in_force, drafted, today, self._since)
        self.go_on(ledger.db)

    def go_on(self, db: Database) -> None:
        """Look at some more tubes."""
        for _ in range(AT_ONCE):
            if not self._items and not self._next_run(db):
                self.done = True
                return
            if self._items:
                self._look_at(db, self._items.pop())

    def _next_run(self, db: Database) -> bool:
        """Whose readings the run before has; False where there is none within the days."""
        row = reading_look_up.run_before(db, self._since, *self._run)
        if row is None:
            return False
        self._run = (row["at"], row["id"])
        if row["state"] != "held":
            items = dict.fromkeys(one["item"] for one in reading_look_up.readings_of_run(db, row["id"]) if one["item"])
            self._items = [item for item in reversed(items) if item not in self._seen]
            self._seen.update(self._items)
        return True

    def _look_at(self, db: Database, item: str) -> None:
        self.tubes += 1
        affected = self._affected(db, item)
        if affected is None:
            return
        self.many += 1
        if self.many <= SHOWN:
            self.affected.append(affected)

    def _affected(self, db: Database, item: str) -> Affected | None:
        if not self._changed:
            return None
        thing = measure_matching.item_of(db, item, with_volume=self._with_volume)
        if thing is None or not any(rule.is_for(thing.kind, thing.tests) for rule in self._changed):
            return None
        rows = reading_look_up.readings_since(db, item, self._since)
        every = [_Read(measured_runs.as_measured(row), (row["instrument"], row["assay"] or "")) for row in rows]
        words = [_words(_said(every, thing, rules)) for rules in self._sets]
        if words[0] == words[1]:
            return None
        cells = [cell for read in every for cell in read.one.quantities if cell.value is not None]
        values = ", ".join(measure_words.cell(cell) for cell in cells)
        return Affected(thing.code, thing.number, thing.kind, values, *words)


def _unlike(before: Iterable[Rule], after: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules that are in one set and not in the other: what all others say is the same."""
    old, new = tuple(before), tuple(after)
    return tuple(one for one in (*old, *new) if one not in old or one not in new)


def _said(every: list[_Read], thing: Item, rules: tuple[Rule, ...]) -> list[Judged]:
    own, volume = [rule for rule in rules if rule.is_for(thing.kind, thing.tests)], measured_runs.volume_of(thing)
    return [one for read in every for one in judged(own, read.one, read.names, volume)]


def _words(said: list[Judged]) -> str:
    """The worst word with the quantities that have it; versions are left out, for the version always changes."""
    word = worst(one.word for one in said)
    of = dict.fromkeys(one.limit.of.value for one in said if one.word is word)
    return f"{', '.join(of)} {word.value}".strip()
