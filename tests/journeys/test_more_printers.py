"""More than one printer at a bench: each sort of labels comes out of its own, through one queue, exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from bench_top import WAIT_S, BenchTop
from plate_work import PLATE, kept, read_again, two_tubes
from plate_work import scans as scans_plate
from plate_work import view as plate_view
from rack_work import RACK
from rack_work import view as rack_view
from storage_at_work import SINGLE, find, laboratory, scans, view
from test_print_queue import queue, states

from devices.simulators.zpl_printer import SimulatedZplPrinter
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.rehearsal.labels_read import number_on
from gms_desktop.services.label_press import PressTimes
from gms_desktop.settings import LabelSettings, PrinterSettings

QUICK = PressTimes(verdict_first_s=0.0, printing_s=0.02, looks=10**6, waiting_s=0.02)


@pytest.fixture
def plates() -> Iterator[SimulatedZplPrinter]:
    with SimulatedZplPrinter() as printer:
        yield printer


def names(bench: BenchTop, printer: SimulatedZplPrinter, *sorts: str) -> None:
    """Settings that name a second printer for some sorts of labels."""
    said = PrinterSettings(host=printer.host, port=printer.port)
    labels = {sort: LabelSettings("Plates") for sort in sorts}
    bench.bench.further._times = QUICK
    bench.bench.wear(replace(bench.bench.settings, printers={"Plates": said}, labels=labels))


def prints(bench: BenchTop, shown: object) -> str:
    """Press the button that prints the label of what is open; the label's identity."""
    [offer] = [one for one in shown.offers if one.command is Command.THING_LABEL]  # type: ignore[attr-defined]
    assert bench.asks_for(Command.THING_LABEL, offer.argument).kind is VerdictKind.MATCHES, bench.verdict
    return f"{offer.argument}.1"


def is_at(bench: BenchTop, label: str, *wanted: str) -> None:
    bench.wait_until(lambda: states(bench)[label] in wanted, f"{label} {wanted}")


def open_box(bench: BenchTop) -> str:
    """A box is open on Storage; its code."""
    code = laboratory(bench)["box"]
    scans(bench, code)
    return code


def test_the_label_of_a_place_comes_out_of_the_printer_that_is_named_for_places_and_is_scanned_back(
    bench: BenchTop, plates: SimulatedZplPrinter
) -> None:
    code = open_box(bench)
    assert view(bench).has_label, "as PDF where no printer is named"
    names(bench, plates, "place")
    assert not view(bench).has_label
    label = prints(bench, view(bench))
    assert "comes out of Plates" in bench.verdict.sentence  # type: ignore[union-attr]
    is_at(bench, label, "sent", "printed")
    assert [number_on(one)[0] for one in plates.labels] == [code]
    assert bench.printer.labels == []
    bench.asks_for(Command.PLACE_ASIDE)
    assert "not scanned on what it is for" in find(bench, code)["Label"]
    [waits] = next(
        work.items for work in bench.bench.today().result(WAIT_S).lists if work.title == "Labels not on their tubes"
    )
    assert (waits.title, "not scanned on what it is for" in waits.detail) == (code, True)
    assert scans(bench, code).sentence.endswith("Its label reads well.")
    assert states(bench)[label] == "verified"
    assert find(bench, code)["Label"] == "on what it is for"
    assert queue(bench).lines == ()


def test_a_plate_and_a_rack_are_labelled_through_the_queue(bench: BenchTop, plates: SimulatedZplPrinter) -> None:
    two_tubes(bench)
    kept(bench)
    read_again(bench)
    scans_plate(bench, PLATE)
    names(bench, plates, "plate", "rack")
    label = prints(bench, plate_view(bench))
    is_at(bench, label, "sent", "printed")
    of_rack = prints(bench, rack_view(bench))
    is_at(bench, of_rack, "sent", "printed")
    assert [number_on(one)[0] for one in plates.labels] == [PLATE, RACK]
    bench.asks_for(Command.PLATE_ASIDE)
    assert scans_plate(bench, PLATE).sentence.endswith("Its label reads well.")
    assert states(bench)[label] == "verified"


