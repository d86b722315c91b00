"""What is done about people with a badge or a PIN in hand: off the recorder's thread where a PIN is made or checked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from gms_desktop import people_words, words
from gms_desktop.domain.label_sorts import LabelSort
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Refused
from gms_desktop.register.ledger import Draft, Ledger, PremiseFailed
from gms_desktop.services import people, people_view, rights, sign_in
from gms_desktop.services.people_view import ConfirmView, PeopleView
from gms_desktop.services.rights import Actor, NotAllowed
from gms_desktop.services.set_up import SHORTEST_PIN

if TYPE_CHECKING:
    from devices.values import Scan
    from gms_desktop.bench import Bench
    from gms_desktop.services.arrive import Place

_SIGN_IN = "Sign in with badge and PIN first."


class PeopleDesk:
    """People as one bench sees and changes them."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def view(self, chosen: str = "", verdict: Verdict | None = None) -> Future[PeopleView]:
        """The People screen with the person that was chosen."""
        bench = self._bench

        def read(ledger: Ledger) -> PeopleView:
            prints = self._prints_badges is not None
            return people_view.view(ledger, self._actor(), chosen, verdict, bench.time_zone, prints_badges=prints)

        return bench.recorder.read(read)

    @property
    def _prints_badges(self) -> Place | None:
        """Where badges are printed; None where no printer is named for them."""
        place = self._bench.desk.place
        return place if place.route(LabelSort.BADGE).printer else None

    def confirm_view(self, chosen: str = "", verdict: Verdict | None = None) -> Future[ConfirmView]:
        """The Confirm screen: what waits for a second person or a review."""
        bench = self._bench
        return bench.recorder.read(
            lambda ledger: people_view.confirm_view(ledger, self._actor(), chosen, verdict, bench.time_zone)
        )

    def without_pin(self) -> Future[tuple[tuple[str, str], ...]]:
        """Who may open a session without PIN: identity and name."""
        return self._bench.recorder.read(lambda ledger: people_view.with_roles(ledger.db))

    def add(self, name: str, badge: str, roles: tuple[str, ...], pin: str) -> Future[Verdict]:
        """Add a person with badge, roles and PIN; without a badge one is printed, where a printer is named for them."""

        def job(actor: Actor) -> Verdict:
            verifier = self._verifier(pin)

            def write(ledger: Ledger, actor: Actor) -> str:
                pepper, zone = self._bench.file.pepper, self._bench.time_zone
                people.add(
                    ledger,
                    name,
                    badge,
                    verifier,
                    pepper,
                    roles,
                    actor.operator,
                    lambda drafts: rights.entitled(ledger, drafts, actor, zone),
                    self._prints_badges,
                )
                return f"{name.strip()} is added: {', '.join(roles) or 'no role yet'}."

            told = self._write("Added", actor, write)
            self._bench.press.look()
            self._bench.further.look()
            return told

        return self._off_thread(job)

    def give_badge(self, operator: str, said: Scan) -> Future[Verdict]:
        """Give a person the badge that was scanned; the former one opens nothing any more."""
        from gms_desktop.services import badge_labels

        def write(ledger: Ledger, actor: Actor) -> str:
            pepper, name = self._bench.file.pepper, people.name_of(ledger.db, operator)
            printed = list(badge_labels.given(ledger, operator, said, pepper))
            holder = sign_in.by_badge(ledger, said.text, pepper)
            if printed and holder is not None and holder.id == operator:
                self._append(ledger, printed, actor)
                return people_words.badge_reads_well(name)
            given = people.badge_changed(ledger, operator, said.text, actor.operator, pepper)
            self._append(ledger, [given, *printed], actor)
            return f"{name} has this badge from now on; the former one opens nothing."

        return self._off_thread(lambda actor: self._write("Badge given", actor, write))

    def set_pin(self, operator: str, pin: str) -> Future[Verdict]:
        """Give another person a new PIN: an administrator does."""

        def job(actor: Actor) -> Verdict:
            verifier = self._verifier(pin)

            def write(ledger: Ledger, actor: Actor) -> str:
                role = rights.permitted(ledger, actor, "people", self._bench.time_zone).role
                self._keep(ledger, operator, verifier, actor, role.value if role else None)
                return f"The new PIN of {people.name_of(ledger.db, operator)} holds from now on."

            return self._write("PIN set", actor, write)

        return self._off_thread(job)

    def change_own_pin(self, present: str, new: str) -> Future[Verdict]:
        """Change one's own PIN; the present one is checked as at sign-in, with its waits."""
        from gms_desktop import pin_check

        who = self._bench.session.operator

        def job(actor: Actor) -> Verdict:
            bench = self._bench
            if who is None or actor.break_glass:
                raise Refused(_SIGN_IN)
            verifier = self._verifier(new)
            with bench.sessions.pin_turn:
                right, told = pin_check.verified(bench.recorder, bench.file, who, present, bench.desk.place.bench)
            if not right:
                raise Refused(told.words)

            def write(ledger: Ledger, actor: Actor) -> str:
                self._keep(ledger, who.id, verifier, actor)
                return "Your new PIN holds from now on, at every bench that hears of it."

            return self._write("PIN changed", actor, write)

        return self._off_thread(job)

    def _keep(self, ledger: Ledger, operator: str, verifier: str, actor: Actor, role: str | None = None) -> None:
        draft, number = people.pin_set(ledger, operator, role)
        ledger.append([draft], actor.operator)
        people.keep_pin(ledger, operator, number, verifier)

    def _append(self, ledger: Ledger, drafts: list[Draft], actor: Actor) -> None:
        ledger.append(rights.entitled(ledger, drafts, actor, self._bench.time_zone), actor.operator)

    def _actor(self) -> Actor | None:
        return self._bench.sessions.actor()

    def _verifier(self, pin: str) -> str:
        if len(pin) < SHORTEST_PIN or not pin.isdigit():
            raise Refused(f"Choose a PIN of at least {SHORTEST_PIN} digits.")
        return sign_in.make_verifier(pin, self._bench.file.pepper)

    def _write(self, title: str, actor: Actor, write: Callable[[Ledger, Actor], str]) -> Verdict:
        def by_the_same(ledger: Ledger) -> str:
            # Making a PIN takes a while: what one person began is not done in the name of the next.
            if self._actor() != actor:
                raise Refused(_SIGN_IN)
            return write(ledger, actor)

        said = self._bench.recorder.write(by_the_same).result()
        self._bench.note_saved()
        return people_words.done(title, said)

    def _off_thread(self, job: Callable[[Actor], Verdict]) -> Future[Verdict]:
        done: Future[Verdict] = Future()
        actor = self._actor()
        if actor is None:
            done.set_result(words.locked_scan())
            return done

        def run() -> None:
            try:
                done.set_result(job(actor))
            except NotAllowed as fault:
                done.set_result(fault.verdict)
            except PremiseFailed:
                done.set_result(words.changed_meanwhile())
            except Refused as fault:
                done.set_result(words.refused("Not done", str(fault)))
            except BaseException as fault:
                done.set_exception(fault)

        threading.Thread(target=run, name="people", daemon=True).start()
        return done
