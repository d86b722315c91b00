"""The map of a rack as it is recorded: for paper, with the rack's code to scan, and as a picture; kept and issued."""

from __future__ import annotations

from hashlib import sha256

from gms_desktop import tube_words
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal.database import Row
from gms_desktop.journal.entry import Body
from gms_desktop.register import rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_documents, conceded_on_paper, kept_files, rack_view
from gms_desktop.services.imprints import imprint
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk

PDF, PICTURE = case_documents.OF_RACKS
NAMES = {PDF: "map.pdf", PICTURE: "map.png"}
_MOST_WELLS = 100
"""As many as a page has room for with a whole code in each."""


def about(rack: str) -> str:
    """What a map is found by: a thing of its own, so that printing one overtakes no work at the rack."""
    return f"rack_map:{rack}"


def issue(ledger: Ledger, desk: Desk) -> Outcome:
    """Write the map of the open rack as PDF and PNG."""
    row = rack_look_up.rack(ledger.db, desk.rack.rack) if desk.rack.rack else None
    if row is None:
        return Outcome(tube_words.map_of_no_rack())
    if row["rows"] * row["columns"] > _MOST_WELLS:
        return Outcome(tube_words.no_map(row["code"], f"{row['rows'] * row['columns']} wells do not fit on a page"))
    if desk.files is None:
        return Outcome(tube_words.no_map(row["code"], "This bench keeps no files"))
    from gms_desktop.documents.label import LabelUnreadable

    try:
        written = _written(ledger, desk, row)
        drafts = []
        for sort, content in written.items():
            document = ledger.identity()
            kind = kept_files.PDF if sort == PDF else "image/png"
            desk.files().put(content, kind, f"document:{document}", kept_files.now(ledger))
            body: Body = {"document": document, "sort": sort, "form": NAMES[sort].rpartition(".")[2]}
            body |= {"sha256": sha256(content).hexdigest(), "about": [about(row["id"])]}
            body |= dict.fromkeys(("start", "end", "replaces", "file"))
            drafts.append(Draft("document.issued", body, input=desk.told))
    except (LabelUnreadable, Refused, Unavailable) as fault:
        return Outcome(tube_words.no_map(row["code"], str(fault).rstrip(".")))
    return Outcome(tube_words.map_written(row["code"]), tuple(drafts))


def _written(ledger: Ledger, desk: Desk, row: Row) -> dict[str, bytes]:
    """The map, for paper and as a picture.

    Raises:
        LabelUnreadable: when its code could not be read from the page.
    """
    from gms_desktop.documents.plate_map import MapWell, PlateMap, plate_map
    from gms_desktop.documents.rejection_report import made
    from gms_desktop.domain.racks.wells import Shape

    by = imprint(ledger, desk.place.bench)
    views = rack_view.recorded_wells(ledger.db, row)
    wells = tuple(MapWell(one.well, one.look, one.code, one.holds) for one in views if one.code)
    said = PlateMap(
        row["code"],
        Shape(row["rows"], row["columns"]),
        wells,
        by.laboratory,
        f"As recorded. {made(by)}",
        by.rehearsal,
        what="Rack",
        conceded=tuple(conceded_on_paper.of_codes(ledger.db, [one.code for one in wells], desk.time_zone)),
    )
    return dict(zip((PDF, PICTURE), plate_map(said), strict=True))
