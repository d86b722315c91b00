"""What a signed consignment file says: who sends what to whom, or what a receiver found. Text throughout.

A field that a later version adds is left alone by this one; a later *format* is refused, since what it means is unknown
here. Identifying values never stand in ``repr``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

import msgspec

FORMAT = 1


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A laboratory: its name, its ODS code (an organisation's code, 3 to 6 characters) and its telephone number."""

    name: str
    ods: str = ""
    telephone: str = ""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a thing is of, as the sender knows them. ``birth_date`` is ``YYYY-MM-DD``."""

    surname: str = ""
    forename: str = ""
    birth_date: str = ""
    nhs_number: str = ""
    hospital_number: str = ""
    participant: str = ""

    def __repr__(self) -> str:
        """No identifying value."""
        return "Person(…)"


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was packed.

    Attributes:
        number: the sender's number, which stands on its label.
        sort: specimen, aliquot, eluate, tube, pool, plate, rack or piece.
        codes: what a scanner may read on it, the tube's own code first.
        type: the specimen type in words, or as ``code|term``.
        state: how it was kept, in words.
        amount: volume, slides or scrolls with their unit, as written.
        rack: code of the rack it stands in.
        well: its well there.
        referral: NGIS referral.
        test: Test Directory code.
        role: proband or another member of the family.
        family: singleton, duo or trio.
        collected: date and time of collection as recorded.
        high_risk: what is known of a high infection risk, in words; empty where none is stated.
        concession: which limit it failed and who let it go on all the same; empty for none.
        back_by: the date by which the sender wants it back; empty where it need not return.
        person: whom it is of.
    """

    number: str
    sort: str
    codes: tuple[str, ...] = ()
    type: str = ""
    state: str = ""
    amount: str = ""
    rack: str = ""
    well: str = ""
    referral: str = ""
    test: str = ""
    role: str = ""
    family: str = ""
    collected: str = ""
    high_risk: str = ""
    concession: str = ""
    back_by: str = ""
    person: Person = Person()


class Manifest(msgspec.Struct, frozen=True, kw_only=True, tag_field="says", tag="manifest"):
    """A consignment as its sender closed it.

    Attributes:
        consignment: the sender's number of it.
        closed_at: when it was closed: aware UTC, ISO 8601.
        priority: in the sender's words.
        temperature: how it travels.
        coldest, warmest: between which it is kept on its way (°C, as written); empty where nobody laid it down.
        follows: number of the consignment that these things were left out of; empty for none.
        documents: name and SHA-256 of each document that lies in the box.
    """

    sender: Party
    receiver: Party
    consignment: str
    closed_at: str
    items: tuple[Item, ...]
    priority: str = ""
    temperature: str = ""
    coldest: str = ""
    warmest: str = ""
    follows: str = ""
    documents: tuple[tuple[str, str], ...] = ()
    format: int = FORMAT


class Outcome(StrEnum):
    """What a receiver found of one thing."""

    RECEIVED = "received"
    MISSING = "missing"
    DAMAGED = "damaged"
    REJECTED = "rejected"
    UNEXPECTED = "unexpected"


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One thing at the receiver: its number as the manifest or its label says it, and why where it is not received."""

    number: str
    outcome: Outcome
    words: str = ""


class Logged(msgspec.Struct, frozen=True, kw_only=True):
    """What a temperature logger's file said that the receiver took out of the box; temperatures in °C, as written.

    Attributes:
        sha256: of the file, which travels beside.
        form: ``csv`` or ``pdf``; a PDF is read by a person only.
        limits: those that it was judged by, in words; empty where nothing is laid down.
        outside: the first readings outside them: when, as the logger writes it, and how warm.
    """

    sha256: str
    form: str
    lowest: str = ""
    highest: str = ""
    readings: int = 0
    gaps: int = 0
    many_outside: int = 0
    limits: str = ""
    outside: tuple[tuple[str, str], ...] = ()


class Acknowledgement(msgspec.Struct, frozen=True, kw_only=True, tag_field="says", tag="acknowledgement"):
    """What came of a consignment.

    Attributes:
        sender: the laboratory that acknowledges.
        receiver: the laboratory that sent the consignment.
        manifest: SHA-256 of the signed manifest that this answers.
        received_at: when it arrived: aware UTC, ISO 8601.
        written_at: when this was written, likewise: of two answers the later one counts. Empty in files of old.
        words: what the receiver says of the whole.
        temperature: what each temperature logger said that travelled with it.
        corrects: SHA-256 of the answer that this stands in place of; empty where it is the first.
        reason: why that one was not right.
        by: who says so, at the receiver.
        withdrawn: whether nothing of that answer holds, and nothing is said instead: another consignment was meant.
    """

    sender: Party
    receiver: Party
    consignment: str
    manifest: str
    received_at: str
    items: tuple[Found, ...]
    written_at: str = ""
    words: str = ""
    temperature: tuple[Logged, ...] = ()
    corrects: str = ""
    reason: str = ""
    by: str = ""
    withdrawn: bool = False
    format: int = FORMAT


Contents: TypeAlias = Manifest | Acknowledgement
