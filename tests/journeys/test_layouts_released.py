"""A label layout prints at a printer once one of its labels was scanned back there; a laboratory makes its own."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from bench_top import PIN, WAIT_S, BenchTop, with_rule
from people_at_work import read_off
from test_print_queue import states

from devices.printers.folder_printer import FolderPrinter
from devices.printers.identity import PrinterIdentity
from devices.values import PrinterCondition
from gms_desktop.documents.label_layout import product_layout
from gms_desktop.documents.label_text import layout_text
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal.database import text_statement
from gms_desktop.layout_desk import LayoutDesk
from gms_desktop.register.ledger import Ledger
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.labels_read import number_on
from gms_desktop.services import arrive, site_layouts, site_rules
from gms_desktop.services.layout_release import Head
from gms_desktop.services.layout_views import LabelsView, Looked
from gms_desktop.services.set_up import set_up
from gms_desktop.services.views import Answer
from gms_desktop.settings import LabelSettings

PROBAND, MOTHER = "Q26-118834-1", "Q26-118835-1"
TUBE = "tube-25x51"


def begin(ledger: Ledger, pepper: bytes) -> None:
    """The laboratory of the rehearsal, at real work."""
    made_up.add_the_others(ledger, pepper, set_up(ledger, replace(made_up.FIRST, rehearsal=False, letter="K"), pepper))


@pytest.fixture
def real_bench(closed_bench: BenchTop) -> BenchTop:
    """A laboratory's bench, whose labels are real; R. Okafor is signed in and may approve alone."""
    closed_bench.begin = begin
    closed_bench.open()
    assert closed_bench.signs_in(pin=PIN)
    closed_bench.takes_in(*made_up.expected_file())
    return closed_bench


def head(bench: BenchTop) -> Head:
    return bench.bench.layouts.head


def on_devices(bench: BenchTop) -> str:
    return bench.bench.devices()[1].detail


def labels(bench: BenchTop, name: str = TUBE, number: str = "") -> LabelsView:
    return LayoutDesk(bench.bench).view(Looked(name, number)).result(WAIT_S)


def prints_a_test(bench: BenchTop, name: str = TUBE) -> Verdict:
    return LayoutDesk(bench.bench).print_test(name, labels(bench, name).laid.sha256)


def proposes(bench: BenchTop, text: str, dpi: str = "300") -> Verdict:
    return bench.bench.command(Command.PROPOSE_LAYOUT, Answer(comment=text), dpi).result(WAIT_S).verdict


def approves(bench: BenchTop, name: str) -> Verdict:
    row = bench.rows("SELECT sha256 FROM site_proposal WHERE id = :id", id=site_layouts.PREFIX + name)[0]
    asked = bench.bench.command(Command.APPROVE_LAYOUT, None, f"{name} {row['sha256']}").result(WAIT_S)
    if asked.question is None:
        return asked.verdict
    return bench.bench.command(Command.SECOND_PERSON, Answer(("countersign",))).result(WAIT_S).verdict


def second_version(**changed: object) -> str:
    tube = product_layout(TUBE)
    fields = tuple(replace(field, **changed) if field.name == "laboratory" else field for field in tube.fields)
    return layout_text(replace(tube, version="2", effective="2026-11-23", fields=fields))


def test_devices_say_what_to_do_before_anything_was_scanned_back(real_bench: BenchTop) -> None:
    real_bench.wait_until(lambda: bool(on_devices(real_bench)), "the printer's words")
    said = on_devices(real_bench)
    assert f"{TUBE} is not yet released for this printer ({head(real_bench).model}, 300 dpi)" in said
    assert "print the test label on Labels and scan it" in said
    assert real_bench.bench.devices()[1].ready


def test_a_test_label_that_is_scanned_back_releases_the_layout_there(real_bench: BenchTop) -> None:
    real_bench.wait_until(lambda: bool(on_devices(real_bench)), "the printer's words")
    said = prints_a_test(real_bench)
    assert said.title == "Scan the test label"
    code = number_on(real_bench.printer.labels[-1])[0]
    assert code in said.sentence
    assert not labels(real_bench).is_released
    assert real_bench.types(code).title == "Scan the label"
    assert real_bench.scans(code).title == "Layout released"
    assert labels(real_bench).is_released
    row = real_bench.rows("SELECT layout, model, dpi, code, label FROM label_release")[0]
    assert row == {"layout": TUBE, "model": head(real_bench).model, "dpi": 300, "code": code, "label": None}
    assert real_bench.scans(code).title == "Released already"


