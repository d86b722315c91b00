"""What entries about the Test Directory state: an edition taken in, and each of its indications with their tests.

An edition is one act of some hundred entries: an entry states one fact and has at most 64 kB. Former editions stay in
the register, so that a request made under one of them can be read.
"""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises

TAKEN_IN = (
    "directory source title version published draft file sha256 size indications tests unparsed unread follows by role"
)
INDICATION = "directory code name tests"


def _exists(directory: str) -> tuple[str, str]:
    return f"id:directory:{directory}", f"directory:{directory}"


def source(section: str) -> str:
    """The subject that says which edition of one of the directories is in force."""
    return f"directory_source:{section}"


def taken_in(body: Body) -> Premises:
    """An edition is in force from now on; it takes the place of the one that whoever decided it knew to be in force.

    Of two benches that take one in at the same time, the first counts: the other's comes to light as a case.
    """
    known = source(body["source"])
    role = (f"role:{body['by']}:{body['role']}", f"operator:{body['by']}")
    subjects = (f"directory:{body['directory']}", known)
    return Premises(subjects, (_exists(body["directory"]),), (role, (f"last:{known}", body["follows"])))


def indication(body: Body) -> Premises:
    """An indication of an edition: it stands and falls with that edition."""
    return Premises((f"directory:{body['directory']}",), requires=(_exists(body["directory"]),))
