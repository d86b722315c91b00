"""A tube in dispute that is scanned on the home screen opens its case's history, not more work."""

from __future__ import annotations

from two_benches import Laboratory

from gms_desktop.services import home
from gms_desktop.services.find import find
from gms_desktop.services.resolve import resolve


def test_a_tube_in_dispute_opens_what_holds_it() -> None:
    laboratory = Laboratory()
    request = laboratory.expects("Q26-1")
    laboratory.meets()
    laboratory.one.scans("Q26-1-1")
    laboratory.two.scans("Q26-1-1")
    laboratory.meets()
    bench = laboratory.two
    number = bench.number(request)
    code = resolve(bench.db, number)
    assert home.is_settled(bench.db, bench.desk, code, number)
    found = find(bench.ledger, number, "", "Europe/London")
    assert found.verdict is not None
    assert "in dispute" in found.verdict.title.lower()
