"""The history of one thing and its chain of custody, as they go on paper, and the words on it."""

from __future__ import annotations

from dataclasses import dataclass

Facts = tuple[tuple[str, str], ...]
TITLE = "History and chain of custody"
PERSON, KNOWN = "Patient", "What is known of it now"
CUSTODY, CUSTODY_HOW = "Chain of custody", "Where it was and who held it, oldest first; of what was made of it too."
MADE, MADE_HOW = "Made of it", "Every aliquot, eluate, tube, piece of tissue and library, and where each is now."
ASKED, ASKED_HOW = "What an inspector asks", "Of it and of all that was made of it; each act of it is below, in full."
ASKED_COLUMNS = ("Question", "Answer")
ACTS, ACTS_HOW = "Every act", "Oldest first. What was undone, refused or withdrawn stays, and says so."
FACT_COLUMNS = ("What", "As recorded")
CUSTODY_COLUMNS = ("When", "What", "Act", "Held since by", "Person")
MADE_COLUMNS = ("What", "Number", "Made from", "Now")
ACT_COLUMNS = ("When", "Act", "Recorded", "Scanned", "Person and bench", "Entry")
NOTHING_MADE, NO_CUSTODY = "Nothing was made of it here.", "Nothing is recorded of where it was."


@dataclass(frozen=True, slots=True)
class Held:
    """One step of the chain: since when who held what, and by which act of whom."""

    at: str
    thing: str
    words: str
    holder: str
    who: str

    @property
    def cells(self) -> tuple[str, ...]:
        """A row of :data:`CUSTODY_COLUMNS`."""
        return self.at, self.thing, self.words, self.holder, self.who


@dataclass(frozen=True, slots=True)
class Made:
    """One thing that was made of it."""

    sort: str
    number: str
    parent: str
    now: str

    @property
    def cells(self) -> tuple[str, ...]:
        """A row of :data:`MADE_COLUMNS`."""
        return self.sort, self.number, self.parent, self.now


@dataclass(frozen=True, slots=True)
class Act:
    """One entry.

    Attributes:
        at: when, on the laboratory's wall clock.
        words: what was done, and in brackets what became of it.
        recorded: what it recorded beside.
        scanned: the codes that were scanned for it, or how else it was entered.
        who: the person and the bench.
        entry: its identity in the journal.
    """

    at: str
    words: str
    recorded: str
    scanned: str
    who: str
    entry: str

    @property
    def cells(self) -> tuple[str, ...]:
        """A row of :data:`ACT_COLUMNS`."""
        return self.at, self.words, self.recorded, self.scanned, self.who, self.entry


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of an inspector, and what the records answer, a line each."""

    question: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """All that goes on the paper.

    Attributes:
        name: what it is the history of.
        patient: who it is from; empty where no single patient may be named.
        facts: what is known of it now.
        custody, made, acts: as their columns say.
        answers: to what an inspector asks.
    """

    name: str
    patient: Facts
    facts: Facts
    custody: tuple[Held, ...]
    made: tuple[Made, ...]
    acts: tuple[Act, ...]
    answers: tuple[Answer, ...] = ()
