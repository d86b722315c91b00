"""Boxes, bags, badges and command cards through the one queue, each scanned back where people meet it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from bench_top import OKAFOR, PIN, SILVA, WAIT_S, BenchTop
from people_at_work import id_of, people_view
from send_work import SINGLE, approves, opens, own, scans, view
from test_more_printers import QUICK
from test_print_queue import queue, states

from devices.simulators.zpl_printer import SimulatedZplPrinter
from devices.values import Entered, Scan
from gms_desktop import card_scans, card_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import command_card
from gms_desktop.domain.identifiers.command_card import Card
from gms_desktop.domain.label_sorts import ASKED, LabelSort
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.rehearsal.labels_read import number_on
from gms_desktop.services import parcel_labels
from gms_desktop.services.views import Answer, Question
from gms_desktop.settings import LabelSettings, PrinterSettings

SORTS = (LabelSort.BOX, LabelSort.BAG, LabelSort.BADGE, LabelSort.CARD)


@pytest.fixture
def cards() -> Iterator[SimulatedZplPrinter]:
    with SimulatedZplPrinter() as printer:
        yield printer


def names(bench: BenchTop, printer: SimulatedZplPrinter) -> None:
    """Settings that name a second printer for all of these."""
    said = PrinterSettings(host=printer.host, port=printer.port)
    labels = {sort.value: LabelSettings("Cards") for sort in SORTS}
    bench.bench.further._times = QUICK
    bench.bench.wear(replace(bench.bench.settings, printers={"Cards": said}, labels=labels))


def prints(bench: BenchTop, subject: str, *choices: str) -> tuple[Verdict, Question | None]:
    answer = Answer(choices, subject=subject) if choices else None
    told = bench.bench.command(Command.THING_LABEL, answer, subject).result(WAIT_S)
    return told.verdict, told.question


def comes_out(bench: BenchTop, printer: SimulatedZplPrinter, many: int) -> list[tuple[str, int]]:
    """The code and copy of each label, once so many came out and are told so."""
    bench.wait_until(lambda: len(printer.labels) == many, f"{many} labels")
    bench.wait_until(lambda: not {"intended", "sending"} & set(states(bench).values()), "their end")
    return [number_on(one) for one in printer.labels]


def scan(bench: BenchTop, code: str, entered: Entered = Entered.SCANNED) -> Scan:
    bench.clock.forward(5)
    return Scan(code.encode(), code, "Data Matrix", bench.clock.now(), "Scanner", entered)


def reads_card(bench: BenchTop, card: Card, entered: Entered = Entered.SCANNED) -> Verdict:
    """A card as the window answers it: what came out and was not read yet is only read."""
    said = scan(bench, command_card.code(card), entered)
    printed = card_scans.awaited(bench.bench, said).result(WAIT_S)
    verdict = card_words.reads_well(card) if printed else card_words.done(card)
    return card_scans.note(bench.bench, said, verdict, "devices", printed).result(WAIT_S).verdict


def test_a_box_and_a_bag_are_labelled_from_send_away_and_scanned_back_there(
    bench: BenchTop, cards: SimulatedZplPrinter
) -> None:
    number = opens(bench, "haemonc")
    assert view(bench).has_label, "as PDF where no printer is named"
    names(bench, cards)
    shown = view(bench)
    assert not shown.has_label
    [offer] = [one for one in shown.offers if one.command is Command.THING_LABEL]
    said, _ = prints(bench, offer.argument)
    assert "comes out of Cards. Stick it on the box" in said.sentence
    scans(bench, f"{number}-BAG-02")
    prints(bench, parcel_labels.in_hand(bench.bench.desk.send))
    codes = [f"{number}-BOX-01", f"{number}-BAG-02"]
    assert [code for code, _ in comes_out(bench, cards, 2)] == codes
    assert [line.title for line in queue(bench).lines] == codes
    assert not scans(bench, codes[0], Entered.TYPED).sentence.endswith("reads well."), "typing proves nothing"
    for code in codes:
        assert scans(bench, code).sentence.endswith("Its label reads well.")
    assert set(states(bench).values()) == {"verified"}
    facts = dict(bench.bench.find(number).result(WAIT_S).facts)
    assert facts["Label of BOX-01"] == facts["Label of BAG-02"] == "on what it is for"


def test_a_boxs_label_is_printed_again_for_a_reason_with_its_copy_number(
    bench: BenchTop, cards: SimulatedZplPrinter
) -> None:
    number = opens(bench, "haemonc")
    names(bench, cards)
    box = parcel_labels.in_hand(bench.bench.desk.send)
    prints(bench, box)
    comes_out(bench, cards, 1)
    _, question = prints(bench, box)
    assert question is not None
    assert question.title == f"Why is label {number}-BOX-01 printed again?"
    prints(bench, box, question.choices[0].code)
    assert comes_out(bench, cards, 2)[1] == (f"{number}-BOX-01", 2)
    # The printer may be saying meanwhile that the second came out.
    now = states(bench)
    assert (list(now), now[f"{box}.1"]) == ([f"{box}.1", f"{box}.2"], "spoiled")


def test_a_box_with_material_suspected_of_category_a_has_no_mark_un3373(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    approves(bench, "packing", own("packing", ("category_a = []", 'category_a = ["leaking"]')))
    papers = ('documents = ["Test order form", "Record of discussion"]', "documents = []")
    approves(bench, "destinations", own("destinations", papers))
    opens(bench, "haemonc")
    assert scans(bench, number).title == "Packed"
    box = parcel_labels.in_hand(bench.bench.desk.send).removeprefix("consignment:")
    assert bench.read(lambda ledger: parcel_labels.data(ledger.db, box))["un3373"] is True
    [row] = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=number)
    bench.says(Command.CONDITION, "leaking", argument=row["id"])
    assert bench.read(lambda ledger: parcel_labels.data(ledger.db, box))["un3373"] is False
    bag = box.replace("BOX", "BAG")
    assert "un3373" not in bench.read(lambda ledger: parcel_labels.data(ledger.db, bag))


def test_a_badge_is_printed_for_a_person_given_by_its_scan_and_its_code_stands_nowhere(
    bench: BenchTop, cards: SimulatedZplPrinter
) -> None:
    names(bench, cards)
    silva = id_of(bench, SILVA)
    assert people_view(bench, SILVA).prints_badges
    said, _ = prints(bench, f"operator:{silva}")
    assert "opens nothing until it is given" in said.sentence
    [(code, _)] = comes_out(bench, cards, 1)
    assert [line.title for line in queue(bench).lines] == [f"BADGE  {SILVA.name}"]
    another = bench.bench.people.give_badge(id_of(bench, OKAFOR), scan(bench, code)).result(WAIT_S)
    assert f"printed for {SILVA.name}" in another.sentence
    assert bench.bench.people.give_badge(silva, scan(bench, code)).result(WAIT_S).title == "Badge given"
    assert set(states(bench).values()) == {"verified"}
    assert bench.signs_in(replace(SILVA, badge=code), PIN)
    whole = "\n".join(str(row) for row in bench.rows("SELECT * FROM entry"))
    assert code not in whole


def test_each_copy_of_a_badge_has_a_code_of_its_own_and_a_spoiled_one_is_given_to_nobody(
    bench: BenchTop, cards: SimulatedZplPrinter
) -> None:
    names(bench, cards)
    silva = id_of(bench, SILVA)
    prints(bench, f"operator:{silva}")
    comes_out(bench, cards, 1)
    _, question = prints(bench, f"operator:{silva}")
    assert question is not None
    prints(bench, f"operator:{silva}", question.choices[0].code)
    (former, _), (newest, copy) = comes_out(bench, cards, 2)
    assert (former != newest, copy) == (True, 2)
    refused = bench.bench.people.give_badge(silva, scan(bench, former)).result(WAIT_S)
    assert "was spoiled" in refused.sentence
    assert bench.bench.people.give_badge(silva, scan(bench, newest)).result(WAIT_S).title == "Badge given"


def test_somebody_without_a_badge_is_added_and_gets_a_printed_one(bench: BenchTop, cards: SimulatedZplPrinter) -> None:
    refused = bench.bench.people.add("A. Newcomer", "", ("technician",), PIN).result(WAIT_S)
    assert refused.kind is VerdictKind.REFUSED, "no printer is named for badges"
    names(bench, cards)
    assert bench.bench.people.add("A. Newcomer", "", ("technician",), PIN).result(WAIT_S).title == "Added"
    [(code, _)] = comes_out(bench, cards, 1)
    [row] = bench.rows("SELECT subject FROM label WHERE sort = 'badge'")
    operator = str(row["subject"]).partition(":")[2]
    said = bench.bench.people.give_badge(operator, scan(bench, code)).result(WAIT_S)
    assert "reads well" in said.sentence
    assert set(states(bench).values()) == {"verified"}
    assert bench.signs_in(replace(SILVA, name="A. Newcomer", badge=code), PIN)


def test_cards_are_chosen_printed_and_do_nothing_the_first_time_they_are_scanned(
    bench: BenchTop, cards: SimulatedZplPrinter
) -> None:
    assert not queue(bench).prints_cards
    names(bench, cards)
    assert queue(bench).prints_cards
    _, question = prints(bench, ASKED)
    assert question is not None
    assert [one.code for one in question.choices] == [card.value for card in Card]
    said, _ = prints(bench, ASKED, "HOLD", "UNDO")
    assert said.sentence.startswith("2 cards come out of Cards.")
    assert {code for code, _ in comes_out(bench, cards, 2)} == {"!GMS!HOLD!", "!GMS!UNDO!"}
    assert reads_card(bench, Card.UNDO, Entered.TYPED) == card_words.done(Card.UNDO)
    assert reads_card(bench, Card.UNDO).title == "Card reads well"
    assert reads_card(bench, Card.UNDO) == card_words.done(Card.UNDO), "from then on it acts"
    _, again = prints(bench, ASKED, "UNDO")
    assert again is not None
    assert again.title == "Why are these cards printed again: Undo?"
    prints(bench, again.subject, again.choices[0].code)
    assert comes_out(bench, cards, 3)[2] == ("!GMS!UNDO!", 2)
    assert reads_card(bench, Card.UNDO).title == "Card reads well"
