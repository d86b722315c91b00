"""What the Review screen paints: frozen rows of words."""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.services.views import Banner, Offer, Question, TimelineLine


@dataclass(frozen=True)
class CaseLine:
    """One case of the list, oldest first; ``key`` names it."""

    key: str
    title: str
    detail: str


@dataclass(frozen=True)
class StoryView:
    """One side: what it comes to, and what was recorded and scanned there, oldest first."""

    title: str
    sentence: str
    lines: tuple[TimelineLine, ...] = ()


@dataclass(frozen=True)
class TaskLine:
    """One thing that exists because of a case, or is left to do."""

    words: str
    done: bool = False


@dataclass(frozen=True)
class ReviewView:
    """The Review screen: the open cases, and the chosen one with both stories."""

    heading: str
    cases: tuple[CaseLine, ...] = ()
    chosen: str = ""
    title: str = ""
    banner: Banner | None = None
    left: StoryView | None = None
    right: StoryView | None = None
    resting: str = ""
    tasks_title: str = ""
    tasks: tuple[TaskLine, ...] = ()
    verdict: Verdict | None = None
    offers: tuple[Offer, ...] = ()
    question: Question | None = None
    note: str = ""
