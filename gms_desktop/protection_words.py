"""Every sentence about what protects a bench's data at rest: encryption, rights to files, exports, support bundles."""

from __future__ import annotations

from gms_desktop.domain import dates
from gms_desktop.domain.exports import Export, Standing

ENCRYPTING = "The bench's file is being encrypted. This is done once; about a minute for each gigabyte."
ENCRYPTED = (
    "The bench's file lay open and is encrypted now. Print the recovery key (gms-desktop recovery-key), and encrypt "
    "copies made before, or destroy them: gms-desktop encrypt FILE."
)
KEY_NEVER_SHOWN = "never shown here: without it a broken PC takes all with it. Print it once: gms-desktop recovery-key"
PRINT_THE_KEY = (
    "The recovery key of this bench was never printed. Without it a broken PC takes the bench's records with it. An "
    "administrator prints it once: Settings, Print the recovery key (Ctrl F12)."
)
KEY_FOR_ADMINISTRATORS = "Only an administrator may see the recovery key. Ask one to tap the badge and enter the PIN."
KEEP_THE_KEY = (
    "Whoever has this and a backup can read every patient's name. Print it, lock it away, keep no copy on a disk."
)
KEY_PAPER = "Recovery key"
KEY_HOW = (
    "On the new PC, in an empty data folder: gms-desktop recovery-key --enter, then type the key.",
    "A letter that was misread is noticed. Then: gms-desktop restore, with the newest backup.",
    "The letters I, L, O and U are not used. Capitals and small letters are the same.",
    "Print it again after a restore on a new PC only if this paper is lost: the key stays the same.",
)
KEY_LOCKED_AWAY = "Locked away at ________________________   by ________________________   on ______________"
NOTHING_OPEN = "Nothing lies open: the bench's files are encrypted."


def encrypted(name: str) -> str:
    """A file was encrypted."""
    return f"Encrypted and proved equal, row by row: {name}. The open file was deleted."


def not_there(name: str) -> str:
    """A file that was named is not there."""
    return f"{name} is not there. Name a bench's file or an old backup of it."


def of_no_bench(name: str) -> str:
    """A file that was named is something else."""
    return (
        f"{name} is no file of this bench, and was left as it is. Name a bench's file or an old backup of it, and with "
        "--data DIR the data folder of the bench that it belongs to."
    )


def no_key(folder: str) -> str:
    """A file is to be encrypted where no bench has its key."""
    return (
        f"{folder} holds no bench's key, and with a new one the file could not be read by any bench. Nothing was "
        "changed. Name the data folder of the bench that it belongs to: --data DIR."
    )


def no_pepper(folder: str) -> str:
    """The secret that badges and PINs are compared with is gone."""
    return (
        f"What badges and PINs are compared with is not in the secrets of {folder}: nobody could sign in. Put its "
        "secrets folder back, or enter the recovery key: gms-desktop recovery-key --enter."
    )


NO_PEPPER = "what badges and PINs are compared with is gone. Run: gms-desktop recovery-key --enter"


def lies_open(names: str) -> str:
    """Files that anybody can read."""
    return f"not encrypted: {names}. Close the application, then run: gms-desktop encrypt"


def others_may_read(names: str) -> str:
    """Files or folders that other accounts of this computer may read."""
    return f"other accounts may read {names}. Start gms-desktop run once: it takes the rights away"


NO_EXPORTS = "Nothing was saved from this bench in the last year."
_SORTS = {
    "table": "table",
    "paper": "paper",
    "label": "label",
    "sheet": "sheet",
    "position-file": "position file",
    "batch-sheet": "batch sheet",
    "sample-sheet": "sample sheet",
    "nipt-file": "NIPT file",
    "file-as-it-came": "file as it came",
    "paper-of-a-consignment": "paper of a consignment",
    "downtime-pack": "downtime pack",
    "downtime-account": "downtime numbers",
    "unacceptable-specimens": "unacceptable specimens",
    "turnaround": "turnaround",
    "workload": "workload",
    "qc-trend": "QC trend",
    "exports": "list of saved files",
    "audit-trail": "audit trail",
}


AUDIT_ENDS_BEFORE = "The last day comes before the first. Enter them again."
AUDIT_NOTHING = "No entry of this bench's file answers what is asked for."
AUDIT_CHOOSE = "Choose what the audit trail tells of"
LIST = "Files saved from the benches"
LIST_COLUMNS = ("Saved at", "By", "Bench", "What", "Bytes", "SHA-256 begins", "What becomes of it")
LIST_HOW = "Names of files are left out. What lies in the exports folder now: gms-desktop exports."
LIST_CHOOSE = "Choose the days."
NOBODY = "nobody signed in"


def listed(many: int) -> str:
    """How many files were saved."""
    return "1 file was saved." if many == 1 else f"{many} files were saved."


