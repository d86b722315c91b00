"""Worklists of a plate that was made: read back, compared with the plan, kept here and recorded as issued."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

from gms_desktop import plating_words, words
from gms_desktop.documents.label import LabelUnreadable
from gms_desktop.domain.commands import Command
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.exchange.worklists import fluidx_plot, hamilton, tecan
from gms_desktop.exchange.worklists.transfers import WorklistError, transfers_of
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, reading_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    case_documents,
    conceded_on_paper,
    kept_files,
    left_out,
    plate_gate,
    plate_view,
    plate_volumes,
    site_rules,
)
from gms_desktop.services.find import local_minute
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people import name_of
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Question

if TYPE_CHECKING:
    from gms_desktop.documents.plate_map import PlateMap

HAMILTON, TECAN, PLOT, MAP_PDF, MAP_PNG, DILUTION, DILUTION_TECAN = case_documents.OF_PLATES
NAMES = {
    HAMILTON: "Hamilton.csv",
    TECAN: "Tecan.gwl",
    PLOT: "FluidX plot.csv",
    MAP_PDF: "map.pdf",
    MAP_PNG: "map.png",
    DILUTION: "dilution.csv",
    DILUTION_TECAN: "dilution.gwl",
}
_TYPES = {HAMILTON: "text/csv", TECAN: "text/plain", PLOT: "text/csv", MAP_PDF: kept_files.PDF, MAP_PNG: "image/png"}
_VOLUME = re.compile(r"[0-9]{1,4}(\.[0-9]{1,2})?", re.ASCII)


def worklists(ledger: Ledger, desk: Desk, row: Row | None, answer: Answer | None) -> Outcome:
    """Write every worklist of a plate, or ask how much goes into each well."""
    if row is None or row["state"] != "made":
        return Outcome(words.refused(plating_words.NOTHING_PLANNED, "Scan a plate that was made first."))
    if stopped := left_out.undecided(ledger.db, row):
        well, why = next(iter(stopped.items()))
        return Outcome(plating_words.may_not_be_used(row["code"], well, why, len(stopped)))
    said = dict(answer.fields).get("volume", "").strip() if answer else ""
    if not _VOLUME.fullmatch(said) or not Decimal(said):
        verdict = plating_words.volume_wanted() if answer else plating_words.asks_volume()
        return Outcome(verdict, question=_asks_volume(row, said))
    wanted = plate_volumes.of_each(ledger.db, row, Decimal(said))
    if short := plate_volumes.short(ledger.db, row, wanted, answer):
        return Outcome(plating_words.less_remains(short), question=_asks_volume(row, said, short))
    try:
        written = written_of(ledger.db, row, Decimal(said)) | _maps(ledger, row)
    except (WorklistError, LabelUnreadable) as fault:
        return Outcome(plating_words.no_worklist(str(fault)))
    if desk.files is None:
        return Outcome(plating_words.no_worklist("This bench keeps no files"))
    drafts = []
    for sort, content in written.items():
        document = ledger.identity()
        try:
            desk.files().put(content, _TYPES[sort], f"document:{document}", kept_files.now(ledger))
        except (Refused, Unavailable) as fault:
            return Outcome(plating_words.no_worklist(str(fault).rstrip(".")))
        digest = sha256(content).hexdigest()
        body = {"document": document, "sort": sort, "form": NAMES[sort].rpartition(".")[2], "sha256": digest}
        about = {"start": None, "end": None, "about": [f"plate:{row['id']}"], "replaces": None, "file": None}
        drafts.append(Draft("document.issued", body | about, input=desk.told))
    names = [NAMES[sort] for sort in written]
    out = sorted(left_out.wells_out(ledger.db, row["id"]))
    drafts += plate_volumes.taken(desk, row, wanted)
    return Outcome(plating_words.written(row["code"], names, out), tuple(drafts))


def _asks_volume(row: Row, said: str, short: str = "") -> Question:
    """How much goes into each well; where less remains in a tube, whether it is written all the same."""
    return Question(
        Command.PLATE_WORKLISTS,
        f"How much goes into each well of {row['code']}?",
        (plate_volumes.ANYWAY,) if short else (),
        fields=(("volume", "Volume, µL"),),
        confirm="Write the worklists",
        problems=(short,) if short else (),
        values=(("volume", said),) if short else (),
    )


def written_of(db: Database, row: Row, volume_ul: Decimal) -> dict[str, bytes]:
    """The worklists of a plate by their sort, each read back and compared with the plan.

    Raises:
        WorklistError: when one would not say what the plan says.
    """
    plate, how = left_out.without(db, row), site_rules.worklists(db)
    transfers = transfers_of(plate, row["code"], plate_gate.sources(db, row), volume_ul, ("", ""))
    return {
        HAMILTON: hamilton.write(transfers, how.hamilton, plate.shape),
        TECAN: tecan.write(transfers, how.tecan, plate.shape, goes_on(db, row)),
        PLOT: fluidx_plot.write(plate, row["code"]),
    }


def goes_on(db: Database, row: Row) -> tuple[str, ...]:
    """Each tube of a plate that goes on although it fails a rule; who said so and why stands on the map alone."""
    tubes = left_out.without(db, row).tubes.values()
    return tuple(
        plating_words.goes_on(one.code, of["rule"], of["version"]) for one in tubes for of in _rules(db, one.code)
    )


def _rules(db: Database, code: str) -> Iterator[Row]:
    """What was conceded of a tube, and of the eluate in it."""
    for item in conceded_on_paper.in_tube(db, code):
        yield from reading_look_up.concessions(db, item)


def _maps(ledger: Ledger, row: Row) -> dict[str, bytes]:
    """The map of a plate, for paper and as a picture.

    Raises:
        LabelUnreadable: when its code could not be read from the page.
    """
    from gms_desktop.documents.plate_map import plate_map

    printed, picture = plate_map(map_of(ledger, row))
    return {MAP_PDF: printed, MAP_PNG: picture}


def map_of(ledger: Ledger, row: Row) -> PlateMap:
    """What the map of a plate says: codes and numbers, and nobody's name."""
    from gms_desktop.documents.plate_map import MapWell, PlateMap

    laboratory = look_up.laboratory(ledger.db)
    if laboratory is None:
        raise RuntimeError("a laboratory is set up with its first writer")
    views = plate_view.wells_of_made(ledger.db, row)
    wells = tuple(MapWell(one.well, one.look, one.code, one.holds) for one in views if one.code)
    who = name_of(ledger.db, row["maker"]) if row["maker"] else "the application"
    made = f"Made {local_minute(row['made_at'], laboratory['time_zone'])} by {who}"
    shape = Shape(row["rows"], row["columns"])
    codes = [one.code for one in wells]
    conceded = tuple(conceded_on_paper.of_codes(ledger.db, codes, laboratory["time_zone"]))
    rehearsal = bool(laboratory["rehearsal"])
    return PlateMap(row["code"], shape, wells, laboratory["name"], made, rehearsal, conceded=conceded)
