"""Questions about the Test Directory to the register: which edition was in force when, and what a code means in it."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement

_in_force = text_statement(
    "SELECT d.* FROM directory_in_force f JOIN directory d ON d.id = f.directory ORDER BY f.id DESC"
)
_of_source = text_statement(
    "SELECT d.* FROM directory_in_force f JOIN directory d ON d.id = f.directory WHERE f.id = :source"
)
# An edition or two a year: the table is looked through.
_at = text_statement("SELECT * FROM directory WHERE source = :source AND at <= :at ORDER BY at DESC, id DESC LIMIT 1")
_editions = text_statement("SELECT * FROM directory ORDER BY at DESC, id DESC LIMIT :most")
_indication = text_statement("SELECT * FROM indication WHERE id = :id")
_tests = text_statement("SELECT * FROM directory_test WHERE id >= :low AND id < :high")
_codes = text_statement("SELECT code FROM directory_test WHERE id >= :low AND id < :high")
_unread = text_statement("SELECT * FROM directory_unread WHERE id >= :low AND id < :high ORDER BY id")
_awaited = text_statement(
    "SELECT r.test, count(*) AS requests, max(coalesce(a.at, r.at)) AS at FROM request r LEFT JOIN "
    "(SELECT request, max(at) AS at FROM amendment WHERE field = 'test' GROUP BY request) a ON a.request = r.id "
    "WHERE r.state = 'expected' AND r.test IS NOT NULL GROUP BY r.test ORDER BY r.test LIMIT :most"
)


def _of(owner: str) -> dict[str, str]:
    """The range of ids of the rows of one owner."""
    return {"low": f"{owner}/", "high": f"{owner}0"}


def in_force(db: Database) -> list[Row]:
    """The edition in force of each directory, that of rare and inherited disease first."""
    return db.all(_in_force)


def of_source(db: Database, source: str, at: str | None = None) -> Row | None:
    """The edition of a directory that is in force, or was at a moment (UTC text); None where none was taken in."""
    former = db.one(_at, {"source": source, "at": at}) if at is not None else None
    # Before the first edition was taken in, that one is all that can be gone by.
    return former or db.one(_of_source, {"source": source})


def editions(db: Database, most: int = 50) -> list[Row]:
    """Every edition taken in, newest first."""
    return db.all(_editions, {"most": most})


def indication(db: Database, directory: str, code: str) -> Row | None:
    """An indication of an edition."""
    return db.one(_indication, {"id": f"{directory}/{code}"})


def tests(db: Database, directory: str, code: str) -> list[Row]:
    """The tests of an indication of an edition, by number."""
    found = db.all(_tests, _of(f"{directory}/{code}"))
    return sorted(found, key=lambda row: _number(row["code"]))


def codes(db: Database, directory: str) -> set[str]:
    """The code of every test of an edition."""
    return {code for (code,) in db.tuples(_codes, _of(directory))}


def unread(db: Database, directory: str) -> list[Row]:
    """What was not read of an edition's file."""
    return db.all(_unread, _of(directory))


def awaited(db: Database, most: int = 500) -> list[Row]:
    """The tests that requests of which nothing has arrived name: how many name each, and when the last one came so."""
    return db.all(_awaited, {"most": most})


def _number(code: str) -> tuple[int, str]:
    # Only to put R14.2 before R14.10: the code itself stays text.
    last = code.rpartition(".")[2]
    return (int(last) if last.isascii() and last.isdigit() else 0, code)
