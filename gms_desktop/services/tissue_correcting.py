"""What was recorded wrongly of tissue is put right with a reason: a case, a piece, or somebody's assessment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gms_desktop import tissue_correct_words, tissue_same_words, tissue_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import ods
from gms_desktop.domain.tissue.same import Numbered
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body
from gms_desktop.register import tissue_look_up
from gms_desktop.register.ledger import Draft, Ledger, Pen
from gms_desktop.services import (
    case_list,
    site_rules,
    tissue_apart,
    tissue_assessing,
    tissue_ending,
    tissue_moving,
    tissue_notes,
    tissue_piece_correcting,
    tissue_pieces,
    tissue_rests,
    tissue_same,
)
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_TAKEN_BACK = "taken back"
_CASE_FIELDS = (
    ("histology", tissue_words.HISTOLOGY),
    ("hospital", tissue_words.HOSPITAL),
    ("clinician", tissue_words.CLINICIAN),
    ("referred_on", tissue_words.REFERRED_ON),
)


_CASE_COLUMNS = (
    ("histology", "histology_private"),
    ("hospital", "hospital"),
    ("clinician", "clinician_private"),
    ("referred_on", "referred_on"),
)


def correct(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    """Ask what is wrong of the case that is open and the piece in hand, then what is right and why."""
    sort, _, name = (answer.subject if answer else "").partition(":")
    if answer is not None and sort == "which":
        return _of(ledger, desk, answer.choices[0] if answer.choices else "", None)
    return _of(ledger, desk, f"{sort}:{name}", answer) if name else _asks_which(ledger.db, desk, ())


def _of(ledger: Ledger, desk: Desk, key: str, answer: Answer | None) -> Outcome:
    sort, _, name = key.partition(":")
    if sort == "tissue_case" and (case := tissue_look_up.case(ledger.db, name)):
        return _case(ledger, desk, case, answer)
    if sort == "piece" and (row := tissue_look_up.piece(ledger.db, name)):
        if case_list.held(ledger.db, key) is not None:
            return Outcome(tissue_words.in_dispute(str(row["number"])))
        return tissue_piece_correcting.correct(ledger, desk, row, answer)
    if sort == tissue_ending.SORT and (row := tissue_look_up.piece(ledger.db, name)):
        return tissue_ending.correct(ledger, desk, row, answer)
    if sort == tissue_moving.SORT and (row := tissue_look_up.piece(ledger.db, name)):
        return tissue_moving.move(ledger, desk, row, answer)
    if sort in tissue_apart.SORTS:
        return tissue_apart.tell(ledger, desk, sort, name, answer)
    if sort == "tissue_assessment" and (row := tissue_look_up.assessment(ledger.db, name)):
        return _assessment(ledger, desk, row, answer)
    return _asks_which(ledger.db, desk, (tissue_correct_words.WHICH_PROBLEM,))


def _asks_which(db: Database, desk: Desk, problems: tuple[str, ...]) -> Outcome:
    choices = tuple(_correctable(db, desk))
    if not choices:
        return Outcome(tissue_correct_words.nothing_there())
    asked = Question(
        Command.TISSUE_CORRECT,
        tissue_correct_words.WHICH,
        choices,
        many=False,
        confirm="Correct this",
        problems=problems,
        subject=f"which:{desk.tissue.piece or desk.tissue.case}",
        chosen=(choices[0].code,),
    )
    return Outcome(tissue_words.answer_needed(tissue_correct_words.WHICH), question=asked)


def _correctable(db: Database, desk: Desk) -> Iterator[Choice]:
    row = tissue_look_up.piece(db, desk.tissue.piece) if desk.tissue.piece else None
    if row is not None:
        for one in tissue_look_up.assessments(db, row["id"]):
            words = tissue_correct_words.of_assessment(one["neoplastic"], _assessor(db, one))
            yield Choice(f"tissue_assessment:{one['id']}", words)
        words = tissue_correct_words.of_piece(str(row["number"]), tissue_pieces.what(row))
        yield Choice(f"piece:{row['id']}", words)
        yield from tissue_ending.choices(row)
        yield from tissue_moving.choices(row)
    if desk.tissue.case:
        yield Choice(f"tissue_case:{desk.tissue.case}", tissue_correct_words.OF_CASE)
        yield from tissue_apart.choices(db, desk.tissue.case)


def _assessor(db: Database, row: Row) -> str:
    return _private(db, row).get(row["by_private"] or "") or "somebody"


def _private(db: Database, row: Row) -> dict[str, str | None]:
    return dict(store.private_values(db, [f"tissue_assessment:{row['id']}"]))


def _day(iso: str | None) -> str:
    return dates.display(date.fromisoformat(iso)) if iso else ""


def _assessment(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    piece = tissue_look_up.piece(ledger.db, row["piece"])
    if piece is None or row["withdrawn"]:
        return Outcome(tissue_correct_words.changed_meanwhile(str(piece["number"]) if piece else "it"))
    if case_list.held(ledger.db, f"piece:{piece['id']}") is not None:
        return Outcome(tissue_words.in_dispute(str(piece["number"])))
    if answer is None:
        return _asks_assessment(ledger.db, row, piece, _values(ledger.db, row), tissue_assessing.chosen_of(row), (), "")
    rules, gone = site_rules.tissue(ledger.db), _TAKEN_BACK in answer.choices
    said = {name: value.strip() for name, value in answer.fields}
    body, problems = tissue_assessing.read(ledger, desk, piece, rules, said, answer.choices)
    if gone:
        # What is of another piece is taken back as it stands: nothing of it is to be put right first.
        body, problems, said = _as_it_stands(row), (), dict(_values(ledger.db, row))
    same = not gone and _unchanged(ledger.db, row, body, said)
    wrong = (
        (same, tissue_correct_words.NOTHING_PROBLEM),
        (not answer.comment.strip(), tissue_correct_words.WHY_PROBLEM),
    )
    problems = (*problems, *(words for there, words in wrong if there))
    if problems:
        return _asks_assessment(ledger.db, row, piece, answer.fields, answer.choices, problems, answer.comment)
    draft = _draft(ledger, desk, row, body | {"withdrawn": gone}, said, answer.comment)
    rests = tissue_rests.on(ledger.db, piece)
    return Outcome(tissue_correct_words.corrected(f"The assessment of {piece['number']}", rests), (draft,))


def _draft(ledger: Ledger, desk: Desk, row: Row, right: Body, said: dict[str, str], why: str) -> Draft:
    subject, pen = f"tissue_assessment:{row['id']}", Pen(ledger.chance)
    last = f"last:{subject}"
    earlier = {name: row[name] for name in ("neoplastic", "method", "cellularity", "necrosis", "slide")}
    earlier |= {"assessor": row["by_private"], "comment": row["comment_private"], "on": row["assessed_on"]}
    earlier |= {"representative": bool(row["representative"])}
    body: Body = {"assessment": row["id"], "piece": row["piece"], "earlier": earlier} | right
    body |= {"assessor": pen.write(said["by"], subject), "comment": pen.write(said.get("comment"), subject)}
    body |= {"reason": pen.write(why.strip(), subject), "follows": ledger.driver.holders([last])[last]}
    return Draft("tissue.assessment_corrected", body | {"bench": desk.place.bench}, pen.values, input=desk.told)


def _as_it_stands(row: Row) -> Body:
    same: Body = {name: row[name] for name in ("slide", "neoplastic", "method", "cellularity", "necrosis")}
    marks = ("area_marked", "macrodissect", "representative")
    return same | {name: bool(row[name]) for name in marks} | {"on": row["assessed_on"]}


def _unchanged(db: Database, row: Row, body: Body, said: dict[str, str]) -> bool:
    before = dict(_values(db, row))
    return _as_it_stands(row) == body and all(said.get(one, "") == before[one] for one in ("by", "comment"))


def _values(db: Database, row: Row) -> tuple[tuple[str, str], ...]:
    known = _private(db, row)
    return (
        ("neoplastic", row["neoplastic"]),
        ("necrosis", row["necrosis"] or ""),
        ("by", known.get(row["by_private"] or "") or ""),
        ("on", _day(row["assessed_on"])),
        ("slide", row["slide"] or ""),
        ("comment", known.get(row["comment_private"] or "") or ""),
    )


def _asks_assessment(
    db: Database,
    row: Row,
    piece: Row,
    values: tuple[tuple[str, str], ...],
    chosen: tuple[str, ...],
    problems: tuple[str, ...],
    _why: str,
) -> Outcome:
    rules = site_rules.tissue(db)
    taken_back = Choice(_TAKEN_BACK, tissue_correct_words.TAKEN_BACK, under=tissue_correct_words.OR_ELSE)
    title = tissue_correct_words.title(f"the assessment of {piece['number']}")
    asked = Question(
        Command.TISSUE_CORRECT,
        title,
        (*tissue_assessing.choices(rules), taken_back),
        fields=tissue_assessing.FIELDS,
        comment_label=tissue_correct_words.WHY,
        confirm=tissue_correct_words.ACT,
        problems=problems,
        values=values,
        chosen=chosen,
        subject=f"tissue_assessment:{row['id']}",
    )
    return Outcome(tissue_words.answer_needed(title), question=asked)


def _case(ledger: Ledger, desk: Desk, case: Row, answer: Answer | None) -> Outcome:
    subject = f"tissue_case:{case['id']}"
    known = store.private_values(ledger.db, [subject])
    private = {name: known.get(case[f"{name}_private"] or "") or "" for name in ("histology", "clinician")}
    stands = private | {"hospital": case["hospital"] or "", "referred_on": _day(case["referred_on"])}
    said = {name: value.strip() for name, value in answer.fields} if answer else {}
    said |= {"hospital": ods.normalise(said.get("hospital", ""))}
    referred = dates.read_day(said.get("referred_on", ""))
    wrong = (
        (bool(said["hospital"]) and not ods.is_ods(said["hospital"]), tissue_words.HOSPITAL_PROBLEM),
        (bool(said.get("referred_on")) and referred is None, tissue_words.DAY_PROBLEM),
        (referred is not None and referred > tissue_notes.today(ledger, desk), tissue_words.FUTURE_PROBLEM),
        (_same_case(said, stands), tissue_correct_words.NOTHING_PROBLEM),
        (answer is None or not answer.comment.strip(), tissue_correct_words.WHY_PROBLEM),
    )
    problems = tuple(words for there, words in wrong if there)
    if answer is None or problems:
        title = tissue_correct_words.title(f"case {case['number']}")
        asked = Question(
            Command.TISSUE_CORRECT,
            title,
            fields=_CASE_FIELDS,
            comment_label=tissue_correct_words.WHY,
            confirm=tissue_correct_words.ACT,
            problems=problems if answer else (),
            values=answer.fields if answer else tuple(stands.items()),
            subject=subject,
        )
        return Outcome(tissue_words.answer_needed(title), question=asked)
    pen = Pen(ledger.chance)
    body: Body = {name: pen.write(said.get(name), subject) for name in ("histology", "clinician")}
    body |= {
        "case": case["id"],
        "hospital": said.get("hospital") or None,
        "reason": pen.write(answer.comment.strip(), subject),
    }
    body |= {"referred_on": referred.isoformat() if referred else None, "bench": desk.place.bench}
    body |= {"earlier": {name: case[column] for name, column in _CASE_COLUMNS}}
    draft = Draft("tissue.case_corrected", body, pen.values, input=desk.told)
    others = tissue_same.with_histology(ledger.db, said.get("histology", ""), case["id"])
    same = (tissue_same_words.now_same(Numbered.HISTOLOGY, [str(one["number"]) for one in others]),) if others else ()
    rests = (*same, *tissue_rests.of_case(ledger.db, case))
    return Outcome(tissue_correct_words.corrected(f"Case {case['number']}", rests), (draft,))


def _same_case(said: dict[str, str], stands: dict[str, str]) -> bool:
    day = dates.read_day(said.get("referred_on", ""))
    right = said | {"referred_on": dates.display(day) if day else ""}
    return all(right.get(name, "") == value for name, value in stands.items())
