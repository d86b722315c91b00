"""What a scanner does to the codes of the self-test sheet, and what that teaches of its settings. Pure.

Three codes are enough: one of letters and digits (prefix, suffix, terminator, Caps Lock), one with the signs that
keyboard layouts exchange, one of GS1 with a separator in its middle. Prefix and suffix are what all three have alike;
an AIM identifier differs from code to code, which tells it from a prefix.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import Literal

from devices.scanners.keyboard_burst import BurstSettings
from devices.scanners.layout import KeyboardState, typed

GS = "\x1d"
SIGNS = '"@#~'
CODES: Mapping[int, str] = {
    1: "Gms-Test-1",
    2: f"Gms-Test-2{SIGNS}",
    3: f"010950600013435210GmsTest3{GS}21Sn3",
}
"""What the codes of the sheet hold. The third is GS1: a made-up lot and serial of the article that GS1 uses as example
(GS1 General Specifications), with FNC1 first and where the GS stands."""

# The signs as they are seen: the keys are those of Morovia KB 10604; "#~" is the key by Enter, "\\|" on a US keyboard.
_SIGNS_SEEN = {SIGNS: None, '@"£¬': KeyboardState.US_SCANNER, '@"\\|': KeyboardState.UK_SCANNER}
_WITH_CAPS = {
    None: KeyboardState.CAPS_LOCK,
    KeyboardState.US_SCANNER: KeyboardState.US_SCANNER_CAPS,
    KeyboardState.UK_SCANNER: KeyboardState.UK_SCANNER_CAPS,
}
Ends = Literal["CR", "LF", "CRLF", "TAB"]
_TERMINATORS: Mapping[str, Ends] = {"\r\n": "CRLF", "\r": "CR", "\n": "LF", "\t": "TAB"}
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_NO_TEXT = "\ufffc"


class Fault(StrEnum):
    """Why a scanner cannot be used as it is set, or why nothing was learnt."""

    NOT_OURS = "not a code of the sheet"
    CASE = "letters changed"
    LAYOUT = "layout not known"
    KEY = "a key of the application"
    CONTROL = "a control key"
    NO_TERMINATOR = "no terminator"
    TAB = "Tab ends a code"
    UNPRINTABLE = "prefix or suffix is no plain sign"
    AIM_FIRST = "AIM identifier before the prefix"
    SLOW = "too slow"
    UNLIKE = "differs from code to code"


@dataclass(frozen=True)
class Stroke:
    """One key as it came, or one byte of a scanner on a port.

    Attributes:
        text: its sign; empty for a key that types none.
        key: its name ("F5", "Ctrl+M"), for a key that is more than its sign; empty for letters, Enter and Tab.
        at_ms: when.
    """

    text: str
    key: str = ""
    at_ms: float = 0


@dataclass(frozen=True)
class Heard:
    """One code of the sheet as it arrived.

    Attributes:
        number: which, from 1.
        before: what stood before it, as it was seen.
        after: what stood behind it, without what ends it.
        terminator: CR, LF, CRLF or TAB; None where nothing ends it.
        caps: Caps Lock was on.
        state: which layouts differ; told by the second code alone.
        separator: what stood where the group separator belongs; of the third code alone.
        median_ms: the middle gap between keys.
        longest_ms: the longest.
    """

    number: int
    before: str
    after: str
    terminator: Ends | None
    caps: bool = False
    state: KeyboardState | None = None
    separator: str = ""
    median_ms: float = 0
    longest_ms: float = 0


@dataclass(frozen=True)
class Refusal:
    """What stands in the way, with the key or sign that it is about and what that key does here."""

    fault: Fault
    what: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Taught:
    """How a scanner is set.

    Attributes:
        prefix: what it puts before each code.
        suffix: what it puts between the code and its end.
        terminator: CR, LF, CRLF or TAB.
        aim: whether it sends the AIM identifier.
        separator: the group separator as it arrives: GS, another text, or nothing where it is dropped.
        state: which layouts differ; None where scanner and computer have the same.
        caps: Caps Lock is on now, which is no setting.
    """

    prefix: str
    suffix: str
    terminator: Ends
    aim: bool
    separator: str = field(repr=False)
    state: KeyboardState | None = None
    caps: bool = False


def hear(strokes: Sequence[Stroke], keys: Mapping[str, str], *, typing: bool) -> Heard | Refusal:
    """What became of one code.

    Args:
        strokes: everything that came, in order.
        keys: what each key of the application does, by its name.
        typing: whether the scanner types; one on a port presses no key.
    """
    seen = "".join(stroke.text or _NO_TEXT for stroke in strokes)
    found = _found(seen)
    if isinstance(found, Refusal):
        return found
    begin, end, heard = found
    outside = [*strokes[:begin], *strokes[end:]]
    pressed = _pressed([*outside, *strokes[begin:end]], keys) if typing else None
    return pressed or _unfit(heard, typing=typing) or _paced(heard, strokes)


def teach(heard: Mapping[int, Heard], *, typing: bool) -> Taught | Refusal | None:
    """How the scanner is set, once every code was heard; None before."""
    if set(heard) != set(CODES):
        return None
    state = heard[2].state
    befores = [_back(heard[number].before, heard[number].caps, state) for number in CODES]
    afters = {_back(heard[number].after, heard[number].caps, state) for number in CODES}
    ends = {heard[number].terminator for number in CODES}
    if len(afters) != 1 or len(ends) != 1:
        return Refusal(Fault.UNLIKE)
    [suffix], [terminator] = afters, ends
    if suffix is None or terminator is None or None in befores:
        return Refusal(Fault.LAYOUT)
    told = _prefix([before for before in befores if before is not None])
    if told is None:
        return Refusal(Fault.UNLIKE)
    prefix, aim, first = told
    if typing and first and prefix:
        return Refusal(Fault.AIM_FIRST, prefix)
    slow = _slow(heard, prefix) if typing else None
    caps = any(one.caps for one in heard.values())
    return slow or Taught(prefix, suffix, terminator, aim, heard[3].separator, state, caps)


def _found(seen: str) -> tuple[int, int, Heard] | Refusal:
    """Where a code of the sheet stands in what was seen."""
    for number in CODES:
        for caps in (False, True):
            for head, tail, state in _looks(number):
                match = re.search(_pattern(head, tail, caps=caps), seen, re.DOTALL)
                if match is not None:
                    after = seen[match.end() :]
                    end = next((end for end in _TERMINATORS if after.endswith(end)), "")
                    between = match.group("between") if tail else ""
                    before = seen[: match.start()]
                    rest = after.removesuffix(end) if end else after
                    heard = Heard(number, before, rest, _TERMINATORS.get(end), caps, state, between)
                    return match.start(), match.end(), heard
    return _why_not(seen)


def _looks(number: int) -> list[tuple[str, str, KeyboardState | None]]:
    """The code as each layout shows it: its head, and its tail behind a separator."""
    if number == 2:
        return [(CODES[2].replace(SIGNS, signs), "", state) for signs, state in _SIGNS_SEEN.items()]
    head, _, tail = CODES[number].partition(GS)
    return [(head, tail, None)]


def _pattern(head: str, tail: str, *, caps: bool) -> str:
    head, tail = (head.swapcase(), tail.swapcase()) if caps else (head, tail)
    return re.escape(head) + (f"(?P<between>.{{0,8}}?){re.escape(tail)}" if tail else "")


def _why_not(seen: str) -> Refusal:
    low = seen.lower()
    heads = [code.partition(GS)[0].removesuffix(SIGNS) for code in CODES.values()]
    if any(head.lower() in low and head not in seen and head.swapcase() not in seen for head in heads):
        return Refusal(Fault.CASE)
    head = CODES[2].removesuffix(SIGNS)
    if head in seen or head.swapcase() in seen:
        return Refusal(Fault.LAYOUT)
    return Refusal(Fault.NOT_OURS)


def _pressed(strokes: Sequence[Stroke], keys: Mapping[str, str]) -> Refusal | None:
    """A key among them that does something here, or that no scan may be wrapped in."""
    for stroke in strokes:
        if stroke.key in keys:
            return Refusal(Fault.KEY, stroke.key, keys[stroke.key])
    odd = next((stroke for stroke in strokes if stroke.key and stroke.text != GS), None)
    return Refusal(Fault.CONTROL, odd.key) if odd else None


def _unfit(heard: Heard, *, typing: bool) -> Refusal | None:
    if not heard.terminator:
        return Refusal(Fault.NO_TERMINATOR)
    if typing and heard.terminator == "TAB":
        return Refusal(Fault.TAB, "Tab")
    odd = next((sign for sign in heard.before + heard.after if not sign.isprintable() or sign == " "), None)
    return Refusal(Fault.UNPRINTABLE, _named(odd)) if odd else None


def _named(sign: str) -> str:
    return {" ": "a space", "\r": "Enter", "\n": "Enter", "\t": "Tab"}.get(sign, f"character {ord(sign):02X}")


def _paced(heard: Heard, strokes: Sequence[Stroke]) -> Heard:
    gaps = [max(0.0, after.at_ms - before.at_ms) for before, after in pairwise(strokes)] or [0.0]
    return Heard(**{**vars(heard), "median_ms": median(gaps), "longest_ms": max(gaps)})


def _slow(heard: Mapping[int, Heard], prefix: str) -> Refusal | None:
    allowed = BurstSettings()
    middle = max(one.median_ms for one in heard.values())
    longest = max(one.longest_ms for one in heard.values())
    if prefix:
        return Refusal(Fault.SLOW, f"{longest:.0f}") if longest > allowed.prefixed_gap_ms else None
    slow = middle > allowed.median_ms or longest > allowed.gap_ms
    return Refusal(Fault.SLOW, f"{max(middle, longest):.0f}") if slow else None


def _back(seen: str, caps: bool, state: KeyboardState | None) -> str | None:
    """What the scanner typed; None where the layouts do not let it be told."""
    here = _WITH_CAPS[state] if caps else state
    return seen if here is None else typed(seen, here)


def _prefix(befores: Sequence[str]) -> tuple[str, bool, bool] | None:
    """The prefix, whether an AIM identifier is sent, and whether that stands before the prefix."""
    if len(set(befores)) == 1:
        return befores[0], False, False
    behind = {before[:-3] for before in befores if _AIM.fullmatch(before[-3:])}
    if len(behind) == 1 and all(_AIM.fullmatch(before[-3:]) for before in befores):
        return behind.pop(), True, False
    ahead = {before[3:] for before in befores if _AIM.match(before)}
    if len(ahead) == 1 and all(_AIM.match(before) for before in befores):
        return ahead.pop(), True, True
    return None
