"""The morning's delivery beside the rehearsal's window: a stranger finds it waiting, told what each thing is."""

from pathlib import Path

import pytest
from at_the_bench import AtTheBench, application
from PySide6.QtWidgets import QApplication, QPushButton

from gms_desktop.measure_desk import MeasureDesk
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.van_steps import VAN
from ui.actions import Place
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


def test_the_rehearsals_balance_stands_beside_the_window_and_a_tube_is_weighed_on_it(
    app: QApplication, tmp_path: Path
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.signs_in()
        card_of(person, BABY).button.click()
        number = person.printed(1)
        assert person.scans(number) == "Accepted"
        top = person.application.bench_top
        assert top is not None
        next(one for one in top.findChildren(QPushButton) if one.text() == "Lay 1.2345 g").click()
        desk = MeasureDesk(person.bench)
        person.goes_to(Place.MEASURE)
        person.desk.scanner.scan(number)
        person.until(lambda: person.bench.desk.measure.pan is not None)
        _, asked = desk.ask_balance()
        assert (str(asked.weight.value), asked.weight.unit) == ("1.2345", "g")
