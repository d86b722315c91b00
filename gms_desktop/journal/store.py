"""Reads and writes the journal's own tables: entries, touches, private values, writers."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, literal_column, select

from gms_desktop.journal import schema, waiting_names
from gms_desktop.journal.database import Database, Params, Row, Statement, insert_new, text_statement, upsert
from gms_desktop.journal.entry import Entry, from_own_bytes
from gms_desktop.journal.private import ERASED_IN_LOG, PrivateValue, search_terms

_INDEXED = "indexed_to"
# In the stand of an act: how many of our numbers the writer has minted, where that changed.
MINTED = "minted"
# How far this replica has come in a hub's order; not there on a bench that has no hub.
STANDING = "standing"
# Up to which entry a bench that is about to follow a hub works out what it had forgotten: nothing is forgotten then.
JOINING = "joining"
_WORTH_INDEXING = 64
# What is looked through until something is found is read in lots of this size.
_FEW = 32


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as it stands in this store: its place in the order of arrival, hash, verdict and hub position."""

    n: int
    entry: Entry
    hash: bytes
    content: bytes
    verdict: str
    position: int | None


@dataclass(frozen=True, slots=True)
class Beside:
    """What an entry leaves beside its bytes: what it changed, and how things stand after its act."""

    formers: str | None = None
    stand: str | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """A writer's head: where its chain stands and how many of our numbers it has minted."""

    writer: str
    scope: str
    short_code: str
    last_seq: int
    last_hash: bytes
    numbers_minted: int
    state: str = "current"


# In the bytes of an entry: that a file stated it, and the seq at which its act began.
_OF_A_FILE = b'"import":"'
_ACTION = re.compile(rb'"action":"[^"/]+/(\d+)"')

_NOTHING = Beside()
_NONE: Mapping[int, Beside] = {}

