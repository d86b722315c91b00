"""Scanner and printer are tried from the Settings screen as they stand there, before they are saved."""

from __future__ import annotations

from pathlib import Path

from at_the_bench import AtTheBench
from painted import paint
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from devices.simulators.host_ack_scanner import SimulatedHostAckScanner, Sound
from devices.simulators.zpl_printer import SimulatedZplPrinter
from gms_desktop import settings as settings_file
from ui.actions import Place
from ui.main_window import MainWindow
from ui.payloads import FormView, TrialView


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def asked(window: MainWindow) -> set[str]:
    """The fields and choices that are in view."""
    form = window.settings.form
    return {name for name, one in (*form.fields.items(), *form.choices.items()) if one.isVisible()}


def test_only_what_belongs_to_the_chosen_way_is_asked(window: MainWindow, app: QApplication) -> None:
    paint(window, "settings")
    of_the_printer = {"printer_mode", "printer_dpi", "printer_layout"}
    for mode, fields in {
        "zpl": {"printer_host", "printer_port"},
        "serial": {"printer_serial", "printer_baud"},
        "queue": {"printer_queue", "printer_model"},
        "drop": {"printer_folder", "printer_files", "printer_model"},
        "folder": set(),
    }.items():
        window.settings.form.choices["printer_mode"].toggle(mode).click()
        assert {name for name in asked(window) if name.startswith("printer_")} == of_the_printer | fields
    assert "scanner_port" not in asked(window)
    window.settings.form.choices["scanner_mode"].toggle("serial").click()
    assert {"scanner_port", "scanner_baud", "scanner_protocol"} <= asked(window)


def test_pressing_what_is_chosen_leaves_it_chosen(window: MainWindow, app: QApplication) -> None:
    paint(window, "settings")
    for name in ("printer_mode", "scanner_mode", "theme"):
        choices = window.settings.form.choices[name]
        (chosen,) = choices.chosen()
        choices.toggle(chosen).click()
        assert choices.chosen() == (chosen,)


def test_what_was_entered_for_one_way_is_kept_while_another_is_looked_at(window: MainWindow, app: QApplication) -> None:
    paint(window, "settings")
    mode = window.settings.form.choices["printer_mode"]
    mode.toggle("queue").click()
    mode.toggle("zpl").click()
    assert window.settings.form.entered()["printer_host"] == "10.0.4.17"


def test_a_printer_is_tried_as_entered_and_says_what_to_do(rehearsal: AtTheBench) -> None:
    window = rehearsal.window
    with SimulatedZplPrinter() as printer:
        printer.suffer(paper_out=True)
        entered(rehearsal, printer_mode="zpl", printer_host=printer.host, printer_port=str(printer.port))
        window.settings.trials["printer"].press.click()
        rehearsal.until(lambda: "Not ready" in said(window.settings))
        assert "State: paper out" in said(window.settings)
        assert "To do: Put labels in." in said(window.settings)
        printer.recover()
        window.settings.trials["printer"].press.click()
        rehearsal.until(lambda: "It answers" in said(window.settings))
        assert "Identity: SIMULATED-12DPMM" in said(window.settings)
        assert printer.labels == []
    assert rehearsal.bench.settings.printer.host == rehearsal.desk.printer.host
    assert rehearsal.bench.settings.printer.port == rehearsal.desk.printer.port


def test_a_scanner_is_tried_as_entered_hears_that_its_code_came_whole_and_nothing_is_recorded(
    rehearsal: AtTheBench, tmp_path: Path
) -> None:
    window = rehearsal.window
    with SimulatedHostAckScanner(tmp_path, over="socket") as scanner:
        entered(rehearsal, scanner_mode="serial", scanner_port=scanner.url, scanner_protocol="host-ack")
        before = rehearsal.entries()
        window.settings.trials["scanner"].press.click()
        assert "scan any code now" in said(window.settings)
        assert scanner.scan_and_hear("FD20024619", "]d1") == (Sound.GOOD_READ,)
        rehearsal.until(lambda: "It answers" in said(window.settings))
    assert "'FD20024619', Data Matrix" in said(window.settings)
    assert rehearsal.entries() == before


def test_what_came_back_does_not_stand_beside_other_entries(window: MainWindow, app: QApplication) -> None:
    paint(window, "settings")
    window.settings.form.choices["scanner_mode"].toggle("serial").click()
    for device in ("scanner", "printer"):
        window.settings.tell(TrialView(device, "It answers", (f"{device}: ready",), well=True))
    window.settings.form.fields["scanner_port"].edit.textEdited.emit("COM4")
    assert "scanner: ready" not in said(window.settings)
    assert "printer: ready" in said(window.settings)
    window.settings.form.choices["printer_dpi"].toggle("600").click()
    assert "printer: ready" not in said(window.settings)


def test_the_scanner_that_the_bench_uses_is_not_opened_twice(rehearsal: AtTheBench) -> None:
    entered(rehearsal)
    rehearsal.window.settings.trials["scanner"].press.click()
    assert "This bench listens there already" in said(rehearsal.window.settings)


def test_a_scanner_that_types_cannot_be_asked(rehearsal: AtTheBench) -> None:
    entered(rehearsal, scanner_mode="keyboard")
    rehearsal.window.settings.trials["scanner"].press.click()
    assert "scan any code on Receive" in said(rehearsal.window.settings)


def test_what_is_missing_is_told_before_anything_is_tried(rehearsal: AtTheBench) -> None:
    entered(rehearsal, scanner_mode="serial", scanner_port="", printer_mode="queue")
    window = rehearsal.window
    window.settings.trials["scanner"].press.click()
    assert "Enter the scanner's port" in said(window.settings)
    window.settings.trials["printer"].press.click()
    assert "Enter the queue's name" in said(window.settings)


def entered(person: AtTheBench, **values: str) -> None:
    """The Settings screen, with some fields changed and nothing saved."""
    person.signs_in()
    person.goes_to(Place.SETTINGS)
    assert settings_file.read(person.bench.file.folder) is None
    person.window.settings.paint(FormView(tuple(values.items())))
