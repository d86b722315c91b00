"""A tube that comes without its partner: announced so, or a repeat of one that went before. A person says it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from gms_desktop import plate_words, plating_words
from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import rack_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import plate_plan, site_rules
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_BETWEEN = "|"


def announce(ledger: Ledger, desk: Desk, answer: Answer | None) -> Outcome:
    """Plan tubes without their partners, or wait for them again; or ask which, and how they were announced."""
    offered = tuple(_choices(ledger.db, desk))
    if not offered:
        return Outcome(plating_words.none_waits())
    known = {one.code for one in offered}
    now = tuple(one for one in (answer.choices if answer else ()) if one in known)
    said = tuple((code, how) for code, _, how in (one.partition(_BETWEEN) for one in now))
    if answer is None or len({code for code, _ in said}) < len(said):
        before = tuple(f"{code}{_BETWEEN}{how}" for code, how in desk.plate.announced)
        question = Question(
            Command.PLATE_ANNOUNCED,
            plating_words.WHO_COMES_ALONE,
            offered,
            confirm="Plan it so",
            problems=(plating_words.ONE_EACH,) if answer else (),
            chosen=answer.choices if answer else before,
        )
        return Outcome(plating_words.asks_announced(), question=question)
    desk.plate = plate_plan.proposed(ledger.db, replace(desk.plate, announced=said, open=""))
    alone = ", ".join(f"{code} ({plate_words.delivery_words(how)})" for code, how in said)
    return Outcome(plating_words.planned_anew(f"Without a partner: {alone or 'no tube'}"))


def _choices(db: Database, desk: Desk) -> Iterator[Choice]:
    """Each tube that waits, or that was said to come alone, with each way of its rack type."""
    partners = site_rules.plating(db).in_force.partners
    types = dict(desk.plate.waiting)
    for code, type_ in sorted(types.items()):
        ways = {way for one in partners if one.of == type_ for way in one.unless}
        for how in (*sorted(ways), plate_words.REPEAT):
            yield Choice(f"{code}{_BETWEEN}{how}", f"{code}: {plate_words.delivery_words(how)}")


def kept(db: Database, announced: tuple[tuple[str, str], ...], tubes: set[str]) -> list[list[str]]:
    """What was said of the tubes of one plate, as its entry keeps it."""
    rows = ((rack_look_up.tube_by_code(db, code), how) for code, how in announced if code in tubes)
    return [[row["id"], how] for row, how in rows if row is not None]


def facts(db: Database, row: Row) -> tuple[tuple[str, str], ...]:
    """What was said of tubes of a plate that came without their partners, for Find."""
    found = []
    for tube, how in json.loads(row["pack"] or "{}").get("announced", ()):
        known = rack_look_up.tube(db, tube)
        found.append(("Without partner", f"{known['code'] if known else tube}: {plate_words.delivery_words(how)}"))
    return tuple(found)
