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
