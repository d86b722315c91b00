"""Benches at work sign what the hub has of theirs, and keep what others signed."""

from __future__ import annotations

from typing import Any

import psycopg

from gms_desktop.sync import exchange, signatures


def test_a_bench_signs_what_it_shared_and_the_other_keeps_the_signature(
    laboratory: Any, two: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(exchange, "SIGNATURES_SECONDS", 0.0)
    first, second = two
    writer = first.bench.recorder.read(lambda ledger: ledger.head.writer).result()

    def kept(_state: Any) -> bool:
        first.notes()
        return writer in second.bench.recorder.read(lambda ledger: signatures._all(ledger.db)).result()

    second.until(kept, "to keep a signature of the first bench")
    laboratory.level()
    first.until(lambda _state: _signed(laboratory, writer) == _head(first), "to have signed its last entry")
    (*_, newest) = second.bench.recorder.read(lambda ledger: signatures._all(ledger.db)[writer]).result()
    assert signatures.holds(newest, laboratory.scope)


def _head(at: Any) -> tuple[int, bytes]:
    head = at.bench.recorder.read(lambda ledger: ledger.head).result()
    return head.last_seq, head.last_hash


def _signed(laboratory: Any, writer: str) -> tuple[int, bytes] | None:
    with psycopg.connect(laboratory.dsn) as admin:
        row = admin.execute("SELECT seq, hash FROM hub.signature WHERE writer = %s", (writer,)).fetchone()
    return (row[0], bytes(row[1])) if row else None
