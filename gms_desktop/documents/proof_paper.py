"""The proof of a bench's file as a paper for an inspector: what was looked at, how many, whether it holds, which rules.

Every sentence of it says what a check proves, and what it does not.
"""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "Proof of a bench's records"
HOLDS, FAILS = "Everything holds", "Not everything holds"
CHECKED, KINDS, WRITERS, RULES, FINDINGS = (
    "What was checked",
    "Entries by kind",
    "Who wrote them",
    "Rules in force",
    "What does not hold",
)
CHECK_COLUMNS = ("Check", "What it proves", "Looked at", "Outcome")
KIND_COLUMNS = ("Kind", "Entries")
WRITER_COLUMNS = ("Writer", "Entries", "Newest entry's hash")
RULE_COLUMNS = ("Rule set", "Version", "Whose", "SHA-256")
PRODUCT, SITE = "the product's own (EXAMPLE or as published)", "the laboratory's, approved"
NOT_LOOKED = "not looked at: entries that do not hold prove nothing about it"
NO_RULES = "No laboratory is set up in this file."
LIMITS = (
    "What this does not prove: that what was recorded is what happened, and that nobody who holds both the file's key "
    "and the bench's signing key wrote a history of their own after the last entry that the central database or "
    "another bench signed for, and made its checkpoints anew. Compare the hashes below with those of another bench or "
    "of the hub."
)
_PROVES = {
    "pages": ("Pages of the file", "No byte of the file was changed without its key."),
    "chain": (
        "Entries and their chains",
        "No entry was changed, left out, added or put in another order by its writer.",
    ),
    "private": ("Identifying values", "Each is the one that its entry committed to, or was erased on record."),
    "register": (
        "Rows of the register",
        "What the screens show is what the entries say: folded anew and compared row by row.",
    ),
    "files": ("Files as they came", "Each is byte for byte what was taken in, or was erased on record."),
    "checkpoints": (
        "Signed checkpoints outside the file",
        "The history was not written anew: what the bench's key signed every quarter of an hour is still there.",
    ),
}
_BELONGS = (("page", "pages"), ("sealed", "pages"), ("private", "private"), ("commit", "private"), ("file", "files"))


@dataclass(frozen=True)
class Proof:
    """What was proved.

    Attributes:
        laboratory: whose file; empty where none is set up in it.
        file: its name, without its folder.
        made_at: when, in words.
        application: name and version.
        counts: how many of each check of :data:`_PROVES` were looked at, in words; one that was not made is missing.
        kinds: entries of each kind.
        writers: each writer with how many entries and the hash of the newest.
        rules: name, version, whose and SHA-256 of each rule set in force.
        findings: what does not hold, each with where.
        code: the document's own.
    """

    laboratory: str
    file: str
    made_at: str
    application: str
    counts: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, int], ...]
    writers: tuple[tuple[str, int, str], ...]
    rules: tuple[tuple[str, str, str, str], ...]
    findings: tuple[str, ...]
    code: str
    rehearsal: bool = False


def outcome(proof: Proof) -> str:
    """The whole outcome in words."""
    many = len(proof.findings)
    return HOLDS if not many else f"{FAILS}: {many} finding{'' if many == 1 else 's'}"


def checks(proof: Proof) -> list[tuple[str, str, str, str]]:
    """Each check with what it proves, how much was looked at, and what came of it."""
    broken = {_check_of(finding) for finding in proof.findings}
    return [(*_PROVES[name], count, _outcome(name, count, broken)) for name, count in proof.counts]


def _outcome(name: str, count: str, broken: set[str]) -> str:
    if count == NOT_LOOKED:
        return "not known"
    return "does not hold" if name in broken else "holds"


def _check_of(finding: str) -> str:
    """To which check a finding belongs, by its own words."""
    said = finding.casefold()
    if "checkpoint" in said:
        return "checkpoints"
    if said.startswith(("entry ", "writer ")):
        return "chain"
    return next((name for word, name in _BELONGS if word in said), "register")
