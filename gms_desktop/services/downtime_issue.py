"""Downtime numbers set aside by an administrator, and packs issued from them.

A set belongs to the writer that mints from it, so that two benches never issue one number, however long they are
apart; a restored or copied bench is a new writer and issues from a set of its own (decision 15).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from gms_desktop import downtime_words
from gms_desktop.domain.identifiers import downtime
from gms_desktop.domain.minting import instant
from gms_desktop.errors import Refused
from gms_desktop.journal.database import Row
from gms_desktop.register import downtime_look_up, look_up
from gms_desktop.register.ledger import Draft, Ledger

if TYPE_CHECKING:
    from gms_desktop.documents.downtime_pack import Pack, PackProof

MOST_IN_A_PACK = 200
MOST_IN_A_SET = 5_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./-]{0,39}")


@dataclass(frozen=True)
class Planned:
    """A pack before it is made: the set, the first count, and its numbers."""

    area: str
    name: str
    first: int
    numbers: tuple[str, ...]


def set_aside(ledger: Ledger, name: str, size: str, administrator: str) -> Draft:
    """The draft that sets numbers aside at this bench.

    Raises:
        Refused: the name or the size cannot be used, or no counts are left to this writer.
    """
    if not _NAME.fullmatch(name.strip()):
        raise Refused(downtime_words.NAME_UNFIT)
    head, laboratory = ledger.head, look_up.laboratory(ledger.db)
    last = max((row["last"] for row in downtime_look_up.ranges_of(ledger.db, head.writer)), default=0)
    most = min(MOST_IN_A_SET, downtime.COUNTER_END - 1 - last)
    if not size.strip().isdecimal() or not 1 <= int(size) <= most:
        raise Refused(downtime_words.size_unfit(most))
    body = {
        "range": ledger.identity(),
        "name": name.strip(),
        "writer": head.writer,
        "letter": laboratory["letter"] if laboratory else "",
        "short_code": head.short_code,
        "first": last + 1,
        "last": last + int(size),
        "by": administrator,
    }
    return Draft("downtime.range_defined", body)


def free(ledger: Ledger) -> int:
    """How many numbers may still be issued at this bench."""
    return sum(left for _, _, left in _left(ledger))


def plan(ledger: Ledger, count: int) -> Planned:
    """The numbers of the next pack; nothing is written.

    Raises:
        Refused: the count is out of range, or no set of this bench has so many numbers left.
    """
    if not 1 <= count <= MOST_IN_A_PACK:
        raise Refused(downtime_words.count_unfit(MOST_IN_A_PACK))
    left = _left(ledger)
    for row, first, many in left:
        if many >= count:
            counts = range(first, first + count)
            minted = tuple(downtime.mint(row["letter"], row["short_code"], one) for one in counts)
            return Planned(row["id"], row["name"], first, minted)
    most = max((many for _, _, many in left), default=0)
    raise Refused(downtime_words.too_few(most) if most else downtime_words.NO_NUMBERS)


def _left(ledger: Ledger) -> list[tuple[Row, int, int]]:
    rows = downtime_look_up.ranges_of(ledger.db, ledger.head.writer)
    found = [(row, max(downtime_look_up.last_place(ledger.db, row["id"]) + 1, row["first"])) for row in rows]
    return [(row, first, row["last"] - first + 1) for row, first in found if first <= row["last"]]


def sheets(ledger: Ledger, planned: Planned, bench: str, who: str) -> Pack:
    """What the pack is printed from."""
    from gms_desktop.documents.downtime_pack import Pack
    from gms_desktop.services.find import local_minute

    laboratory = look_up.laboratory(ledger.db)
    assert laboratory is not None
    at = local_minute(instant(ledger.clock.now()), laboratory["time_zone"])
    made = f"Made {at} at {bench} by {who}"
    return Pack(laboratory["name"], planned.name, made, planned.numbers, bool(laboratory["rehearsal"]))


def issued(ledger: Ledger, planned: Planned, proof: PackProof, pack: str = "") -> list[Draft]:
    """The act that issues a pack whose file has been made, read back and, under the pack's identity, kept.

    Raises:
        Refused: other numbers were issued since it was planned.
    """
    if plan(ledger, len(planned.numbers)) != planned:
        raise Refused(downtime_words.CHANGED_ON_THE_WAY)
    pack = pack or ledger.identity()
    body = {
        "pack": pack,
        "range": planned.area,
        "bench": ledger.head.writer,
        "count": len(planned.numbers),
        "sha256": sha256(proof.payload).hexdigest(),
        "pages": proof.pages,
    }
    numbers = [
        Draft("downtime.number_issued", {"number": number, "pack": pack, "place": place})
        for place, number in enumerate(planned.numbers, start=planned.first)
    ]
    return [Draft("downtime.pack_printed", body), *numbers]
