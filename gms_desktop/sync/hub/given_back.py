"""What benches gave back in a recovery, and what proves it: a signature of the writer's key, or the writer's own login.

A writer's entries hang together by their chain: what proves one proves all before it. What nothing proves was offered
by somebody else's bench only, and is placed on a person's word alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

import psycopg

from gms_desktop.journal.chain import first_hash
from gms_desktop.sync.messages import HeadSignature
from gms_desktop.sync.signatures import holds

SIGNED, OWN, WORD = "signed", "own", "word of {}"
_WRITERS = """SELECT DISTINCT r.writer, w.last_seq, w.last_hash, w.login FROM hub.reoffered r
    LEFT JOIN hub.writer w ON w.scope = r.scope AND w.writer = r.writer WHERE r.scope = %s ORDER BY r.writer"""
_OFFERED = """SELECT seq, hash, bytes, array_agg(DISTINCT login) FROM
    (SELECT r.seq, r.hash, r.bytes, unnest(r.logins) AS login FROM hub.reoffered r
     WHERE r.scope = %s AND r.writer = %s AND r.seq > %s) AS o
    GROUP BY seq, hash, bytes ORDER BY seq, hash"""
_SIGNED = """SELECT DISTINCT writer, seq, hash, public, signature FROM hub.reoffered_signature
    WHERE scope = %s AND writer = %s AND seq > %s ORDER BY seq DESC"""
_KEYS = "SELECT public, login FROM hub.signing_key WHERE scope = %s"
_CODES = "SELECT code, login FROM hub.short_code"
_NAMES = "SELECT login, name FROM hub.bench WHERE scope = %s"
_PUT = """UPDATE hub.reoffered r SET proof = u.proof, owner = u.owner
    FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[], %s::text[], %s::text[]) AS u(seq, hash, content, proof, owner)
    WHERE r.scope = %s AND r.writer = %s AND r.seq = u.seq AND r.hash = u.hash AND sha256(r.bytes) = u.content"""
_LOT = 1000
Node = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class Unproved:
    """Entries of one writer that nothing proves: a person says whether they are placed.

    Attributes:
        writer: in whose name they stand.
        first: the seq of the first of them; ``last`` of the last.
        offered_by: the benches that gave them back, by name and login.
        owner: the bench that the writer belongs to, ``""`` when the hub has forgotten it.
    """

    writer: str
    first: int
    last: int
    offered_by: tuple[str, ...]
    owner: str


@dataclass
class _Chain:
    """What was given back of one writer and goes on from what the hub has; several ways when somebody made one up.

    Attributes:
        writer: whose; ``owner`` the login it belongs to at the hub, None for one that the hub has not met.
        before: the last entry that the hub has.
        previous: which entry each one follows; ``contents`` the SHA-256 of its bytes, ``logins`` who offered it.
        roots: the owner of the way that an entry stands on: of a new writer, whom its short code was issued to.
        proofs: what proves an entry; ``owners`` whose it is then.
    """

    writer: str
    owner: str | None
    before: Node
    previous: dict[Node, Node] = field(default_factory=dict)
    contents: dict[Node, bytes] = field(default_factory=dict)
    logins: dict[Node, tuple[str, ...]] = field(default_factory=dict)
    roots: dict[Node, str | None] = field(default_factory=dict)
    proofs: dict[Node, str] = field(default_factory=dict)
    owners: dict[Node, str] = field(default_factory=dict)

    def follows(self, node: Node, before: Node, content: bytes, logins: Iterable[str], issued_to: str | None) -> None:
        """Put an entry after the one that its hash follows."""
        self.previous[node], self.contents[node] = before, sha256(content).digest()
        self.logins[node] = tuple(logins)
        self.roots[node] = self.owner or issued_to if before == self.before else self.roots[before]

    def prove(self, ends: Iterable[tuple[Node, str, str | None]]) -> None:
        """What proves an entry proves all before it. Of two ways that part the one proved first stands.

        Nothing is proved when two benches prove each a beginning of its own.
        """
        found = list(ends)
        if self.owner is None and len({owner for _, _, owner in found}) > 1:
            return
        taken: dict[int, bytes] = {}
        for end, proof, owner in found:
            way = [] if end in self.proofs else self._way_to(end)
            if all(taken.get(seq, digest) == digest for seq, digest in way):
                taken.update(way)
                for one in way:
                    self.proofs.setdefault(one, proof)
                    if owner is not None:
                        self.owners.setdefault(one, owner)

    def unproved(self) -> list[Node]:
        """What could be placed if somebody vouched for it: of the ways on from what is proved the one most offered."""
        first: dict[Node, Node] = {}
        start = max(self.proofs, default=self.before)
        for node in sorted(self.previous):
            before = self.previous[node]
            if before == start or before in first:
                first[node] = first.get(before, node)
        if not first:
            return []
        best = max(first, key=lambda node: (len(self.logins[first[node]]), node))
        return [node for node in self._way_to(best) if node not in self.proofs]

    def _way_to(self, node: Node) -> list[Node]:
        way = []
        while node != self.before:
            way.append(node)
            node = self.previous[node]
        return way[::-1]


def unproved(connection: psycopg.Connection, scope: str) -> tuple[Unproved, ...]:
    """What was given back so far and nothing proves, by writer. Only reads."""
    return tuple(found for chain in _chains(connection, scope) if (found := _in_words(connection, scope, chain)))


def settle(connection: psycopg.Connection, scope: str, place: Iterable[str], by: str) -> None:
    """Write down of each entry what proves it, in the transaction that closes the recovery.

    Args:
        connection: inside a transaction that holds the scope's row.
        scope: the laboratory.
        place: writers whose unproved entries a person vouches for.
        by: the person.
    """
    vouched = set(place)
    for chain in _chains(connection, scope):
        if chain.writer in vouched:
            for node in chain.unproved():
                chain.proofs[node] = WORD.format(by)
        nodes = list(chain.proofs)
        for start in range(0, len(nodes), _LOT):
            lot = nodes[start : start + _LOT]
            connection.execute(
                _PUT,
                (
                    [seq for seq, _ in lot],
                    [digest for _, digest in lot],
                    [chain.contents[node] for node in lot],
                    [chain.proofs[node] for node in lot],
                    [chain.owners.get(node) for node in lot],
                    scope,
                    chain.writer,
                ),
            )


def _chains(connection: psycopg.Connection, scope: str) -> Iterable[_Chain]:
    codes = {str(code): str(login) for code, login in connection.execute(_CODES).fetchall()}
    keys: dict[bytes, set[str]] = {}
    for public, login in connection.execute(_KEYS, (scope,)).fetchall():
        keys.setdefault(bytes(public), set()).add(str(login))
    for writer, last_seq, last_hash, login in connection.execute(_WRITERS, (scope,)).fetchall():
        before = (last_seq or 0, bytes(last_hash) if last_hash is not None else first_hash(writer, scope))
        chain = _Chain(writer, login, before)
        _link(connection, scope, chain, codes)
        own = [(node, OWN, chain.roots[node]) for node in sorted(chain.previous, reverse=True)]
        signed = _signed(connection, scope, chain, keys)
        chain.prove([*signed, *(one for one in own if one[2] in chain.logins[one[0]])])
        yield chain


def _link(connection: psycopg.Connection, scope: str, chain: _Chain, codes: Mapping[str, str]) -> None:
    """Follow the chain through what was offered: which entry follows which, from what the hub has."""
    ends, fresh = {chain.before}, set[Node]()
    with connection.cursor("given_back", binary=True) as cursor:
        cursor.execute(_OFFERED, (scope, chain.writer, chain.before[0]))
        for seq, digest, content, logins in cursor:
            if fresh and seq > max(fresh)[0]:
                ends, fresh = fresh, set()
            if seq > max(ends)[0] + 1:
                return
            node = (int(seq), bytes(digest))
            before = next((one for one in ends if sha256(one[1] + content).digest() == node[1]), None)
            if before is not None:
                fresh.add(node)
                chain.follows(node, before, content, logins, codes.get(_code(content)))


def _code(content: bytes) -> str:
    """The short code with which a writer began, where this is the entry that says so."""
    try:
        return str(json.loads(content)["body"]["short_code"])
    except (ValueError, LookupError, TypeError):
        return ""


def _signed(
    connection: psycopg.Connection, scope: str, chain: _Chain, keys: Mapping[bytes, set[str]]
) -> Iterable[tuple[Node, str, str | None]]:
    """The entries over which there is a signature of a key that the writer's own bench has named, newest first."""
    for row in connection.execute(_SIGNED, (scope, chain.writer, chain.before[0]), binary=True).fetchall():
        signed = HeadSignature(row[0], row[1], bytes(row[2]), bytes(row[3]), bytes(row[4]))
        node, known = (signed.seq, signed.hash), keys.get(signed.public, set())
        if node not in chain.previous or not known or not holds(signed, scope):
            continue
        owner = chain.roots[node]
        if owner is None and len(known) == 1:
            # The hub has forgotten whose short code it was: whose key signed it, that bench began it.
            owner = next(iter(known))
        if owner in known:
            yield node, SIGNED, owner


def _in_words(connection: psycopg.Connection, scope: str, chain: _Chain) -> Unproved | None:
    rest = chain.unproved()
    if not rest:
        return None
    names = {str(login): str(name) for login, name in connection.execute(_NAMES, (scope,)).fetchall()}

    def called(login: str) -> str:
        return f"{names[login]} ({login})" if login in names else login

    offered = sorted({login for node in rest for login in chain.logins[node]})
    owner = chain.roots[rest[-1]]
    return Unproved(chain.writer, rest[0][0], rest[-1][0], tuple(map(called, offered)), called(owner) if owner else "")
