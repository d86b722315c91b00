"""A made-up shift at a bench: every act a bench can record, in an order drawn from a seed, by a clock that ticks."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from gms_desktop.domain.identifiers import downtime
from gms_desktop.domain.minting import CountedChance
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.entry import Entry
from gms_desktop.judge import keys
from gms_desktop.register import cases, look_up, undoing
from gms_desktop.register.digests import Digests
from gms_desktop.register.ledger import Draft, Ledger

KEY = bytes(range(32))
APP = "0.1"
LABORATORY = "lab1"

# Made-up people. No text of theirs may stand in an entry; each is long enough to be found by a search of the bytes.
SURNAMES = ("OYELARAN", "MÜLLER-ŠKVORECKÝ", "O’SHAUGHNESSY", "FEATHERSTONEHAUGH", "NGUYỄN")
FORENAMES = ("Adebáyò", "Siobhán-Marie", "Wilhelmina", "Xochitl", "Bartholomew")
COMMENTS = ("Patient's mother rang: 07700 900123", "Lid of the tube was loose, blood on the bag")


@dataclass
class TickingClock:
    """A clock that goes on by 137 ms at each look."""

    at: datetime = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=137)
        return self.at


class Shift:
    """What one bench does, act by act. Every act is one transaction."""

    def __init__(self, db: Database, seed: int = 1) -> None:
        self.db = db
        self.random = Random(seed)
        self.ledger = Ledger(db, CountedChance(seed * 1_000_000), TickingClock(), APP)
        self.operator: str | None = None
        self.badge = ""
        self.requests: list[dict[str, Any]] = []
        self.specimens: list[dict[str, Any]] = []
        self.labels: list[str] = []
        self.deliveries: list[str] = []
        self.acts: list[str] = []
        self.private_texts: set[str] = set()

    # --- acts ---

    def act(self, make: Callable[[], list[Draft]], operator: str | None = None) -> list[Entry]:
        """Do one act: its drafts are made and appended inside one transaction."""
        try:
            with self.db.write():
                entries = self.ledger.append(make(), operator or self.operator)
        except BaseException:
            self.ledger.reload()
            raise
        self.acts.append(entries[0].action)
        return entries

    def begin(self) -> Shift:
        """The laboratory is set up, its first administrator added, and she signs in."""
        with self.db.write():
            self.ledger.begin_writer(LABORATORY, "K7Q3ZD", "set up", "Bench 1")
        self.act(lambda: [self.draft_set_up()])
        operator, self.badge = self.ledger.identity(), f"hmac-{self.ledger.identity()}"
        self.act(lambda: [self.draft_operator(operator)])
        self.act(lambda: [self.draft_role(operator, "administrator", None)])
        self.operator = operator
        self.act(lambda: [Draft("pin.set", {"operator": operator, "pin": 1})])
        self.act(lambda: [self.draft_session("signed in")])
        return self

    @property
    def bench(self) -> str:
        return self.ledger.head.writer

    def expect(self, tubes: int = 1, **more: Any) -> dict[str, Any]:
        """A request is entered by hand."""
        body = self.request_body(tubes=tubes, **more)
        self.act(lambda: [body[0]])
        self.requests.append(body[0].body)
        return body[0].body

    def take_in(self, rows: int = 5) -> list[Entry]:
        """A file of expected requests lands, one of its rows waits to be put right."""
        imported = self.ledger.identity()

        def drafts() -> list[Draft]:
            landed = [self.request_body(imported=imported, row=row)[0] for row in range(1, rows + 1)]
            self.requests += [draft.body for draft in landed]
            return [self.draft_import(imported, rows), *landed, self.draft_waits(imported, rows + 1)]

        return self.act(drafts)

    def receive(self, request: dict[str, Any] | None = None) -> dict[str, Any]:
        """A tube of a request arrives: it gets a number and the intention of a label."""
        wanted = request or self.random.choice(self.requests)
        specimen, number = self.ledger.identity(), ""

        def drafts() -> list[Draft]:
            nonlocal number
            number = self.ledger.next_number("Z")
            return [self.draft_received(specimen, number, wanted), self.draft_label(specimen, number, 1)]

        last = self.act(drafts)[0].id
        self.specimens.append({"specimen": specimen, "number": number, "request": wanted, "last": last})
        self.labels.append(f"{number}.1")
        return self.specimens[-1]

    def decide(self, specimen: dict[str, Any] | None = None, outcome: str = "accepted") -> list[Entry]:
        """A tube is accepted, held or rejected, on what was known of it."""
        one = specimen or self.random.choice(self.specimens)
        subject = f"specimen:{one['specimen']}"
        last = self.ledger.driver.holders([f"last:{subject}"])[f"last:{subject}"]
        return self.act(lambda: [self.draft_decided(one["specimen"], last, outcome)])

    def label(self, what: str, label: str | None = None) -> list[Entry]:
        """Something happens to a label: ``sending``, ``sent``, ``printed``, ``dropped``, ``verified``, ``spoiled`` …"""
        body: dict[str, Any] = {"label": label or self.random.choice(self.labels)}
        said: dict[str, dict[str, Any]] = {
            "sent": {"outcome": "sent", "detail": None, "printer": "printer", "layout": "tube", "sha256": "0" * 64},
            "printed": {"said_by": "printer"},
            **{bare: {} for bare in ("verified", "sending", "dropped")},
        }
        body |= said.get(what, {"reason": "smudged"})
        return self.act(lambda: [Draft(f"label.{what}", body)])

    def scan(self) -> list[Entry]:
        """Something is scanned that belongs to nobody here."""
        return self.act(lambda: [self.draft_scan()])

    def undo(self, action: str) -> list[Entry]:
        """Take an act back."""
        return self.act(lambda: undoing.undo_drafts(self.ledger, action))

    def step(self) -> None:
        """One act, as likely as it is at a bench."""
        tries = [self.expect, self.take_in, self.scan, self._again]
        if self.requests:
            tries += [self.receive, self.receive, self._open, self._close, self._deliver]
        if self.specimens:
            tries += [self.decide, self._hold, self._label, self._label]
        tries += [self._people, self._rules]
        self.random.choice(tries)()

    def work(self, steps: int) -> Shift:
        """Several acts."""
        for _ in range(steps):
            self.step()
        return self

    def _hold(self) -> None:
        self.decide(outcome=self.random.choice(["on hold", "rejected", "accepted with comment"]))

    def _label(self) -> None:
        self.label(self.random.choice(["sent", "verified", "spoiled", "put_off"]))

    def _again(self) -> None:
        """Undo the newest acts, as long as nothing rests on them."""
        for action in self.acts[: -1 - self.random.randrange(3) : -1]:
            kind = store_kind(self.db, action)
            if kind in {"undone", "laboratory.set_up", "operator.added", "role.granted", "pin.set", "session.changed"}:
                return
            try:
                self.undo(action)
            except undoing.RestsOn:
                return
            self._forget()

    def _forget(self) -> None:
        there = {row[0] for row in self.db.tuples(_REQUESTS)}
        self.requests = [one for one in self.requests if one["request"] in there]
        known = {row[0] for row in self.db.tuples(_SPECIMENS)}
        self.specimens = [one for one in self.specimens if one["specimen"] in known]
        printed = {row[0] for row in self.db.tuples(_LABELS)}
        self.labels = [one for one in self.labels if one in printed]

    def _open(self) -> None:
        request = self.random.choice(self.requests)["request"]
        self.act(lambda: [Draft("reception.opened", {"bench": self.bench, "request": request})])

    def _close(self) -> None:
        body = {"bench": self.bench, "request": self.random.choice(self.requests)["request"], "awaited": 1}
        self.act(lambda: [Draft("reception.closed", body)])

    def _deliver(self) -> None:
        delivery = self.ledger.identity()
        self.act(lambda: [self.draft_delivery(delivery)])
        self.deliveries.append(delivery)

    def _people(self) -> None:
        colleague = self.ledger.identity()
        former = self.badge
        self.badge = f"hmac-{colleague}"
        self.act(lambda: [self.draft_operator(colleague)])
        self.badge = former
        self.act(lambda: [self.draft_role(colleague, "receiver", self.operator)])
        if self.random.random() < 0.5:
            body = {"operator": colleague, "role": "receiver", "by": self.operator}
            self.act(lambda: [Draft("role.withdrawn", body)])

    def erase(self) -> None:
        """An administrator erases what identifies a person who is known here."""
        pen = self.ledger.pen()
        patient = self.patient(pen)
        del patient["new"]
        self.act(lambda: [Draft("patient.registered", {"patient": patient}, pen.values)])
        body = {
            "subject": f"patient:{patient['id']}",
            "commitments": sorted(value.commitment for value in pen.values),
            "reason": "asked by the person",
            "authority": "IG-7",
            "by": self.operator,
        }
        self.act(lambda: [Draft("private.erased", body)])

    def _rules(self) -> None:
        self.act(lambda: [self.draft_rules(str(self.random.randrange(1, 9)))])

    def downtime(self) -> None:
        """Numbers are set aside and printed; after an outage one stands for a tube, and one was torn."""
        area, pack = self.ledger.identity(), self.ledger.identity()
        numbers = [downtime.mint("Z", "K7Q3ZD", place) for place in (1, 2, 3)]
        specimen = self.receive()["specimen"]
        self.act(lambda: [self.draft_range(area)])
        body = {"pack": pack, "range": area, "bench": self.bench, "count": 3, "sha256": "ef" * 32, "pages": 4}
        head = Draft("downtime.pack_printed", body)
        issued = [
            Draft("downtime.number_issued", {"number": number, "pack": pack, "place": place})
            for place, number in enumerate(numbers, start=1)
        ]
        self.act(lambda: [head, *issued])
        self.act(lambda: [self.draft_used(numbers[0], specimen)])
        torn = {"number": numbers[1], "reason": "torn", "comment": None, "bench": self.bench}
        self.act(lambda: [Draft("downtime.number_spoiled", torn)])

    def forked(self) -> None:
        """This writer's file was cloned: the numbers of the other side are stated."""
        numbers = [self.specimens[-1]["number"]] if self.specimens else []
        self.act(lambda: [Draft("writer.forked", {"writer": self.bench, "seq": 7, "numbers": numbers})])

    def resolve(self, root: str, settled: list[dict[str, str]], tasks: list[dict[str, Any]] | None = None) -> str:
        """A person with the right settles a case for what stands. The identity of what they decided."""
        resolution, pen = self.ledger.identity(), self.ledger.pen()
        comment = self._write(pen, self.random.choice(COMMENTS), settled[0]["subject"])
        body = {"case": root, "resolution": resolution, "keeps": "left", "reason": "looked-at", "comment": comment}
        rest = {"stands": [], "releases": [], "claims": [], "tasks": tasks or []}
        by = {"by": self.operator, "role": "administrator", "settled": settled}
        self.act(lambda: [Draft("case.resolved", body | by | rest, pen.values, because=(root,))])
        return resolution

    def review(self) -> None:
        """A tube that another bench received in the meantime: a case, settled with a task, which is done."""
        request = self.expect()
        first = self.receive(request)
        specimen, number = self.ledger.identity(), self.ledger.next_number("Z")
        draft = self.draft_received(specimen, number, request)
        second = self.act(lambda: [replace(draft, body=draft.body | {"follows": None})])[0]
        settled = [{"subject": subject, "entry": second.id} for subject in second.premises.touches]
        subject = f"specimen:{specimen}"
        task = {"subject": subject, "task": "1", "thing": "relabel", "code": number}
        resolution = self.resolve(second.id, settled, [task])
        self.act(lambda: [Draft("specimen.joined", {"specimen": specimen, "leads": first["specimen"]})])
        done = {"case": second.id, "resolution": resolution, "subject": subject, "task": "1"}
        self.act(lambda: [Draft("case.task_done", done)])
        other = self.ledger.next_number("Z")
        again = {"specimen": specimen, "accession": other, "instead_of": number}
        self.act(lambda: [Draft("specimen.renumbered", again)])

    def documents(self) -> None:
        """A report is issued, and recalled; a case is settled and opened again."""
        document = self.ledger.identity()
        issued = {"document": document, "sort": "unacceptable-specimens", "form": "pdf", "sha256": "ab" * 32}
        period = {"start": "2026-03-01", "end": "2026-03-31", "about": [], "replaces": None, "file": None}
        self.act(lambda: [Draft("document.issued", issued | period)])
        recalled = {"document": document, "sort": issued["sort"], "reason": "case settled"}
        self.act(lambda: [Draft("document.recalled", recalled)])
        request = self.expect()
        self.receive(request)
        draft = self.draft_received(self.ledger.identity(), self.ledger.next_number("Z"), request)
        late = self.act(lambda: [replace(draft, body=draft.body | {"follows": None})])[0]
        held = [dict(row) for row in look_up.case_entries(self.db) if row["entry"] == late.id]
        settled = [{name: row[name] for name in ("subject", "entry", *cases.KEPT)} for row in held]
        resolution = self.resolve(late.id, settled)
        again = [{name: row[name] for name in ("subject", "entry", *cases.KEPT, *cases.OF_THE_ENTRY)} for row in held]
        body = {"case": late.id, "resolution": resolution, "reason": "wrong-story", "comment": None}
        body |= {"by": self.operator, "role": "administrator", "settled": again, "led": [], "tasks": []}
        self.act(lambda: [Draft("case.reopened", body, because=(late.id,))])
        self.resolve(late.id, settled)

    def link(self) -> None:
        """Two registrations are said to be one person, linked by two people, and parted again."""
        pair = [self.expect()["patient"]["id"] for _ in (1, 2)]
        colleague = self.ledger.identity()
        badge, self.badge = self.badge, f"hmac-{colleague}"
        self.act(lambda: [self.draft_operator(colleague)])
        self.badge = badge
        both = {"patient": pair[0], "other": pair[1]}
        self.act(lambda: [Draft("patient.link_proposed", both | {"reason": "same NHS number"})])
        self.act(lambda: [Draft("patient.linked", both | {"by": self.operator, "witness": colleague})])
        self.act(lambda: [Draft("patient.parted", both | {"reason": "looked-at", "by": self.operator})])

    # --- drafts ---

    def draft_range(self, area: str) -> Draft:
        body = {"range": area, "name": "Winter", "writer": self.bench, "letter": "Z", "short_code": "K7Q3ZD"}
        return Draft("downtime.range_defined", {**body, "first": 1, "last": 100, "by": self.operator})

    def draft_used(self, number: str, specimen: str) -> Draft:
        pen = self.ledger.pen()
        who = self._write(pen, "Jacqueline Featherstone", f"downtime:{number}")
        body = {"number": number, "specimen": specimen, "happened": "2026-03-02T06:10:00.000000Z"}
        rest = {"precision": "minute", "words": "02-Mar-2026 06:10", "who": who, "outcome": "accepted"}
        return Draft("downtime.number_used", {**body, **rest, "bench": self.bench}, pen.values)

    def draft_set_up(self) -> Draft:
        body = {"laboratory": LABORATORY, "name": "Example Genomic Laboratory Hub", "ods": "R0A", "letter": "Z"}
        return Draft("laboratory.set_up", {**body, "time_zone": "Europe/London", "rehearsal": True})

    def draft_operator(self, operator: str) -> Draft:
        pen = self.ledger.pen()
        name = self._write(pen, self.random.choice(SURNAMES), f"operator:{operator}")
        return Draft("operator.added", {"operator": operator, "name": name, "badge": self.badge}, pen.values)

    def draft_role(self, operator: str, role: str, granter: str | None) -> Draft:
        body = {"operator": operator, "role": role, "granter": granter, "laboratory": LABORATORY}
        return Draft("role.granted", body)

    def draft_session(self, how: str) -> Draft:
        session = self.ledger.identity()
        body = {"bench": self.bench, "session": session, "operator": self.operator, "how": how}
        return Draft("session.changed", body)

    def patient(self, pen: Any, new: bool = True, known: str | None = None) -> dict[str, Any]:
        patient = known or self.ledger.identity()
        subject = f"patient:{patient}"
        number = f"{self.random.randrange(10**6, 10**7)}"
        return {
            "id": patient,
            "new": new,
            "person": "person",
            "surname": self._write(pen, self.random.choice(SURNAMES), subject),
            "forename": self._write(pen, self.random.choice(FORENAMES), subject),
            "born": self._write(pen, f"19{self.random.randrange(40, 99)}-01-0{self.random.randrange(1, 9)}", subject),
            "born_precision": "day",
            "sex": self.random.choice([None, "female", "male"]),
            "nhs": self._write(pen, f"999{self.random.randrange(10**6, 10**7)}", subject),
            "nhs_state": "not traced",
            "participant": None,
            "mother": None,
            "hospital": [{"ods": "RR8", "number": self._write(pen, number, subject)}],
        }

    def request_body(
        self, imported: str | None = None, row: int | None = None, tubes: int = 1, referral: str | None = None
    ) -> tuple[Draft, dict[str, Any]]:
        pen = self.ledger.pen()
        again = self.requests and imported is None and self.random.random() < 0.2
        known = self.random.choice(self.requests)["patient"]["id"] if again else None
        patient = self.patient(pen, new=known is None, known=known)
        request = self.ledger.identity()
        code = f"Q26-{self.random.randrange(10**5)}"
        shared = referral or (self.ledger.identity() if self.random.random() < 0.3 else None)
        body = {
            "request": request,
            "referral": shared,
            "patient": patient,
            "role": "proband",
            "structure": "singleton" if shared else None,
            "test": "R14.1",
            "codes": [{"code": code, "ods": "RR8"}],
            "sender": "RR8",
            "requestor": self._write(pen, "Dr Ptolemy Fanshawe", f"request:{request}"),
            "location": self._write(pen, "Ward 1", f"patient:{patient['id']}"),
            "priority": self.random.choice(["urgent", "routine"]),
            "category": "clinical",
            "risk": "not stated",
            "tubes": [{"type": "EDTA blood", "code": f"{code}-{place}"} for place in range(1, tubes + 1)],
            "collected": None,
            "import": imported,
            "row": row,
            "origin": "file" if imported else "entered",
        }
        return Draft("request.expected", body, pen.values), patient

    def draft_import(self, imported: str, rows: int) -> Draft:
        pen = self.ledger.pen()
        name = self._write(pen, "OYELARAN family, trio.csv", f"import:{imported}")
        body = {"import": imported, "file": name, "sha256": "ab" * 32, "size": 7000, "layout": "dwgs"}
        return Draft("import.taken_in", {**body, "landed": rows, "waiting": 1, "already": 0}, pen.values)

    def draft_waits(self, imported: str, row: int) -> Draft:
        pen = self.ledger.pen()
        cell = self._write(pen, "31/02/1980 FEATHERSTONEHAUGH", f"import:{imported}")
        body = {"import": imported, "row": row, "column": "date of birth", "value": cell}
        return Draft("import.row_waits", {**body, "reason": "no such date", "detail": None}, pen.values)

    def draft_delivery(self, delivery: str) -> Draft:
        body = {"delivery": delivery, "carrier": "Example couriers", "arrived": "2026-03-02T07:55:00.000000Z"}
        body |= {"until": None, "precision": "minute", "words": "02/03/2026 07:55", "condition": "in-order"}
        warmth = {"value": "4.5", "unit": "°C", "raw": "4,5"}
        more = {"bags": [{"code": "BAG1", "urgent": True}], "temperature": warmth, "stated": 12, "bench": self.bench}
        return Draft("delivery.arrived", body | more)

    def last(self, subject: str) -> str | None:
        """The entry that touched a subject last."""
        return self.ledger.driver.holders([f"last:{subject}"])[f"last:{subject}"]

    def draft_received(self, specimen: str, number: str, request: dict[str, Any]) -> Draft:
        body = {
            "specimen": specimen,
            "accession": number,
            "requests": [request["request"]],
            "patient": request["patient"]["id"],
            "tube": 1,
            "type": "EDTA blood",
            "sender_code": request["tubes"][0]["code"],
            "sender": "RR8",
            "collected": None,
            "taken": None,
            "delivery": self.random.choice(self.deliveries) if self.deliveries else None,
            "bag": "BAG1" if self.deliveries else None,
            "risk": "not stated",
            "priority": request["priority"],
            "category": "clinical",
            "matched": "code",
            "bench": self.bench,
            "follows": self.last(f"arrival:{request['request']}/1"),
        }
        return Draft("specimen.received", body, input={"by": "scanned", "device": "scanner 1"})

    def draft_decided(self, specimen: str, rests_on: str | None, outcome: str) -> Draft:
        pen = self.ledger.pen()
        comment = self._write(pen, self.random.choice(COMMENTS), f"specimen:{specimen}")
        body = {
            "specimen": specimen,
            "outcome": outcome,
            "reasons": ["haemolysed"] if outcome == "rejected" else [],
            "comment": comment,
            "compared": [["surname", "agrees", "compared by eye"], ["request number", "agrees", "read from a code"]],
            "identity": {"rule": "identity", "version": "1", "sha256": "ab" * 32, "finding": "met", "alike": None},
            "stops": ["testing", "opening"] if outcome == "on hold" else [],
            "chase_whom": self._write(pen, "Dr Featherstonehaugh-Bell", f"specimen:{specimen}"),
            "chase_by": "2026-03-03" if outcome == "on hold" else None,
            "rests_on": rests_on,
        }
        return Draft("specimen.decided", body, pen.values)

    def draft_label(self, specimen: str, number: str, copy: int, reason: str | None = None) -> Draft:
        body = {"label": f"{number}.{copy}", "specimen": specimen, "accession": number, "copy": copy}
        body |= {"sort": "tube", "subject": f"specimen:{specimen}"}
        rest = {"reason": reason, "printer": "printer 1", "layout": "tube 25x15", "bench": self.bench}
        return Draft("label.intended", body | rest)

    def draft_rules(self, version: str) -> Draft:
        body = {"name": "reasons", "version": version, "effective": "2026-03-02", "sha256": "cd" * 32}
        return Draft("site_data.approved", {**body, "text": f"[reasons]\nversion = {version}\n", "by": self.operator})

    def draft_scan(self) -> Draft:
        pen = self.ledger.pen()
        private = self._write(pen, f"999{self.random.randrange(10**6, 10**7)}", f"scan:{self.ledger.identity()}")
        body = {"bench": self.bench, "raw": "AAEC", "text": None, "private": private, "symbology": "Code 128"}
        judged = {"verdict": "refused", "title": "Not ours", "words": "This is a patient's number, not a tube's."}
        how = {"source": "scanner 1", "entered": "scanned", "keyed": None, "repaired": None, "faults": []}
        return Draft("scan.judged", body | how | judged, pen.values)

    def _write(self, pen: Any, text: str, subject: str) -> str:
        self.private_texts.add(text)
        return str(pen.write(text, subject))


_REQUESTS = text_statement("SELECT id FROM request")
_SPECIMENS = text_statement("SELECT id FROM specimen")
_LABELS = text_statement("SELECT id FROM label")
_KIND = text_statement("SELECT bytes FROM entry WHERE writer = :writer AND seq = :seq")


def store_kind(db: Database, identity: str) -> str:
    writer, _, seq = identity.partition("/")
    return str(json.loads(bytes(db.value(_KIND, {"writer": writer, "seq": int(seq)})))["kind"])


def held(db: Database) -> dict[str, str]:
    """Every key with its holder, but those that only say who touched a subject last."""
    return {key: holder for key, holder in keys.every(db).items() if keys.sort_of(key) not in keys.OF_THE_JUDGE}


def digests_of(db: Database) -> dict[str, str]:
    return Digests(db).as_text()
