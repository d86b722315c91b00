"""One sample as the file tells it: what the form states, how it was judged, what testing came to; and its month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gms_desktop.domain.nipt import table_one as t
from gms_desktop.domain.nipt.codes import TRISOMIES, Acceptance, Outcome, Pathway
from gms_desktop.domain.nipt.form import Form
from gms_desktop.domain.nipt.judgement import Judgement, conditions_of
from gms_desktop.domain.nipt.periods import Period
from gms_desktop.domain.nipt.result import Result, Then, percent_of


@dataclass(frozen=True, slots=True)
class Mother:
    """Who the sample is of, as far as it is known; it never shows in a ``repr``."""

    nhs: str = ""
    surname: str = ""
    forename: str = ""
    born: str = ""
    postcode: str = ""

    def __repr__(self) -> str:
        return "Mother(…)"


@dataclass(frozen=True, slots=True)
class Places:
    """ODS codes of the hub, of the laboratory and of the requesting hospital; empty where nobody stated one."""

    hub: str = ""
    laboratory: str = ""
    hospital: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One sample.

    Attributes:
        id: our number; of a sample that never came, the number on its request.
        mother: who it is of.
        places: where it was asked for, received and reported.
        form: what the request states; None when no form came.
        judged: how it was judged; None before that.
        judged_on: the day of it.
        result: what testing came to, or the report of a rejection; None before that.
        received: the day of receipt; None of a sample that never came.
    """

    id: str
    mother: Mother
    places: Places
    form: Form | None = None
    judged: Judgement | None = None
    judged_on: date | None = None
    result: Result | None = None
    received: date | None = None

    @property
    def pathway(self) -> Pathway:
        """Which of the two files it belongs to; without a form, the screening pathway."""
        return self.form.pathway if self.form else Pathway.FASP


class Standing(StrEnum):
    """Whether a sample stands in a month's file, and by which of the four criteria (lines 1894-1898)."""

    INELIGIBLE = "rejected due to ineligibility"
    REJECTED = "rejected and repeat bloods requested"
    RESULT = "tested and result reported"
    NO_RESULT = "tested with no result, and repeat requested or told that there is none after two samples"
    NO_REPEAT = "left out: rejected, and no repeat was requested"
    NOTHING_SAID = "left out: no result, and nothing was requested or told with it"
    OTHER_MONTH = "belongs to another month"
    OPEN = "not judged, or not reported yet"


IN_THE_FILE = frozenset({Standing.INELIGIBLE, Standing.REJECTED, Standing.RESULT, Standing.NO_RESULT})


def standing(record: Record, period: Period) -> Standing:
    """Where a sample stands in the file of a month.

    The month is that of the report. A sample that was found ineligible or rejected and of which no report is recorded
    belongs to the month of that judgement: its missing report date is then found as a gap of its row.
    """
    judged, result = record.judged, record.result
    if judged is None:
        return Standing.OPEN
    turned_away = judged.acceptance in {Acceptance.INELIGIBLE, Acceptance.REJECTED}
    reported = result.reported if result else None
    day = reported or (record.judged_on if turned_away else None)
    if day is None:
        return Standing.OPEN
    if not period.holds(day):
        return Standing.OTHER_MONTH
    if judged.acceptance is Acceptance.INELIGIBLE:
        return Standing.INELIGIBLE
    if judged.acceptance is Acceptance.REJECTED:
        return Standing.REJECTED if repeat_asked(record) else Standing.NO_REPEAT
    return _tested(result)


def _tested(result: Result | None) -> Standing:
    match result.outcome if result else None:
        case Outcome.RESULT:
            return Standing.RESULT
        case Outcome.NO_RESULT:
            return Standing.NO_RESULT if result and result.then else Standing.NOTHING_SAID
    return Standing.OPEN


def repeat_asked(record: Record) -> bool:
    """Whether repeat bloods were requested, with the judgement or with the report."""
    said = record.result is not None and record.result.then is Then.REPEAT_ASKED
    return said or (record.judged is not None and record.judged.repeat_asked)


def row(record: Record) -> dict[str, str]:
    """The row of a sample, as text by column; nothing that is not known is filled in."""
    mother, places = record.mother, record.places
    made = dict.fromkeys(t.COLUMNS, "")
    made |= {t.SAMPLE_ID: record.id, t.HUB_ID: places.hub, t.LAB_ID: places.laboratory, t.HOSPITAL_ID: places.hospital}
    made |= {t.NHS_NUMBER: mother.nhs, t.SURNAME: mother.surname, t.FORENAME: mother.forename}
    made |= {t.BIRTH_DATE: mother.born, t.POSTCODE: mother.postcode, t.RECEIVED: _day(record.received)}
    made |= _form(record.form) if record.form else {}
    made |= _judged(record)
    return made | _result(record.result) if record.result else made


def _form(form: Form) -> dict[str, str]:
    return {
        t.ETHNICITY: form.ethnicity,
        t.WEIGHT: format(form.weight.kilograms, "f") if form.weight else "",
        t.DUE: _day(form.due),
        # The table has no code for three and more.
        t.FETUSES: str(form.fetuses) if form.fetuses in {1, 2} else "",
        t.CHORIONICITY: form.chorionicity,
        t.IVF: form.ivf,
        t.SAMPLED: _day(form.sampled),
        t.SEQUENCE: form.sequence.value if form.sequence else "",
        t.REPEAT_REASON: form.repeat_reason,
        t.CONDITIONS: form.conditions,
    }


def _judged(record: Record) -> dict[str, str]:
    judged = record.judged
    if judged is None:
        return {}
    made = {
        t.ACCEPTANCE: judged.acceptance.value,
        t.INELIGIBLE: next(iter(judged.ineligible), ""),
        t.REJECTION: next(iter(judged.rejection), ""),
        t.CONDITIONS: conditions_of(record.form or Form(), judged),
    }
    turned_away = judged.acceptance in {Acceptance.INELIGIBLE, Acceptance.REJECTED}
    return made | ({t.OUTCOME: Outcome.NOT_TESTED.value} if turned_away else {})


def _result(result: Result) -> dict[str, str]:
    return {
        t.OUTCOME: result.outcome.value,
        t.NO_RESULT: result.no_result,
        t.RUNS: "" if result.runs is None else str(result.runs),
        t.AUTHORISED: _day(result.authorised),
        t.REPORTED: _day(result.reported),
        t.FETAL_FRACTION: percent_of(result.fetal_fraction, result.fraction_unit),
        **{t.RESULT[one]: result.results.get(one, "") for one in TRISOMIES},
        **{column: result.scores.get(column, "") for table in _SCORES for column in table.values()},
    }


_SCORES = (t.Z_SCORE, t.LIKELIHOOD, t.POSTERIOR)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
