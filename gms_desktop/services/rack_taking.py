"""Takes a reading in for the rack that it names, or the one open here: what was said, before it is judged."""

from __future__ import annotations

import base64
from dataclasses import replace

from devices.values import RackIdState, RackScan
from gms_desktop import tube_words, words
from gms_desktop.domain.identifiers import fluidx, nhs_number
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Database
from gms_desktop.register import rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_list, rack_compared, rack_readings, rack_scans, stored_things
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import resolve

# An entry holds 64 kB; a rack of 96 is some 3 kB of text, and its spreadsheet 10 kB.
_MOST_RAW = 32_000


def take(ledger: Ledger, desk: Desk, reading: RackScan, begun_at: str | None = None) -> Outcome:
    """Record a reading; the comparison with what stands there follows from it.

    Nothing is recorded of a reading whose rack is not known, or is not the one that is open.

    Args:
        ledger: the bench's.
        desk: what the bench remembers.
        reading: what the reader said.
        begun_at: the rack that was open when the reading began; None for a file, which is there at once.
    """
    if len(reading.raw) > _MOST_RAW:
        return Outcome(tube_words.too_long(reading.reader), place=rack_scans.PLACE)
    if well := _names_a_patient(ledger.db, reading):
        return Outcome(tube_words.a_patients_number_in(well), place=rack_scans.PLACE)
    code = reading.rack_id.code
    if not code and begun_at is not None and begun_at != desk.rack.rack:
        return Outcome(tube_words.another_since(), place=rack_scans.PLACE)
    named = rack_look_up.rack_by_code(ledger.db, code) if code else None
    here = rack_look_up.rack(ledger.db, desk.rack.rack) if desk.rack.rack else None
    refusal = _refused(desk, reading, named["code"] if named else "", here["code"] if here else "")
    if refusal is not None:
        return Outcome(refusal, place=rack_scans.PLACE)
    rack = here or named
    assert rack is not None
    if case_list.held(ledger.db, f"rack:{rack['id']}") is not None:
        return Outcome(tube_words.in_dispute(rack["code"]), place=rack_scans.PLACE)
    if (thrown_away := stored_things.gone(ledger.db, rack["id"], f"Rack {rack['code']}")) is not None:
        return Outcome(thrown_away, place=rack_scans.PLACE)
    if here is None:
        rack_scans.open_rack(ledger, desk, rack["id"])
    body = {
        "rack": rack["id"],
        "read": ledger.identity(),
        "reading": rack_readings.written(reading),
        "raw": base64.b64encode(reading.raw).decode("ascii"),
        "bench": desk.place.bench,
    }
    # What was scanned by hand before speaks for a tube in its well still; what was seen by eye is looked at anew.
    by_hand = rack_compared.by_hand_of(desk.rack, rack)
    kept = by_hand.read_again(one.well for one in by_hand.scans)
    desk.rack = replace(desk.rack, well="", read=body["read"], by_hand=kept)
    told = {"by": "device", "device": reading.reader}
    verdict = tube_words.reading_taken(rack["code"])
    return Outcome(verdict, (Draft("rack.read", body, input=told),), place=rack_scans.PLACE)


def _names_a_patient(db: Database, reading: RackScan) -> str:
    """The first well whose code is the number of a patient known here, and no tube's; empty where none is."""
    like = {one.code: one.position for one in reading.wells if one.code and nhs_number.check_digit_agrees(one.code)}
    tubes = rack_look_up.tubes_by_codes(db, like) if like else {}
    return next((well for code, well in like.items() if code not in tubes and resolve(db, code).patients), "")


def _refused(desk: Desk, reading: RackScan, named: str, here: str) -> Verdict | None:
    code = reading.rack_id.code
    if here and code and code != here:
        return tube_words.other_rack(code, here)
    if here or named:
        return None
    if reading.rack_id.state is RackIdState.READ and fluidx.is_fluidx(code):
        desk.rack = replace(desk.rack, unknown=code)
        return tube_words.whose_reading(code)
    return words.refused(tube_words.NO_RACK, "The reading names no rack. Scan the rack's own code, then read it again.")
