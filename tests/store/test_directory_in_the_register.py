"""The Test Directory in the register: taken in whole, in force one at a time, and known for ever."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from shift import Shift, digests_of, held
from shift_directory import RARE, draft_edition, drafts_of_indications, take_in

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import MOST_BYTES
from gms_desktop.journal.postgres import open_postgres
from gms_desktop.register import directory_look_up, rebuild, verify
from gms_desktop.register.ledger import PremiseFailed
from gms_desktop.services import test_directory as directory

TABLES = {"directory", "directory_unread", "indication", "directory_test", "directory_in_force"}


@pytest.fixture
def day(shift_on: Callable[[int], Shift]) -> Shift:
    return shift_on(1)


def test_a_directory_leaves_the_same_keys_and_digests_on_both_engines(bench_file: Database, postgres: str) -> None:
    hub = open_postgres(postgres)
    for db in (bench_file, hub):
        take_in(Shift(db, 5).begin())
    assert digests_of(hub) == digests_of(bench_file)
    assert held(hub) == held(bench_file)
    assert digests_of(hub).keys() >= TABLES
    hub.close()


def test_a_register_made_anew_knows_the_same_directory(day: Shift) -> None:
    take_in(day)
    before = digests_of(day.db)
    assert rebuild.rebuild(day.db) == before
    assert verify.verify(day.db, verify.scratch_database()).findings == []


def test_the_name_of_the_file_stands_beside_the_journal(day: Shift) -> None:
    take_in(day)
    stored = b"\n".join(one.content for lot in store.since(day.db) for one in lot).decode()
    assert "Fanshawe" not in stored


def test_tests_are_listed_by_number_and_not_as_text(day: Shift) -> None:
    made = take_in(day)
    assert [row["code"] for row in directory_look_up.tests(day.db, made, "R21")] == ["R21.1", "R21.10"]
    assert directory_look_up.tests(day.db, made, "R2") == []
    assert directory_look_up.codes(day.db, made) == {"R14.1", "R21.1", "R21.10"}


def test_what_was_not_read_is_known_with_row_and_why(day: Shift) -> None:
    (row,) = directory_look_up.unread(day.db, take_in(day))
    assert (row["sheet"], row["row"], row["why"]) == ("R&ID indications", 7, "no test code stands in it")


def test_a_code_is_completed_from_the_edition_in_force(day: Shift) -> None:
    assert directory.told(day.db, "R14.1") is None
    take_in(day)
    said = directory.told(day.db, "r14.1")
    assert said is not None
    assert (said.words, said.finding) == ("R14.1 Acutely unwell children with a likely monogenic disorder: WGS", None)
    unknown = directory.told(day.db, "R14.9")
    assert unknown is not None
    assert unknown.unknown
    assert unknown.finding is not None
    assert unknown.finding.sentence.startswith("R14.9 is not in the directory of June 2023.")


@pytest.mark.parametrize("code", ["M1.1", "", "panel of the month", "R1.1.1"])
def test_what_no_directory_taken_in_could_know_is_not_checked(day: Shift, code: str) -> None:
    take_in(day)
    assert directory.told(day.db, code) is None


def test_a_new_edition_takes_the_place_of_the_former_which_stays_known(day: Shift) -> None:
    first = take_in(day, "v5.1")
    second = take_in(day, "v6")
    assert [row["id"] for row in directory_look_up.in_force(day.db)] == [second]
    assert {row["id"] for row in directory_look_up.editions(day.db)} == {first, second}
    assert directory_look_up.codes(day.db, first) == directory_look_up.codes(day.db, second)


def test_a_request_is_read_by_the_edition_that_was_in_force_when_it_came(day: Shift) -> None:
    first = take_in(day, "v5.1")
    came = str(directory_look_up.editions(day.db)[0]["at"])
    second = take_in(day, "v6")
    rows = {at: directory_look_up.of_source(day.db, RARE, at) for at in (came, "2020", None)}
    found = {at: row["id"] for at, row in rows.items() if row}
    # Before any was taken in, the one in force is all that there is to go by.
    assert found == {came: first, "2020": second, None: second}


def test_the_directories_of_rare_disease_and_of_cancer_are_in_force_side_by_side(day: Shift) -> None:
    take_in(day)
    take_in(day, "2020/2021", "cancer")
    assert [row["source"] for row in directory_look_up.in_force(day.db)] == [RARE, "cancer"]
    assert len(directory.standing(day.db)) == 2


def test_an_edition_taken_in_on_the_word_of_a_former_one_is_refused_whole(day: Shift) -> None:
    take_in(day, "v5.1")
    before = directory_look_up.in_force(day.db)
    with pytest.raises(PremiseFailed):
        take_in(day, "v6", follows=None)
    assert directory_look_up.in_force(day.db) == before
    assert len(directory_look_up.editions(day.db)) == 1


def test_an_indication_stands_only_with_its_edition(day: Shift) -> None:
    with pytest.raises(PremiseFailed):
        day.act(lambda: drafts_of_indications("nobody's"))


def test_only_who_holds_the_role_puts_an_edition_in_force(day: Shift) -> None:
    draft = draft_edition(day, day.ledger.identity(), "v5.1", RARE, None)
    draft.body["role"] = "senior"
    with pytest.raises(PremiseFailed):
        day.act(lambda: [draft])


def test_an_entry_of_a_directory_is_far_from_the_largest_there_may_be(day: Shift) -> None:
    take_in(day)
    sizes = [len(one.content) for lot in store.since(day.db) for one in lot if one.entry.kind.startswith("directory")]
    assert max(sizes) < MOST_BYTES
