"""A simulated balance in a terminal: a number typed lies on its pan, and faults are typed."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO, get_args

from devices.simulators.balance import SimulatedBalance, Speaks
from devices.simulators.scanner import Over
from gms_desktop.errors import Refused
from gms_desktop.rehearsal.typed_lines import TypedLines

Say = Callable[[str], None]
_FAULTS: dict[str, dict[str, Any]] = {
    "!moving": {"moving": True},
    "!overload": {"overload": True},
    "!underload": {"underload": True},
    "!busy": {"busy": True},
    "!error": {"error": "EL"},
    "!silent": {"silent": True},
    "!half": {"half": True},
    "!pieces": {"unit": "pcs"},
}
_HELP = (
    "Type a weight such as 12.3456, or +0.0213 for so much more beside what lies there, which keeps the tare. "
    f"{', '.join(_FAULTS)}, !unplug, !replug, !end; a weight makes all well again."
)
_NO_PARITY = " A pty knows no parity: probe it with --parity N."
_WEIGHT = re.compile(r"[-+]?\d{1,4}(\.\d{1,4})?", re.ASCII)


def run(protocol: str, over: str, typed: TextIO, say: Say) -> int:
    """Weigh what is typed until the input ends.

    Args:
        protocol: ``mt-sics`` or ``sbi``.
        over: ``pty``, ``socket`` or ``rfc2217``.
        typed: the input.
        say: prints a line.

    Raises:
        Refused: an unknown protocol or line.
    """
    if protocol not in get_args(Speaks) or over not in get_args(Over):
        raise Refused(
            f"A balance speaks one of {', '.join(get_args(Speaks))}, over one of {', '.join(get_args(Over))}."
        )
    with (
        tempfile.TemporaryDirectory(prefix="gms-desktop-balance-") as folder,
        SimulatedBalance(Path(folder), protocol, over) as balance,  # type: ignore[arg-type]
    ):
        say(f"A {protocol} balance at {balance.url}. {_HELP}{_NO_PARITY if over == 'pty' else ''}")
        lines = TypedLines(typed)
        while (line := lines.next(0.2)) is not None:
            if line:
                say(f"{line}: {_done(balance, line)}")
    return 0


def _done(balance: SimulatedBalance, line: str) -> str:
    if _WEIGHT.fullmatch(line):
        (balance.fill if line.startswith("+") else balance.lay)(line)
    elif line in _FAULTS:
        balance.suffer(**_FAULTS[line])
    elif line == "!unplug":
        balance.unplug()
    elif line == "!replug":
        balance.replug()
    else:
        return _HELP
    return "done."