def waits_for(bench: BenchTop, number: str, copy: int) -> str:
    """A further copy of a label waits to be sent."""
    specimen = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=number)[0]["id"]
    draft = arrive.label_draft(bench.bench.desk.place, specimen, number, copy, "lost")
    bench.write(lambda ledger: ledger.append([draft], None))
    bench.bench.press.look()
    return str(draft.body["label"])


def labels_of_several_patients(bench: BenchTop) -> None:
    """This laboratory lets labels of several patients lie on the bench."""
    text = with_rule(
        files("resources").joinpath("rules", "labels.toml").read_text("utf-8"), one_patient_at_a_time="false"
    )
    who = bench.bench.operator_id() or ""
    bench.write(lambda ledger: ledger.append([site_rules.approval(text, "labels", who)], who))


def state(bench: BenchTop, label: str) -> str:
    return str(bench.rows("SELECT state FROM label WHERE id = :label", label=label)[0]["state"])


def test_until_then_one_label_is_out_and_the_next_waits_until_it_was_scanned(real_bench: BenchTop) -> None:
    one, other = real_bench.receives(PROBAND), real_bench.receives(MOTHER)
    proposes(real_bench, second_version())
    approves(real_bench, TUBE)
    labels_of_several_patients(real_bench)
    first = waits_for(real_bench, one, 2)
    real_bench.wait_until(lambda: state(real_bench, first) == "sent", "the first of its layout")
    second = waits_for(real_bench, other, 2)
    real_bench.wait_until(lambda: not real_bench.bench.devices()[1].ready, "the printer's words")
    line = real_bench.bench.devices()[1]
    assert line.state == "layout not released"
    assert "Scan the label that came out, on its tube" in line.detail
    assert (state(real_bench, second), len(real_bench.printer.labels)) == ("intended", 3)
    real_bench.scans(one)
    real_bench.wait_until(lambda: state(real_bench, second) == "sent", "the next")
    rows = real_bench.rows("SELECT label, version, model FROM label_release ORDER BY at")
    model = head(real_bench).model
    assert rows == [
        {"label": f"{one}.1", "version": "", "model": model},
        {"label": first, "version": "2", "model": model},
    ]
    assert real_bench.count("label_layout.tried") == 2
    real_bench.wait_until(lambda: not on_devices(real_bench), "the printer's words")


def test_a_spoiled_label_is_not_waited_for(real_bench: BenchTop) -> None:
    real_bench.scans(PROBAND)
    first = real_bench.label()
    real_bench.says(Command.PRINT_AGAIN, "unreadable")
    real_bench.wait_until(lambda: len(real_bench.printer.labels) == 2, "the second copy")
    real_bench.label()
    assert real_bench.scans(first).title == "Accepted"
    assert real_bench.rows("SELECT label, code FROM label_release")[0] == {"label": f"{first}.2", "code": first}


def test_a_rehearsal_prints_without_a_release(bench: BenchTop) -> None:
    bench.receives(PROBAND)
    assert bench.count("label_layout.tried") == 0
    assert on_devices(bench) == ""
    assert "no label is real" in labels(bench).released


def test_a_test_label_is_not_sent_to_a_printer_that_stands(real_bench: BenchTop) -> None:
    real_bench.printer.suffer(paper_out=True)
    said = prints_a_test(real_bench)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Not printed")
    assert PrinterCondition.PAPER_OUT.value in said.sentence
    assert real_bench.count("label_layout.tried") == 0


def test_a_site_layout_is_proposed_approved_and_then_printed(real_bench: BenchTop) -> None:
    real_bench.receives(PROBAND)
    said = proposes(real_bench, second_version(x=2.2))
    assert said.title == "Layout proposed"
    assert "administrator may" in said.sentence
    assert "Version 2 is proposed by R. Okafor" in labels(real_bench).proposal
    assert not labels(real_bench).laid.of_site
    assert approves(real_bench, TUBE).title == "Layout approved"
    shown = labels(real_bench)
    assert shown.laid.of_site
    assert shown.laid.layout.field("laboratory").x == 2.2
    assert shown.proposal == ""
    assert not shown.is_released
    real_bench.receives(MOTHER)
    assert [row["version"] for row in real_bench.rows("SELECT version FROM label_release ORDER BY at")] == ["", "2"]