_add_entry = Statement(insert(schema.entry))
_add_touch = insert_new(schema.touch)
_add_place = insert_new(schema.entry_place)
_add_private = insert_new(schema.private)
_add_term = insert_new(schema.private_term)
_put_writer = upsert(schema.writer)
_put_meta = upsert(schema.meta)
_last_n = Statement(select(func.coalesce(func.max(schema.entry.c.n), literal_column("0"))))
_count = Statement(select(func.count()).select_from(schema.entry))
_writers = text_statement(
    "SELECT w.writer, w.scope, w.short_code, w.state, m.value AS head FROM writer w "
    "JOIN meta m ON m.name = 'head:' || w.writer ORDER BY w.writer"
)
_after_head = text_statement(
    "SELECT seq, hash, stand FROM entry WHERE n > :n AND writer = :writer AND seq > :seq ORDER BY n"
)
_stands = text_statement("SELECT stand FROM entry WHERE n > :n AND stand IS NOT NULL ORDER BY n")
_newest_formers = text_statement("SELECT formers FROM entry WHERE n > :n AND formers IS NOT NULL ORDER BY n")
_formers = text_statement("SELECT formers FROM entry WHERE n = :n")
_put_formers = text_statement("UPDATE entry SET formers = :formers WHERE n = :n")
# Under a hub what has no place yet may be overtaken, however old it is.
_forget_formers = text_statement(
    "UPDATE entry SET formers = NULL WHERE n >= :first AND n < :n "
    "AND (position IS NOT NULL OR NOT EXISTS (SELECT 1 FROM meta WHERE name IN ('standing', 'joining')))"
)
_put_verdict = text_statement("UPDATE entry SET verdict = :verdict WHERE n = :n")
_retire = text_statement("UPDATE writer SET state = 'retired' WHERE state = 'current'")
_meta = Statement(select(schema.meta.c.value).where(schema.meta.c.name == bindparam("name")))
_columns = (
    schema.entry.c.n,
    schema.entry.c.bytes,
    schema.entry.c.hash,
    schema.entry.c.verdict,
    schema.entry.c.position,
)
_since = Statement(select(*_columns).where(schema.entry.c.n > bindparam("n")).order_by(schema.entry.c.n))
_placed_in_order = text_statement(
    "SELECT n, bytes, hash, verdict, position FROM entry WHERE position IS NOT NULL ORDER BY position"
)
# A writer's name begins with the time it began: what a former writer has left to place comes first.
_unplaced_in_order = text_statement(
    "SELECT n, bytes, hash, verdict, position FROM entry WHERE position IS NULL ORDER BY writer, seq"
)
_by_identity = text_statement(
    "SELECT e.n, e.bytes, e.hash, e.verdict, e.position FROM entry_place p JOIN entry e ON e.n = p.n "
    "WHERE p.writer = :writer AND p.seq = :seq UNION ALL "
    "SELECT n, bytes, hash, verdict, position FROM entry WHERE n > :indexed AND writer = :writer AND seq = :seq"
)
_placed_span = text_statement(
    "SELECT e.n, e.bytes, e.hash, e.verdict, e.position FROM entry_place p JOIN entry e ON e.n = p.n "
    "WHERE p.writer = :writer AND p.seq >= :seq ORDER BY p.seq"
)
_placed_back = text_statement(
    "SELECT e.n, e.bytes, e.hash, e.verdict, e.position FROM entry_place p JOIN entry e ON e.n = p.n "
    "WHERE p.writer = :writer AND p.seq >= :seq AND p.seq <= :last ORDER BY p.seq DESC"
)
_newest_back = text_statement(
    "SELECT n, bytes, hash, verdict, position FROM entry "
    "WHERE n > :indexed AND writer = :writer AND seq >= :seq AND seq <= :last ORDER BY seq DESC"
)
_newest_span = text_statement(
    "SELECT n, bytes, hash, verdict, position FROM entry "
    "WHERE n > :indexed AND writer = :writer AND seq >= :seq ORDER BY seq"
)
_of_subject = Statement(
    select(*_columns)
    .join(schema.touch, schema.touch.c.n == schema.entry.c.n)
    .where(schema.touch.c.subject == bindparam("subject"))
    .order_by(schema.entry.c.n)
)
_private_of = text_statement(
    "SELECT subject, commitment, value FROM private WHERE subject IN (SELECT value FROM json_each(:ids))",
    "SELECT subject, commitment, value FROM private WHERE subject = ANY(:ids)",
)
_private_records = text_statement(
    "SELECT subject, commitment, salt, value FROM private WHERE subject IN (SELECT value FROM json_each(:ids))",
    "SELECT subject, commitment, salt, value FROM private WHERE subject = ANY(:ids)",
)
_add_unindexed = insert_new(schema.private_unindexed)
_unindexed = text_statement("SELECT subject FROM private_unindexed LIMIT :most")
_indexed = Statement(delete(schema.private_unindexed).where(schema.private_unindexed.c.subject == bindparam("subject")))
_empty_private = text_statement("UPDATE private SET value = NULL WHERE subject = :subject AND commitment = :commitment")
_drop_terms = text_statement("DELETE FROM private_term WHERE subject = :subject AND commitment = :commitment")
_subjects_of_term = text_statement(
    "SELECT subject, commitment FROM private_term WHERE term >= :low AND term < :high LIMIT :most"
)
_all_private = Statement(select(schema.private).order_by(schema.private.c.commitment))


def add(db: Database, rows: Sequence[Stored], beside: Mapping[int, Beside] = _NONE) -> None:
    """Write entries, with what each leaves beside its bytes, by its place. The indexes follow them."""
    db.run_many(
        _add_entry,
        [
            {
                "n": row.n,
                "writer": row.entry.writer,
                "seq": row.entry.seq,
                "hash": row.hash,
                "bytes": row.content,
                "verdict": row.verdict,
                "position": row.position,
                "formers": said.formers,
                "stand": said.stand,
            }
            for row in rows
            for said in (beside.get(row.n, _NOTHING),)
        ],
    )


def add_indexed(db: Database, rows: Sequence[Stored]) -> None:
    """Write entries and index them, when the indexes know every entry before them."""
    if rows:
        add(db, rows)
        _index(db, rows)


def index_waits(db: Database) -> bool:
    """Whether enough entries wait for the indexes of identities and subjects to be worth a transaction."""
    return last_n(db) - indexed_to(db) >= _WORTH_INDEXING


def index_entries(db: Database, in_hand: Sequence[Stored] = ()) -> int:
    """Note where the newest entries stand and what they touch, inside the caller's transaction.

    The register calls this, and writes who touched what last in the same transaction.

    Args:
        db: the store.
        in_hand: the newest entries, where the caller has just stored them: those are not read again.

    Returns:
        How many entries were waiting for it.
    """
    waiting = list(in_hand) if in_hand and in_hand[0].n == indexed_to(db) + 1 else newest(db)
    if waiting:
        _index(db, waiting)
    return len(waiting)


