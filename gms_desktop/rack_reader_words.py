"""Every sentence about reading racks: what is odd about a reading, and how an attempt to read one ended."""

from __future__ import annotations

from collections.abc import Sequence

from devices.values import RackDefect, RackFinding, RackReaderState, RackReading

_SHOWN = 4
_sentence_of = {
    RackDefect.CODE_TWICE: "{detail} was read in {wells}. Look at each of these tubes.",
    RackDefect.POSITION_TWICE: "Two lines tell of {wells}, so what is there is not known. Read the rack again.",
    RackDefect.POSITION_OUTSIDE: "This rack has no such well: {detail}. Check which size of rack the reader is set to.",
    RackDefect.WELLS_NOT_SAID: "Nothing is said of {wells}. That does not make a well empty: read the rack again.",
    RackDefect.OTHER_SIZE: "The rack read is {detail}. Check the rack, and the size that the reader is set to.",
    RackDefect.TUBE_COUNT: "Its number of tubes is not the one it declares: {detail}. Read the rack again.",
    RackDefect.RACK_ID_DISAGREES: "More than one code is given for the rack: {detail}. Scan the rack's own code.",
    RackDefect.STATUS_DISAGREES: "{wells}: code and status contradict each other ({detail}). Scan the tube by hand.",
    RackDefect.LINE_NOT_UNDERSTOOD: "A line tells of no well, or of more than a well: {detail}. Read the rack again.",
    RackDefect.TEXT_NOT_A_CODE: "{wells}: “{detail}” is not a tube's code. Scan the tube by hand.",
    RackDefect.CODE_IS_A_NUMBER: "{wells}: a spreadsheet keeps the code as a number, which has no leading zeros. "
    "Export the rack as text.",
    RackDefect.CUT: "{wells}: the file ends in the middle of this line. Wait until the reader has written it.",
}
STATES = {
    RackReaderState.READ: "The rack was read.",
    RackReaderState.UNREACHABLE: "The rack reader cannot be reached. Switch it on, start its program, and check its "
    "cable and address.",
    RackReaderState.SILENT: "The rack reader does not answer. See whether its program shows a message.",
    RackReaderState.HUNG_UP: "The rack reader ended the connection before the rack was read. Close other programs that "
    "use it, then read again.",
    RackReaderState.STOPPED_HALF_WAY: "The rack reader stopped before the rack was read to its end. Read again.",
    RackReaderState.GARBLED: "The rack reader's answer cannot be understood. Check which model the bench is set to.",
    RackReaderState.OLD_SCAN: "The rack reader gave an earlier reading in place of this rack. Read again.",
    RackReaderState.BUSY: "The rack reader is at work for another program. Wait, then read again.",
    RackReaderState.RACK_REVERSED: "The rack stands the wrong way round. Turn it so that A1 is at A1, then read again.",
    RackReaderState.NO_SUCH_PROFILE: "The rack reader does not know the rack that the bench asks for. Check its "
    "settings.",
    RackReaderState.SCANNER_AWAY: "The rack reader's program runs without its scanner. Check the scanner's cable.",
    RackReaderState.SUFFIX_NOT_SET: "The rack reader does not mark where its answers end. Set a suffix in its TCP "
    "settings: character 3.",
    RackReaderState.REFUSED: "The rack reader refused to read the rack. See what its program shows.",
    RackReaderState.FAULT: "The rack reader has a fault. See what its program shows.",
    RackReaderState.NOTHING_SCANNED: "No rack was scanned in time. Start the reading, then scan at the rack reader.",
    RackReaderState.NO_FILE: "The rack reader left no new file in time. Check the folder that its program writes to.",
    RackReaderState.FILE_IN_USE: "Another program holds the rack reader's file. Close it there, then read again.",
    RackReaderState.SEVERAL_FILES: "More than one new file lies in the rack reader's folder, and which is this rack's "
    "is not known. Read again.",
    RackReaderState.NOT_A_RACK_FILE: "The new file in the rack reader's folder does not tell of a rack. See which "
    "program wrote it.",
    RackReaderState.CANCELLED: "The reading was cancelled.",
}


def finding(found: RackFinding) -> str:
    """What is odd about a rack, as a sentence."""
    return _sentence_of[found.defect].format(wells=_listed(found.positions), detail=found.detail)


def reading(ended: RackReading) -> str:
    """How an attempt to read a rack ended, with the reader's own words behind it."""
    return f"{STATES[ended.state]} ({ended.detail})" if ended.detail else STATES[ended.state]


def known_by_nothing(name: str) -> str:
    """A file that no adapter understands."""
    return (
        f"{name} is not a file that can be understood here. Give it as the device wrote it. "
        "A rack file names wells and what was read in each; an instrument's file names samples and what was measured."
    )


def known_twice(name: str, as_what: str) -> str:
    """A file that tells of more than one thing."""
    return f"{name} tells of more than one thing: {as_what}. Give a file with one of them."


def _listed(positions: Sequence[str]) -> str:
    """The wells by name; of many the first few, and how many more there are."""
    if len(positions) <= _SHOWN + 1:
        *before, last = positions or ("the file",)
        return f"{', '.join(before)} and {last}" if before else last
    return f"{', '.join(positions[:_SHOWN])} and {len(positions) - _SHOWN} more"


def waiting(at: str, seconds: int) -> str:
    """What is waited for while nothing comes from a rack reader."""
    return (
        f"Asking the reader at {at} to read its rack, and waiting for it: up to {seconds} s where it is "
        "slow or says nothing. Ctrl C ends this."
    )
