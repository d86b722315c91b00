"""What a driver raises: one fault, for a device that cannot be talked to."""

from __future__ import annotations

from devices.values import Sent


class DeviceAway(Exception):
    """The device, or the line to it, is not there.

    Attributes:
        what: the address tried: ``COM3``, ``/dev/ttyACM0``, ``10.1.1.9:9100``.
        detail: the reason in the words of the operating system or library.
        sent: ``not sent`` when no byte can have reached the device; ``unknown`` once the first byte was handed over.
    """

    def __init__(self, what: str, detail: str, sent: Sent = Sent.NOT_SENT) -> None:
        super().__init__(f"{what}: {detail}")
        self.what = what
        self.detail = detail
        self.sent = sent
