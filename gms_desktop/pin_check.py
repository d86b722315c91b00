"""Checks the PIN of the person whose badge was read: off the recorder's thread, since it takes as long as it should."""

from __future__ import annotations

from gms_desktop import words
from gms_desktop.bench_file import BenchFile
from gms_desktop.journal import credentials
from gms_desktop.recorder import Recorder
from gms_desktop.services import sign_in
from gms_desktop.services.answers import SignedIn
from gms_desktop.services.sign_in import Operator


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
