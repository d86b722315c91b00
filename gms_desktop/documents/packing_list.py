"""What the papers of a consignment say: the letter to the receiver, and the list of what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gms_desktop.documents.rejection_report import Imprint

COLUMNS = ("No.", "Sort", "Number or code", "Container", "Referral", "Participant", "FluidX tube", "Concession")
LETTER, LIST = "Send-away letter", "Packing list"
EXAMPLE = "EXAMPLE destination: its name and address are made up. Nothing may be sent with this paper."
FOLLOWS = "This consignment follows {number}, which left without what is in this one."
HOW_CODES = "Each Data Matrix below holds referral id, FluidX tube code and participant id, with | between them."
SERIES = (
    "The signed file of this consignment, for a receiver who works with the same application: scan all {many} codes on "
    "its Send away screen, in any order. The file on a disk says the same."
)
SERIES_ONE = (
    "The signed file of this consignment, for a receiver who works with the same application: scan this code on its "
    "Send away screen. The file on a disk says the same."
)
TOO_LONG = (
    "The signed file of this consignment needs more codes than a letter carries: it travels as the file manifest.gmsc."
)
SIGNED = ("Received by (name)", "Date and time", "Signature", "Missing or damaged")
ACKNOWLEDGE = "Tell us what arrived, and what did not, with the consignment's number."


@dataclass(frozen=True, slots=True)
class Line:
    """One thing. Identifiers are empty where the destination wants none."""

    place: int
    sort: str
    number: str
    container: str
    concession: str
    referral: str = ""
    participant: str = ""
    tube: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """As a row of :data:`COLUMNS`."""
        ids = (self.referral, self.participant, self.tube)
        return (str(self.place), self.sort, self.number, self.container, *ids, self.concession)

    @property
    def code(self) -> str:
        """The three identifiers for a Data Matrix; empty where one is missing."""
        three = (self.referral, self.tube, self.participant)
        return "|".join(three) if all(three) else ""


@dataclass(frozen=True, slots=True)
class Papers:
    """A consignment as its papers say it.

    Attributes:
        code: identity of the document, as Data Matrix on its first page.
        number: of the consignment.
        to: name and address of the receiver.
        example: whether the receiver is made up.
        facts: priority, temperature and what else stands above the list, as name and value.
        follows: number of the consignment that this one follows.
        tissue: what is to be known of each block of which something is in it.
        series: the signed file as texts of Data Matrix codes; empty where it needs more of them than a letter carries.
    """

    code: str
    number: str
    to: tuple[str, ...]
    example: bool
    facts: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    follows: str = ""
    series: tuple[str, ...] = ()
    tissue: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that hold something: what nothing is said in is left off the paper."""
        rows = [line.cells for line in self.lines]
        return tuple(place for place, _ in enumerate(COLUMNS) if place < 3 or any(row[place] for row in rows))


def heading(papers: Papers, title: str) -> str:
    """The title of a paper."""
    return f"{title} of consignment {papers.number}"


def notes(papers: Papers) -> Iterator[str]:
    """What stands in bold above everything."""
    if papers.example:
        yield EXAMPLE
    if papers.follows:
        yield FOLLOWS.format(number=papers.follows)


def about(papers: Papers, imprint: Imprint) -> Iterator[tuple[str, str]]:
    """What a table says of itself."""
    yield from (("Consignment", papers.number), ("To", ", ".join(papers.to)), *papers.facts)
    yield from (("Tissue", said) for said in papers.tissue)
    yield from (("Note", note) for note in notes(papers))
    yield from (("Laboratory", imprint.laboratory), ("Made at", imprint.made_at), ("Made by", imprint.made_by))
    yield ("Document", papers.code)
