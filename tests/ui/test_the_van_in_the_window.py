"""The morning's delivery beside the rehearsal's window: a stranger finds it waiting, told what each thing is."""

from pathlib import Path

import pytest
from at_the_bench import AtTheBench, application
from PySide6.QtWidgets import QApplication, QPushButton

from devices.values import Weighing
from gms_desktop.balances import ask
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.van_steps import VAN
from ui.van_page import VanPage

pytestmark = pytest.mark.timeout(90)
BABY = "Q26-119006-1"


def van_of(person: AtTheBench) -> VanPage:
    top = person.application.bench_top
    assert top is not None
    return top.van


def card_of(person: AtTheBench, code: str):
    return next(card for card in van_of(person).steps if card.step.code == code)


def test_everything_that_the_desk_offers_is_expected_or_a_bag_of_the_list() -> None:
    _, content, _ = made_up.van_file()
    said = content.decode() + VAN[1].todo
    assert VAN[0].code == made_up.PEOPLE[0].badge
    for step in VAN[1:]:
        assert step.expect
        assert step.code in said


def test_the_van_waits_beside_the_window_and_after_a_restart_the_desk_shows_how_far_it_is(
    app: QApplication, tmp_path: Path
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.signs_in()
        card_of(person, BABY).button.click()
        number = person.printed(1)
        assert "✓ scanned" in card_of(person, BABY).button.text()
        assert person.scans(number) == "Accepted"
    with application(app, tmp_path, rehearsal=True) as again:
        again.until(lambda: again.application.joined is not None)
        assert [card.step.code for card in van_of(again).steps if "✓" in card.button.text()] == [BABY]
        taken_in = [line.file for line in again.bench.expected().result().imports]
        assert sorted(taken_in) == ["expected-requests.csv", "morning-van.csv"]


def test_the_rehearsals_balance_stands_beside_the_window_with_what_is_laid_on_its_pan(
    app: QApplication, tmp_path: Path
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        top = person.application.bench_top
        assert top is not None
        for words, state in (("Lay 1.2345 g", Weighing.AT_REST), ("Lay too much", Weighing.OVERLOAD)):
            next(one for one in top.findChildren(QPushButton) if one.text() == words).click()
            assert ask(person.bench.settings.balance).weight.state is state
