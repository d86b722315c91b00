"""What a correction of tissue put right of the words that are private, for the history of a thing.

They stand on Find and on the paper of a history, where whoever is signed in sees whose it is; not on a button, and not
in the list of what somebody did. What was erased is said to be no longer known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gms_desktop import tissue_correct_words, tissue_end_words
from gms_desktop.domain import dates
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry

_OF = {
    "tissue.piece_corrected": ("piece", ("outside",)),
    "tissue.assessment_corrected": ("assessment", ("assessor", "comment")),
    "tissue.case_corrected": ("case", ("histology", "clinician")),
}
_ENDED = "tissue.ended"
_SUBJECTS = {"piece": "piece", "assessment": "tissue_assessment", "case": "tissue_case"}
_REASONS = {
    "tissue.piece_corrected": "piece",
    "tissue.piece_moved": "piece",
    _ENDED: "piece",
    "tissue.assessment_corrected": "assessment",
    "tissue.case_corrected": "case",
    "tissue.told_apart": "case",
}


def beside(db: Database, entry: Entry) -> str:
    """What is said beside an entry: the private words that were corrected with what stood there before, and why."""
    of = _REASONS.get(entry.kind)
    if of is None:
        return ""
    known = store.private_values(db, [f"{_SUBJECTS[of]}:{entry.body[of]}"])
    said = [*_changed(entry, known), *_plain(entry), *_went_to(entry, known)]
    why = known.get(entry.body["comment" if entry.kind == _ENDED else "reason"] or "")
    return "".join((f". {'; '.join(said)}" if said else "", f". “{why}”" if why else ""))


def _changed(entry: Entry, known: Mapping[str, str | None]) -> list[str]:
    earlier: Mapping[str, Any] = entry.body.get("earlier") or {}
    names = _OF[entry.kind][1] if entry.kind in _OF else ()
    found = []
    for name in names:
        before, after = _value(known, earlier.get(name)), _value(known, entry.body[name])
        if name in earlier and before != after:
            found.append(tissue_correct_words.corrected_to(tissue_correct_words.PRIVATE[name], before, after))
    return found


def _went_to(entry: Entry, known: Mapping[str, str | None]) -> list[str]:
    to = known.get(entry.body["to"] or "") if entry.kind == _ENDED else None
    return [tissue_end_words.went_to(to)] if to else []


def _value(known: Mapping[str, str | None], commitment: str | None) -> str:
    if not commitment:
        return ""
    return known.get(commitment) or tissue_correct_words.NOT_KNOWN_HERE


def _plain(entry: Entry) -> list[str]:
    """Of a case also what is not private: its entry's own words name none of its values."""
    earlier = entry.body.get("earlier") if entry.kind == "tissue.case_corrected" else None
    if not earlier:
        return []
    pairs = {
        "hospital": (earlier["hospital"] or "", entry.body["hospital"] or ""),
        "referred_on": (_day(earlier["referred_on"]), _day(entry.body["referred_on"])),
    }
    return [
        tissue_correct_words.corrected_to(tissue_correct_words.PRIVATE[name], before, after)
        for name, (before, after) in pairs.items()
        if before != after
    ]


def _day(iso: str | None) -> str:
    return dates.display(date.fromisoformat(iso)) if iso else ""