def indexed_to(db: Database) -> int:
    """The place of the last entry that the indexes of identities and subjects know."""
    return int(meta(db, _INDEXED) or 0)


def newest(db: Database) -> list[Stored]:
    """The entries that the indexes do not know yet."""
    return [stored(values) for values in db.tuples(_since, {"n": indexed_to(db)})]


def newest_formers(db: Database) -> list[str]:
    """What the entries changed that the indexes do not know yet, oldest first."""
    return [formers for (formers,) in db.tuples(_newest_formers, {"n": indexed_to(db)})]


def _index(db: Database, rows: Sequence[Stored]) -> None:
    touches = [{"subject": one, "n": row.n} for row in rows for one in dict.fromkeys(row.entry.premises.touches)]
    db.run_many(_add_touch, touches)
    db.run_many(_add_place, [{"writer": row.entry.writer, "seq": row.entry.seq, "n": row.n} for row in rows])
    put_meta(db, _INDEXED, str(rows[-1].n))


def add_private(db: Database, values: Iterable[PrivateValue]) -> None:
    """Write private values; the search index follows when the bench is idle."""
    rows = list(values)
    if not rows:
        return
    db.run_many(
        _add_private,
        [{"commitment": v.commitment, "salt": v.salt, "value": v.value, "subject": v.subject} for v in rows],
    )
    subjects = {v.subject for v in rows if not v.subject.startswith("scan:")}
    db.run_many(_add_unindexed, [{"subject": subject} for subject in sorted(subjects)])


def erase_private(db: Database, subject: str, commitments: Iterable[str]) -> None:
    """Empty values and take them out of the search index; chains and digests still hold."""
    rows = [{"subject": subject, "commitment": commitment} for commitment in commitments]
    db.run_many(_empty_private, rows)
    db.run_many(_drop_terms, rows)
    waiting_names.of(db).forget(subject)
    put_meta(db, ERASED_IN_LOG, "1")


def index_private(db: Database, most: int = 200) -> int:
    """Put up to ``most`` subjects that wait into the search index, inside the caller's transaction.

    Returns:
        How many subjects were indexed.
    """
    subjects = [subject for (subject,) in db.tuples(_unindexed, {"most": most})]
    terms = [
        {"term": term, "subject": subject, "commitment": commitment}
        for subject, commitment, value in _values_of(db, subjects)
        if value
        for term in search_terms(value)
    ]
    db.run_many(_add_term, terms)
    db.run_many(_indexed, [{"subject": subject} for subject in subjects])
    return len(subjects)


def private_values(db: Database, subjects: Iterable[str]) -> dict[str, str | None]:
    """Every value known here about these subjects, by commitment."""
    wanted = list(dict.fromkeys(subjects))
    return {commitment: value for _, commitment, value in _values_of(db, wanted)} if wanted else {}


def _values_of(db: Database, subjects: list[str]) -> list[tuple[str, str, str | None]]:
    return db.tuples(_private_of, {"ids": json.dumps(subjects) if db.dialect == "sqlite" else subjects})


def private_records(db: Database, subjects: Iterable[str]) -> list[PrivateValue]:
    """Every value about these subjects with its salt, so that it can be cited again."""
    wanted = list(dict.fromkeys(subjects))
    rows = db.tuples(_private_records, {"ids": json.dumps(wanted) if db.dialect == "sqlite" else wanted})
    return [PrivateValue(commitment, bytes(salt), value, subject) for subject, commitment, salt, value in rows]


def find_private(db: Database, typed: str, most: int = 200) -> list[tuple[str, str]]:
    """Subjects and commitments whose private value has a word beginning with what was typed."""
    terms = search_terms(typed)
    return _found_private(db, terms[0], "\U0010ffff", most, waiting_names.of(db).beginning) if terms else []


def find_exact_private(db: Database, typed: str) -> list[tuple[str, str]]:
    """Subjects and commitments whose private value is, as a whole or in one of its words, what was typed."""
    terms = search_terms(typed)
    return _found_private(db, terms[0], "\x01", 200, waiting_names.of(db).exact) if terms else []


