"""A reagent kit scanned on the home screen: its lot is entered, known, expired or not clear, each in words."""

from __future__ import annotations

import json
from datetime import date

import pytest
from bench_top import BenchTop
from lot_work import released

from gms_desktop.domain.lots import Lot
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.register.ledger import Draft
from gms_desktop.services import lots

GTIN = "09506000134352"
KIT = f"01{GTIN}17271231" + "1012AB\x1d21XYZ"


def test_a_kit_is_entered_once_and_found_again_with_its_history(empty_bench: BenchTop) -> None:
    said = empty_bench.scans(KIT, "]d2")
    assert (said.kind, said.title) == (VerdictKind.FINISHED, "Lot entered")
    assert "Lot 12AB of 09506000134352, to be used by 31-Dec-2027." in said.sentence
    assert empty_bench.scans(KIT, "]d2").title == "Lot known"
    assert empty_bench.count("lot.entered") == 1
    [row] = empty_bench.rows("SELECT * FROM lot")
    assert (row["gtin"], row["number"], row["expiry"], row["other_expiry"]) == (GTIN, "12AB", "2027-12-31", None)
    found = empty_bench.looks_up("]d2" + KIT).find
    assert found is not None
    assert found.heading == "Lot 12AB, 09506000134352"
    assert ("Use by", "31-Dec-2027") in found.facts
    assert [line.words for line in found.timeline] == ["Enter lot 12AB of 09506000134352"]


def test_a_kit_whose_lot_has_expired_is_refused_and_not_entered(empty_bench: BenchTop) -> None:
    said = empty_bench.scans(f"01{GTIN}17261031" + "1012AB", "]d2")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Lot expired")
    assert "was to be used by 31-Oct-2026. Put the box aside and take another lot." in said.sentence
    assert empty_bench.rows("SELECT id FROM lot") == []


@pytest.mark.parametrize(
    ("code", "title"),
    [
        (f"01{GTIN}1012AB17271231", "Lot not clear"),
        (f"01{GTIN}1012AB", "No expiry date"),
        (f"01{GTIN}17271231", "Not a specimen"),
    ],
)
def test_a_kit_that_does_not_say_all_of_its_lot_is_told_so(empty_bench: BenchTop, code: str, title: str) -> None:
    assert empty_bench.scans(code, "]d2").title == title


def test_a_second_box_with_another_date_is_refused(empty_bench: BenchTop) -> None:
    empty_bench.scans(KIT, "]d2")
    said = empty_bench.scans(f"01{GTIN}17271130" + "1012AB", "]d2")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Two expiry dates")
    assert "says 30-Nov-2027; one entered before said 31-Dec-2027" in said.sentence


def test_a_lot_entered_by_mistake_is_undone(empty_bench: BenchTop) -> None:
    empty_bench.scans(KIT, "]d2")
    assert empty_bench.undoes().title == "Undone"
    assert empty_bench.rows("SELECT id FROM lot") == []
    assert empty_bench.scans(KIT, "]d2").title == "Lot entered"


def test_a_later_step_may_cite_a_released_lot_until_its_last_day(empty_bench: BenchTop) -> None:
    released(empty_bench)
    lot = Lot(GTIN, "12AB", None).id

    def may(day: date) -> str:
        said = empty_bench.read(lambda ledger: lots.may_be_used(ledger.db, lot, day))
        return said.title if said else ""

    assert may(date(2027, 12, 31)) == ""
    assert may(date(2028, 1, 1)) == "Lot expired"
    assert empty_bench.read(lambda ledger: lots.may_be_used(ledger.db, "no-such-lot", date(2027, 1, 1))) is not None


def test_of_two_dates_that_two_benches_entered_for_one_lot_the_earlier_counts_and_find_says_so(
    empty_bench: BenchTop,
) -> None:
    empty_bench.scans(KIT, "]d2")
    [body] = [json.loads(entry)["body"] for entry in empty_bench.entries() if b'"kind":"lot.entered"' in entry]
    elsewhere = Draft("lot.entered", body | {"expiry": "2027-11-30"})
    empty_bench.write(lambda ledger: ledger.append([elsewhere], empty_bench.bench.operator_id()))
    [row] = empty_bench.rows("SELECT expiry, other_expiry FROM lot")
    assert (row["expiry"], row["other_expiry"]) == ("2027-11-30", "2027-12-31")
    found = empty_bench.looks_up("]d2" + KIT).find
    assert found is not None
    assert ("Odd", "boxes of this lot give two dates; the earlier counts") in found.facts


def test_a_kit_scanned_while_a_label_waits_enters_nothing(bench: BenchTop) -> None:
    bench.scans("Q26-118901-1")
    bench.label()
    assert bench.scans(KIT, "]d2").title == "Label first"
    assert bench.count("lot.entered") == 0


def test_a_box_of_an_expired_lot_says_the_day_that_is_past_though_its_own_code_says_a_later_one(
    empty_bench: BenchTop,
) -> None:
    empty_bench.scans(f"01{GTIN}17261125" + "1012AB", "]d2")
    empty_bench.clock.forward(3 * 24 * 3600)
    said = empty_bench.scans(KIT, "]d2")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Lot expired")
    assert "was to be used by 25-Nov-2026." in said.sentence
