"""The Test Directory in use: completes the test that a request names, and says what is odd about it."""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop.domain import test_directory as rules
from gms_desktop.domain.test_directory import Edition, Indication, Meaning, Odd, Section, Test, TestFinding
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import afterwards_look_up
from gms_desktop.register import directory_look_up as look_up


@dataclass(frozen=True)
class Told:
    """What the directory says of the test that a request names.

    Attributes:
        words: ``R14.1 Acutely unwell children …: WGS``; the code alone where the directory has none of it.
        finding: what is odd about it.
        meaning: the indication and test themselves.
        edition: the edition it was looked up in.
    """

    words: str
    finding: TestFinding | None
    meaning: Meaning
    edition: Edition

    @property
    def unknown(self) -> bool:
        """Whether the directory does not have what the request names; to choose among tests is not odd."""
        return self.finding is not None and self.finding.odd is not Odd.CHOOSE


def edition_of(row: Row) -> Edition:
    """An edition as the register has it."""
    said = {name: row[name] or "" for name in ("title", "version", "published")}
    section = Section(row["source"]) if row["source"] in {one.value for one in Section} else Section.OTHER
    return Edition(section, **said, draft=bool(row["draft"]))


def told(db: Database, code: str, at: str | None = None) -> Told | None:
    """What a request's code means in the edition in force, or in the one that was when the request came.

    Args:
        db: the bench's.
        code: as the request has it.
        at: when the request came (UTC text).

    Returns:
        None for what has not the shape of a code, and where no edition of its directory was taken in.
    """
    code = rules.normalised(code)
    if not rules.is_code(code):
        return None
    row = look_up.of_source(db, rules.section_of(code).value, at)
    if row is None:
        return None
    indication = _indication(db, row["id"], rules.indication_of(code))
    meaning, edition = rules.meaning(code, indication), edition_of(row)
    return Told(meaning.words, rules.check(meaning, edition), meaning, edition)


def _indication(db: Database, directory: str, code: str) -> Indication | None:
    row = look_up.indication(db, directory, code)
    if row is None:
        return None
    tests = tuple(
        Test(
            one["code"],
            one["indication"],
            *(one[name] or "" for name in ("name", "target", "method", "scope", "category", "specialty")),
        )
        for one in look_up.tests(db, directory, code)
    )
    return Indication(row["code"], row["name"] or "", tests)


def in_words(db: Database, request: Row) -> tuple[str, str]:
    """A request's test completed from the directory, and what is odd about it: nothing where no code is known.

    A test that was amended is read by the edition that was in force then.
    """
    code = str(request["test"] or "")
    since = (afterwards_look_up.test_amended(db, request["id"]) or request["at"]) if code else None
    said = told(db, code, since) if code else None
    if said is None:
        return code, ""
    return said.words, said.finding.sentence if said.finding else ""


def standing(db: Database) -> tuple[str, ...]:
    """Each edition in force, in words, for the Expected screen."""
    return tuple(
        f"{edition_words(edition_of(row))}: {row['indications']:,} indications, {row['tests']:,} tests"
        for row in look_up.in_force(db)
    )


def awaited_unknown(db: Database) -> tuple[str, ...]:
    """Tests of expected requests that the directory does not have, and how many requests name each."""
    if not look_up.in_force(db):
        return ()
    said = ((row["requests"], told(db, row["test"], row["at"])) for row in look_up.awaited(db))
    return tuple(
        f"{one.finding.sentence} {count} expected {'request names' if count == 1 else 'requests name'} it."
        for count, one in said
        if one is not None and one.finding is not None and one.unknown
    )


def edition_words(edition: Edition) -> str:
    """Which edition it is: ``rare and inherited disease v5.1, June 2023``."""
    said = [f"{edition.section.value} {edition.version or '(version not stated)'}", edition.published]
    return ", ".join(part for part in (*said, "draft" if edition.draft else "") if part)
