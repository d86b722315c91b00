"""Every way a reading of a rack can end, and everything odd about one, has a sentence that says what to do."""

from devices.values import RackDefect, RackReaderState
from gms_desktop import rack_reader_words


def test_every_state_of_a_rack_reader_has_a_sentence_of_its_own() -> None:
    assert set(rack_reader_words.STATES) == set(RackReaderState)
    assert len(set(rack_reader_words.STATES.values())) == len(RackReaderState)


def test_every_defect_of_a_rack_has_a_sentence_of_its_own() -> None:
    assert set(rack_reader_words._sentence_of) == set(RackDefect)
