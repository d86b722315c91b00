"""What we answer of each thing that a sender lists: as Receive recorded it, and as a person says of the rest.

Nothing is guessed: a thing that is not booked in, and of which nobody says what became of it, keeps the answer from
being written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gms_desktop import answer_words
from gms_desktop.exchange.consignments.contents import Acknowledgement, Found, Outcome
from gms_desktop.services.incoming import HowFar

_BETWEEN = re.compile(r"[\s,;]+")
_NAMED = {
    answer_words.RECEIVED: Outcome.RECEIVED,
    answer_words.MISSING: Outcome.MISSING,
    answer_words.DAMAGED: Outcome.DAMAGED,
    answer_words.REJECTED: Outcome.REJECTED,
}


class NotSaid(ValueError):
    """What was entered is no whole answer; the text says why, and what to do."""


def found(number: str, far: tuple[HowFar, ...], said: Mapping[str, str], *, nothing_else: bool) -> tuple[Found, ...]:
    """What the answer says of each thing, in the order of the list, then of what is in the box besides.

    Args:
        number: the sender's, of the consignment.
        far: each thing of the list as it stands here.
        said: what a person entered, by field of :mod:`answer_words`.
        nothing_else: whether the person says that what is not booked in, and not named, never came.

    Raises:
        NotSaid: when something stays open or contradicts what is recorded.
    """
    named = _named(number, far, said)
    made = tuple(_of(one, named, nothing_else=nothing_else) for one in far)
    open_ones = tuple(one.item.number for one, answer in zip(far, made, strict=True) if answer is None)
    if open_ones:
        raise NotSaid(answer_words.unsaid(open_ones))
    more = tuple(Found(number=one, outcome=Outcome.UNEXPECTED) for one in _extra(number, far, said))
    return (*(answer for answer in made if answer is not None), *more)


def open_numbers(far: tuple[HowFar, ...]) -> tuple[str, ...]:
    """Numbers of the things that are not booked in."""
    return tuple(one.item.number for one in far if not one.number and not one.follows_in)


def former(far: tuple[HowFar, ...], answer: Acknowledgement | None) -> tuple[tuple[str, str], ...]:
    """What the last answer said and the register does not, as fields: whoever writes again does not type it again."""
    if answer is None:
        return ()
    known = {one.item.number for one in far if one.number or one.follows_in}
    booked = {one.item.number for one in far if one.outcome == Outcome.REJECTED}
    kept = {field: list[str]() for field in (*_NAMED, answer_words.UNEXPECTED)}
    for one in answer.items:
        field = next((name for name, outcome in _NAMED.items() if outcome is one.outcome), answer_words.UNEXPECTED)
        told = one.outcome in {Outcome.RECEIVED, Outcome.MISSING} and one.number in known
        if not told and one.number not in booked:
            kept[field].append(one.number)
    values = tuple((field, " ".join(numbers)) for field, numbers in kept.items() if numbers)
    return (*values, *(((answer_words.WORDS, answer.words),) if answer.words else ()))


def _named(number: str, far: tuple[HowFar, ...], said: Mapping[str, str]) -> dict[str, Outcome]:
    listed = {code.upper(): one for one in far for code in (*one.item.codes, one.item.number)}
    named = [(code, outcome) for field, outcome in _NAMED.items() for code in numbers(said.get(field, ""))]
    if strange := tuple(code for code, _ in named if code not in listed):
        raise NotSaid(answer_words.not_on_list(strange, number))
    made = [(listed[code].item.number, outcome) for code, outcome in named]
    every = [one for one, _ in made]
    if twice := tuple(dict.fromkeys(one for one in every if every.count(one) > 1)):
        from gms_desktop import send_words

        raise NotSaid(send_words.named_twice(twice))
    here = {one.item.number for one in far if one.number}
    if wrong := tuple(one for one, outcome in made if outcome is Outcome.MISSING and one in here):
        raise NotSaid(answer_words.is_here(wrong))
    return dict(made)


def _extra(number: str, far: tuple[HowFar, ...], said: Mapping[str, str]) -> tuple[str, ...]:
    extra = numbers(said.get(answer_words.UNEXPECTED, ""))
    listed = {code.upper() for one in far for code in (*one.item.codes, one.item.number)}
    if known := tuple(one for one in extra if one in listed):
        raise NotSaid(answer_words.on_list(known, number))
    return extra


def _of(one: HowFar, named: Mapping[str, Outcome], *, nothing_else: bool) -> Found | None:
    number, stated = one.item.number, named.get(one.item.number)
    if one.outcome == Outcome.REJECTED:
        return Found(number=number, outcome=stated or Outcome.REJECTED, words="; ".join(one.reasons))
    if stated is not None:
        return Found(number=number, outcome=stated)
    if one.number:
        return Found(number=number, outcome=Outcome.RECEIVED)
    if one.follows_in:
        return Found(number=number, outcome=Outcome.MISSING, words=one.words)
    return Found(number=number, outcome=Outcome.MISSING) if nothing_else else None


def numbers(text: str) -> tuple[str, ...]:
    """Numbers and codes as a person types them, each once."""
    return tuple(dict.fromkeys(part.upper() for part in _BETWEEN.split(text) if part))
