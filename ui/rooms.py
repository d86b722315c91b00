"""The frame round the screens, in one import that comes after the window's first paint."""

from __future__ import annotations

from ui.widgets.foot_strip import FootStrip
from ui.widgets.rail import Rail
from ui.widgets.ribbon import Notices, Ribbon
from ui.widgets.typed_code import TypedCode

__all__ = ["FootStrip", "Notices", "Rail", "Ribbon", "TypedCode"]
