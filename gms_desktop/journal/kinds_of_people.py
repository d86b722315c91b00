"""What entries about people state: competences, badges, second persons, signatures, break-glass sessions, handovers."""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Pair, Premises

WORDS = "A second person is never the same person"


def _exists(subject: str) -> tuple[str, str]:
    return f"id:{subject}", subject


def _person(identity: str) -> str:
    return f"operator:{identity}"


def _role(body: Body) -> Pair:
    return f"role:{body['by']}:{body['role']}", _person(body["by"])


def competence_key(operator: str, job: str) -> tuple[str, str]:
    """The key that says that a person was found able to do a job, and its holder."""
    return f"competence:{operator}:{job}", _person(operator)


def badge_changed(body: Body) -> Premises:
    """A person has another badge from now on; the former one opens nothing any more."""
    person = _person(body["operator"])
    released = ((f"id:badge:{body['former']}", person),) if body["former"] else ()
    administrator = (f"role:{body['by']}:administrator", _person(body["by"]))
    return Premises((person,), ((f"id:badge:{body['badge']}", person),), (administrator, _exists(person)), (), released)


def competence_granted(body: Body) -> Premises:
    """A person was found able to do a job; found so again, it is dated anew."""
    if body["by"] == body["operator"]:
        raise ValueError("nobody finds themselves competent")
    person = _person(body["operator"])
    return Premises((person,), (competence_key(body["operator"], body["job"]),), (_role(body), _exists(person)))


def competence_withdrawn(body: Body) -> Premises:
    """A person may not do a job any more for want of competence."""
    held = competence_key(body["operator"], body["job"])
    return Premises((_person(body["operator"]),), (), (held, _role(body)), (), (held,))


def second_asked(body: Body) -> Premises:
    """Somebody did, or wants to do, what a second person confirms. The key says who asked: never who confirms."""
    subject = f"second:{body['second']}"
    claims = (_exists(subject), (f"asked:{body['second']}", _person(body["by"])))
    return Premises((subject,), claims, (), (_exists(_person(body["by"])),))


def second_decided(body: Body) -> Premises:
    """A second person confirmed or declined. Once, and never the one who asked."""
    if body["by"] == body["asked_by"]:
        raise ValueError(WORDS)
    subject = f"second:{body['second']}"
    asked = (f"asked:{body['second']}", _person(body["asked_by"]))
    # Who confirmed stands in the key; one that was declined holds itself, so that the same person says one of the two.
    holder = _person(body["by"]) if "sha256" in body else subject
    return Premises((subject,), ((f"decided:{body['second']}", holder),), (_exists(subject), asked, _role(body)))


def second_used(body: Body) -> Premises:
    """What was confirmed was done: a confirmation serves once, so each use has an identity of its own."""
    subject = f"second:{body['second']}"
    decided = (f"decided:{body['second']}", _person(body["witness"]))
    return Premises((subject,), ((f"used:{body['second']}", f"use:{body['use']}"),), (_exists(subject), decided))


def signed(body: Body) -> Premises:
    """A person signed a text about subjects as they stood: it rests on the last entry of each."""
    signature = f"signature:{body['signature']}"
    stood = tuple((f"last:{subject}", entry) for subject, entry in body["rests_on"])
    return Premises((signature,), (_exists(signature),), (_role(body), *stood))


def break_glass_opened(body: Body) -> Premises:
    """A session was opened for a named person without a PIN."""
    subject, person = f"break_glass:{body['session']}", _person(body["operator"])
    return Premises((subject, person), (_exists(subject), _opened(body)), (), (_exists(person),))


def _opened(body: Body) -> tuple[str, str]:
    """The key that says whose session it is, so that nobody reviews their own under another's name."""
    return f"opened:{body['session']}", _person(body["operator"])


def break_glass_reviewed(body: Body) -> Premises:
    """Somebody else looked at what was done in such a session."""
    if body["by"] == body["operator"]:
        raise ValueError("nobody reviews their own session")
    subject = f"break_glass:{body['session']}"
    claims = ((f"reviewed:{body['session']}", _person(body["by"])),)
    return Premises((subject,), claims, (_exists(subject), _opened(body), _role(body)))


def note_written(body: Body) -> Premises:
    """A note for the next shift."""
    subject = f"note:{body['note']}"
    return Premises((subject,), (_exists(subject),), (), (_exists(_person(body["by"])),))


def note_acknowledged(body: Body) -> Premises:
    """A named person has read a note: it stands on the sheet no more."""
    subject = f"note:{body['note']}"
    return Premises((subject,), (), (), (_exists(subject), _exists(_person(body["by"]))))
