"""ZPL graphics in compressed hexadecimal digits (programming guide, "Alternative Data Compression Scheme").

``G`` to ``Y`` repeat the next digit 1 to 19 times, ``g`` to ``z`` 20 to 400 times; ``,`` fills the row with zeros,
``:`` repeats the row above. ``!`` (fill with ones) is not used: not every interpreter of ZPL reads it alike.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

_ROW = re.compile(r"([G-Yg-z]*)([0-9A-F])|([,:])")


@lru_cache(maxsize=128)
def packed(bits: bytes, row: int) -> str:
    """Bits of ``row`` bytes a line as compressed hexadecimal digits."""
    lines, above = [], ""
    for at in range(0, len(bits), row):
        digits = bits[at : at + row].hex().upper()
        lines.append(":" if digits == above else _packed_row(digits))
        above = digits
    return "".join(lines)


@lru_cache(maxsize=32)
def unpacked(data: str, row: int, total: int) -> bytes:
    """The bits again.

    Raises:
        ValueError: the data are no such compression, or not ``total`` bytes.
    """
    lines: list[str] = []
    width, line, end = 2 * row, "", 0
    for found in _ROW.finditer(data):
        if found.start() != end:
            break
        end = found.end()
        line = _grown(line, found, width, lines[-1] if lines else "0" * width)
        if len(line) >= width:
            lines.append(line)
            line = ""
    bits = bytes.fromhex("".join(lines))
    if end != len(data) or line or len(bits) != total:
        raise ValueError("the graphic's data do not make its stated size")
    return bits


def _grown(line: str, found: re.Match[str], width: int, above: str) -> str:
    counts, digit, sign = found.groups()
    if digit:
        return line + digit * (sum(map(_count, counts)) or 1)
    return above if sign == ":" else line.ljust(width, "0")


def _packed_row(digits: str) -> str:
    inked = digits.rstrip("0")
    end = "," if inked != digits else ""
    return "".join(_run(digit, len(list(same))) for digit, same in groupby(inked)) + end


def _run(digit: str, count: int) -> str:
    if count < 3:
        return digit * count
    twenties, ones = divmod(count, 20)
    many = "z" * (twenties // 20) + (chr(ord("f") + twenties % 20) if twenties % 20 else "")
    return many + (chr(ord("F") + ones) if ones else "") + digit


def _count(sign: str) -> int:
    return ord(sign) - ord("F") if sign <= "Y" else 20 * (ord(sign) - ord("f"))
