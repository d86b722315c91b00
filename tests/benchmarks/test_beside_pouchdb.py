"""The same documents pushed and pulled by PouchDB and by us, in one run. Not part of any run in CI.

In a folder of its own: ``npm install pouchdb@9 express@4 express-pouchdb@4.2``, then
``GMS_DESKTOP_POUCHDB=that folder python -m pytest -m benchmark -s tests/benchmarks/test_beside_pouchdb.py``.

Neither side judges less than it does at work: PouchDB checks revisions, our hub checks, judges and orders. What we pull
is not folded here; the pull with its fold is measured where a bench joins.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

import pytest
from figures import report
from test_hub_push import SCOPE, Both, Written, experienced, written

from gms_desktop.sync.messages import MOST_ENTRIES, Standing, first_order_hash

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


def test_push_and_pull_beside_pouchdb(written: Written, experienced: Both, tmp_path: Path) -> None:
    theirs = by_pouchdb(written, tmp_path)
    lots = list(written.lots(MOST_ENTRIES))
    began = time.perf_counter()
    for lot in lots:
        experienced.push(written, lot)
    pushed = time.perf_counter()
    standing = Standing(0, first_order_hash(SCOPE))
    while (page := experienced.hub.pull(standing, MOST_ENTRIES).page) is not None and page.entries:
        standing = page.standing
    pulled = time.perf_counter()
    ours = {"push": len(written.entries) / (pushed - began), "pull": len(written.entries) / (pulled - pushed)}
    assert standing.position == len(written.entries)
    for way, rate in ours.items():
        best = max(size[way] for size in theirs.values())
        said = f"{rate:.0f} entries/s against {best:.0f} by PouchDB (best of batches of {', '.join(theirs)})"
        report(f"{way} beside PouchDB", said, rate / best, f"at least {LEAST}", rate / best >= LEAST)
