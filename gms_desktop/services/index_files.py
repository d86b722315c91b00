"""A laboratory's own file of a set of indexes: read, and held until a person says what it is called."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePath

from gms_desktop import index_plate_words, indexing_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.index_plates import check_set
from gms_desktop.exchange.index_plate_file import read_index_file
from gms_desktop.register import library_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import index_commands, libraries
from gms_desktop.services.at_index import AtIndex
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk


def take(ledger: Ledger, desk: Desk, name: str, content: bytes) -> Outcome:
    """Read a file. One that is sound is asked about; of any other nothing is taken.

    Args:
        ledger: the bench's.
        desk: its memory.
        name: the file's own.
        content: its bytes.
    """
    if desk.question and desk.question.command is not Command.INDEX_SET:
        return Outcome(words.answer_first(desk.question.title), question=desk.question)
    read = read_index_file(content, PurePath(name).stem)
    if read.set is None:
        return Outcome(indexing_words.file_not_taken(index_plate_words.problem(read.problems[0])))
    blocks = [one for one in check_set(read.set) if one.blocks]
    if blocks or not read.set.wells:
        why = index_plate_words.finding(blocks[0]) if blocks else "The file names no well."
        return Outcome(indexing_words.file_not_taken(f"{why} Nothing of the file is taken."))
    for row in library_look_up.sets(ledger.db):
        if libraries.read_set(row["name"], row["i5"], row["wells"]).wells == read.set.wells:
            return Outcome(indexing_words.set_known(row["name"]))
    desk.index = AtIndex(on=True, file=(read.set, sha256(content).hexdigest()), plate=desk.index.plate)
    desk.question = None
    return index_commands.command(ledger, desk, Command.INDEX_SET, None, "")
