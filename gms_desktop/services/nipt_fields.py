"""What is typed and chosen for a NIPT request, read into a form: what cannot be read is a problem, never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gms_desktop import nipt_words
from gms_desktop.domain import dates
from gms_desktop.domain.nipt import codes, rules
from gms_desktop.domain.nipt.codes import Pathway, Sequence
from gms_desktop.domain.nipt.form import Form, read_weight
from gms_desktop.domain.nipt.table_one import POSTCODE
from gms_desktop.journal.database import Database
from gms_desktop.register import look_up

FIELDS = (
    ("pathway", "Pathway: FASP or R445"),
    ("sampled", "Date of the draw"),
    ("due", "Expected delivery date by ultrasound"),
    ("weight", "Mother's weight, with its unit"),
    ("fetuses", "Number of fetuses"),
    ("chorionicity", "Chorionicity of twins: Dichorionic, Monochorionic, Other or Unknown"),
    ("ivf", "IVF pregnancy or Not IVF pregnancy"),
    ("ethnicity", "Ethnicity as she specified it, or its code"),
    ("postcode", "Postcode"),
    ("conditions", "Screening accepted for: T21, T13/T18 or T21/T13/T18"),
    ("chance", "Screening chance at term: N of 1 in N"),
    ("offered", "Clinical options were offered before the draw: yes or no"),
    ("sequence", "First sample or Repeat sample"),
    ("first", "Number of the first sample, of a repeat"),
    ("repeat_reason", "Why repeated: 1 the first was rejected, 2 it gave no result"),
)
"""What is asked for, in the order of the form, each with its label. History is a choice of several."""

CODED = {
    "chorionicity": codes.CHORIONICITIES,
    "ivf": codes.IVF,
    "ethnicity": codes.ETHNICITIES,
    "conditions": codes.CONDITIONS,
    "sequence": codes.SEQUENCES,
    "repeat_reason": codes.REPEAT_REASONS,
}
"""Fields that take a code, each with its list; the code or its words may be given."""


class Reading:
    """Reads the fields of one question and notes what could not be read.

    Attributes:
        problems: a stable code for each, in the order of reading.
    """

    def __init__(self, said: Mapping[str, str]) -> None:
        self._said = said
        self.problems: list[str] = []

    def text(self, name: str) -> str:
        """What stands in a field; empty for a field that is not there."""
        return self._said.get(name, "").strip()

    def day(self, name: str) -> date | None:
        """A day; None where none is stated or it cannot be read."""
        read = dates.birth_date(self.text(name), date.max)
        if self.text(name) and read.on is None:
            self.problems.append(nipt_words.DATE_UNREADABLE)
        return read.on

    def whole(self, name: str, problem: str = nipt_words.NUMBER_UNREADABLE) -> int | None:
        """A whole number; None where none is stated or it cannot be read."""
        text = self.text(name)
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) <= 6:
            return int(text)
        self.problems.append(problem)
        return None

    def code(self, name: str, table: Mapping[str, str], problem: str = nipt_words.NOT_CHOSEN) -> str:
        """The code of a list, given as itself or in its words; empty where none is stated or it is on no list."""
        text = self.text(name)
        words = text.casefold()
        found = text if text in table else next((c for c, said in table.items() if said.casefold() == words), "")
        if text and not found:
            self.problems.append(problem)
        return found

    def one_of(self, name: str, answers: Mapping[str, bool]) -> bool | None:
        """Yes or no; None where neither is stated."""
        text = self.text(name).casefold()
        if text and text not in answers:
            self.problems.append(nipt_words.NOT_CHOSEN)
        return answers.get(text)


def read(db: Database, said: Mapping[str, str], history: tuple[str, ...] = ()) -> tuple[Form, tuple[str, ...]]:
    """A form, with the problems of what could not be read, a stable code for each.

    Args:
        db: the bench's database, in which the first sample of a repeat is looked for.
        said: the fields as typed, by name.
        history: codes of ineligible reasons that the form states.
    """
    reading = Reading(said)
    weight = read_weight(reading.text("weight"))
    if reading.text("weight") and weight is None:
        reading.problems.append(nipt_words.WEIGHT_UNREADABLE)
    pathway = reading.text("pathway").upper() or Pathway.FASP.value
    if pathway not in {one.value for one in Pathway}:
        reading.problems.append(nipt_words.NOT_CHOSEN)
        pathway = Pathway.FASP.value
    postcode = " ".join(reading.text("postcode").upper().split())
    if postcode and not rules.fits(POSTCODE, postcode):
        reading.problems.append(nipt_words.POSTCODE_UNREADABLE)
        postcode = ""
    sequence = reading.code("sequence", CODED["sequence"])
    form = Form(
        pathway=Pathway(pathway),
        sampled=reading.day("sampled"),
        weight=weight,
        due=reading.day("due"),
        fetuses=reading.whole("fetuses"),
        chorionicity=reading.code("chorionicity", CODED["chorionicity"]),
        ivf=reading.code("ivf", CODED["ivf"]),
        ethnicity=reading.code("ethnicity", CODED["ethnicity"]),
        postcode=postcode,
        conditions=reading.code("conditions", CODED["conditions"]),
        chance=reading.whole("chance"),
        offered=reading.one_of("offered", {"yes": True, "no": False}),
        history=history,
        sequence=Sequence(sequence) if sequence else None,
        first=_first(db, reading),
        repeat_reason=reading.code("repeat_reason", CODED["repeat_reason"]),
    )
    return form, tuple(dict.fromkeys(reading.problems))


def _first(db: Database, reading: Reading) -> str:
    """The record of the first sample, named by our number; of one that never came, by the code of its request."""
    number = reading.text("first")
    if not number:
        return ""
    specimen = look_up.specimen_by_accession(db, number.upper())
    named = [specimen["id"]] if specimen else look_up.requests_by_code(db, number)
    if len(named) == 1:
        return str(named[0])
    reading.problems.append(nipt_words.FIRST_NOT_FOUND)
    return ""
