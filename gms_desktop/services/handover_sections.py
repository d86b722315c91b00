"""What is open in the laboratory, section by section as the handover sheet lists it, oldest first."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from gms_desktop import (
    handover_words,
    hold_words,
    people_words,
    queue_words,
    review_words,
    rights_words,
    risk_words,
    urgent_words,
)
from gms_desktop import words as spoken
from gms_desktop.documents.handover import Line, Section
from gms_desktop.domain import dates
from gms_desktop.domain.label_sorts import OF_TUBES
from gms_desktop.domain.rights import Alone, second_may
from gms_desktop.domain.shifts import WEEKDAYS
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import decision_look_up, handover_look_up, look_up, people_look_up, today_look_up
from gms_desktop.register.holds import OF_CONSENT
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import case_tasks, lapsing, rights, risks, second_person, site_rules, urgent_commands
from gms_desktop.services.case_list import Case, open_cases
from gms_desktop.services.case_words import bench_name, subject_name
from gms_desktop.services.find import local_minute
from gms_desktop.services.handover_clocks import Span, ending
from gms_desktop.services.people import name_of
from gms_desktop.services.people_words import person
from gms_desktop.services.situation import Situation, Tube, situation

MOST = 500
"""Lines of one section. A laboratory with more open than that hands over from Today; the sheet says so."""
_Day = Callable[[str], str]


def section(title: str, lines: Sequence[Line], note: str = "") -> Section:
    """A section of the sheet: urgent lines first, else as they come; one that is too long says so in its last line."""
    shown = tuple(sorted(lines[:MOST], key=lambda line: not line.urgent))
    if len(lines) > MOST:
        shown = (*shown, Line(handover_words.more(MOST)))
    return Section(title, shown, handover_words.EMPTY[title], note)


def work(db: Database, time_zone: str, today: str) -> tuple[Section, ...]:
    """What lies at the benches: urgent work, open requests, labels, holds, and what is not decided."""

    def at(text: str) -> str:
        return local_minute(text, time_zone)

    undecided = handover_look_up.undecided(db, MOST + 1)
    return (
        _urgent(db, undecided, at),
        _open(db),
        _labels(db, at),
        _held(db, at, today),
        section(
            handover_words.UNDECIDED, [_undecided(db, row, at) for row in undecided if row["priority"] != "urgent"]
        ),
    )


def people(ledger: Ledger, span: Span) -> tuple[Section, ...]:
    """What waits for a certain person: a reviewer, a second person, whoever reviews a session; and every clock."""

    def at(text: str) -> str:
        return local_minute(text, span.time_zone)

    db = ledger.db
    return (_review(db, at), _seconds(ledger, span, at), _sessions(db, at), _clocks(span))


# At the benches


def patient(db: Database, patient: str) -> str:
    """A patient by name and birth date."""
    who = person(db, patient)
    return "  ".join(part for part in (who.name, who.born_words) if part)


def specimen(db: Database, row: Row) -> str:
    """A specimen by number and patient, with the hazard sign's word where it stands; a row of its own or of a hold."""
    hazard = risks.word(db, row.get("specimen") or row["id"])
    return "  ".join(filter(None, (str(row["accession"]), hazard, patient(db, row["patient"]))))


def _urgent(db: Database, undecided: Sequence[Row], at: _Day) -> Section:
    here = [_undecided(db, row, at) for row in undecided if row["priority"] == "urgent"]
    awaited = [_awaited(db, row, at) for row in handover_look_up.urgent_expected(db, MOST + 1)]
    decided = {row["id"] for row in undecided}
    left = [row for state in ("nobody told", "told") for row in today_look_up.urgents(db, state, MOST + 1)[0]]
    waiting = [_not_taken_up(db, row, at) for row in left if row["id"] not in decided]
    return section(handover_words.URGENT, [*here, *waiting, *awaited])


