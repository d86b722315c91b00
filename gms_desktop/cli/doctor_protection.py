"""The doctor's look at what protects a bench's data at rest: encryption, and rights to its folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from gms_desktop import own_rights
from gms_desktop import protection_words as words
from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.doctor_lines import Line, to_do, well
from gms_desktop.cli.exported import to_see_to
from gms_desktop.cli.protecting import open_ones
from gms_desktop.cli.reading import reading
from gms_desktop.domain import dates
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import secret_store, store
from gms_desktop.journal.sqlite_file import DriverError

_NAMED = 3


def protection_lines(data: Path) -> Iterator[Line]:
    """Lines about what others could read."""
    try:
        lying_open = open_ones(data)
    except Refused:  # settings that cannot be read have a line of their own
        lying_open = []
    if lying_open:
        yield to_do("Encryption", words.lies_open(", ".join(lying_open)))
    elif (data / DATABASE).exists():
        yield well("Encryption", words.NOTHING_OPEN)
    others = own_rights.open_to_others(data)
    # Secrets have a line of their own, with a command of their own.
    others = [name for name in others if not name.startswith("secrets/")]
    if others:
        yield to_do("Rights", words.others_may_read(", ".join(others[:_NAMED])))
    yield from _recovery_key(data)
    with suppress(Refused, Unavailable, DriverError):  # a file that cannot be read has a line of its own
        many, left = to_see_to(data)
        if many:
            yield to_do("Exports", words.to_see_to(left)) if left else well("Exports", words.saved_here(many))


def _recovery_key(data: Path) -> Iterator[Line]:
    with suppress(Refused, Unavailable, DriverError), reading(data / DATABASE, data) as db:
        at = store.meta(db, secret_store.RECOVERY_KEY_SHOWN)
        if at is None:
            yield to_do("Recovery key", words.KEY_NEVER_SHOWN)
        else:
            yield well("Recovery key", words.key_shown(dates.display(datetime.fromisoformat(at).date())))
