"""Reads and writes the journal's own tables: entries, touches, private values, writers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, literal_column, select

from gms_desktop.journal import schema
from gms_desktop.journal.database import Database, Statement, insert_new, text_statement, upsert
from gms_desktop.journal.entry import Entry, from_value
from gms_desktop.journal.private import PrivateValue, search_terms


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
class Writer:
    """A writer's head: where its chain stands and how many of our numbers it has minted."""

    writer: str
    scope: str
    short_code: str
    last_seq: int
    last_hash: bytes
    numbers_minted: int
    state: str = "current"


_add_entry = Statement(insert(schema.entry))
_add_touch = Statement(insert(schema.touch))
_add_private = insert_new(schema.private)
_add_term = insert_new(schema.private_term)
_put_writer = upsert(schema.writer)
_put_meta = upsert(schema.meta)
_last_n = Statement(select(func.coalesce(func.max(schema.entry.c.n), literal_column("0"))))
_count = Statement(select(func.count()).select_from(schema.entry))
_writers = Statement(select(schema.writer).order_by(schema.writer.c.writer))
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
_by_identity = Statement(
    select(*_columns).where(schema.entry.c.writer == bindparam("writer"), schema.entry.c.seq == bindparam("seq"))
)
_span = Statement(
    select(*_columns)
    .where(schema.entry.c.writer == bindparam("writer"), schema.entry.c.seq >= bindparam("seq"))
    .order_by(schema.entry.c.seq)
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
_add_unindexed = insert_new(schema.private_unindexed)
_unindexed = Statement(select(schema.private_unindexed.c.subject).limit(bindparam("most")))
_indexed = Statement(delete(schema.private_unindexed).where(schema.private_unindexed.c.subject == bindparam("subject")))
_subjects_of_term = Statement(
    select(schema.private_term.c.subject, schema.private_term.c.commitment)
    .where(schema.private_term.c.term >= bindparam("low"), schema.private_term.c.term < bindparam("high"))
    .limit(bindparam("most"))
)
_all_private = Statement(select(schema.private).order_by(schema.private.c.commitment))


def add(db: Database, rows: Sequence[Stored]) -> None:
    """Write entries and the subjects they touch."""
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
            }
            for row in rows
        ],
    )
    touches = [
        {"subject": subject, "n": row.n} for row in rows for subject in dict.fromkeys(row.entry.premises.touches)
    ]
    db.run_many(_add_touch, touches)


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


def find_private(db: Database, typed: str, most: int = 200) -> list[tuple[str, str]]:
    """Subjects and commitments whose private value has a word beginning with what was typed."""
    terms = search_terms(typed)
    if not terms:
        return []
    params = {"low": terms[0], "high": terms[0] + "\U0010ffff", "most": most}
    return db.tuples(_subjects_of_term, params)


def every_private(db: Database) -> Iterator[PrivateValue]:
    """Every private value, for verification."""
    for lot in db.stream(_all_private):
        for subject, commitment, salt, value in lot:
            yield PrivateValue(commitment, bytes(salt), value, subject)


def stored(values: Sequence[Any]) -> Stored:
    """Make a :class:`Stored` of a row of ``n, bytes, hash, verdict, position``."""
    n, content, digest, verdict, position = values
    return Stored(n, from_value(json.loads(bytes(content))), bytes(digest), bytes(content), verdict, position)


def since(db: Database, n: int = 0, size: int = 1000) -> Iterator[list[Stored]]:
    """Entries after the ``n``-th in order of arrival, in lots."""
    for lot in db.stream(_since, {"n": n}, size):
        yield [stored(values) for values in lot]


def by_identity(db: Database, identity: str) -> Stored | None:
    """The entry of that ``writer/seq``."""
    writer, _, seq = identity.partition("/")
    rows = db.tuples(_by_identity, {"writer": writer, "seq": int(seq)})
    return stored(rows[0]) if rows else None


def of_action(db: Database, action: str) -> list[Stored]:
    """The entries of an act: they stand one after the other in the writer's own order."""
    writer, _, seq = action.partition("/")
    found: list[Stored] = []
    for lot in db.stream(_span, {"writer": writer, "seq": int(seq)}):
        for values in lot:
            one = stored(values)
            if one.entry.action != action:
                return found
            found.append(one)
    return found


def of_subject(db: Database, subject: str) -> list[Stored]:
    """Everything that touched a subject, oldest first."""
    return [stored(values) for values in db.tuples(_of_subject, {"subject": subject})]


def last_n(db: Database) -> int:
    """The place of the newest entry, 0 for an empty journal."""
    return int(db.value(_last_n))


def count(db: Database) -> int:
    """How many entries there are."""
    return int(db.value(_count))


def writers(db: Database) -> list[Writer]:
    """Every writer that this database has been."""
    return [Writer(**{**row, "last_hash": bytes(row["last_hash"])}) for row in db.all(_writers)]


def put_writer(db: Database, head: Writer) -> None:
    """Write a writer's head."""
    db.run(
        _put_writer,
        {
            "writer": head.writer,
            "scope": head.scope,
            "short_code": head.short_code,
            "last_seq": head.last_seq,
            "last_hash": head.last_hash,
            "numbers_minted": head.numbers_minted,
            "state": head.state,
        },
    )


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
