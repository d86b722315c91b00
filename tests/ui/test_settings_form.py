"""The Settings form: every way to a printer with its own fields, problems in words beside them, and the way back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gms_desktop import settings as settings_file
from gms_desktop.settings import (
    BalanceSettings,
    ExportSettings,
    FhirSettings,
    InstrumentSettings,
    LabelSettings,
    NamedFolder,
    PrinterSettings,
    RackReaderSettings,
    ScannerSettings,
    Settings,
)
from ui.payloads import FormGiven
from ui.settings_form import changed_settings, printer_settings, rack_reader_settings, scanner_settings, settings_view
from ui.settings_of_measuring import fhir_settings

NETWORK = PrinterSettings(host="10.1.1.9")
PLATES = PrinterSettings(mode="queue", place="Zebra plates", dpi=600, model="ZD621")
TWO = Settings(
    sound=70,
    printer=NETWORK,
    printers={"Plates": PLATES, "Slides": PrinterSettings(host="10.1.1.10")},
    labels={"plate": LabelSettings("Plates"), "place": LabelSettings("Label printer"), "cryo": LabelSettings("Slides")},
)


def entered(settings: Settings, **said: str) -> dict[str, str]:
    """The form as it shows these settings, with some fields changed."""
    return dict(settings_view(settings).values) | said


@pytest.mark.parametrize(
    "printer",
    [
        PrinterSettings(host="10.1.1.9", port=6101, dpi=203),
        PrinterSettings(mode="serial", place="COM4", baud=19200),
        PrinterSettings(mode="queue", place="Zebra raw", dpi=600),
        PrinterSettings(mode="folder", layout="cryo-cap-11"),
    ],
    ids=lambda printer: printer.mode,
)
def test_each_way_to_a_printer_comes_back_from_the_form_as_it_was(printer: PrinterSettings) -> None:
    settings = Settings(printer=printer, sound=70)
    given = FormGiven(tuple(entered(settings).items()))
    assert changed_settings(settings, given) == (settings, ())


def test_a_watched_folder_comes_back_with_the_names_of_its_files(tmp_path: Path) -> None:
    drop = PrinterSettings(mode="drop", place=str(tmp_path), files="labels.txt")
    settings_file.write(tmp_path, Settings(printer=drop))
    assert settings_file.read(tmp_path) == Settings(printer=drop)
    assert printer_settings(entered(Settings(printer=drop)), drop) == (drop, [])


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"printer_mode": "zpl", "printer_host": " "}, "printer_host", "test label"),
        ({"printer_mode": "zpl", "printer_port": "0"}, "printer_port", "9100"),
        ({"printer_mode": "serial"}, "printer_serial", "device list"),
        ({"printer_mode": "serial", "printer_serial": "COM4", "printer_baud": "fast"}, "printer_baud", "9600"),
        ({"printer_mode": "queue"}, "printer_queue", "queue's name"),
        ({"printer_mode": "drop", "printer_folder": "/no/such/folder"}, "printer_folder", "that is there"),
        ({"printer_mode": "drop", "printer_files": "a/b.txt"}, "printer_files", "*.zpl"),
        ({"printer_mode": "drop", "printer_files": "*"}, "printer_files", "*.zpl"),
    ],
)
def test_what_is_missing_is_told_in_words_beside_its_field(said: dict[str, str], field: str, words: str) -> None:
    printer, problems = printer_settings(entered(Settings(printer=NETWORK), **said), NETWORK)
    assert printer == NETWORK
    found = {problem.field: problem.words for problem in problems}
    assert words in found[field]


def test_what_belongs_to_another_way_is_not_looked_at() -> None:
    said = entered(Settings(printer=NETWORK), printer_mode="queue", printer_queue="Zebra", printer_port="none")
    assert printer_settings(said, NETWORK) == (PrinterSettings(mode="queue", host="10.1.1.9", place="Zebra"), [])
    typing, problems = scanner_settings(entered(Settings(), scanner_baud="fast"), ScannerSettings())
    assert (typing, problems) == (ScannerSettings(), [])
    _, problems = scanner_settings(entered(Settings(), scanner_mode="serial", scanner_baud="fast"), ScannerSettings())
    assert [problem.field for problem in problems] == ["scanner_port", "scanner_baud"]


def test_a_network_printer_without_an_address_shows_as_none() -> None:
    assert dict(settings_view(Settings()).values)["printer_mode"] == "folder"


def test_a_layout_of_the_laboratorys_own_stays_while_no_other_is_chosen() -> None:
    own = PrinterSettings(mode="folder", layout="our-tube")
    printer, _ = printer_settings(entered(Settings(printer=own), printer_layout=""), own)
    assert printer.layout == "our-tube"


@pytest.mark.parametrize("place", ["socket://10.1.1.9:99999", "rfc2217://10.1.1.9", "socket://:4001"])
def test_a_servers_address_without_a_port_that_can_be_is_refused_in_words(place: str) -> None:
    said = entered(Settings(), scanner_mode="serial", scanner_port=place)
    assert "from 1 to 65535" in scanner_settings(said, ScannerSettings())[1][0].words
    said = entered(Settings(), printer_mode="serial", printer_serial=place)
    assert "from 1 to 65535" in printer_settings(said, PrinterSettings())[1][0].words


def test_a_port_entered_behind_the_address_counts_and_is_not_kept_twice() -> None:
    printer, problems = printer_settings(entered(Settings(), printer_mode="zpl", printer_host="10.1.1.9:6101"), NETWORK)
    assert (printer.host, printer.port, problems) == ("10.1.1.9", 6101, [])
    _, problems = printer_settings(entered(Settings(), printer_mode="zpl", printer_host="10.1.1.9:99999"), NETWORK)
    assert [problem.field for problem in problems] == ["printer_port"]


def test_the_folders_of_several_instruments_and_the_balance_come_back_as_they_were(tmp_path: Path) -> None:
    folders = tuple(NamedFolder(name, str(tmp_path)) for name in ("Qubit 2", "NanoDrop"))
    balance = BalanceSettings("sbi", "COM5", 19200, "O")
    settings = Settings(instruments=InstrumentSettings(folders, ("Qubit: day first",)), balance=balance, sound=70)
    settings = replace(settings, printer=NETWORK)
    assert changed_settings(settings, FormGiven(tuple(entered(settings).items()))) == (settings, ())
    settings_file.write(tmp_path, settings)
    assert settings_file.read(tmp_path) == settings


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"instruments_many": "1", "instruments_folder_1": "."}, "instruments_name_1"),
        ({"instruments_many": "1", "instruments_name_1": "Qubit"}, "instruments_folder_1"),
        (
            {"instruments_many": "2"}
            | {f"instruments_{what}_{place}": "." for what in ("name", "folder") for place in (1, 2)},
            "instruments_name_2",
        ),
        ({"balance": "sbi"}, "balance_port"),
        ({"balance": "sbi", "balance_port": "COM5", "balance_baud": "fast"}, "balance_baud"),
    ],
)
def test_a_folder_without_name_or_place_and_a_balance_without_port_are_told(said: dict[str, str], field: str) -> None:
    former = Settings(sound=70)
    settings, problems = changed_settings(former, FormGiven(tuple(entered(former, **said).items())))
    assert settings == former
    assert [one.field for one in problems] == [field]


def form_of(settings: Settings, **entered: str) -> FormGiven:
    return FormGiven(tuple((dict(settings_view(settings).values) | entered).items()))


def test_further_printers_and_what_each_prints_come_back_from_the_form_as_they_were() -> None:
    assert changed_settings(TWO, form_of(TWO)) == (TWO, ())
    offered = dict(settings_view(TWO).options)["labels_plate"]
    assert [words for _, words in offered] == ["None: PDF", "Label printer", "Plates", "Slides", "Printer 4"]


def test_a_printer_is_added_named_for_plates_and_taken_away_again() -> None:
    one = replace(TWO, printers={}, labels={})
    said = {"printers_many": "1", "printer2_name": "Plates", "printer2_mode": "queue", "printer2_queue": "Zebra plates"}
    made, problems = changed_settings(one, form_of(one, **said, labels_plate="2"))
    assert problems == ()
    assert made.printers == {"Plates": PrinterSettings(mode="queue", place="Zebra plates")}
    assert made.labels == {"plate": LabelSettings("Plates")}
    assert changed_settings(made, form_of(made, printers_many="0", labels_plate=""))[0] == one


@pytest.mark.parametrize(
    ("entered", "field"),
    [
        ({"printer2_name": ""}, "printer2_name"),
        ({"printer3_name": "Plates"}, "printer3_name"),
        ({"printer3_name": "Label printer"}, "printer3_name"),
        ({"printer3_host": ""}, "printer3_host"),
        ({"printers_many": "1"}, "labels_cryo"),
    ],
)
def test_a_further_printer_without_a_name_or_a_way_and_one_that_is_not_there_is_told(
    entered: dict[str, str], field: str
) -> None:
    settings, problems = changed_settings(TWO, form_of(TWO, **entered))
    assert settings == TWO
    assert [problem.field for problem in problems] == [field]


def test_the_folder_of_the_integration_engine_comes_back_and_has_to_be_there(tmp_path: Path) -> None:
    said = dict(settings_view(replace(Settings(), fhir=FhirSettings(str(tmp_path)))).values)
    assert fhir_settings(said, FhirSettings()) == (FhirSettings(str(tmp_path)), [])
    former, [wrong] = fhir_settings({"fhir_folder": str(tmp_path / "gone")}, FhirSettings("/kept"))
    assert (former.folder, wrong.field) == ("/kept", "fhir_folder")
    settings_file.write(tmp_path, replace(Settings(), fhir=FhirSettings(str(tmp_path))))
    assert settings_file.read(tmp_path) == replace(Settings(), fhir=FhirSettings(str(tmp_path)))


def test_in_what_a_rack_reader_is_otherwise_comes_back_and_what_nobody_knows_of_it_is_told(tmp_path: Path) -> None:
    reader = RackReaderSettings("visionmate", "10.1.1.9:8000", ways="by row")
    settings_file.write(tmp_path, Settings(rack_reader=reader))
    assert settings_file.read(tmp_path) == Settings(rack_reader=reader)
    assert rack_reader_settings(entered(Settings(rack_reader=reader)), reader) == (reader, [])
    same, [problem] = rack_reader_settings(entered(Settings(rack_reader=reader), rack_reader_ways="turned"), reader)
    assert (same, problem.field) == (reader, "rack_reader_ways")
    other = entered(Settings(rack_reader=reader), rack_reader="dp5")
    assert rack_reader_settings(other, reader)[0].ways == ""


def test_where_saved_files_go_and_how_long_they_and_the_clipboard_last_come_back(tmp_path: Path) -> None:
    wanted = replace(Settings(), exports=ExportSettings(str(tmp_path), 30), clipboard_seconds=20)
    settings, problems = changed_settings(Settings(), form_of(wanted))
    assert (settings.exports, settings.clipboard_seconds, problems) == (wanted.exports, 20, ())
    for field, entered in (
        ("exports_folder", str(tmp_path / "gone")),
        ("exports_days", "0"),
        ("clipboard_seconds", "2 s"),
    ):
        settings, problems = changed_settings(wanted, form_of(wanted, **{field: entered}))
        assert [problem.field for problem in problems] == [field]
        assert settings == wanted
