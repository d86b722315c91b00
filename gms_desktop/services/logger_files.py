"""A temperature logger's file at either end of a journey: kept as it came, read where it is a table, and judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from gms_desktop import logger_words
from gms_desktop.domain.consignments.on_the_way import Range, Travelled, travelled
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.exchange import temperature_log
from gms_desktop.journal.entry import Entry
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import kept_files
from gms_desktop.services.find import local_minute

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

PDF = b"%PDF-"
_NAMED = 20
_SHOWN = 3


def is_one(content: bytes) -> bool:
    """Whether a file may be a logger's: a PDF, or a table with a time and a temperature."""
    if content.startswith(PDF):
        return True
    try:
        temperature_log.read(content)
    except temperature_log.NotALog as fault:
        return fault.why in {"unit", "empty"}
    return True


def body_of(found: Travelled | None, allowed: Range) -> dict[str, object]:
    """What is recorded of the readings; the file has them all."""
    if found is None:
        return dict.fromkeys(("lowest", "highest", "readings", "gaps", "outside", "many_outside", "limits"))
    named = [[one.at, str(one.value)] for one in found.outside[:_NAMED]]
    return {
        "lowest": str(found.lowest) if found.lowest is not None else None,
        "highest": str(found.highest) if found.highest is not None else None,
        "readings": found.readings,
        "gaps": found.gaps,
        "outside": named,
        "many_outside": len(found.outside),
        "limits": allowed.words or None,
    }


def kept(ledger: Ledger, desk: Desk, document: str, content: bytes, allowed: Range) -> Travelled | Verdict | None:
    """The file is kept, and what it says; None for a PDF, which a person reads; or why it is not taken in."""
    is_pdf = content.startswith(PDF)
    try:
        found = None if is_pdf else travelled(temperature_log.read(content), allowed)
        if desk.files is None:
            raise Refused("This bench keeps no files")
        media = kept_files.PDF if is_pdf else "text/csv"
        desk.files().put(content, media, f"document:{document}", kept_files.now(ledger))
    except temperature_log.NotALog as fault:
        return logger_words.not_read(fault.why)
    except (Refused, Unavailable) as fault:
        return logger_words.not_kept(str(fault))
    return found


def judged(number: str, whose: str, found: Travelled | None, allowed: Range) -> Verdict:
    """What the bench says of a logger's file.

    Args:
        number: of the consignment.
        whose: whose paper would lay the limits down, as ``profile of EXAMPLE``.
        found: what the logger said; None for a PDF.
        allowed: those limits.
    """
    if found is None:
        return logger_words.attached(number)
    said = summary(body_of(found, allowed))
    if found.outside:
        first = found.outside[0]
        return logger_words.outside(number, said, f"{first.at} ({first.value} °C)")
    if found.gaps:
        return logger_words.gaps(number, said)
    if not allowed.laid_down:
        return logger_words.no_limits(number, said, whose)
    return logger_words.within(number, said)


def summary(body: Mapping[str, object]) -> str:
    """What is recorded of a logger's file, in one line."""
    if body["readings"] is None:
        return logger_words.pdf()
    return logger_words.summary(
        str(body["lowest"]),
        str(body["highest"]),
        int(str(body["readings"])),
        int(str(body["gaps"])),
        int(str(body["many_outside"])),
        str(body["limits"] or ""),
    )


def of_entries(entries: Iterable[Entry], desk: Desk) -> tuple[tuple[str, str], ...]:
    """Logger's files as they were read out here, each in a line."""
    return tuple(
        line for one in entries for line in lines(f"{local_minute(one.occurred_at, desk.time_zone)}: ", one.body)
    )


def lines(before: str, body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """One logger's file, and when it was outside."""
    yield "Temperature", f"{before}{summary(body)}"
    if body["outside"]:
        said = tuple(f"{at}, {value} °C" for at, value in body["outside"][:_SHOWN])
        yield "Outside", logger_words.times(said, body["many_outside"] - len(said))
