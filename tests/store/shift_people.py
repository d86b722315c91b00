"""People at the made-up shift: badges, competences, second persons, signatures, sessions without PIN, notes."""

from __future__ import annotations

from shift import Shift

from gms_desktop.register.ledger import Draft


def colleague(day: Shift, *roles: str) -> str:
    """Another person with a badge of their own and roles."""
    person, badge = day.ledger.identity(), day.badge
    day.badge = f"hmac-{person}"
    drafts = [day.draft_operator(person), *(day.draft_role(person, role, day.operator) for role in roles)]
    day.act(lambda: drafts)
    day.badge = badge
    return person


def rights(day: Shift) -> None:
    """People and what they may do: badge, competences, second persons, signature, session without PIN, notes."""
    senior, technician = colleague(day, "senior"), colleague(day, "technician")
    badge = {"operator": technician, "badge": f"hmac-new-{technician}", "former": f"hmac-{technician}"}
    day.act(lambda: [Draft("badge.changed", badge | {"by": day.operator})])
    day.act(lambda: [draft_competence(day, technician, "accept", senior)], senior)
    day.act(lambda: [draft_competence(day, technician, "receive", senior)], senior)
    pen = day.ledger.pen()
    why = day._write(pen, "Was seen to accept without comparing OYELARAN", f"operator:{technician}")
    unfit = {"operator": technician, "job": "accept", "reason": why, "by": senior, "role": "senior"}
    day.act(lambda: [Draft("competence.withdrawn", unfit, pen.values)], senior)
    _second_persons(day, technician, senior)
    _without_pin(day, technician, senior)


def _second_persons(day: Shift, asker: str, second: str) -> None:
    names = [day.ledger.identity() for _ in range(2)]
    for name, alone in zip(names, ("another bench", "countersign"), strict=True):
        day.act(lambda n=name, how=alone: [draft_asked(day, n, asker, how)], asker)  # type: ignore[misc]
    by = {"by": second, "role": "senior", "asked_by": asker}
    day.act(lambda: [Draft("second.given", {"second": names[0], "sha256": "ab" * 32, **by})], second)
    pen = day.ledger.pen()
    why = day._write(pen, "FEATHERSTONEHAUGH's tube is not this one", f"second:{names[1]}")
    day.act(lambda: [Draft("second.declined", {"second": names[1], "reason": why, **by}, pen.values)], second)
    use = {"second": names[0], "witness": second, "use": day.ledger.identity()}
    day.act(lambda: [Draft("second.used", use)], asker)
    subject = f"specimen:{day.receive(day.expect())['specimen']}"
    day.act(lambda: [draft_signed(day, second, "senior", subject)], second)


def _without_pin(day: Shift, person: str, reviewer: str) -> None:
    session, note = day.ledger.identity(), day.ledger.identity()
    pen = day.ledger.pen()
    comment = day._write(pen, "Badge left in the car of Featherstone", f"break_glass:{session}")
    opened = {"session": session, "operator": person, "reason": "badge-lost", "comment": comment}
    day.act(lambda: [Draft("break_glass.opened", opened | {"bench": day.bench}, pen.values)], person)
    text = day.ledger.pen()
    said = day._write(text, "OYELARAN's second tube is in the fridge", f"note:{note}")
    written = {"note": note, "text": said, "by": person, "bench": day.bench}
    day.act(lambda: [Draft("handover.note_written", written, text.values)], person)
    found = {"session": session, "operator": person, "finding": "in-order", "comment": None}
    day.act(lambda: [Draft("break_glass.reviewed", found | {"by": reviewer, "role": "senior"})], reviewer)
    day.act(lambda: [Draft("handover.note_acknowledged", {"note": note, "by": reviewer})], reviewer)


def draft_competence(day: Shift, person: str, job: str, by: str) -> Draft:
    pen = day.ledger.pen()
    evidence = day._write(pen, "Observed by Dr Ptolemy Fanshawe, folder 7", f"operator:{person}")
    body = {"operator": person, "job": job, "since": "2026-03-02", "until": "2027-03-01", "evidence": evidence}
    return Draft("competence.granted", {**body, "by": by, "role": "senior"}, pen.values)


def draft_asked(day: Shift, name: str, asker: str, alone: str) -> Draft:
    pen = day.ledger.pen()
    shown = day._write(pen, "Discard material\nOYELARAN Wilhelmina, Z26", f"second:{name}")
    due = "2026-03-03T08:00:00.000000Z" if alone == "countersign" else None
    body = {"second": name, "job": "discard", "subject": "specimen:one", "words": shown, "sha256": "ab" * 32}
    body |= {"by": asker, "alone": alone, "due": due, "bench": day.bench}
    return Draft("second.asked", body, pen.values)


def draft_signed(day: Shift, by: str, role: str, *subjects: str) -> Draft:
    name, pen = day.ledger.identity(), day.ledger.pen()
    shown = day._write(pen, "Accepted. MÜLLER-ŠKVORECKÝ Xochitl", f"signature:{name}")
    body = {"signature": name, "job": "accept", "words": shown, "sha256": "ef" * 32, "by": by, "role": role}
    return Draft("signed", body | {"rests_on": [[one, day.last(one)] for one in subjects]}, pen.values)
