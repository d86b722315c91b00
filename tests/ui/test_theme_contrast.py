import re
from importlib import resources

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel

from gms_desktop.domain.verdicts import VerdictKind
from ui.theme.contrast import contrast
from ui.theme.style_sheet import style_sheet
from ui.theme.tokens import PALETTES, SHAPE_PAIRS, TEXT_PAIRS, Points, Space, ThemeName
from ui.theme.wear import wear, worn

BOTH = pytest.mark.parametrize("theme", list(ThemeName))


def test_black_on_white_has_the_contrast_that_wcag_gives():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@BOTH
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_every_text_can_be_read_on_its_ground(theme, text, ground):
    palette = PALETTES[theme]
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_every_shape_stands_out_from_its_ground(theme, shape, ground):
    palette = PALETTES[theme]
    assert contrast(getattr(palette, shape), getattr(palette, ground)) >= 3.0


@BOTH
def test_a_focused_control_stands_out_by_its_yellow_or_its_black(theme):
    palette = PALETTES[theme]
    strongest = max(contrast(palette.focus, palette.card), contrast(palette.on_focus, palette.card))
    assert strongest >= 3.0
    assert contrast(palette.focus, palette.on_focus) >= 3.0


@BOTH
def test_the_style_sheet_names_no_colour_of_its_own(theme):
    palette = PALETTES[theme]
    known = set(vars(palette).values()) | {"#000000"}
    assert set(re.findall(r"#[0-9a-f]{6}\b", style_sheet(palette, "DejaVu Sans Mono"))) <= known


def test_an_application_wears_what_it_was_given(app: QApplication):
    wear(app, ThemeName.DARK, "DejaVu Sans")
    assert worn().name is ThemeName.DARK
    wear(app, ThemeName.LIGHT, "DejaVu Sans")
    assert worn().name is ThemeName.LIGHT


def test_who_is_dressed_already_is_not_dressed_again(app: QApplication):
    heard: list[QEvent.Type] = []

    class Watched(QLabel):
        def event(self, event: QEvent) -> bool:
            heard.append(event.type())
            return super().event(event)

    wear(app, ThemeName.LIGHT, "DejaVu Sans")
    watched = Watched()
    watched.ensurePolished()
    heard.clear()
    wear(app, ThemeName.LIGHT)
    assert heard == []
    wear(app, ThemeName.DARK)
    assert QEvent.Type.StyleChange in heard
    wear(app, ThemeName.LIGHT)
    assert (worn().name, app.font().family()) == (ThemeName.LIGHT, "DejaVu Sans")
    watched.deleteLater()


def test_verdicts_can_be_read_at_a_metre_and_distances_are_steps_of_four():
    assert Points.VERDICT >= 24
    assert all(getattr(Space, name) % Space.STEP == 0 for name in ("TIGHT", "GAP", "CARD", "EDGE", "RADIUS"))


def test_every_verdict_has_its_own_shape_or_shares_it_with_its_twin(app: QApplication):
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QImage, QPainter

    from ui.widgets.shapes import draw_shape

    def drawn(kind: VerdictKind) -> bytes:
        image = QImage(48, 48, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        draw_shape(painter, kind, QRectF(0, 0, 48, 48), "#000000")
        painter.end()
        return bytes(image.constBits())

    pictures = {kind: drawn(kind) for kind in VerdictKind}
    assert len(set(pictures.values())) == 5
    assert pictures[VerdictKind.FOUND] == pictures[VerdictKind.MATCHES]
    assert pictures[VerdictKind.ACCEPTED] == pictures[VerdictKind.FINISHED]


def test_icons_take_the_colour_that_they_are_given():
    icons = [each for each in (resources.files("resources") / "icons").iterdir() if each.name.endswith(".svg")]
    assert len(icons) >= 25
    for each in icons:
        drawing = each.read_text(encoding="utf-8")
        assert "currentColor" in drawing
        assert not re.search(r"#[0-9a-fA-F]{3,6}", drawing)
