"""Specimens of the made-up shift as they were found: looked at, a step done in time, spun and poured."""

from __future__ import annotations

from shift import Shift

from gms_desktop.register.ledger import Draft

VOLUME = {"value": "2.5", "unit": "ml", "raw": "2.5ml", "how": "measured"}


def draft_examined(day: Shift, specimen: str, **seen: object) -> Draft:
    nothing = dict.fromkeys(
        ("condition", "volume", "type_found", "type_expected", "cytology", "cells", "papers", "history")
    )
    return Draft("specimen.examined", {"specimen": specimen, "bench": day.bench} | nothing | seen)


def examinations(day: Shift) -> dict[str, str]:
    """A specimen is looked at more than once; another is spun, and plasma and cells are poured. Their identities."""
    specimen = day.receive(day.expect())["specimen"]
    pen, subject = day.ledger.pen(), f"specimen:{specimen}"
    assessor = day._write(pen, "Dr Ptolemy Fanshawe, cytology", subject)
    code = day._write(pen, "1700009505", subject)
    cytology = {"preparation": "Cytospin", "fixative": "Formalin", "adequacy": "Adequate", "assessor": assessor}
    story = {"extracted_by": "RTR", "code": code, "source": "EDTA blood", "on": "2026-03-01", "words": None}
    first = draft_examined(day, specimen, condition=["clotted"], volume=VOLUME)
    found = {"type_found": "Bone marrow aspirate", "type_expected": "EDTA blood"}
    rest = {"cells": {"value": "2.0", "raw": "2.0", "state": "stated"}, "papers": {"Test order form": "present"}}
    second = draft_examined(day, specimen, cytology=cytology, history=story, **found, **rest)
    day.act(lambda: [first])
    day.act(lambda: [Draft(second.kind, second.body, pen.values)])
    names = {"specimen": specimen, **separation(day, specimen)}
    risks(day, specimen)
    return names


def risks(day: Shift, specimen: str) -> None:
    """A high risk is learned of a specimen, and released; another is stated of its patient."""
    pen, subject = day.ledger.pen(), f"specimen:{specimen}"
    told = day._write(pen, "Dr Ptolemy Fanshawe rang reception", subject)
    stated = {"specimen": specimen, "patient": None, "risk": "yes", "told": told, "bench": day.bench}
    day.act(lambda: [Draft("risk.stated", stated, pen.values)])
    released = {"specimen": specimen, "patient": None, "reason": "risk-excluded", "bench": day.bench}
    day.act(lambda: [Draft("risk.released", released | {"rests_on": day.last(subject)})])
    patient = day.requests[-1]["patient"]["id"]
    other = {"specimen": None, "patient": patient, "risk": "unknown", "told": None, "bench": day.bench}
    day.act(lambda: [Draft("risk.stated", other)])


def separation(day: Shift, specimen: str) -> dict[str, str]:
    """A specimen is spun; plasma and cells get tubes and numbers of their own."""
    names = {name: day.ledger.identity() for name in ("separation", "plasma", "cells")}
    begun = {"began": "2026-03-02T08:10:00.000000Z", "ended": "2026-03-02T08:20:00.000000Z", "bench": day.bench}
    spun = {"separation": names["separation"], "specimen": specimen, "programme": "one", **begun}

    def drafts() -> list[Draft]:
        made = [Draft("separation.spun", spun | {"spins": [{"minutes": "10", "g": "1600"}]})]
        made.append(Draft("specimen.step_done", {"specimen": specimen, "step": "extract", "bench": day.bench}))
        for material in ("plasma", "cells"):
            number = day.ledger.next_number("Z")
            body = {"aliquot": names[material], "accession": number, "specimen": specimen, "material": material}
            body |= {"separation": names["separation"], "volume": VOLUME, "bench": day.bench}
            made.append(Draft("aliquot.made", body | {"haemolysis": "Slight" if material == "plasma" else None}))
            made.append(day.draft_label(specimen, number, 1))
        return made

    day.act(drafts)
    return names
