"""The serial ports of this computer, as the operating system names them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PortHere:
    """One port.

    Attributes:
        address: what the settings name: ``COM3``, ``/dev/ttyACM0``.
        what: what is plugged in there, in the system's words; empty when it has none.
        usb: vendor and product number of a USB device, ``05E0:1701``; empty for any other.
    """

    address: str
    what: str
    usb: str = ""


def ports_here() -> tuple[PortHere, ...]:
    """Every port, by address. Those of a serial server on the network are known to nobody but its settings."""
    from serial.tools.list_ports import comports

    return tuple(
        PortHere(
            str(one.device),
            "" if one.description in {None, "n/a"} else str(one.description),
            f"{one.vid:04X}:{one.pid:04X}" if one.vid is not None and one.pid is not None else "",
        )
        for one in sorted(comports())
    )
