"""A rack looked at closely: larger by keys, the well under the cursor in view, its letter and figure beside it."""

from __future__ import annotations

from collections.abc import Iterator

import fixtures_racks as racks
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gms_desktop.services.rack_views import Sign
from ui.rack_words import LEGEND
from ui.widgets.map_in_view import MapInView
from ui.widgets.rack_map import RackMap, Sample

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def seen(app: QApplication) -> Iterator[MapInView]:
    seen = MapInView(RackMap())
    seen.resize(480, 320)
    view = racks.READ
    seen.map.paint(view.rows, view.columns, view.wells, ())
    seen.show()
    app.processEvents()
    yield seen
    seen.close()
    seen.deleteLater()


def in_view(seen: MapInView, well: str) -> bool:
    at = seen.map.mapTo(seen.viewport(), seen.map.place_of(well).center().toPoint())
    half = round(seen.map.place_of(well).width() / 2)
    return seen.viewport().rect().contains(QRect(at.x() - half, at.y() - half, 2 * half, 2 * half))


def test_the_map_is_zoomed_by_keys_and_fits_again(seen: MapInView) -> None:
    fits = seen.map.place_of("A01").width()
    QTest.keyClick(seen.map, Qt.Key.Key_Plus, CTRL)
    QTest.keyClick(seen.map, Qt.Key.Key_Equal, CTRL)
    assert seen.per_cent == 200
    assert seen.map.place_of("A01").width() > 1.8 * fits
    QTest.keyClick(seen.map, Qt.Key.Key_Minus, CTRL)
    assert seen.per_cent == 150
    QTest.keyClick(seen.map, Qt.Key.Key_0, CTRL)
    assert seen.per_cent == 100
    assert seen.map.place_of("A01").width() == pytest.approx(fits, rel=0.05)


def test_a_figure_without_ctrl_zooms_nothing_since_scanners_type_figures(seen: MapInView) -> None:
    for key in (Qt.Key.Key_0, Qt.Key.Key_Plus, Qt.Key.Key_Minus):
        QTest.keyClick(seen.map, key)
    assert seen.per_cent == 100


def test_the_well_under_the_cursor_stays_in_view(seen: MapInView, app: QApplication) -> None:
    for _ in range(3):
        QTest.keyClick(seen.map, Qt.Key.Key_Plus, CTRL)
    app.processEvents()
    for _ in range(7):
        QTest.keyClick(seen.map, Qt.Key.Key_Down)
    for _ in range(11):
        QTest.keyClick(seen.map, Qt.Key.Key_Right)
    assert seen.map.well == "H12"
    assert in_view(seen, "H12")
    assert not in_view(seen, "A01")


def test_a_well_of_which_a_reader_said_nothing_looks_like_none_that_is_empty_or_was_not_read(app: QApplication) -> None:
    assert {Sign.RING, Sign.NO_CODE, Sign.DASHED} <= set(LEGEND)
    drawn = set()
    for sign in LEGEND:
        grey = Sample(sign).grab().toImage().convertToFormat(Sample(sign).grab().toImage().Format.Format_Mono)
        drawn.add(bytes(grey.constBits()))
    assert len(drawn) == len(LEGEND)
