"""An edition of the Test Directory taken in: whole, as one decision, with its file kept as it came."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gms_desktop.domain import test_directory as rules
from gms_desktop.domain.rights import Alone
from gms_desktop.domain.test_directory import Indication, Test
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.errors import Refused
from gms_desktop.exchange.test_directory import DirectoryReading
from gms_desktop.files.store import FileStore
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body
from gms_desktop.journal.kinds_of_directory import source
from gms_desktop.register import directory_look_up as look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import gate, rights
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.second_person import SecondWanted, Witness
from gms_desktop.services.test_directory import edition_of, edition_words

JOB = "approve rules"
CHANGED = "Another edition was taken in meanwhile. Look at the Expected screen, then give the file again."
COUNTERSIGNED = "A second person countersigns it: Today lists it under “To confirm or review”."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# An entry has at most 64 kB; what stands beside the tests is far less than the rest.
_MOST_BYTES = 40_000
_MOST_UNREAD, _LONGEST_WHY = 200, 200


def taken_in(ledger: Ledger, reading: DirectoryReading, act: str, actor: rights.Actor, time_zone: str) -> Outcome:
    """What taking an edition in comes to: one act with an entry for the edition and one for each indication.

    Args:
        ledger: the bench's.
        reading: the edition, read.
        act: its identity, for which its file is kept already.
        actor: who decides that it is in force.
        time_zone: the laboratory's.

    Raises:
        NotAllowed: when they may not decide so.
    """
    if reading.directory is None:
        return Outcome(Verdict(VerdictKind.REFUSED, "Not taken in", reading.refused))
    edition = reading.directory.edition
    former = look_up.of_source(ledger.db, edition.section.value)
    if former is not None and former["sha256"] == reading.sha256:
        return Outcome(Verdict(VerdictKind.ALREADY, "In force already", f"{_count(reading)} Nothing was changed."))
    role = rights.permitted(ledger, actor, JOB, time_zone).role
    drafts = [_edition_draft(ledger, reading, act, actor.operator, role.value if role else "")]
    drafts += [draft for one in reading.directory.indications for draft in _indication_drafts(act, one)]
    return Outcome(_taken_in_words(ledger.db, reading, former), tuple(drafts))


def _edition_draft(ledger: Ledger, reading: DirectoryReading, act: str, by: str, role: str) -> Draft:
    assert reading.directory is not None
    edition, pen = reading.directory.edition, ledger.pen()
    known = source(edition.section.value)
    body: Body = {
        "directory": act,
        "source": edition.section.value,
        "title": edition.title or None,
        "version": edition.version or None,
        "published": edition.published or None,
        "draft": int(edition.draft),
        "file": pen.write(reading.name, f"directory:{act}"),
        "sha256": reading.sha256,
        "size": reading.size,
        "indications": reading.indications,
        "tests": reading.tests,
        "unparsed": reading.unread_rows,
        "unread": [
            {"sheet": one.sheet, "row": one.row, "why": one.why[:_LONGEST_WHY]} for one in reading.unread[:_MOST_UNREAD]
        ],
        "follows": ledger.driver.holders([f"last:{known}"])[f"last:{known}"],
        "by": by,
        "role": role,
    }
    return Draft("directory.taken_in", body, pen.values, {"by": "file"})


def _indication_drafts(act: str, indication: Indication) -> Iterator[Draft]:
    for tests in _fitting([_as_body(test) for test in indication.tests]):
        body: Body = {"directory": act, "code": indication.code, "name": indication.name, "tests": tests}
        yield Draft("directory.indication", body, input={"by": "file"})


def _as_body(test: Test) -> dict[str, str | None]:
    said = {
        "code": test.code,
        "name": test.name,
        "target": test.target,
        "method": test.method,
        "scope": test.scope,
        "category": test.category,
        "specialty": test.group,
    }
    return {name: value or None for name, value in said.items()}


def _fitting(tests: Sequence[dict[str, str | None]]) -> Iterator[list[dict[str, str | None]]]:
    """The tests of one indication in as many parts as entries are needed: nearly always one."""
    part: list[dict[str, str | None]] = []
    size = 0
    for test in tests:
        own = len(json.dumps(test, ensure_ascii=False).encode())
        if part and size + own > _MOST_BYTES:
            yield part
            part, size = [], 0
        part.append(test)
        size += own
    yield part


@dataclass(frozen=True)
class Passed:
    """An act as it is recorded: with its witness, or to be countersigned."""

    drafts: list[Draft]
    witness: str | None
    countersigned_later: bool


def passed(ledger: Ledger, outcome: Outcome, actor: rights.Actor, time_zone: str, witness: Witness | None) -> Passed:
    """The act through the gate of rights and second persons.

    Raises:
        NotAllowed: when the person may not approve rules.
        Refused: when the laboratory wants a second person first.
    """
    bench, beside = ledger.head.writer, gate.Beside(witness)
    try:
        drafts, named = gate.passed(ledger, outcome, actor, time_zone, bench, beside)
    except SecondWanted as wanted:
        if wanted.rule.alone is not Alone.COUNTERSIGN:
            raise Refused(
                "Taking a Test Directory in needs a second person here, who is not the same person: close the "
                "application and give both badges to gms-desktop import."
            ) from wanted
        drafts, named = gate.passed(ledger, outcome, actor, time_zone, bench, gate.Beside(later=True))
    return Passed(drafts, named, any(draft.kind == "second.asked" for draft in drafts))


def keep(files: FileStore, reading: DirectoryReading, content: bytes, act: str, at: str) -> None:
    """Put the file on disk before anything of it is recorded.

    Raises:
        Refused, Unavailable: when it cannot be kept: then nothing of it must be taken in.
    """
    if reading.directory is not None:
        files.put(content, XLSX, f"directory:{act}", at)


def _count(reading: DirectoryReading) -> str:
    assert reading.directory is not None
    return f"{edition_words(reading.directory.edition)}: {reading.indications:,} indications, {reading.tests:,} tests."


def _taken_in_words(db: Database, reading: DirectoryReading, former: Row | None) -> Verdict:
    said = [_count(reading)]
    if former is not None:
        said.append(_against(db, reading, former))
    if reading.unread_rows:
        rows = f"{reading.unread_rows} {'row was' if reading.unread_rows == 1 else 'rows were'}"
        said.append(f"{rows} not read: a dry run lists them.")
    kind = VerdictKind.ATTENTION if reading.unread_rows else VerdictKind.FINISHED
    return Verdict(kind, "Test Directory in force", " ".join(said))


def _against(db: Database, reading: DirectoryReading, former: Row) -> str:
    assert reading.directory is not None
    before, now = look_up.codes(db, former["id"]), set(reading.directory.tests)
    gone, new = len(before - now), len(now - before)
    return f"It takes the place of {edition_words(edition_of(former))}: {new} tests are new, {gone} are gone."


def as_json(reading: DirectoryReading, *, dry_run: bool) -> dict[str, Any]:
    """What was read, for ``gms-desktop import --json``."""
    found = reading.directory
    edition = found.edition if found else None
    return {
        "file": reading.name,
        "layout": "Test Directory",
        "dry_run": dry_run,
        "refused": reading.refused,
        "directory": edition.section.value if edition else "",
        "title": edition.title if edition else "",
        "version": edition.version if edition else "",
        "published": edition.published if edition else "",
        "draft": edition.draft if edition else False,
        "indications": reading.indications,
        "tests": reading.tests,
        "method_spellings": sum(len(ways) for ways in rules.spellings(found).values()) if found else 0,
        "rows": reading.rows,
        "unread": [{"sheet": one.sheet, "row": one.row, "why": one.why} for one in reading.unread],
        "notes": list(reading.notes),
        "sha256": reading.sha256,
        "size": reading.size,
    }


def lines(reading: DirectoryReading) -> Iterator[str]:
    """What was read, in sentences."""
    if reading.directory is None:
        yield reading.refused
    else:
        yield reading.directory.edition.title or "The file states no title."
        yield _count(reading)
        yield f"SHA-256 {reading.sha256}"
    if reading.unread:
        yield "Not read:"
    for one in reading.unread:
        yield f"  {one.sheet}, row {one.row}: {one.why}" if one.row else f"  sheet “{one.sheet}”: {one.why}"
    if reading.notes:
        yield "To look at:"
    for note in reading.notes:
        yield f"  {note}"
