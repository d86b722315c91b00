"""What Find offers of a history: the paper."""

from __future__ import annotations

from gms_desktop import history_words
from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import Database
from gms_desktop.services import lineage
from gms_desktop.services.views import Offer

SORTS = frozenset({"specimen", "request", "patient", "eluate", "tube", "piece", "library", "plate", "rack", "pool"})


def offers(subject: str) -> tuple[Offer, ...]:
    """A history of what can be followed: a thing, a request, a patient."""
    if subject.partition(":")[0] not in SORTS:
        return ()
    return (Offer(Command.HISTORY_PAPER, history_words.OFFER, argument=subject),)


def file_name(db: Database, subject: str) -> str:
    """What a history is called among the files: by a number, never by a patient's name."""
    sort, _, name = subject.partition(":")
    number = "" if sort in {"patient", "request"} else lineage.itself(db, sort, name).number
    return history_words.file_name(number or f"a {sort}")