def _found_private(
    db: Database, word: str, end: str, most: int, waiting: Callable[[Database, str], list[tuple[str, str]]]
) -> list[tuple[str, str]]:
    found = db.tuples(_subjects_of_term, {"low": word, "high": word + end, "most": most})
    # What waits for the search index is found beside it: nobody waits for the index.
    return list(dict.fromkeys([*found, *waiting(db, word)]))[:most]


def every_private(db: Database) -> Iterator[PrivateValue]:
    """Every private value, for verification."""
    for lot in db.stream(_all_private):
        for subject, commitment, salt, value in lot:
            yield PrivateValue(commitment, bytes(salt), value, subject)


def stored(values: Sequence[Any]) -> Stored:
    """Make a :class:`Stored` of a row of ``n, bytes, hash, verdict, position``."""
    n, content, digest, verdict, position = values
    content = bytes(content)
    return Stored(n, from_own_bytes(content), bytes(digest), content, verdict, position)


def since(db: Database, n: int = 0, size: int = 1000) -> Iterator[list[Stored]]:
    """Entries after the ``n``-th in order of arrival, in lots."""
    for lot in db.stream(_since, {"n": n}, size):
        yield [stored(values) for values in lot]


def in_fold_order(db: Database, size: int = 1000) -> Iterator[list[Stored]]:
    """Every entry in the order of the fold, in lots: the placed ones by position, then the others as they were made."""
    for statement in (_placed_in_order, _unplaced_in_order):
        for lot in db.stream(statement, None, size):
            yield [stored(values) for values in lot]


def by_identity(db: Database, identity: str) -> Stored | None:
    """The entry of that ``writer/seq``."""
    writer, _, seq = identity.partition("/")
    rows = db.tuples(_by_identity, {"writer": writer, "seq": int(seq), "indexed": indexed_to(db)})
    return stored(rows[0]) if rows else None


def of_action(db: Database, action: str) -> list[Stored]:
    """The entries of an act: they stand one after the other in the writer's own order."""
    writer, _, seq = action.partition("/")
    found: list[Stored] = []
    where = {"writer": writer, "seq": int(seq), "indexed": indexed_to(db)}
    for values in itertools.chain(_each(db, _placed_span, where), _each(db, _newest_span, where)):
        one = stored(values)
        if one.entry.action != action:
            break
        found.append(one)
    return found


def _each(db: Database, statement: Statement, where: Params, size: int = 1000) -> Iterator[Any]:
    for lot in db.stream(statement, where, size):
        yield from lot


def last_of_writer(db: Database, writer: str, last_seq: int, most: int, kinds: Iterable[str] = ()) -> Iterator[Stored]:
    """A writer's newest entries, newest first, read as they are asked for; of these kinds only, where any are named.

    The kinds named are none of those that a file makes: of a file that was taken in only the last entry is looked at.
    """
    where = {"writer": writer, "seq": max(1, last_seq - most + 1), "last": last_seq, "indexed": indexed_to(db)}
    is_one = _sign_of(tuple(kinds)).search
    looking = True
    while looking:
        looking = False
        for values in itertools.chain(_each(db, _newest_back, where), _each(db, _placed_back, where, _FEW)):
            if is_one(values[1]):
                yield stored(values)
            elif _OF_A_FILE in values[1] and (action := _ACTION.search(values[1])):
                where, looking = where | {"last": int(action[1]) - 1}, True
                break


@lru_cache
def _sign_of(kinds: tuple[str, ...]) -> re.Pattern[bytes]:
    """What is seen in the bytes of these kinds need not be parsed: that takes three quarters of the time."""
    return re.compile(b'"kind":"(?:%s)"' % b"|".join(re.escape(kind.encode()) for kind in kinds) if kinds else b"")


def of_writer_after(db: Database, writer: str, seq: int, most: int | None = None) -> list[Stored]:
    """A writer's entries after ``seq``, in its own order; up to ``most`` of them."""
    where = {"writer": writer, "seq": seq + 1, "indexed": indexed_to(db)}
    rows = itertools.chain(_each(db, _placed_span, where), _each(db, _newest_span, where))
    return [stored(values) for values in itertools.islice(rows, most)]


def of_subject(db: Database, subject: str) -> list[Stored]:
    """Everything that touched a subject, oldest first."""
    return of_subjects(db, (subject,))


