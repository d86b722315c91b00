"""Papers before they are printed: drawn as pages, and handed to the print system's queue, never to a label's."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from devices.values import Sent
from gms_desktop.documents.label_pixels import rasters
from gms_desktop.documents.page_pictures import page_picture
from gms_desktop.documents.paper import one_page, write
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.errors import Refused
from gms_desktop.paper_printing import ByPages, print_paper, queue_named
from gms_desktop.settings import LabelSettings, PrinterSettings, Settings

PAPER = one_page("Letter", lambda page: write(page, "To the receiver", 20, 20, 120, 6))
LABELS, PAPERS = PrinterSettings(mode="queue", place="labels"), PrinterSettings(mode="queue", place="office")
BENCH = Settings(printers={"Plates": LABELS, "Office": PAPERS}, labels={"plate": LabelSettings(printer="Plates")})
with_shell = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no lp")


@pytest.fixture
def print_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Programs that answer as those of CUPS do, and keep what they were given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    lp = '#!/bin/sh\ncat > "$0.given"\necho "$@" > "$0.said"\necho "request id is office-7 (1 file(s))"\n'
    lpstat = '#!/bin/sh\ncase "$*" in *-d*) echo "system default destination: hall";; esac\n'
    for name, script in (("lp", lp), ("lpstat", lpstat)):
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin{os.pathsep}/usr/bin")
    return folder


def test_a_page_is_drawn_as_wide_as_wanted_with_its_words_for_who_does_not_see_it() -> None:
    picture = page_picture(PAPER, 0, 500)
    assert (picture.page, picture.pages, picture.wide) == (0, 1, 500)
    assert len(picture.rgb) == picture.wide * picture.high * 3
    assert "To the receiver" in picture.text
    # A page behind the last is the last: somebody pressed once more than there were pages.
    assert page_picture(PAPER, 9, 500).page == 0


def test_what_is_no_pdf_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="cannot be shown as pages"):
        page_picture(b"PK\x03\x04", 0, 500)


def test_pages_are_drawn_and_codes_read_back_at_once_by_several_threads() -> None:
    with ThreadPoolExecutor(4) as threads:
        drawn = [threads.submit(page_picture, PAPER, 0, 200) for _ in range(20)]
        read = [threads.submit(lambda: sum(1 for _ in rasters(PAPER, 203))) for _ in range(4)]
    assert {one.result().wide for one in drawn} == {200}
    assert {one.result() for one in read} == {1}


def test_paper_goes_to_the_queue_that_prints_no_labels() -> None:
    assert queue_named(BENCH) == "office"
    assert queue_named(Settings(printers={"Plates": LABELS}, labels=BENCH.labels)) == ""


@with_shell
def test_the_pdf_reaches_the_queue_as_it_is_and_its_title_names_nobody(print_system: Path) -> None:
    said = print_paper(BENCH, PAPER)
    assert (said.kind, said.title) == (VerdictKind.FINISHED, "Sent to the printer")
    assert (print_system / "lp.given").read_bytes() == PAPER
    assert (print_system / "lp.said").read_text().split() == ["-d", "office", "-t", "paper"]


@with_shell
def test_without_a_queue_of_its_own_the_usual_one_prints_and_without_any_it_is_said(
    print_system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    print_paper(Settings(), PAPER)
    assert (print_system / "lp.said").read_text().split()[1] == "hall"
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Refused, match="No printer for paper is set up here"):
        print_paper(Settings(), PAPER)


def test_where_the_print_system_takes_no_pdf_it_gets_pages(tmp_path: Path) -> None:
    given = list[tuple[str, bytes]]()

    def prints(queue: str, content: bytes) -> Sent:
        given.append((queue, content))
        return Sent.SENT

    assert print_paper(BENCH, PAPER, by_pages=ByPages(lambda: "hall", prints)).title == "Sent to the printer"
    assert print_paper(Settings(), PAPER, by_pages=ByPages(lambda: "hall", prints)).title == "Sent to the printer"
    assert given == [("office", PAPER), ("hall", PAPER)]
    with pytest.raises(Refused, match="No printer for paper is set up here"):
        print_paper(Settings(), PAPER, by_pages=ByPages(str, prints))
