"""``device self-test-sheet`` and ``device command-cards``: PDFs for the scanner, without a window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from devices.folder_reasons import of_folder
from gms_desktop import card_words, self_test_words
from gms_desktop.cli.file_names import see_free
from gms_desktop.domain.identifiers.command_card import Card
from gms_desktop.errors import Refused, Unavailable

Say = Callable[[str], None]
DONE = 0


def self_test(out: Path, say: Say) -> int:
    """Write the self-test sheet.

    Raises:
        Refused: the file is there already, does not end in .pdf, or its folder is not there.
        Unavailable: it cannot be written.
    """
    from gms_desktop.documents.self_test_sheet import self_test_sheet

    _write(out, self_test_sheet)
    say(self_test_words.sheet_saved(str(out)))
    return DONE


def cards(out: Path, keys: Mapping[Card, str], say: Say) -> int:
    """Write the sheet of command cards, with the key beside each.

    Raises:
        Refused: the file is there already, does not end in .pdf, or its folder is not there.
        Unavailable: it cannot be written.
    """
    from gms_desktop.documents.card_sheet import card_sheet

    _write(out, lambda: card_sheet(keys, rehearsal=False))
    say(card_words.sheet_saved(str(out)))
    return DONE


def _write(out: Path, make: Callable[[], bytes]) -> None:
    see_free(out, ".pdf")
    made = make()
    try:
        with out.open("xb") as file:
            file.write(made)
    except FileExistsError as there:
        raise Refused(f"{out} is there already. Choose another name: nothing is overwritten.") from there
    except OSError as fault:
        raise Unavailable(f"{out} cannot be written: {of_folder(fault)}. Name another place with --out.") from fault
