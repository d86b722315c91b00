"""What the letter says that chases a consignment: what is still out, or that nobody said whether it arrived."""

from __future__ import annotations

from dataclasses import dataclass

RETURN_TITLE = "Request for the return"
ANSWER_TITLE = "Request for news"
DRAFT = "Draft: read it, sign it, then send it."
ASK_RETURN = "What is listed below left us on {left} and was due back on {day}. It is not back."
ASK_ANSWER = "This consignment left us on {left} and was expected with you on {day}. Nobody told us whether it arrived."
DO_RETURN = "Send it back, or tell us until when you need it. Tell us too if you cannot find a thing of it."
DO_ANSWER = "Tell us what arrived, when, and what did not, with the consignment's number."
BEFORE = "We asked before: {days}."
SIGNED = ("Name", "Role", "Date", "Telephone")


@dataclass(frozen=True)
class Asked:
    """What is asked for; days are written out.

    Attributes:
        back: whether things are asked back; else an answer is.
        left: when the courier took it.
        day: when it was due.
        before: when somebody was asked before.
        words: what the letter says besides.
    """

    back: bool
    left: str
    day: str
    before: tuple[str, ...] = ()
    words: str = ""

    @property
    def title(self) -> str:
        """Of the letter."""
        return RETURN_TITLE if self.back else ANSWER_TITLE

    @property
    def sentences(self) -> tuple[str, ...]:
        """What it says above the list."""
        ask = (ASK_RETURN if self.back else ASK_ANSWER).format(left=self.left, day=self.day)
        before = BEFORE.format(days=", ".join(self.before)) if self.before else ""
        return tuple(filter(None, (ask, DO_RETURN if self.back else DO_ANSWER, before, self.words)))
