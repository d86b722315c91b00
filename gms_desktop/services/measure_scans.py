"""A scan at Measure: the tube of a position or of a reading that waits, or the rack or plate that a run is of."""

from __future__ import annotations

from dataclasses import replace

from devices.values import Entered, Scan
from gms_desktop import measure_words, words
from gms_desktop.domain.readings.matching import How, Item
from gms_desktop.register import plate_look_up, rack_look_up, reading_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_list, measure_matching, measure_saving, measured_runs, site_rules
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import Resolved

PLACE = "measure"


def scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan) -> Outcome:
    """Answer one scan at Measure."""
    desk.told = {"by": said.entered.value, "device": said.source}
    if desk.question:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=PLACE)
    return replace(_scan(ledger, desk, code, said), place=PLACE)


def _scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan) -> Outcome:
    text = said.text.strip()
    if case_list.held_code(ledger.db, code) is not None:
        return Outcome(measure_words.in_dispute(text))
    if desk.measure.file and (outcome := _whole_run(ledger, desk, text)) is not None:
        return outcome
    item = None if code.patients else measure_matching.item_by_code(ledger.db, text)
    item = item or measure_matching.item_by_code(ledger.db, code.number)
    if item is None:
        return Outcome(measure_words.not_measured_here("This code" if code.private else text))
    if case_list.held(ledger.db, item.subject) is not None:
        return Outcome(measure_words.in_dispute(item.code))
    if not (desk.measure.named or desk.measure.waiting):
        # Typing a code does not show what lies on the pan.
        scanned = not desk.measure.file and said.entered is not Entered.TYPED
        desk.measure = replace(desk.measure, pan=item if scanned else None, tare=None)
        return Outcome(measure_words.which_reading(item.code))
    if said.entered is Entered.TYPED:
        return Outcome(measure_words.scan_it(item.code))
    if desk.measure.named:
        return _named(desk, desk.measure.named, item)
    return _claim(ledger, desk, item)


def _whole_run(ledger: Ledger, desk: Desk, text: str) -> Outcome | None:
    """A rack or a plate scanned for the open file; None for any other code."""
    at, db = desk.measure, ledger.db
    rack = rack_look_up.rack_by_code(db, text)
    if rack is not None:
        wells = any(one.well for run in at.runs for one in run.measured)
        desk.measure = replace(at, rack=rack["id"], plate="", by_order=not wells, seen=False)
        how = How.RACK_AND_WELL if wells else How.RUN_ORDER
        say = measure_words.rack_for_run if wells else measure_words.in_order
        return Outcome(say(rack["code"], measure_matching.count(ledger, desk.measure, how)))
    plate = plate_look_up.plate_by_code(db, text)
    if plate is not None:
        desk.measure = replace(at, plate=plate["id"], rack="", by_order=False, seen=False)
        return Outcome(
            measure_words.plate_for_run(plate["code"], measure_matching.count(ledger, desk.measure, How.PLATE_AND_WELL))
        )
    return None


def _named(desk: Desk, place: tuple[int, int], item: Item) -> Outcome:
    at = desk.measure
    desk.measure = replace(at, by_hand=(*(one for one in at.by_hand if one[0] != place), (place, item)), named=None)
    return Outcome(measure_words.named(at.runs[place[0]].measured[place[1]].sample, item.code))


def _claim(ledger: Ledger, desk: Desk, item: Item) -> Outcome:
    """The reading that waits is of the tube that was scanned, and is judged by the rules in force now."""
    db = ledger.db
    row = reading_look_up.reading(db, desk.measure.waiting)
    desk.measure = replace(desk.measure, waiting="")
    if row is None or row["state"] != "waiting":
        return Outcome(words.changed_meanwhile())
    last = f"last:reading:{row['id']}"
    body = {"reading": row["id"], "item": measure_saving.item_body(item), "how": How.SCANNED.value}
    rests = {"rests_on": ledger.driver.holders([last])[last], "bench": desk.place.bench}
    drafts = [Draft("reading.claimed", body | rests, input=desk.told)]
    said = measured_runs.judged_row(db, row, item, measure_matching.rules_today(ledger))
    if said:
        rules = site_rules.rule_text(db, "qc-limits")
        drafts.append(measure_saving.judged_draft(row["id"], said, rules, desk.place.bench, row["corrected"]))
    return Outcome(measure_words.claimed(measured_runs.sample_of(db, row), item.code), tuple(drafts))
