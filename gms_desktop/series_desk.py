"""A letter that was scanned whole, taken in as the file that it carries: expected requests, or a receiver's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gms_desktop import series_words
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.exchange.consignments import series, signed_file
from gms_desktop.exchange.consignments.contents import Acknowledgement
from gms_desktop.services import send_series
from gms_desktop.words import refused

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


def take_in(bench: Bench) -> Verdict | None:
    """Take the scanned letter in, once it is whole; never on the main thread.

    Returns:
        What it came to, as the dropped file would; None where no letter is whole.
    """
    found = bench.recorder.read(lambda _ledger: send_series.take(bench.desk)).result()
    if found is None:
        return None
    try:
        content = series.join(found)
    except ValueError:
        return series_words.not_whole()
    if _is_answer(content):
        from gms_desktop.send_desk import SendDesk

        return SendDesk(bench).take_answer(content)
    return _expected(bench, f"letter {found.series}.gmsc", content)


def _is_answer(content: bytes) -> bool:
    try:
        return isinstance(signed_file.read(content).contents, Acknowledgement)
    except signed_file.NotAConsignmentFile:
        return False


def _expected(bench: Bench, name: str, content: bytes) -> Verdict:
    from gms_desktop.services import expect
    from gms_desktop.services.rights import NotAllowed

    try:
        return expect.in_words(bench.take_in(name, content).result())
    except (Refused, Unavailable) as fault:
        return refused("Not imported", str(fault))
    except NotAllowed as fault:
        return fault.verdict
