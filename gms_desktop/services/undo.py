"""Undo at the bench: the newest act of the open batch, as entries of its own. Labels that exist are spoiled by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from gms_desktop import words
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.store import Stored
from gms_desktop.judge.premises import Judgement
from gms_desktop.register import label_look_up, look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.register.undoing import RestsOn, undo_drafts
from gms_desktop.services.entry_words import entry_words
from gms_desktop.services.outcome import Outcome

RECEPTION = frozenset(
    {
        "specimen.received",
        "specimen.decided",
        "risk.stated",
        "risk.released",
        "reception.opened",
        "reception.closed",
        "downtime.number_spoiled",
        "delivery.arrived",
        "delivery.bag_found",
        "delivery.taken_up",
        "delivery.put_away",
        "delivery.leaked",
        "delivery.closed",
        "item.passed_on",
        "lot.entered",
        "lot.released",
        "lot.ended",
        "item.form_found",
        "specimen.examined",
        "specimen.step_done",
        "separation.spun",
        "specimen.compared",
        "hold.placed",
        "hold.chased",
        "hold.answered",
        "hold.released",
        "request.priority_raised",
        "urgent.told",
        "urgent.acknowledged",
        "nipt.stated",
        "nipt.judged",
        "nipt.result_stated",
        "nipt.qf_pcr_stated",
        "extraction.begun",
        "extraction.placed",
        "extraction.moved",
        "extraction.taken_out",
        "extraction.dropped",
        "extraction.lot_used",
        "extraction.started",
        "extraction.ended",
        "extraction.failed",
        "extraction.blank_measured",
        "eluate.made",
        "eluate.measured",
        "plate.planned",
        "plate.plan_dropped",
        "plate.made",
        "plate.wells_left_out",
        "pool.libraries_left_out",
        "holding_rack.filled",
        "index_set.taken_in",
        "index_plate.registered",
        "plate.indexed",
        "pool.made",
        "run.imported",
        "run.held",
        "run.released",
        "reading.recorded",
        "reading.weighed",
        "reading.claimed",
        "reading.taken_back",
        "reading.judged",
        "reading.chosen",
        "tissue.case_opened",
        "tissue.case_changed",
        "tissue.piece_joined",
        "tissue.timed",
        "tissue.assessed",
        "tissue.left_stated",
        "tissue.cut",
        "tissue.scraped",
        "tissue.stained",
        "tissue.imaged",
        "tissue.report_compared",
        "tissue.agreed",
        "tissue.ended",
        "tissue.case_corrected",
        "tissue.piece_corrected",
        "tissue.assessment_corrected",
        "tissue.piece_moved",
        "tissue.told_apart",
        "tube.bound",
        "tube.volume_stated",
        "volume.taken",
        "container.emptied",
        "tube.bind_released",
        "tube.moved",
        "rack.registered",
        "rack.settled",
        "place.registered",
        "place.stopped",
        "place.restored",
        "place.checked",
        "stored.put_away",
        "stored.taken_out",
    }
)
# What has left the machine, or was only noticed, is not undone: a label is spoiled by an entry of its own.
LEFT = frozenset(
    {
        "label.intended",
        "label.sending",
        "label.sent",
        "label.printed",
        "label.dropped",
        "label.verified",
        "label.spoiled",
        "label.put_off",
        "label_layout.tried",
        "label_layout.released",
        "document.recalled",
        "export.saved",
        "export.removed",
        "rack.read",
        "scan.judged",
        "session.changed",
        "undone",
    }
)
# A blade was changed, whatever becomes of the case for which it was.
_STAYS = frozenset({"tissue.blade_changed"})
_INTO_A_TUBE = frozenset({"eluate.made", "tube.bound"})
_CUT = frozenset({"tissue.cut", "tissue.scraped"})
_NUMBERED = frozenset({"aliquot.made", "eluate.made"})
# The newest act is nearly always among the last few entries; after files were taken in, further back.
_LOOK_BACK = 4_000


@dataclass(frozen=True)
class Act:
    """An act that may be undone, in words."""

    action: str
    words: str


@dataclass
class NothingToUndo:
    """A stretch of this bench's entries that hold nothing that could be undone: hours of refused scans are passed over.

    Attributes:
        after: the last entry before the stretch.
        to: its own last entry; 0 for no stretch.
        rollbacks: the file's rollbacks when it was looked through: one may have put other entries in its place.
    """

    after: int = 0
    to: int = 0
    rollbacks: int = 0


def newest(ledger: Ledger, passed: NothingToUndo | None = None) -> Act | None:
    """The newest act of this bench's open batch that is not undone yet; older work is corrected, not undone.

    Args:
        ledger: the bench's ledger.
        passed: what was looked through before; it is kept up.
    """
    undone: set[str] = set()
    # An act that was undone was undone whole: what is neither of these says nothing about it.
    db, found = ledger.db, _candidates(ledger, passed or NothingToUndo())
    for action, of_act in groupby(found, lambda one: one.entry.action):
        entries = list(of_act)
        undone |= {one.entry.body["of"] for one in entries if _takes_back(one)}
        if any(one.entry.id in undone for one in entries):
            continue
        if any(one.entry.kind.startswith("case.") for one in entries):
            # What a person settled for others to see is settled: there is no taking it back at one bench.
            continue
        if {one.entry.kind for one in entries} >= _INTO_A_TUBE:
            # What an eluate went straight into has held liquid: that tube is never free again.
            continue
        main = next((one for one in _by_weight(entries) if one.entry.kind in RECEPTION), None)
        if main is not None:
            return Act(action, entry_words(db, main.entry))
    return None


def _candidates(ledger: Ledger, passed: NothingToUndo) -> Iterator[Stored]:
    """Entries that may be undone or undo, newest first, not further back than is looked."""
    head, oldest = ledger.head, max(0, ledger.head.last_seq - _LOOK_BACK)
    if passed.rollbacks != ledger.rollbacks or passed.to > head.last_seq:
        passed.after, passed.to, passed.rollbacks = 0, 0, ledger.rollbacks
    found = False
    for last, before in ((head.last_seq, max(passed.to, oldest)), (passed.after, oldest)):
        for one in store.last_of_writer(ledger.db, head.writer, last, last - before, (*RECEPTION, "undone")):
            if not found:
                passed.after, passed.to, found = one.entry.seq, head.last_seq, True
            yield one
    if not found:
        passed.after, passed.to = oldest, head.last_seq


def _takes_back(one: Stored) -> bool:
    # An undo that the hub refused took nothing back: its act may be undone once more, on what is known by now.
    return one.entry.kind == "undone" and one.verdict != Judgement.REFUSED


def newest_import(db: Database, writer: str) -> Act | None:
    """The newest file that this bench took in and that still stands, however much was scanned since."""
    for row in look_up.imports(db, 1):
        act = store.of_subject(db, f"import:{row['id']}")[0].entry
        return Act(act.action, entry_words(db, act)) if act.writer == writer else None
    return None


# Which entry of an act names it: a decision before the opening it came with, an arrival before both.
_WEIGHT = {
    "specimen.received": 0,
    "import.taken_in": 0,
    "delivery.arrived": 0,
    "delivery.closed": 0,
    "specimen.decided": 1,
    "separation.spun": 1,
    "reception.opened": 2,
    "tube.bound": 0,
    "run.imported": 0,
    "reading.claimed": 0,
    "reading.weighed": 0,
    "extraction.begun": 0,
    "rack.settled": 0,
    "tissue.case_opened": 0,
    "stored.put_away": 0,
    "tube.moved": 1,
}


def _by_weight(entries: list[Stored]) -> list[Stored]:
    return sorted(entries, key=lambda one: _WEIGHT.get(one.entry.kind, 9))


def undo(ledger: Ledger, action: str, what: str) -> Outcome:
    """Undo an act, or say what rests on it."""
    try:
        drafts = undo_drafts(ledger, action, LEFT, _STAYS)
    except RestsOn as fault:
        later = entry_words(ledger.db, fault.later.entry) if fault.later else fault.subject
        return Outcome(words.rests_on(what, later))
    if not drafts:
        return Outcome(words.nothing_to_undo())
    spoiled = _spoil_labels(ledger, action)
    numbers = words.names(tuple(label_look_up.number(ledger.db, str(draft.body["label"])) for draft in spoiled))
    return Outcome(words.undone(what, numbers), (*drafts, *spoiled))


def _of_joined(ledger: Ledger, one: Stored) -> list[Row]:
    """The labels that a specimen got as a piece of a case: not those of the bag or pot that it came in."""
    if one.entry.kind != "tissue.piece_joined":
        return []
    copies, subject = look_up.labels_of_number(ledger.db, one.entry.body["number"]), f"piece:{one.entry.body['piece']}"
    return [copy for copy in copies if copy["subject"] == subject]


def _spoil_labels(ledger: Ledger, action: str) -> list[Draft]:
    received = [one for one in store.of_action(ledger.db, action) if one.entry.kind == "specimen.received"]
    labels = [label for one in received for label in look_up.labels_of_specimen(ledger.db, one.entry.body["specimen"])]
    poured = [one for one in store.of_action(ledger.db, action) if one.entry.kind in _NUMBERED]
    numbers = [one.entry.body["accession"] for one in poured if one.entry.body["accession"]]
    labels += [copy for number in numbers for copy in look_up.labels_of_number(ledger.db, number)]
    cut = [one for one in store.of_action(ledger.db, action) if one.entry.kind in _CUT]
    pieces = [piece["number"] for one in cut for piece in one.entry.body["cut"]]
    labels += [copy for number in pieces for copy in look_up.labels_of_number(ledger.db, number)]
    labels += [copy for one in store.of_action(ledger.db, action) for copy in _of_joined(ledger, one)]
    placed = [one for one in store.of_action(ledger.db, action) if one.entry.kind == "place.registered"]
    named = [f"place:{one.entry.body['place']}" for one in placed]
    labels += [copy for subject in named for copy in label_look_up.of_subject(ledger.db, subject)]
    return [
        Draft("label.spoiled", {"label": label["id"], "reason": "receipt undone"})
        for label in labels
        if label["state"] != "spoiled"
    ]
