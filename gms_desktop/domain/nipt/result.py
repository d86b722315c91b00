"""What the analysing system states about a sample: outcome, results, scores and dates. Entered as it states them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from gms_desktop.domain.nipt import codes
from gms_desktop.domain.nipt.codes import Outcome


class Then(StrEnum):
    """What was asked or said with a "no result" or a rejection (lines 1894-1898)."""

    REPEAT_ASKED = "repeat bloods requested"
    AFTER_TWO = "no result after two samples"


@dataclass(frozen=True, slots=True)
class Result:
    """Outcome and dates of one sample; None and an empty text mean: not stated.

    Attributes:
        outcome: the code.
        no_result: code of the reason, where there is no result.
        results: code by trisomy.
        scores: Z score, likelihood ratio and posterior by name of the column, as stated.
        fetal_fraction: as stated, without its unit.
        fraction_unit: ``%`` or ``1``, a fraction of one.
        runs: how many were completed.
        authorised: the day.
        reported: the day on which it was reported to the maternity service, a rejection too.
        then: what was asked or said with it.
    """

    outcome: Outcome
    no_result: str = ""
    results: dict[str, str] = field(default_factory=dict)
    scores: dict[str, str] = field(default_factory=dict)
    fetal_fraction: str = ""
    fraction_unit: str = "%"
    runs: int | None = None
    authorised: date | None = None
    reported: date | None = None
    then: Then | None = None


NO_REASON, REASON_UNASKED = "nipt-result-without-reason", "nipt-result-reason-not-asked-for"
NOT_ALL, TOO_MANY = "nipt-result-trisomy-missing", "nipt-result-trisomy-not-chosen"
NO_SUCH_CODE, NOT_DECIMAL = "nipt-result-code-unknown", "nipt-result-not-a-decimal"
NOT_IN_ORDER, TOO_EARLY = "nipt-result-authorised-after-reported", "nipt-result-before-receipt"
NOT_TO_BE_TESTED, NO_THEN = "nipt-result-of-a-sample-not-accepted", "nipt-result-nothing-said-with-it"
NO_REPORT_DATE = "nipt-result-without-report-date"
CODES: Final = frozenset(
    {NO_REASON, REASON_UNASKED, NOT_ALL, TOO_MANY, NO_SUCH_CODE, NOT_DECIMAL, NOT_IN_ORDER, TOO_EARLY}
    | {NOT_TO_BE_TESTED, NO_THEN, NO_REPORT_DATE}
)
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def problems(result: Result, conditions: str, received: date | None, *, accepted: bool) -> tuple[str, ...]:
    """What speaks against recording a result, a stable code for each.

    Args:
        result: what was entered.
        conditions: code of what the sample is tested for.
        received: the day on which it was received, on the earlier of the two clocks.
        accepted: whether it was accepted for testing.
    """
    found = [*_outcome(result), *_results(result, conditions), *_figures(result)]
    if result.outcome is not Outcome.NOT_TESTED and not accepted:
        found.append(NOT_TO_BE_TESTED)
    if result.reported is None:
        found.append(NO_REPORT_DATE)
    elif result.authorised and result.authorised > result.reported:
        found.append(NOT_IN_ORDER)
    if received and any(day < received for day in (result.authorised, result.reported) if day):
        found.append(TOO_EARLY)
    return tuple(dict.fromkeys(found))


def _outcome(result: Result) -> list[str]:
    found = []
    without = result.outcome is Outcome.NO_RESULT
    if without and not result.no_result:
        found.append(NO_REASON)
    if without and result.then is None:
        found.append(NO_THEN)
    if result.no_result and not without:
        found.append(REASON_UNASKED)
    if result.no_result and result.no_result not in codes.NO_RESULT_REASONS:
        found.append(NO_SUCH_CODE)
    return found


def _results(result: Result, conditions: str) -> list[str]:
    said = {trisomy for trisomy, code in result.results.items() if code}
    chosen = set(codes.trisomies_of(conditions)) if result.outcome is Outcome.RESULT else set()
    found = [] if chosen <= said else [NOT_ALL]
    if said - chosen:
        found.append(TOO_MANY)
    if any(code and code not in codes.RESULTS for code in result.results.values()):
        found.append(NO_SUCH_CODE)
    return found


def _figures(result: Result) -> list[str]:
    figures = [*result.scores.values(), result.fetal_fraction]
    return [NOT_DECIMAL] if any(one and not _DECIMAL.fullmatch(one) for one in figures) else []


def percent_of(fraction: str, unit: str) -> str:
    """A fetal fraction in percent, as text: as stated, or a hundred times a fraction of one; never in exponents."""
    if not fraction or unit == "%":
        return fraction
    return format((Decimal(fraction) * 100).normalize(), "f")
