"""``exports``: what was saved from the bench, by whom, and how it stands with each file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from gms_desktop import exports, settings
from gms_desktop import protection_words as words
from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.reading import look_at, reading
from gms_desktop.domain.exports import Standing
from gms_desktop.register import look_up
from gms_desktop.services import exported, sign_in

Say = Callable[[str], None]


def list_exports(data: Path, say: Say) -> int:
    """List every export of a year, the newest first, and the files of the exports folder that are none.

    Returns:
        0, or 1 when a person should see to something.

    Raises:
        Refused, Unavailable: when the bench's file cannot be read.
    """
    wanted = (settings.read(data) or settings.Settings()).exports
    folder, now = exports.folder_of(data, wanted), datetime.now(UTC)
    with reading(data / DATABASE, data) as db:
        ledger = look_at(db)
        every = exports.standing(exported.listed(ledger), folder)
        laboratory = look_up.laboratory(db)
        zone = laboratory["time_zone"] if laboratory else "Europe/London"
        people = {one.export.operator for one in every if one.export.operator}
        names = {who: person.name for who in people if (person := sign_in.operator(ledger, who))}
    say(words.exports_folder(str(folder), wanted.days))
    for one in every:
        say(words.export_line(one.export, one.standing, names.get(one.export.operator or "", ""), zone))
    others = exports.strangers(every, folder)
    for name in others:
        say(words.stranger(name))
    late = [one for one in every if one.standing is Standing.HERE and one.export.is_due(now)]
    if late:
        say(words.due(len(late)))
    if not every and not others:
        say(words.NO_EXPORTS)
    return 1 if others or late else 0


def to_see_to(data: Path) -> tuple[int, int]:
    """How many files lie in the exports folder, and how many of them a person should see to.

    Raises:
        Refused, Unavailable: when settings or the bench's file cannot be read.
    """
    folder, now = exports.folder_of(data, (settings.read(data) or settings.Settings()).exports), datetime.now(UTC)
    with reading(data / DATABASE, data) as db:
        every = exports.standing(exported.listed(look_at(db)), folder)
    here = [one for one in every if one.standing is Standing.HERE]
    others, late = exports.strangers(every, folder), [one for one in here if one.export.is_due(now)]
    return len(here) + len(others), len(others) + len(late)


def say_saved(data: Path, say: Say) -> int:
    """Say how many files that were saved from this bench may still lie somewhere; 1 where there are any."""
    wanted = (settings.read(data) or settings.Settings()).exports
    with reading(data / DATABASE, data) as db:
        every = exports.standing(exported.listed(look_at(db)), exports.folder_of(data, wanted))
    left = [one for one in every if one.export.own and one.standing in _MAY_BE_THERE]
    if left:
        say(words.saved_may_name(len(left)))
    return int(bool(left))


_MAY_BE_THERE = frozenset({Standing.HERE, Standing.CHANGED, Standing.ELSEWHERE, Standing.GONE})
