"""What people do at a simulated bench: acts that meet each other, drawn from the bench's own register."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

from sim_people import People

from gms_desktop import review_words
from gms_desktop.domain.minting import instant
from gms_desktop.errors import Refused
from gms_desktop.journal import kinds
from gms_desktop.journal.database import text_statement
from gms_desktop.journal.entry import Body, Entry, Premises
from gms_desktop.register import cases, look_up, undoing
from gms_desktop.register.ledger import Draft
from gms_desktop.services import case_reopen
from gms_desktop.services.views import Answer

if TYPE_CHECKING:
    from sim_bench import Bench

_requests = text_statement("SELECT id, patient FROM request ORDER BY id")
_specimens = text_statement("SELECT id FROM specimen ORDER BY id")
_labels = text_statement("SELECT id FROM label ORDER BY id")
_tasks = text_statement("SELECT DISTINCT subject FROM case_task ORDER BY subject")
_patients = text_statement("SELECT subject, commitment FROM private WHERE subject LIKE 'patient:%' ORDER BY subject")


# As the services have it: what was only noticed is not undone.
_NOTED = frozenset({"scan.judged"})


def _whole(kind: str, body: Body) -> Body:
    """The body with all that this kind may state: what is not said here is not stated."""
    return dict.fromkeys(kinds.newest(kind).fields) | dict(body)


class Work:
    """The people at one bench."""

    def __init__(self, bench: Bench, random: Random, *, first: bool, wider: Random | None = None) -> None:
        self.bench = bench
        self.random = random
        self.first = first
        self.wider = wider
        self.acts: list[str] = []
        self.next_is_newer = False
        self.next_is_poison = False
        self.done = 0
        self.people = People(bench, random)

    def take_over(self, other: Work) -> None:
        """A clone's people know what the others knew."""
        self.first = False

    @property
    def operator(self) -> str | None:
        """Who acts now."""
        return self.people.who

    def act(self) -> list[Entry]:
        """One act, inside the bench's transaction."""
        if self.next_is_newer:
            self.next_is_newer = False
            return self._newer()
        if self.next_is_poison:
            self.next_is_poison = False
            return self._poison()
        drafts, witness = self._allowed()
        entries = self.bench.ledger.append(drafts, self.operator, witness)
        self.acts.append(entries[0].action)
        self.done += 1
        return entries

    def _allowed(self) -> tuple[list[Draft], str | None]:
        """What somebody does who may. Who may not is told so, and at last that scan is all that is recorded."""
        for _ in range(8):
            self.people.somebody_comes()
            drafts, witness = self.people.passed(self._drafts())
            if drafts:
                return drafts, witness
        return self._whole(self._scan()), None

    def _drafts(self) -> list[Draft]:
        db = self.bench.db
        if self.first and self.done == 0:
            return self.people.set_up("ada")
        if self.operator is None and self.random.random() < 0.1:
            # Nobody is known here: a bench that is set up by itself, and meets the others at the hub.
            return self.people.set_up(f"first-{self.bench.ledger.head.writer}")
        tries: list[Any] = [self._expect, self._scan, self.people.add]
        if db.tuples(_requests):
            tries += [self._receive, self._receive, self._open]
        if db.tuples(_specimens):
            tries += [self._decide, self._decide, self._decide, self._label]
        if self.acts:
            tries.append(self._undo)
        if self.operator:
            tries += [self._erase, self._rules, self._resolve, self.people.role, *[self._about_people] * 3]
            if self.wider is not None:
                tries += [self._resolve, self._reopen, self._reopen]
        made: list[Draft] = self.random.choice(tries)()
        # An older version does not write what it does not know.
        return self._whole(made) if all(draft.kind != self.bench.lacks for draft in made) else []

    def _whole(self, drafts: list[Draft]) -> list[Draft]:
        return [replace(draft, body=_whole(draft.kind, draft.body)) for draft in drafts]

    def _about_people(self) -> list[Draft]:
        people = self.people
        acts = (people.badge, people.competence, people.own_rights, people.patients, people.session, people.note)
        return self.random.choice((*acts, *[people.patients] * 4, *[people.answer] * 4))()

    def _identity(self) -> str:
        return self.bench.ledger.identity()

    def _expect(self) -> list[Draft]:
        pen, patient, request = self.bench.ledger.pen(), self._identity(), self._identity()
        subject = f"patient:{patient}"
        person = {
            "id": patient,
            "new": True,
            "person": "person",
            "surname": pen.write("OYELARAN", subject),
            "forename": None,
            "born": pen.write("1970-01-01", subject),
            "born_precision": "day",
            "sex": None,
            "nhs": None,
            "nhs_state": "not traced",
            "participant": None,
            "mother": None,
            "hospital": [],
        }
        body = {
            "request": request,
            "referral": None,
            "patient": person,
            "role": "proband",
            "structure": None,
            "test": "R14.1",
            "codes": [{"code": f"Q26-{self.random.randrange(99)}", "ods": "RR8"}],
            "sender": "RR8",
            "requestor": None,
            "location": None,
            "priority": "routine",
            "category": "clinical",
            "risk": "not stated",
            "tubes": [{"type": "EDTA blood", "code": "T1"}],
            "collected": None,
            "import": None,
            "row": None,
            "origin": "entered",
        }
        return [Draft("request.expected", body, pen.values)]

    def _receive(self) -> list[Draft]:
        request, patient = self.random.choice(self.bench.db.tuples(_requests))
        specimen, number = self._identity(), self.bench.ledger.next_number("Z")
        place = f"last:arrival:{request}/1"
        body = {
            "follows": self.bench.ledger.driver.holders([place])[place],
            "specimen": specimen,
            "accession": number,
            "requests": [request],
            "patient": patient,
            "tube": 1,
            "type": "EDTA blood",
            "sender_code": "T1",
            "sender": "RR8",
            "collected": None,
            "taken": None,
            "delivery": None,
            "bag": None,
            "risk": "not stated",
            "priority": "routine",
            "category": "clinical",
            "matched": "code",
            "bench": self.bench.ledger.head.writer,
        }
        return [Draft("specimen.received", body), self._intended(specimen, number)]

    def _intended(self, specimen: str, number: str) -> Draft:
        body = {"label": f"{number}.1", "specimen": specimen, "accession": number, "copy": 1, "reason": None}
        body |= {"sort": "tube", "subject": f"specimen:{specimen}"}
        more = {"printer": "P", "layout": "tube", "bench": self.bench.ledger.head.writer}
        return Draft("label.intended", {**body, **more})

    def _decide(self) -> list[Draft]:
        (specimen,) = self.random.choice(self.bench.db.tuples(_specimens))
        last = self.bench.ledger.driver.holders([f"last:specimen:{specimen}"])[f"last:specimen:{specimen}"]
        outcome = self.random.choice(("accepted", "on hold", "rejected"))
        body = {"specimen": specimen, "outcome": outcome, "reasons": [], "comment": None, "compared": {}}
        more = {"identity": None, "stops": [], "chase_whom": None, "chase_by": None, "rests_on": last}
        return [Draft("specimen.decided", {**body, **more})]

    def _label(self) -> list[Draft]:
        labels = self.bench.db.tuples(_labels)
        if not labels:
            return []
        (label,) = self.random.choice(labels)
        return [Draft("label.verified", {"label": label})]

    def _open(self) -> list[Draft]:
        request, _ = self.random.choice(self.bench.db.tuples(_requests))
        return [Draft("reception.opened", {"bench": self.bench.ledger.head.writer, "request": request})]

    def _scan(self) -> list[Draft]:
        ledger = self.bench.ledger
        pen = ledger.pen()
        private = pen.write("OYELARAN 1970", f"scan:{ledger.head.writer}/{ledger.head.last_seq + 1}")
        body = {"bench": ledger.head.writer, "raw": None, "text": None, "private": private, "symbology": None}
        more = {
            "source": "scanner",
            "entered": "scanned",
            "keyed": None,
            "repaired": None,
            "faults": [],
            "verdict": "refused",
            "title": "",
            "words": "",
        }
        return [Draft("scan.judged", {**body, **more}, pen.values)]

    def _rules(self) -> list[Draft]:
        text = f"version {self.random.randrange(9)}"
        body = {"name": "reasons", "version": text, "effective": "2026-03-02", "sha256": "ab" * 32, "text": text}
        return [Draft("site_data.approved", {**body, "by": self.operator})]

    def _erase(self) -> list[Draft]:
        rows = self.bench.db.tuples(_patients)
        if not rows or self.random.random() < 0.6:
            return []
        subject = self.random.choice(rows)[0]
        commitments = [commitment for one, commitment in rows if one == subject]
        body = {
            "subject": subject,
            "commitments": commitments,
            "reason": "asked",
            "authority": "IG-7",
            "by": self.operator,
        }
        return [Draft("private.erased", body)]

    def _resolve(self) -> list[Draft]:
        """A case is settled, or what is left of it: two benches may settle one case, not knowing of each other."""
        rows = look_up.case_entries(self.bench.db)
        if not rows:
            return []
        root = self.random.choice(rows)["root"]
        named = ("subject", "entry", *(cases.KEPT if self.wider is not None else ()))
        settled = [{name: one[name] for name in named} for one in rows if one["root"] == root][:40]
        resolution = self._identity()
        task = {"subject": settled[0]["subject"], "task": "1", "thing": "relabel", "code": None}
        body = {"case": root, "resolution": resolution, "keeps": "left", "reason": "looked-at", "comment": None}
        rest = {"by": self.operator, "role": self.people.role_for("settle case"), "settled": settled, "stands": []}
        rest |= {"releases": [], "claims": []}
        done = {"case": root, "resolution": resolution, "subject": task["subject"], "task": "1"}
        made = [Draft("case.resolved", {**body, **rest, "tasks": [task]}, because=(root,))]
        return made if self.random.random() < 0.5 else [*made, Draft("case.task_done", done)]

    def _reopen(self) -> list[Draft]:
        """A settled case is opened again, by the product's own job: two benches may do so not knowing of each other."""
        tasks = self.bench.db.tuples(_tasks)
        if not tasks:
            return []
        settled = case_reopen.resolution_of(self.bench.db, self.random.choice(tasks)[0])
        if settled is None:
            return []
        why = Answer((next(iter(review_words.WHY_AGAIN)),), "", subject=f"case:{settled.id}")
        return list(case_reopen.command(self.bench.ledger, self.operator, why, "").drafts)

    def _undo(self) -> list[Draft]:
        action = self.random.choice(self.acts[-4:])
        try:
            return undoing.undo_drafts(self.bench.ledger, action, _NOTED)
        except (undoing.RestsOn, Refused):
            return []

    # --- what this version of the application cannot fold ---

    def _newer(self) -> list[Entry]:
        """An application of a later version records something that this one does not know."""
        return self._raw("tube.spun", {"subject": self._somebody(), "rpm": 3000})

    def _poison(self) -> list[Entry]:
        """A broken application records a kind that is known with a body that is not, or has no sense."""
        draw = self.random.random()
        if draw < 0.3:
            return self._raw(self.random.choice(("specimen.decided", "specimen.received")), {"outcome": 7})
        if draw < 0.4:
            return self._raw("private.erased", {"commitments": []})
        if draw < 0.7:
            subject = self._somebody()
            wrong = self.random.choice(({"outcome": 7}, {"outcome": True}, {"comment": ["x"]}, {"specimen": 5}))
            body = {"specimen": subject.partition(":")[2], "outcome": "accepted", "reasons": [], "compared": {}} | wrong
            return self._raw("specimen.decided", _whole("specimen.decided", body), subject)
        return self._raw("specimen.received", _whole("specimen.received", {"specimen": "nobody", "requests": 7}))

    def _somebody(self) -> str:
        rows = self.bench.db.tuples(_specimens)
        return f"specimen:{self.random.choice(rows)[0]}" if rows else "specimen:nobody"

    def _raw(self, kind: str, body: dict[str, Any], subject: str = "") -> list[Entry]:
        ledger = self.bench.ledger
        head = ledger.head
        subject = subject or self._somebody()
        seq = head.last_seq + 1
        entry = Entry(
            writer=head.writer,
            seq=seq,
            scope=head.scope,
            occurred_at=instant(ledger.clock.now()),
            app="0.9",
            kind=kind,
            version=1,
            action=f"{head.writer}/{seq}",
            body=body,
            premises=Premises(touches=(subject,), expects=((f"id:{subject}", subject),)),
        )
        ledger.record_again([entry], ())
        return [entry]
