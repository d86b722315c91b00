"""Which font of this computer can draw a text: its character map is read, so that no empty box is ever printed."""

from __future__ import annotations

import os
import struct
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_FIRST = (
    "arialbd.ttf", "Arial Bold.ttf", "LiberationSans-Bold.ttf", "DejaVuSansCondensed-Bold.ttf", "NotoSans-Bold.ttf",
    "segoeuib.ttf", "DejaVuSans-Bold.ttf", "msyhbd.ttc", "msyh.ttc", "simsun.ttc", "NotoSansCJK-Bold.ttc",
    "NotoSansCJK-Regular.ttc", "wqy-zenhei.ttc", "PingFang.ttc", "malgunbd.ttf", "meiryob.ttc", "Nirmala.ttf",
)  # fmt: skip
_ENDINGS = {".ttf", ".ttc", ".otf"}


class NoFontError(LookupError):
    """No font here draws these characters."""

    def __init__(self, characters: str) -> None:
        super().__init__(characters)
        self.characters = characters


@dataclass(frozen=True)
class Fonts:
    """Font files in the order in which they are tried.

    Attributes:
        paths: the files.
        shapes: letters are joined, and set from right to left where their script is written so.
    """

    paths: tuple[Path, ...]
    shapes: bool = True

    def sets(self, runs: list[tuple[str, Path]]) -> bool:
        """Whether these runs come out with their letters joined and in order: each run is shaped by itself."""
        return not any(map(_shaped, "".join(text for text, _ in runs))) or (self.shapes and len(runs) == 1)

    def runs(self, text: str) -> list[tuple[str, Path]]:
        """The text in runs of one font each: one run when a single font draws it all.

        Raises:
            NoFontError: a character is in none of the fonts.
        """
        wanted = frozenset(ord(character) for character in text)
        for path in self.paths:
            if wanted <= characters_of(path):
                return [(text, path)]
        missing = "".join(c for c in dict.fromkeys(text) if not any(ord(c) in characters_of(p) for p in self.paths))
        if missing:
            raise NoFontError(missing)
        return self._mixed(text)

    def _mixed(self, text: str) -> list[tuple[str, Path]]:
        runs: list[tuple[str, Path]] = []
        for character in text:
            path = next(path for path in self.paths if ord(character) in characters_of(path))
            if runs and (runs[-1][1] == path or ord(character) in characters_of(runs[-1][1])):
                runs[-1] = (runs[-1][0] + character, runs[-1][1])
            else:
                runs.append((character, path))
        return runs


@cache
def platform_fonts() -> Fonts:
    """The fonts installed on this computer, bold sans serif first, with the one that comes with reportlab last."""
    from PIL import features

    found = sorted(path for folder in _folders() for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS)
    order = {name.lower(): place for place, name in enumerate(_FIRST)}
    found.sort(key=lambda path: order.get(path.name.lower(), len(order)))
    return Fonts((*found, *_shipped()), shapes=bool(features.check("raqm") and features.check("fribidi")))


def _shaped(character: str) -> bool:
    """Whether a letter's form or place depends on its neighbours: written from right to left, Indic, or like it."""
    code = ord(character)
    return unicodedata.bidirectional(character) in {"R", "AL"} or 0x900 <= code < 0x10A0 or 0x1780 <= code < 0x18B0


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        folders = [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"]
    else:
        folders = [
            Path("/usr/share/fonts"),
            Path("/usr/local/share/fonts"),
            Path("/Library/Fonts"),
            Path("/System/Library/Fonts"),
            Path.home() / ".local/share/fonts",
        ]
    return (folder for folder in folders if folder.is_dir())


def _shipped() -> list[Path]:
    spec = find_spec("reportlab")
    if spec is None or spec.origin is None:
        return []
    bold = Path(spec.origin).parent / "fonts" / "VeraBd.ttf"
    return [bold] if bold.is_file() else []


def sign_font() -> Path:
    """The font that comes with the product, or the first of this computer."""
    return (*_shipped(), *platform_fonts().paths)[0]


@cache
def characters_of(path: Path) -> frozenset[int]:
    """The code points a font file has a glyph for (OpenType ``cmap``, formats 4 and 12); none for a broken file."""
    try:
        with path.open("rb") as file:
            return frozenset(_characters(_table(file.read(), b"cmap")))
    except (OSError, struct.error, IndexError):
        return frozenset()


def _table(data: bytes, wanted: bytes) -> bytes:
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    for at in range(struct.unpack_from(">H", data, start + 4)[0]):
        tag, _, offset, length = struct.unpack_from(">4sIII", data, start + 12 + 16 * at)
        if tag == wanted:
            return data[offset : offset + length]
    return b""


def _characters(cmap: bytes) -> Iterator[int]:
    if not cmap:
        return
    for at in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * at)
        if platform != 0 and (platform, encoding) not in {(3, 1), (3, 10)}:
            continue
        form = struct.unpack_from(">H", cmap, offset)[0]
        if form == 12:
            yield from _groups(cmap, offset)
        elif form == 4:
            yield from _segments(cmap, offset)


def _groups(cmap: bytes, offset: int) -> Iterator[int]:
    for at in range(struct.unpack_from(">I", cmap, offset + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", cmap, offset + 16 + 12 * at)
        yield from (code for code in range(first, last + 1) if glyph + code - first)


def _segments(cmap: bytes, offset: int) -> Iterator[int]:
    count = struct.unpack_from(">H", cmap, offset + 6)[0] // 2
    ends, starts = offset + 14, offset + 16 + 2 * count
    deltas, ranges = starts + 2 * count, starts + 4 * count
    for at in range(count):
        last, first, delta = (struct.unpack_from(">H", cmap, base + 2 * at)[0] for base in (ends, starts, deltas))
        skip = struct.unpack_from(">H", cmap, ranges + 2 * at)[0]
        for code in range(first, min(last, 0xFFFE) + 1):
            place = ranges + 2 * at + skip + 2 * (code - first)
            glyph = struct.unpack_from(">H", cmap, place)[0] if skip else code + delta & 0xFFFF
            if glyph:
                yield code


@cache
def plain_fonts() -> Fonts:
    """The same fonts for running text: upright sans serifs of ordinary weight first."""
    marked = ("bold", "bd", "italic", "oblique", "light", "mono", "serif", "condensed", "math")
    paths = sorted(platform_fonts().paths, key=lambda path: any(sign in path.stem.lower() for sign in marked))
    return Fonts(tuple(paths), platform_fonts().shapes)
