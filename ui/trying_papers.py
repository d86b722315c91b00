"""Tries what papers need on this computer: a page is made, shown, printed into a file and read back from its pixels.

For the doctor and for whoever packs the application. A process of its own does it, started as a proof is: a fault of a
print system's plugin ends that one only, and it shows that the program starts itself once more.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from gms_desktop import paper_words
from gms_desktop.errors import Unavailable
from ui.program import this_program

COMMAND = "try-papers"
_DONE_S = 60.0


def papers_tried() -> str:
    """What came of it, in words.

    Raises:
        OSError: it could not be done, with what was said of it.
    """
    try:
        done = subprocess.run(
            [*this_program(), COMMAND],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_DONE_S,
            check=False,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        )
    except subprocess.TimeoutExpired as late:
        raise OSError(paper_words.not_tried_in(_DONE_S)) from late
    said = (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()
    if done.returncode or len(said) != 1:
        raise OSError(said[-1] if said else paper_words.ended(done.returncode))
    return said[0]


def try_papers() -> str:
    """Do it here, and say what came of it.

    Raises:
        Unavailable: a page could not be made, printed or read back.
    """
    from gms_desktop.documents.self_test_sheet import codes_on, self_test_sheet
    from ui.app import plain_application
    from ui.system_paper import print_pages, usual_queue

    application = plain_application(["gms-desktop"])
    sheet = self_test_sheet()
    with tempfile.TemporaryDirectory(prefix="gms_desktop-") as folder:
        printed = Path(folder) / "printed.pdf"
        sent = print_pages("", sheet, printed)
        read = codes_on(printed.read_bytes()) if printed.exists() else []
    queue = usual_queue()
    del application
    if not read or read != codes_on(sheet):
        raise Unavailable(paper_words.not_as_made(sent))
    return paper_words.tried(len(read), queue)
