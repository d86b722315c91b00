"""The table of kinds: whatever names a subject states a premise about it, and only decisions may be refused for one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gms_desktop.journal import kinds
from gms_desktop.journal.entry import Body, Entry, Premises, from_bytes
from gms_desktop.journal.kinds import Kind, Nature
from gms_desktop.judge.keys import FOR_EVER, OF_PEOPLE, sort_of, unknown_sorts

SAMPLES = Path(__file__).parents[2] / "data" / "journal" / "kinds"
EVERY = {f"{kind.name}.v{kind.version}": kind for kind in kinds.every_kind()}

# Fields of a body that name something another entry made.
NAMES_A_SUBJECT = {
    "specimen", "request", "patient", "delivery", "import", "label", "operator", "granter", "by", "laboratory",
    "referral", "writer", "former", "mother",
}  # fmt: skip

NEEDS_NO_PREMISE = {
    ("writer.began", "former"): "written before this bench knows anything but its own file",
    ("role.granted", "laboratory"): "named in the key of the first administrator",
    ("session.changed", "operator"): "nobody: the bench is locked or signed out of",
    ("request.expected", "mother"): "stated by the sender, matched on arrival",
    ("patient.registered", "mother"): "stated by the sender, matched on arrival",
}


def sample(name: str) -> Entry:
    return from_bytes((SAMPLES / f"{name}.json").read_bytes())


def premises(kind: Kind, body: Body) -> Premises:
    return kinds.premises_of(kind, body, None)


def named(value: Any, key: str = "") -> list[tuple[str, str]]:
    """Every identity in a body, with the field it stands in."""
    if isinstance(value, dict):
        return [found for name, inner in value.items() for found in named(inner, name)]
    if isinstance(value, list):
        return [found for inner in value for found in named(inner, key.removesuffix("s"))]
    return [(key, value)] if isinstance(value, str) and key in NAMES_A_SUBJECT else []


@pytest.mark.parametrize("name", EVERY)
def test_whatever_names_a_subject_states_a_premise_about_it(name: str) -> None:
    kind, body = EVERY[name], sample(name).body
    if kind.nature is Nature.NOTE:
        return
    said = premises(kind, body)
    stated = [*said.claims, *said.requires, *said.expects, *said.releases]
    about = " ".join(f"{key} {holder}" for key, holder in stated)
    patient = [("patient", body["patient"]["id"])] if isinstance(body.get("patient"), dict) else []
    silent = {
        field
        for field, identity in (*named(body), *patient)
        if identity not in about and (kind.name, field) not in NEEDS_NO_PREMISE
    }
    assert not silent


@pytest.mark.parametrize("name", EVERY)
def test_an_entry_that_touches_a_subject_stands_on_something(name: str) -> None:
    said = premises(EVERY[name], sample(name).body)
    if said.touches:
        assert said.claims or said.requires or said.expects


@pytest.mark.parametrize("name", [name for name, kind in EVERY.items() if kind.nature is Nature.FACT])
def test_what_has_happened_is_refused_for_nothing_but_an_identity_taken_twice(name: str) -> None:
    said = premises(EVERY[name], sample(name).body)
    assert said.requires == ()
    assert said.releases == ()
    assert {sort_of(key) for key, _ in said.claims} <= {
        "id",
        "accession",
        "tube",
        "label",
        "downtime",
        "asked",
        "opened",
        "plate",
    }
    # Who asked, and whose session it is, is said of a thing that is new: nobody else can have said it.
    assert {holder for key, holder in said.claims if sort_of(key) not in OF_PEOPLE} <= set(said.touches)


@pytest.mark.parametrize("name", [name for name, kind in EVERY.items() if kind.nature is Nature.DECISION])
def test_a_decision_requires_what_it_rests_on(name: str) -> None:
    assert premises(EVERY[name], sample(name).body).requires


@pytest.mark.parametrize("name", EVERY)
def test_who_did_it_is_expected_of_a_fact_and_required_of_a_decision(name: str) -> None:
    kind, body = EVERY[name], sample(name).body
    own = ("id:operator:ada", "operator:ada")
    said = kinds.premises_of(kind, body, "ada")
    assert (own in said.expects) == (kind.nature is Nature.FACT)
    assert (own in said.requires) == (kind.nature is Nature.DECISION)
    assert own not in kinds.premises_of(kind, body, None).requires


@pytest.mark.parametrize("name", [name for name, kind in EVERY.items() if kind.nature is Nature.NOTE])
def test_a_note_names_no_subject_and_stands_on_nothing(name: str) -> None:
    assert kinds.premises_of(EVERY[name], sample(name).body, "ada") == Premises()


@pytest.mark.parametrize("name", EVERY)
def test_every_key_is_of_a_known_sort_and_the_sorts_held_for_ever_are_released_by_undo_alone(name: str) -> None:
    said = premises(EVERY[name], sample(name).body)
    keys = [key for pairs in (said.claims, said.requires, said.expects, said.releases) for key, _ in pairs]
    assert unknown_sorts(keys) == set()
    if EVERY[name].name != "undone":
        # A tube bound by mistake is free again by a release in which somebody states that it never held liquid.
        undoes = {"case.reopened": {"case"}, "tube.bind_released": {"tube"}}.get(EVERY[name].name, set())
        # A badge is a thing that is handed back, and given to somebody else.
        released = [key for key, _ in said.releases if not key.startswith("id:badge:")]
        assert not {sort_of(key) for key in released} & (FOR_EVER - undoes)


@pytest.mark.parametrize("name", EVERY)
def test_no_key_carries_anything_private(name: str) -> None:
    entry = sample(name)
    said = entry.premises
    stated = json.dumps([said.touches, said.claims, said.requires, said.expects, said.releases])
    assert [commitment for commitment in entry.private if commitment in stated] == []


@pytest.mark.parametrize("name", EVERY)
def test_a_body_with_a_field_too_many_or_too_few_is_not_written(name: str) -> None:
    kind, body = EVERY[name], sample(name).body
    with pytest.raises(ValueError, match="odd"):
        premises(kind, body | {"odd": 1})
    for field in body:
        with pytest.raises(ValueError, match=field):
            premises(kind, {key: value for key, value in body.items() if key != field})


def test_a_tube_that_nobody_announced_expects_no_patient_and_no_delivery() -> None:
    kind = EVERY["specimen.received.v1"]
    body = sample("specimen.received.v1").body | {"patient": None, "delivery": None, "requests": []}
    assert premises(kind, body).expects == ()


def test_two_people_without_a_badge_are_two_people() -> None:
    kind = EVERY["operator.added.v1"]
    claims = premises(kind, {"operator": "ada", "name": "c0", "badge": None}).claims
    assert claims == (("id:operator:ada", "operator:ada"),)


def test_a_name_that_stands_in_no_row_is_no_kind() -> None:
    assert not kinds.known("robot.dreamt", 1)
    assert not kinds.known("label.sent", 2)
    with pytest.raises(kinds.UnknownKind):
        kinds.newest("robot.dreamt")
