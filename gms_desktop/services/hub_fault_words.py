"""What the line to the hub came to, in words: what the network's own library says is for the log, not for the bench."""

from __future__ import annotations

# In the library's words, the first that stands in its text; sentences of our own pass as they are.
_SAID = (
    ("connection refused", "The hub's computer answers, but no hub runs there."),
    ("could not translate host name", "The hub's name is not known to this network. Look for the cable."),
    ("name or service not known", "The hub's name is not known to this network. Look for the cable."),
    ("temporary failure in name resolution", "The hub's name is not known to this network. Look for the cable."),
    ("network is unreachable", "This computer has no network. Look for the cable."),
    ("no route to host", "The network does not lead to the hub. Look for the cable."),
    ("timeout", "The hub does not answer."),
    ("timed out", "The hub does not answer."),
    ("certificate", "The hub's certificate is not the one that this bench knows. Tell an administrator."),
    ("ssl", "The line to the hub could not be made safe. Tell an administrator."),
    ("starting up", "The hub is starting."),
    ("shutting down", "The hub is being stopped."),
    ("terminating connection", "The hub ended the line."),
    ("closed the connection", "The line to the hub was lost."),
    ("connection is lost", "The line to the hub was lost."),
    ("connection is closed", "The line to the hub was lost."),
    ("too many clients", "The hub has no free line. Tell an administrator."),
    ("remaining connection slots", "The hub has no free line. Tell an administrator."),
)
_RAW = ("connection to server", "connection failed", "fatal:", "consuming input", "sending query", "\n", "psycopg")
_OTHERWISE = "The hub is not reached."


def in_words(fault: str) -> str:
    """A fault of an exchange as a person at the bench can act on it; empty when there is none."""
    low = fault.lower()
    is_raw = any(mark in low for mark in _RAW)
    known = next((said for mark, said in _SAID if mark in low and (is_raw or not fault.endswith("."))), None)
    return known or (_OTHERWISE if is_raw else fault)
