"""What every register table has in common: one text key, text and whole numbers, and the subject it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Index, MetaData, Table, Text, text

from gms_desktop.journal.entry import Entry

RowKey = tuple[str, str]
Row = dict[str, Any]
Rows = Mapping[RowKey, Row | None]
Changes = dict[RowKey, Row | None]

derived = MetaData()

LONGEST_INDEXED = 500
"""Characters that a text may have where it stands in an index: PostgreSQL refuses longer ones (a third of a page)."""


@dataclass(frozen=True, slots=True)
class Group:
    """A table group: the kinds it folds, the rows it must see for an entry, and what the entry makes of them."""

    kinds: frozenset[str]
    reads: Callable[[Entry], list[RowKey]]
    fold: Callable[[Entry, Rows], Changes]


def table(name: str, subject: str, columns: str, *indexes: str | tuple[str, str]) -> Table:
    """Define a register table.

    Args:
        name: the table.
        subject: sort of subject its rows belong to; a row's id is the subject's, with ``/part`` where it has several.
        columns: names of its columns; one ending in ``#`` holds whole numbers, the others text.
        indexes: columns to index, several with a comma between; with a condition where only some rows are looked for.
    """
    made = Table(
        name, derived, Column("id", Text, primary_key=True), sqlite_with_rowid=False, info={"subject": subject}
    )
    for column in columns.split():
        made.append_column(Column(column.rstrip("#"), BigInteger if column.endswith("#") else Text))
    for index in indexes:
        names, where = (index, None) if isinstance(index, str) else (index[0], text(index[1]))
        parts = names.split(",")
        on = [made.c[part] for part in parts]
        # PostgreSQL is given the condition where its tables are made: naming it here would load its dialect.
        Index(f"{name}_by_{'_'.join(parts)}", *on, sqlite_where=where)
    return made


def subject_of(key: RowKey) -> str:
    """The subject that a row belongs to."""
    name, row_id = key
    sort = _sorts.get(name) or _sorts.setdefault(name, derived.tables[name].info["subject"])
    # A row of a table about any subject has the subject itself for its id, before two strokes where it has several.
    return row_id.partition("//")[0] if sort == "any" else f"{sort}:{row_id.partition('/')[0]}"


def new_row(name: str, row_id: str, /, **values: Any) -> Row:
    """A whole row: columns that are not named hold nothing."""
    empty = _empty.get(name) or _empty.setdefault(name, dict.fromkeys(_columns(name)))
    row: Row = {**empty, "id": row_id, **values}
    if len(row) != len(empty):
        raise KeyError(f"{name}: {', '.join(sorted(row.keys() - empty.keys()))}")
    return row


def changed(row: Row, /, **values: Any) -> Row:
    """The row with some columns changed."""
    return {**row, **values}


def is_whole(key: RowKey, row: Row) -> bool:
    """Whether a table can hold a row on either engine: its own id, text and whole numbers in their places.

    SQLite would take any value and make another of it; PostgreSQL would refuse it, and with it all that follows.
    """
    name, row_id = key
    shape = _shapes.get(name) or _shapes.setdefault(name, _Shape(name))
    if not row_id or row["id"] != row_id or len(row) != shape.width:
        return False
    try:
        # There are few combinations of types: most were seen before.
        if (types := tuple(map(type, shape.pick(row)))) not in shape.whole:
            if not shape.may_hold(types):
                return False
            shape.whole.add(types)
    except KeyError:
        return False
    texts = [*filter(None, shape.indexed(row))]
    # Most rows have so little text in their indexes that all of it together is short enough.
    return len("".join(texts)) <= LONGEST_INDEXED or max(map(len, texts)) <= LONGEST_INDEXED


class _Shape:
    """What rows of a table may hold: text or whole numbers by column, and which text stands in an index."""

    def __init__(self, name: str) -> None:
        columns = derived.tables[name].columns
        indexed = {column.name for index in derived.tables[name].indexes for column in index.columns} | {"id"}
        texts = [str(one.name) for one in columns if one.name in indexed and not isinstance(one.type, BigInteger)]
        self.width = len(columns)
        self.pick: Callable[[Row], tuple[Any, ...]] = _picked(list(_columns(name)))
        self.indexed: Callable[[Row], tuple[Any, ...]] = _picked(texts)
        self.whole: set[tuple[type, ...]] = set()
        self._wanted = [int if isinstance(one.type, BigInteger) else str for one in columns]

    def may_hold(self, types: tuple[type, ...]) -> bool:
        """Whether values of these types, column by column, are what the table holds."""
        return all(found in (wanted, type(None)) for found, wanted in zip(types, self._wanted, strict=True))


def _picked(names: list[str]) -> Callable[[Row], tuple[Any, ...]]:
    return itemgetter(*names) if len(names) > 1 else lambda row: tuple(row[name] for name in names)


def row_hash(name: str, row: Row) -> int:
    """The hash that a row adds to its table's digest: the first 128 bits of SHA-256 over table and row."""
    head, made, pick = _forms.get(name) or _form(name)
    return int.from_bytes(sha256(head + _written(made(*pick(row)))).digest()[:16], "big")


def _form(name: str) -> tuple[bytes, Callable[..., object], Callable[[Row], tuple[Any, ...]]]:
    """What makes JSON of a table's rows, with their names in order: a fold does little else."""
    names = sorted(_columns(name))
    places = [f"column_{place}" for place in range(len(names))]
    made = msgspec.defstruct(name, places, rename=dict(zip(places, names, strict=True)), gc=False)
    _forms[name] = (f"{name}\n".encode(), made, _picked(names))
    return _forms[name]


_written = msgspec.json.Encoder().encode
_sorts: dict[str, str] = {}
_shapes: dict[str, _Shape] = {}
_empty: dict[str, Row] = {}
_forms: dict[str, tuple[bytes, Callable[..., object], Callable[[Row], tuple[Any, ...]]]] = {}
_names: dict[str, tuple[str, ...]] = {}


def _columns(name: str) -> tuple[str, ...]:
    if name not in _names:
        # Plain text: a row with names of SQLAlchemy's own sort is slower in every look-up.
        _names[name] = tuple(str(column.name) for column in derived.tables[name].columns)
    return _names[name]
