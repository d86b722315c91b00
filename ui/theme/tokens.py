"""Every colour, size and distance of the application, in two palettes, and which text stands on which ground.

Nothing else in ``ui`` names a colour. Source: NHS colours (nhsuk-frontend ``core/settings/_colours-palette.scss``),
with tints of our own where those fail WCAG 2.2 AA on a dark ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ThemeName(StrEnum):
    """Light is the default; dark is a choice of each bench, for dim cabinets and UV rooms."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Palette:
    """One palette. Each field is a colour as ``#rrggbb``; ``on_x`` is text that stands on ``x``."""

    name: ThemeName
    ground: str
    card: str
    line: str
    text: str
    muted: str
    action: str
    on_action: str
    rail: str
    on_rail: str
    rail_key: str
    rail_here: str
    on_rail_here: str
    good: str
    good_ground: str
    bad: str
    bad_ground: str
    on_bad: str
    attention: str
    attention_ground: str
    marker: str
    on_marker: str
    focus: str
    on_focus: str
    focus_edge: str
    selected: str


LIGHT = Palette(
    name=ThemeName.LIGHT,
    ground="#f0f4f5",
    card="#ffffff",
    line="#d8dde0",
    text="#212b32",
    muted="#4c6272",
    action="#005eb8",
    on_action="#ffffff",
    rail="#003087",
    on_rail="#ffffff",
    rail_key="#c6d4ee",
    rail_here="#ffffff",
    on_rail_here="#212b32",
    good="#007f3b",
    good_ground="#ebf6f0",
    bad="#d5281b",
    bad_ground="#fff1ef",
    on_bad="#ffffff",
    attention="#8a5a00",
    attention_ground="#fff4d6",
    marker="#ffb81c",
    on_marker="#212b32",
    focus="#ffeb3b",
    on_focus="#000000",
    focus_edge="#000000",
    selected="#d9e8f6",
)

DARK = Palette(
    name=ThemeName.DARK,
    ground="#14191d",
    card="#1f262c",
    line="#38444e",
    text="#e8edee",
    muted="#a9b7c0",
    action="#6cb4ff",
    on_action="#0b1a26",
    rail="#0b1f3f",
    on_rail="#ffffff",
    rail_key="#b9c8de",
    rail_here="#1f262c",
    on_rail_here="#e8edee",
    good="#4cc38a",
    good_ground="#143226",
    bad="#ff7b72",
    bad_ground="#3a1a18",
    on_bad="#1c0806",
    attention="#ffb81c",
    attention_ground="#3a2c0a",
    marker="#ffb81c",
    on_marker="#212b32",
    focus="#ffeb3b",
    on_focus="#000000",
    focus_edge="#ffeb3b",
    selected="#27415a",
)

PALETTES = {ThemeName.LIGHT: LIGHT, ThemeName.DARK: DARK}

#: Text on ground: at least 4.5:1 (WCAG 2.2, 1.4.3). The screens use no other pair.
TEXT_PAIRS = (
    ("text", "ground"),
    ("text", "card"),
    ("muted", "ground"),
    ("muted", "card"),
    ("action", "card"),
    ("action", "ground"),
    ("on_action", "action"),
    ("on_rail", "rail"),
    ("rail_key", "rail"),
    ("on_rail_here", "rail_here"),
    ("muted", "rail_here"),
    ("good", "good_ground"),
    ("text", "good_ground"),
    ("good", "card"),
    ("bad", "bad_ground"),
    ("text", "bad_ground"),
    ("bad", "card"),
    ("on_bad", "bad"),
    ("attention", "attention_ground"),
    ("text", "attention_ground"),
    ("attention", "card"),
    ("on_marker", "marker"),
    ("on_focus", "focus"),
    ("text", "selected"),
    ("muted", "selected"),
)

#: Outlines and shapes that carry meaning: at least 3:1 (WCAG 2.2, 1.4.11).
SHAPE_PAIRS = (
    ("muted", "card"),
    ("action", "card"),
    ("good", "card"),
    ("bad", "card"),
    ("attention", "card"),
    ("focus_edge", "card"),
    ("focus_edge", "ground"),
    ("marker", "rail"),
)


class Points:
    """The type scale, in points."""

    HEADING = 28
    VERDICT = 26
    BODY = 13
    WORDS = 12
    SMALL = 10


class Space:
    """Distances in device-independent pixels, all steps of 4."""

    STEP = 4
    TIGHT = 8
    GAP = 12
    CARD = 20
    EDGE = 24
    RADIUS = 8


RAIL_WIDTH = 196
FADE_MS = 120
#: No target is smaller than this (WCAG 2.2, 2.5.8).
SMALLEST_TARGET = 24
SECONDARY_TARGET = 44
