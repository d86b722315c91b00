"""The balance of a bench, by its settings."""

from __future__ import annotations

from dataclasses import dataclass

from devices.balances.balance import Balance
from devices.balances.mt_sics import MT_SICS
from devices.balances.sbi import SBI
from devices.transports.serial_line import SerialSettings, open_serial
from devices.values import Tare, Weight
from gms_desktop import weight_words
from gms_desktop.errors import Refused
from gms_desktop.settings import BalanceSettings

SPEECHES = {speech.name: speech for speech in (MT_SICS, SBI)}
REST_S = 10.0
"""How long the pan may take to come to rest: what takes longer stands in a draught."""


@dataclass(frozen=True)
class Asked:
    """What a balance said when it was asked, and who it is; ``serial`` is empty where it does not tell."""

    weight: Weight
    serial: str = ""


def line_of(said: BalanceSettings) -> SerialSettings:
    """The balance's line: as its maker delivers it where the settings leave that open.

    Raises:
        Refused: when the settings name no balance.
    """
    speech = SPEECHES.get(said.protocol)
    if speech is None:
        raise Refused(weight_words.no_balance())
    return SerialSettings(said.port, said.baud or speech.baud, speech.data_bits, said.parity or speech.parity)


def ask(said: BalanceSettings, seconds: float = 0) -> Asked:
    """Ask a balance for the weight and for its serial number; nothing is tared. Takes seconds.

    Raises:
        Refused: when the settings name no balance.
    """
    line = line_of(said)
    with Balance(SPEECHES[said.protocol], lambda: open_serial(line)) as balance:
        weight = balance.weigh(seconds or REST_S)
        return Asked(weight, balance.serial() if weight.raw else "")


def tare(said: BalanceSettings) -> Tare:
    """Let a balance count from what lies on it. Takes seconds.

    Raises:
        Refused: when the settings name no balance.
    """
    line = line_of(said)
    with Balance(SPEECHES[said.protocol], lambda: open_serial(line)) as balance:
        return balance.tare(REST_S)
