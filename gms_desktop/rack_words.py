"""Every sentence about a rack that was compared with what is expected of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gms_desktop.domain.racks.findings import Comparison, Found, Kind, Look, Whereabouts

_SHOWN = 4
_SAID = {"empty": "is empty", "no read": "could not be read"}

TITLES = {
    Kind.WRONG_SIZE: "another size of rack",
    Kind.WRONG_RACK: "another rack",
    Kind.RACK_NOT_READ: "rack code not read",
    Kind.TURNED: "rack turned by 180°",
    Kind.EXPECTED_TWICE: "expected twice",
    Kind.DUPLICATE: "one code twice",
    Kind.TWO_IN_ONE: "two tubes recorded",
    Kind.BARRED: "not to be kept here",
    Kind.STOPPED: "not to be used",
    Kind.FOREIGN: "foreign tube",
    Kind.UNKNOWN: "unknown code",
    Kind.OTHER_BY_HAND: "another code by hand",
    Kind.CONTRADICTED: "told twice",
    Kind.SWAPPED: "swapped",
    Kind.MOVED: "moved",
    Kind.EXTRA: "extra tube",
    Kind.MISSING: "missing",
    Kind.NOT_READ: "not read",
    Kind.NOT_TOLD: "left out by the reader",
    Kind.READER: "the reader says",
    Kind.ORIENTATION: "confirm A01",
    Kind.READ_AGAIN: "read the rack again",
    Kind.EMPTIES: "confirm the empty wells",
}
LOOKS = {
    Look.AGREES: "agree",
    Look.BY_HAND: "agree by hand",
    Look.EMPTY: "empty",
    Look.NO_CODE: "without a code",
    Look.NOT_READ: "not read",
    Look.MISSING: "missing",
    Look.MOVED: "moved",
    Look.SWAPPED: "swapped",
    Look.TURNED: "turned",
    Look.EXTRA: "extra",
    Look.FOREIGN: "foreign",
    Look.UNKNOWN: "unknown",
    Look.DUPLICATE: "twice",
    Look.CONTRADICTED: "told twice",
    Look.BARRED: "not to be kept",
}


def title(found: Found) -> str:
    """A finding in a few words, its wells first: ``F07 and F08 swapped``."""
    return f"{listed(found.wells)} {TITLES[found.kind]}" if found.wells else TITLES[found.kind].capitalize()


def finding(found: Found) -> str:
    """What was read, what was expected, what to do."""
    return _SENTENCES[found.kind](found)


def counted(compared: Comparison) -> str:
    """How many wells have each look, as ``61 agree, 2 swapped, 1 not read, 32 empty: 96 wells``."""
    parts = [f"{often} {LOOKS[look]}" for look, often in compared.counts.items()]
    return f"{', '.join(parts)}: {len(compared.looks)} wells."


def listed(wells: Sequence[str]) -> str:
    """Wells by name; of many the first few, and how many more there are."""
    if len(wells) > _SHOWN + 1:
        return f"{', '.join(wells[:_SHOWN])} and {len(wells) - _SHOWN} more"
    *before, last = wells
    return f"{', '.join(before)} and {last}" if before else last


def belongs(where: Whereabouts | None) -> str:
    """Where a tube is recorded and whose it is; empty where neither is known."""
    if where is None or not where.elsewhere:
        return ""
    place = f"rack {where.rack}" + (f", well {where.well}" if where.well else "") if where.rack else ""
    return ", ".join(part for part in (place, where.whose) if part)


def _wrong_size(found: Found) -> str:
    if not found.wells:
        return f"The rack read has {found.expected} wells. Check which rack stands in the reader, and read again."
    if found.codes:
        return f"{found.codes[0]} was read in {found.wells[0]}, which this rack does not have. Check the rack's size."
    return f"{found.expected} is expected in {found.wells[0]}, which this rack does not have. Check the list."


def _wrong_rack(found: Found) -> str:
    if len(found.codes) > 1:
        return f"The reader read rack {found.codes[0]}, and rack {found.codes[1]} was scanned by hand. Scan it again."
    return f"This is rack {found.codes[0]}. Rack {found.expected} is expected: bring that one, or choose this one."


def _rack_not_read(found: Found) -> str:
    wanted = f" Rack {found.expected} is expected." if found.expected else ""
    return f"The rack's own code was not read.{wanted} Scan it by hand."


def _turned(found: Found) -> str:
    many = f"{len(found.codes)} tubes stand" if len(found.codes) != 1 else "1 tube stands"
    return f"{many} as they would in a turned rack. Turn it so that A01 is at A01, then read again."


def _duplicate(found: Found) -> str:
    home = f" It is expected in {found.expected}." if found.expected else ""
    return f"{found.codes[0]} was read in {listed(found.wells)}.{home} Look at the codes of these tubes; save neither."


def _two_in_one(found: Found) -> str:
    return (
        f"{listed(found.codes)} are recorded in {found.wells[0]} together. The one that was read there is kept by "
        "Save as read; any other then stands in no rack. Look for it."
    )


def _foreign(found: Found) -> str:
    return f"{found.codes[0]} belongs to {belongs(found.where)}.{_expected(found)} {_TAKE_OUT}"


def _unknown(found: Found) -> str:
    return f"{found.codes[0]} is not known here.{_expected(found)} {_TAKE_OUT}"


def _extra(found: Found) -> str:
    known = f"{found.codes[0]} is known, but is not expected in this rack.{_expected(found)}"
    return f"{known} {_TAKE_OUT}" if found.expected else f"{known} Save it as read, or take it out."


def _other_by_hand(found: Found) -> str:
    return (
        f"{found.codes[0]} was scanned for {found.wells[0]}.{_expected(found)} It fills nothing: read the rack again."
    )


def _contradicted(found: Found) -> str:
    said = f": {found.said}" if found.said else ""
    return f"The reader says two things of {found.wells[0]}{said}. Neither is taken. Read the rack again."


def _swapped(found: Found) -> str:
    return f"{found.codes[0]} and {found.codes[1]} changed places. Put them back and read again, or keep them as read."


def _moved(found: Found) -> str:
    left, now = found.wells
    there = f"{left} {_SAID.get(found.left, f'holds {found.left}')}"
    here = f"{found.expected} is expected in {now}" if found.expected else f"nothing is expected in {now}"
    moved = f"{found.codes[0]} stands in {now} and is expected in {left}; {there}, and {here}."
    return f"{moved} Put it back and read again, or keep it as read."


def _missing(found: Found) -> str:
    stands = _SAID.get(found.left, f"holds {found.left}")
    return f"{found.codes[0]} was read nowhere; {found.wells[0]} {stands}. Look for it before you go on."


def _not_read(found: Found) -> str:
    if found.expected:
        return f"{found.expected} is expected here. Scan its side code, or say that the well is empty."
    return f"Nothing is expected in {found.wells[0]}, and it is not empty. Take the tube out and scan it."


def _not_told(found: Found) -> str:
    return f"The reader says nothing of {listed(found.wells)}. That makes no well empty: read the rack again."


def _orientation(found: Found) -> str:
    wanted = f"{found.expected} is expected in A01 and was not read there" if found.expected else "No tube marks A01"
    return f"{wanted}. See that A01 is where the screen shows it, and confirm it."


def _empties(found: Found) -> str:
    many = f"{len(found.wells)} wells have" if len(found.wells) != 1 else "1 well has"
    return f"{many} no code, and this reader cannot tell an empty well from an unread tube. Look, then confirm."


def _expected(found: Found) -> str:
    return f" {found.expected} is expected there." if found.expected else " Nothing is expected there."


_TAKE_OUT = "Take it out and put it in the review rack."
_SENTENCES: dict[Kind, Callable[[Found], str]] = {
    Kind.WRONG_SIZE: _wrong_size,
    Kind.WRONG_RACK: _wrong_rack,
    Kind.RACK_NOT_READ: _rack_not_read,
    Kind.TURNED: _turned,
    Kind.EXPECTED_TWICE: lambda found: (
        f"The list expects {found.codes[0]} in {listed(found.wells)}. Ask whoever sent it; none of these is saved."
    ),
    Kind.DUPLICATE: _duplicate,
    Kind.TWO_IN_ONE: _two_in_one,
    Kind.BARRED: lambda found: f"{found.codes[0]} {found.said}. {_TAKE_OUT}",
    Kind.STOPPED: lambda found: f"{found.codes[0]}: {found.said}. Take it out of this rack first.",
    Kind.FOREIGN: _foreign,
    Kind.UNKNOWN: _unknown,
    Kind.OTHER_BY_HAND: _other_by_hand,
    Kind.CONTRADICTED: _contradicted,
    Kind.SWAPPED: _swapped,
    Kind.MOVED: _moved,
    Kind.EXTRA: _extra,
    Kind.MISSING: _missing,
    Kind.NOT_READ: _not_read,
    Kind.NOT_TOLD: _not_told,
    Kind.READER: lambda found: f"{found.said}." if not found.said.endswith(".") else found.said,
    Kind.ORIENTATION: _orientation,
    Kind.READ_AGAIN: lambda _: "A tube was lifted or moved by hand. Read the rack again; until then nothing is saved.",
    Kind.EMPTIES: _empties,
}
