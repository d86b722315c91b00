"""A scan at tissue: a case, a piece, the label of a new piece, or a specimen that is no piece of a case yet."""

from __future__ import annotations

from dataclasses import replace

from devices.values import Entered, Scan
from gms_desktop import tissue_words, words
from gms_desktop.domain import label_queue
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, tissue_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_list, piece_labels, tissue_pieces
from gms_desktop.services.at_tissue import AtTissue
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import Resolved

PLACE = "tissue"


def scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan) -> Outcome:
    """Answer one scan at tissue."""
    desk.told = {"by": said.entered.value, "device": said.source}
    if desk.question:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=PLACE)
    if case_list.held_code(ledger.db, code) is not None:
        return Outcome(tissue_words.in_dispute(code.code), place=PLACE)
    text = said.text.strip()
    case = tissue_look_up.case_by_number(ledger.db, text.upper())
    if case is not None:
        return open_case(desk, case)
    row = found(ledger.db, code, text)
    if row is not None:
        return replace(_piece(ledger, desk, row, typed=said.entered is Entered.TYPED), place=PLACE)
    return replace(_specimen(ledger, desk, code, text), place=PLACE)


def found(db: Database, code: Resolved, text: str) -> Row | None:
    """The piece that a code stands on: one that was cut here, or a specimen that is one."""
    for number in dict.fromkeys((code.number, code.code, text.upper())):
        row = tissue_look_up.piece_by_number(db, number) if number else None
        if row is not None:
            return row
    specimen = specimen_of(db, code)
    return tissue_look_up.piece_of_specimen(db, specimen["id"]) if specimen else None


def specimen_of(db: Database, code: Resolved) -> Row | None:
    """The specimen that a code stands on; None where it stands on none, or on several."""
    if code.number:
        return look_up.specimen_by_accession(db, code.number)
    return look_up.row(db, "specimen", code.specimens[0]) if len(code.specimens) == 1 else None


def open_case(desk: Desk, case: Row) -> Outcome:
    """A case is open here: what is scanned from now on may join it."""
    desk.tissue = replace(desk.tissue, case=case["id"], piece="", specimen="")
    return Outcome(tissue_words.case_shown(str(case["number"])), place=PLACE)


def _piece(ledger: Ledger, desk: Desk, row: Row, *, typed: bool) -> Outcome:
    if case_list.held(ledger.db, f"piece:{row['id']}") is not None:
        return Outcome(tissue_words.in_dispute(str(row["number"])))
    labels = look_up.labels_of_number(ledger.db, row["number"])
    awaited = _awaits_label(row, labels)
    if awaited and typed:
        return Outcome(words.typed_number(str(row["number"])))
    seen = shown(ledger.db, desk, row)
    if awaited:
        verified = Draft("label.verified", {"label": labels[0]["id"]}, input=desk.told)
        return Outcome(tissue_words.labelled(str(row["number"]), tissue_pieces.what(row)), (verified,))
    return seen


def awaits_label(db: Database, row: Row) -> bool:
    """Whether the label of a piece is not known to be on it yet: printed, and not scanned since."""
    return _awaits_label(row, look_up.labels_of_number(db, row["number"]))


def _awaits_label(row: Row, labels: list[Row]) -> bool:
    """Whether a scan says that the newest label is on: of a block's, whose number its bag carries too, once it is out.

    The label of a specimen that is no block is scanned back at reception.
    """
    if not labels:
        return False
    own = row["specimen"] is None or piece_labels.is_own(row, labels[0])
    return own and labels[0]["state"] in (look_up.UNSETTLED if len(labels) == 1 else label_queue.OUT)


def at(db: Database, desk: Desk) -> AtTissue:
    """Where the work here stands: the case of a piece that was moved since it came in hand is the one it is in."""
    row = tissue_look_up.piece(db, desk.tissue.piece) if desk.tissue.piece else None
    moved = row is not None and row["tissue_case"] and row["tissue_case"] != desk.tissue.case
    return replace(desk.tissue, case=row["tissue_case"]) if row is not None and moved else desk.tissue


def shown(db: Database, desk: Desk, row: Row) -> Outcome:
    """A piece is in hand, and its case open; one in dispute is not."""
    if case_list.held(db, f"piece:{row['id']}") is not None:
        return Outcome(tissue_words.in_dispute(str(row["number"])))
    before = tissue_look_up.case(db, desk.tissue.case) if desk.tissue.case != row["tissue_case"] else None
    desk.tissue = replace(desk.tissue, case=row["tissue_case"] or "", piece=row["id"], specimen="")
    if before is not None and (case := tissue_look_up.case(db, desk.tissue.case)) is not None:
        number, what = str(row["number"]), tissue_pieces.what(row)
        return Outcome(tissue_words.of_another_case(number, what, str(case["number"]), str(before["number"])))
    return Outcome(tissue_words.piece(str(row["number"]), tissue_pieces.what(row)))


def _specimen(ledger: Ledger, desk: Desk, code: Resolved, text: str) -> Outcome:
    specimen = specimen_of(ledger.db, code)
    if specimen is None or not specimen["accession"]:
        return Outcome(tissue_words.not_tissue(text))
    if not str(specimen["outcome"] or "").startswith("accepted"):
        return Outcome(tissue_words.not_accepted(str(specimen["accession"])))
    desk.tissue = replace(desk.tissue, specimen=specimen["id"], piece="")
    case = tissue_look_up.case(ledger.db, desk.tissue.case) if desk.tissue.case else None
    return Outcome(tissue_words.to_join(str(specimen["accession"]), str(case["number"]) if case else ""))
