"""The laboratory's lists and thresholds: what it approved, or the product's EXAMPLE set, and which of the two."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from gms_desktop import toml_words
from gms_desktop.domain import specimen_rules
from gms_desktop.domain.calendars import Calendar, read_calendar
from gms_desktop.domain.deliveries import read_delivery_rules
from gms_desktop.domain.disposal import Retention, read_retention
from gms_desktop.domain.families import read_family_rules
from gms_desktop.domain.findings import SeverityProfile, read_profile
from gms_desktop.domain.identity_rule import read_identity
from gms_desktop.domain.label_queue import LabelRules, read_label_rules
from gms_desktop.domain.lots import Unreleased, read_lot_rules
from gms_desktop.domain.nipt.metric_rules import MetricRule, read_metrics
from gms_desktop.domain.nipt.table_rules import TableRules, read_table_rules
from gms_desktop.domain.priority_rule import read_priorities
from gms_desktop.domain.protocols import ExtractionRules, read_extraction_rules
from gms_desktop.domain.racks.profile import RackRules, read_rack_rules
from gms_desktop.domain.rights import read_rights, read_second_person
from gms_desktop.domain.senders import Sender, read_senders
from gms_desktop.domain.shifts import Shifts, read_shifts
from gms_desktop.domain.storage_rules import StorageRules, read_storage_rules
from gms_desktop.errors import Refused
from gms_desktop.journal import kinds
from gms_desktop.journal.database import Database
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft

if TYPE_CHECKING:
    from gms_desktop.domain.consignments.destinations import Destination
    from gms_desktop.domain.consignments.manifest_rules import ManifestRules
    from gms_desktop.domain.consignments.packing import PackingRules
    from gms_desktop.domain.dilution_rules import DilutionRules
    from gms_desktop.domain.index_use import PoolRules
    from gms_desktop.domain.plates.rule_pack import RulePack
    from gms_desktop.domain.readings.limits import QcLimits
    from gms_desktop.domain.tissue.rules import TissueRules
    from gms_desktop.exchange.worklists.settings import WorklistRules


@dataclass(frozen=True)
class RuleText:
    """A rule set as text, with its name, version and hash, and whether the laboratory approved it."""

    name: str
    version: str
    sha256: str
    text: str
    approved: bool


@dataclass(frozen=True)
class Reason:
    """A coded reason, what it may be given for, what a hold for it stops, and whether a former label stays valid.

    ``nipt``, ``hl7`` and ``fhir`` are its codes in the NCARDRS file, in HL7 v2-0490 and as FHIR Task.statusReason;
    empty where none fits. ``next_action`` is what to do about a specimen held for it; empty where nothing is laid down.
    """

    code: str
    words: str
    used_for: frozenset[str]
    stops: tuple[str, ...]
    needs_comment: bool
    former_stays: bool
    nipt: str
    hl7: str
    next_action: str = ""
    fhir: str = ""


@dataclass(frozen=True)
class ErrorRate:
    """Above which percentage, from how many specimens on, a requestor's error rate is high."""

    percent: Decimal
    at_least: int
    version: str
    approved: bool


def rule_text(db: Database, name: str) -> RuleText:
    """The approved text of a rule set, or the product's own."""
    approved = look_up.row(db, "site_data", name)
    if approved:
        return RuleText(name, approved["version"], approved["sha256"], approved["text"], approved=True)
    return _of_the_product(name)


@cache
def _of_the_product(name: str) -> RuleText:
    folder = "reference" if name in {"bank-holidays", "specimen-types"} else "rules"
    text = files("resources").joinpath(folder, f"{name}.toml").read_text("utf-8")
    version = str(tomllib.loads(text)["version"])
    return RuleText(name, version, sha256(text.encode()).hexdigest(), text, approved=False)


def reasons(db: Database, used_for: str) -> tuple[Reason, ...]:
    """The reasons that may be given for ``hold``, ``reject``, ``discretion``, ``reprint``, ``spoil`` or ``put off``."""
    every = _every_reason(rule_text(db, "reasons").text)
    return tuple(reason for reason in every if used_for in reason.used_for)


def reason_words(db: Database) -> dict[str, str]:
    """Words of every reason by code."""
    return {reason.code: reason.words for reason in _every_reason(rule_text(db, "reasons").text)}


def next_actions(db: Database) -> dict[str, str]:
    """What to do about a specimen that is held for a reason, by its code; only reasons for which it is laid down."""
    every = _every_reason(rule_text(db, "reasons").text)
    return {reason.code: reason.next_action for reason in every if reason.next_action}


def shifts(db: Database) -> Shifts:
    """When somebody is on duty here."""
    return read_shifts(rule_text(db, "shifts").text)


def label_rules(db: Database) -> LabelRules:
    """The laboratory's rules about printing labels."""
    return _read_labels(rule_text(db, "labels").text)


_read_labels = lru_cache(maxsize=8)(read_label_rules)


def racks(db: Database) -> RackRules:
    """The racks of the laboratory and their readers."""
    return _racks(rule_text(db, "racks").text)


