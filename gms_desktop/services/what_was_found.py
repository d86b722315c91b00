"""Volume, type and what a type asks, as a person enters them: asked, read, and what is amiss."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gms_desktop import examination_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import ods
from gms_desktop.domain.specimen_types import CYTOLOGY, SpecimenType, TypeList
from gms_desktop.domain.volumes import How, read_volume
from gms_desktop.journal.database import Row
from gms_desktop.journal.private import PrivateValue
from gms_desktop.register.ledger import Ledger, Pen
from gms_desktop.services import examined, rights, specimen_lists
from gms_desktop.services.views import Answer, Choice, Question

_HOW = (
    Choice(How.MEASURED.value, "Measured here"),
    Choice(How.ESTIMATED.value, "Estimated by eye"),
    Choice(How.STATED.value, "Stated by the sender"),
)
_COMMON = (("volume", "Volume, with its unit"), ("type", "Type, where it differs"))
_FIELDS = {
    "cytology": (
        ("preparation", "Preparation"),
        ("fixative", "Fixative"),
        ("adequacy", "Adequacy"),
        ("assessor", "Assessed by"),
    ),
    "history": (
        ("extracted_by", "Extracted by: ODS code"),
        ("their_code", "Their code (FluidX)"),
        ("source", "Extracted from: type"),
        ("extracted_on", "Extracted on"),
    ),
}
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,39}")


@dataclass
class Found:
    """What an answer says: what is recorded, in words, and what is amiss."""

    seen: dict[str, object] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    problems: tuple[str, ...] = ()
    private: tuple[PrivateValue, ...] = ()

    @property
    def words(self) -> str:
        """What was found, in one line."""
        return ", ".join(self.said)

    def amiss(self, problem: str) -> None:
        """Something must be entered otherwise."""
        self.problems = (*self.problems, problem)


def question(what: str, kind: SpecimenType | None, problems: tuple[str, ...] = ()) -> Question:
    """What is asked of a specimen of a type. Nothing stands in the fields at first."""
    asks = [one for one in _FIELDS if kind is not None and one in kind.asks]
    return Question(
        command=Command.EXAMINE,
        title=f"How much is in {what}, and what is it?",
        choices=_HOW,
        many=False,
        comment_label="What the sender states of it" if "history" in asks else "",
        fields=(*_COMMON, *(pair for one in asks for pair in _FIELDS[one])),
        confirm="Note what was found",
        problems=problems,
    )


def read(ledger: Ledger, specimen: Row, kind: SpecimenType | None, answer: Answer, zone: str) -> Found:
    """What an answer says of a specimen."""
    said = {name: value.strip() for name, value in answer.fields}
    found, pen = Found(), ledger.pen()
    listed, subject = specimen_lists.types(ledger.db), f"specimen:{specimen['id']}"
    _volume(found, said.get("volume", ""), answer)
    _type(found, said.get("type", ""), specimen, listed)
    asks = kind.asks if kind is not None else frozenset()
    if "cytology" in asks:
        _cytology(found, said, listed, pen, subject)
    if "history" in asks:
        told = {**said, "words": answer.comment.strip()}
        _history(found, told, listed, pen, subject, rights.today(ledger, zone).isoformat())
    if not found.problems and not found.seen:
        found.amiss(examination_words.NOTHING_SAID)
    found.private = pen.values
    return found


def _volume(found: Found, text: str, answer: Answer) -> None:
    how = next((how for how in How if how.value in answer.choices), None)
    if not text:
        if how is not None:
            found.amiss(examination_words.VOLUME_MISSING)
        return
    volume = read_volume(text)
    if volume is None:
        found.amiss(examination_words.VOLUME_FORM)
    if how is None:
        found.amiss(examination_words.HOW_MISSING)
    if volume is not None and how is not None:
        found.seen["volume"] = examined.volume_body(volume, how)
        found.said.append(f"{volume.words} {how.value}")


def _type(found: Found, text: str, specimen: Row, listed: TypeList) -> None:
    if not text:
        return
    kind = listed.find(text)
    if kind is None:
        # Free text may carry a name, and stands in the entry: only the listed types do.
        found.amiss(examination_words.one_of("the type", ", ".join(one.words for one in listed.types)))
        return
    found.seen |= {"type_found": kind.words, "type_expected": specimen["type"]}
    found.said.append(kind.words)


def _cytology(found: Found, said: dict[str, str], listed: TypeList, pen: Pen, subject: str) -> None:
    kept: dict[str, str | None] = {}
    for name in CYTOLOGY:
        text, known = said.get(name, ""), listed.cytology[name]
        kept[name] = next((one for one in known if one.casefold() == text.casefold()), None)
        if text and kept[name] is None:
            found.amiss(examination_words.one_of(f"the {name}", ", ".join(known)))
    kept["assessor"] = pen.write(said.get("assessor") or None, subject)
    if any(kept.values()):
        found.seen["cytology"] = kept
        found.said.append("cytology")


def _history(found: Found, said: dict[str, str], listed: TypeList, pen: Pen, subject: str, today: str) -> None:
    by, code, source = said.get("extracted_by", ""), said.get("their_code", ""), said.get("source", "")
    kind = listed.find(source) if source else None
    day = dates.read_day(said.get("extracted_on", ""))
    if by and not ods.is_ods(by):
        found.amiss(examination_words.ORIGIN_FORM)
    if code and not _CODE.fullmatch(code):
        found.amiss(examination_words.CODE_FORM)
    if source and kind is None:
        found.amiss(examination_words.one_of("what it was extracted from", ", ".join(t.words for t in listed.types)))
    if said.get("extracted_on") and (day is None or day.isoformat() > today):
        found.amiss(examination_words.DAY_FORM)
    kept = {
        "extracted_by": ods.normalise(by) or None,
        # Ten digits may be a tube's or a patient's number: it is kept beside the entry, and found by Find all the same.
        "code": pen.write(code or None, subject),
        "source": kind.words if kind else None,
        "on": day.isoformat() if day else None,
        "words": pen.write(said.get("words") or None, subject),
    }
    if any(kept.values()):
        found.seen["history"] = kept
        found.said.append("history as stated")
