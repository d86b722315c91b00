"""The codes of command cards: a closed list of texts that no other identifier can have.

Each begins and ends with ``!``, which stands in no number of ours, of the NHS, of NGIS or of a FluidX tube; GS1 begins
with digits. None of its signs is one that UK and US keyboards exchange, and case does not count, so that a scanner that
types brings it through any layout of these two and through Caps Lock. A code of which anything is lost is no card.
"""

from __future__ import annotations

import re
from enum import StrEnum

MARK = "!GMS!"
_END = "!"
_AIM = re.compile(r"\A\][A-Z][0-9A-Z]")


class Card(StrEnum):
    """What a card does, as its code says it."""

    CONFIRM = "CONFIRM"
    GO_BACK = "GO-BACK"
    UNDO = "UNDO"
    HOLD = "HOLD"
    REJECT = "REJECT"
    PRINT_AGAIN = "PRINT-AGAIN"
    FINISH = "FINISH"
    NEXT_RACK = "NEXT-RACK"
    SIGN_OUT = "SIGN-OUT"


def code(card: Card) -> str:
    """What stands in the card's Data Matrix."""
    return f"{MARK}{card.value}{_END}"


_CARDS = {code(card): card for card in Card}


def looks_like(text: str) -> bool:
    """Whether a text begins as the code of a card does: then it is that or nothing."""
    return _plain(text).startswith(MARK)


def read(text: str) -> Card | None:
    """The card whose code this is, whole and exact; None for every other text."""
    return _CARDS.get(_plain(text))


def _plain(text: str) -> str:
    """The text in capitals without an AIM identifier, which Caps Lock may have made unknown; empty for other signs."""
    return _AIM.sub("", text.strip().upper()) if text.isascii() else ""