def _not_taken_up(db: Database, row: Row, at: _Day) -> Line:
    what = specimen(db, row)
    stands = f"Received at {bench_name(db, row['bench'])}, {at(row['received_at'])}; "
    said = urgent_words.waits(row["state"], urgent_commands.told_whom(db, row))
    return Line(what, f"{stands}{said}.", handover_words.URGENT_NEXT, urgent=True)


def _awaited(db: Database, row: Row, at: _Day) -> Line:
    codes = look_up.codes_of_request(db, row["id"])
    name = row["referral"] or (codes[0]["code"] if codes else "request without a number")
    what = f"{name}  {patient(db, row['patient'])}"
    stands = f"Expected from {row['sender'] or 'a sender not stated'}: {row['test'] or 'test not stated'}, "
    return Line(what, f"{stands}known since {at(row['at'])}.", handover_words.URGENT_AWAITED, urgent=True)


def _undecided(db: Database, row: Row, at: _Day) -> Line:
    what = specimen(db, row)
    stands = f"Received at {bench_name(db, row['bench'])}, {at(row['received_at'])}; not decided."
    return Line(what, stands, handover_words.DECIDE_ACTION, urgent=row["priority"] == "urgent")


def _open(db: Database) -> Section:
    lines = []
    for row in handover_look_up.open_receptions(db):
        here = situation(db, row["request"], row["id"])
        if here is not None:
            lines.append(_opened(db, row["id"], here))
    return section(handover_words.OPEN, lines)


def _opened(db: Database, writer: str, here: Situation) -> Line:
    bench, session = bench_name(db, writer), look_up.session(db, writer)
    step, action = _in_hand(here.in_hand)
    count = (len(here.awaited), len(here.put_aside))
    who = session["operator"] if session else None
    at_bench = f"{bench}, {name_of(db, who)}" if who else bench
    stands = f"{at_bench}: {handover_words.open_step(step, *count)}."
    what = f"{here.name}  {patient(db, here.request['patient'])}"
    urgent = any(request["priority"] == "urgent" for request in here.requests)
    return Line(what, stands, handover_words.open_action(bench, action, *count), urgent)


def _in_hand(tube: Tube | None) -> tuple[str, str]:
    """At which step the tube in hand is, and what to do with it."""
    if tube is None or tube.specimen is None:
        return "", ""
    number, state = str(tube.specimen["accession"]), tube.label["state"] if tube.label else ""
    step = handover_words.label_step(number, tube.number, state)
    if step:
        return step, handover_words.LABEL_ACTIONS[state]
    return handover_words.outcome_step(number, tube.number), handover_words.DECIDE_ACTION


def _said_of_tubes(said: str) -> str:
    return said


def _labels(db: Database, at: _Day) -> Section:
    lines = []
    for row in handover_look_up.labels_not_verified(db, MOST + 1):
        tube = look_up.row(db, "specimen", row["specimen"]) if row["specimen"] else None
        copy = f", copy {row['copy']}" if (row["copy"] or 1) > 1 else ""
        hazard = f"  {risk_words.HAZARD}" if risks.word(db, row["specimen"]) else ""
        whose = f"{hazard}  {patient(db, tube['patient'])}" if tube else ""
        said = _said_of_tubes if row["sort"] in {None, *OF_TUBES} else queue_words.of_a_thing
        state = said(handover_words.LABEL_STATES.get(str(row["state"]), str(row["state"])))
        reason = _words_of(db, row["detail"]) if row["state"] == "put off" else row["detail"]
        why = f" ({reason})" if reason else ""
        lines.append(
            Line(
                f"{row['accession']}{copy}{whose}",
                f"{bench_name(db, row['bench'])}: {state}{why}, since {at(row['at'])}.",
                said(handover_words.LABEL_ACTIONS.get(row["state"], handover_words.LABEL_ACTIONS["unknown"])),
                urgent=tube is not None and tube["priority"] == "urgent",
            )
        )
    return section(handover_words.LABELS, lines)


