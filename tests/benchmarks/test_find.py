"""How long does Find take, by any identifier, from the query to the view?"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from bench_of_size import scan_of, sign_in
from corpus import KEY
from figures import Spread, report

from gms_desktop import settings as settings_file
from gms_desktop.bench import Bench
from gms_desktop.domain.commands import Command
from gms_desktop.journal.sqlite_file import open_for_reading
from gms_desktop.starting import start_bench

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

EACH = 100
MOST_MS = 20
# An inspector's questions are each answered in less than this from the number in hand.
MOST_S, PAPERS = 60, 20


def queries(folder: Path) -> dict[str, list[str]]:
    """What people ask for, drawn evenly from the whole file."""
    db = open_for_reading(folder / "bench.db", KEY)
    chance = Random(26)

    def drawn(table: str, column: str, where: str = "1") -> list[str]:
        found = [one for (one,) in db.raw.execute(f"SELECT {column} FROM {table} WHERE {where}")]
        return [str(one) for one in chance.sample(found, EACH)]

    asked = {
        "our number": drawn("specimen", "accession"),
        "sender's code": drawn("expected_tube", "code"),
        "request number": drawn("request_code", "code"),
        "NHS number": drawn("private", "value", "value GLOB '999???????'"),
        "hospital number": drawn("private", "value", "value GLOB 'H???????'"),
        "surname and forename": [f"oyel {name}" for name in ("ade", "siân", "zofia", "thi")] * (EACH // 4),
        "surname prefix": ["oyel", "smi", "kowal", "de silva", "al-k", "jon", "pat", "mül", "o'b", "nguy"]
        * (EACH // 10),
        "nothing here": [f"X{place:09d}" for place in range(EACH)],
    }
    db.close()
    return asked


def with_referral(bench: Bench) -> list[str]:
    """A family's referrals, taken in from the made-up hospital's file."""
    from gms_desktop.rehearsal.made_up import expected_file

    bench.take_in(*expected_file()).result(60)
    return ["r30000000001"] * EACH


def undone(bench: Bench, codes: list[str]) -> list[str]:
    """Our numbers of receipts that were undone."""
    numbers = []
    for code in codes[:20]:
        view = bench.scan(scan_of(code)).result(60).receive
        numbers += [tube.accession for tube in view.tubes if tube.current]
        bench.command(Command.UNDO).result(60)
        bench.command(Command.FINISH).result(60)
    return numbers


def timed(ask: Callable[[str], object], query: str) -> float:
    start = time.perf_counter()
    ask(query)
    return (time.perf_counter() - start) * 1e6


def test_find_by_any_identifier(bench_folder: Path) -> None:
    settings = settings_file.read(bench_folder)
    assert settings is not None
    asked = queries(bench_folder)
    bench = start_bench(bench_folder, settings)
    sign_in(bench)
    codes = json.loads((bench_folder / "codes.json").read_text("utf-8"))["codes"][::-2]
    asked |= {"referral": with_referral(bench), "number of an undone receipt": undone(bench, codes)}
    for name, texts in asked.items():
        for query in texts[:3]:
            found = bench.find(query).result(60)
            assert bool(found.hits) is (name != "nothing here"), (name, query)
        spread = Spread(tuple(timed(lambda query: bench.find(query).result(60), query) for query in texts))
        ratio = spread.p99 / 1000 / MOST_MS
        report(f"find by {name}", f"{spread}, {len(texts)} times", ratio, f"p99 at most {MOST_MS} ms", ratio <= 1)
    bench.close()


def test_what_an_inspector_asks_is_answered_on_paper(bench_folder: Path) -> None:
    settings = settings_file.read(bench_folder)
    assert settings is not None
    numbers = queries(bench_folder)["our number"][:PAPERS]
    bench = start_bench(bench_folder, settings)
    sign_in(bench)

    def answered(number: str) -> None:
        chosen = bench.find(number).result(60).chosen
        assert bench.command(Command.HISTORY_PAPER, None, chosen).result(60).verdict.title == "History made"

    spread = Spread(tuple(timed(answered, number) for number in numbers))
    ratio = spread.p99 / 1e6 / MOST_S
    report("an inspector's questions from Find", f"{spread}, {PAPERS} times", ratio, f"at most {MOST_S} s", ratio <= 1)
    bench.close()
