"""What entries about people rest on, and who may never be the same person."""

from __future__ import annotations

from typing import Any

import pytest

from gms_desktop.journal import kinds
from gms_desktop.journal.entry import Premises
from gms_desktop.journal.kinds import Nature

ADA, BOB = ("id:operator:ada", "operator:ada"), ("id:operator:bob", "operator:bob")
SENIOR = ("role:ada:senior", "operator:ada")

BODIES: dict[str, dict[str, Any]] = {
    "badge.changed": {"operator": "bob", "badge": "new", "former": "old", "by": "ada"},
    "competence.granted": {
        "operator": "bob", "job": "discard", "since": "2026-03-02", "until": None, "evidence": None,
        "by": "ada", "role": "senior",
    },
    "competence.withdrawn": {"operator": "bob", "job": "discard", "reason": "c0", "by": "ada", "role": "senior"},
    "second.asked": {
        "second": "s1", "job": "discard", "subject": "specimen:a", "words": "c0", "sha256": "ab", "by": "bob",
        "alone": "another bench", "due": None, "bench": "w1",
    },
    "second.given": {"second": "s1", "sha256": "ab", "by": "ada", "role": "senior", "asked_by": "bob"},
    "second.declined": {"second": "s1", "reason": "c0", "by": "ada", "role": "senior", "asked_by": "bob"},
    "second.used": {"second": "s1", "witness": "ada", "use": "u1"},
    "signed": {
        "signature": "g1", "job": "discard", "words": "c0", "sha256": "ab", "by": "ada", "role": "senior",
        "rests_on": [["specimen:a", "w1/3"], ["specimen:b", None]],
    },
    "break_glass.opened": {"session": "b1", "operator": "bob", "reason": "badge-lost", "comment": None, "bench": "w1"},
    "break_glass.reviewed": {
        "session": "b1", "operator": "bob", "finding": "in-order", "comment": None, "by": "ada", "role": "senior",
    },
    "handover.note_written": {"note": "n1", "text": "c0", "by": "bob", "bench": "w1"},
    "handover.note_acknowledged": {"note": "n1", "by": "ada"},
}  # fmt: skip

SECOND, ASKED = ("id:second:s1", "second:s1"), ("asked:s1", "operator:bob")
SESSION, OPENED = ("id:break_glass:b1", "break_glass:b1"), ("opened:b1", "operator:bob")
FIT = ("competence:bob:discard", "operator:bob")

# touches, claims, requires, expects, releases: by hand, as ARCHITECTURE sections 5 and 10 have it.
WANTED: dict[str, Premises] = {
    "badge.changed": Premises(
        ("operator:bob",),
        (("id:badge:new", "operator:bob"),),
        (("role:ada:administrator", "operator:ada"), BOB),
        (),
        (("id:badge:old", "operator:bob"),),
    ),
    "competence.granted": Premises(("operator:bob",), (FIT,), (SENIOR, BOB)),
    "competence.withdrawn": Premises(("operator:bob",), (), (FIT, SENIOR), (), (FIT,)),
    "second.asked": Premises(("second:s1",), (SECOND, ASKED), (), (BOB,)),
    "second.given": Premises(("second:s1",), (("decided:s1", "operator:ada"),), (SECOND, ASKED, SENIOR)),
    "second.declined": Premises(("second:s1",), (("decided:s1", "second:s1"),), (SECOND, ASKED, SENIOR)),
    "second.used": Premises(("second:s1",), (("used:s1", "use:u1"),), (SECOND, ("decided:s1", "operator:ada"))),
    "signed": Premises(
        ("signature:g1",),
        (("id:signature:g1", "signature:g1"),),
        (SENIOR, ("last:specimen:a", "w1/3"), ("last:specimen:b", None)),
    ),
    "break_glass.opened": Premises(("break_glass:b1", "operator:bob"), (SESSION, OPENED), (), (BOB,)),
    "break_glass.reviewed": Premises(
        ("break_glass:b1",), (("reviewed:b1", "operator:ada"),), (SESSION, OPENED, SENIOR)
    ),
    "handover.note_written": Premises(("note:n1",), (("id:note:n1", "note:n1"),), (), (BOB,)),
    "handover.note_acknowledged": Premises(("note:n1",), (), (), (("id:note:n1", "note:n1"), ADA)),
}

FACTS = {"second.asked", "break_glass.opened", "handover.note_written", "handover.note_acknowledged"}


@pytest.mark.parametrize("name", BODIES)
def test_what_an_entry_about_people_rests_on(name: str) -> None:
    assert kinds.premises_of(kinds.newest(name), BODIES[name], None) == WANTED[name]


@pytest.mark.parametrize("name", BODIES)
def test_what_has_happened_is_a_fact_and_what_gives_or_takes_a_right_a_decision(name: str) -> None:
    assert kinds.newest(name).nature is (Nature.FACT if name in FACTS else Nature.DECISION)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("competence.granted", {"operator": "ada"}),
        ("second.given", {"asked_by": "ada"}),
        ("second.declined", {"asked_by": "ada"}),
        ("break_glass.reviewed", {"operator": "ada"}),
        ("patient.linked", {"patient": "p", "other": "q", "by": "ada", "witness": "ada"}),
    ],
)
def test_nobody_confirms_reviews_or_finds_competent_what_is_their_own(name: str, same: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"same person|themselves|own session|two people"):
        kinds.premises_of(kinds.newest(name), BODIES.get(name, {}) | same, "ada")


@pytest.mark.parametrize("name", ["competence.withdrawn", "badge.changed"])
def test_what_takes_a_right_away_may_be_done_to_oneself(name: str) -> None:
    assert kinds.premises_of(kinds.newest(name), BODIES[name] | {"operator": "ada"}, "ada").requires


def test_a_person_who_had_no_badge_gives_none_back() -> None:
    body = BODIES["badge.changed"] | {"former": None}
    assert kinds.premises_of(kinds.newest("badge.changed"), body, None).releases == ()


def test_the_role_and_whatever_else_gives_the_right_are_premises_of_the_entry() -> None:
    witness = ("role:cem:senior", "operator:cem")
    fact = kinds.premises_of(kinds.newest("second.asked"), BODIES["second.asked"], "bob", "technician", (witness,))
    assert fact.requires == ()
    assert fact.expects == (BOB, BOB, ("role:bob:technician", "operator:bob"), witness)
    given = kinds.premises_of(kinds.newest("second.given"), BODIES["second.given"], "ada", "senior", (witness,))
    assert given.requires == (SECOND, ASKED, SENIOR, ADA, witness)
