"""The first start of a bench: laboratory, bench, first administrator. Nothing is prefilled that nobody said."""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop import people_words
from gms_desktop.domain.identifiers import accession, command_card, ods
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import people
from gms_desktop.services.sign_in import make_verifier

REHEARSAL_LETTER = "Z"
SHORTEST_PIN = 4


@dataclass(frozen=True)
class FirstStart:
    """What a person says at the first start."""

    laboratory: str
    ods: str
    letter: str
    bench: str
    administrator: str
    badge: str
    pin: str
    rehearsal: bool = False
    roles: tuple[str, ...] = ("administrator", "biomedical scientist")


def problems(said: FirstStart) -> tuple[tuple[str, str], ...]:
    """What is missing, as field and sentence; nothing when the bench can start."""
    found = []
    if not said.laboratory.strip():
        found.append(("laboratory", "Enter the laboratory's name."))
    if not ods.is_ods(ods.normalise(said.ods)):
        found.append(("ods", "Enter the laboratory's ODS code: 3 to 6 letters and digits."))
    letters = [letter for letter in accession.LETTERS if letter != REHEARSAL_LETTER]
    if not said.rehearsal and said.letter.strip().upper() not in letters:
        found.append(("letter", f"Choose the letter your numbers begin with: one of {' '.join(letters)}."))
    if not said.bench.strip():
        found.append(("bench", "Enter the bench's name."))
    if not said.administrator.strip():
        found.append(("administrator", "Enter the first administrator's name."))
    if not said.badge.strip():
        found.append(("badge", "Scan the first administrator's badge."))
    elif command_card.looks_like(said.badge):
        found.append(("badge", people_words.BADGE_IS_CARD))
    if len(said.pin) < SHORTEST_PIN or not said.pin.isdigit():
        found.append(("pin", f"Choose a PIN of at least {SHORTEST_PIN} digits."))
    return tuple(found)


def set_up(
    ledger: Ledger,
    said: FirstStart,
    pepper: bytes,
    time_zone: str = "Europe/London",
    *,
    scope: str = "",
    short_code: str = "",
) -> str:
    """Begin the laboratory, the writer and its first administrator, inside the caller's transaction.

    Args:
        ledger: of a fresh file.
        said: what a person said.
        pepper: of the laboratory.
        time_zone: of the laboratory.
        scope: the laboratory's identity where a hub has given it one; else it is minted.
        short_code: for our numbers, where a hub issued one; else it is drawn.

    Returns:
        The administrator's id.
    """
    scope = scope or f"lab-{ledger.identity()}"
    letter = REHEARSAL_LETTER if said.rehearsal else said.letter.strip().upper()
    short_code = short_code or accession.short_code_from_bits(ledger.chance.bits(30))
    ledger.begin_writer(scope, short_code, "set up", said.bench.strip())
    body = {
        "laboratory": scope,
        "name": said.laboratory.strip(),
        "ods": ods.normalise(said.ods),
        "letter": letter,
        "time_zone": time_zone,
        "rehearsal": said.rehearsal,
    }
    ledger.append([Draft("laboratory.set_up", body)], None)
    verifier = make_verifier(said.pin, pepper, cost=1 if said.rehearsal else 0)
    first, *others = said.roles
    administrator = people.add(ledger, said.administrator.strip(), said.badge, verifier, pepper, (first,), None)
    for role in others:
        granted = {"operator": administrator, "role": role, "granter": administrator, "laboratory": scope}
        ledger.append([Draft("role.granted", granted)], administrator)
    return administrator
