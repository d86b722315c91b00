"""Questions about people to the register: competences, second persons, signatures, sessions without PIN, notes."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement

_competences = text_statement("SELECT * FROM competence WHERE id >= :low AND id < :high ORDER BY id")
_every_competence = text_statement("SELECT * FROM competence ORDER BY id")
_every_role = text_statement("SELECT * FROM operator_role ORDER BY id")
_ending = text_statement(
    "SELECT * FROM competence WHERE state = 'held' AND until IS NOT NULL AND until < :day "
    "ORDER BY until, id LIMIT :most"
)
_seconds = text_statement("SELECT * FROM second WHERE state = :state ORDER BY at, id LIMIT :most")
_second = text_statement("SELECT * FROM second WHERE id = :id")
_signatures_of = text_statement(
    "SELECT s.*, o.subject, o.rests_on FROM signature_of o JOIN signature s ON s.id = o.signature "
    "WHERE o.subject = :subject ORDER BY s.at, s.id"
)
_subjects_of_signature = text_statement("SELECT * FROM signature_of WHERE id >= :low AND id < :high ORDER BY id")
_break_glass = text_statement("SELECT * FROM break_glass WHERE state = 'to review' ORDER BY at, id LIMIT :most")
_session_without_pin = text_statement("SELECT * FROM break_glass WHERE id = :id")
_notes = text_statement("SELECT * FROM handover_note WHERE state = 'open' ORDER BY at, id LIMIT :most")
_note = text_statement("SELECT * FROM handover_note WHERE id = :id")


def _of(owner: str) -> dict[str, str]:
    """The range of ids of the rows of one subject."""
    return {"low": f"{owner}/", "high": f"{owner}0"}


def competences(db: Database, operator: str) -> list[Row]:
    """What a person was found able to do, also what was withdrawn."""
    return db.all(_competences, _of(operator))


def every_competence(db: Database) -> list[Row]:
    """Everybody's competences."""
    return db.all(_every_competence)


def every_role(db: Database) -> list[Row]:
    """Everybody's roles, also those withdrawn."""
    return db.all(_every_role)


def competences_ending(db: Database, day: str, most: int = 50) -> list[Row]:
    """Competences whose last day comes before a day (ISO), the soonest first."""
    return db.all(_ending, {"day": day, "most": most})


def seconds(db: Database, state: str, most: int = 200) -> list[Row]:
    """What a second person was asked, in a state, oldest first."""
    return db.all(_seconds, {"state": state, "most": most})


def second(db: Database, name: str) -> Row | None:
    """One thing that a second person was asked."""
    return db.one(_second, {"id": name})


def signatures_of(db: Database, subject: str) -> list[Row]:
    """What was signed about a subject, with the subject's last entry at that time."""
    return db.all(_signatures_of, {"subject": subject})


def subjects_of_signature(db: Database, signature: str) -> list[Row]:
    """What a signature rests on."""
    return db.all(_subjects_of_signature, _of(signature))


def break_glass_to_review(db: Database, most: int = 200) -> list[Row]:
    """Sessions opened without PIN that nobody has reviewed, oldest first."""
    return db.all(_break_glass, {"most": most})


def break_glass(db: Database, session: str) -> Row | None:
    """A session that was opened without PIN; None for any other."""
    return db.one(_session_without_pin, {"id": session})


def open_notes(db: Database, most: int = 200) -> list[Row]:
    """Notes that nobody has acknowledged, oldest first."""
    return db.all(_notes, {"most": most})


def note(db: Database, name: str) -> Row | None:
    """One note."""
    return db.one(_note, {"id": name})
