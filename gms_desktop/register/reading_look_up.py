"""Questions to the register about what was measured."""

from __future__ import annotations

from collections.abc import Iterable

from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.judge import keys

_run = text_statement("SELECT * FROM run WHERE id = :id")
_runs_of_file = text_statement("SELECT * FROM run WHERE sha256 = :sha256 ORDER BY number, id")
_runs_at = text_statement(
    "SELECT * FROM run WHERE bench = :bench AND sha256 <> '' ORDER BY at DESC, id DESC LIMIT :most"
)
_held = text_statement("SELECT * FROM run WHERE state = 'held' ORDER BY at, id LIMIT :most")
_reading = text_statement("SELECT * FROM reading WHERE id = :id")
_readings_of_run = text_statement("SELECT * FROM reading WHERE run = :run ORDER BY line, id")
_waiting = text_statement(
    "SELECT g.*, r.instrument, r.file_private FROM reading g JOIN run r ON r.id = g.run "
    "WHERE g.state = 'waiting' ORDER BY g.at, g.line, g.id LIMIT :most"
)
_of_item = text_statement(
    "SELECT g.*, r.instrument, r.state AS run_state, r.complete, r.file_private, r.sha256, r.model, r.serial "
    "FROM reading g JOIN run r ON r.id = g.run WHERE g.item = :item ORDER BY g.at, g.line, g.id"
)
_run_before = text_statement(
    "SELECT id, at, state FROM run WHERE at >= :since AND (at, id) < (:at, :id) ORDER BY at DESC, id DESC LIMIT 1"
)
_of_item_since = text_statement(
    "SELECT g.*, r.instrument FROM reading g JOIN run r ON r.id = g.run "
    "WHERE g.item = :item AND r.at >= :since AND r.state <> 'held' ORDER BY r.at DESC, r.id, g.line, g.id"
)
_controls = text_statement(
    "SELECT g.*, r.instrument FROM reading g JOIN run r ON r.id = g.run "
    "WHERE g.role = 'control' AND g.at >= :since ORDER BY g.at DESC, g.line, g.id LIMIT :most"
)
_judgements = text_statement(
    "SELECT j.* FROM judgement j JOIN reading g ON g.id = j.reading "
    "WHERE j.reading = :reading AND j.corrected = COALESCE(g.corrected, 0) ORDER BY j.at, j.id"
)
_former = text_statement("SELECT * FROM judgement WHERE reading = :reading AND corrected = :corrected ORDER BY at, id")
_taken_back = text_statement("SELECT * FROM taken_back WHERE item = :item ORDER BY at, id")
_takings_back = text_statement("SELECT * FROM taken_back WHERE reading = :reading ORDER BY corrected DESC")
# What was decided on a reading that was taken back since was decided on another tube's.
_choices = text_statement(
    "SELECT c.* FROM reading_choice c JOIN reading g ON g.id = c.reading AND g.item = c.item "
    "WHERE c.item = :item ORDER BY c.id"
)
_concessions = text_statement(
    "SELECT c.* FROM concession c JOIN reading g ON g.id = c.reading AND g.item = c.item "
    "WHERE c.item = :item ORDER BY c.id"
)


def run(db: Database, run: str) -> Row | None:
    """A run, by its identity."""
    return db.one(_run, {"id": run})


def runs_of_file(db: Database, sha256: str) -> list[Row]:
    """The runs that were taken in from a file, by the hash of its content."""
    return db.all(_runs_of_file, {"sha256": sha256})


def taken_in(db: Database, hashes: Iterable[str]) -> set[str]:
    """Which of these files were taken in, by the hashes of their content."""
    return {one for one in hashes if db.one(_runs_of_file, {"sha256": one}) is not None}


def runs_at(db: Database, bench: str, most: int = 20) -> list[Row]:
    """The runs that a bench took in last, the newest first; a weight came with no file, and is none of them."""
    return db.all(_runs_at, {"bench": bench, "most": most})


def held_runs(db: Database, most: int = 50) -> list[Row]:
    """Runs that are held, oldest first."""
    return db.all(_held, {"most": most})


def reading(db: Database, reading: str) -> Row | None:
    """A reading, by its identity."""
    return db.one(_reading, {"id": reading})


def readings_of_run(db: Database, run: str) -> list[Row]:
    """What was measured in a run, in the order of its file."""
    return db.all(_readings_of_run, {"run": run})


def waiting(db: Database, most: int = 200) -> list[Row]:
    """Readings without a tube, with ``instrument`` and ``file_private`` of their run."""
    return db.all(_waiting, {"most": most})


def readings_of(db: Database, item: str) -> list[Row]:
    """What was measured of a thing, oldest first, with what its run is: ``instrument``, ``run_state``, ``complete``."""
    return db.all(_of_item, {"item": item})


def run_before(db: Database, since: str, at: str, run: str) -> Row | None:
    """The run that was taken in last before a moment and a run of that moment, but not before another (UTC text)."""
    return db.one(_run_before, {"since": since, "at": at, "id": run})


def readings_since(db: Database, item: str, since: str) -> list[Row]:
    """What was measured of a thing in runs that are not held, taken in since a moment (UTC text): newest run first."""
    return db.all(_of_item_since, {"item": item, "since": since})


def controls(db: Database, since: str, most: int = 500) -> list[Row]:
    """Readings of controls recorded since a moment, with the ``instrument`` of their run, the newest first."""
    return db.all(_controls, {"since": since, "most": most})


def judgements(db: Database, reading: str) -> list[Row]:
    """What the rules said of a reading as one of its tube, each version of them for itself, oldest first."""
    return db.all(_judgements, {"reading": reading})


def former_judgements(db: Database, reading: str, corrected: int) -> list[Row]:
    """What the rules said of a reading while it was corrected so many times: of another tube."""
    return db.all(_former, {"reading": reading, "corrected": corrected})


def taken_back(db: Database, item: str) -> list[Row]:
    """Readings that were taken from a thing, oldest first."""
    return db.all(_taken_back, {"item": item})


def takings_back(db: Database, reading: str) -> list[Row]:
    """From which things a reading was taken, the newest first."""
    return db.all(_takings_back, {"reading": reading})


def choices(db: Database, item: str) -> dict[str, Row]:
    """The reading that a person said stands, by quantity."""
    return {row["analyte"]: row for row in db.all(_choices, {"item": item})}


def concessions(db: Database, item: str) -> list[Row]:
    """The rules that a thing fails and goes on all the same."""
    return db.all(_concessions, {"item": item})


def holders_of_numbers(db: Database, numbers: Iterable[str]) -> dict[str, str]:
    """Which subject has each of these numbers of ours; one that nothing has is left out."""
    asked = {f"accession:{number}": number for number in numbers}
    return {asked[key]: holder for key, holder in keys.load(db, asked).items() if holder is not None}