def of_subjects(db: Database, subjects: Iterable[str]) -> list[Stored]:
    """Everything that touched any of these subjects, each entry once, oldest first."""
    wanted = dict.fromkeys(subjects)
    rows = {values[0]: values for subject in wanted for values in db.tuples(_of_subject, {"subject": subject})}
    known = [stored(rows[n]) for n in sorted(rows)]
    # Only what names one of them at all is worth reading.
    signs = [subject.encode() for subject in wanted]
    waiting = db.tuples(_since, {"n": indexed_to(db)})
    named = [stored(values) for values in waiting if any(sign in values[1] for sign in signs)]
    return known + [one for one in named if not wanted.keys().isdisjoint(one.entry.premises.touches)]


def end_at_newest(db: Database) -> None:
    """The newest entries were taken out, and their places will be given again: the indexes end where entries end."""
    put_meta(db, _INDEXED, str(min(indexed_to(db), last_n(db))))


def has_hub(db: Database) -> bool:
    """Whether this bench follows a hub."""
    return meta(db, STANDING) is not None


def last_n(db: Database) -> int:
    """The place of the newest entry, 0 for an empty journal."""
    return int(db.value(_last_n))


def count(db: Database) -> int:
    """How many entries there are."""
    return int(db.value(_count))


def writers(db: Database) -> list[Writer]:
    """Every writer that this database has been, its head as its newest entries leave it."""
    return [_writer(db, row) for row in db.all(_writers)]


def _writer(db: Database, row: Row) -> Writer:
    seq, digest, minted, n = json.loads(row["head"])
    head = bytes.fromhex(digest)
    # A writer that is retired was written down then, and has no newer entries: nothing to look through.
    newer = _each(db, _after_head, {"n": n, "writer": row["writer"], "seq": seq}) if row["state"] == "current" else ()
    for newest_seq, digest, stand in newer:
        seq, head = newest_seq, bytes(digest)
        minted = minted if stand is None else json.loads(stand).get(MINTED, minted)
    return Writer(row["writer"], row["scope"], row["short_code"], seq, head, minted, row["state"])


def put_writer(db: Database, head: Writer, n: int = 0) -> None:
    """Write a writer that begins, with its head; ``n`` is the place of the newest entry."""
    row = {"writer": head.writer, "scope": head.scope, "short_code": head.short_code, "state": head.state}
    db.run(_put_writer, row)
    put_head(db, head, n)


def put_head(db: Database, head: Writer, n: int) -> None:
    """Write how far a writer has come by the entry at ``n``: what follows is read from the entries themselves."""
    place = f'[{head.last_seq},"{head.last_hash.hex()}",{head.numbers_minted},{n}]'
    put_meta(db, f"head:{head.writer}", place)


def stands_after(db: Database, n: int) -> list[dict[str, Any]]:
    """What the acts after the ``n``-th entry left standing, oldest first."""
    return [json.loads(stand) for (stand,) in db.tuples(_stands, {"n": n})]


def formers_of(db: Database, n: int) -> str | None:
    """The former values that stand beside an entry."""
    text: str | None = db.value(_formers, {"n": n})
    return text


def put_formers(db: Database, formers: Mapping[int, str | None]) -> None:
    """Write former values beside entries that are there already."""
    db.run_many(_put_formers, [{"n": n, "formers": text} for n, text in formers.items()])


def put_verdicts(db: Database, verdicts: Mapping[int, str]) -> None:
    """Write this store's own verdict on entries that were judged again, by their place."""
    db.run_many(_put_verdict, [{"n": n, "verdict": verdict} for n, verdict in verdicts.items()])


def forget_formers(db: Database, first: int, n: int) -> None:
    """Empty the former values of the entries from ``first`` up to, and not with, ``n``; under a hub of placed ones."""
    db.run(_forget_formers, {"first": first, "n": n})


def retire_writers(db: Database) -> None:
    """No writer of this database mints any more: a new one is about to begin."""
    db.run(_retire)


def meta(db: Database, name: str) -> str | None:
    """A value kept beside the journal."""
    value: str | None = db.value(_meta, {"name": name})
    return value


def put_meta(db: Database, name: str, value: str) -> None:
    """Keep a value beside the journal."""
    db.run(_put_meta, {"name": name, "value": value})
