"""The sheets for the scanner, read back from their pixels and sent on as scanners send them."""

from datetime import UTC, datetime

import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp

from devices.scanners.keyboard_burst import BurstSettings, KeyboardBurst, keyed_scan
from devices.scanners.layout import KeyboardState, seen
from devices.scanners.self_test import CODES, GS, Heard, Refusal, Stroke, Taught, hear, teach
from devices.values import Scan
from gms_desktop.documents.card_sheet import card_sheet
from gms_desktop.documents.label_pixels import rasters
from gms_desktop.documents.self_test_sheet import codes_on, self_test_sheet
from gms_desktop.domain.identifiers import command_card
from gms_desktop.domain.identifiers.barcode import gs1
from gms_desktop.domain.identifiers.command_card import Card
from gms_desktop.settings import ScannerSettings
from ui.actions import meanings
from ui.cards import PRESSES, keys
from ui.scan_filter import burst_settings
from ui.self_test_desk import taught_settings

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def printed() -> list[tuple[str, str]]:
    """What a scanner reads from the printed sheet: AIM identifier and content of each code."""
    return codes_on(self_test_sheet())


def text_on(sheet: bytes) -> str:
    document = pypdfium2.PdfDocument(sheet)
    try:
        assert len(document) == 1
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def sent(printed: list[tuple[str, str]], prefix: str, separator: str, *, aim: bool) -> list[str]:
    """What a scanner types of the sheet, set in one of its ways."""
    return [prefix + (kind if aim else "") + code.replace(GS, separator) + "\r" for kind, code in printed]


def learnt(typed: list[str]) -> Taught | Refusal | None:
    heard = {}
    for burst in typed:
        keys_of_it = [
            Stroke(sign, "Ctrl+]" if sign == GS else "", 1000 + 7 * place) for place, sign in enumerate(burst)
        ]
        one = hear(keys_of_it, meanings(), typing=True)
        assert isinstance(one, Heard), (burst, one)
        heard[one.number] = one
    return teach(heard, typing=True)


def test_the_self_test_sheet_holds_its_codes_and_says_what_to_do(printed: list[tuple[str, str]]) -> None:
    assert sorted(printed) == sorted(zip(("]C0", "]d1", "]C1"), CODES.values(), strict=True))
    said = text_on(self_test_sheet())
    assert "Scan the three codes below" in said
    assert all(f"{number}. " in said for number in CODES)


def test_the_kit_of_the_sheet_is_gs1_that_says_so() -> None:
    parts = gs1(f"]C1{CODES[3]}")
    assert parts is not None
    assert (parts.lot, parts.serial, parts.gtin) == ("GmsTest3", "Sn3", "09506000134352")


@pytest.mark.parametrize("prefix", ["", "~~"])
@pytest.mark.parametrize("separator", [GS, "", "|"])
@pytest.mark.parametrize("aim", [True, False])
@pytest.mark.parametrize("state", [None, KeyboardState.CAPS_LOCK, KeyboardState.US_SCANNER])
def test_a_scanner_that_types_the_sheet_is_learnt_and_then_read_by_the_bench(
    printed: list[tuple[str, str]], prefix: str, separator: str, state: KeyboardState | None, *, aim: bool
) -> None:
    typed = sent(printed, prefix, separator, aim=aim)
    shown = [one if state is None else seen(one, state) for one in typed]
    found = learnt([one for one in shown if one is not None])
    assert isinstance(found, Taught)
    assert (found.prefix, found.aim, found.caps) == (prefix, aim, state is KeyboardState.CAPS_LOCK)
    assert found.separator == (separator if state is None or separator != "|" else found.separator)
    settings = taught_settings(ScannerSettings(), found, typing=True)
    scan = typed_at_the_bench(settings, typed[0])
    assert scan.text == printed[0][1].replace(GS, separator)
    assert (settings.aim, settings.layout) == (
        "sent" if aim else "not sent",
        "US scanner on a UK computer" if state is KeyboardState.US_SCANNER else "same",
    )


def typed_at_the_bench(settings: ScannerSettings, typed: str) -> Scan:
    """The scan that the keyboard burst makes of it, with the settings that were learnt."""
    burst = KeyboardBurst(burst_settings(settings))
    decided = [burst.key(sign, 1000 + 7 * place) for place, sign in enumerate(typed)][-1]
    assert decided.scan is not None
    return keyed_scan(decided.scan, AT, "keyboard", (), decided.keyed, decided.state, settings.suffix)


def test_a_suffix_is_taken_off_again_and_missed_where_it_is_not_there() -> None:
    settings = ScannerSettings(prefix="~~", suffix="*")
    assert typed_at_the_bench(settings, "~~FD20024619*\r").text == "FD20024619"
    assert typed_at_the_bench(settings, "~~FD20024619\r").faults == ("no suffix",)
    assert burst_settings(settings) == BurstSettings(prefix="~~", suffix="*")


@pytest.fixture(scope="module")
def cards() -> bytes:
    return card_sheet(keys(), rehearsal=False)


def test_the_sheet_of_cards_holds_each_card_once(cards: bytes) -> None:
    [page] = rasters(cards, 300)
    found = zxingcpp.read_barcodes(page)
    assert {code.format for code in found} == {zxingcpp.BarcodeFormat.DataMatrix}
    assert sorted(code.text for code in found) == sorted(command_card.code(card) for card in Card)


def test_each_card_says_its_key_in_words(cards: bytes) -> None:
    said = text_on(cards)
    assert all(binding.shown in said for binding in PRESSES.values() if binding)
    assert "REHEARSAL" not in said
    assert "REHEARSAL" in text_on(card_sheet(keys(), rehearsal=True))


@pytest.mark.parametrize("state", [None, *KeyboardState])
def test_a_printed_card_is_that_card_through_every_keyboard(cards: bytes, state: KeyboardState | None) -> None:
    for card in Card:
        code = f"]d1{command_card.code(card)}"
        shown = code if state is None else seen(code, state)
        assert shown is not None
        scan = typed_at_the_bench(ScannerSettings(), f"{shown}\r")
        assert command_card.read(scan.text) is card


def test_the_same_sheet_is_the_same_bytes(cards: bytes) -> None:
    assert cards == card_sheet(keys(), rehearsal=False)
    assert self_test_sheet() == self_test_sheet()
