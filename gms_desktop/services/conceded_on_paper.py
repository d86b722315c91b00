"""What goes on although it fails: who said so, who stood beside, and why, for every paper that follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gms_desktop.journal.database import Database
from gms_desktop.register import look_up, rack_look_up, reading_look_up


def of_things(db: Database, items: Iterable[str], zone: str) -> tuple[str, ...]:
    """Every concession of a rule that some things fail, each in full."""
    with_one = [item for item in dict.fromkeys(items) if reading_look_up.concessions(db, item)]
    if not with_one:
        return ()
    from gms_desktop.services import qc_reports

    return tuple(words for item in with_one for words in qc_reports.concessions_of(db, item, zone))


def of_codes(db: Database, codes: Iterable[str], zone: str) -> Iterator[str]:
    """The same of tubes, each line with the tube's code."""
    for code in codes:
        yield from (f"{code}: {words}" for words in of_things(db, in_tube(db, code), zone))


def in_tube(db: Database, code: str) -> tuple[str, ...]:
    """A tube and the eluate in it, as entries name them; nothing for a code that is no tube's."""
    tube = rack_look_up.tube_by_code(db, code)
    if tube is None:
        return ()
    eluate = [f"eluate:{tube['source']}"] if tube["source_sort"] == "eluate" else []
    return (f"tube:{tube['id']}", *eluate)


def of_specimen(db: Database, specimen: str, zone: str) -> tuple[str, ...]:
    """What was conceded of a specimen when it was accepted, and of a rule that it fails."""
    from gms_desktop.services import concessions

    row = look_up.row(db, "specimen", specimen)
    accepted = [said for _, said in concessions.concessions(db, row)] if row is not None else []
    return (*accepted, *of_things(db, (f"specimen:{specimen}",), zone))
