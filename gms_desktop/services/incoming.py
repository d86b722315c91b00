"""Consignments that were sent to us with a signed file: what each lists, how far each thing has come, what we answered.

Nothing of this is stored twice: the list is the signed file that was taken in, how far a thing has come is what Receive
recorded of it, and an answer is the signed file that was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gms_desktop import answer_words
from gms_desktop.errors import Unavailable
from gms_desktop.exchange.consignments import signed_file
from gms_desktop.exchange.consignments.contents import Acknowledgement, Contents, Item, Manifest
from gms_desktop.exchange.consignments.signed_file import Signed
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Entry
from gms_desktop.register import incoming_look_up, look_up
from gms_desktop.services import case_documents, site_rules

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

MOST, FAR_BACK = 12, 60
"""So many are listed; so many are looked through for a number that is scanned, at about a millisecond each."""
SORT = case_documents.ANSWER_WRITTEN


@dataclass(frozen=True)
class Incoming:
    """A consignment that was sent to us.

    Attributes:
        act: the import that took its file in.
        sha256: of that file.
        at: when it was taken in (UTC text).
        manifest: what it lists; None while the file is elsewhere.
        answers: the entries of what we answered, oldest first.
    """

    act: str
    sha256: str
    at: str
    manifest: Manifest | None
    answers: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class HowFar:
    """One thing of the list.

    Attributes:
        item: as its sender lists it.
        number: our number for it; empty while it is not booked in.
        outcome: what was decided of it; empty while nothing is.
        reasons: in words.
        at: when it was booked in (UTC text).
        follows_in: the later consignment in which its sender says that it follows; it was not in this one then.
    """

    item: Item
    number: str = ""
    outcome: str = ""
    reasons: tuple[str, ...] = ()
    at: str = ""
    follows_in: str = ""

    @property
    def words(self) -> str:
        """For a person."""
        if self.follows_in:
            return answer_words.follows_in(self.follows_in)
        if not self.number:
            return answer_words.NOT_BOOKED_IN
        return answer_words.booked_in(self.number, self.outcome, self.reasons)


def newest(db: Database, desk: Desk, most: int = MOST) -> tuple[Incoming, ...]:
    """What came in last, the newest first; a file that was taken in twice is one consignment."""
    once = dict[str, Row]()
    for row in incoming_look_up.signed(db, most):
        once[row["sha256"]] = row
    return tuple(of_import(db, desk, row) for row in once.values())


def one(db: Database, desk: Desk, act: str) -> Incoming | None:
    """One of them, by its import."""
    row = look_up.row(db, "import_act", act) if act else None
    return of_import(db, desk, row) if row is not None else None


def of_import(db: Database, desk: Desk, row: Row) -> Incoming:
    """The consignment that an import took in."""
    said = contents(desk, row["sha256"])
    manifest = said if isinstance(said, Manifest) else None
    return Incoming(row["id"], row["sha256"], row["at"], manifest, answers(db, row["id"]))


def answers(db: Database, act: str) -> tuple[Entry, ...]:
    """What we answered to an import, oldest first: each later one stands in place of the one before."""
    return tuple(one for one in documents(db, act) if one.body["sort"] == SORT)


def documents(db: Database, act: str) -> list[Entry]:
    """Our answers to an import, and their letters, oldest first."""
    return case_documents.ever_about(db, f"import:{act}")


def last_answers(db: Database, most: int) -> list[tuple[Row, Entry | None]]:
    """Imports of signed consignments, the newest first, each file once, with the answer that counts.

    None stands for one that nobody answered, or whose answer was taken back.
    """
    once = {row["sha256"]: row for row in incoming_look_up.signed(db, most)}
    every = store.of_subjects(db, (f"import:{row['id']}" for row in once.values()))
    about = dict[str, Entry]()
    taken_back = set[str]()
    for entry in (stored.entry for stored in every):
        if entry.body.get("sort") == SORT:
            about |= dict.fromkeys(entry.body["about"], entry)
        elif entry.kind == "consignment.answer_corrected" and entry.body["withdrawn"]:
            taken_back.add(entry.body["document"])
    counting = {one: last for one, last in about.items() if last.body["document"] not in taken_back}
    return [(row, counting.get(f"import:{row['id']}")) for row in once.values()]


def contents(desk: Desk, sha256: str) -> Contents | None:
    """What a kept signed file says; None while it is not at this bench, or is damaged."""
    signed = kept(desk, sha256)
    return signed.contents if signed is not None else None


def kept(desk: Desk, sha256: str) -> Signed | None:
    """The same with the key that signed it."""
    if desk.files is None:
        return None
    try:
        return signed_file.read(b"".join(desk.files().content(sha256)))
    except (Unavailable, signed_file.NotAConsignmentFile):
        return None


def last_answer(desk: Desk, incoming: Incoming) -> Acknowledgement | None:
    """The answer that counts."""
    said = contents(desk, incoming.answers[-1].body["sha256"]) if incoming.answers else None
    return said if isinstance(said, Acknowledgement) else None


def how_far(db: Database, desk: Desk, manifest: Manifest) -> tuple[HowFar, ...]:
    """Each thing of the list as it stands, in the order of the list."""
    reasons, later = site_rules.reason_words(db), _left_out(db, desk, manifest)
    return tuple(_of_item(db, manifest.sender.ods, item, reasons, later) for item in manifest.items)


def has_come(db: Database, sender: str, item: Item) -> bool:
    """Whether a thing is booked in, with whichever consignment it came."""
    return next(_arrived(db, sender, item), None) is not None


def _left_out(db: Database, desk: Desk, manifest: Manifest) -> dict[str, tuple[str, str]]:
    """By the number of a thing: the consignment that its sender says it follows in, and when that was taken in."""
    made = dict[str, tuple[str, str]]()
    for came in newest(db, desk):
        said = came.manifest
        if said is not None and (said.follows, said.sender.ods) == (manifest.consignment, manifest.sender.ods):
            made |= {item.number: (said.consignment, came.at) for item in said.items}
    return made


def _of_item(
    db: Database, sender: str, item: Item, words: Mapping[str, str], later: Mapping[str, tuple[str, str]]
) -> HowFar:
    following, since = later.get(item.number, ("", ""))
    for row in _arrived(db, sender, item):
        if since and row["received_at"] >= since:
            break
        why = tuple(words.get(code, code) for code in json.loads(row["reasons"] or "[]"))
        return HowFar(item, str(row["accession"]), str(row["outcome"] or ""), why, str(row["received_at"] or ""))
    return HowFar(item, follows_in=following)


def _arrived(db: Database, sender: str, item: Item) -> Iterator[Row]:
    for code in dict.fromkeys((*item.codes[:1], item.number)):
        yield from (row for row in incoming_look_up.arrived(db, code, sender) if row["accession"])
