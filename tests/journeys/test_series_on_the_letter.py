"""The signed file on the letter as a short series of codes: printed, scanned in any order, and taken in as the file."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import msgspec
from bench_top import BenchTop
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from send_work import SINGLE, closes, opens, scans, view
from test_signed_consignments import KEY, OTHER, manifest, print_of, senders

from gms_desktop.documents.label_pixels import rasters
from gms_desktop.documents.label_reading import decode
from gms_desktop.documents.paper import DPI
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.exchange.consignments import series, signed_file
from gms_desktop.exchange.consignments.contents import Item
from gms_desktop.send_desk import SendDesk


def codes_of(letter: bytes) -> list[str]:
    """The codes of a series as a scanner sees them on the printed pages."""
    found = [text for page in rasters(letter, DPI) for _, text in decode(page)]
    return [text for text in found if series.part_of(text) is not None]


def test_the_letter_carries_the_signed_file_byte_for_byte(bench: BenchTop, tmp_path: Path) -> None:
    number = bench.receives(SINGLE)
    opens(bench, "blocks")
    scans(bench, number)
    closes(bench)
    papers = {one.name.partition("-")[2]: one.read_bytes() for one in SendDesk(bench.bench).save_papers(tmp_path)}
    gathered = None
    for code in codes_of(papers["letter.pdf"]):
        part = series.part_of(code)
        assert part is not None
        gathered = series.gather(gathered, part)
    assert gathered is not None
    assert series.join(gathered) == papers["manifest.gmsc"]


def letter(bench: BenchTop, key: Ed25519PrivateKey = KEY) -> list[str]:
    """The codes on a letter of another laboratory, whose key was compared."""
    senders(bench, print_of(KEY))
    codes = series.split(signed_file.sign(manifest(), key))
    assert len(codes) > 1
    return list(codes)


def taken(bench: BenchTop) -> Verdict | None:
    return SendDesk(bench.bench).take_letter()


def test_codes_in_any_order_give_what_the_dropped_file_gives(empty_bench: BenchTop) -> None:
    *others, last = letter(empty_bench)[::-1]
    for code in others:
        said = scans(empty_bench, code)
        assert (said.kind, taken(empty_bench)) == (VerdictKind.FOUND, None)
    assert "Scan code 1" in said.sentence
    assert view(empty_bench).listed[0].detail == "scan code 1"
    assert scans(empty_bench, others[0]).title == "Scanned already"
    assert scans(empty_bench, last).title == "Letter whole"
    assert view(empty_bench).letter_whole
    said_at_the_end = taken(empty_bench)
    assert said_at_the_end is not None
    assert said_at_the_end.kind is VerdictKind.FINISHED, said_at_the_end
    assert (taken(empty_bench), view(empty_bench).letter_whole) == (None, False)
    assert empty_bench.scans("1700009501").title == "Matches"
    code = f"{last.rpartition('/')[0]}/"
    assert empty_bench.rows("SELECT value FROM private WHERE value LIKE 'GMSM/%' AND value LIKE :code", code=code)
    assert not empty_bench.rows("SELECT value FROM private WHERE value LIKE 'GMSM/%' AND length(value) > 20")


def test_a_code_of_another_letter_is_refused_and_the_first_goes_on(empty_bench: BenchTop) -> None:
    first, *rest = letter(empty_bench)
    foreign = series.split(signed_file.sign(manifest(), OTHER))[0]
    scans(empty_bench, first)
    said = scans(empty_bench, foreign)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Another letter")
    empty_bench.asks_for(Command.SEND_ASIDE)
    assert scans(empty_bench, foreign).title.startswith("1 of ")
    empty_bench.asks_for(Command.SEND_ASIDE)
    for code in (first, *rest):
        scans(empty_bench, code)
    assert taken(empty_bench) is not None
    assert empty_bench.count("request.expected") == 2


def test_a_letter_under_a_wrong_key_is_refused_like_its_file(empty_bench: BenchTop) -> None:
    for code in letter(empty_bench, OTHER):
        scans(empty_bench, code)
    said = taken(empty_bench)
    assert said is not None
    assert said.kind is VerdictKind.REFUSED
    assert empty_bench.count("request.expected") == 0


def test_a_long_consignment_travels_as_its_file_alone() -> None:
    many = msgspec.structs.replace(manifest(), items=tuple(long_list()))
    assert series.split(signed_file.sign(many, KEY)) == ()


def long_list() -> list[Item]:
    """Two racks of tubes."""
    return [
        Item(number=f"ZB7Q{at:05d}", sort="tube", codes=(sha256(bytes([at])).hexdigest()[:30],)) for at in range(200)
    ]
