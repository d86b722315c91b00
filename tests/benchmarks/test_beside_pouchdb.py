"""The same documents pushed and pulled by PouchDB and by us, in one run. Not part of any run in CI.

In a folder of its own: ``npm install pouchdb@9 express@4 express-pouchdb@4.2``, then
``GMS_DESKTOP_POUCHDB=that folder python -m pytest -m benchmark -s tests/benchmarks/test_beside_pouchdb.py``.

Neither side judges less than it does at work: PouchDB checks revisions, our hub checks, judges and orders. A fresh
replica of PouchDB stores what comes; so does ours, and then once more with all that a bench makes of it.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from figures import report
from test_hub_push import SCOPE, Both, Written, experienced, written
from test_pull_and_fold import fresh, insert, joined

from gms_desktop.sync.history import PAGES, take_history
from gms_desktop.sync.messages import MOST_ENTRIES, Page, Standing, first_order_hash
from gms_desktop.sync.postgres_transport import PostgresHub

__all__ = ["experienced", "written"]

FOLDER = os.environ.get("GMS_DESKTOP_POUCHDB", "")
pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(not FOLDER, reason="GMS_DESKTOP_POUCHDB does not name a folder with PouchDB in it"),
]
LEAST = 3.0


def by_pouchdb(written: Written, folder: Path) -> dict[str, dict[str, float]]:
    """Documents a second by PouchDB, for each size of a batch."""
    documents = folder / "documents.jsonl"
    documents.write_bytes(b"\n".join(one.content for one in written.entries))
    script = Path(__file__).with_name("pouchdb_bench.js")
    done = subprocess.run(["node", script, documents], cwd=FOLDER, capture_output=True, text=True, check=True)
    said: dict[str, dict[str, float]] = json.loads(done.stdout.splitlines()[-1])
    return said


def pulled_and_stored(hub: PostgresHub, path: Path) -> int:
    """What a fresh replica of PouchDB does: every document comes and is stored. Into a file as a bench has it."""
    db, standing, came = fresh(path), Standing(0, first_order_hash(SCOPE)), 0
    while pages := list(itertools.islice(_pages(hub, standing), PAGES)):
        with db.write():
            for page in pages:
                insert(db, page)
        standing, came = pages[-1].standing, came + sum(len(page.entries) for page in pages)
    db.close()
    return came


def _pages(hub: PostgresHub, standing: Standing) -> Iterator[Page]:
    while (page := hub.pull(standing, MOST_ENTRIES).page) is not None and page.entries:
        standing = page.standing
        yield page


def pulled_and_folded(hub: PostgresHub, path: Path) -> int:
    """What a bench that joins does: every entry is checked, judged and folded into its register as well."""
    ledger = joined(path, SCOPE)
    came = take_history(ledger, lambda at: hub.pull(at, MOST_ENTRIES), lambda _taken, _page: None)
    ledger.db.close()
    return came


def test_push_and_pull_beside_pouchdb(written: Written, experienced: Both, tmp_path: Path) -> None:
    theirs, count = by_pouchdb(written, tmp_path), len(written.entries)
    lots = list(written.lots(MOST_ENTRIES))
    began = time.perf_counter()
    for lot in lots:
        experienced.push(written, lot)
    pushed = time.perf_counter()
    assert pulled_and_stored(experienced.hub, tmp_path / "stored.db") == count
    stored = time.perf_counter()
    assert pulled_and_folded(experienced.hub, tmp_path / "folded.db") == count
    folded = time.perf_counter()
    _told("push", theirs, count / (pushed - began), LEAST)
    _told("pull into a fresh replica", theirs, count / (stored - pushed), LEAST)
    _told("pull, judged and folded too,", theirs, count / (folded - stored), None)


def _told(what: str, theirs: dict[str, dict[str, float]], rate: float, least: float | None) -> None:
    best = max(size[what[:4]] for size in theirs.values())
    said = f"{rate:.0f} entries/s against {best:.0f} by PouchDB (best of batches of {', '.join(theirs)})"
    target = f"at least {least}" if least else "none: PouchDB does neither"
    report(f"{what} beside PouchDB", said, rate / best, target, rate / best >= (least or 0))
