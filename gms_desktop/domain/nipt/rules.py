"""Every rule of Table 1 (lines 1902-2023) for one row, as findings. Nothing is dropped, put right or made up here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from gms_desktop.domain.findings import SeverityProfile
from gms_desktop.domain.identifiers import nhs_number, ods
from gms_desktop.domain.nipt import codes, findings
from gms_desktop.domain.nipt import table_one as t
from gms_desktop.domain.nipt.findings import Found
from gms_desktop.domain.nipt.table_one import Form, Item, Need

Row = Mapping[str, str]
"""A row as text by column name; an empty text is nothing."""

COMBINATIONS = {
    "a": (t.NHS_NUMBER, t.BIRTH_DATE),
    "b": (t.FORENAME, t.SURNAME, t.BIRTH_DATE, t.POSTCODE),
}
"""The two combinations of which one must stand (line 1907)."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_WHOLE = re.compile(r"[0-9]+")
# Length and letters only: no source states the pattern of a postcode.
_POSTCODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ]{0,7}")


def check(row: Row, profile: SeverityProfile) -> tuple[Found, ...]:
    """What is odd about a row, in the order of the columns; empty when nothing is.

    Args:
        row: one sample.
        profile: how grave each finding is.
    """
    found = [
        (name, code, detail)
        for rule in (_items, _identity, _conditions, _tested, _dates, _odd)
        for name, code, detail in rule(row)
    ]
    found.sort(key=lambda one: _PLACE[one[0]])
    return tuple(
        Found(name, code, profile.severities.get(code, profile.default), detail) for name, code, detail in found
    )


def fits(name: str, value: str) -> bool:
    """Whether a value has the format of a column."""
    return not _form(_ITEM[name], value)


def combinations_of(row: Row) -> frozenset[str]:
    """Which of the combinations (a) and (b) a row identifies the mother by."""
    return frozenset(name for name, items in COMBINATIONS.items() if all(row.get(item) for item in items))


_Said = tuple[str, str, str]
_ITEM = {item.name: item for item in t.ITEMS}
_PLACE = {name: place for place, name in enumerate(t.COLUMNS)}


def _items(row: Row) -> Iterator[_Said]:
    for item in t.ITEMS:
        value = row.get(item.name, "")
        if value:
            code = _form(item, value)
            if code:
                yield item.name, code, item.form.value
        elif item.need is Need.MANDATORY and not _never_received(row, item):
            yield item.name, findings.ABSENT, ""
        elif item.need is Need.REQUIRED and _wanted(row, item.name):
            yield item.name, findings.BLANK, ""


def _form(item: Item, value: str) -> str:
    if item.codes is not None:
        return "" if value in item.codes else findings.CODE
    return _FORMS[item.form](value) if item.form in _FORMS else ""


def _date_form(value: str) -> str:
    return "" if _day(value) else findings.DATE


def _nhs_form(value: str) -> str:
    plain = len(value) == 10 and value.isascii() and value.isdigit()
    return "" if plain and nhs_number.check_digit_agrees(value) else findings.NHS


def _ods_form(value: str) -> str:
    # an5 is read as "at most five": real codes have three to five characters.
    return "" if len(value) <= 5 and ods.is_ods(value) and value == ods.normalise(value) else findings.ODS


def _matching(pattern: re.Pattern[str], code: str) -> Callable[[str], str]:
    return lambda value: "" if pattern.fullmatch(value) else code


_FORMS: dict[Form, Callable[[str], str]] = {
    Form.DATE: _date_form,
    Form.NHS: _nhs_form,
    Form.ODS: _ods_form,
    Form.POSTCODE: _matching(_POSTCODE, findings.POSTCODE),
    Form.DECIMAL: _matching(_DECIMAL, findings.DECIMAL),
    Form.WHOLE: _matching(_WHOLE, findings.WHOLE),
}


def _never_received(row: Row, item: Item) -> bool:
    """A sample that never came has no received date: the table asks for one all the same."""
    return item.name == t.RECEIVED and _not_received(row)


def _not_received(row: Row) -> bool:
    return row.get(t.ACCEPTANCE) == codes.Acceptance.REJECTED and row.get(t.REJECTION) == codes.NOT_RECEIVED


