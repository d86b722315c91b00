"""The sample sheet of a pool: read back, compared with the pool, kept here and recorded as issued, then saved."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256

from gms_desktop import index_plate_words, indexing_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.index_plates import Orientation
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.exchange.worklists import sample_sheet
from gms_desktop.exchange.worklists.sample_sheet import SheetRow
from gms_desktop.exchange.worklists.transfers import WorklistError
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body
from gms_desktop.register import library_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_documents, kept_files, left_out, libraries, site_rules
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Question

_RUN = re.compile(r"[A-Za-z0-9_-]{1,60}")
_LANE = re.compile(r"[1-8]?", re.ASCII)


def file_name(code: str) -> str:
    """What the sheet of a pool is called: the name that sequencers look for has the pool's code before it."""
    return f"{code}_SampleSheet.csv"


def sheet(ledger: Ledger, desk: Desk, answer: Answer | None) -> Outcome:
    """Write the sheet of the pool in view, or ask which run it goes on."""
    row = library_look_up.pool(ledger.db, desk.index.pool) if desk.index.pool else None
    if row is None:
        return Outcome(indexing_words.open_a_pool())
    if stopped := left_out.undecided_in_pool(ledger.db, row["id"]):
        first, why = next(iter(stopped.items()))
        name = libraries.name(ledger.db, first)
        return Outcome(indexing_words.sheet_not_written(row["code"], name, why, len(stopped)))
    said = {name: value.strip() for name, value in answer.fields} if answer else {}
    run, lane = said.get("run", ""), said.get("lane", "")
    if not _RUN.fullmatch(run) or not _LANE.fullmatch(lane):
        question = Question(
            Command.POOL_SHEET,
            f"Which run does {row['code']} go on?",
            fields=(("run", "Name of the run"), ("lane", "Lane, where it has one of its own")),
            confirm="Write the sample sheet",
            values=answer.fields if answer else (),
        )
        return Outcome(
            indexing_words.run_wanted() if answer else indexing_words.asks_run(row["code"]), question=question
        )
    if desk.files is None:
        return Outcome(indexing_words.no_sheet("This bench keeps no files"))
    document = ledger.identity()
    try:
        content, names = written(ledger.db, row, run, lane)
        desk.files().put(content, "text/csv", f"document:{document}", kept_files.now(ledger))
    except (WorklistError, Refused, Unavailable) as fault:
        return Outcome(indexing_words.no_sheet(str(fault).rstrip(".")))
    body: Body = {"document": document, "sort": case_documents.SAMPLE_SHEET, "form": run, "start": None, "end": None}
    body |= {"sha256": sha256(content).hexdigest(), "about": [f"pool:{row['id']}"], "replaces": None, "file": None}
    desk.index = replace(desk.index, sheet=(document, file_name(row["code"])))
    verdict = indexing_words.sheet_written(row["code"], run, row["libraries"] - len(names), names)
    return Outcome(verdict, (Draft("document.issued", body, input=desk.told),))


def written(db: Database, pool: Row, run: str, lane: str) -> tuple[bytes, tuple[str, ...]]:
    """The sheet of a pool, read back and compared with what the pool holds; and which libraries stand not on it.

    A library that a person left out is not on it: its reads are nobody's.

    Raises:
        WorklistError: when libraries cannot be told apart, i5 is not known to be written forward, or the sheet would
            say something else.
    """
    rows = library_look_up.libraries_in(db, pool["id"])
    if len(rows) != pool["libraries"]:
        raise WorklistError([f"{pool['libraries']} libraries were pooled, and {len(rows)} are known here"])
    blocks = [one for one in libraries.odd(db, rows) if one.blocks]
    if blocks:
        raise WorklistError([index_plate_words.finding(blocks[0]).rstrip(".")])
    out = library_look_up.left_out_of(db, pool["id"])
    names = tuple(libraries.name(db, row["id"]) for row in rows if row["id"] in out)
    known = libraries.with_indexes(db, [row for row in rows if row["id"] not in out])
    ways = {one.i5 for one in known}
    way = ways.pop() if len(ways) == 1 else Orientation.NOT_STATED
    how = site_rules.worklists(db).sheet
    allowed = dict.fromkeys(("BarcodeMismatchesIndex1", "BarcodeMismatchesIndex2"), str(pool["mismatches"]))
    lines = [SheetRow(one.code, one.pair.i7, one.pair.i5, lane) for one in known]
    sheet_of = replace(how, columns={**how.columns, **allowed})
    return sample_sheet.write(run, lines, way, sheet_of), names
