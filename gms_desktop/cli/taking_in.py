"""``import``: takes a file of expected requests in, or says what it would do."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import typer

from gms_desktop import file_words, toml_words, words
from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.reading import look_at, reading
from gms_desktop.cli.signed_in import SignedIn, signed_in
from gms_desktop.errors import Refused
from gms_desktop.exchange.mapped import MappingError
from gms_desktop.exchange.problem_words import file_sentence, row_sentence
from gms_desktop.given_text import text_of
from gms_desktop.journal import store
from gms_desktop.logs import Event, kept, log
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import expect, kept_files, site_rules

Say = Callable[[str], None]
T = TypeVar("T")

LANDED, NONE_LANDED, FILE_REFUSED = 0, 1, 2


def take_in(
    file: Path, mapping: Path | None, data: Path, say: Say, *, badge: str, pin: str, dry_run: bool, as_json: bool
) -> int:
    """Take a file in for whoever has this badge and PIN, and say what landed, what waits and why.

    Args:
        file: the file of expected requests.
        mapping: its column mapping, when its layout is no published one.
        data: the bench's data folder.
        say: prints a line.
        badge: of whoever takes it in; nobody's is needed for a dry run.
        pin: theirs.
        dry_run: only say what would land.
        as_json: say it in JSON.

    Returns:
        0 when rows landed or were here already, 1 when none did, 2 when the file is refused.

    Raises:
        Refused: when the file or mapping cannot be used, a window has the bench open, the bench is not set up, badge
            or PIN is not one, or the person may not take files in.
        Unavailable: when the data folder or file cannot be used.
    """
    content, columns = _bytes_of(file), _mapping_of(mapping)

    def plan(ledger: Ledger) -> expect.Plan:
        return _plan(ledger, file.name, content, columns)

    made = _dry_run(data, plan) if dry_run else _for_good(data, badge, pin, plan, content)
    if as_json:
        say(json.dumps(expect.as_json(made, dry_run=dry_run), ensure_ascii=False, indent=2))
    else:
        _tell(made, say, dry_run=dry_run)
    if made.refused:
        return FILE_REFUSED
    return LANDED if made.landed or made.already else NONE_LANDED


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise Refused(file_words.not_read(file, fault, str(file))) from fault


def _mapping_of(path: Path | None) -> Mapping[str, Any] | None:
    if path is None:
        return None
    text = text_of(path)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        raise Refused(
            f"The column mapping {path} cannot be read: {toml_words.why(fault)}. Put that place right."
        ) from fault


def _plan(ledger: Ledger, name: str, content: bytes, mapping: Mapping[str, Any] | None) -> expect.Plan:
    try:
        reading_of_file = expect.read_file(name, content, mapping, site_rules.severities(ledger.db))
    except MappingError as fault:
        raise Refused(f"The column mapping cannot be used. {fault}") from fault
    return _whole(expect.plan(ledger, reading_of_file))


def _whole(slices: Generator[None, None, T]) -> T:
    while True:
        try:
            next(slices)
        except StopIteration as end:
            made: T = end.value
            return made


def _dry_run(data: Path, plan: Callable[[Ledger], expect.Plan]) -> expect.Plan:
    with reading(data / DATABASE, data) as db:
        return plan(look_at(db))


def _for_good(data: Path, badge: str, pin: str, plan: Callable[[Ledger], expect.Plan], content: bytes) -> expect.Plan:
    with signed_in(data, badge, pin, within=kept(data)) as by:
        # Before anything of the file is kept here.
        by.may("import")
        made = plan(by.ledger)
        kept_files.keep_import(by.file.files, made.reading, content, made.act, kept_files.now(by.ledger))
        _land(by, made)
        log(Event.TAKEN_IN, rows=len(made.landed), waiting=len(made.waiting))
        for notice in by.file.notices:
            typer.echo(notice, err=True)
    return made


def _land(by: SignedIn, made: expect.Plan) -> None:
    if made.refused:
        return
    with by.ledger.db.write():
        by.ledger.append(by.entitled(made.drafts), by.who.id)
    with by.ledger.db.write():
        while store.index_private(by.ledger.db):
            pass


def _tell(made: expect.Plan, say: Say, *, dry_run: bool) -> None:
    for problem in made.reading.file_problems:
        say(file_sentence(problem))
    if made.refused:
        say("Not imported: nothing of the file was taken in.")
        return
    said = words.imported(len(made.landed), len({problem.row for problem in made.waiting}), len(made.already))
    say(f"{'Dry run, nothing was written' if dry_run else said.title}. {said.sentence}")
    if made.waiting:
        say("Waiting in the fix-it list:")
    for row in made.waiting:
        say(f"  {row_sentence(row)}")
    if made.reading.warnings:
        say("To look at:")
    for row in made.reading.warnings:
        say(f"  {row_sentence(row)}")
