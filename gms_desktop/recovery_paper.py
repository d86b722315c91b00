"""The recovery key of an open bench on paper, for the administrator who is signed in."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from gms_desktop import protection_words, recovery_key
from gms_desktop.journal import secret_store
from gms_desktop.services.imprints import imprint

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


def recovery_paper(bench: Bench) -> bytes:
    """The paper; that it is shown, and to whom, is recorded first. Waits for the disk: never on the main thread.

    Raises:
        Refused: whoever is signed in is no administrator.
        LabelUnreadable: the page does not read back.
    """
    from gms_desktop.documents.recovery_key_paper import recovery_key_pdf

    who = bench.operator_id()

    made_by = bench.recorder.read(lambda ledger: imprint(ledger, ledger.head.writer)).result()
    key = secret_store.make_key(secret_store.secrets_of(bench.file.folder))
    text = recovery_key.written(key, bench.file.pepper)
    made = recovery_key_pdf(text, recovery_key.lines(text), bench.settings.bench, made_by)
    # Nobody has seen it yet: whoever may not, never does.
    bench.recorder.write(lambda ledger: recovery_key.note_shown(ledger, who)).result()
    with suppress(ValueError):
        bench.file.notices.remove(protection_words.PRINT_THE_KEY)
    return made
