"""Checks the PIN of the person whose badge was read: off the recorder's thread, since it takes as long as it should."""

from __future__ import annotations

from functools import partial

from gms_desktop import words
from gms_desktop.bench_file import BenchFile
from gms_desktop.journal import credentials
from gms_desktop.recorder import Recorder
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import sign_in
from gms_desktop.services.answers import Session, SignedIn
from gms_desktop.services.sign_in import Operator


def checked(
    recorder: Recorder, file: BenchFile, who: Operator | None, pin: str, bench: str
) -> tuple[SignedIn, Session | None]:
    """How a PIN was met, and the session that begins when it is right: it is on disk then.

    Args:
        recorder: the bench's.
        file: the bench's file, for clock and pepper.
        who: whose badge was read last.
        pin: as typed.
        bench: the bench's identity.
    """
    if who is None:
        return SignedIn(ok=False, words=words.SIGN_IN_FIRST), None
    right, told = verified(recorder, file, who, pin, bench)
    return (told, recorder.write(partial(_begun, who=who, bench=bench)).result()) if right else (told, None)


def verified(recorder: Recorder, file: BenchFile, who: Operator, pin: str, bench: str) -> tuple[bool, SignedIn]:
    """Whether a PIN is a person's own, and in words: a wrong one is recorded, and the wait after it is on disk."""
    kept = recorder.read(lambda ledger: credentials.newest(ledger.db, who.id)).result()
    until = sign_in.wait_until(kept, file.clock.now()) if kept else None
    if until is not None:
        return False, SignedIn(ok=False, words=words.wait_for_pin((until - file.clock.now()).total_seconds()))
    right = kept is not None and sign_in.verifies(kept.verifier, pin, file.pepper)
    if right and kept is not None and not kept.failures:
        return True, SignedIn(ok=True, words=words.signed_in(who.name))
    recorder.write(lambda ledger: sign_in.note_pin(ledger, who.id, kept, bench, right=right)).result()
    return right, SignedIn(ok=right, words=words.signed_in(who.name) if right else words.WRONG_PIN)


def _begun(ledger: Ledger, who: Operator, bench: str) -> Session:
    session = Session(operator=who, locked=False, identity=ledger.identity())
    ledger.append([sign_in.session_draft(bench, session.identity, who.id, "signed in")], who.id)
    return session
