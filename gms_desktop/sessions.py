"""Who works at a bench: badge, PIN, lock, a session without PIN, and the second person who stands beside.

What decides runs on the recorder's thread; a PIN is checked off it, since that takes as long as it should.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from devices.values import Entered, Scan
from gms_desktop import people_words, rights_words, words
from gms_desktop.journal.entry import Entry
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import sign_in
from gms_desktop.services.answers import Answered, Session, SignedIn
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.sign_in import Operator
from gms_desktop.services.views import Answer

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.gate import Beside, Pending
    from gms_desktop.services.rights import Actor


@dataclass(frozen=True)
class OpenedWithoutPin:
    """What a person says who opens a session without a PIN."""

    operator: str
    reason: str
    comment: str = ""


class Sessions:
    """The sessions of one bench."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        # One PIN after the other: tried all at once they must not outrun the wait.
        self.pin_turn = threading.Lock()
        # What waits for its second person, and whose badge was read for it.
        self.pending: Pending | None = None
        self.second: Operator | None = None
        # Who stands beside while the act is done.
        self.beside: Beside | None = None

    # On the recorder's thread

    def badge(self, ledger: Ledger, said: Scan, who: Operator) -> Answered:
        """A badge was read: lock, take over, or stand beside as the second person."""
        if said.entered is Entered.TYPED:
            return self._bench.answer(ledger, Outcome(rights_words.badge_typed()), said, secret=True)
        if not look_up.roles(ledger.db, who.id):
            refused = words.refused("No role", rights_words.sign_in_refused(who.name))
            return self._bench.answer(ledger, Outcome(refused), said, secret=True)
        session = self._bench.session
        if self.pending is not None and not session.locked:
            return self._beside(ledger, said, who, self.pending)
        mine = session.operator is not None and who.id == session.operator.id
        if mine and not session.locked:
            locked = self.lock(ledger, "locked by badge")
            return self._bench.answer(ledger, Outcome(locked.verdict), said, secret=True)
        if not session.locked:
            # Another person takes the bench over with the work as it lies: whoever scans the label vouches for it.
            self.change(ledger, self._bench.operator_id(), "locked by another badge")
            session.locked, session.was_open = True, True
        session.awaiting = who
        answered = self._bench.answer(ledger, Outcome(words.pin_wanted(who.name)), said, secret=True)
        return replace(answered, sign_in=True)

    def _beside(self, ledger: Ledger, said: Scan, who: Operator, pending: Pending) -> Answered:
        from gms_desktop.services import rights, second_person

        if who.id == self._bench.operator_id():
            outcome = Outcome(people_words.same_person(), question=pending.question)
            return self._bench.answer(ledger, outcome, said, secret=True)
        try:
            for wanted in pending.wanted.every:
                second_person.may_confirm(ledger, who.id, wanted.rule.job, self._bench.time_zone)
        except rights.NotAllowed as fault:
            return self._bench.answer(ledger, Outcome(fault.verdict, question=pending.question), said, secret=True)
        self.second = who
        asked = Outcome(words.pin_wanted(who.name), question=pending.question)
        return replace(self._bench.answer(ledger, asked, said, secret=True), sign_in=True)

    def lock(self, ledger: Ledger, how: str) -> Answered:
        """Lock the screen; refused while a printed label waits for its tube."""
        if self._label_waits(ledger):
            return self._bench.answer(ledger, Outcome(words.lock_waits()), None)
        if not self._bench.session.locked:
            self.change(ledger, self._bench.operator_id(), how)
            self._bench.session.locked = True
        # Another badge was tapped and left lying: going back opens nobody's work any more.
        self._bench.session.was_open, self._bench.session.awaiting = False, None
        self.forget_second()
        return self._bench.answer(ledger, Outcome(words.now_locked()), None)

    def sign_out(self, ledger: Ledger) -> Answered:
        """End the session; refused while a printed label waits for its tube."""
        if not self._bench.session.locked and self._label_waits(ledger):
            return self._bench.answer(ledger, Outcome(words.lock_waits()), None)
        self.change(ledger, None, "signed out")
        self._bench.session = Session()
        self.forget_second()
        return self._bench.answer(ledger, Outcome(words.now_locked()), None)

    def cancel(self, ledger: Ledger) -> Answered:
        """Whoever tapped a badge does not sign in after all; a screen that was open before opens again."""
        session = self._bench.session
        session.awaiting = None
        self.forget_second()
        if session.was_open and session.operator is not None:
            session.locked, session.was_open = False, False
            self.change(ledger, session.operator.id, "unlocked")
        return self._bench.answer(ledger, Outcome(words.cancelled()), None)

    def change(self, ledger: Ledger, operator_id: str | None, how: str) -> list[Entry]:
        """Record a change of who is signed in."""
        bench = self._bench
        draft = sign_in.session_draft(bench.desk.place.bench, bench.session.identity, operator_id, how)
        made = ledger.append([draft], bench.operator_id())
        bench.note_saved()
        return made

    def see_to_rights(self, ledger: Ledger) -> None:
        """Lock the bench of somebody whose last role was withdrawn elsewhere, but never between print and scan-back."""
        operator = self._bench.operator_id()
        if operator is None or look_up.roles(ledger.db, operator) or self._label_waits(ledger):
            return
        with ledger.db.write():
            self.change(ledger, operator, "rights withdrawn")
        self._bench.session.locked = True
        self._bench.session.ended = rights_words.session_ended()
        self.forget_second()
        self._bench.changed()

    def _label_waits(self, ledger: Ledger) -> bool:
        return any(tube.current for tube in self._bench.view_of(ledger).tubes)

    # What the one who works here may

    def actor(self) -> Actor | None:
        """Who acts here now; nobody while the screen is locked."""
        from gms_desktop.services.rights import Actor

        session = self._bench.session
        return Actor(session.operator.id, session.break_glass) if session.operator and not session.locked else None

    def entitled(self, ledger: Ledger, drafts: Sequence[Draft], actor: Actor | None) -> list[Draft]:
        """What is recorded beside the work, with the right of whoever began it; as it is where the bench itself did.

        Raises:
            NotAllowed: when it is not theirs to do.
        """
        from gms_desktop.services import rights

        return rights.entitled(ledger, drafts, actor, self._bench.time_zone) if actor else list(drafts)

    # The second person

    def forget_second(self) -> None:
        """Nothing waits for a second person any more."""
        self.pending, self.second = None, None

    def wants_second(self, pending: Pending) -> Outcome:
        """An act waits for its second person."""
        self.pending, self.second = pending, None
        job = pending.wanted.shown.words.partition("\n")[0]
        said = people_words.second_wanted(job, pending.wanted.rule.alone.value, pending.wanted.lapsed)
        return Outcome(said, question=pending.question)

    def alone(self, ledger: Ledger, answer: Answer | None) -> Answered:
        """Nobody stands beside: ask at another bench, or do it now and have it countersigned."""
        from gms_desktop.services import second_person
        from gms_desktop.services.gate import Beside

        pending, operator = self.pending, self._bench.operator_id()
        if pending is None or operator is None:
            return self._bench.answer(ledger, Outcome(words.cancelled()), None)
        rule = pending.wanted.rule
        if answer is None or rule.alone.value not in answer.choices:
            asked = people_words.second_wanted(pending.wanted.shown.words.partition("\n")[0], rule.alone.value)
            return self._bench.answer(ledger, Outcome(asked, question=pending.question), None)
        self.forget_second()
        if rule.alone.value == "countersign":
            return self._with_beside(ledger, pending.job, Beside(later=True))
        draft = second_person.asked(ledger, pending.wanted, operator, self._bench.desk.place.bench)
        return self._bench.answer(ledger, Outcome(people_words.asked_elsewhere(), (draft,)), None)

    def _with_beside(self, ledger: Ledger, job: Callable[[Ledger], Answered], beside: Beside) -> Answered:
        """Do again what waited for its second person, with who stands beside now."""
        from gms_desktop.services.second_person import SecondWanted

        self.beside = beside
        try:
            return job(ledger)
        except SecondWanted as wanted:
            wanted.begun = job
            raise
        finally:
            self.beside = None

    def _done_beside(self, ledger: Ledger, pending: Pending, beside: Beside) -> Answered:
        """The act with its second person, unless it was left or somebody else works here by now."""
        if self.pending is not pending or self._bench.session.locked:
            return self._bench.answer(ledger, Outcome(words.cancelled()), None)
        return self._with_beside(ledger, pending.job, beside)

    # Off the recorder's thread

    def pin(self, pin: str) -> Future[SignedIn]:
        """Check the PIN of the person whose badge was read."""
        # Whose it is, is settled now: another badge may be read while it is checked.
        pending, second, who = self.pending, self.second, self._bench.session.awaiting
        if pending is not None and second is not None:
            return self._off_thread(lambda: self._check_second(pending, second, pin))
        return self._off_thread(lambda: self._check_pin(who, pin))

    def _off_thread(self, job: Callable[[], SignedIn]) -> Future[SignedIn]:
        done: Future[SignedIn] = Future()

        def run() -> None:
            try:
                with self.pin_turn:
                    done.set_result(job())
            except BaseException as fault:
                done.set_exception(fault)

        threading.Thread(target=run, name="pin check", daemon=True).start()
        return done

    def _check_pin(self, who: Operator | None, pin: str) -> SignedIn:
        from gms_desktop import pin_check

        bench = self._bench
        if who is None:
            return SignedIn(ok=False, words=words.SIGN_IN_FIRST)
        right, told = pin_check.verified(bench.recorder, bench.file, who, pin, bench.desk.place.bench)
        return self._begun(lambda ledger: self._signed_in(ledger, who), told) if right else told

    def _begun(self, begin: Callable[[Ledger], Session | SignedIn], told: SignedIn) -> SignedIn:
        """Begin a session on the recorder's thread, where nothing comes between; else say why none begins."""
        bench = self._bench
        refused: list[SignedIn] = []
        signed_in = people_words.done("Signed in", told.words)

        def job(ledger: Ledger) -> Answered:
            session = begin(ledger)
            if isinstance(session, SignedIn):
                refused[:] = [session]
                return Answered(words.cancelled(), bench.view_of(ledger))
            self.forget_second()
            bench.begin_session(session)
            return Answered(signed_in, bench.view_of(ledger))

        answered = bench.doing(job).result()
        if answered.verdict is signed_in:
            return told
        return refused[0] if refused else SignedIn(ok=False, words=answered.verdict.sentence)

    def _signed_in(self, ledger: Ledger, who: Operator) -> Session | SignedIn:
        # The very badge that the PIN was entered for: cancelled, locked or tapped again, it is another sign-in.
        if self._bench.session.awaiting is not who:
            return SignedIn(ok=False, words=words.cancelled().sentence, given_up=True)
        session = Session(operator=who, locked=False, identity=ledger.identity())
        begun = sign_in.session_draft(self._bench.desk.place.bench, session.identity, who.id, "signed in")
        ledger.append([begun], who.id)
        return session

    def _check_second(self, pending: Pending, who: Operator, pin: str) -> SignedIn:
        from gms_desktop import pin_check
        from gms_desktop.services import second_person
        from gms_desktop.services.gate import Beside

        bench = self._bench
        right, told = pin_check.verified(bench.recorder, bench.file, who, pin, bench.desk.place.bench)
        if not right:
            return told
        beside = Beside(second_person.Witness(who.id, seen=pending.wanted.shown.sha256))
        answered = bench.doing(lambda ledger: self._done_beside(ledger, pending, beside)).result()
        if self.pending is pending:
            self.forget_second()
        return SignedIn(ok=True, words=f"{answered.verdict.title}. {answered.verdict.sentence}", answered=answered)

    def open_without_pin(self, said: OpenedWithoutPin) -> Future[SignedIn]:
        """Open a session for a named person without a PIN: recorded, limited, and reviewed by somebody else."""
        return self._off_thread(lambda: self._open_without_pin(said))

    def _open_without_pin(self, said: OpenedWithoutPin) -> SignedIn:
        bench = self._bench
        if said.reason not in people_words.BREAK_GLASS_REASONS or (said.reason == "other" and not said.comment.strip()):
            return SignedIn(ok=False, words="Choose why there is no badge or PIN; with another reason, enter it.")

        told = self._begun(lambda ledger: self._without_pin(ledger, said), SignedIn(ok=True, words=""))
        who = bench.session.operator
        return replace(told, words=people_words.opened_without_pin(who.name)) if told.ok and who else told

    def _without_pin(self, ledger: Ledger, said: OpenedWithoutPin) -> Session | SignedIn:
        bench, who = self._bench, sign_in.operator(ledger, said.operator)
        if not bench.session.locked:
            # It would end the session of whoever works here, and their work would be another's.
            return SignedIn(ok=False, words=people_words.LOCK_FIRST)
        if who is None or not look_up.roles(ledger.db, who.id):
            return SignedIn(ok=False, words="This person has no role here. Ask an administrator.")
        session = Session(operator=who, locked=False, identity=ledger.identity(), break_glass=True)
        pen = ledger.pen()
        opened = {
            "session": session.identity,
            "operator": who.id,
            "reason": said.reason,
            "comment": pen.write(said.comment.strip() or None, f"break_glass:{session.identity}"),
            "bench": bench.desk.place.bench,
        }
        begun = sign_in.session_draft(bench.desk.place.bench, session.identity, who.id, "opened without PIN")
        ledger.append([Draft("break_glass.opened", opened, pen.values), begun], who.id)
        return session
