"""The reports of NIPT: the files of a month for NCARDRS, and the measures S02, S03 and S06 of a period."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from gms_desktop import nipt_words
from gms_desktop.domain import dates
from gms_desktop.domain.calendars import CalendarNotLoaded
from gms_desktop.domain.minting import instant
from gms_desktop.domain.nipt import metrics, periods, record
from gms_desktop.domain.nipt.codes import Pathway
from gms_desktop.domain.nipt.metric_rules import MetricRule, rule_for
from gms_desktop.domain.nipt.metrics import Clock, Measure, QfPcrSample
from gms_desktop.domain.nipt.periods import Period
from gms_desktop.domain.nipt.record import IN_THE_FILE, Places, Record, Standing
from gms_desktop.errors import Refused
from gms_desktop.exchange import ncardrs
from gms_desktop.exchange.ncardrs import NcardrsFile
from gms_desktop.journal.database import Database
from gms_desktop.register import look_up, nipt_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_documents, nipt_month, site_rules
from gms_desktop.services.nipt_clocks import local_day, receipts
from gms_desktop.services.nipt_records import day_of

COUNTED_BY_S06 = frozenset({"higher chance NIPT", "no result NIPT"})
_TUBES = ("cell-free dna", "nipt")
_LISTED = (Standing.NO_REPEAT, Standing.NOTHING_SAID)


@dataclass(frozen=True)
class LeftOut:
    """A sample of the month that stands in no file, and why."""

    sample: str
    why: str


@dataclass(frozen=True)
class MonthFiles:
    """The files of a month.

    Attributes:
        period: the month.
        files: for each pathway its file; the two are kept apart.
        left_out: samples of the month that stand in neither, and why.
    """

    period: Period
    files: tuple[tuple[Pathway, NcardrsFile], ...]
    left_out: tuple[LeftOut, ...]

    @property
    def blocked(self) -> int:
        """How many rows must be put right before they are submitted."""
        return sum(file.blocked for _, file in self.files)

    def named(self, beside: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
        """Every file by its name: one CSV a pathway, the findings, others that go ``beside``, and what they rest on."""
        month = self.period.name
        made = {f"nipt-{pathway.value.lower()}-{month}.csv": file.content for pathway, file in self.files}
        made |= {f"nipt-findings-{month}.csv": self._findings(), **(beside or {})}
        name = f"nipt-about-{month}.txt"
        made[name] = ncardrs.about([*made, name]).encode()
        return made

    def _findings(self) -> bytes:
        text = io.StringIO(newline="")
        out = csv.writer(text)
        out.writerow(("FILE", "ROW", "SAMPLE ID", "ITEM", "SEVERITY", "FINDING"))
        for pathway, file in self.files:
            for row in file.listed:
                for one in row.found:
                    said = nipt_words.found(one)
                    out.writerow((pathway.value, row.place, row.sample, one.item, one.severity.value, said))
        out.writerows(("none", "", one.sample, "", "note", one.why) for one in self.left_out)
        return text.getvalue().encode()


def month_files(ledger: Ledger, month: str) -> MonthFiles:
    """The files of a month.

    Args:
        ledger: the bench's ledger, which is only read.
        month: such as ``2026-10``.

    Raises:
        Refused: when the month is written in another way, or has not begun.
    """
    period, zone = _period(month, periods.month), _zone(ledger.db)
    if period.first > _today(ledger, zone):
        raise Refused(f"{period.name} has not begun. Choose a month that has.")
    table, laboratory = site_rules.nipt_table(ledger.db), look_up.laboratory(ledger.db) or {}
    names = nipt_look_up.of_month(ledger.db, period.first.isoformat(), period.last.isoformat())
    own = Places(table.hub, str(laboratory.get("ods") or ""))
    records = nipt_month.records(ledger.db, names, own, zone)
    placed = [(one, record.standing(one, period)) for one in records]
    files = tuple(
        (pathway, ncardrs.write((record.row(one) for one in _of(placed, pathway)), table.profile))
        for pathway in Pathway
    )
    left_out = tuple(LeftOut(one.id, where.value) for one, where in placed if where in _LISTED)
    return MonthFiles(period, files, left_out)


def issued(ledger: Ledger, made: MonthFiles, told: Mapping[str, str]) -> list[Draft]:
    """That the files of a month were issued, before they are anywhere: what may have left can be recalled.

    Args:
        ledger: the bench's ledger.
        made: the files.
        told: how it was asked for.
    """
    period = (made.period.first.isoformat(), made.period.last.isoformat())
    drafts = list[Draft]()
    for pathway, file in made.files:
        if file.rows:
            digest = sha256(file.content).hexdigest()
            drafts += case_documents.issue(ledger, case_documents.NIPT_FILES[pathway], "csv", digest, period)
    return [replace(draft, input=told) for draft in drafts]


def _of(placed: list[tuple[Record, Standing]], pathway: Pathway) -> list[Record]:
    return [one for one, where in placed if where in IN_THE_FILE and one.pathway is pathway]


@dataclass(frozen=True)
class MeasureReport:
    """One measure of a period as it is told.

    Attributes:
        name: S02, S03 or S06.
        period: the period.
        rule: thresholds and countings; None where none was in force.
        measures: on the physical receipt, and on the booking where it is another; empty where it was refused.
        refused: why it was not computed; empty where it was.
        own: whether the laboratory approved the thresholds.
    """

    name: str
    period: Period
    rule: MetricRule | None
    measures: tuple[Measure, ...] = ()
    refused: str = ""
    own: bool = False


@dataclass(frozen=True)
class Measures:
    """The measures of a period, samples of R445 that they do not count, and tubes that may be NIPT without a record."""

    reports: tuple[MeasureReport, ...]
    r445: int = 0
    unrecorded: tuple[str, ...] = ()


def month_measures(ledger: Ledger, month: str) -> Measures:
    """S02 and S03 of a month.

    Raises:
        Refused: when the month is written in another way.
    """
    period, zone = _period(month, periods.month), _zone(ledger.db)
    now, samples = _today(ledger, zone), nipt_month.samples(ledger.db, _utc(period.first, zone), zone)

    def received_in_time(rule: MetricRule, clock: Clock) -> Measure:
        return metrics.s02(samples, rule, period, clock, site_rules.working_days(ledger.db))

    def turned_round(rule: MetricRule, clock: Clock) -> Measure:
        return metrics.s03(samples, rule, period, clock, now)

    reports = (
        _report(ledger.db, "S02", period, received_in_time),
        _report(ledger.db, "S03", period, turned_round),
    )
    apart = sum(one.pathway is Pathway.R445 and period.holds(metrics.received(one, Clock.PHYSICAL)) for one in samples)
    return Measures(reports, apart, _unrecorded(ledger.db, period, zone))


def quarter_measures(ledger: Ledger, quarter: str) -> Measures:
    """S06 of a quarter of the NHS year, such as ``2026-27 Q3``.

    Raises:
        Refused: when the quarter is written in another way.
    """
    period, zone = _period(quarter, periods.quarter), _zone(ledger.db)
    now, samples = _today(ledger, zone), _qf_pcr(ledger.db, period, zone)

    def turned_round(rule: MetricRule, clock: Clock) -> Measure:
        return metrics.s06(samples, rule, period, clock, now)

    return Measures((_report(ledger.db, "S06", period, turned_round),))


def _report(db: Database, name: str, period: Period, compute: Callable[[MetricRule, Clock], Measure]) -> MeasureReport:
    rule = rule_for(site_rules.nipt_metrics(db), name, period)
    own = site_rules.rule_text(db, "nipt-metrics").approved
    if rule is None:
        return MeasureReport(name, period, None, refused=nipt_words.NO_RULE, own=own)
    held = rule
    try:
        measures = metrics.on_both_clocks(lambda clock: compute(held, clock))
    except CalendarNotLoaded as fault:
        return MeasureReport(name, period, rule, refused=nipt_words.not_loaded(fault), own=own)
    return MeasureReport(name, period, rule, measures, own=own)


def _qf_pcr(db: Database, period: Period, zone: str) -> list[QfPcrSample]:
    rows = nipt_look_up.qf_pcr_since(db, _utc(period.first, zone))
    came = receipts(db, rows, zone)
    return [
        QfPcrSample(row["accession"], came[row["id"]].booked, came[row["id"]].physical, day_of(row["reported"]))
        for row in rows
        if row["indication"] in COUNTED_BY_S06
    ]


def _unrecorded(db: Database, period: Period, zone: str) -> tuple[str, ...]:
    """Tubes of the sort that NIPT is drawn into, booked in during the period, of which no form is recorded."""
    rows = nipt_look_up.without_record(db, _utc(period.first, zone), _utc(period.last + timedelta(days=1), zone))
    return tuple(row["accession"] for row in rows if any(sort in (row["type"] or "").casefold() for sort in _TUBES))


def by_reason(measure: Measure) -> Counter[str]:
    """How many samples of the denominator are not in time, by reason."""
    return Counter(one.why.value for one in measure.not_in_time)


def _period(text: str, read: Callable[[str], Period]) -> Period:
    try:
        return read(text)
    except ValueError as fault:
        raise Refused(f"“{text}” is not understood: {fault}.") from fault


def _zone(db: Database) -> str:
    return str((look_up.laboratory(db) or {}).get("time_zone") or "Europe/London")


def today(ledger: Ledger) -> date:
    """The laboratory's day."""
    return _today(ledger, _zone(ledger.db))


def _today(ledger: Ledger, zone: str) -> date:
    return local_day(instant(ledger.clock.now()), zone)


def _utc(day: date, zone: str) -> str:
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (the laboratory's wall clock)
    moment = dates.to_utc(midnight, zone).utc or midnight.replace(tzinfo=UTC)
    return instant(moment)
