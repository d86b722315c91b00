"""How long do labels take: a run of 960 as ZPL and as PDF, the proof of one, and its preview?"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from figures import Spread, report

from gms_desktop.documents.label_data import examples, filled
from gms_desktop.documents.label_drawing import Setter
from gms_desktop.documents.label_form import LabelLayout
from gms_desktop.documents.label_layout import product_layout, product_layouts
from gms_desktop.documents.label_pdf import pdf
from gms_desktop.documents.label_pixels import Form, prove_data
from gms_desktop.documents.label_preview import preview_data
from gms_desktop.documents.label_reading import decode
from gms_desktop.documents.label_trial import tried
from gms_desktop.documents.label_zpl import zpl
from gms_desktop.domain.identifiers.accession import mint

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

RUN = 960
DPI = 300
TUBE = product_layout()
BLABEL_TEMPLATE = (
    "<img src=\"{{label_tools.datamatrix(number, cellsize=5)}}\" style='height:10mm'/> {{number}} {{surname}}"
)


def labels(layout: LabelLayout = TUBE) -> list[dict[str, object]]:
    """A run: every field filled, each with its own number and name."""
    plain = examples(layout)
    return [plain | {name: made for name, made in own(n).items() if name in plain} for n in range(RUN)]


def own(n: int) -> dict[str, object]:
    """What differs from label to label."""
    return {"number": mint("K", "7Q2", n), "surname": f"Oyelaran-{n}", "code": f"RUN{n:06d}"}


def run_of(write: Callable[[list[dict[str, object]]], object], now: Callable[[], float] = time.perf_counter) -> Spread:
    """Five runs of 960 labels, after one that loads what is loaded once."""
    made = labels()
    write(made[:2])
    times = []
    for _ in range(5):
        start = now()
        write(made)
        times.append((now() - start) * 1e6)
    return Spread(tuple(times))


def to_zpl(made: list[dict[str, object]]) -> list[bytes]:
    setter = Setter(TUBE, DPI)
    return [zpl(setter.draw(filled(TUBE, data))) for data in made]


def to_pdf(made: list[dict[str, object]]) -> bytes:
    setter = Setter(TUBE, DPI)
    return pdf(*(setter.draw(filled(TUBE, data)) for data in made))


def said(name: str, spread: Spread, most_ms: float) -> None:
    ratio = spread.p50 / 1000 / most_ms
    report(
        name, f"p50 {spread.p50 / 1000:.1f} ms, p99 {spread.p99 / 1000:.1f} ms", ratio, f"{most_ms:g} ms", ratio <= 1
    )


def test_960_labels_to_zpl() -> None:
    said(f"{RUN} tube labels to ZPL", run_of(to_zpl), 100)


def test_960_labels_to_pdf() -> None:
    said(f"{RUN} tube labels to one PDF", run_of(to_pdf), 3000)


@pytest.mark.filterwarnings("default")  # of its own libraries, which are not ours to judge
@pytest.mark.skipif(importlib.util.find_spec("blabel") is None, reason="blabel (PyPI) is not installed here")
def test_960_labels_to_pdf_beside_blabel(tmp_path: Path) -> None:
    from blabel import LabelWriter  # type: ignore[import-not-found]

    style = tmp_path / "style.css"
    style.write_text("@page {width: 51mm; height: 25mm; padding: 0.5mm}", encoding="utf-8")
    template = tmp_path / "label.html"
    template.write_text(BLABEL_TEMPLATE, encoding="utf-8")
    writer = LabelWriter(str(template), default_stylesheets=(str(style),))
    rows = [{"number": one["number"], "surname": one["surname"]} for one in labels()]
    writer.write_labels(rows[:2], target=str(tmp_path / "loaded.pdf"))
    # Of the processor: the machine is shared, and whoever is looked away from would seem the slower.
    ours = run_of(to_pdf, time.process_time)
    start = time.process_time()
    writer.write_labels(rows, target=str(tmp_path / "labels.pdf"))
    theirs = (time.process_time() - start) * 1e6
    times = theirs / ours.p50
    said = f"ours {ours.p50 / 1e6:.2f} s, blabel {theirs / 1e6:.2f} s of the processor, {times:.1f} times"
    report(f"{RUN} labels to PDF beside blabel", said, times, "8", times >= 8)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_the_decode_proof_of_a_label(dpi: int, form: Form) -> None:
    for layout in product_layouts():
        spread = timed(layout, lambda data, one=layout: prove_data(data, one, dpi, form))  # type: ignore[misc]
        whole = prove_data(examples(layout), layout, dpi, form).picture
        beside = spread.p50 / timed(layout, lambda _data, one=whole: decode(one)).p50  # type: ignore[misc]
        name = f"proof of {layout.name}, {form.value}, {dpi} dpi, {beside:.2f} of zxing-cpp on the whole label"
        said(name, spread, 15)


@pytest.mark.parametrize("dpi", [300, 600])
def test_the_preview_of_a_label(dpi: int) -> None:
    for layout in product_layouts():
        shown = timed(layout, lambda data, one=layout: preview_data(data, one, dpi))  # type: ignore[misc]
        said(f"preview of {layout.name}, {dpi} dpi", shown, 50)


@pytest.mark.parametrize("dpi", [300, 600])
def test_a_redraw_of_a_layout_that_is_being_changed(dpi: int) -> None:
    for layout in product_layouts():
        redraw = timed(layout, lambda data, one=layout: tried(one, data, dpi))  # type: ignore[misc]
        said(f"redraw of {layout.name} with what decodes from it, {dpi} dpi", redraw, 50)


def timed(layout: LabelLayout, make: Callable[[dict[str, object]], object]) -> Spread:
    """Fifteen labels, each another one, after two that load what is loaded once; time of the processor."""
    made = labels(layout)[:17]
    times = []
    for data in made:
        start = time.process_time()
        make(data)
        times.append((time.process_time() - start) * 1e6)
    return Spread(tuple(times[2:]))
