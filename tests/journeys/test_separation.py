"""Blood is spun: plasma and cells get tubes, numbers and labels of their own, and keep their lineage."""

from __future__ import annotations

import json

import pytest
from bench_top import WAIT_S, BenchTop, Person

from devices.values import Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.answers import Answered
from gms_desktop.services.find import find

SPIN = "example-two-spins"
SAID = {
    "began": "08:40",
    "ended": "08:55",
    "plasma": "1.0 ml, 0.8 ml",
    "cells": "2 ml",
    "how": "measured",
    "haemolysis": "slight",
}


@pytest.fixture
def received(empty_bench: BenchTop) -> BenchTop:
    """Blood in a ctDNA tube is accepted."""
    empty_bench.expects(Person("Plasma", "P1", "P1-1", type="Blood in ctDNA tube"))
    empty_bench.receives("P1-1")
    return empty_bench


def specimen(bench: BenchTop) -> str:
    return str(bench.rows("SELECT id FROM specimen")[0]["id"])


def poured(bench: BenchTop) -> list[dict[str, str]]:
    return bench.rows("SELECT accession, material, volume, haemolysis FROM aliquot ORDER BY accession")


def at_home(bench: BenchTop, code: str) -> Answered:
    """Scan on the home screen, once the label is out."""
    states = "SELECT state FROM label WHERE accession = :code"
    bench.wait_until(lambda: bench.rows(states, code=code)[0]["state"] != "intended", code)
    bench.clock.forward(5)
    return bench.bench.scan(Scan(code.encode(), code, None, bench.clock.now(), "Scanner"), "today").result(WAIT_S)


def test_plasma_and_cells_are_poured_each_under_a_number_of_its_own(received: BenchTop) -> None:
    said = received.says(Command.SEPARATE, SPIN, argument=specimen(received), **SAID)
    assert said.title == "Separated"
    rows = poured(received)
    assert [(row["material"], row["volume"], row["haemolysis"]) for row in rows] == [
        ("plasma", "1.0", "Slight"),
        ("plasma", "0.8", "Slight"),
        ("cells", "2", None),
    ]
    assert len({row["accession"] for row in rows}) == 3
    scanned = [at_home(received, row["accession"]) for row in rows[:1] * 2]
    assert [one.verdict.title for one in scanned] == ["Label verified", "Found"]
    assert scanned[1].find is not None
    [spun] = received.rows("SELECT spins, began FROM separation")
    assert json.loads(spun["spins"])[1] == {"g": "16000", "minutes": "10"}
    assert spun["began"].startswith("2026-11-23T08:40")


def test_each_tubes_label_comes_out_and_is_scanned_on_it(received: BenchTop) -> None:
    received.says(Command.SEPARATE, SPIN, argument=specimen(received), **SAID)
    numbers = [row["accession"] for row in poured(received)]
    sent = "SELECT count(*) AS n FROM label WHERE state IN ('sent', 'printed')"
    received.wait_until(lambda: received.rows(sent)[0]["n"] == 3, "three labels")
    for number in numbers:
        assert received.scans(number).title == "Label verified"
        assert received.scans(number).title == "Already labelled"
    assert received.bench.waiting_labels().result(15) == []


def test_its_number_leads_to_the_specimen_it_came_from(received: BenchTop) -> None:
    received.says(Command.SEPARATE, SPIN, argument=specimen(received), **SAID)
    number = poured(received)[0]["accession"]
    shown = received.read(lambda ledger: find(ledger, number, "", "Europe/London"))
    assert shown.chosen == f"specimen:{specimen(received)}"
    facts = [value for name, value in shown.facts if name == "Separated"]
    assert facts[0] == f"{number} plasma, 1.0 ml measured, haemolysis Slight"
    assert "spin" in " ".join(line.words.lower() for line in shown.timeline)


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"began": ""}, "when the spin began"),
        ({"began": "08:56"}, "ended before it began"),
        ({"ended": "17:00"}, "in time to come"),
        ({"plasma": "1.0"}, "volume of each tube of plasma"),
        ({"plasma": "", "cells": ""}, "at least one tube"),
        ({"cells": "a few"}, "volume of the cells"),
        ({"how": "guessed"}, "how the volumes are known"),
        ({"haemolysis": "pink"}, "haemolysis as one of"),
    ],
)
def test_what_is_missing_is_asked_and_nothing_is_poured(
    received: BenchTop, changed: dict[str, str], wanted: str
) -> None:
    said = received.says(Command.SEPARATE, SPIN, argument=specimen(received), **(SAID | changed))
    assert wanted in said.sentence
    assert poured(received) == []