def _words_of(db: Database, code: str | None) -> str:
    return site_rules.reason_words(db).get(code or "", code or "")


def _held(db: Database, at: _Day, today: str) -> Section:
    """Every hold that stands: of a decision, and of consent on a specimen that may be accepted."""
    known = hold_words.REASONS | site_rules.reason_words(db)
    actions = site_rules.next_actions(db)
    rows = decision_look_up.holds(db, MOST + 1)
    return section(handover_words.HELD, [_hold(db, row, (known, actions), at, today) for row in rows])


def _hold(db: Database, row: Row, lists: tuple[dict[str, str], dict[str, str]], at: _Day, today: str) -> Line:
    known, actions = lists
    codes, private = _listed(row["reasons"]), store.private_values(db, [f"specimen:{row['specimen']}"])
    reasons = "; ".join(known.get(code, code) for code in codes) or "Reason not stated"
    stops = spoken.names(tuple(handover_words.STOPS.get(stop, stop) for stop in _listed(row["stops"])))
    of_consent = row["hold"] == OF_CONSENT
    comment = "" if of_consent else private.get(row["comment_private"] or "") or ""
    stands = handover_words.held_stands(reasons, at(row["placed_at"]), name_of(db, row["placed_by"]), stops, comment)
    stands += handover_words.chased(row["chased"] or 0, at(row["chased_at"]) if row["chased_at"] else "")
    todo = " ".join(dict.fromkeys(actions[code] for code in codes if code in actions))
    todo = todo or (handover_words.CONSENT_ACTION if of_consent else handover_words.HOLD_ACTION)
    what = specimen(db, row)
    action = " ".join(filter(None, (todo, _chase(row, private, today))))
    return Line(what, stands, action, urgent=row["priority"] == "urgent")


def _chase(row: Row, private: Mapping[str, str | None], today: str) -> str:
    """Whom to chase and by when, as the hold says."""
    if row["state"] == "answered":
        return f"{hold_words.answered().capitalize()}."
    whom = private.get(row["whom_private"] or "") or ""
    if row["hold"] == OF_CONSENT and not whom and not row["chase_by"]:
        return ""
    by = dates.display(date.fromisoformat(row["chase_by"])) if row["chase_by"] else ""
    said = hold_words.chase(whom, by, overdue=bool(row["chase_by"]) and row["chase_by"] < today)
    return f"{said[:1].upper()}{said[1:]}."


def _listed(text: str | None) -> list[str]:
    return [str(one) for one in json.loads(text or "[]")]


# For a certain person


def _who_may(db: Database, job: str) -> str:
    right = rights.table(db).get(job)
    return rights_words.who_may(right) if right else "nobody, by this laboratory's table of rights"


def _job(db: Database, job: str) -> str:
    right = rights.table(db).get(job)
    return right.words if right else job


def _review(db: Database, at: _Day) -> Section:
    who = _who_may(db, "settle case")
    lines = [_case(db, case, who, at) for case in open_cases(db)]
    for row in look_up.case_tasks(db, MOST + 1):
        said = case_tasks.of_row(row).words(db)
        stands = f"Left by a settled case, since {at(row['at'])}."
        lines.append(Line(f"{said[:1].upper()}{said[1:]}", stands, handover_words.TASK_ACTION))
    lines += [_link(db, row, at) for row in look_up.links_proposed(db, MOST + 1) if row["patient"] < row["other"]]
    waiting = look_up.count_fix_it(db)
    if waiting:
        lines.append(Line(handover_words.rows_wait(waiting), "Did not land.", handover_words.FIX_IT_ACTION))
    return section(handover_words.REVIEW, lines)


def _case(db: Database, case: Case, who: str, at: _Day) -> Line:
    names = dict.fromkeys(subject_name(db, one) for one in case.subjects if one.startswith(("specimen:", "tube:")))
    where = f"Since {at(case.rows[0]['at'])}, {bench_name(db, case.head['writer'])}."
    return Line("  ".join((case.title, *names)), where, handover_words.settled_by(who))


