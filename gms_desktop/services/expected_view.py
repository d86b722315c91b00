"""The Expected screen: files taken in, rows that wait to be put right, and what can be undone."""

from __future__ import annotations

from functools import partial

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.exchange.expected import RowProblem
from gms_desktop.exchange.problem_words import row_sentence
from gms_desktop.journal import store
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import found_files, test_directory, undo
from gms_desktop.services.find import local_minute
from gms_desktop.services.found_files import WhatIsKept
from gms_desktop.services.views import ExpectedView, FixItLine


def view(ledger: Ledger, verdict: Verdict | None, time_zone: str, kept: WhatIsKept = lambda _: None) -> ExpectedView:
    """The Expected screen; ``kept`` tells what is known of the file with a hash."""
    db = ledger.db
    acts = look_up.imports(db)
    rows = look_up.fix_it(db)
    names = store.private_values(db, [f"import:{row['id']}" for row in acts])
    files = {row["id"]: names.get(row["file_private"]) or "a file" for row in acts}
    fix_it = tuple(
        FixItLine(
            file=files.get(row["import"], "an earlier file"),
            row=row["row"],
            column=row["field"],
            value=names.get(row["value_private"]) or "",
            reason=row_sentence(
                RowProblem(
                    row["row"], row["field"], names.get(row["value_private"]) or "", row["reason"], row["detail"]
                )
            ),
        )
        for row in rows
    )
    imports = tuple(
        found_files.line(ledger, row, files[row["id"]], partial(local_minute, time_zone=time_zone), kept)
        for row in acts
    )
    act = undo.newest_import(db, ledger.head.writer)
    waiting = look_up.count_fix_it(db)
    heading = f"{waiting} rows need you" if waiting > 1 else "1 row needs you" if waiting else "Choose a file to import"
    return ExpectedView(
        heading=heading,
        imports=imports,
        fix_it=fix_it,
        expected=look_up.count_expected(db),
        undo=f"Undo: {act.words}" if act else "",
        verdict=verdict,
        directories=test_directory.standing(db),
        tests_odd=test_directory.awaited_unknown(db),
    )