def extraction(db: Database) -> ExtractionRules:
    """How the laboratory extracts, and the limit of its blanks."""
    return _extraction(rule_text(db, "extraction").text)


def lots(db: Database) -> Unreleased:
    """What the laboratory does with a lot that nobody released."""
    return _lots(rule_text(db, "lots").text)


_lots = lru_cache(maxsize=8)(read_lot_rules)
# Asked with every scan at a rack or a batch, as many as a process may serve at once.
_racks = lru_cache(maxsize=8)(read_rack_rules)
_extraction = lru_cache(maxsize=8)(read_extraction_rules)


def plating(db: Database) -> RulePack:
    """The rules of plating that the laboratory works by, or the national ones, which ship off."""
    return _plating(rule_text(db, "plating-national").text)


@lru_cache(maxsize=8)
def _plating(text: str) -> RulePack:
    # What a bench has from its start on goes without plates.
    from gms_desktop.domain.plates.rule_pack import read_rule_pack

    return read_rule_pack(text)


def worklists(db: Database) -> WorklistRules:
    """How the laboratory's robots want their worklists."""
    return _worklists(rule_text(db, "worklists").text)


def _worklists(text: str) -> WorklistRules:
    from gms_desktop.exchange.worklists.settings import read_worklist_rules

    return read_worklist_rules(text)


def qc_limits(db: Database) -> QcLimits:
    """The limits of what is measured, and the ranges of the controls."""
    return _qc_limits(rule_text(db, "qc-limits").text)


@lru_cache(maxsize=8)
def _qc_limits(text: str) -> QcLimits:
    # What a bench has from its start on goes without measurements.
    from gms_desktop.domain.readings.limits import read_qc_limits

    return read_qc_limits(text)


def dilution(db: Database) -> DilutionRules:
    """What the laboratory's pipettes and plates allow when tubes are diluted."""
    return _dilution(rule_text(db, "dilution").text)


def _dilution(text: str) -> DilutionRules:
    from gms_desktop.domain.dilution_rules import read_dilution_rules

    return read_dilution_rules(text)


def storage(db: Database) -> StorageRules:
    """The laboratory's sorts of places, and what things are taken out and discarded for."""
    return read_storage_rules(rule_text(db, "storage").text)


def senders(db: Database) -> Mapping[str, Sender]:
    """The laboratories whose signed consignments are known by their key, by ODS code."""
    return read_senders(rule_text(db, "senders").text)


def tissue(db: Database) -> TissueRules:
    """What the laboratory lays down for tissue."""
    return _tissue(rule_text(db, "tissue").text)


def _turnaround(text: str) -> object:
    from gms_desktop.domain.turnaround import read_turnaround

    return read_turnaround(text)


@lru_cache(maxsize=8)
def _tissue(text: str) -> TissueRules:
    from gms_desktop.domain.tissue.rules import read_tissue_rules

    return read_tissue_rules(text)


def retention(db: Database) -> tuple[Retention, ...]:
    """How long the laboratory keeps each kind of material."""
    return read_retention(rule_text(db, "retention").text)


def destinations(db: Database) -> tuple[Destination, ...]:
    """Where the laboratory sends things."""
    return _destinations(rule_text(db, "destinations").text)


@lru_cache(maxsize=8)
def _destinations(text: str) -> tuple[Destination, ...]:
    from gms_desktop.domain.consignments.destinations import read_destinations

    return read_destinations(text)


def manifests(db: Database) -> ManifestRules:
    """How the manifests of whole genome sequencing name things."""
    return _manifests(rule_text(db, "manifests").text)


@lru_cache(maxsize=8)
def _manifests(text: str) -> ManifestRules:
    from gms_desktop.domain.consignments.manifest_rules import read_manifest_rules

    return read_manifest_rules(text)


def packing(db: Database) -> PackingRules:
    """What the laboratory lays down for packing."""
    return _packing(rule_text(db, "packing").text)


@lru_cache(maxsize=8)
def _packing(text: str) -> PackingRules:
    from gms_desktop.domain.consignments.packing import read_packing

    return read_packing(text)


def pools(db: Database) -> PoolRules:
    """What the laboratory lays down for pools of libraries."""
    return _pools(rule_text(db, "indexes").text)


def _pools(text: str) -> PoolRules:
    from gms_desktop.domain.index_use import read_pool_rules

    return read_pool_rules(text)


# Read with each scan of what is packed: it says whether the receiver's door is open.
_calendar = lru_cache(maxsize=8)(read_calendar)


def working_days(db: Database) -> Calendar:
    """The working days of the laboratory."""
    return _calendar(rule_text(db, "bank-holidays").text)


def nipt_metrics(db: Database) -> tuple[MetricRule, ...]:
    """The measures of NIPT with their thresholds."""
    return read_metrics(rule_text(db, "nipt-metrics").text)


def nipt_table(db: Database) -> TableRules:
    """How grave each finding about a row of the NIPT file is, and the hub that the file names."""
    return read_table_rules(rule_text(db, "nipt-table-1").text)