def audit_no_kind(typed: str) -> str:
    """What was typed as a kind, with which no kind of entry begins."""
    return f"“{typed}” begins no kind of entry. Kinds are such as specimen.received; leave it empty for every kind."


def audit_written(many: int, name: str) -> str:
    """What a command that writes the audit trail says at its end."""
    if not many:
        return f"{AUDIT_NOTHING} {name} says so: it has its heading and no entry."
    return f"{many} {'entry' if many == 1 else 'entries'}: {name}"


def audit_heading(many: int, *, more: bool) -> str:
    """How many entries of the audit trail are in view, and whether there are more."""
    if more:
        return f"Audit trail: the first {many} entries. A file has all of them"
    if not many:
        return "Audit trail: nothing answers what is asked for"
    return "Audit trail: 1 entry" if many == 1 else f"Audit trail: {many} entries"


def sort_of(sort: str) -> str:
    """What sort of file it is."""
    what, between, part = sort.partition(", ")
    return _SORTS.get(what, what.replace("-", " ")) + between + part


def exports_folder(folder: str, days: int) -> str:
    """Where exports go, and for how long."""
    return f"Files saved from this bench go to {folder} and are deleted after {_days(days)}."


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def standing(export: Export, now: Standing, zone: str) -> str:
    """How it stands with an exported file."""
    until = dates.display_minute(dates.to_local(export.kept_until, zone)) if export.kept_until else ""
    if now is Standing.REMOVED:
        return {"expired": "deleted, its time was over", "not saved": "could not be saved"}.get(
            export.removed, "not there any more"
        )
    return {
        Standing.HERE: f"is deleted on {until}",
        Standing.CHANGED: "was changed since: delete it yourself",
        Standing.REPLACED: "another was saved under its name",
        Standing.GONE: "moved or deleted by hand",
        Standing.ELSEWHERE: "outside the exports folder: delete it yourself",
    }[now]


def export_line(export: Export, now: Standing, who: str, zone: str) -> str:
    """One export: when, who, at which bench, what, and how it stands with it."""
    at = dates.display_minute(dates.to_local(export.saved_at, zone))
    name = export.name or "name erased"
    said = f"{at}  {who or NOBODY}, {export.bench}: {sort_of(export.sort)}, {name}"
    return f"{said} ({export.size:,} bytes); {standing(export, now, zone)}"


def stranger(name: str) -> str:
    """A file of the exports folder that the bench did not save."""
    return f"{name} is not as the bench saved it, or was put there by hand. Move or delete it yourself."


def due(many: int) -> str:
    """Exports whose time is over while no application runs."""
    said = "1 file is" if many == 1 else f"{many} files are"
    return f"{said} to be deleted. Start gms-desktop run: it is done then, and every hour while it runs."


def entry(kind: str, sort: str) -> str:
    """An export in the words of a history."""
    return f"save {sort_of(sort)}" if kind == "export.saved" else "saved file is gone"


def bundle_written(name: str) -> str:
    """The support bundle was written."""
    return (
        f"Written: {name}. It names no patient and nobody of the staff, and holds no secret. Look at it, then send it."
    )


def bundle_not_written(name: str, why: str) -> str:
    """The bundle cannot be written."""
    return f"{name} cannot be written ({why}). Choose another folder."


def saved_may_name(many: int) -> str:
    """A patient was erased, and files were saved that may name them."""
    said = "1 file that was" if many == 1 else f"{many} files that were"
    return f"{said} saved from this bench in the last year may name the patient. Look at each: gms-desktop exports."


def saved_here(many: int) -> str:
    """How many saved files lie in the exports folder."""
    said = "1 saved file lies" if many == 1 else f"{many} saved files lie"
    return f"{said} in the exports folder until the time is over"


def to_see_to(many: int) -> str:
    """Files of the exports folder that the bench does not delete, or that are overdue."""
    said = "1 file lies" if many == 1 else f"{many} files lie"
    return f"{said} in the exports folder that should not. See which: gms-desktop exports"


def key_shown(day: str) -> str:
    """The recovery key was shown on a day."""
    return f"shown on {day}"


def of_another_key(path: str) -> str:
    """The bench's file was copied here from another PC, or another bench's was put in its place."""
    return (
        f"{path} is encrypted with another key than this PC holds: it is another bench's file, or came from another "
        "PC. It was left as it is, and opens on the PC that it came from. To go on with it here, use an empty data "
        "folder: enter that bench's recovery key there (gms-desktop recovery-key --enter), then restore its newest "
        "backup."
    )


def key_of_bench(bench: str) -> str:
    """Whose recovery key it is, and what for."""
    return f"For {bench}. With this key and a backup, a new PC goes on where this one ended."
