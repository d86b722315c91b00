"""A weight of what was scanned: only one at rest and with its unit is recorded, with the balance's own line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from devices.measured import Analyte, Measured, Quantity, Says
from devices.values import Tare, Weight
from gms_desktop import balance_words, measure_words, weight_words
from gms_desktop.domain.readings.judging import FAILS, Judged, Word, judged, worst
from gms_desktop.domain.readings.matching import How, Item
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_list, measure_matching, measure_saving, measured_runs, site_rules
from gms_desktop.services.measure_scans import PLACE
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk

INSTRUMENT = "Balance"
TARE = "tare"


def tared(desk: Desk, tare: Tare, of: str) -> Outcome:
    """Say what came of taring the balance; nothing is recorded before what is in the container is weighed.

    Args:
        desk: knows what was scanned last.
        tare: what the balance said.
        of: the subject that was scanned when it was asked.
    """
    item = desk.measure.pan
    if item is None:
        return _said(weight_words.scan_first())
    if item.subject != of:
        return _said(weight_words.another_scanned(item.code))
    container = tare.container
    if not container.stable or container.value is None:
        return _said(weight_words.not_tared(balance_words.weighed(container)))
    if not tare.tared or tare.after is None or tare.after.value is None:
        return _said(weight_words.still_shows(balance_words.weighed(tare.after or container)))
    desk.measure = replace(desk.measure, tare=container)
    shown, after = (measure_words.number(one) for one in (container.value, tare.after.value))
    return _said(weight_words.tared(item.code, f"{shown} {container.unit}", f"{after} {tare.after.unit}"))


def take(ledger: Ledger, desk: Desk, weight: Weight, of: str, serial: str, protocol: str) -> Outcome:
    """Record what a balance said.

    Args:
        ledger: where.
        desk: knows what was scanned last.
        weight: what the balance said.
        of: the subject that was scanned when it was asked.
        serial: of the balance; empty where it does not tell.
        protocol: what it speaks.
    """
    item = desk.measure.pan
    if item is None:
        return _said(weight_words.scan_first())
    if item.subject != of:
        return _said(weight_words.another_scanned(item.code))
    if not weight.stable or weight.value is None:
        return _said(weight_words.nothing_recorded(balance_words.weighed(weight)))
    if weight.value <= 0:
        return _said(weight_words.nothing_on_it(f"{measure_words.number(weight.value)} {weight.unit}"))
    if case_list.held(ledger.db, item.subject) is not None:
        return _said(measure_words.in_dispute(item.code))
    container = desk.measure.tare
    desk.measure = replace(desk.measure, pan=None, tare=None)
    return _recorded(ledger, desk, item, (weight, container), (serial, protocol))


def _said(verdict: Verdict) -> Outcome:
    return Outcome(verdict, place=PLACE)


def _recorded(
    ledger: Ledger, desk: Desk, item: Item, weighed: tuple[Weight, Weight | None], balance: tuple[str, str]
) -> Outcome:
    reading, serial, protocol = ledger.identity(), *balance
    weight, container = weighed
    cells = (_cell(weight, ""), *([_cell(container, TARE)] if container else []))
    one = Measured(line=1, sample="", quantities=cells)
    body: dict[str, Any] = {
        "reading": reading,
        "run": ledger.identity(),
        "item": measure_saving.item_body(item),
        "how": How.SCANNED.value,
        "quantities": measured_runs.cells(one),
        "instrument": INSTRUMENT,
        "serial": measured_runs.plain(serial),
        "protocol": protocol,
        "bench": desk.place.bench,
    }
    drafts = [Draft("reading.weighed", body, input={"by": "device", "device": INSTRUMENT})]
    said = _judged(ledger, item, one)
    if said:
        rules = site_rules.rule_text(ledger.db, "qc-limits")
        drafts.append(measure_saving.judged_draft(reading, said, rules, desk.place.bench))
    shown = measure_words.value(cells[0])
    if container is not None:
        shown = weight_words.net(shown, measure_words.value(cells[1]))
    return Outcome(_words(item.code, shown, said), tuple(drafts), place=PLACE)


def _cell(weight: Weight, part: str) -> Quantity:
    """A weight; that of a container, which was tared by, is a part: no limit takes it for the content."""
    said = (weight.unit, weight.raw, weight.raw_unit, part or "weight", part)
    return Quantity(Analyte.MASS, Says.NUMBER, weight.value, *said)


def _judged(ledger: Ledger, item: Item, one: Measured) -> tuple[Judged, ...]:
    rules = [rule for rule in measure_matching.rules_today(ledger) if rule.is_for(item.kind, item.tests)]
    return judged(rules, one, (INSTRUMENT, ""), measured_runs.volume_of(item))


def _words(code: str, shown: str, said: tuple[Judged, ...]) -> Verdict:
    word = worst(one.word for one in said)
    told = "; ".join(measure_words.judgement(one) for one in said) or Word.NO_RULE.value
    return (weight_words.fails if word in FAILS else weight_words.weighed)(code, shown, told)
