"""Levey-Jennings on paper: a control's values in the order of time, each with its number and the rules it breaks."""

from __future__ import annotations

from typing import Any

from gms_desktop.documents.qc_report import ControlPicture

_MM = 72 / 25.4
_WIDE, _HIGH, _LEFT, _LOW = 184 * _MM, 48 * _MM, 22 * _MM, 10 * _MM
_MOST_NAMED = 10
"""Points whose numbers have room beside them; what breaks a rule is named in words above the chart too."""
_LINES = ((0, "mean"), (2, "+2 SD"), (-2, "-2 SD"), (3, "+3 SD"), (-3, "-3 SD"))


def control_drawing(control: ControlPicture) -> Any:
    """The chart."""
    from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, String

    drawing = Drawing(_WIDE, _HIGH + _LOW)
    low, high = control.span

    def up(value: float) -> float:
        return _LOW + (value - low) / (high - low) * _HIGH

    for steps, name in _LINES:
        if control.mean is not None and control.sd is not None:
            y = up(control.at(steps))
            dashes = None if steps == 0 else [4, 2] if abs(steps) == 2 else [1, 2]
            drawing.add(Line(_LEFT, y, _WIDE, y, strokeWidth=0.5, strokeDashArray=dashes))
            drawing.add(String(_LEFT - 3, y - 2.5, name, fontSize=7, textAnchor="end"))
    step = (_WIDE - _LEFT) / (len(control.points) + 1)
    places = [(_LEFT + step * at, up(one.value)) for at, one in enumerate(control.points, start=1)]
    if len(places) > 1:
        drawing.add(PolyLine([each for place in places for each in place], strokeWidth=0.6))
    for (x, y), one in zip(places, control.points, strict=True):
        drawing.add(Circle(x, y, 3.2 if one.broken else 2, strokeWidth=1.2 if one.broken else 0.6))
        if len(control.points) <= _MOST_NAMED:
            said = f"{one.value:g} {one.broken}".strip()
            drawing.add(String(x, y + 5, said, fontSize=6, textAnchor="middle"))
    for (x, _), one in ((places[0], control.points[0]), (places[-1], control.points[-1])):
        drawing.add(String(x, 2 * _MM, one.day, fontSize=6.5, textAnchor="middle"))
    return drawing
