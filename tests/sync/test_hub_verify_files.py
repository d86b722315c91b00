"""``hub verify`` proves files against their hash and their citations, and erased values against the entries."""

from __future__ import annotations

from typing import Any

import pytest
from hub_parts import SCOPE
from test_files_travel import LONG, FullBench, benches, erase_name

from gms_desktop.cli import call, make_app
from gms_desktop.sync.hub.verify import verify

__all__ = ["benches"]


@pytest.fixture
def shared(benches: list[FullBench]) -> str:
    """The hash of a file that the hub has."""
    digest = benches[0].takes_in(LONG)
    benches[0].shares_entries()
    benches[0].moves()
    return digest


def test_files_that_are_whole_and_files_still_at_their_bench_are_counted(
    hub: Any, benches: list[FullBench], shared: str, capsys: pytest.CaptureFixture[str]
) -> None:
    waits = benches[0].takes_in(b"rows")
    benches[0].shares_entries()
    files = verify(hub.admin, SCOPE).files
    assert (files.cited, files.whole, files.bytes, [one.sha256 for one in files.missing]) == (2, 1, len(LONG), [waits])
    assert call(make_app(), ["hub", "verify", "--database", hub.dsn]) == 0
    said = capsys.readouterr().out
    assert "2 cited: 1 here" in said
    assert f"{waits[:12]}…, cited by" in said


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ("UPDATE hub.file_chunk SET content = content || 'x' WHERE number = 1", "differs from its hash"),
        ("DELETE FROM hub.file_chunk WHERE number = 2", "differs from its hash"),
        ("UPDATE hub.file SET emptied = true, complete = false", "are still there"),
        ("UPDATE hub.private SET value = NULL WHERE subject LIKE 'import:%'", "no entry erased it"),
    ],
)
def test_a_file_or_a_value_that_was_changed_behind_the_hubs_back_is_found(
    hub: Any, shared: str, change: str, finding: str
) -> None:
    assert verify(hub.admin, SCOPE).clean
    hub.admin.execute(change)
    assert any(finding in one for one in verify(hub.admin, SCOPE).findings)


def test_a_file_that_was_erased_is_counted_and_found_when_its_content_comes_back(
    hub: Any, benches: list[FullBench], shared: str
) -> None:
    erase_name(benches[0], shared)
    benches[0].shares_entries()
    proof = verify(hub.admin, SCOPE)
    assert (proof.clean, proof.files.emptied, proof.files.whole, proof.erased) == (True, 1, 0, 1)
    hub.admin.execute("UPDATE hub.file SET emptied = false")
    hub.admin.execute("INSERT INTO hub.file_chunk VALUES (%s, %s, 0, 'rows')", (SCOPE, shared))
    assert any("its content is still there" in one for one in verify(hub.admin, SCOPE).findings)
    hub.admin.execute("UPDATE hub.private SET value = 'requests.csv' WHERE value IS NULL")
    assert any("was erased and is still there" in one for one in verify(hub.admin, SCOPE).findings)
