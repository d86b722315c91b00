"""Every sentence about command cards."""

from __future__ import annotations

from collections.abc import Mapping

from gms_desktop.domain.identifiers.command_card import Card
from gms_desktop.domain.verdicts import Verdict, VerdictKind

TITLES: Mapping[Card, str] = {
    Card.CONFIRM: "Confirm",
    Card.GO_BACK: "Go back",
    Card.UNDO: "Undo",
    Card.HOLD: "Hold",
    Card.REJECT: "Reject",
    Card.PRINT_AGAIN: "Print again",
    Card.FINISH: "Finish",
    Card.NEXT_RACK: "Next rack",
    Card.SIGN_OUT: "Sign out",
}
WHEN: Mapping[Card, str] = {
    Card.CONFIRM: "The question in view is answered. Choose its reasons first.",
    Card.GO_BACK: "The question in view is put away. Nothing is changed.",
    Card.UNDO: "The newest act of this bench, which the Undo button names.",
    Card.HOLD: "The specimen in view. It asks why first.",
    Card.REJECT: "The specimen in view. It asks why first.",
    Card.PRINT_AGAIN: "The label in view. It asks why first.",
    Card.FINISH: "The request in view.",
    Card.NEXT_RACK: "Put the rack in view aside; then scan the next.",
    Card.SIGN_OUT: "Whoever is signed in.",
}
KEYS: Mapping[Card, str] = {
    Card.CONFIRM: "Ctrl Shift C",
    Card.GO_BACK: "Ctrl Shift X",
    Card.UNDO: "Ctrl Z",
    Card.HOLD: "Ctrl Shift H",
    Card.REJECT: "Ctrl Shift R",
    Card.PRINT_AGAIN: "Ctrl Shift P",
    Card.FINISH: "F12",
    Card.NEXT_RACK: "Ctrl F11",
    Card.SIGN_OUT: "Ctrl Shift Q",
}
"""The key that does the same, as the window binds it."""
SHEET_TITLE = "Command cards"
SHEET_HOW = (
    "Print at 100 %, on card. Cut out and keep the cards apart, so that the scanner reads one at a time. "
    "A card does what its key does, and only while its button is in view."
)
SAVE_SHEET = "Save the command cards"
MAKE_SHEET = "Command cards as PDF"
PRINT = "Print command cards"
WHICH = "Which command cards are printed?"
CHOOSE_CARDS = "Choose the cards, then confirm."
PRINT_THESE = "Print these cards"


def printing(many: int, printer: str) -> Verdict:
    """Cards are on their way to their printer."""
    cards = "1 card comes" if many == 1 else f"{many} cards come"
    said = f"{cards} out of {printer}. Scan each once: it does nothing that time, and says that it reads well."
    return Verdict(VerdictKind.MATCHES, "Cards print", said)


def why_again(titles: str) -> str:
    """The question before cards are printed of which there are some already."""
    return f"Why are these cards printed again: {titles}?"


def reads_well(card: Card) -> Verdict:
    """A card that was printed here is scanned for the first time."""
    return Verdict(
        VerdictKind.FINISHED,
        "Card reads well",
        f"The card “{TITLES[card]}” came out of the printer and reads well. Nothing was done. From now on it presses "
        "its button.",
    )


def done(card: Card) -> Verdict:
    """A card whose button was in view and was pressed."""
    return Verdict(VerdictKind.FINISHED, "Card read", f"The card “{TITLES[card]}” pressed its button.")


def not_open(card: Card, key: str, *, asked: bool) -> Verdict:
    """A card whose button is not in view now.

    Args:
        card: which.
        key: its key; empty where nothing has one.
        asked: whether a question stands open.
    """
    done = f"The card “{TITLES[card]}” was scanned"
    named = f" (key {key})" if key else ""
    sentence = (
        f"{done} while a question is open. Nothing was done. Answer the question, or scan “{TITLES[Card.GO_BACK]}”."
        if asked
        else f"{done}, and its button{named} is not in view. Nothing was done. Scan what it is meant for first."
    )
    return Verdict(VerdictKind.REFUSED, "Not open now", sentence)


def twice(card: Card) -> Verdict:
    """A card that the scanner read twice within a moment."""
    return Verdict(
        VerdictKind.ALREADY,
        "Read twice",
        f"The card “{TITLES[card]}” was scanned twice within a moment, and was done once.",
    )


def sheet_saved(path: str) -> str:
    """Where the sheet is."""
    return f"The command cards are saved as {path}."


def damaged() -> Verdict:
    """A code that begins as a card's and is none."""
    return Verdict(
        VerdictKind.REFUSED,
        "Not a card",
        "The code begins as that of a command card and is not one of them. Wipe the card and scan it again, "
        "or print a new sheet. Nothing was done.",
    )
