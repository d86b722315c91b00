"""The answer to the last scan stands above the tube that it is about, and above no other."""

from __future__ import annotations

from bench_top import BenchTop

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.views import Answer

TRIO, PROBAND, MOTHER, SINGLE = "r30000000001", "Q26-118834-1", "Q26-118835-1", "Q26-118901-1"


def whose(bench: BenchTop) -> str:
    assert bench.view.banner is not None
    return bench.view.banner.name


def test_the_green_verdict_of_one_person_never_stands_above_the_next_of_the_family(bench: BenchTop) -> None:
    bench.scans(PROBAND)
    baby = whose(bench)
    bench.scans(bench.label())
    assert bench.verdict is not None
    assert (bench.verdict.kind, whose(bench)) == (VerdictKind.ACCEPTED, baby)
    assert "mother" in bench.heading
    bench.scans(MOTHER)
    assert whose(bench) != baby
    assert bench.verdict.kind is VerdictKind.MATCHES


def test_what_was_decided_on_find_does_not_stand_above_the_tube_in_hand(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    bench.says(Command.HOLD, "other", comment="label unclear")
    bench.scans(bench.label())
    held = bench.rows("SELECT id FROM specimen")[0]["id"]
    bench.scans(PROBAND)
    bench.bench.command(Command.REJECT, Answer(("identifiers-missing",), subject=held), held).result()
    view = bench.bench.receive_view().result()
    assert view.verdict is None
    assert view.banner is not None
    assert "OYELARAN" in view.banner.name
