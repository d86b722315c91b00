"""Scans and commands in any order at all: nothing fails, nothing is accepted unlabelled, and the file is proved."""

from __future__ import annotations

import random

import pytest
from bench_top import OKAFOR, BenchTop

from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Answer

CODES = (
    "r30000000001",
    "Q26-118834-1",
    "Q26-118835-1",
    "Q26-118836",
    "Q26-118901",
    "Q26-118902-1",
    "Q26-118950",
    "9990000018",
    "4471921",
    "NOT-KNOWN-1",
    "5012345678900",
    "EQA26-07-A",
)
STEPS = 90


class Fidget:
    """A person who does anything that can be done."""

    def __init__(self, bench: BenchTop, seed: int) -> None:
        self.bench = bench
        self.random = random.Random(seed)
        self.numbers = ["ZAAAAAA00018"]

    def step(self) -> None:
        draw = self.random.random()
        self.numbers += [tube.accession for tube in self.bench.view.tubes if tube.current]
        if draw < 0.30:
            self.bench.scans(self.numbers[-1])
        elif draw < 0.55:
            self.bench.scans(self.random.choice(CODES))
        elif draw < 0.60:
            self.bench.scans(self.random.choice(self.numbers))
        else:
            self.give()

    def give(self) -> None:
        view = self.bench.view
        argument = ""
        if view.question and self.random.random() < 0.7:
            given = view.question.command
        elif view.offers and self.random.random() < 0.7:
            offer = self.random.choice(view.offers)
            given, argument = offer.command, offer.argument
        else:
            given = self.random.choice([one for one in Command if one not in {Command.LOCK, Command.SIGN_OUT}])
        answer = self.answer() if self.random.random() < 0.6 else None
        self.bench.verdict = self.bench.bench.command(given, answer, argument).result(15).verdict

    def answer(self) -> Answer:
        question = self.bench.view.question
        codes = [choice.code for choice in question.choices] if question else ["clotted", "damaged", "name", "person"]
        chosen = tuple(self.random.sample(codes, min(len(codes), self.random.choice((0, 1, 1, 2)))))
        fields = (("surname", "Bell"), ("type", "EDTA blood"), ("code", f"X-{self.random.randrange(3)}"))
        return Answer(chosen, self.random.choice(("", "Said so")), fields if self.random.random() < 0.8 else ())


def nothing_is_wrong(bench: BenchTop) -> None:
    current = [tube for tube in bench.view.tubes if tube.current]
    assert len(current) <= 1
    (plain,) = bench.rows(
        "SELECT count(*) AS n FROM specimen s WHERE outcome = 'accepted' AND NOT EXISTS "
        "(SELECT 1 FROM label l WHERE l.specimen = s.id AND l.state IN ('verified', 'spoiled', 'put off') "
        "OR l.specimen = s.id AND l.copy > 1)"
    )
    assert plain["n"] == 0
    (twice,) = bench.rows("SELECT count(*) - count(DISTINCT accession) AS n FROM specimen")
    assert twice["n"] == 0
    (unlabelled,) = bench.rows(
        "SELECT count(*) AS n FROM specimen s WHERE NOT EXISTS (SELECT 1 FROM label l WHERE l.specimen = s.id)"
    )
    assert unlabelled["n"] == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_scanned_and_pressed_in_whatever_order_the_bench_answers_and_its_file_is_whole(
    bench: BenchTop, seed: int
) -> None:
    person = Fidget(bench, seed)
    for _ in range(STEPS):
        person.step()
        nothing_is_wrong(bench)
    bench.restart()
    assert bench.signs_in(OKAFOR)
    for _ in range(STEPS // 4):
        person.step()
    nothing_is_wrong(bench)
    assert len(set(bench.printer.labels)) == len(bench.printer.labels), "a label was printed twice"
