"""Another printer is set while labels wait: the queue goes there at once, nothing is lost or printed twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from bench_top import BenchTop
from test_print_queue import copies_printed, intends, is_out, states

from devices.simulators.zpl_printer import SimulatedZplPrinter
from gms_desktop.services import site_layouts
from gms_desktop.settings import PrinterSettings

SINGLE, TUBE = "Q26-118901-1", "tube-25x51"


@pytest.fixture
def other() -> Iterator[SimulatedZplPrinter]:
    with SimulatedZplPrinter() as printer:
        yield printer


def sets(bench: BenchTop, printer: SimulatedZplPrinter, **said: object) -> None:
    """Save Settings with another printer."""
    named = PrinterSettings(host=printer.host, port=printer.port, **said)  # type: ignore[arg-type]
    bench.bench.wear(replace(bench.bench.settings, printer=named))


def printer_line(bench: BenchTop) -> str:
    line = bench.bench.devices()[1]
    return f"{line.place}: {line.state}"


def test_labels_that_wait_come_out_of_the_printer_that_is_set_now(bench: BenchTop, other: SimulatedZplPrinter) -> None:
    number = bench.receives(SINGLE)
    bench.printer.suffer(paper_out=True)
    labels = [intends(bench, number, copy) for copy in (2, 3, 4)]
    bench.bench.press.look()
    bench.wait_until(lambda: "paper out" in printer_line(bench), "the printer without labels")
    sets(bench, other)
    is_out(bench, labels[-1])
    assert len(other.labels) == 3
    assert len(bench.printer.labels) == 1
    assert printer_line(bench) == f"{other.host}:{other.port}, 300 dpi: ready"


def test_how_the_former_printer_was_is_not_said_of_the_next(bench: BenchTop, other: SimulatedZplPrinter) -> None:
    bench.printer.suffer(head_open=True)
    bench.bench.press.look()
    bench.wait_until(lambda: "head open" in printer_line(bench), "the open head")
    bench.bench.press.close()
    sets(bench, other)
    assert printer_line(bench) == f"{other.host}:{other.port}, 300 dpi: starting"


def test_another_printer_of_another_resolution_prints_nothing_until_it_is_set(
    bench: BenchTop, other: SimulatedZplPrinter
) -> None:
    number = bench.receives(SINGLE)
    bench.printer.suffer(paper_out=True)
    label = intends(bench, number, 2)
    sets(bench, other, dpi=203)
    bench.wait_until(lambda: "another resolution" in printer_line(bench), "the words about its resolution")
    assert (other.labels, states(bench)[label]) == ([], "intended")
    sets(bench, other, dpi=300)
    is_out(bench, label)
    assert len(other.labels) == 1


def test_what_the_former_printer_took_is_not_called_printed_by_the_next(
    bench: BenchTop, other: SimulatedZplPrinter
) -> None:
    number = bench.receives(SINGLE)
    label = intends(bench, number, 2)
    bench.bench.press.look()
    is_out(bench, label)
    sets(bench, other)
    bench.wait_until(lambda: "ready" in printer_line(bench), "the other printer")
    later = intends(bench, number, 3)
    bench.bench.press.look()
    bench.wait_until(lambda: states(bench)[later] == "printed", "the label of the other")
    assert states(bench)[label] == "sent"
    assert copies_printed(bench) == [1, 2]


def test_what_was_sent_says_to_which_printer_and_by_which_text_of_the_layout(
    bench: BenchTop, other: SimulatedZplPrinter
) -> None:
    number = bench.receives(SINGLE)
    bench.printer.suffer(refuses=True)
    label = intends(bench, number, 2)
    named = PrinterSettings(host=other.host, port=other.port, layout="cryo-cap-11")
    bench.bench.wear(replace(bench.bench.settings, printer=named))
    is_out(bench, label)
    first, later = (json.loads(content)["body"] for content in bench.entries() if b'"kind":"label.sent"' in content)
    in_force = bench.read(lambda ledger: [site_layouts.in_force(ledger.db, name) for name in (TUBE, "cryo-cap-11")])
    assert [(body["layout"], body["sha256"]) for body in (first, later)] == [
        (laid.layout.name, laid.sha256) for laid in in_force
    ]
    assert later["printer"] == "Label printer"


def test_the_layout_of_the_settings_counts_at_once(bench: BenchTop) -> None:
    bench.bench.wear(replace(bench.bench.settings, printer=replace(bench.bench.settings.printer, layout="cryo-cap-11")))
    bench.receives(SINGLE)
    assert b"^PW" in bench.printer.labels[-1]
    assert bench.rows("SELECT layout FROM label")[0]["layout"] == "cryo-cap-11"


def test_a_printer_swapped_without_being_seen_away_is_noticed_before_the_next_label(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    bench.printer.mind.dots_per_mm = 8
    label = intends(bench, number, 2)
    bench.bench.press.look()
    bench.wait_until(lambda: "another resolution" in printer_line(bench), "the words about its resolution")
    assert (states(bench)[label], len(bench.printer.labels)) == ("intended", 1)
    bench.printer.mind.dots_per_mm = 12
    bench.bench.press.look()
    is_out(bench, label)


def test_a_printer_that_is_another_by_now_is_not_believed_about_labels_of_the_former(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    label = intends(bench, number, 2)
    bench.bench.press.look()
    is_out(bench, label)
    bench.printer.mind.dots_per_mm = 8
    for _ in range(2):
        asked = bench.printer.mind.asked
        bench.bench.press.look()
        while bench.printer.mind.asked == asked:
            assert states(bench)[label] == "sent"
    assert states(bench)[label] == "sent"
