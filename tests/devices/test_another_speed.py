"""A scanner and a bench set to two speeds: what arrives is never taken for a code of ours, and says where to look."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanners.framing import Framer, Framing
from devices.values import Scan
from gms_desktop.domain.identifiers.accession import check, mint

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
SPEEDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
PAIRS = list(permutations(SPEEDS, 2))


def heard(data: bytes, sent: int, read: int) -> bytes:
    """What a port set to one speed makes of bytes sent at another: 8 data bits, no parity, each bit read in its middle.

    A byte begins where the line falls; one whose stop bit is not high is a framing fault, which the port passes on.
    """
    bits = [bit for byte in data for bit in (0, *((byte >> at) & 1 for at in range(8)), 1)]

    def high(time: float) -> int:
        place = int(time * sent)
        return bits[place] if place < len(bits) else 1

    edges = [place / sent for place in range(len(bits)) if not bits[place] and (place == 0 or bits[place - 1])]
    out, ready = bytearray(), 0.0
    for edge in edges:
        if edge < ready:
            continue
        out.append(sum(high(edge + (1.5 + at) / read) << at for at in range(8)))
        ready = edge + 9.5 / read
    return bytes(out)


def scans(data: bytes) -> list[Scan]:
    framer = Framer(Framing(), "front scanner")
    return [*framer.feed(data, AT), *framer.feed(b"\r", AT)]


def test_at_one_speed_everything_arrives() -> None:
    assert heard(b"]d1K7Q20001G\r", 9600, 9600) == b"]d1K7Q20001G\r"


@given(st.sampled_from(PAIRS), st.integers(0, 1048575), st.sampled_from([b"", b"]d1", b"]C0"]))
def test_no_label_of_ours_sent_at_another_speed_is_taken_for_one(
    speeds: tuple[int, int], counter: int, kind: bytes
) -> None:
    number = mint("K", "7Q2", counter)
    came = scans(heard(kind + number.encode() + b"\r", *speeds))
    assert came
    assert not any(check(scan.text) for scan in came)


@pytest.mark.parametrize(("sent", "read"), [(9600, 115200), (115200, 9600), (9600, 19200), (38400, 9600)])
def test_a_tube_sent_at_another_speed_is_no_text(sent: int, read: int) -> None:
    came = scans(heard(b"]d1FD20024619\r", sent, read))
    assert all(scan.faults or not scan.text.isalnum() for scan in came)
