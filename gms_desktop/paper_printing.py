"""Papers on a queue of the print system: the one that a further printer of the settings names, or the usual one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from devices.values import Sent
from gms_desktop import paper_words
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Refused

if TYPE_CHECKING:
    from gms_desktop.settings import Settings

# A page of many dots takes its time through the filters of a print system.
_DONE_S = 120.0


@dataclass(frozen=True)
class ByPages:
    """A print system that takes pages, not a PDF.

    Attributes:
        usual: names the queue that this computer prints on unless told otherwise; empty where it has none.
        prints: hands a PDF's pages to a queue by its name.
    """

    usual: Callable[[], str]
    prints: Callable[[str, bytes], Sent]


def queue_named(settings: Settings) -> str:
    """The queue of the first further printer that is a queue and that no sort of labels is printed on."""
    labels = {one.printer for one in settings.labels.values()}
    queues = (said.place for name, said in settings.printers.items() if said.mode == "queue" and name not in labels)
    return next((queue for queue in queues if queue), "")


def print_paper(settings: Settings, content: bytes, server: str = "", by_pages: ByPages | None = None) -> Verdict:
    """Print a PDF, and say what became of it; waits for the queue, so never on the main thread.

    Args:
        settings: the bench's.
        content: the PDF, as it is kept.
        server: the print server; this computer's own when empty.
        by_pages: where the print system takes no PDF; None where it does.

    Raises:
        Refused: there is no printer for it here.
    """
    from devices.printers.system_queue import default_queue

    queue = queue_named(settings) or (by_pages.usual() if by_pages else default_queue(server))
    if not queue:
        raise Refused(paper_words.NO_QUEUE)
    sent = by_pages.prints(queue, content) if by_pages else _as_it_is(queue, server, content)
    if sent is Sent.NOT_SENT:
        raise Refused(paper_words.not_taken(queue))
    return paper_words.printed(queue) if sent is Sent.SENT else paper_words.unknown(queue)


def _as_it_is(queue: str, server: str, content: bytes) -> Sent:
    from devices.printers.system_queue import QueueTimes, SystemQueue

    printer = SystemQueue("Papers", queue, server=server, times=QueueTimes(done_s=_DONE_S), title="paper")
    return printer.send(content)
