"""The shift handover: the sheet from the register, notes for the next shift, and the two signatures under a sheet.

Whoever goes off duty signs the sheet's text; whoever comes on duty, never the same person, signs the same text. It is
kept with the first signature, so that it is taken over as it was handed over, at any bench.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gms_desktop import handover_words
from gms_desktop.documents.handover import Line, Note, Section, Sheet, Signature, Signatures, read_sheet
from gms_desktop.domain import dates
from gms_desktop.errors import Refused
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import handover_look_up, look_up, people_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import handover_clocks, handover_limits, handover_sections, rights, second_person
from gms_desktop.services.case_words import bench_name
from gms_desktop.services.find import local_minute
from gms_desktop.services.people import name_of
from gms_desktop.services.second_person import Shown, Witness
from gms_desktop.services.views import DeviceLine

JOB = "hand over"
# Handovers of the last days: an older one that nobody took over is over all the same.
_NEWEST = 40


@dataclass(frozen=True)
class Around:
    """What the sheet tells of this bench that stands in no register.

    Attributes:
        bench: its name.
        by: who makes the sheet, by name; empty where nobody is signed in.
        devices: its devices as the Devices screen shows them, the hub not among them.
        shared: how sharing stands, in words ("All shared 14:02"); empty for a bench without a hub.
        waiting: how many of its entries are not shared yet.
    """

    bench: str
    by: str = ""
    devices: tuple[DeviceLine, ...] = ()
    shared: str = ""
    waiting: int = 0


@dataclass(frozen=True)
class Handed:
    """A sheet that was handed over.

    Attributes:
        signature: names the first signature.
        entry: the entry of that signature.
        by: who signed it.
        sheet: as it was signed.
        signatures: both names under it; the second is None until it is taken over.
    """

    signature: str
    entry: str
    by: str
    sheet: Sheet
    signatures: Signatures

    @property
    def is_taken_over(self) -> bool:
        """Whether somebody took it over."""
        return self.signatures.taken_over is not None


# The sheet


def sheet(ledger: Ledger, around: Around, time_zone: str) -> Sheet:
    """The sheet as things stand now.

    Args:
        ledger: the bench's; it is only read.
        around: what else is known at this bench.
        time_zone: the laboratory's.
    """
    db, now = ledger.db, ledger.clock.now()
    laboratory = look_up.laboratory(db)
    span = handover_clocks.span(db, now, time_zone)
    sections = (
        *handover_sections.work(db, time_zone, span.now.date().isoformat()),
        handover_limits.limits(ledger, span),
        *handover_sections.people(ledger, span),
        _devices(around.devices),
        _sharing(around),
    )
    notes, at = _notes(db, time_zone), dates.display_minute(dates.to_local(now, time_zone))
    lines = [line for section in sections for line in section.lines]
    return Sheet(
        laboratory=laboratory["name"] if laboratory else "",
        bench=around.bench,
        made_at=at,
        made_by=around.by or handover_words.NOBODY,
        as_of=handover_words.as_of(at, around.shared or handover_words.alone(), around.waiting),
        lead=handover_words.lead(len(lines), sum(line.urgent for line in lines), len(notes)),
        notes=notes,
        sections=sections,
        rehearsal=bool(laboratory and laboratory["rehearsal"]),
    )


def _devices(devices: Sequence[DeviceLine]) -> Section:
    away = [
        Line(one.name, " ".join(part for part in (f"{one.state.capitalize()}.", one.detail) if part), one.without)
        for one in devices
        if not one.ready
    ]
    return handover_sections.section(handover_words.DEVICES, away)


def _sharing(around: Around) -> Section:
    lines = []
    if around.waiting:
        what = f"{handover_words.entries(around.waiting)} of this bench"
        lines = [Line(what, around.shared, handover_words.SHARE_ACTION)]
    return handover_sections.section(handover_words.SHARING, lines, around.shared or f"{handover_words.alone()}.")


def _notes(db: Database, time_zone: str) -> tuple[Note, ...]:
    rows = people_look_up.open_notes(db)
    texts = store.private_values(db, [f"note:{row['id']}" for row in rows])
    return tuple(
        Note(
            row["id"],
            texts.get(row["text_private"] or "") or "The text of this note was erased.",
            name_of(db, row["by"]),
            bench_name(db, row["bench"]),
            local_minute(row["at"], time_zone),
        )
        for row in rows
    )


# Notes


def note_written(ledger: Ledger, text: str, by: str, bench: str) -> Draft:
    """A note for the next shift. Its text may name a patient: it is a private value.

    Args:
        ledger: the bench's.
        text: the note.
        by: the operator's identity.
        bench: the writer of the bench.

    Raises:
        Refused: without a text.
    """
    said = " ".join(text.split())
    if not said:
        raise Refused(handover_words.NOTE_MISSING)
    note, pen = ledger.identity(), ledger.pen()
    body = {"note": note, "text": pen.write(said, f"note:{note}"), "by": by, "bench": bench}
    return Draft("handover.note_written", body, pen.values)


def note_acknowledged(ledger: Ledger, note: str, by: str) -> Draft:
    """A named person has read a note.

    Raises:
        Refused: when there is no such note, or somebody has acknowledged it.
    """
    row = people_look_up.note(ledger.db, note)
    if row is None or row["state"] != "open":
        raise Refused(handover_words.note_gone().sentence)
    return Draft("handover.note_acknowledged", {"note": note, "by": by})


# The two signatures


def signer(ledger: Ledger, actor: rights.Actor, time_zone: str) -> Witness:
    """The person who signs a sheet, in the role in which they may hand over.

    Raises:
        NotAllowed: when they may not.
    """
    said = rights.permitted(ledger, actor, JOB, time_zone)
    return Witness(actor.operator, said.role.value if said.role else "")


def subject(scope: str) -> str:
    """What every handover of a laboratory is signed about. No entry touches it: a handover is never voided by work."""
    return f"handover:{scope}"


def handed_over(ledger: Ledger, made: Sheet, by: Witness) -> Draft:
    """Whoever goes off duty signs the sheet."""
    place = subject(ledger.head.scope)
    return second_person.signed(ledger, Shown(JOB, place, made.as_text()), by, {place: None})


def taken_over(ledger: Ledger, handed: Handed, by: Witness) -> Draft:
    """Whoever comes on duty signs the same text. It rests on the first signature.

    Raises:
        Refused: when it is the same person, or it was taken over before.
    """
    if by.operator == handed.by:
        raise Refused(handover_words.OWN_HANDOVER)
    if handed.is_taken_over:
        raise Refused(handover_words.NOTHING_HANDED_OVER)
    place = subject(ledger.head.scope)
    rests_on = {place: None, f"signature:{handed.signature}": handed.entry}
    return second_person.signed(ledger, Shown(JOB, place, handed.sheet.as_text()), by, rests_on)


def awaited(ledger: Ledger, time_zone: str) -> Handed | None:
    """The newest sheet that was handed over and that nobody has taken over yet."""
    found = newest(ledger, time_zone)
    return None if found is None or found.is_taken_over else found


def newest(ledger: Ledger, time_zone: str) -> Handed | None:
    """The newest sheet that was handed over, taken over or not; None where there is none, or its text was erased."""
    first, second = _pair(ledger)
    return _handed(ledger, first, second, time_zone) if first is not None else None


def _pair(ledger: Ledger) -> tuple[Row | None, Row | None]:
    """The newest first signature, and the one that takes its sheet over."""
    rows = handover_look_up.newest_signatures(ledger.db, subject(ledger.head.scope), _NEWEST)
    seconds: dict[str, Row] = {}
    for row in rows:
        rests_on = {one["subject"] for one in people_look_up.subjects_of_signature(ledger.db, row["id"])}
        former = next((one for one in rests_on if one.startswith("signature:")), None)
        if former is None:
            return row, seconds.get(f"signature:{row['id']}")
        seconds[former] = row
    return None, None


def _handed(ledger: Ledger, first: Row, second: Row | None, time_zone: str) -> Handed | None:
    db, own = ledger.db, f"signature:{first['id']}"
    text = store.private_values(db, [own]).get(first["words_private"] or "")
    entry = ledger.driver.holders([f"last:{own}"])[f"last:{own}"]
    if not text or entry is None:
        return None
    signatures = Signatures(_signature(db, first, time_zone), _signature(db, second, time_zone) if second else None)
    return Handed(first["id"], entry, first["by"], read_sheet(text), signatures)


def _signature(db: Database, row: Row, time_zone: str) -> Signature:
    return Signature(name_of(db, row["by"]), row["role"], local_minute(row["at"], time_zone))
