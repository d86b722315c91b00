"""Builds the entries that undo an act, from the former values the undo log kept."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Set as AbstractSet

from gms_desktop.errors import Refused
from gms_desktop.journal import store
from gms_desktop.journal.entry import Body
from gms_desktop.journal.store import Stored
from gms_desktop.judge import keys
from gms_desktop.judge.premises import Judgement, ground_of
from gms_desktop.register import disputes, undo_log
from gms_desktop.register.ledger import Draft, Ledger


class RestsOn(Exception):
    """Later work rests on the act: it is named, and the act stays."""

    def __init__(self, later: Stored | None, subject: str) -> None:
        super().__init__(subject)
        self.later = later
        self.subject = subject


def undo_drafts(ledger: Ledger, action: str, leave: Collection[str] = (), stays: Collection[str] = ()) -> list[Draft]:
    """One undoing entry for each entry of the act, newest first.

    Args:
        ledger: the bench's ledger, inside a transaction.
        action: the act to undo.
        leave: kinds that are not undone (what has left the machine, what was only noticed).
        stays: kinds of which nothing rests on what came before: they stay so when that is undone.

    Raises:
        RestsOn: when a subject of the act has been touched since.
        Refused: when the act is so old that its former values are no longer kept.
    """
    entries = [one for one in store.of_action(ledger.db, action) if one.entry.kind not in leave]
    if any(one.verdict == Judgement.REFUSED for one in entries):
        raise Refused("The hub refused this: there is nothing to undo. It is listed for review.")
    subjects = {subject for one in entries for subject in one.entry.premises.touches}
    if ledger.driver.is_frozen(subjects):
        raise Refused("This is about something that only a newer version can show. Update this bench, then undo it.")
    held = ledger.driver.holders([f"{sort}:{subject}" for sort in keys.OF_THE_JUDGE for subject in subjects])
    own = {one.entry.id for one in entries}
    for subject in sorted(subjects):
        holder = held[f"last:{subject}"]
        if holder is not None and holder not in own:
            _nothing_rests(ledger, subject, own, holder, stays)
    drafts: list[Draft] = []
    seq = ledger.head.last_seq
    for place, one in enumerate(reversed(entries), start=1):
        drafts.append(_undo_one(ledger, one, held))
        for subject in one.entry.premises.touches:
            last, ground = f"last:{subject}", f"ground:{subject}"
            held[ground] = ground_of(ledger.head.writer, held[last], held[ground], held[f"refused:{subject}"])
            held[last] = f"{ledger.head.writer}/{seq + place}"
    return drafts


def _nothing_rests(ledger: Ledger, subject: str, own: AbstractSet[str], holder: str, stays: Collection[str]) -> None:
    """Work that was undone itself stands in nobody's way: acts are undone newest first, one after the other."""
    standing: dict[str, Stored] = {}
    for one in store.of_subject(ledger.db, subject):
        if one.verdict == Judgement.REFUSED or one.entry.kind in stays:
            continue
        standing[one.entry.id] = one
        if one.entry.undoes is not None:
            del standing[one.entry.id]
            standing.pop(one.entry.undoes, None)
    newest = next(reversed(standing), holder)
    if newest not in own:
        # Nothing of the act stands any more: it was undone before, and the newest entry tells by whom.
        rests = standing.get(newest) if own & standing.keys() else None
        raise RestsOn(rests or store.by_identity(ledger.db, holder), subject)


def _undo_one(ledger: Ledger, one: Stored, held: dict[str, str | None]) -> Draft:
    formers = undo_log.recall(ledger.db, one.n)
    if not formers:
        raise Refused("This was done too long ago to be undone. Record a correction instead.")
    releases, claims = [], []
    for former in formers:
        if former.name == undo_log.KEYS and keys.sort_of(former.row_id) not in keys.OF_THE_JUDGE:
            if former.after is not None:
                releases.append([former.row_id, former.after])
            if former.before is not None:
                claims.append([former.row_id, former.before])
    body: Body = {
        "of": one.entry.id,
        "was": one.entry.kind,
        # A dispute ends by a person's decision, not by taking the act back.
        "rows": [[f.name, f.row_id, f.row()] for f in formers if f.name not in {undo_log.KEYS, *disputes.TABLES}],
        "last": [
            [subject, held[f"last:{subject}"], held[f"ground:{subject}"]] for subject in one.entry.premises.touches
        ],
        "claims": claims,
        "releases": releases,
    }
    return Draft("undone", body, undoes=one.entry.id)
