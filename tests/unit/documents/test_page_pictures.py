"""A picture or a PDF is shown page by page; what cannot be shown is said, and a bomb is not unpacked."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from gms_desktop.documents.page_pictures import page_picture
from gms_desktop.errors import Refused


def picture(sort: str, *frames: Image.Image) -> bytes:
    made = io.BytesIO()
    frames[0].save(made, sort, **({"save_all": True, "append_images": list(frames[1:])} if len(frames) > 1 else {}))
    return made.getvalue()


def png_of(wide: int, high: int) -> bytes:
    """A PNG whose head says how large it is, with next to nothing in it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("sort", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_drawn_as_wide_as_it_is_wanted(sort: str) -> None:
    shown = page_picture(picture(sort, Image.new("RGB", (200, 100), (200, 0, 0))), 0, 50)
    assert (shown.page, shown.pages, shown.wide, shown.high) == (0, 1, 50, 25)
    assert len(shown.rgb) == 50 * 25 * 3
    assert shown.rgb[0] > 150


def test_a_tiff_with_several_pictures_has_pages() -> None:
    both = picture("TIFF", Image.new("RGB", (20, 10), "white"), Image.new("RGB", (20, 10), "black"))
    assert (page_picture(both, 0, 20).pages, page_picture(both, 0, 20).rgb[0]) == (2, 255)
    assert (page_picture(both, 9, 20).page, page_picture(both, 9, 20).rgb[0]) == (1, 0)


@pytest.mark.parametrize(
    "content", [b"", b"MZ no picture", png_of(60_000, 60_000), picture("PNG", Image.new("L", (9, 9)))[:40]]
)
def test_what_cannot_be_shown_is_said(content: bytes) -> None:
    with pytest.raises(Refused, match="cannot be shown"):
        page_picture(content, 0, 100)
