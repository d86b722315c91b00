"""A downtime pack is read back from its pixels; the account of its numbers says the same on paper and in a workbook."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from gms_desktop.documents import downtime_pack
from gms_desktop.documents.downtime_pack import LABELS_FOR, Pack, PackUnreadable, prove_pack, read_back
from gms_desktop.documents.downtime_pack_pdf import DPI, pack_pdf
from gms_desktop.documents.downtime_report import COLUMNS, downtime_report_pdf, downtime_report_xlsx
from gms_desktop.documents.label_pixels import rasters
from gms_desktop.documents.label_reading import decode
from gms_desktop.documents.rejection_report import Imprint
from gms_desktop.domain.identifiers import downtime
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.views import DowntimeNumberLine, DowntimePackLine, DowntimeReport

NUMBERS = tuple(downtime.mint("K", "K7Q3ZD", count) for count in range(1, 9))
PACK = Pack("EXAMPLE laboratory & partners", "Reception", "Made 21-Nov-2026 14:02 at Bench 3 by R. Okafor", NUMBERS)
IMPRINT = Imprint("EXAMPLE laboratory & partners", "21-Nov-2026 14:02", "R. Okafor")
ACCOUNT = DowntimeReport(
    "1 of 2 numbers not accounted for",
    (DowntimePackLine("p", "=Reception", "20-Nov-2026", "Bench 3", "U to U", 2, 1, 0, 0, 0, 1),),
    (
        DowntimeNumberLine(
            NUMBERS[0], "20-Nov-2026", "used", VerdictKind.ACCEPTED, "K1", "20-Nov-2026 10:00", "", "Jo Wójcik"
        ),
        DowntimeNumberLine(NUMBERS[1], "20-Nov-2026", "not accounted for", VerdictKind.ATTENTION),
    ),
    (("issued", 2), ("used", 1), ("open", 1)),
)


def texts(payload: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(payload)]


def test_every_number_has_three_labels_and_a_form_and_each_was_read_back() -> None:
    proof = prove_pack(PACK)
    assert proof.read == 4 * len(NUMBERS)
    assert proof.pages == 1 + 2 + 4
    said = texts(proof.payload)
    assert all(any(f"DOWNTIME {use}" in page for page in said) for use in LABELS_FOR)
    assert "Received by (name in capitals)" in said[-1]
    assert "Signature" in said[-1]
    assert "NHS number" in said[-1]


def test_each_place_shows_exactly_its_own_number() -> None:
    payload, spots, _ = pack_pdf(PACK)
    pages = list(rasters(payload, DPI))
    for spot in spots[:3] + spots[-2:]:
        found = decode(pages[spot.page - 1].crop((spot.left, spot.top, spot.right, spot.bottom)))
        assert found == (("Data Matrix", spot.number), ("Code 128", spot.number))
    assert sorted(spot.number for spot in spots) == sorted(NUMBERS * 4)


def test_a_pack_with_a_code_that_reads_back_as_another_number_is_not_released() -> None:
    payload, spots, _ = pack_pdf(PACK)
    with pytest.raises(PackUnreadable, match="reads back as"):
        read_back(payload, (*spots[:-1], replace(spots[-1], number=NUMBERS[0])))


def test_a_place_without_a_code_is_found() -> None:
    payload, spots, _ = pack_pdf(PACK)
    with pytest.raises(PackUnreadable, match="no code at all"):
        read_back(payload, (replace(spots[0], page=1),))


def test_the_control_sheet_lists_every_number_and_says_what_to_do() -> None:
    sheet = texts(pack_pdf(PACK)[0])[0]
    assert all(f"{number[:4]} {number[4:8]} {number[8:]}" in sheet for number in NUMBERS)
    assert all(line in sheet for line in downtime_pack.HOW)


def test_a_rehearsals_pack_says_so_on_every_page() -> None:
    made_up = tuple(downtime.mint("Z", "K7Q3ZD", count) for count in range(1, 9))
    payload, _, pages = pack_pdf(replace(PACK, numbers=made_up, rehearsal=True))
    assert sum("REHEARSAL" in page for page in texts(payload)) == pages


def test_the_same_pack_gives_the_same_bytes_and_a_long_name_of_a_laboratory_is_not_cut() -> None:
    long = replace(PACK, laboratory="North Something Genomic Laboratory Hub at the Royal Example University Hospital")
    assert pack_pdf(long)[0] == pack_pdf(long)[0]
    assert long.laboratory in texts(pack_pdf(long)[0])[1]


def test_the_account_on_paper_and_in_the_workbook_says_the_same() -> None:
    (paper,) = texts(downtime_report_pdf(ACCOUNT, IMPRINT))
    book = CalamineWorkbook.from_filelike(io.BytesIO(downtime_report_xlsx(ACCOUNT, IMPRINT)))
    rows = book.get_sheet_by_name("Numbers").to_python()
    assert tuple(rows[0]) == COLUMNS
    assert rows[1][:5] == [NUMBERS[0], "used", "K1", "20-Nov-2026 10:00", "Jo Wójcik"]
    for line in ACCOUNT.numbers:
        assert line.number in paper
        assert line.state in paper
    assert "1 of 2 numbers not accounted for" in paper
    assert book.get_sheet_by_name("Packs").to_python()[1][1] == "=Reception"


def test_an_account_of_hundreds_goes_on_over_pages_that_are_counted() -> None:
    many = replace(ACCOUNT, numbers=ACCOUNT.numbers * 150)
    said = texts(downtime_report_pdf(many, IMPRINT))
    assert len(said) > 5
    assert f"Page 1 of {len(said)}" in said[0]
    assert "Name, signature, day" in said[-1]


def test_an_account_of_nothing_is_no_fault() -> None:
    (paper,) = texts(downtime_report_pdf(DowntimeReport("No downtime number has been printed"), IMPRINT))
    assert "No downtime number has been printed." in paper


def test_a_form_is_signed_by_who_compared_and_by_who_checked_the_entry() -> None:
    page = texts(pack_pdf(PACK)[0])[-1]
    assert "U+00A0" not in page
    for said in ("Accepted: tube and request agree", "Signature of who compared", "Entry checked against this form"):
        assert said in " ".join(page.split())
