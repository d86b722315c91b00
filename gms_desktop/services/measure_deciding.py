"""What a person decides about measurements: a held run counts, another reading stands, a tube goes on all the same."""

from __future__ import annotations

import json
from collections.abc import Iterable

from gms_desktop import measure_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.readings.judging import Judged, Word, worst
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import examination_look_up, extraction_look_up, rack_look_up, reading_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_list, item_readings, measure_matching, measure_saving, measured_runs, site_rules
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question


def release(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """Let a run count although a control failed: with a reason."""
    name = (answer.subject if answer else "") or argument
    row = reading_look_up.run(ledger.db, name) if name else next(iter(reading_look_up.held_runs(ledger.db, 1)), None)
    if row is None or row["state"] != "held":
        return Outcome(words.refused("Nothing is held", "No run waits to be released."))
    what, why = run_name(row), answer.comment.strip() if answer else ""
    if not why:
        problems = () if answer is None else ("Say why it may count.",)
        question = Question(
            Command.RELEASE_RUN,
            f"Release {what}?",
            comment_label=measure_words.WHY_RELEASE,
            confirm="Release this run",
            problems=problems,
            subject=row["id"],
        )
        return Outcome(measure_words.release_why(what, "; ".join(held_words(ledger.db, row))), question=question)
    pen, last = ledger.pen(), f"last:run:{row['id']}"
    body = {"run": row["id"], "reason": pen.write(why, f"run:{row['id']}")}
    rests = {"rests_on": ledger.driver.holders([last])[last], "bench": desk.place.bench}
    return Outcome(measure_words.released(what), (Draft("run.released", body | rests, pen.values, input=desk.told),))


def say_stands(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """Say which of several readings of a tube stands for a quantity, and why. ``argument``: the thing."""
    db, name = ledger.db, (answer.subject if answer else "") or argument
    item = subject(db, name)
    choices = tuple(_choices(db, item))
    if len(choices) < 2:
        return Outcome(words.refused("One reading", "There is no other reading that could stand."))
    chosen = next((one for one in answer.choices if one in {choice.code for choice in choices}), "") if answer else ""
    why = answer.comment.strip() if answer else ""
    if not chosen or not why:
        problems = () if answer is None else ("Choose the reading, and say why it stands.",)
        question = Question(
            Command.READING_STANDS,
            f"Which reading of {_code(db, item)} stands?",
            choices,
            many=False,
            comment_label=measure_words.WHY_STANDS,
            confirm="It stands",
            problems=problems,
            subject=name,
        )
        return Outcome(measure_words.stands_why(_code(db, item)), question=question)
    analyte, _, reading = chosen.partition("|")
    draft = _decided(ledger, desk, "reading.chosen", item, reading, why, {"analyte": analyte})
    label = next(choice.label for choice in choices if choice.code == chosen)
    return Outcome(measure_words.stands(label), (draft,))


def concede(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """A tube fails a rule and goes on all the same: who, why, and a second person."""
    db, name = ledger.db, (answer.subject if answer else "") or argument
    item = subject(db, name)
    failing = item_readings.failing(db, item)
    if not failing:
        return Outcome(words.refused("Nothing fails", f"{_code(db, item)} fails no rule that was not conceded."))
    if case_list.held(db, item) is not None:
        return Outcome(measure_words.in_dispute(_code(db, item)))
    by_rule = {f"{row['rule']}|{row['version']}": row for row in failing}
    only = next(iter(by_rule)) if len(by_rule) == 1 else ""
    chosen = next((one for one in (answer.choices if answer else ()) if one in by_rule), only)
    why = answer.comment.strip() if answer else ""
    if answer is None or not why or not chosen:
        problems = () if answer is None else ("Choose what is conceded, and say why.",)
        choices = tuple(Choice(code, failing_words(_of_rule(failing, row))) for code, row in by_rule.items())
        question = Question(
            Command.CONCEDE,
            f"May {_code(db, item)} go on?",
            choices,
            many=False,
            comment_label=measure_words.WHY_GOES_ON,
            confirm="It goes on",
            problems=problems,
            subject=name,
            chosen=(only,) if only else (),
        )
        return Outcome(measure_words.goes_on_why(f"{_code(db, item)}: {failing_words(failing)}"), question=question)
    row = by_rule[chosen]
    draft = _decided(ledger, desk, "reading.conceded", item, row["reading"], why, {name: row[name] for name in _RULE})
    said = failing_words(_of_rule(failing, row))
    return Outcome(measure_words.goes_on(f"{_code(db, item)}: {said}"), (draft,))


def judge_again(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    """Add what the rules in force say of readings that they have said nothing of; what was said before stays."""
    db, item = ledger.db, subject(ledger.db, argument)
    rows, rules = unjudged(ledger, item), site_rules.rule_text(db, "qc-limits")
    if not rows:
        return Outcome(
            words.refused("Nothing new", f"Today's rules have spoken of every reading of {_code(db, item)}.")
        )
    bench = desk.place.bench
    drafts = tuple(measure_saving.judged_draft(row["id"], said, rules, bench, row["corrected"]) for row, said in rows)
    word = worst(one.word for _, said in rows for one in said)
    return Outcome(measure_words.judged_again(_code(db, item), _worst_words(rows, word)), drafts)


def unjudged(ledger: Ledger, item: str) -> list[tuple[Row, tuple[Judged, ...]]]:
    """Readings of a thing with what the rules in force would say of them, and have not said yet."""
    db, rules = ledger.db, measure_matching.rules_today(ledger)
    thing = measure_matching.item_of(db, item) if rules else None
    if thing is None:
        return []
    found = []
    for row in reading_look_up.readings_of(db, item):
        before = {(one["rule"], one["version"]) for one in reading_look_up.judgements(db, row["id"])}
        said = measured_runs.judged_row(db, row, thing, rules)
        new = tuple(one for one in said if (one.rule.name, one.rule.version) not in before)
        found += [(row, new)] if new else []
    return found


def _worst_words(rows: list[tuple[Row, tuple[Judged, ...]]], word: Word) -> str:
    every = (one for _, said in rows for one in said)
    return "; ".join(
        dict.fromkeys(f"{one.limit.of.value} {measure_words.judgement(one)}" for one in every if one.word is word)
    )


_RULE = ("rule", "version")


def _of_rule(failing: Iterable[Row], like: Row) -> list[Row]:
    return [row for row in failing if (row["rule"], row["version"]) == (like["rule"], like["version"])]


def failing_words(rows: Iterable[Row]) -> str:
    """What fails, in words: the quantity with its raw cell, and the limit with its rule."""
    return "; ".join(f"{row['of']} {row['part']}".strip() + f" {shown(row)} {judgement_words(row)}" for row in rows)


def shown(row: Row) -> str:
    """The value that was judged with its unit; the raw cell where there is none."""
    sign = {"below": "< ", "above": "> "}.get(row["says"] or "", "")
    if row["value"] is None:
        return f"“{row['raw']}”" if row["raw"] else str(row["says"] or "")
    return f"{sign}{row['value']} {measure_words.unit(row['unit'] or '')}".strip()


def judgement_words(row: Row) -> str:
    """A judgement of the register in words, with the limit that it fails."""
    if row["word"] == "meets":
        return f"meets rule {row['rule']} v{row['version']}"
    edge = {"below minimum": row["minimum"], "above maximum": row["maximum"]}.get(row["word"])
    bound = f" {edge} {measure_words.unit(row['unit'] or '')}".rstrip() if edge is not None else ""
    return f"{row['word']}{bound} of rule {row['rule']} v{row['version']}"


def run_name(row: Row) -> str:
    """A run as words name it."""
    return f"run {row['run_id']} of {row['instrument']}" if row["run_id"] else f"a run of {row['instrument']}"


def failed_words(row: Row) -> tuple[str, ...]:
    """The controls for which a run is held, in words."""
    return tuple(
        f"Control {one['control']}, lot {one['lot']}: {one['of']} {one['word']}"
        + (f", “{one['raw']} {one['raw_unit']}”" if one["raw"] else "")
        + f", expected {one['expected']}"
        for one in json.loads(row["failed"] or "[]")
    )


def held_words(db: Database, row: Row) -> tuple[str, ...]:
    """Why a run is held: the controls that hold it, and what a person said who held it."""
    said = store.private_values(db, [f"run:{row['id']}"]) if row["reason_private"] else {}
    by_hand = measure_words.by_hand(said.get(row["reason_private"]) or "reason erased") if row["reason_private"] else ""
    return (*failed_words(row), *([by_hand] if by_hand else []))


def _choices(db: Database, item: str) -> Iterable[Choice]:
    for row in reading_look_up.readings_of(db, item):
        for cell in measured_runs.read_back(row["quantities"]):
            if cell.value is not None:
                name = item_readings.key_of(cell, row["instrument"])
                said = f"{measure_words.cell(cell)}, {row['instrument']}, {row['at'][:16].replace('T', ' ')} UTC"
                held = " (its run is held)" if row["run_state"] == "held" else ""
                yield Choice(f"{name}|{row['id']}", said + held)


def _decided(ledger: Ledger, desk: Desk, kind: str, item: str, reading: str, why: str, more: dict[str, str]) -> Draft:
    pen, last = ledger.pen(), f"last:{item}"
    sort, _, name = item.partition(":")
    body = {"reading": reading, "item": {"sort": sort, "id": name}, "reason": pen.write(why, item)}
    rests = {"rests_on": ledger.driver.holders([last])[last], "bench": desk.place.bench}
    return Draft(kind, body | more | rests, pen.values, input=desk.told)


def subject(db: Database, name: str) -> str:
    """The thing that Find shows, by its identity alone."""
    of = {"tube": rack_look_up.tube, "eluate": extraction_look_up.eluate, "aliquot": examination_look_up.aliquot}
    return next((f"{sort}:{name}" for sort, found in of.items() if found(db, name) is not None), f"specimen:{name}")


def _code(db: Database, item: str) -> str:
    found = measure_matching.item_of(db, item)
    return found.code if found else "This tube"
