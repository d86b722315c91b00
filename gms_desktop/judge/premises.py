"""Judges an entry's premises against the holders of the keys it names (ARCHITECTURE section 5). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gms_desktop.journal.entry import Entry, Premises

Holders = Mapping[str, str | None]


class Judgement(StrEnum):
    """What becomes of an entry: folded, folded and held in dispute, or not folded."""

    ACCEPTED = "accepted"
    CONTESTED = "contested"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Failure:
    """A premise that does not hold: which sort, the key, the holder that was stated and the one found."""

    sort: str
    key: str
    stated: str | None
    found: str | None


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict, the premises that failed, and the holders that change (None: the key is free again)."""

    judgement: Judgement
    failures: tuple[Failure, ...]
    changes: Mapping[str, str | None]


def keys_named(premises: Premises) -> Iterable[str]:
    """Every key whose holder must be known to judge these premises, the ``last:`` keys of the touches included.

    Where one of those shows another writer than the entry's, the subject's ``refused:`` key matters too.
    """
    pairs = (*premises.claims, *premises.requires, *premises.expects, *premises.releases)
    return [*[key for key, _ in pairs], *[f"last:{subject}" for subject in premises.touches]]


def note_keys(premises: Premises, names: dict[str, Any]) -> None:
    """Add the keys that :func:`keys_named` tells of to those in ``names``; what stands beside each means nothing."""
    for pairs in (premises.claims, premises.requires, premises.expects, premises.releases):
        if pairs:
            names.update(pairs)
    for subject in premises.touches:
        names[f"last:{subject}"] = subject


def judge(entry: Entry, holders: Holders) -> Ruling:
    """Judge ``entry`` against ``holders`` (a key that is missing is free).

    Within an entry releases come before claims, all or nothing; claiming what one already holds changes nothing.
    A release by one who does not hold the key changes nothing either: whoever needs it to hold states a ``requires``.

    An entry that fails breaks the ground of all later work on its subjects, and so does work of another bench: an undo
    puts back what its bench saw, and states that this is what was there.
    """
    said = entry.premises
    plain = None if said.releases else _plainly(entry, said, holders)
    if plain is not None:
        return Ruling(Judgement.ACCEPTED, (), plain)
    freed = _freed(said, holders)
    hard = [*_unmet("requires", said.requires, holders), *_taken(said.claims, holders, freed)]
    if hard:
        return Ruling(Judgement.REFUSED, tuple(hard), _refused(entry, holders))
    soft = _unmet("expects", said.expects, holders)
    changes = _changes(entry, holders, freed)
    if soft:
        return Ruling(Judgement.CONTESTED, tuple(soft), {**changes, **_broken(entry)})
    return Ruling(Judgement.ACCEPTED, (), changes)


def _plainly(entry: Entry, said: Premises, holders: Holders) -> dict[str, str | None] | None:
    """The holders that change where all premises of an entry that releases nothing hold; None where one fails.

    Most entries are of this sort: what failed, and why, is then worked out for the others alone.
    """
    find, changes = holders.get, dict[str, str | None]()
    for pairs in (said.requires, said.expects):
        for key, stated in pairs:
            if find(key) != stated:
                return None
    for key, holder in said.claims:
        found = changes[key] if key in changes else find(key)
        if found is None:
            changes[key] = holder
        elif found != holder:
            return None
    identity, own = entry.id, f"{entry.writer}/"
    for subject in said.touches:
        key = f"last:{subject}"
        before = find(key)
        if before is not None and not before.startswith(own) and find(f"refused:{subject}") != before:
            changes[f"ground:{subject}"] = before
        changes[key] = identity
    return changes


def changes_of(entry: Entry, holders: Holders, judgement: Judgement) -> dict[str, str | None]:
    """The holders that an entry changes by the verdict it has: a stored verdict is never judged again."""
    if judgement is Judgement.REFUSED:
        return _refused(entry, holders)
    changes = _changes(entry, holders, _freed(entry.premises, holders))
    return changes | _broken(entry) if judgement is Judgement.CONTESTED else changes


def ground_of(writer: str, last: str | None, ground: str | None, refused: str | None) -> str | None:
    """On what a writer's next work on a subject rests, by the holders of the judge's own keys of the subject."""
    return ground if last is None or last.startswith(f"{writer}/") or last == refused else last


def _broken(entry: Entry) -> dict[str, str | None]:
    return {f"ground:{subject}": entry.id for subject in entry.premises.touches}


def _refused(entry: Entry, holders: Holders) -> dict[str, str | None]:
    """The ground it broke, and what another bench had left there.

    This bench's next work there begins a run, which does not rest on that alone: what was refused came between.
    """
    own, changes = f"{entry.writer}/", _broken(entry)
    for subject in entry.premises.touches:
        last = holders.get(f"last:{subject}")
        if last is not None and not last.startswith(own):
            changes[f"refused:{subject}"] = last
    return changes


def _changes(entry: Entry, holders: Holders, freed: Mapping[str, None]) -> dict[str, str | None]:
    said, identity = entry.premises, entry.id
    taken = {key: holder for key, holder in said.claims if key in freed or holders.get(key) != holder}
    last = {f"last:{subject}": identity for subject in said.touches}
    return {**freed, **taken, **last, **_grounds(entry, holders, freed)}


def _grounds(entry: Entry, holders: Holders, freed: Mapping[str, None]) -> dict[str, str]:
    """Where another bench worked on a subject before, this entry begins a run of its own on what that one left."""
    own, changes = f"{entry.writer}/", dict[str, str]()
    for subject in entry.premises.touches:
        key = f"last:{subject}"
        before = None if key in freed else holders.get(key)
        known = None if f"refused:{subject}" in freed else holders.get(f"refused:{subject}")
        if before is not None and not before.startswith(own) and known != before:
            changes[f"ground:{subject}"] = before
    return changes


def _freed(said: Premises, holders: Holders) -> dict[str, None]:
    return {key: None for key, holder in said.releases if holders.get(key) == holder} if said.releases else {}


def _unmet(sort: str, pairs: Sequence[tuple[str, str | None]], holders: Holders) -> list[Failure]:
    if not pairs:
        return []
    return [Failure(sort, key, stated, holders.get(key)) for key, stated in pairs if holders.get(key) != stated]


def _taken(claims: Iterable[tuple[str, str]], holders: Holders, freed: Mapping[str, None]) -> list[Failure]:
    failures = []
    claimed: dict[str, str] = {}
    for key, holder in claims:
        found = claimed.get(key, None if key in freed else holders.get(key))
        if found is not None and found != holder:
            failures.append(Failure("claims", key, holder, found))
        else:
            claimed[key] = holder
    return failures
