"""A text that a person gives as a file: a rule set, a layout, a mapping. Read whole, and never without a limit."""

from __future__ import annotations

from pathlib import Path

from gms_desktop import file_words, toml_words
from gms_desktop.errors import Refused

MOST_BYTES = 2_000_000
"""A rule set of a year's holidays has a few thousand."""


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, with or without the mark that Windows' editors put before it.

    Raises:
        Refused: it is not there, a folder, larger than any such text, or no text in UTF-8.
    """
    try:
        with path.open("rb") as file:
            # What has no end has no size either, so no more is read than may be there.
            content = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise Refused(file_words.not_read(path, fault, str(path))) from fault
    if len(content) > MOST_BYTES:
        raise Refused(file_words.too_large_a_text(str(path), MOST_BYTES // 1_000_000))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refused(file_words.no_text(str(path), toml_words.why(fault))) from fault
