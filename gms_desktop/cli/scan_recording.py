"""``device record``: the scans of a day or of some days, to be played into a rehearsal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.reading import look_at, reading
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import store
from gms_desktop.journal.entry import Entry
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services.scan_record import Line, recorded, to_text

Say = Callable[[str], None]
RECORDED, NOTHING = 0, 1


def record(out: Path, day: str, until: str, data: Path, say: Say) -> int:
    """Write the scans of this bench to a file.

    Args:
        out: the file; nothing is overwritten.
        day: the first day, ``2026-11-22``; today when empty.
        until: the last day, which counts as well; the first when empty.
        data: the bench's data folder.
        say: prints a line.

    Returns:
        0, or 1 when nothing was scanned on these days.

    Raises:
        Refused: a day that is none, or a file that is there.
        Unavailable: the file cannot be written.
    """
    if out.exists():
        raise Refused(f"{out} is there already. Choose another name: nothing is overwritten.")
    with reading(data / DATABASE, data) as db:
        ledger = look_at(db)
        lines = list(recorded(_entries(ledger, *_span(ledger, day, until))))
    count = Counter(one.line for one in lines)
    if not count[Line.SCAN]:
        say("Nothing was scanned here on these days that could be played. Name another: --day 2026-11-22.")
        return NOTHING
    try:
        with out.open("x", encoding="utf-8") as file:
            file.writelines(to_text(lines))
    except OSError as fault:
        raise Unavailable(f"{out} cannot be written ({fault.strerror}). Name another file: --out FILE.") from fault
    say(f"Written: {out}, {count[Line.SCAN]} scans.")
    say(f"Not in it: may identify a patient or could not be read: {count[Line.PRIVATE]}; badges: {count[Line.BADGE]}.")
    return RECORDED


def is_rehearsal(data: Path) -> bool:
    """Whether the bench in a folder is one of made-up people."""
    with reading(data / DATABASE, data) as db:
        return bool((look_up.laboratory(look_at(db).db) or {}).get("rehearsal"))


def _entries(ledger: Ledger, since: str, before: str) -> Iterator[Entry]:
    """This bench's own entries of a span, also those before it was restored; who was signed in first comes first."""
    own = {writer.writer for writer in store.writers(ledger.db)}
    session: Entry | None = None
    begun = False
    for lot in store.since(ledger.db):
        for entry in (one.entry for one in lot if one.entry.writer in own):
            if entry.occurred_at < since:
                session = entry if entry.kind == "session.changed" else session
            elif entry.occurred_at < before:
                if not begun and session is not None:
                    yield session
                begun = True
                yield entry


def _span(ledger: Ledger, day: str, until: str) -> tuple[str, str]:
    zone = ZoneInfo((look_up.laboratory(ledger.db) or {}).get("time_zone", "Europe/London"))
    first = _day(day) if day else datetime.now(zone).date()
    last = _day(until) if until else first
    return _midnight(first, zone), _midnight(last + timedelta(days=1), zone)


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as fault:
        raise Refused(f"{said} is no day. Write it as 2026-11-22.") from fault


def _midnight(day: date, zone: ZoneInfo) -> str:
    """When a day begins here, in the form of the journal."""
    return datetime.combine(day, time(), zone).astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