def error_rate(db: Database) -> ErrorRate:
    """The threshold for "high error rate"."""
    rule = rule_text(db, "error-rate")
    said = tomllib.loads(rule.text)
    return ErrorRate(Decimal(str(said["percent"])), int(said["at_least"]), rule.version, rule.approved)


def severities(db: Database) -> SeverityProfile:
    """How severe each finding on an identifier is at this site."""
    return read_profile(rule_text(db, "identifiers").text)


@lru_cache(maxsize=8)
def _every_reason(text: str) -> tuple[Reason, ...]:
    return tuple(_reason(one) for one in tomllib.loads(text)["reason"])


def _reason(said: dict[str, Any]) -> Reason:
    return Reason(
        code=said["code"],
        words=said["words"],
        used_for=frozenset(said["for"]),
        stops=tuple(said.get("stops", ())),
        needs_comment=bool(said.get("needs_comment", False)),
        former_stays=bool(said.get("former_stays", False)),
        nipt=str(said.get("nipt", "")),
        hl7=str(said.get("hl7", "")),
        next_action=str(said.get("next", "")),
        fhir=str(said.get("fhir", "")),
    )


NAMES = (
    *("reasons", "error-rate", "identifiers", "rights", "second-person", "shifts"),
    *("identity", "irreplaceable", "priorities", "deliveries", "families", "labels"),
    *specimen_rules.READERS,
    *("bank-holidays", "nipt-metrics", "nipt-table-1", "extraction", "plating-national", "worklists", "racks"),
    *("storage", "retention", "indexes", "lots", "qc-limits", "dilution", "senders", "tissue"),
    *("destinations", "packing", "turnaround", "manifests"),
)


def approval(text: str, name: str, administrator: str) -> Draft:
    """The draft that approves a laboratory's own version of a rule set.

    Args:
        text: the whole TOML text; it is kept in the journal.
        name: one of :data:`NAMES`.
        administrator: the operator who approves it; the entry requires the role.

    Raises:
        Refused: when the text cannot be read as that rule set.
    """
    if name not in NAMES:
        raise Refused(f"“{name}” is no rule set. Choose one of: {', '.join(NAMES)}.")
    try:
        said = tomllib.loads(text)
        version, effective = str(said["version"]), str(said["effective"])
        _read_as(name, text)
    except (KeyError, ValueError, TypeError, ArithmeticError, RecursionError) as fault:
        raise Refused(
            f"The text cannot be read as the rule set {name}: {toml_words.why(fault)}. Start from the EXAMPLE set."
        ) from fault
    body = {
        "name": name,
        "version": version,
        "effective": effective,
        "sha256": sha256(text.encode()).hexdigest(),
        "text": text,
        "by": administrator,
    }
    return Draft("site_data.approved", body, input={"by": "file"})


_READERS: dict[str, Callable[[str], object]] = {
    **specimen_rules.READERS,
    "shifts": read_shifts,
    "deliveries": read_delivery_rules,
    "families": read_family_rules,
    "labels": read_label_rules,
    "bank-holidays": read_calendar,
    "nipt-metrics": read_metrics,
    "nipt-table-1": read_table_rules,
    "racks": read_rack_rules,
    "extraction": read_extraction_rules,
    "plating-national": _plating,
    "worklists": _worklists,
    "indexes": _pools,
    "storage": read_storage_rules,
    "retention": read_retention,
    "lots": read_lot_rules,
    "qc-limits": _qc_limits,
    "dilution": _dilution,
    "destinations": _destinations,
    "packing": _packing,
    "manifests": _manifests,
    "senders": read_senders,
    "tissue": _tissue,
    "turnaround": _turnaround,
}


def _read_as(name: str, text: str) -> None:
    if name == "reasons":
        _check_reasons(text)
    elif name == "error-rate":
        said = tomllib.loads(text)
        if not 0 <= Decimal(str(said["percent"])) <= 100 or int(said["at_least"]) < 1:
            raise ValueError("percent is from 0 to 100, at_least from 1")
    elif name == "identity":
        read_identity(text)
    elif name == "irreplaceable":
        if not all(isinstance(kind, str) for kind in tomllib.loads(text)["types"]):
            raise TypeError("types are words")
    elif name == "priorities":
        read_priorities(text)
    elif name == "rights":
        _check_rights(text)
    elif name == "second-person":
        read_second_person(text)
    elif name in _READERS:
        _READERS[name](text)
    else:
        read_profile(text)


# More than six are not read through by somebody who wants a label.
_MOST_REPRINT_REASONS = 6


def _check_reasons(text: str) -> None:
    given = sum("reprint" in reason.used_for for reason in _every_reason(text))
    if not 1 <= given <= _MOST_REPRINT_REASONS:
        raise ValueError(f"{given} reasons are for a reprint; there are 1 to {_MOST_REPRINT_REASONS}")


def _check_rights(text: str) -> None:
    settles = read_rights(text).get("settle case")
    others = [role.value for role in settles.roles if role not in kinds.REVIEWERS] if settles else []
    if others:
        raise ValueError(f"a case is settled by {', '.join(kinds.REVIEWERS)} only, not by {', '.join(others)}")
