"""Papers on a print system that takes no PDF: every page is drawn for it, as large as the sheet, and legible."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from devices.values import Sent
from gms_desktop.documents.answer_letter import Came
from gms_desktop.documents.label_pixels import rasters
from gms_desktop.documents.label_reading import decode
from gms_desktop.documents.packing_list import Papers
from gms_desktop.documents.packing_list_pdf import answer_letter_pdf
from gms_desktop.documents.page_pictures import page_picture
from gms_desktop.documents.paper import DPI
from gms_desktop.documents.rejection_report import Imprint
from gms_desktop.errors import Refused
from gms_desktop.exchange.consignments import series
from ui.system_paper import here, print_pages, usual_queue

THINGS = tuple(("piece of tissue", f"ZB7Q{place:05}", "received") for place in range(60))
FILE = bytes(range(256)) * 6
IMPRINT = Imprint("Rehearsal laboratory", "24-Nov-2026 09:41", "J. Writer", True)


@pytest.fixture(scope="module")
def letter() -> bytes:
    parts = series.split(FILE)
    papers = Papers("k7q3zd", "ZB7Q00309", ("Second laboratory",), False, (), (), series=parts)
    return answer_letter_pdf(papers, Came(THINGS, "24-Nov-2026 09:01", "60 received", "", "a.gmsc"), IMPRINT)


def printed(tmp_path: Path, content: bytes) -> tuple[Sent, bytes]:
    """Beside the main thread, as at a bench; into a file, since a test has no queue."""
    into = tmp_path / "printed.pdf"
    with ThreadPoolExecutor(1) as aside:
        sent = aside.submit(print_pages, "", content, into).result(60)
    return sent, into.read_bytes()


def test_every_page_comes_out_as_large_as_it_is_and_its_codes_still_read(
    app: QApplication, letter: bytes, tmp_path: Path
) -> None:
    sent, paper = printed(tmp_path, letter)
    assert sent is Sent.SENT
    first, last = page_picture(letter, 0, 300), page_picture(paper, 0, 300)
    assert (last.pages, abs(first.high - last.high) <= 1) == (first.pages, True)
    read = {text for page in rasters(paper, DPI) for _, text in decode(page)}
    assert set(series.split(FILE)) <= read


def test_what_is_no_paper_and_a_queue_that_is_not_there_are_told_of(app: QApplication, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be shown as pages"):
        print_pages("", b"PK\x03\x04", tmp_path / "printed.pdf")
    assert isinstance(usual_queue(), str)


def test_a_queue_that_is_gone_takes_nothing(app: QApplication, letter: bytes) -> None:
    assert print_pages("no such queue", letter) is Sent.NOT_SENT


def test_where_the_print_system_takes_a_pdf_as_it_is_it_gets_that() -> None:
    assert (here() is None) == (sys.platform != "win32")