def _link(db: Database, row: Row, at: _Day) -> Line:
    names = (subject_name(db, f"patient:{row[one]}") for one in ("patient", "other"))
    stands = f"Proposed by {name_of(db, row['by'])}, {at(row['at'])}."
    return Line(review_words.possibly_same(*names), stands, handover_words.LINK_ACTION)


def _seconds(ledger: Ledger, span: Span, at: _Day) -> Section:
    db, now = ledger.db, lapsing.now(ledger, span.time_zone)

    def serves(row: Row) -> bool:
        return lapsing.lapse(ledger, row, now) is None

    asked = [_asked(db, row, span.instant, at) for row in people_look_up.seconds(db, "asked", MOST + 1) if serves(row)]
    confirmed = [row for row in people_look_up.seconds(db, "given", MOST + 1) if row["alone"] == Alone.ANOTHER_BENCH]
    given = [_given(db, row, at) for row in confirmed if serves(row)]
    return section(handover_words.SECONDS, [*asked, *given])


def _asked(db: Database, row: Row, now: str, at: _Day) -> Line:
    due = at(row["due"]) if row["alone"] == Alone.COUNTERSIGN else ""
    overdue = second_person.is_overdue(row, now)
    stands = handover_words.asked_stands(
        name_of(db, row["by"]), _bench_or_name(db, row["bench"]), at(row["at"]), due, overdue=overdue
    )
    return Line(_seconded(db, row), stands, handover_words.asked_action(_confirmers(db, row["job"]), later=bool(due)))


def _given(db: Database, row: Row, at: _Day) -> Line:
    stands = handover_words.given_stands(name_of(db, row["decided_by"]), at(row["decided_at"]))
    return Line(_seconded(db, row), stands, handover_words.given_action(name_of(db, row["by"])))


def _seconded(db: Database, row: Row) -> str:
    """The job, and what was on screen of it."""
    words = store.private_values(db, [f"second:{row['id']}"]).get(row["words_private"] or "") or ""
    shown = "  ".join(line for line in words.split("\n")[1:] if line)
    return "  ".join(part for part in (_job(db, row["job"]), shown) if part)


def _confirmers(db: Database, job: str) -> str:
    rule, table = second_person.rules(db).get(job), rights.table(db)
    if job not in table:
        return _who_may(db, job)
    return rights_words.who_may(second_may(rule, table) if rule else table[job])


def _sessions(db: Database, at: _Day) -> Section:
    who = _who_may(db, "review break-glass")
    lines = []
    for row in people_look_up.break_glass_to_review(db, MOST + 1):
        reason = str(people_words.BREAK_GLASS_REASONS.get(row["reason"], row["reason"]))
        said = store.private_values(db, [f"break_glass:{row['id']}"]).get(row["comment_private"] or "") or ""
        stands = handover_words.session_stands(_bench_or_name(db, row["bench"]), at(row["at"]), reason, said)
        lines.append(Line(name_of(db, row["operator"]), stands, handover_words.session_action(who)))
    return section(handover_words.SESSIONS, lines)


def _bench_or_name(db: Database, bench: str) -> str:
    began = look_up.incarnation(db, bench)
    return str(began["bench"]) if began else bench


def _clocks(span: Span) -> Section:
    note = handover_words.NO_NEXT_SHIFT
    if span.shift is not None:
        weekday = WEEKDAYS[span.until.weekday()]
        note = handover_words.next_shift(f"{weekday} {dates.display_minute(span.until)}", span.shift.words)
    if not site_rules.rule_text(span.db, "shifts").approved:
        note = f"{note} {handover_words.EXAMPLE_ROSTER}"
    lines = [
        Line(clock.what, handover_words.ends(clock.shown, overdue=clock.when < span.now), clock.about)
        for clock in ending(span)
    ]
    return section(handover_words.CLOCKS, lines, note)
