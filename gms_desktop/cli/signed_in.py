"""Who gives a command: badge and PIN as at the bench, while the application is closed.

A wrong PIN is an entry and counts, a right one clears the count, and the wait after wrong ones holds here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from gms_desktop import words
from gms_desktop.bench_file import BenchFile
from gms_desktop.cli.reading import NOT_SET_UP_YET, key_for
from gms_desktop.errors import Refused
from gms_desktop.journal import credentials
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import rights, sign_in
from gms_desktop.services.sign_in import Operator
from gms_desktop.starting import bench_file

YOUR_BADGE = "Use your own badge."
ADMINISTRATORS_BADGE = "Tap the badge of an administrator."


@dataclass(frozen=True)
class SignedIn:
    """A bench's file that is open for a command, and who gives it."""

    file: BenchFile
    ledger: Ledger
    who: Operator
    time_zone: str

    @property
    def actor(self) -> rights.Actor:
        """Who acts."""
        return rights.Actor(self.who.id)

    def may(self, job: str) -> str | None:
        """The role in which they do a job.

        Raises:
            Refused: when they may not; it says who may.
        """
        try:
            role = rights.permitted(self.ledger, self.actor, job, self.time_zone).role
        except rights.NotAllowed as fault:
            raise Refused(fault.verdict.sentence) from fault
        return role.value if role else None

    def entitled(self, drafts: Sequence[Draft]) -> list[Draft]:
        """What they do, with the right they do it by.

        Raises:
            Refused: when they may not; it says who may.
        """
        try:
            return rights.entitled(self.ledger, drafts, self.actor, self.time_zone)
        except rights.NotAllowed as fault:
            raise Refused(fault.verdict.sentence) from fault


@contextmanager
def signed_in(
    data: Path, badge: str, pin: str, do: str = YOUR_BADGE, within: AbstractContextManager[None] | None = None
) -> Iterator[SignedIn]:
    """The bench's file, open for whoever has this badge and this PIN; its lease is renewed at the end.

    Args:
        data: the bench's data folder.
        badge: the badge's code.
        pin: as typed.
        do: what somebody does whose badge is not known here.
        within: entered before the file is opened, once it is taken and known to be set up.

    Raises:
        Refused: when badge or PIN is not one, a window has the bench open, or it is not set up.
        Unavailable: when the data folder or file cannot be used.
    """
    if not data.exists():
        raise Refused(f"{data} is not there. {NOT_SET_UP_YET}")
    file = bench_file(data)
    file.take()
    try:
        # A bench that is not set up is refused before anything is made in its folder.
        key_for(file.path, data)
        with within or nullcontext():
            ledger = file.open()
            try:
                laboratory = look_up.laboratory(ledger.db)
                if laboratory is None:
                    raise Refused(NOT_SET_UP_YET)
                who = known(ledger, badge, pin, file.pepper, do)
                yield SignedIn(file, ledger, who, laboratory["time_zone"])
            finally:
                with ledger.db.write():
                    file.renew(ledger)
                ledger.db.close()
    finally:
        file.release()


def known(ledger: Ledger, badge: str, pin: str, pepper: bytes, do: str) -> Operator:
    """The person whose badge and PIN these are; what a PIN came to is on disk in a transaction of its own.

    Raises:
        Refused: when they are nobody's, or the wait after wrong PINs is not over.
    """
    who = sign_in.by_badge(ledger, badge, pepper)
    kept = credentials.newest(ledger.db, who.id) if who else None
    now = ledger.clock.now()
    if who is None or kept is None:
        raise Refused(f"This badge belongs to nobody here. {do}")
    until = sign_in.wait_until(kept, now)
    if until is not None:
        raise Refused(words.wait_for_pin((until - now).total_seconds()))
    right = sign_in.verifies(kept.verifier, pin, pepper)
    if not right or kept.failures:
        with ledger.db.write():
            sign_in.note_pin(ledger, who.id, kept, ledger.head.writer, right=right)
    if not right:
        raise Refused(words.WRONG_PIN)
    return who
