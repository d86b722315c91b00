"""What is saved on the Settings screen counts at once: another printer, another layout, one of the laboratory's own."""

from __future__ import annotations

from dataclasses import replace

from at_the_bench import AtTheBench
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from devices.simulators.zpl_printer import SimulatedZplPrinter
from gms_desktop.documents.label_layout import product_layout
from gms_desktop.documents.label_text import layout_text
from gms_desktop.journal.database import text_statement
from gms_desktop.rehearsal.labels_read import number_on
from gms_desktop.services import site_layouts
from ui.actions import Place, ScreenAct
from ui.payloads import FormView
from ui.screens.preview import PreviewScreen
from ui.widgets.press import Press

SINGLE, ANOTHER = "Q26-118901-1", "Q26-118902-1"


def has_a_layout_of_its_own(person: AtTheBench, name: str) -> None:
    who = person.bench.operator_id() or ""
    text = layout_text(replace(product_layout(), name=name, version="3"))

    def approve(ledger):
        ledger.append([site_layouts.proposal(ledger.db, text, "", who)], who)
        row = ledger.db.all(text_statement("SELECT * FROM site_proposal"))[0]
        ledger.append([site_layouts.approval(row, who)], who)

    person.bench.recorder.write(approve).result()


def saves(person: AtTheBench, **values: str) -> None:
    person.goes_to(Place.SETTINGS)
    person.window.settings.paint(FormView(tuple(values.items())))
    person.window.settings.save.click()
    person.settle()


def test_labels_go_to_the_printer_that_was_saved_without_a_new_start(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    with SimulatedZplPrinter() as other:
        rehearsal.desk.printer.suffer(paper_out=True)
        rehearsal.scans(SINGLE)
        rehearsal.until(lambda: not rehearsal.bench.devices()[1].ready)
        saves(rehearsal, printer_mode="zpl", printer_host=other.host, printer_port=str(other.port))
        rehearsal.until(lambda: len(other.labels) == 1)
        assert number_on(other.labels[0])[0]
        assert rehearsal.desk.printer.labels == []
        # Ended while it is there: the bench has no printer afterwards.
        rehearsal.bench.press.close()


def test_a_layout_of_the_laboratorys_own_is_offered_and_printed_from_then_on(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    has_a_layout_of_its_own(rehearsal, "tube-ward-4")
    rehearsal.goes_to(Place.SETTINGS)
    layouts = rehearsal.window.settings.form.choices["printer_layout"]
    assert layouts.chosen() == ("tube-25x51",)
    assert "tube-ward-4, version 3" in layouts.toggle("tube-ward-4").accessibleName()
    bottom = max(toggle.geometry().bottom() for toggle in layouts.findChildren(Press) if toggle.isVisible())
    assert bottom <= layouts.height()
    layouts.toggle("tube-ward-4").click()
    rehearsal.window.settings.save.click()
    rehearsal.settle()
    assert rehearsal.bench.settings.printer.layout == "tube-ward-4"
    assert layouts.chosen() == ("tube-ward-4",)
    rehearsal.goes_to(Place.RECEIVE)
    rehearsal.scans(SINGLE)
    rehearsal.printed(1)
    asked = text_statement("SELECT layout FROM label")
    assert rehearsal.bench.recorder.read(lambda ledger: ledger.db.all(asked)).result() == [{"layout": "tube-ward-4"}]


def test_a_layout_that_is_not_here_is_named_and_stays_until_another_is_chosen(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    said = rehearsal.bench.settings
    rehearsal.bench.settings = replace(said, printer=replace(said.printer, layout="lost-one"))
    rehearsal.goes_to(Place.SETTINGS)
    layouts = rehearsal.window.settings.form.choices["printer_layout"]
    assert layouts.chosen() == ("lost-one",)
    assert "not known at this bench" in layouts.toggle("lost-one").accessibleName()
    rehearsal.bench.settings = said


def test_the_recovery_key_is_looked_at_and_printed_by_keys_and_never_saved_as_a_file(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    rehearsal.goes_to(Place.SETTINGS)
    QTest.keyClick(rehearsal.window.windowHandle(), Qt.Key.Key_F12, Qt.KeyboardModifier.ControlModifier)
    rehearsal.until(lambda: any(one.isVisible() for one in rehearsal.window.findChildren(PreviewScreen)))
    screen = next(one for one in rehearsal.window.findChildren(PreviewScreen) if one.isVisible())
    rehearsal.until(lambda: "GMSK1-" in screen.page.accessibleDescription())
    assert screen.buttons[ScreenAct.PAPER_PRINT].isEnabled()
    assert not screen.buttons[ScreenAct.PAPER_SAVE].isVisible()
    screen.buttons[ScreenAct.PREVIEW_CLOSE].click()
    rehearsal.until(lambda: not screen.isVisible())
    assert screen.page.accessibleDescription() == ""
    assert rehearsal.window.place is Place.SETTINGS