def test_a_layout_that_cannot_be_used_is_not_saved(real_bench: BenchTop) -> None:
    overlaps = proposes(real_bench, second_version(x=12.0))
    assert (overlaps.kind, overlaps.title) == (VerdictKind.REFUSED, "Not saved")
    assert "Fields laboratory and copy of layout tube-25x51 overlap. Move one" in overlaps.sentence
    unnamed = proposes(real_bench, second_version().replace('name = "tube-25x51"', 'name = "Tube 2"', 1))
    assert "“Tube 2” is no name for a layout" in unnamed.sentence
    without = proposes(real_bench, second_version().replace('version = "2"', 'version = ""', 1))
    assert "Enter a version" in without.sentence
    unknown = proposes(real_bench, second_version().replace('of = "hazard"', 'of = "biohazard"', 1))
    assert "hazard_sign of layout tube-25x51 is made from biohazard, which the layout does not take" in unknown.sentence
    assert real_bench.count("site_data.proposed") == 0


def test_one_version_is_never_two_layouts(real_bench: BenchTop) -> None:
    proposes(real_bench, second_version())
    approves(real_bench, TUBE)
    said = proposes(real_bench, second_version(x=2.2))
    assert said.sentence == "Version 2 is used already. Enter another version for the changed layout."


def test_what_was_proposed_anew_meanwhile_is_not_approved_unseen(real_bench: BenchTop) -> None:
    proposes(real_bench, second_version())
    seen = f"{TUBE} {labels(real_bench).laid.sha256}"
    assert real_bench.asks_for(Command.APPROVE_LAYOUT, seen).title == "Look again"
    assert real_bench.asks_for(Command.APPROVE_LAYOUT, "slide-22x22 0").title == "Nothing to approve"


def test_the_screen_shows_a_real_label_of_this_bench(real_bench: BenchTop) -> None:
    number = real_bench.receives(PROBAND)
    shown = labels(real_bench, number=number)
    assert (shown.of, shown.data["number"], shown.no_label) == (number, number, "")
    nothing = labels(real_bench, number="K0000000X")
    assert nothing.of == ""
    assert "No label of this bench has the number K0000000X" in nothing.no_label
    assert "is not for tubes" in labels(real_bench, "badge-54x86", number).no_label


def test_a_layout_is_found_by_its_name_wherever_it_is_printed(real_bench: BenchTop) -> None:
    text = second_version().replace(f'name = "{TUBE}"', 'name = "tube-ward-4"', 1)
    proposes(real_bench, text)
    line = next(line for line in labels(real_bench).layouts if line.name == "tube-ward-4")
    assert line.words == "proposed, not approved yet"
    assert labels(real_bench, "tube-ward-4").proposed
    approves(real_bench, "tube-ward-4")
    assert real_bench.rows("SELECT id FROM site_data")[0]["id"] == "label-layout-tube-ward-4"
    assert real_bench.read(lambda ledger: site_layouts.in_force(ledger.db, "tube-ward-4")).layout.version == "2"
    assert real_bench.read(lambda ledger: ledger.db.all(text_statement("SELECT * FROM site_proposal"))) == []


class Forgetful(FolderPrinter):
    """A printer whose first answer to the question what it is was lost."""

    asked = 0

    def identify(self) -> PrinterIdentity | None:
        self.asked += 1
        return PrinterIdentity("ZD421-300dpi", "V93.21", 12) if self.asked > 1 else None


def test_an_answer_that_is_lost_once_makes_no_other_printer_of_it(closed_bench: BenchTop, tmp_path: Path) -> None:
    closed_bench.begin = begin
    closed_bench.make_printer = lambda: Forgetful("Label printer", tmp_path)
    closed_bench.open()
    closed_bench.wait_until(lambda: bool(on_devices(closed_bench)), "the printer's words")
    assert "(ZD421-300dpi, 300 dpi)" in on_devices(closed_bench)


