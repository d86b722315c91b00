"""``import`` of a published Test Directory: what it says, and, signed with badge and PIN, that it is in force."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from gms_desktop import file_words
from gms_desktop.cli.signed_in import SignedIn, known
from gms_desktop.cli.signing import as_administrator
from gms_desktop.errors import Refused
from gms_desktop.exchange.test_directory import DirectoryReading, DirectorySource, source_of
from gms_desktop.register.ledger import PremiseFailed
from gms_desktop.services import directory_import, kept_files, rights
from gms_desktop.services.second_person import Witness
from gms_desktop.starting import bench_file

Say = Callable[[str], None]
Credentials = tuple[str, str]
READ, REFUSED = 0, 2


def directory_in(file: Path) -> DirectorySource | None:
    """The Test Directory that a file is, or None for a file of requests.

    Raises:
        Refused: when it cannot be read.
    """
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise Refused(file_words.not_read(file, fault, str(file))) from fault
    return source_of(file.name, content)


def take_in_directory(
    source: DirectorySource,
    data: Path,
    say: Say,
    signed: Callable[[], Credentials],
    second: Credentials,
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Say what an edition holds and, unless it is a dry run, put it in force.

    Args:
        source: the edition.
        data: the bench's data folder; a dry run does without.
        say: prints a line.
        signed: asks for badge and PIN of whoever decides it.
        second: badge and PIN of the second person; empty when nobody stands beside.
        dry_run: only say what it holds.
        as_json: say it in JSON.

    Returns:
        0 when it was read, 2 when it is refused.

    Raises:
        Refused: when badge or PIN is not one, they may not approve rules, or a window has the bench open.
    """
    reading = source.read()
    verdict = None if dry_run or reading.directory is None else _for_good(source, reading, data, signed(), second)
    if as_json:
        told = {"outcome": verdict, **directory_import.as_json(reading, dry_run=dry_run)}
        say(json.dumps(told, ensure_ascii=False, indent=2))
        return READ if reading.directory else REFUSED
    if dry_run:
        say("Dry run, nothing was written.")
    for line in directory_import.lines(reading):
        say(line)
    say(verdict or ("" if reading.directory else "Not imported: nothing of the file was taken in."))
    return READ if reading.directory else REFUSED


def _for_good(
    source: DirectorySource, reading: DirectoryReading, data: Path, signed: Credentials, second: Credentials
) -> str:
    begun: list[tuple[str, str]] = []
    as_administrator(data, *signed, lambda by: begun.append(_begun(by)))
    ((act, at),) = begun
    _keep(source, reading, data, act, at)
    witness: list[str] = []
    told: list[str] = []

    def meet(by: SignedIn) -> None:
        if second[0]:
            witness.append(known(by.ledger, *second, by.file.pepper, "Tap the badge of the second person.").id)

    def record(by: SignedIn) -> None:
        told.append(_recorded(by, reading, act, witness[0] if witness else None))

    as_administrator(data, *signed, record, meet)
    return told[0]


def _begun(by: SignedIn) -> tuple[str, str]:
    """Before anything of the file is kept: whether they may, its identity, and the time."""
    by.may(directory_import.JOB)
    return by.ledger.identity(), kept_files.now(by.ledger)


def _keep(source: DirectorySource, reading: DirectoryReading, data: Path, act: str, at: str) -> None:
    file = bench_file(data)
    file.take()
    try:
        directory_import.keep(file.files, reading, source.content, act, at)
    finally:
        file.release()


def _recorded(by: SignedIn, reading: DirectoryReading, act: str, second: str | None) -> str:
    if second == by.who.id:
        raise Refused("The second person is never the same person. Use somebody else's badge.")
    outcome = directory_import.taken_in(by.ledger, reading, act, by.actor, by.time_zone)
    verdict = f"{outcome.verdict.title}. {outcome.verdict.sentence}"
    if not outcome.drafts:
        return verdict
    witness = Witness(second) if second else None
    try:
        passed = directory_import.passed(by.ledger, outcome, by.actor, by.time_zone, witness)
        by.ledger.append(passed.drafts, by.who.id, passed.witness)
    except rights.NotAllowed as fault:
        raise Refused(fault.verdict.sentence) from fault
    except PremiseFailed as fault:
        raise Refused(directory_import.CHANGED) from fault
    return f"{verdict} {directory_import.COUNTERSIGNED}" if passed.countersigned_later else verdict