def test_a_programme_must_be_chosen(received: BenchTop) -> None:
    said = received.says(Command.SEPARATE, argument=specimen(received), **SAID)
    assert "Choose the programme" in said.sentence


def test_undo_takes_the_whole_separation_back(received: BenchTop) -> None:
    received.says(Command.SEPARATE, SPIN, argument=specimen(received), **{**SAID, "plasma": "", "cells": "1 ml"})
    sent = "SELECT count(*) AS n FROM label WHERE state IN ('sent', 'printed')"
    received.wait_until(lambda: received.rows(sent)[0]["n"] == 1, "the label")
    received.undoes()
    assert poured(received) == []
    assert received.rows("SELECT * FROM separation") == []
    assert received.rows("SELECT count(*) AS n FROM label WHERE state = 'spoiled'") == [{"n": 1}]


def test_a_fluid_is_not_spun_for_plasma(empty_bench: BenchTop) -> None:
    empty_bench.expects(Person("Urine", "U1", "U1-1", type="Urine"))
    empty_bench.receives("U1-1")
    name = specimen(empty_bench)
    shown = empty_bench.read(lambda ledger: find(ledger, "", f"specimen:{name}", "Europe/London"))
    assert Command.SEPARATE not in [offer.command for offer in shown.offers]


def test_labels_that_did_not_come_out_are_printed_again_and_those_on_their_tubes_are_not(received: BenchTop) -> None:
    name = specimen(received)
    received.says(Command.SEPARATE, SPIN, argument=name, **SAID)
    received.wait_until(
        lambda: received.rows("SELECT count(*) AS n FROM label WHERE state IN ('sent', 'printed')")[0]["n"] == 3, "3"
    )
    first, *others = (row["accession"] for row in poured(received))
    received.scans(first)
    assert received.asks_for(Command.ALIQUOT_LABELS, name).title == "Printing again"
    received.wait_until(
        lambda: received.rows("SELECT count(*) AS n FROM label WHERE state IN ('sent', 'printed')")[0]["n"] == 2, "2"
    )
    for number in others:
        assert received.scans(number).title == "Label verified"
    assert received.asks_for(Command.ALIQUOT_LABELS, name).title == "All labelled"


def test_what_is_held_from_being_opened_is_not_separated_and_what_only_lacks_paper_is(empty_bench: BenchTop) -> None:
    empty_bench.expects(*(Person("Plasma", f"P{n}", f"P{n}-1", type="Blood in ctDNA tube") for n in (1, 2)))
    for n, reason in ((1, "leaking"), (2, "no-request")):
        empty_bench.scans(f"P{n}-1")
        number = empty_bench.label()
        empty_bench.says(Command.HOLD, reason)
        empty_bench.scans(number)
        empty_bench.asks_for(Command.FINISH)
    leaks, no_paper = (row["id"] for row in empty_bench.rows("SELECT id FROM specimen ORDER BY accession"))
    said = empty_bench.says(Command.SEPARATE, SPIN, argument=leaks, **SAID)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Not to be opened")
    assert "leak" in said.sentence.lower()
    assert poured(empty_bench) == []
    assert empty_bench.says(Command.SEPARATE, SPIN, argument=no_paper, **SAID).title == "Separated"
