"""``device probe balance``: who stands there, and what lies on the pan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from devices.balances.balance import Balance
from devices.transports.serial_line import SerialSettings, open_serial
from gms_desktop import balance_words
from gms_desktop.balances import SPEECHES
from gms_desktop.errors import Refused

Say = Callable[[str], None]
DONE, TO_SEE_TO = 0, 1


@dataclass(frozen=True)
class Asked:
    """A balance as the command line names it.

    Attributes:
        port: its port.
        protocol: ``mt-sics`` or ``sbi``.
        baud: its speed; as the maker delivers it for 0.
        parity: ``N``, ``E`` or ``O``; likewise when empty.
        seconds: how long the pan may take to come to rest.
    """

    port: str
    protocol: str = "mt-sics"
    baud: int = 0
    parity: str = ""
    seconds: float = 10


def probe(asked: Asked, say: Say) -> int:
    """Ask a balance for its serial number and its weight. Nothing is tared or set.

    Returns:
        0 when a weight at rest came, 1 when none did.

    Raises:
        Refused: an unknown protocol or parity.
    """
    speech = SPEECHES.get(asked.protocol)
    if speech is None:
        raise Refused(f"{asked.protocol} is no protocol of a balance here. It is one of {', '.join(SPEECHES)}.")
    parity = asked.parity.upper() or speech.parity
    if parity not in {"N", "E", "O"}:
        raise Refused(f"{asked.parity} is no parity. It is one of N (none), E (even), O (odd).")
    line = SerialSettings(asked.port, asked.baud or speech.baud, speech.data_bits, parity)
    say(f"Asking the balance at {line.url}, {line.baud} baud, {line.data_bits}{parity}1, {speech.name}.")
    with Balance(speech, lambda: open_serial(line)) as balance:
        weight = balance.weigh(asked.seconds)
        serial = balance.serial() if weight.raw else ""
    say(f"{'Serial':<14}{serial or 'it does not say'}")
    say(f"{'Line':<14}{weight.raw or 'none'}")
    say(f"{'Weight':<14}{balance_words.weighed(weight)}")
    return DONE if weight.stable else TO_SEE_TO
