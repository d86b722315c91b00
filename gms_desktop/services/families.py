"""People and families: whose tube is next, later names, the maternal blood of prenatal specimens, waiting for all."""

from __future__ import annotations

from dataclasses import replace

from gms_desktop import family_words
from gms_desktop.domain.families import FamilyRules, read_family_rules
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import family_look_up, look_up, today_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services.people_words import person
from gms_desktop.services.site_rules import rule_text
from gms_desktop.services.situation import Situation, Tube
from gms_desktop.services.today_items import MOST, of_specimen
from gms_desktop.services.views import WorkList

PRENATAL = frozenset({"Amniotic fluid", "Chorionic villus sample", "Fetal blood", "Products of conception"})


def rules(db: Database) -> FamilyRules:
    """The laboratory's rules about families."""
    return read_family_rules(rule_text(db, "families").text)


def in_order(here: Situation, first: str = "") -> tuple[Tube, ...]:
    """Tubes that have not arrived, those of the member who was taken first before the others."""
    return tuple(sorted(here.awaited, key=lambda tube: bool(first) and tube.request["patient"] != first))


def several(here: Situation) -> bool:
    """Whether more than one person's tubes are awaited or here."""
    return len({tube.request["patient"] for tube in here.tubes}) > 1


def scan_next(here: Situation, tube: Tube) -> str:
    """The order to scan the next tube of a family: whose it is, in full."""
    own = [one for one in here.tubes if one.request["patient"] == tube.request["patient"]]
    name = here.who(tube).name
    return family_words.scan_tube(tube.number, tube.request["role"], name, of_several=len(own) > 1)


def left_open(here: Situation | None, verdict: Verdict) -> Verdict:
    """What is said of another request's tube or form while a family is open: whose tubes of it are still awaited."""
    if here is None or not here.awaited or not several(here):
        return verdict
    whose = tuple(dict.fromkeys(here.who(tube).name for tube in here.awaited))
    return replace(verdict, sentence=f"{verdict.sentence} {family_words.left_open(here.name, whose)}")


def waiting_for(db: Database, specimen: Row) -> tuple[str, ...]:
    """The members whom work on a specimen waits for by the laboratory's rule; none where it may start."""
    missing: list[str] = []
    for request in look_up.requests_of_specimen(db, specimen["id"]):
        referral = look_up.row(db, "referral", request["referral"]) if request["referral"] else None
        if referral is None or not rules(db).waits(referral["structure"]):
            continue
        family = look_up.requests_of_referral(db, request["referral"])
        missing += [_member(db, other) for other in family if other["state"] == "expected"]
    return tuple(missing)


def _member(db: Database, request: Row) -> str:
    return f"the {request['role'] or 'other member'}, {person(db, request['patient']).name}"


def facts(db: Database, specimen: Row) -> tuple[tuple[str, str], ...]:
    """What Find says of a specimen's family."""
    made = []
    if missing := waiting_for(db, specimen):
        made.append(("Family", family_words.waits_for(missing)))
    for link in family_look_up.links(db, specimen["id"]):
        other = look_up.row(db, "specimen", link["other"])
        if other and link["state"] == "linked":
            made.append((str(link["relation"]).capitalize(), str(other["accession"])))
    return tuple(made)


def former_names(db: Database, patient: str) -> tuple[tuple[str, str], ...]:
    """Names that a patient had before, newest first."""
    rows = family_look_up.names(db, patient)[:-1]
    known = store.private_values(db, [f"patient:{patient}"])
    said = [
        ", ".join(filter(None, (known.get(row["surname_private"] or ""), known.get(row["forename_private"] or ""))))
        for row in reversed(rows)
    ]
    return tuple(("Formerly", name or "no name") for name in dict.fromkeys(said))


def labels_with_former_name(db: Database, patient: str, since: str) -> tuple[str, ...]:
    """Our numbers whose newest label was made before a patient was named anew."""
    found = []
    for specimen in look_up.specimens_of_patient(db, patient):
        labels = look_up.labels_of_specimen(db, specimen["id"])
        if labels and (labels[-1]["intended_at"] or "") < since and labels[-1]["state"] != "spoiled":
            found.append(str(specimen["accession"]))
    return tuple(found)


def is_prenatal(specimen: Row) -> bool:
    """Whether a specimen is of a pregnancy, so that the maternal blood belongs with it."""
    return specimen["type"] in PRENATAL


def lists(ledger: Ledger) -> tuple[WorkList, ...]:
    """What Today says of names and families."""
    db = ledger.db
    return (_relabel(db),)


def _relabel(db: Database) -> WorkList:
    rows, total = today_look_up.former_names(db, MOST)
    items = tuple(of_specimen(db, row, "its label carries a former name") for row in rows)
    return WorkList("Labels with a former name", items, family_words.NO_LABELS, total)
