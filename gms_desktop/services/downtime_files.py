"""Makes a downtime pack: planned from the register, drawn and read back beside it, and only then issued in one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gms_desktop import downtime_words
from gms_desktop.documents.downtime_pack import Pack, prove_pack
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.files.store import FileStore
from gms_desktop.recorder import Recorder
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import downtime_issue, kept_files
from gms_desktop.services.sign_in import Operator

Entitle = Callable[[Ledger, Sequence[Draft]], list[Draft]]


def _as_it_is(_ledger: Ledger, drafts: Sequence[Draft]) -> list[Draft]:
    return list(drafts)


@dataclass(frozen=True)
class PackMade:
    """A pack that is issued: its file, and what was made in words."""

    payload: bytes
    verdict: Verdict


def make_pack(
    recorder: Recorder, bench: str, who: Operator | None, count: int, files: FileStore, entitle: Entitle = _as_it_is
) -> PackMade:
    """Make and issue a pack of ``count`` numbers; takes some seconds, so never on the main thread.

    Args:
        recorder: the bench's.
        bench: its name.
        who: the operator.
        count: how many numbers.
        files: where the pack is kept as it was printed, before it is issued.
        entitle: what the entries go through first: the right of whoever is signed in.

    Raises:
        NotAllowed: when the person may not print packs.
        Refused: too few numbers are set aside here, or a code of the pack does not read back: nothing was issued.
    """
    name = who.name if who else "the application"

    def begin(ledger: Ledger) -> tuple[downtime_issue.Planned, Pack, str, str]:
        entitle(ledger, [Draft("downtime.pack_printed", {})])
        made = downtime_issue.plan(ledger, count)
        return made, downtime_issue.sheets(ledger, made, bench, name), ledger.identity(), kept_files.now(ledger)

    planned, sheets, pack, at = recorder.read(begin).result()
    proof = prove_pack(sheets)
    files.put(proof.payload, kept_files.PDF, f"downtime_pack:{pack}", at)
    operator = who.id if who else None

    def issue(ledger: Ledger) -> None:
        ledger.append(entitle(ledger, downtime_issue.issued(ledger, planned, proof, pack)), operator)

    recorder.write(issue).result()
    return PackMade(proof.payload, told(planned, proof.pages))


def told(planned: downtime_issue.Planned, pages: int) -> Verdict:
    """What was made, in words."""
    return downtime_words.pack_made(planned.numbers[0], planned.numbers[-1], pages)