def test_a_printer_that_does_not_tell_its_model_is_named_in_settings(closed_bench: BenchTop, tmp_path: Path) -> None:
    closed_bench.begin = begin
    closed_bench.make_printer = lambda: FolderPrinter("Label printer", tmp_path)
    closed_bench.open()
    closed_bench.wait_until(lambda: bool(on_devices(closed_bench)), "the printer's words")
    assert "(its model is not named: name it in Settings, 300 dpi)" in on_devices(closed_bench)


def another_of_the_model(bench: BenchTop, serial: str) -> None:
    """Another printer of the same model and resolution stands at the cable, never seen away."""
    bench.printer.mind.serial = serial
    bench.bench.press.look()


def released_here(bench: BenchTop) -> str:
    """A bench whose printer has the layout; the number of a tube that is labelled."""
    bench.wait_until(lambda: bool(on_devices(bench)), "the printer's words")
    number = bench.receives(PROBAND)
    bench.wait_until(lambda: not on_devices(bench), "nothing more to say")
    return number


def test_another_printer_of_the_same_model_is_told_by_its_serial_number_and_proved_by_one_label(
    real_bench: BenchTop,
) -> None:
    number = released_here(real_bench)
    another_of_the_model(real_bench, "SIM000002")
    labels_here = [waits_for(real_bench, number, copy) for copy in (2, 3)]
    real_bench.wait_until(lambda: "another printer of the same model" in on_devices(real_bench), "the words")
    assert "it says serial number SIM000002, and the one before said SIM000001" in on_devices(real_bench)
    real_bench.wait_until(lambda: state(real_bench, labels_here[0]) in {"sent", "printed"}, "one label")
    assert "another printer of the same model" in labels(real_bench).released
    assert not labels(real_bench).is_released
    assert state(real_bench, labels_here[1]) == "intended"
    said = prints_a_test(real_bench)
    assert said.title == "Scan the test label"
    assert real_bench.scans(number_on(real_bench.printer.labels[-1])[0]).title == "Layout released"
    real_bench.bench.press.look()
    real_bench.wait_until(lambda: state(real_bench, labels_here[1]) in {"sent", "printed"}, "the second label")
    assert labels(real_bench).is_released
    assert not on_devices(real_bench)


def test_a_printer_that_tells_no_serial_number_prints_as_before(real_bench: BenchTop) -> None:
    real_bench.printer.suffer(knows_serial=False)
    number = released_here(real_bench)
    another_of_the_model(real_bench, "SIM000002")
    label = waits_for(real_bench, number, 2)
    real_bench.wait_until(lambda: state(real_bench, label) in {"sent", "printed"}, "the label")
    assert not on_devices(real_bench)
    assert head(real_bench).serial == ""


def test_the_serial_number_outlives_the_application(real_bench: BenchTop) -> None:
    number = released_here(real_bench)
    label = waits_for(real_bench, number, 2)
    real_bench.wait_until(lambda: state(real_bench, label) in {"sent", "printed"}, "the label")
    real_bench.close()
    real_bench.printer.mind.serial = "SIM000002"
    real_bench.open()
    real_bench.wait_until(lambda: "the one before said SIM000001" in on_devices(real_bench), "the words")


def test_the_scan_that_gives_a_printed_badge_releases_its_layout_and_its_code_is_written_down_nowhere(
    real_bench: BenchTop,
) -> None:
    labels = {"badge": LabelSettings("Label printer")}
    real_bench.bench.wear(replace(real_bench.bench.settings, labels=labels))
    who = str(real_bench.rows("SELECT operator FROM session WHERE operator IS NOT NULL")[0]["operator"])
    real_bench.bench.command(Command.THING_LABEL, None, f"operator:{who}").result(WAIT_S)
    real_bench.wait_until(lambda: len(real_bench.printer.labels) == 1, "the badge")
    code, _copy = number_on(real_bench.printer.labels[0])
    real_bench.wait_until(lambda: states(real_bench)[f"operator:{who}.1"] in {"sent", "printed"}, "its end")
    given = real_bench.bench.people.give_badge(who, read_off(real_bench, code)).result(WAIT_S)
    assert given.title == "Badge given"
    [release] = real_bench.rows("SELECT layout, code FROM label_release")
    assert (release["layout"], release["code"]) == ("badge-54x86", "BADGE")
    assert code.encode() not in b"".join(bytes(row["bytes"]) for row in real_bench.rows("SELECT bytes FROM entry"))
