r"""A drawing as ZPL II: UTF-8, every text hex-escaped, codes with every parameter stated, one label.

Field data can be anything a patient may be called, so nothing in it reaches the printer as a command: only letters,
digits and a few harmless signs go as they are, every other byte as ``_XX`` under ``^FH``. The Data Matrix has ``_`` as
its own escape (stated, since firmware differs on the default), so its ``^FH`` indicator is ``\``.

Source: ZPL programming guide, ^BC, ^BX, ^CI, ^FH, ^GF, ^PQ.
"""

from __future__ import annotations

import re
import string

from gms_desktop.documents.graphic import packed
from gms_desktop.documents.label_drawing import Drawing, LinearMark, Mark, MatrixMark, PictureMark, TextMark

TEXT_INDICATOR = "_"
CODE_INDICATOR = "\\"
MATRIX_ESCAPE = "_"
_PLAIN = frozenset((string.ascii_letters + string.digits + " .,:;'()/+-=").encode())
_ALL_PLAIN = re.compile("[A-Za-z0-9 .,:;'()/+=-]*")


def zpl(drawing: Drawing) -> bytes:
    """The whole format, ASCII only, from ``^XA`` to ``^XZ``."""
    head = f"^XA^CI28^PW{drawing.width}^LL{drawing.height}^LH0,0\n"
    fields = "".join(f"^FO{mark.x},{mark.y}{_field(mark)}^FS\n" for mark in drawing.marks)
    return f"{head}{fields}^PQ1,0,1,Y^XZ\n".encode("ascii")


def escaped(text: str, indicator: str) -> str:
    """Field data in which only plain signs stand for themselves and every other byte is hexadecimal."""
    if _ALL_PLAIN.fullmatch(text):
        return text
    return "".join(chr(byte) if byte in _PLAIN else f"{indicator}{byte:02X}" for byte in text.encode("utf-8"))


def _field(mark: Mark) -> str:
    if isinstance(mark, TextMark):
        data = escaped(mark.text, TEXT_INDICATOR)
        return f"^A0N,{mark.height},{mark.height}^FH{TEXT_INDICATOR}^FD{data}"
    if isinstance(mark, MatrixMark):
        return f"^BXN,{mark.module},200,{mark.columns},{mark.columns},6,{MATRIX_ESCAPE}{_code(_matrix_data(mark))}"
    if isinstance(mark, LinearMark):
        return f"^BY{mark.module},3,{mark.height}^BCN,{mark.height},N,N,N,A{_code(mark.content)}"
    return _graphic(mark)


def _matrix_data(mark: MatrixMark) -> str:
    return mark.content.replace(MATRIX_ESCAPE, 2 * MATRIX_ESCAPE)


def _code(content: str) -> str:
    return f"^FH{CODE_INDICATOR}^FD{escaped(content, CODE_INDICATOR)}"


def _graphic(mark: PictureMark) -> str:
    rows = (mark.picture.width + 7) // 8
    total = rows * mark.picture.height
    return f"^GFA,{total},{total},{rows},{packed(mark.bits, rows)}"
