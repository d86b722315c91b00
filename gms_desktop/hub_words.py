"""Every sentence about the central database that is not the state of the sync: joining it, and what it told."""

from __future__ import annotations

NO_CODE = "Scan or type the enrolment code that the hub gave for this bench."
OFFLINE_WORKS = "Everything works without it: what is scanned is saved here and shared when the hub is back."
STATES = {"shared": "all shared", "on its way": "sharing", "alone": "not reached", "act": "needs you"}
TRYING = "not reached, trying again"
TRY_NOW = "Try now"
STARTING = "Saved here, asking the hub"
LET_IN_NO_MORE = (
    "The hub's password is not on this computer. Ask for a new enrolment code and enter it in Settings. "
    "Everything is saved here."
)

NO_ROOM_STILL_WORKS = (
    "Work on: scanning, labels, printing and Find go on. Free some space on this disk: it goes on by itself as soon as "
    "there is room. Nothing is lost."
)
NO_ROOM_TO_JOIN = "Saved here, not shared yet: no room on the disk, see Devices"
JOINING = "joining"
JOINING_WORKS = (
    "Work on: nothing waits for it. What this bench did before it had a hub is made ready to be shared, and sharing "
    "begins by itself after that."
)


def joining(done: int, total: int) -> str:
    """How far the first joining of a bench has come that has long worked without a hub."""
    return f"Joining: {done:,} of {total:,} entries" if total else "Joining: looking at what this bench has"


def no_room(needed: int, free: int) -> str:
    """Too little room to fold a register beside the one at work; both in bytes."""
    return (
        f"The disk has too little room to make this bench's register anew beside the one at work: {_size(needed)} are "
        f"needed and {_size(free)} are free."
    )


def _size(size: int) -> str:
    return f"{size / 1024**3:.1f} GB" if size >= 1024**3 else f"{max(1, size // 1024**2)} MB"


def rehearsal_only(hub_is: bool) -> str:
    """A rehearsal met real work, or the other way round."""
    if hub_is:
        return "This hub is for rehearsals and this bench is not: the two never mix. Ask for another code."
    return "This bench is a rehearsal and the hub is not: made-up patients must never reach it. Use a rehearsal's hub."


def other_laboratory(name: str, theirs: str, ours: str) -> str:
    """A bench with history of its own met the hub of another laboratory."""
    return (
        f"The hub belongs to {name} ({theirs}), and this bench already holds the work of another laboratory ({ours}). "
        f"Two histories are never mixed. Ask for a hub of this bench's own: gms-desktop hub init --scope {ours}. "
        "Or join with a bench that is not set up yet."
    )


def too_new(least: int) -> str:
    """The hub no longer speaks this version's language."""
    return f"The hub asks for version {least} of its language at least. Update this bench, then join again."


def no_certificate(file: str) -> str:
    """The file that was named for the hub's authority is none."""
    return (
        f"{file} holds no certificate. Ask for the certificate of the authority that signed the hub's, in PEM form: "
        "its first line is -----BEGIN CERTIFICATE-----. Never take a private key for it."
    )


def other_login(login: str) -> str:
    """A code for another login than the one that the hub knows this bench by."""
    return (
        f"The hub knows this bench as {login}, and this code is for another. Ask for a new code for {login}: "
        f"gms-desktop hub invite {login}."
    )


def other_pepper(name: str) -> str:
    """The badges at this bench were registered under another key than the laboratory's."""
    return (
        f"Badges and PINs at this bench were kept under another key than those of {name}, so nobody could sign in. "
        "Restore this bench's secrets folder, or join with a bench that is not set up yet."
    )


def empty_laboratory(name: str) -> str:
    """The hub has nothing yet: somebody must begin the laboratory."""
    return (
        f"The hub holds nothing of {name} yet: this is its first bench. Fill in the laboratory and its first "
        "administrator too. From the command line there is no form: start gms-desktop run."
    )


def joined(laboratory: str, bench: str, entries: int) -> str:
    """The bench has joined."""
    had = f" It received {entries:,} entries." if entries else ""
    return f"Joined {laboratory} as {bench}.{had} From now on what is saved here is shared."


def flipped(what: str, number: str, was: str, now: str) -> str:
    """What a person was told of an own act counts no longer."""
    which = f" ({number})" if number and number not in what else ""
    said = _WAS.get(was, was)
    stands = _NOW.get(now, now)
    return f"“{what}”{which} was {said} here when it was done. Now, with what other benches did, {stands}. See Review."


_WAS = {"accepted": "accepted", "contested": "held as in dispute", "refused": "refused"}
_NOW = {
    "accepted": "it stands after all",
    "contested": "it is in dispute: put the specimen in the review rack",
    "refused": "it does not count: another bench was first. Put the specimen in the review rack",
}


def many_flipped(count: int, numbers: tuple[str, ...]) -> str:
    """More at once than anybody reads one by one."""
    named = ", ".join(numbers[:8])
    more = f" and {len(numbers) - 8} more" if len(numbers) > 8 else ""
    of = f" They are about {named}{more}." if named else ""
    return f"{count} acts of this bench count differently now, with what other benches did.{of} See Review."


def rehomed(entries: int, numbers: tuple[str, ...]) -> str:
    """Somebody else has gone on as this bench."""
    named = f" Numbers given twice: {', '.join(numbers)}. Put those tubes in the review rack." if numbers else ""
    return (
        "Another computer has worked as this bench (a copy of its file or disk). This bench goes on under a new code, "
        f"and {entries} entries were recorded again under it: nothing is lost.{named} See Review."
    )


def rebuilt(tables: tuple[str, ...]) -> str:
    """Tables were not what the hub's are."""
    return (
        f"What this bench showed differed from the hub ({', '.join(tables)}) and was made again from the journal. "
        "Nothing is lost. Tell who looks after the hub."
    )


def withdrawn(entries: int) -> str:
    """The hub's order is another one since it was recovered, and entries of other benches are no longer in it."""
    count = "1 entry" if entries == 1 else f"{entries:,} entries"
    return (
        f"The hub was recovered, and {count} of other benches had to leave their place here. They are kept, and come "
        "again as the hub has them now. Nothing of this bench was taken out."
    )


def not_begun(why: str) -> str:
    """Sharing could not begin."""
    return f"Sharing with the hub could not begin ({why}). Everything is saved here. Start the application again."