def test_it_is_printed_again_for_a_reason_and_says_which_copy_it_is(
    bench: BenchTop, plates: SimulatedZplPrinter
) -> None:
    code = open_box(bench)
    names(bench, plates, "place")
    label = prints(bench, view(bench))
    is_at(bench, label, "sent", "printed")
    subject = label.removesuffix(".1")
    asked = bench.bench.command(Command.THING_LABEL, None, subject).result(WAIT_S)
    assert asked.question is not None
    assert asked.question.title == f"Why is label {code} printed again?"
    assert len(asked.question.choices) <= 6
    said = bench.says(Command.THING_LABEL, asked.question.choices[0].code, argument=subject)
    assert said.title == "Printing again"
    is_at(bench, f"{subject}.2", "sent", "printed")
    assert states(bench)[label] == "spoiled"
    assert number_on(plates.labels[-1]) == (code, 2)


def test_neither_printer_waits_for_the_other(bench: BenchTop, plates: SimulatedZplPrinter) -> None:
    code = open_box(bench)
    names(bench, plates, "place")
    plates.suffer(paper_out=True)
    label = prints(bench, view(bench))
    bench.wait_until(lambda: "paper out" in {line.state for line in bench.bench.devices()}, "the second printer")
    assert bench.receives(SINGLE), "a tube's label comes out of the first printer meanwhile"
    shown = queue(bench)
    assert shown.heading == "1 label waits: at Plates, the printer has no labels in"
    assert [line.title for line in shown.lines] == [code]
    plates.recover()
    bench.bench.further.look()
    is_at(bench, label, "sent", "printed")
    bench.printer.suffer(paper_out=True)
    bench.scans("Q26-118902-1")
    bench.wait_until(lambda: queue(bench).heading.startswith("1 label waits: at Label printer"), "the first printer")


def test_a_connection_lost_after_the_last_byte_asks_a_person_of_a_place_too(
    bench: BenchTop, plates: SimulatedZplPrinter
) -> None:
    code = open_box(bench)
    names(bench, plates, "place")
    plates.suffer(drops_after=200)
    label = prints(bench, view(bench))
    is_at(bench, label, "unknown")
    shown = queue(bench)
    assert shown.heading == "1 label: did it come out?"
    assert Command.LABEL_CAME_OUT in {offer.command for offer in shown.offers}
    plates.recover()
    assert bench.says(Command.LABEL_CAME_OUT, argument=f"label:{label}").title == "Came out"
    assert states(bench)[label] == "printed"
    bench.asks_for(Command.PLACE_ASIDE)
    assert scans(bench, code).sentence.endswith("Its label reads well.")
    assert plates.labels == []


def test_a_label_whose_printer_is_no_longer_named_waits_and_says_so_and_goes_where_it_is_named_next(
    bench: BenchTop, plates: SimulatedZplPrinter
) -> None:
    code = open_box(bench)
    names(bench, plates, "place")
    plates.suffer(refuses=True)
    label = prints(bench, view(bench))
    bench.bench.wear(replace(bench.bench.settings, printers={}, labels={}))
    assert queue(bench).heading == "1 label waits: no printer is named for these labels in Settings"
    bench.bench.wear(replace(bench.bench.settings, labels={"place": LabelSettings("Label printer")}))
    is_at(bench, label, "sent", "printed")
    assert [number_on(one)[0] for one in bench.printer.labels] == [code]


def test_what_waits_for_a_second_printer_outlives_the_application(bench: BenchTop, plates: SimulatedZplPrinter) -> None:
    code = open_box(bench)
    names(bench, plates, "place")
    plates.suffer(refuses=True)
    label = prints(bench, view(bench))
    bench.restart()
    assert bench.signs_in()
    assert states(bench)[label] == "intended"
    plates.recover()
    names(bench, plates, "place")
    is_at(bench, label, "sent", "printed")
    assert [number_on(one)[0] for one in plates.labels] == [code]


def test_an_eluates_label_goes_to_the_printer_of_cryotubes_where_one_is_named(
    bench: BenchTop, plates: SimulatedZplPrinter
) -> None:
    place = bench.bench.desk.place
    assert place.route("cryo") == place.route("tube")
    names(bench, plates, "cryo")
    place = bench.read(lambda _ledger: bench.bench.desk.place)
    assert (place.route("cryo").printer, place.route("cryo").layout) == ("Plates", "cryo-cap-11")
    assert place.route("tube").printer == "Label printer"
