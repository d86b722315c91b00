"""From the request to the proof: of an erased patient nothing is left at the hub, at benches, in files, in indexes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from decrypted import pages
from hub_parts import SCOPE
from test_files_travel import KEY, FullBench, at_hub, benches, drafts_a_letter, erase_patient, is_here, until

from gms_desktop.bench_file import tidied
from gms_desktop.journal import store
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync.hub.verify import verify

__all__ = ["benches"]

SCOPE_TABLES = "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema = 'hub'"


def values_of(bench: FullBench, patient: str) -> list[bytes]:
    """What identifies the patient at a bench, as it is written: nothing so short that it stands in other things."""

    def read(ledger: Ledger) -> list[bytes]:
        held = store.private_values(ledger.db, [f"patient:{patient}"]).values()
        return [value.encode() for value in held if value and len(value) >= 7]

    return bench.recorder.read(read).result()


def found_at_hub(hub: Any, said: list[bytes]) -> set[str]:
    """The tables of the hub in which any of it stands, in any column."""
    tables = [f'{schema}."{name}"' for schema, name in hub.admin.execute(SCOPE_TABLES).fetchall()]
    found = set()
    for name in tables:
        rows = hub.admin.execute(f"SELECT t::text FROM {name} AS t").fetchall()
        found |= {name for (row,) in rows if any(one.decode() in row or one.hex() in row for one in said)}
    return found


def found_at_bench(bench: FullBench, said: list[bytes]) -> set[str]:
    """The files of a bench in whose pages, free space or log any of it stands."""
    contents = {name: pages(bench.folder / name, KEY) for name in ("bench.db", "files.db")}
    return {name for name, content in contents.items() if any(one in content for one in said)}


def test_of_an_erased_patient_nothing_is_left_at_the_hub_or_at_any_bench(hub: Any, benches: list[FullBench]) -> None:
    first, second = benches
    digest, patient = drafts_a_letter(first)
    said = values_of(first, patient)
    first.shares_entries()
    first.moves()
    second.shares_entries()
    second.files.want(digest, first.files.subjects(digest)[0], "2026-03-02T09:00:00.000000Z")
    second.moves()
    assert is_here(second, digest)
    assert said
    assert values_of(second, patient) == said
    assert found_at_hub(hub, said)
    assert all(found_at_bench(bench, said) for bench in benches)
    erase_patient(second, patient)
    for bench in (second, first):
        bench.shares_entries()
        bench.moves()
    for bench in benches:
        until(lambda one=bench: not one.recorder.read(tidied).result(), "the bench had a moment")  # type: ignore[misc]
        assert values_of(bench, patient) == []
    assert at_hub(hub, digest) == (False, True, 0)
    assert found_at_hub(hub, said) == set()
    for bench in benches:
        bench.close()
        assert found_at_bench(bench, said) == set()
    proof = verify(hub.admin, SCOPE)
    assert proof.findings == []
