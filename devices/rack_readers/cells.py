"""What a reader's word for one well means: a tube's code, an empty well, a tube not read, or none of these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from devices.files.table import Number
from devices.values import RACK_96, RackDefect, RackShape, WellState

CODE = r"(?=(?:[^0-9]*[0-9]){4})[0-9A-Za-z][0-9A-Za-z_-]{7,39}"
"""Wide enough for every maker's codes, and narrow enough that no word of a reader's passes for one."""
NO_READ = ("NO READ", "NO SCAN", "NO TRAKMATE")
EMPTY = ("NO TUBE", "EMPTY")

_RACK = re.compile(r"(?=[^0-9]*[0-9])[0-9A-Za-z][0-9A-Za-z._-]{2,39}")
_PLACE = re.compile(r"([A-Za-z])\s?/?\s?(0?[1-9]|[1-9][0-9])", re.ASCII)
_SHORTENED = re.compile(r"[+-]?\d+(?:[.,]\d+)?E[+-]?\d+|\d+[.,]0+", re.IGNORECASE | re.ASCII)
_AS_TEXT = re.compile(r'="([^"]*)"')
_MARGIN = "\ufeff\u200b\u00a0"


@dataclass(frozen=True)
class RackProfile:
    """What a laboratory knows of a reader beyond its protocol.

    Attributes:
        shape: the racks it reads; None when it takes several sizes.
        tells_empty: whether it can be trusted to tell an empty well from a tube it cannot read; None for what its
            dialect is known for.
        no_read: its words for a tube that it could not read; capitals, spaces and underscores do not count.
        empty: its words for a well without a tube.
        code: the form of a tube's code; what has another form is no tube.
    """

    shape: RackShape | None = RACK_96
    tells_empty: bool | None = None
    no_read: tuple[str, ...] = NO_READ
    empty: tuple[str, ...] = EMPTY
    code: str = CODE

    def label(self, text: str) -> WellState | None:
        """What one of the reader's words stands for; None for anything else."""
        said = _folded(text)
        if said in map(_folded, self.no_read):
            return WellState.NO_READ
        return WellState.EMPTY if said in map(_folded, self.empty) else None


@dataclass(frozen=True)
class Cell:
    """One well's word, understood. ``defect`` says why it is none of tube, empty and no read."""

    state: WellState
    code: str = ""
    defect: RackDefect | None = None


NOT_A_CODE = Cell(WellState.NOT_SAID, defect=RackDefect.TEXT_NOT_A_CODE)
_A_NUMBER = Cell(WellState.NOT_SAID, defect=RackDefect.CODE_IS_A_NUMBER)


def cell_of(text: str, profile: RackProfile, blank: Cell = NOT_A_CODE) -> Cell:
    """What one well's word means.

    Args:
        text: the word as it came.
        profile: the words and codes of this reader.
        blank: what no word at all means in its dialect.
    """
    plain = bare(text)
    if not plain:
        return blank
    state = profile.label(plain)
    if state is not None:
        return Cell(state)
    if isinstance(text, Number) or _SHORTENED.fullmatch(plain):
        return _A_NUMBER
    return Cell(WellState.TUBE, plain) if re.fullmatch(profile.code, plain, re.ASCII) else NOT_A_CODE


def bare(text: str) -> str:
    """A cell without outer spaces (those of other alphabets too) and without a spreadsheet's ``="…"``."""
    plain = text.strip().strip(_MARGIN).strip()
    wrapped = _AS_TEXT.fullmatch(plain)
    return wrapped[1].strip() if wrapped else plain


def is_rack_code(text: str) -> bool:
    """Whether a text may be a rack's own code. Laboratories name racks more freely than makers name tubes."""
    return _RACK.fullmatch(text) is not None and not _SHORTENED.fullmatch(text)


def place_of(text: str) -> tuple[int, int] | None:
    """Row and column from nought of ``A1``, ``A01``, ``a1``, ``A/01``; None for what names no well of any rack."""
    found = _PLACE.fullmatch(bare(text))
    return (ord(found[1].upper()) - ord("A"), int(found[2]) - 1) if found else None


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    return re.sub(r"[\s_-]", "", text).casefold()
