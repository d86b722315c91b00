"""What the Send away screen shows, whichever way a consignment goes."""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.views import Offer, Question


@dataclass(frozen=True)
class SendLine:
    """One thing, or one consignment."""

    title: str
    detail: str
    kind: VerdictKind | None = None


@dataclass(frozen=True)
class SendView:
    """The Send away screen.

    Attributes:
        facts: of the destination, or of the sender.
        listed: what has not ended and what came in, where no consignment is in view.
        to_us: whether the one in view was sent to this laboratory.
        form_alone: the question has so many fields that it needs the room of the list beside it.
        letter_whole: every code of a letter was scanned, and it is to be read.
    """

    heading: str
    verdict: Verdict | None = None
    state: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    items_title: str = ""
    items: tuple[SendLine, ...] = ()
    listed: tuple[SendLine, ...] = ()
    offers: tuple[Offer, ...] = ()
    question: Question | None = None
    has_papers: bool = False
    has_label: bool = False
    to_us: bool = False
    letter_whole: bool = False
    form_alone: bool = False
