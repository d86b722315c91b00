"""The recovery key is printed at the open bench, by an administrator alone, and the paper brings the bench back."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from bench_top import SILVA, BenchTop

from gms_desktop import recovery_key
from gms_desktop.domain.commands import Command
from gms_desktop.errors import Refused
from gms_desktop.journal import secret_store
from gms_desktop.protection_words import PRINT_THE_KEY
from gms_desktop.recovery_paper import recovery_paper


def typed_from(paper: bytes) -> str:
    """The lines of the key as somebody types them."""
    with pypdfium2.PdfDocument(paper) as document:
        page = document[0].get_textpage().get_text_bounded()
    return "GMSK1-" + "".join(re.findall(r"^(?:[0-9A-Z]{5}-)+[0-9A-Z]+", page, re.MULTILINE))


def shown(bench: BenchTop) -> int:
    return sum(b"recovery key shown" in entry for entry in bench.entries())


def test_who_is_no_administrator_sees_no_key_and_the_bench_goes_on_asking_for_it(bench: BenchTop) -> None:
    bench.bench.file.notices.append(PRINT_THE_KEY)
    assert bench.signs_in(SILVA)
    with pytest.raises(Refused, match="Only an administrator"):
        recovery_paper(bench.bench)
    assert PRINT_THE_KEY in bench.bench.strip().notices
    assert shown(bench) == 0


def test_the_paper_holds_both_secrets_is_on_record_and_the_bench_asks_no_more(bench: BenchTop) -> None:
    bench.bench.file.notices.append(PRINT_THE_KEY)
    kept = bench.bench.file.files.every()
    paper = recovery_paper(bench.bench)
    own = secret_store.secrets_of(bench.folder)
    assert recovery_key.read(typed_from(paper)) == (secret_store.key_of(own), own.get("pepper"))
    assert PRINT_THE_KEY not in bench.bench.strip().notices
    assert shown(bench) == 1
    # It lies on no disk: neither among the files that are kept nor among those that were saved.
    assert bench.bench.file.files.every() == kept
    assert bench.count("export.saved") == 0


def test_a_locked_screen_shows_no_key(bench: BenchTop) -> None:
    bench.asks_for(Command.LOCK)
    with pytest.raises(Refused, match="Only an administrator"):
        recovery_paper(bench.bench)
