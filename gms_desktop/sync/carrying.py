"""The journal by hand: what a bench carries out, what it notes of it, and how the hub takes it in.

What was carried out is not acknowledged: the hub alone says what it has. The note beside the bench's file only lets a
person read that these entries are on their way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from gms_desktop.domain import dates
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.secret_store import SecretStore, make_key
from gms_desktop.sync import carried_files, replica
from gms_desktop.sync.carried_files import Taken
from gms_desktop.sync.journal_file import Carried
from gms_desktop.sync.messages import MOST_BYTES, MOST_ENTRIES, Answer, Push, PushAnswer, Sent
from gms_desktop.sync.transport import Given, Hub

NOTE = "carried-out.json"
SIGNING_KEY = "signing-key"
_MOST_TRIES = 20


def signing_key(secrets: SecretStore) -> bytes:
    """The bench's own Ed25519 key, 32 bytes; made when it is first asked for."""
    return make_key(secrets, SIGNING_KEY)


# --- out of the bench ---


def pushes(db: Database, scope: str) -> Iterator[Push]:
    """Every entry that the hub has not acknowledged, in the batches that a push would have; all of them without a hub.

    Only reads, so that it can be done while the application has the file.
    """
    standing = replica.standing(db, scope)
    for writer in replica.own_writers(db):
        waiting = store.of_writer_after(db, writer, replica.acked_seq(db, writer))
        for lot in _batches(waiting):
            sent = tuple(Sent(one.hash, one.content) for one in lot)
            private = replica.private_of(db, [one.entry for one in lot])
            yield Push(scope, writer, lot[0].entry.seq, sent, private, standing)


def _batches(waiting: list[store.Stored]) -> Iterator[list[store.Stored]]:
    lot: list[store.Stored] = []
    size = 0
    for one in waiting:
        if lot and (len(lot) == MOST_ENTRIES or size + len(one.content) > MOST_BYTES):
            yield lot
            lot, size = [], 0
        lot.append(one)
        size += len(one.content)
    if lot:
        yield lot


# --- what a bench notes of it ---


@dataclass(frozen=True, slots=True)
class Note:
    """How far a writer's entries were carried out, and when."""

    seq: int
    at: str


def note(data: Path, carried: Carried) -> None:
    """Note what was carried out, beside the bench's file."""
    known = notes(data)
    for push in carried.pushes:
        last = push.first_seq + len(push.entries) - 1
        if push.writer not in known or last >= known[push.writer].seq:
            known[push.writer] = Note(last, carried.made_at)
    fresh = (data / NOTE).with_suffix(".new")
    fresh.write_text(json.dumps({writer: [one.seq, one.at] for writer, one in known.items()}), "utf-8")
    fresh.replace(data / NOTE)


def notes(data: Path) -> dict[str, Note]:
    """What was carried out so far, by writer."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        said = json.loads((data / NOTE).read_text("utf-8"))
        return {str(writer): Note(int(seq), str(at)) for writer, (seq, at) in said.items()}
    return {}


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """Entries that were carried out and that the hub has not confirmed: how many, and when the last of them were."""

    entries: int
    at: str


def on_its_way(db: Database, data: Path) -> OnItsWay | None:
    """What is on its way by hand; None when nothing is. What the hub acknowledges or places falls out by itself."""
    found = [
        (one.seq - replica.acked_seq(db, writer), one.at)
        for writer, one in notes(data).items()
        if one.seq > replica.acked_seq(db, writer)
    ]
    return OnItsWay(sum(count for count, _ in found), max(at for _, at in found)) if found else None


def in_words(way: OnItsWay | None, zone: str = "Europe/London") -> str:
    """What is on its way by hand, as a person reads it; ``""`` when nothing is."""
    if way is None:
        return ""
    at = dates.display_minute(dates.to_local(datetime.fromisoformat(way.at), zone))
    count = "1 entry" if way.entries == 1 else f"{way.entries} entries"
    return f"{count} carried out on {at}, not confirmed"


# --- into the hub ---


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a journal file at the hub.

    Attributes:
        new: whether any entry in it was new there; ``head`` where the hub's order ends now.
        files: what became of the files in it.
    """

    new: bool
    head: int
    files: Taken = field(default_factory=Taken)


def take_in(carried: Carried, hub_for: Callable[[str], Hub]) -> TakenIn:
    """Give a journal file to the hub as the bench would have: batch by batch, each judged as any push.

    A repeated file changes nothing, and one that was broken off goes on where it ended.

    Args:
        carried: what the file holds.
        hub_for: the hub as the bench of a writer sees it.

    Raises:
        Refused: when the hub does not take a batch; the batches before it are taken.
        Unavailable: when the hub is busy for long.
        HubUnavailable: when it gives no answer.
    """
    new, head = False, 0
    for push in carried.pushes:
        answer = _answered(push, hub_for(push.writer))
        if answer.answer not in {Answer.OK, Answer.DUP}:
            raise Refused(_why(push, answer))
        new, head = new or answer.answer is Answer.OK, answer.head
    return TakenIn(new, head, _files(carried, hub_for))


def _files(carried: Carried, hub_for: Callable[[str], Hub]) -> Taken:
    here, erased, refused = 0, 0, list[str]()
    for file in carried.files:
        answer, words = carried_files.give(file, hub_for(file.writer))
        here += answer in {Given.OK, Given.COMPLETE}
        erased += answer is Given.EMPTIED
        if answer not in {Given.OK, Given.COMPLETE, Given.EMPTIED}:
            refused.append(words or f"{file.sha256[:12]}…: {answer.value}")
    return Taken(here, erased, tuple(refused))


def _answered(push: Push, hub: Hub) -> PushAnswer:
    for _ in range(_MOST_TRIES):
        answer = hub.push(push)
        if answer.answer is not Answer.BUSY:
            return answer
    raise Unavailable(
        f"The hub is busy ({answer.detail}). Take the file in again later.", still_works="What it took stays taken."
    )


def _why(push: Push, answer: PushAnswer) -> str:
    of = f"entries {push.first_seq} to {push.first_seq + len(push.entries) - 1} of {push.writer}"
    if answer.answer is Answer.GAP:
        return (
            f"The hub has {answer.acked_seq} entries of {push.writer}; the file begins at {push.first_seq}. Take in "
            "the file that was carried out before this one, or carry out again."
        )
    if answer.answer is Answer.HISTORY:
        return f"The hub did not take {of}: its history is not the bench's. Run hub recover first. {answer.detail}"
    return f"The hub did not take {of}: {answer.detail or answer.answer.value}"
