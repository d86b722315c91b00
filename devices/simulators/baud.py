"""What a serial line (8N1) makes of bytes when its two ends are set to different speeds."""

from __future__ import annotations

from collections.abc import Iterator

_DATA_BITS = 8
_IDLE_BITS = 12


def as_heard(data: bytes, sent_baud: int, heard_baud: int) -> bytes:
    """The bytes that an end set to ``heard_baud`` reads of what was sent at ``sent_baud``.

    It waits for the falling edge of a start bit, then samples each data bit in its middle, as a UART does.
    """
    if sent_baud == heard_baud:
        return data
    return bytes(_sampled([*_bits(data), *[1] * _IDLE_BITS], sent_baud / heard_baud))


def _bits(data: bytes) -> Iterator[int]:
    """The levels of the line, one for each bit's time: idle high, start low, data from the lowest bit, stop high."""
    yield from [1] * 2
    for byte in data:
        yield 0
        yield from (byte >> place & 1 for place in range(_DATA_BITS))
        yield 1


def _sampled(levels: list[int], step: float) -> Iterator[int]:
    """Bytes read from the line; ``step`` is the listener's bit time in the sender's."""
    at = 0.0
    while at < len(levels):
        if levels[int(at)]:
            at = int(at) + 1
            continue
        places = [int(at + (place + 1.5) * step) for place in range(_DATA_BITS + 1)]
        if places[-1] >= len(levels):
            return
        seen = [levels[place] for place in places]
        yield sum(bit << place for place, bit in enumerate(seen[:_DATA_BITS]))
        at = places[-1]
        while at < len(levels) and not levels[int(at)]:  # a broken stop bit: wait for the line to rise
            at += 1
