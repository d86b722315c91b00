"""The forms of a receiver: what stands in each at first, and what somebody entered, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from gms_desktop import destination_words as words
from gms_desktop import send_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.destinations import SORTS, Destination, TissueNeeds
from gms_desktop.services.destination_fields import read_field, shown
from gms_desktop.services.views import Answer, Choice, Question
from gms_desktop.words import begun

_LONGEST = 400
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
_EMPTY = Destination("", "", "", (), "", in_use=True, example=False, accepts=frozenset())
_FLAGS = {
    "in_use": words.IN_USE,
    "example": words.EXAMPLE_STILL,
    "high_risk": words.HIGH_RISK,
    "category_b": words.MARK,
    "closed_on_bank_holidays": words.HOLIDAYS,
}
_FORMS = {"slide": words.SLIDES, "scroll": words.SCROLLS}
_SORT, _STAINED = "takes:", "stained"


@dataclass(frozen=True)
class Part:
    """One form: its fields, and what is chosen in it."""

    words: str
    fields: tuple[str, ...]
    flags: tuple[str, ...] = ()
    sorts: bool = False
    tissue: bool = False


PARTS: Mapping[Command, Part] = {
    Command.SEND_PLACE_NEW: Part(words.WHO, ("code", "name", "ods", "address", "telephone"), sorts=True),
    Command.SEND_PLACE_WHO: Part(words.WHO, ("name", "ods", "address", "telephone"), ("in_use", "example")),
    Command.SEND_PLACE_TAKES: Part(
        words.TAKES,
        ("identifiers", "materials", "documents", "manifest", "temperature", "coldest", "warmest"),
        ("high_risk", "category_b"),
        sorts=True,
    ),
    Command.SEND_PLACE_WHEN: Part(
        words.WHEN,
        ("couriers", "cut_off", "transit_days", "receiving", "turnaround_days", "return_days"),
        ("closed_on_bank_holidays",),
    ),
    Command.SEND_PLACE_TISSUE: Part(
        words.TISSUE, ("number", "sections", "thickness_um", "minimum_percent", "bands"), tissue=True
    ),
}


def question(given: Command, now: Destination | None, answer: Answer | None, problems: tuple[str, ...]) -> Question:
    """Ask for one part of a receiver, with what stands now."""
    part, stands = PARTS[given], now or _EMPTY
    return Question(
        given,
        words.asks(part.words, stands.name),
        tuple(_choices(part)),
        fields=tuple((name, words.FIELDS[name]) for name in part.fields),
        confirm=words.CONFIRM,
        problems=problems,
        subject=stands.code,
        values=answer.fields if answer else tuple((name, shown(stands, name)) for name in part.fields),
        chosen=answer.choices if answer else tuple(_chosen(part, stands)),
    )


def _choices(part: Part) -> list[Choice]:
    made = [Choice(f"{_SORT}{one}", begun(send_words.SORTS[one])) for one in sorted(SORTS)] if part.sorts else []
    made += [Choice(one, _FLAGS[one]) for one in part.flags]
    if part.tissue:
        made += [*(Choice(one, said) for one, said in _FORMS.items()), Choice(_STAINED, words.STAINED)]
    return made


def _chosen(part: Part, stands: Destination) -> list[str]:
    found = [f"{_SORT}{one}" for one in sorted(stands.accepts)] if part.sorts else []
    found += [one for one in part.flags if getattr(stands, one)]
    if part.tissue and stands.tissue:
        found += [*stands.tissue.forms, *((_STAINED,) if stands.tissue.stained else ())]
    return found


def read(
    given: Command, now: Destination | None, answer: Answer, codes: frozenset[str]
) -> tuple[Destination | None, tuple[str, ...]]:
    """The receiver with what was entered, or why that is none.

    Args:
        given: which form.
        now: the receiver as it stands; None for a new one.
        answer: what was entered.
        codes: of the receivers that there are.
    """
    part, stands, problems = PARTS[given], now or _EMPTY, list[str]()
    said = {name: " ".join(value.split())[:_LONGEST] for name, value in answer.fields}
    found = {name: read_field(name, said.get(name, ""), problems) for name in part.fields}
    found |= {one: one in answer.choices for one in part.flags}
    if part.sorts:
        found["accepts"] = frozenset(one.removeprefix(_SORT) for one in answer.choices if one.startswith(_SORT))
    if now is None:
        problems += _of_code(str(found["code"]), codes)
    if part.tissue:
        found = {"tissue": _tissue(found, answer.choices, problems)}
    if problems:
        return None, tuple(problems)
    made = replace(stands, **found)
    problems += _missing(made)
    return (None if problems else made), tuple(problems)


def _of_code(code: str, codes: frozenset[str]) -> list[str]:
    if not _CODE.fullmatch(code):
        return [words.code_wanted()]
    return [words.code_taken(code)] if code in codes else []


def _missing(made: Destination) -> list[str]:
    wrong = (
        (not made.name, words.NEEDS_NAME),
        (not made.address, words.NEEDS_ADDRESS),
        (not made.accepts, words.NEEDS_SORT),
        (made.coldest is not None and made.warmest is not None and made.warmest < made.coldest, words.TURNED),
    )
    return [said for is_so, said in wrong if is_so]


def _tissue(found: Mapping[str, Any], choices: tuple[str, ...], problems: list[str]) -> TissueNeeds | None:
    forms = tuple(one for one in _FORMS if one in choices)
    if not forms and (_STAINED in choices or any(value not in {None, ()} for value in found.values())):
        problems.append(words.NEEDS_FORM)
    return TissueNeeds(forms, stained=_STAINED in choices, **found) if forms else None


def facts(one: Destination) -> tuple[tuple[str, str], ...]:
    """All that is said of a receiver, each thing with its words, empty where nothing is said."""
    takes = ", ".join(send_words.SORTS[sort] for sort in sorted(one.accepts))
    named = [(_short(name), shown(one, name)) for part in _FACTS_OF for name in PARTS[part].fields]
    flags = [(said, words.YES if getattr(one, name) else words.NO) for name, said in _FLAGS.items()]
    forms = ", ".join(_FORMS.get(form, form) for form in one.tissue.forms) if one.tissue else ""
    stained = (words.YES if one.tissue.stained else words.NO) if one.tissue else ""
    return (*named, (words.TAKES, takes), *flags, (words.TISSUE, forms), (words.STAINED, stained))


def _short(name: str) -> str:
    """A field's label without how it is filled in."""
    return re.split(r"[,;:]", words.FIELDS[name], maxsplit=1)[0]


_FACTS_OF = (
    Command.SEND_PLACE_NEW,
    Command.SEND_PLACE_TAKES,
    Command.SEND_PLACE_WHEN,
    Command.SEND_PLACE_TISSUE,
)
