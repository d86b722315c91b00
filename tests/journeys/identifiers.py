"""Every form in which what identifies a patient may be written, and where it is found in a file's bytes."""

from __future__ import annotations

import base64
import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from command_line import EXPECTED

_NAMES, _NUMBERS = (
    ("Surname", "First name", "Consultant"),
    ("NHS number", "Hospital number", "Order number", "Tube barcode"),
)
_DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y", "%d %B %Y", "%d.%m.%Y", "%d-%m-%Y", "%Y%m%d", "%d%m%Y", "%m/%d/%Y")
_DATES += ("%d/%m/%y", "%d %m %y", "%d.%m.%y", "%d-%m-%y")
# A short word may be part of an honest one ("Ade" of "made"): it is looked for as a word of its own.
_AS_A_WORD, _NOT_BY_CHANCE = 5, 8


def corpus(path: Path = EXPECTED) -> frozenset[str]:
    """What stands in the rehearsal's file of requests that identifies somebody, in every form."""
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    found: set[str] = set()
    for row in rows:
        found |= {part for name in _NAMES for part in _forms_of_name(row[name])}
        found |= {part for name in _NUMBERS for part in _forms_of_number(row[name])}
        found |= set(_forms_of_date(row["Date of birth"]))
    return frozenset(one for one in found if len(one) > 2)


def _forms_of_name(name: str) -> Iterator[str]:
    for part in (name, *re.split(r"[\s]+", name)):
        plain = unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode()
        yield from (one.casefold() for one in (part, plain) if one not in {"Dr", "of", "Sample", "External", "scheme"})


def _forms_of_number(number: str) -> Iterator[str]:
    if number and "E+" not in number:
        yield number.casefold()
        if number.isdecimal() and len(number) == 10:
            yield from (f"{number[:3]}{gap}{number[3:6]}{gap}{number[6:]}" for gap in " -")
            yield from (gap.join(number[at : at + 2] for at in range(0, 10, 2)) for gap in " -")


def _forms_of_date(said: str) -> Iterator[str]:
    if said:
        day = datetime.strptime(said, "%d/%m/%Y")  # noqa: DTZ007
        yield from (f"{day:{form}}".casefold() for form in _DATES)


def enough_for(name: str, wanted: Iterable[str]) -> list[str]:
    """Of a corpus what says something where it is found: in encrypted bytes three letters stand by chance."""
    return [one for one in wanted if len(one) >= _NOT_BY_CHANCE or ".db" not in name]


def found_in(content: bytes, wanted: Iterable[str], name: str = "") -> list[str]:
    """What of a corpus stands in a file, in its name, or in what a zip in it holds."""
    texts = [name.casefold(), *_texts(content)]
    seen = [one for one in wanted if any(_holds(text, one) for text in texts)]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in packed.infolist():
                seen += found_in(packed.read(member), wanted, member.filename)
            seen += found_in(packed.comment, wanted)
    return seen


def _texts(content: bytes) -> Iterator[str]:
    for encoding in ("utf-8", "utf-16-le", "latin-1"):
        yield unicodedata.normalize("NFC", content.decode(encoding, "ignore")).casefold()
    for packed in re.findall(rb"[A-Za-z0-9+/]{16,}={0,2}", content):
        with_end = packed[: len(packed) // 4 * 4]
        yield base64.b64decode(with_end + b"=" * (-len(with_end) % 4)).decode("utf-8", "ignore").casefold()


def _holds(text: str, wanted: str) -> bool:
    if len(wanted) >= _AS_A_WORD:
        return wanted in text
    return re.search(rf"(?<![^\W_]){re.escape(wanted)}(?![^\W_])", text) is not None