# Items that are asked for only where another one has a value: that item, and its values.
_ONLY_WHERE: dict[str, tuple[str, frozenset[str]]] = {
    t.CHORIONICITY: (t.FETUSES, frozenset({"2"})),
    t.REPEAT_REASON: (t.SEQUENCE, frozenset({"2"})),
    t.INELIGIBLE: (t.ACCEPTANCE, frozenset({"1"})),
    t.REJECTION: (t.ACCEPTANCE, frozenset({"2"})),
    t.NO_RESULT: (t.OUTCOME, frozenset({"3"})),
    **{name: (t.OUTCOME, frozenset({"2"})) for name in t.RESULT.values()},
    t.AUTHORISED: (t.OUTCOME, frozenset({"2", "3"})),
    t.RUNS: (t.OUTCOME, frozenset({"2", "3"})),
}
# Stated also for what was not tested, without being wrong: runs can be 0, and some laboratories authorise a rejection.
_MAY_STAND = frozenset({t.AUTHORISED, t.RUNS})


def _wanted(row: Row, name: str) -> bool:
    """Whether a Required item is asked for, given the others. Results: only of the trisomies that were tested for."""
    where, values = _ONLY_WHERE.get(name, ("", frozenset()))
    if where and row.get(where, "") not in values:
        return False
    trisomy = _RESULT_OF.get(name)
    return trisomy is None or trisomy in codes.trisomies_of(row.get(t.CONDITIONS, "")) or not row.get(t.CONDITIONS)


_RESULT_OF = {name: trisomy for trisomy, name in t.RESULT.items()}


def _conditions(row: Row) -> Iterator[_Said]:
    for name, (where, values) in _ONLY_WHERE.items():
        if row.get(name) and name not in _MAY_STAND and row.get(where, "") not in values:
            yield name, findings.NOT_ASKED, f"{where} is {' or '.join(sorted(values))}"
    chosen = codes.trisomies_of(row.get(t.CONDITIONS, ""))
    for trisomy, name in t.RESULT.items():
        if chosen and trisomy not in chosen and row.get(name):
            yield name, findings.CONDITION_NOT_CHOSEN, t.CONDITIONS


def _identity(row: Row) -> Iterator[_Said]:
    if not combinations_of(row):
        yield t.NHS_NUMBER, findings.NO_IDENTITY, ""


def _tested(row: Row) -> Iterator[_Said]:
    acceptance, outcome = row.get(t.ACCEPTANCE, ""), row.get(t.OUTCOME, "")
    if acceptance in {"1", "2"} and outcome in {"2", "3"}:
        yield t.OUTCOME, findings.TESTED_UNACCEPTED, t.ACCEPTANCE
    if acceptance in {"3", "4", "5"} and outcome == codes.Outcome.NOT_TESTED:
        yield t.OUTCOME, findings.ACCEPTED_UNTESTED, t.ACCEPTANCE


_IN_ORDER = (
    (t.SAMPLED, t.RECEIVED, findings.SAMPLE_AFTER_RECEIPT),
    (t.RECEIVED, t.REPORTED, findings.RECEIVED_AFTER_REPORT),
    (t.AUTHORISED, t.REPORTED, findings.AUTHORISED_AFTER_REPORT),
    (t.BIRTH_DATE, t.SAMPLED, findings.BORN_AFTER_SAMPLE),
)


def _dates(row: Row) -> Iterator[_Said]:
    for earlier, later, code in _IN_ORDER:
        first, second = _day(row.get(earlier, "")), _day(row.get(later, ""))
        if first and second and first > second:
            yield earlier, code, later


def _odd(row: Row) -> Iterator[_Said]:
    if row.get(t.ACCEPTANCE) == codes.Acceptance.REJECTED and row.get(t.REJECTION) in codes.SAME_MEANING:
        yield t.REJECTION, findings.WRONG_TUBE, ""
    if _not_received(row):
        yield t.RECEIVED, findings.RECEIVED_AFTER_ALL if row.get(t.RECEIVED) else findings.NOT_RECEIVED, ""


def _day(text: str) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
