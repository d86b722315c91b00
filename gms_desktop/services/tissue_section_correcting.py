"""Which sections a cut piece holds is corrected: what was scraped off it follows, what says the same is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gms_desktop import tissue_correct_words
from gms_desktop.domain.tissue.pieces import Sort
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body
from gms_desktop.register import tissue_look_up
from gms_desktop.services import tissue_pieces

NAME = "sections"
FOLLOWS = frozenset({NAME, "thickness_um"})
"""What is so of a slide's tissue is so of the tube into which it was scraped."""
_LAST = 100_000
Fields = tuple[tuple[str, str], ...]


def fields(db: Database, row: Row) -> tuple[Fields, Fields]:
    """The fields of the form and what stands in them; none for a tube that holds what a slide held."""
    if row["first_section"] is None or _scraped_off(db, row):
        return (), ()
    first = ("first", tissue_correct_words.FIRST_SECTION), ("first", str(row["first_section"]))
    if row["sort"] != Sort.SCROLLS:
        return (("first", tissue_correct_words.SECTION),), (first[1],)
    last = ("last", tissue_correct_words.LAST_SECTION), ("last", str(row["last_section"]))
    return (first[0], last[0]), (first[1], last[1])


def read(db: Database, row: Row, said: Mapping[str, str]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The sections that a form states where they differ from what is recorded, or what is to be put right in it."""
    if not fields(db, row)[0]:
        return {}, ()
    first = _number(said.get("first", str(row["first_section"])))
    last = _number(said.get("last", str(row["last_section"]))) if row["sort"] == Sort.SCROLLS else first
    if first is None or last is None or not first <= last:
        return {}, (tissue_correct_words.SECTIONS_PROBLEM,)
    if (first, last) == (row["first_section"], row["last_section"]):
        return {}, ()
    return {NAME: tissue_correct_words.sections(first, last), "first_section": first, "last_section": last}, ()


def words_of(row: Row) -> str:
    """The sections that are recorded."""
    return tissue_correct_words.sections(row["first_section"], row["last_section"])


def scraped_from(db: Database, row: Row) -> list[Row]:
    """What was scraped off a slide."""
    return tissue_look_up.pieces_of(db, row["id"]) if row["sort"] == Sort.SLIDE else []


def rests(db: Database, row: Row, body: Body) -> tuple[str, ...]:
    """What follows a correction, and what is to be looked at once the sections are others."""
    followed = [str(one["number"]) for one in scraped_from(db, row)]
    found = [tissue_correct_words.follows(followed)] if followed and FOLLOWS & set(body["corrected"]) else []
    if NAME in body["corrected"] and row["parent"]:
        beside = [one for one in tissue_look_up.pieces_of(db, row["parent"]) if one["id"] != row["id"]]
        now = row | {"first_section": body["first_section"], "last_section": body["last_section"]}
        if same := tissue_pieces.same_sections([*beside, now]).get(str(row["number"])):
            found.append(tissue_correct_words.holds_the_same(same))
    return tuple(found)


def _scraped_off(db: Database, row: Row) -> bool:
    parent = tissue_look_up.piece(db, row["parent"]) if row["parent"] else None
    return parent is not None and parent["sort"] == Sort.SLIDE


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and 1 <= int(written) <= _LAST else None
