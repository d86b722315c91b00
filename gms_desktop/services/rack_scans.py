"""A scan at a rack: the source of DNA, its FluidX tube, a rack, or a tube taken up to fill a well or to be checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from devices.values import Entered, Scan
from gms_desktop import extract_words, tube_words, volume_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.identifiers.barcode import Kind
from gms_desktop.domain.racks.findings import Kind as FoundKind
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.remaining import in_ul
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import examination_look_up, extraction_look_up, look_up, rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    batches,
    case_list,
    eluate_stops,
    eluates,
    rack_compared,
    rack_standing,
    stops,
    stored_things,
    storing,
    volume_left,
)
from gms_desktop.services.at_rack import AtRack, Source
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import Resolved

PLACE = "racks"


def scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan) -> Outcome:
    """Answer one scan at a rack."""
    desk.told = {"by": said.entered.value, "device": said.source}
    if desk.question:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=PLACE)
    return replace(_scan(ledger, desk, code, said), place=PLACE)


def _scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan) -> Outcome:
    held = case_list.held_code(ledger.db, code)
    if held is not None:
        return Outcome(tube_words.in_dispute(code.code))
    text = said.text.strip()
    holder = rack_look_up.holder_of_code(ledger.db, text)
    if holder is None and code.number:
        return _source(ledger, desk, code, typed=said.entered is Entered.TYPED)
    if holder is None and code.patients:
        # Ten digits are an NHS number and a tube alike: one that a patient has is never taken for a tube's.
        return Outcome(tube_words.a_patients_number())
    if holder is None and not code.is_a(Kind.FLUIDX):
        return Outcome(tube_words.not_for_here(text))
    sort, _, held_id = (holder or "").partition(":")
    if sort not in {"", "rack", "tube"}:
        return Outcome(tube_words.not_for_here(text))
    if desk.rack.well:
        return _by_hand(ledger, desk, said, sort)
    if sort == "rack":
        return _this_rack(ledger, desk, text) or open_rack(ledger, desk, held_id)
    if desk.rack.source is not None:
        return _bind(ledger, desk, desk.rack.source, said, held_id)
    if sort == "tube":
        return _tube(ledger, desk, held_id, said)
    desk.rack = replace(desk.rack, unknown=text)
    return Outcome(tube_words.not_known(text))


def _source(ledger: Ledger, desk: Desk, code: Resolved, *, typed: bool) -> Outcome:
    """A specimen, or what was poured from it: its tube comes next. What may not be tested fills no tube."""
    number = code.number
    made = _made(ledger.db, number)
    label: tuple[Draft, ...] = ()
    if made is not None and made[0] == "eluate":
        if (refused := _eluate_stopped(ledger.db, made[1], number)) is not None:
            return Outcome(refused)
        pooling = desk.extract
        on_tube = eluates.scanned(ledger, desk, number, typed=typed)
        desk.extract = pooling
        if on_tube.verdict.kind is VerdictKind.REFUSED:
            return on_tube
        label = on_tube.drafts
    specimen = (
        look_up.row(ledger.db, "specimen", made[1]["specimen"])
        if made
        else look_up.specimen_by_accession(ledger.db, number)
    )
    if specimen is None:
        return Outcome(words.spoiled_label(number))
    refusal = _may_fill(ledger.db, specimen, number)
    if refusal is not None:
        return Outcome(refusal)
    sort, row = made or ("specimen", specimen)
    if (thrown_away := stored_things.gone(ledger.db, row["id"], number)) is not None:
        return Outcome(thrown_away)
    if sort != "eluate" and (taken := _extracted(ledger.db, specimen["id"], row["id"], number)) is not None:
        return Outcome(taken)
    if typed:
        return Outcome(extract_words.scan_it(number))
    desk.rack = replace(desk.rack, source=Source(sort, row["id"], number, specimen["id"]), well="")
    what = row["material"] if made else specimen["type"]
    left = volume_left.left(ledger.db, f"{sort}:{row['id']}")
    if left is not None and left.ul <= 0:
        desk.rack = replace(desk.rack, source=None)
        return Outcome(volume_words.nothing_left(number, left), label)
    return Outcome(tube_words.source_in_hand(number, what, volume_words.left(left) if left else ""), label)


def _eluate_stopped(db: Database, eluate: Row, number: str) -> Verdict | None:
    """Why an eluate fills no tube: its batch is held, or its position came to nothing; None where it does."""
    if batch := batches.holds(db, eluate):
        return extract_words.is_held(batch)
    why = eluate_stops.nothing_came(db, eluate)
    return extract_words.eluate_failed(number, why) if why else None


def _extracted(db: Database, specimen: str, source: str, number: str) -> Verdict | None:
    """What is said of a source that stands in a batch: its eluate has the blank and the lots, and may be held."""
    for row in extraction_look_up.positions_of_specimen(db, specimen):
        batch = extraction_look_up.batch(db, row["batch"])
        if batch is not None and row["source"] == source and row["state"] != "failed":
            return tube_words.scan_eluate(number, row["position"], batch["number"])
    return None


def _made(db: Database, number: str) -> tuple[str, Row] | None:
    """What was poured or extracted from a specimen under a number of its own, and which of the two it is."""
    poured = examination_look_up.aliquot_by_accession(db, number)
    eluate = extraction_look_up.eluate_by_number(db, number) if poured is None else None
    return ("aliquot", poured) if poured else ("eluate", eluate) if eluate else None


def _may_fill(db: Database, specimen: Row | None, number: str) -> Verdict | None:
    """Why a specimen fills no tube; None where it does."""
    if specimen is None or case_list.held(db, f"specimen:{specimen['id']}") is not None:
        return tube_words.in_dispute(number)
    why = stops.why_not(db, specimen, stops.TESTING)
    if why:
        return tube_words.not_to_be_tested(number, why)
    accepted = str(specimen["outcome"] or "").startswith("accepted")
    return None if accepted else tube_words.not_decided(number)


def _this_rack(ledger: Ledger, desk: Desk, code: str) -> Outcome | None:
    """The code of the open rack, scanned where its reader could not read it; None where nothing waits for it."""
    here = rack_compared.compared(ledger.db, desk.rack)
    if here is None or here.rack["code"] != code or not here.comparison.of(FoundKind.RACK_NOT_READ):
        return None
    by_hand = replace(rack_compared.by_hand_of(desk.rack, here.rack), rack=code)
    desk.rack = replace(desk.rack, read=here.rack["read"], by_hand=by_hand)
    return Outcome(tube_words.rack_is_this(code))


def open_rack(ledger: Ledger, desk: Desk, rack: str) -> Outcome:
    """Open a rack: tubes that are bound or scanned from now on go into it. The source in hand stays in hand."""
    row = rack_look_up.rack(ledger.db, rack)
    if row is None or case_list.held(ledger.db, f"rack:{rack}") is not None:
        return Outcome(tube_words.in_dispute(row["code"] if row else "This rack"))
    if (thrown_away := stored_things.gone(ledger.db, rack, f"Rack {row['code']}")) is not None:
        return Outcome(thrown_away)
    if desk.rack.rack != rack:
        desk.rack = AtRack(rack=rack, source=desk.rack.source)
    tubes = rack_look_up.tubes_in_rack(ledger.db, rack)
    free = row["rows"] * row["columns"] - len(tubes)
    return Outcome(tube_words.rack_opened(row["code"], len(tubes), free))


def _bind(ledger: Ledger, desk: Desk, source: Source, said: Scan, held: str) -> Outcome:
    text = said.text.strip()
    # It may have been rejected or put on hold since it was scanned, here or elsewhere.
    refusal = _may_fill(ledger.db, look_up.row(ledger.db, "specimen", source.specimen), source.number)
    if refusal is not None:
        desk.rack = replace(desk.rack, source=None)
        return Outcome(refusal)
    known = rack_look_up.tube(ledger.db, held) if held else None
    if known is not None:
        return Outcome(_used(ledger.db, desk, known, source))
    if said.entered is Entered.TYPED:
        return Outcome(tube_words.scan_it(text))
    tube = ledger.identity()
    body = {"tube": tube, "code": text, "source": {"sort": source.sort, "id": source.id}, "specimen": source.specimen}
    eluate = extraction_look_up.eluate(ledger.db, source.id) if source.sort == "eluate" else None
    if eluate is not None and (stopped := _eluate_stopped(ledger.db, eluate, source.number)) is not None:
        return Outcome(stopped)
    volume = _volume_bound(ledger.db, source)
    if isinstance(volume, Verdict):
        desk.rack = replace(desk.rack, source=None)
        return Outcome(volume)
    drafts = [Draft("tube.bound", body | {"volume": volume, "bench": desk.place.bench}, input=desk.told)]
    rack, well = _next(ledger.db, desk.rack.rack)
    if rack is not None and well:
        drafts.append(_moved(ledger, desk, tube, rack["id"], well, None, new=True))
    desk.rack = replace(desk.rack, source=None, unknown="")
    code = rack["code"] if rack is not None else ""
    return Outcome(tube_words.bound(text, source.number, well, code), tuple(drafts))


def _volume_bound(db: Database, source: Source) -> dict[str, str] | Verdict | None:
    """How much goes into the tube: what a person said, else all that is left. None where nobody knows how much.

    A verdict where it is not there to be taken.
    """
    left = volume_left.left(db, f"{source.sort}:{source.id}")
    value, unit = source.take
    if left is not None and left.ul <= 0:
        return volume_words.nothing_left(source.number, left)
    if value:
        wanted = in_ul(value, unit)
        if left is not None and wanted is not None and wanted > left.ul:
            return volume_words.not_so_much(source.number, wanted, left)
        return {"value": value, "unit": unit, "raw": f"{value} {unit}", "how": "stated"}
    return volume_left.of_ul(left.ul, left.how) if left is not None else None


def _used(db: Database, desk: Desk, tube: Row, source: Source) -> Verdict:
    if (tube["source_sort"], tube["source"]) == (source.sort, source.id):
        return tube_words.same_again(tube["code"], source.number)
    since = dates.display_minute(dates.to_local(datetime.fromisoformat(tube["at"]), desk.time_zone))
    tubes = [
        f"{one['code']} ({where(db, one) or 'in no rack'})"
        for one in rack_look_up.tubes_of_specimen(db, source.specimen)
        if (one["source_sort"], one["source"], one["state"]) == (source.sort, source.id, "bound")
    ]
    return tube_words.used_before(tube["code"], holds(db, tube), since, where(db, tube), (source.number, tubes))


def _tube(ledger: Ledger, desk: Desk, held: str, said: Scan) -> Outcome:
    """A bound tube without its source: it goes into the open rack, or is shown."""
    tube = rack_look_up.tube(ledger.db, held)
    if tube is None or case_list.held(ledger.db, f"tube:{held}") is not None:
        return Outcome(tube_words.in_dispute(said.text))
    if tube["state"] == "discarded":
        return Outcome(tube_words.discarded(tube["code"]))
    outcome = _into_the_rack(ledger, desk, tube, said)
    why = rack_standing.why_stopped(ledger.db, tube)
    if not why or outcome.verdict.kind is VerdictKind.REFUSED:
        return outcome
    return replace(outcome, verdict=tube_words.with_stop(outcome.verdict, why))


def _into_the_rack(ledger: Ledger, desk: Desk, tube: Row, said: Scan) -> Outcome:
    rack, well = _next(ledger.db, desk.rack.rack)
    if rack is None:
        return Outcome(tube_words.tube_known(tube["code"], holds(ledger.db, tube), where(ledger.db, tube)))
    if tube["rack"] == rack["id"]:
        return Outcome(tube_words.stands_here(tube["code"], tube["well"], rack["code"]))
    if not well:
        return Outcome(tube_words.rack_full(rack["code"]))
    if said.entered is Entered.TYPED:
        return Outcome(tube_words.scan_it(tube["code"]))
    former = where(ledger.db, tube)
    draft = _moved(ledger, desk, tube["id"], rack["id"], well, tube["rack"])
    stored = storing.into_rack(ledger, desk, tube, rack["id"])
    return Outcome(tube_words.put_in(tube["code"], well, rack["code"], former), (draft, *stored))


def _by_hand(ledger: Ledger, desk: Desk, said: Scan, sort: str) -> Outcome:
    """A tube lifted out of the well that is named on screen: only the code expected there fills it."""
    text = said.text.strip()
    if sort == "rack":
        return Outcome(tube_words.is_a_rack(text))
    if said.entered is Entered.TYPED:
        return Outcome(tube_words.scan_it(text))
    here = rack_compared.compared(ledger.db, desk.rack)
    well = desk.rack.well
    if here is None:
        desk.rack = replace(desk.rack, well="")
        return Outcome(tube_words.no_reading(text))
    expected = {one["well"]: one["code"] for one in rack_look_up.tubes_in_rack(ledger.db, desk.rack.rack)}
    by_hand = rack_compared.by_hand_of(desk.rack, here.rack).scanned(well, text)
    desk.rack = replace(desk.rack, well="", read=here.rack["read"], by_hand=by_hand)
    again = rack_compared.rules(ledger.db).read_again
    return Outcome(tube_words.by_hand(well, text, expected.get(well, ""), again=again))


def _next(db: Database, rack: str) -> tuple[Row | None, str]:
    """The open rack and its next free well, column by column; no well where it is full."""
    row = rack_look_up.rack(db, rack) if rack else None
    if row is None:
        return None, ""
    taken = {one["well"] for one in rack_look_up.tubes_in_rack(db, rack)}
    wells = Shape(row["rows"], row["columns"]).wells
    return row, next((well for well in wells if well not in taken), "")


def _moved(
    ledger: Ledger, desk: Desk, tube: str, rack: str | None, well: str | None, former: str | None, *, new: bool = False
) -> Draft:
    subjects = [*([] if new else [f"tube:{tube}"]), *(f"rack:{one}" for one in dict.fromkeys((rack, former)) if one)]
    last = ledger.driver.holders([f"last:{subject}" for subject in subjects])
    body = {"tube": tube, "rack": rack, "well": well, "former": former, "how": "scan", "bench": desk.place.bench}
    follows = [[subject, last[f"last:{subject}"]] for subject in subjects]
    return Draft("tube.moved", body | {"follows": follows}, input=desk.told)


def taken_out(ledger: Ledger, desk: Desk, tube: Row) -> Draft:
    """A tube leaves its rack."""
    return _moved(ledger, desk, tube["id"], None, None, tube["rack"])


def holds(db: Database, tube: Row) -> str:
    """What a tube holds, by number."""
    if tube.get("accession"):
        return str(tube["accession"])
    specimen = look_up.row(db, "specimen", tube["specimen"]) if tube["specimen"] else None
    return str(specimen["accession"]) if specimen else "a specimen that is not known here"


def where(db: Database, tube: Row) -> str:
    """Where a tube stands, in words; empty where in no rack."""
    rack = rack_look_up.rack(db, tube["rack"]) if tube["rack"] else None
    return f"{tube['well']} of rack {rack['code']}" if rack else ""
