"""Whether a tube is shown to be its patient's, by the site's rule; what a decision keeps of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gms_desktop import words
from gms_desktop.domain.identity_rule import Finding, IdentityRule, Judged, State, judge, read_identity
from gms_desktop.journal.database import Database
from gms_desktop.services.alike import Alike, alike
from gms_desktop.services.compare import APART, FIELD_WORDS, Line, compared, differing
from gms_desktop.services.site_rules import RuleText, rule_text
from gms_desktop.services.situation import Situation, Tube

_parsed: dict[str, IdentityRule] = {}


@dataclass(frozen=True)
class Identity:
    """What the rule comes to for one tube, and whether another patient could be meant.

    Attributes:
        judged: by the site's rule.
        alike: other open patients of the same surname and birth date; None when there is none.
        apart: whether a person said what tells them apart.
    """

    lines: tuple[Line, ...]
    judged: Judged
    alike: Alike | None
    apart: bool
    rule: RuleText

    @property
    def met(self) -> bool:
        """Whether the tube may be accepted as it is."""
        return self.judged.finding is Finding.MET and (self.alike is None or self.apart)

    @property
    def as_body(self) -> dict[str, str | None]:
        """What a decision keeps: the rule, and what it came to."""
        return {
            "rule": self.rule.name,
            "version": self.rule.version,
            "sha256": self.rule.sha256,
            "finding": self.judged.finding.value,
            "alike": None if self.alike is None else APART if self.apart else "not told apart",
        }


def rule_of(text: RuleText) -> IdentityRule:
    """The rule of a text."""
    if text.sha256 not in _parsed:
        _parsed.clear()
        _parsed[text.sha256] = read_identity(text.text)
    return _parsed[text.sha256]


def of_tube(db: Database, here: Situation, tube: Tube, *, by_eye: bool) -> Identity:
    """Judge a tube; with ``by_eye`` as if all that nobody marked were looked at and agreed."""
    text = rule_text(db, "identity")
    rule, found = rule_of(text), compared(db, here, tube, by_eye=by_eye)
    judged = judge(rule, {line.field: line.state for line in found})
    others = alike(db, here.who(tube), rule)
    apart = others is not None and any(line.how == APART and line.field in others.fields for line in found)
    return Identity(found, judged, others, apart, text)


def suffices(db: Database, lines: Sequence[Line]) -> bool:
    """Whether enough would agree if all that nobody marked did."""
    states = {line.field: State.AGREES if line.state is State.NOT_COMPARED else line.state for line in lines}
    return judge(rule_of(rule_text(db, "identity")), states).finding is Finding.MET


def supporting_that_differ(db: Database, tube: Tube) -> tuple[str, ...]:
    """Fields marked as different that do not count."""
    counted = rule_of(rule_text(db, "identity")).fields
    return tuple(field for field in differing(tube) if field not in counted)


def named(fields: Sequence[str]) -> str:
    """Fields in words: "surname and date of birth"."""
    return words.names(tuple(_lower(FIELD_WORDS.get(field, field)) for field in fields))


def _lower(text: str) -> str:
    return text if text.startswith("NHS") else text.lower()
