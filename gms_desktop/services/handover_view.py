"""What the Handover screen paints: the sheet in view, the notes as they stand now, and what may be done."""

from __future__ import annotations

from dataclasses import dataclass, field

from gms_desktop import handover_words
from gms_desktop.documents.handover import Note, Sheet, Signatures
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import handover, rights
from gms_desktop.services.handover import Around


@dataclass(frozen=True)
class HandoverView:
    """The Handover screen.

    Attributes:
        heading: what is awaited.
        sheet: made just now; or the one that was handed over and waits to be taken over, as it was signed.
        signatures: the names under it.
        notes: those not acknowledged now, also those written after the sheet was signed.
        verdict: what the last act came to.
        signed: names the first signature of the sheet in view; empty where it is not handed over.
        may_hand_over: whether the person may sign it as the one who goes.
        may_take_over: whether the person may sign it as the one who comes.
        may_note: whether the person may write and acknowledge notes.
        remark: why something may not be done; empty where all may.
    """

    heading: str
    sheet: Sheet
    signatures: Signatures = field(default_factory=Signatures)
    notes: tuple[Note, ...] = ()
    verdict: Verdict | None = None
    signed: str = ""
    may_hand_over: bool = False
    may_take_over: bool = False
    may_note: bool = False
    remark: str = ""


def view(
    ledger: Ledger,
    actor: rights.Actor | None,
    around: Around,
    time_zone: str,
    verdict: Verdict | None = None,
    *,
    fresh: bool = False,
) -> HandoverView:
    """The screen.

    Args:
        ledger: the bench's; it is only read.
        actor: who is signed in; None where nobody is.
        around: what is known at this bench beside the register.
        time_zone: the laboratory's.
        verdict: what the last act came to.
        fresh: make a new sheet, also where one waits to be taken over.
    """
    may = rights.offered(ledger, actor, handover.JOB, time_zone)
    made = handover.sheet(ledger, around, time_zone)
    waiting = None if fresh else handover.awaited(ledger, time_zone)
    if waiting is None:
        things = sum(len(section.lines) for section in made.sections)
        heading = handover_words.heading(things, "")
        remark = "" if may else handover_words.NOT_YOURS
        return HandoverView(
            heading, made, notes=made.notes, verdict=verdict, may_hand_over=may, may_note=may, remark=remark
        )
    own = actor is not None and actor.operator == waiting.by
    first = waiting.signatures.handed_over
    return HandoverView(
        handover_words.OWN_WAITS if own else handover_words.heading(0, first.by if first else ""),
        waiting.sheet,
        waiting.signatures,
        made.notes,
        verdict,
        waiting.signature,
        may_take_over=may and not own,
        may_note=may,
        remark=handover_words.OWN_HANDOVER if own else "" if may else handover_words.NOT_YOURS,
    )
