"""Who may do what: every right for every role, both ways; competences by their days; tables that are no table."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.rights import (
    Alone,
    Competence,
    Missing,
    Permit,
    Right,
    Role,
    SecondPerson,
    permit,
    read_rights,
    read_second_person,
    second_may,
)

TECHNICIAN, SCIENTIST, PREPARER = Role.TECHNICIAN, Role.BIOMEDICAL_SCIENTIST, Role.CPGC_PREPARER
SENIOR, QUALITY, ADMINISTRATOR = Role.SENIOR, Role.QUALITY_MANAGER, Role.ADMINISTRATOR
AT_THE_BENCH = {TECHNICIAN, SCIENTIST, PREPARER, SENIOR}

# Written by hand: a change of the product's table must be meant.
MAY: dict[str, set[Role]] = {
    "receive": AT_THE_BENCH,
    "accept": AT_THE_BENCH,
    "discretion": {SCIENTIST, SENIOR},
    "reject": {SCIENTIST, PREPARER, SENIOR},
    "nipt result": {SCIENTIST, SENIOR},
    "examine": AT_THE_BENCH,
    "separate": {TECHNICIAN, SCIENTIST, SENIOR},
    "rack": {TECHNICIAN, SCIENTIST, SENIOR},
    "measure": {TECHNICIAN, SCIENTIST, SENIOR},
    "hold run": {TECHNICIAN, SCIENTIST, SENIOR},
    "take back reading": {SCIENTIST, SENIOR},
    "release run": {SENIOR},
    "plate": {TECHNICIAN, SCIENTIST, SENIOR},
    "index sets": {SCIENTIST, SENIOR, ADMINISTRATOR},
    "tissue": {SCIENTIST, PREPARER, SENIOR},
    "assess tissue": {SCIENTIST, PREPARER, SENIOR},
    "move tissue": {SCIENTIST, PREPARER, SENIOR},
    "store": AT_THE_BENCH,
    "define places": {TECHNICIAN, SCIENTIST, SENIOR, ADMINISTRATOR},
    "release bind": {SCIENTIST, SENIOR},
    "extract": {TECHNICIAN, SCIENTIST, SENIOR},
    "release batch": {SENIOR},
    "release lot": {SCIENTIST, SENIOR, QUALITY},
    "propose limits": {SCIENTIST, SENIOR, QUALITY, ADMINISTRATOR},
    "instrument tables": {SCIENTIST, SENIOR, QUALITY, ADMINISTRATOR},
    "label layouts": {SCIENTIST, SENIOR, QUALITY, ADMINISTRATOR},
    "release hazard": {SCIENTIST, SENIOR},
    "assess": AT_THE_BENCH,
    "consent": AT_THE_BENCH,
    "priority": AT_THE_BENCH,
    "change request": AT_THE_BENCH,
    "further copies": AT_THE_BENCH,
    "import": AT_THE_BENCH | {ADMINISTRATOR},
    "downtime": {SENIOR, QUALITY, ADMINISTRATOR},
    "downtime numbers": {ADMINISTRATOR},
    "case task": set(Role),
    "settle case": {SENIOR, QUALITY, ADMINISTRATOR},
    "link patients": {SCIENTIST, SENIOR, QUALITY, ADMINISTRATOR},
    "discard": {SCIENTIST, SENIOR},
    "concession": {SENIOR, QUALITY},
    "release plate": {SCIENTIST, SENIOR},
    "release consignment": {SCIENTIST, PREPARER, SENIOR},
    "pack": AT_THE_BENCH,
    "hand over consignment": AT_THE_BENCH,
    "reconcile consignment": AT_THE_BENCH,
    "approve rules": {ADMINISTRATOR},
    "competences": {SENIOR, QUALITY},
    "people": {ADMINISTRATOR},
    "review break-glass": {SENIOR, QUALITY},
    "erase": {ADMINISTRATOR},
    "hand over": set(Role),
}
WITHOUT_PIN = {"receive", "change request", "accept", "examine", "separate", "priority", "import", "hand over"}
SECOND: dict[str, SecondPerson] = {
    "discard": SecondPerson("discard", Alone.ANOTHER_BENCH, 12),
    "concession": SecondPerson("concession", Alone.WAIT),
    "approve rules": SecondPerson("approve rules", Alone.COUNTERSIGN, 72, (SENIOR, QUALITY, ADMINISTRATOR)),
    "further copies": SecondPerson("further copies", Alone.COUNTERSIGN, 72, (SENIOR,)),
    "link patients": SecondPerson("link patients", Alone.ANOTHER_BENCH, 12),
    "move tissue": SecondPerson("move tissue", Alone.COUNTERSIGN, 24),
}

TEXT = files("resources").joinpath("rules", "rights.toml").read_text("utf-8")
TABLE = read_rights(TEXT)
SECOND_TEXT = files("resources").joinpath("rules", "second-person.toml").read_text("utf-8")
TODAY = date(2026, 11, 23)
ADMINISTRATION = """
[[right]]
job = "people"
words = "People"
roles = ["administrator"]
[[right]]
job = "approve rules"
words = "Rules"
roles = ["administrator"]
"""


def table_with(job: str, more: str, roles: str = '"senior"') -> str:
    return f'{ADMINISTRATION}\n[[right]]\njob = "{job}"\nwords = "Words"\nroles = [{roles}]\n{more}\n'


def test_every_job_of_the_table_is_known_here_and_no_other() -> None:
    assert TABLE.keys() == MAY.keys()
    assert {job for job, right in TABLE.items() if right.break_glass} == WITHOUT_PIN
    assert [job for job, right in TABLE.items() if right.competence] == []


@pytest.mark.parametrize("job", MAY)
@pytest.mark.parametrize("role", Role)
def test_a_right_is_given_to_the_roles_that_have_it_and_to_no_others(job: str, role: Role) -> None:
    said = permit(TABLE[job], [role.value], [], TODAY)
    assert said == (Permit(role) if role in MAY[job] else Permit(None, Missing.ROLE))


@pytest.mark.parametrize("job", MAY)
@pytest.mark.parametrize("role", Role)
def test_a_session_without_pin_may_do_little_and_no_role_does_more_in_it(job: str, role: Role) -> None:
    said = permit(TABLE[job], [role.value], [], TODAY, break_glass=True)
    if role not in MAY[job]:
        assert said == Permit(None, Missing.ROLE)
    else:
        assert said == (Permit(role) if job in WITHOUT_PIN else Permit(None, Missing.PIN))


@pytest.mark.parametrize("job", MAY)
def test_a_person_without_a_role_may_do_nothing(job: str) -> None:
    assert permit(TABLE[job], [], [], TODAY) == Permit(None, Missing.ROLE)
    assert permit(TABLE[job], ["receiver", "root"], [], TODAY) == Permit(None, Missing.ROLE)


def test_who_holds_several_roles_acts_in_the_first_that_the_table_names() -> None:
    held = {"administrator", "senior", "biomedical scientist"}
    assert permit(TABLE["receive"], held, [], TODAY).role is SCIENTIST
    assert permit(TABLE["downtime"], held, [], TODAY).role is SENIOR
    assert permit(TABLE["people"], held, [], TODAY).role is ADMINISTRATOR


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (TODAY, TODAY, True),
        (TODAY - timedelta(400), TODAY, True),
        (TODAY - timedelta(400), TODAY - timedelta(1), False),
        (TODAY + timedelta(1), None, False),
        (TODAY, None, True),
        (TODAY - timedelta(1), None, True),
    ],
    ids=["this day alone", "its last day", "ended yesterday", "from tomorrow on", "from today on", "without end"],
)
def test_a_competence_counts_from_its_first_day_to_its_last(since: date, until: date | None, held: bool) -> None:
    right = Right("discard", "Discard", (SENIOR,), competence=True)
    said = permit(right, ["senior"], [Competence("discard", since, until)], TODAY)
    assert said == (Permit(SENIOR) if held else Permit(None, Missing.COMPETENCE))


def test_a_competence_for_another_job_does_not_count_and_a_role_is_needed_beside_it() -> None:
    right = Right("discard", "Discard", (SENIOR,), competence=True)
    fit = Competence("discard", TODAY)
    assert permit(right, ["senior"], [Competence("reject", TODAY)], TODAY).missing is Missing.COMPETENCE
    assert permit(right, ["senior"], [], TODAY).missing is Missing.COMPETENCE
    assert permit(right, ["technician"], [fit], TODAY).missing is Missing.ROLE
    assert permit(right, ["senior"], [fit], TODAY, break_glass=True).missing is Missing.PIN


def test_of_two_competences_for_a_job_one_in_date_is_enough() -> None:
    right = Right("discard", "Discard", (SENIOR,), competence=True)
    ended = Competence("discard", TODAY - timedelta(9), TODAY - timedelta(1))
    assert permit(right, ["senior"], [ended, Competence("discard", TODAY)], TODAY).role is SENIOR


_days = st.dates(date(2020, 1, 1), date(2035, 1, 1))
_rights = st.builds(
    Right,
    st.sampled_from(("discard", "reject")),
    st.just("Words"),
    st.lists(st.sampled_from(Role), min_size=1, unique=True).map(tuple),
    st.booleans(),
    st.booleans(),
)
_competences = st.lists(
    st.builds(Competence, st.sampled_from(("discard", "reject")), _days, st.none() | _days), max_size=4
)
_held = st.sets(st.sampled_from(Role))


@given(right=_rights, held=_held, found=_competences, day=_days, broken=st.booleans())
def test_a_permit_is_a_role_that_is_held_and_named_or_says_what_is_missing(
    right: Right, held: set[Role], found: list[Competence], day: date, broken: bool
) -> None:
    said = permit(right, held, found, day, break_glass=broken)
    assert (said.role is None) == (said.missing is not None)
    assert said.role is None or said.role in held & set(right.roles)
    if said.role and right.competence:
        assert any(one.job == right.job and one.since <= day <= (one.until or day) for one in found)
    assert not (said.role and broken and not right.break_glass)


@given(right=_rights, held=_held, found=_competences, day=_days, broken=st.booleans(), more=st.sampled_from(Role))
def test_neither_a_role_nor_a_competence_more_takes_a_right_away(
    right: Right, held: set[Role], found: list[Competence], day: date, broken: bool, more: Role
) -> None:
    if permit(right, held, found, day, break_glass=broken).role:
        assert permit(right, held | {more}, found, day, break_glass=broken).role
        assert permit(right, held, [*found, Competence("reject", day, day)], day, break_glass=broken).role
        assert permit(right, held, found, day).role


@given(since=_days, until=_days, day=_days)
def test_a_competence_that_has_ended_never_holds_again(since: date, until: date, day: date) -> None:
    one = Competence("discard", since, until)
    if day > until:
        assert not one.holds(day)
        assert not one.holds(day + timedelta(1))
    assert one.holds(day) == (since <= day <= until)


# --- tables that are no table


@pytest.mark.parametrize(
    "text",
    [
        table_with("discard", "", '"reviewer"'),
        table_with("discard", "", ""),
        table_with("people", "", '"administrator"'),
        TEXT.replace('roles = ["administrator"]', 'roles = ["senior"]'),
        ADMINISTRATION.replace('job = "people"', 'job = "humans"'),
        ADMINISTRATION.replace('words = "Rules"', 'words = "Rules"\ncompetence = true'),
        ADMINISTRATION.replace('words = "People"', 'words = "People"\ncompetence = true'),
        'right = "none"',
        "[[right]",
    ],
    ids=[
        "a role that is none",
        "no role",
        "a job twice",
        "administrators locked out",
        "nobody may change people",
        "rules by a competence that nobody can give",
        "people by a competence that nobody can give",
        "no rows",
        "no TOML",
    ],
)
def test_a_table_that_is_none_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_rights(text)


@pytest.mark.parametrize("field", ["job", "words", "roles"])
def test_a_row_with_a_field_missing_is_refused(field: str) -> None:
    text = "\n".join(line for line in table_with("discard", "").splitlines() if not line.startswith(f"{field} ="))
    with pytest.raises(KeyError):
        read_rights(text)


def test_a_flag_counts_only_when_it_is_true_and_not_for_a_word() -> None:
    made = read_rights(table_with("discard", 'competence = "false"\nbreak_glass = 1'))["discard"]
    assert (made.competence, made.break_glass) == (False, False)
    made = read_rights(table_with("discard", "competence = true\nbreak_glass = true"))["discard"]
    assert (made.competence, made.break_glass) == (True, True)


# --- second persons


def test_the_jobs_that_need_a_second_person_are_these() -> None:
    assert read_second_person(SECOND_TEXT) == SECOND


def second(alone: str, more: str = "", needed: str = "true") -> str:
    return f'[[job]]\njob = "discard"\nneeded = {needed}\nalone = "{alone}"\n{more}\n'


@pytest.mark.parametrize("hours", [1, 24, 744])
def test_a_countersignature_has_its_time(hours: int) -> None:
    made = read_second_person(second("countersign", f"hours = {hours}"))
    assert made == {"discard": SecondPerson("discard", Alone.COUNTERSIGN, hours)}


@pytest.mark.parametrize(
    "text",
    [
        second("countersign"),
        second("countersign", "hours = 0"),
        second("countersign", "hours = -1"),
        second("countersign", "hours = 745"),
        second("countersign", "hours = 745", needed="false"),
        second("oneself"),
        second("wait") + second("wait", needed="false"),
        second("wait", 'roles = ["reviewer"]'),
        '[[job]]\njob = "discard"\nneeded = true\n',
        '[[job]]\njob = "discard"\nalone = "wait"\n',
    ],
)
def test_rules_for_second_persons_that_are_none_are_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_second_person(text)


def test_a_job_whose_second_person_is_not_needed_has_no_rule() -> None:
    assert read_second_person(second("wait", needed="false")) == {}


def test_whoever_may_do_a_job_may_confirm_it_unless_the_rule_names_roles_of_its_own() -> None:
    rights = {"discard": Right("discard", "Discard", (SCIENTIST, SENIOR), competence=True)}
    assert second_may(SecondPerson("discard", Alone.WAIT), rights) == rights["discard"]
    own = second_may(SecondPerson("discard", Alone.WAIT, 0, (QUALITY,)), rights)
    assert (own.roles, own.competence, own.break_glass) == ((QUALITY,), False, False)


@pytest.mark.parametrize("job", SECOND)
def test_who_confirms_a_job_needs_a_pin_whatever_the_job_needs(job: str) -> None:
    right = second_may(SECOND[job], TABLE)
    assert permit(right, [role.value for role in Role], [], TODAY, break_glass=True).missing is Missing.PIN
