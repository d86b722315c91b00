"""``import`` of a published Test Directory: what it says, and, signed with badge and PIN, that it is in force."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from gms_desktop import rights_words
from gms_desktop.cli.signing import as_administrator, met_second
from gms_desktop.errors import Refused
from gms_desktop.exchange.test_directory import DirectoryReading, DirectorySource, source_of
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger, PremiseFailed
from gms_desktop.services import directory_import, kept_files, rights, second_person
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
        raise Refused(f"{file} cannot be read ({fault.strerror}). Check its name and the rights to it.") from fault
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
    as_administrator(data, *signed, lambda ledger, who, _pepper: begun.append(_begun(ledger, who)))
    ((act, at),) = begun
    _keep(source, reading, data, act, at)
    witness: list[str] = []
    told: list[str] = []

    def meet(ledger: Ledger, pepper: bytes) -> None:
        if second[0]:
            witness.append(met_second(ledger, *second, pepper))

    def record(ledger: Ledger, who: str, _pepper: bytes) -> None:
        told.append(_recorded(ledger, reading, act, who, witness[0] if witness else None))

    as_administrator(data, *signed, record, meet)
    return told[0]


def _begun(ledger: Ledger, who: str) -> tuple[str, str]:
    """Before anything of the file is kept: whether they may, its identity, and the time."""
    try:
        rights.permitted(ledger, rights.Actor(who), directory_import.JOB, _zone(ledger))
    except rights.NotAllowed as fault:
        raise Refused(fault.verdict.sentence) from fault
    return ledger.identity(), kept_files.now(ledger)


def _keep(source: DirectorySource, reading: DirectoryReading, data: Path, act: str, at: str) -> None:
    file = bench_file(data)
    file.take()
    try:
        directory_import.keep(file.files, reading, source.content, act, at)
    finally:
        file.release()


def _recorded(ledger: Ledger, reading: DirectoryReading, act: str, who: str, second: str | None) -> str:
    actor, zone = rights.Actor(who), _zone(ledger)
    outcome = directory_import.taken_in(ledger, reading, act, actor, zone)
    verdict = f"{outcome.verdict.title}. {outcome.verdict.sentence}"
    if not outcome.drafts:
        return verdict
    passed = directory_import.passed(ledger, outcome, actor, zone, _witness(ledger, who, second) if second else None)
    try:
        ledger.append(passed.drafts, who, passed.witness)
    except PremiseFailed as fault:
        raise Refused(directory_import.CHANGED) from fault
    return f"{verdict} {directory_import.COUNTERSIGNED}" if passed.countersigned_later else verdict


def _witness(ledger: Ledger, who: str, second: str) -> Witness:
    if second == who:
        raise Refused("The second person is never the same person. Use somebody else's badge.")
    right, said = second_person.second_permit(ledger, rights.Actor(second), directory_import.JOB, _zone(ledger))
    if said.role is None:
        raise Refused(f"The second person may not confirm this. It is confirmed by {rights_words.who_may(right)}.")
    return Witness(second, said.role.value)


def _zone(ledger: Ledger) -> str:
    laboratory = look_up.laboratory(ledger.db)
    return str(laboratory["time_zone"]) if laboratory else "Europe/London"
