"""The recovery key on paper: one page to lock away. It is kept nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from gms_desktop import protection_words as words
from gms_desktop.documents.coded_pages import MM, Head, coded_pages
from gms_desktop.documents.paragraphs import text
from gms_desktop.documents.rejection_report import Imprint

_OF_HASH = 16


def recovery_key_pdf(key: str, lines: Sequence[str], bench: str, imprint: Imprint) -> bytes:
    """The page; its code tells two prints of the same key from those of two keys, and nothing of the key.

    Args:
        key: the whole text.
        lines: the same as it is printed.
        bench: the bench's name.
        imprint: laboratory, time and person.

    Raises:
        LabelUnreadable: the code does not read back from the page as exactly the document's own.
    """
    code = f"key-{sha256(key.encode()).hexdigest()[:_OF_HASH]}"
    head = Head(
        words.KEY_PAPER,
        (f"Made {imprint.made_at} by {imprint.made_by}.", f"Document {code}"),
        f"{words.KEY_PAPER}. ",
        code,
    )
    return coded_pages(head, imprint, _story(lines, bench))


def _story(lines: Sequence[str], bench: str) -> list[Any]:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Preformatted, Spacer

    gap = Spacer(1, 8 * MM)
    look = ParagraphStyle("key", fontName="Courier-Bold", fontSize=17, leading=26)
    story = [text(words.key_of_bench(bench), 12, bold=True), gap, text(words.KEEP_THE_KEY, 12), gap]
    story += [Preformatted("\n".join(lines), look), gap]
    return [*story, *(text(one, 11) for one in words.KEY_HOW), gap, gap, text(words.KEY_LOCKED_AWAY, 11)]
