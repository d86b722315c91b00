"""What a bench answers a scan, a command or a PIN with, and who works at it."""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.services.sign_in import Operator
from gms_desktop.services.views import FindView, Question, ReceiveView


@dataclass
class Session:
    """Who works here now. ``awaiting`` is the person whose badge was read and whose PIN is awaited.

    ``break_glass``: opened without a PIN. ``ended``: why the session ended by itself, to be said at the lock.
    """

    operator: Operator | None = None
    locked: bool = True
    awaiting: Operator | None = None
    identity: str = ""
    was_open: bool = False
    break_glass: bool = False
    ended: str = ""


@dataclass(frozen=True)
class Answered:
    """What a scan or command led to: the verdict, the Receive screen, and Find's when it was asked there.

    ``place`` names the screen that the work goes on with; empty for the one it is on.
    """

    verdict: Verdict
    receive: ReceiveView
    find: FindView | None = None
    question: Question | None = None
    sign_in: bool = False
    print_labels: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class SignedIn:
    """How a PIN was met: in words, and whether it was the one; ``answered`` is what a second person let happen.

    ``given_up``: the sign-in was cancelled, or another badge read, while the PIN was checked: nobody signed in.
    """

    ok: bool
    words: str
    answered: Answered | None = None
    given_up: bool = False
