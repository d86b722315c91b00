"""What the network's library says never reaches the bench."""

from __future__ import annotations

import pytest

from gms_desktop.services.hub_fault_words import in_words

REFUSED = (
    'connection failed: connection to server at "127.0.0.1", port 5433 failed: Connection refused\n'
    "\tIs the server running on that host and accepting TCP/IP connections?"
)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (REFUSED, "The hub's computer answers, but no hub runs there."),
        ("connection timeout expired", "The hub does not answer."),
        ('connection failed: could not translate host name "hub"', "The hub's name is not known to this network."),
        ("consuming input failed: server closed the connection unexpectedly\n\tThis probably", "The line to the hub"),
        ("FATAL:  the database system is shutting down", "The hub is being stopped."),
        ("sending query failed: another command is already in progress", "The hub is not reached."),
    ],
)
def test_what_the_line_came_to_is_said_in_words(raw: str, said: str) -> None:
    assert in_words(raw).startswith(said)
    assert "\n" not in in_words(raw)


def test_a_sentence_of_our_own_passes_as_it_is() -> None:
    own = "The hub asks for version 3 of its language at least. Update this bench."
    assert in_words(own) == own
    assert in_words("") == ""
