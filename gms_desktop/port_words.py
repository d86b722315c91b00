"""Which port numbers, speeds and addresses a device can have, and what is said of one that it cannot."""

from __future__ import annotations

from urllib.parse import urlsplit

PORTS, SPEEDS = (1, 65_535), (300, 4_000_000)
_SERVERS = ("socket://", "rfc2217://")


OF_PRINTERS = "most label printers have 9100"
OF_RACK_READERS = "the reader's own settings show which"


def port_wrong(port: int, most: str = OF_PRINTERS) -> str:
    """What is wrong with a port number, and what ``most`` devices of the sort have; empty when nothing is."""
    if PORTS[0] <= port <= PORTS[1]:
        return ""
    return f"{port} is no port number. Give one from {PORTS[0]} to {PORTS[1]}; {most}."


def speed_wrong(baud: int) -> str:
    """What is wrong with the speed of a serial port; empty when nothing is."""
    if SPEEDS[0] <= baud <= SPEEDS[1]:
        return ""
    return f"{baud} is no speed of a port. Give the one that is set at the device, such as 9600 or 115200."


def place_wrong(place: str) -> str:
    """What is wrong with a serial port's name where it is a server's address; empty when nothing is."""
    if not place.startswith(_SERVERS):
        return ""
    try:
        parts = urlsplit(place)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if host and port:
        return ""
    scheme = place.partition("://")[0]
    return (
        f"{place} is no address of a serial server. Give its name and a port from 1 to 65535: {scheme}://10.1.1.9:4001."
    )


def host_and_port(said: str) -> tuple[str, int | None]:
    """A host as it was given, parted from the port number behind it where there is one."""
    host, colon, port = said.rpartition(":")
    # More than one colon is an address of IPv6, which is no host and port.
    if colon and host and ":" not in host and port.isascii() and port.isdecimal():
        return host, int(port)
    return said, None
