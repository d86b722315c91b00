"""Every sentence about cases: what two people or benches recorded that does not go together, and what becomes of it."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, refused

REASONS = {
    "tubes-looked-at": "Both tubes were looked at",
    "labels-compared": "Labels and forms were compared",
    "people-asked": "The people at the benches were asked",
    "sender-asked": "The sender was asked",
    "other": "Another reason: say which",
}
WHY_AGAIN = {
    "wrong-story": "The wrong story was kept",
    "found-since": "Something was found out since",
    "other": "Another reason: say which",
}
NOTHING_WAITS = "Nothing waits for review"
REVIEW_RACK = "Put it in the review rack."
NO_OTHER_SIDE = "Nothing stands on this side: what the other rests on is not there."
UNKNOWN_PERSON = "the application"
ANOTHER_BENCH = "another bench"
NOT_COUNTED = "refused, does not count"
STILL_IN_DISPUTE = "in dispute"
WITHDRAWN = "counts no longer: a case was settled"
SECOND_PERSON = "A second person signs in and confirms the link. Whoever proposed it cannot."


def title(sort: str, key: str, *, found: bool) -> str:
    """What a case is about, by the premise that did not hold.

    Args:
        sort: ``claims``, ``requires`` or ``expects``.
        key: the key whose holder was another.
        found: whether anybody holds it.
    """
    kind, _, thing = key.partition(":")
    if kind == "last":
        about = thing.partition(":")[0]
        return _CHANGED.get(about, "Decided on what had changed meanwhile")
    if kind == "ground":
        return "Undone while another bench worked on it"
    if kind == "id" and thing.startswith("badge:"):
        return "One badge given to two people"
    if kind == "id":
        return "One thing recorded twice" if found else "Rests on something that is not known"
    said = _TWICE.get(kind, "One thing given away twice") if sort == "claims" else _OTHERWISE.get(kind, _CHANGED_AT_ALL)
    return said if kind in _UNNAMED else f"{said}: {thing}"


_TWICE = {
    "accession": "One number on two tubes",
    "tube": "One tube bound to two specimens",
    "label": "One label printed twice",
    "plate": "One plate used twice",
    "downtime": "One downtime number used twice",
    "index": "One index well used twice",
    "place": "Two things in one place",
    "case": "Two people settled the same case",
}
_OTHERWISE = {
    "tube": "Recorded for a tube whose contents changed",
    "consignment": "Consignment closed on one side and filled on the other",
    "place": "The place held something else",
    "role": "Rights withdrawn while a person worked",
    "case": "Two people settled the same case",
}
_CHANGED_AT_ALL = "What it rests on had changed"
# An identity or a person's: the stories name who it is.
_UNNAMED = frozenset({"role", "case", ""})
_CHANGED = {
    "arrival": "One specimen received at two benches",
    "specimen": "Decided on a specimen that had changed meanwhile",
}


def in_dispute(name: str, what: str) -> Verdict:
    """A tube or label of a case was scanned, or something was to be done with it."""
    return refused("In dispute", f"{name}: put it in the review rack. {what}.")


def left_to_do(name: str, task: str) -> Verdict:
    """A thing of a settled case, of which something is still to be done."""
    return attention("Left to do", f"{name}: {task}. Review lists it.")


def settled(what: str, tasks: int) -> Verdict:
    """A case was settled."""
    tail = f" {tasks} {'thing is' if tasks == 1 else 'things are'} left to do: see the list." if tasks else ""
    return Verdict(VerdictKind.FINISHED, "Settled", f"{what}.{tail}")


def opened_again(title: str, withdrawn: int) -> Verdict:
    """A settled case is open again."""
    tail = f" {withdrawn} {'thing' if withdrawn == 1 else 'things'} left to do are withdrawn." if withdrawn else ""
    tail = tail.replace("thing left to do are", "thing left to do is")
    return attention("Open again", f"{title}. Put the tubes back in the review rack.{tail}")


def not_opened_again(why: str) -> Verdict:
    """A settled case that must stay settled."""
    return refused("Stays settled", f"{why}. Record what is so now: the history shows both.")


REOPEN_BUTTON = "Open this settled case again"
REOPEN_TITLE = "This case was settled. Why is it opened again?"
REOPEN_CONFIRM = "Open the case again"
NUMBERED_SINCE = "A tube was given another number because of it"
BY_ANOTHER_VERSION = "It was settled by a former version of the application, which did not keep what it settled"
REOPENED_SINCE = "It was opened again, or settled once more, in the meantime"
DOCUMENTS = {
    "unacceptable-specimens": "report of unacceptable specimens",
    "nipt-file-fasp": "NIPT file for NCARDRS, screening",
    "nipt-file-r445": "NIPT file for NCARDRS, R445",
    "repeat-request": "letter that asks for another specimen",
    "qc-report": "QC report",
    "history": "history and chain of custody",
    "turnaround": "report of turnaround by stage",
    "workload": "report of workload by hour",
    "exports": "list of files saved from benches",
    "qc-trend": "report of measurements by operator and kit",
    "worklist-hamilton": "worklist of a plate for Hamilton",
    "worklist-tecan": "worklist of a plate for Tecan",
    "worklist-dilution": "dilution of a plate for Hamilton",
    "worklist-dilution-tecan": "dilution of a plate for Tecan",
    "worklist-fluidx-plot": "FluidX plot of a plate",
    "plate-map": "map of a plate",
    "rack-map": "map of a rack",
    "rack-map-picture": "map of a rack as a picture",
    "sample-sheet": "sample sheet of a pool",
    "plate-map-picture": "map of a plate as a picture",
    "consignment-answer": "answer to a consignment that was sent to us",
    "consignment-answer-letter": "letter that answers a consignment",
    "consignment-answer-received": "answer of a receiver",
    "consignment-answer-table": "table of what a receiver has (GEL1005)",
    "shared-request-letter": "letter about a shared request",
    "consignment-chase": "letter that chases a consignment",
    "dwgs-manifest": "dWGS manifest of a consignment",
    "gel1004-manifest": "GEL1004 manifest of a consignment",
}

PAPER_COUNTS = "counts"
PAPER_RECALLED = "was recalled: do not use it"
PAPER_REPLACED = "was replaced by a later one: do not use it"


def why_again(reason: str) -> str:
    """Why a case was opened again."""
    return WHY_AGAIN.get(reason, reason).partition(":")[0]


def document(sort: str) -> str:
    """A document by its sort, in words."""
    return DOCUMENTS.get(sort, sort.replace("-", " "))


def named(sort: str, start: str, end: str, form: str) -> str:
    """A document by its sort, its form, and its period where it has one."""
    period = f", {start} to {end}" if start and end else ""
    return f"{document(sort)}{period}" + (f" ({form.upper()})" if form else "")


def issued(sort: str, start: str, end: str, form: str) -> str:
    """A document that was issued."""
    return f"issue the {named(sort, start, end, form)}"


def make_again(name: str, screen: str) -> Verdict:
    """A document that is issued again by making it once more."""
    return attention("Make it again", f"Make the {name} again on {screen} and send it: that ticks this off.")


def task_done(what: str) -> Verdict:
    """A task of a case was done."""
    return Verdict(VerdictKind.FINISHED, "Done", f"{what}.")


def task_prints(number: str) -> Verdict:
    """A task of a case that prints a label."""
    return attention("Label on its way", f"Put label {number} on the tube, take the former one off, then scan it.")


def case_gone() -> Verdict:
    """The case was settled by somebody else, or what was done last took it away."""
    return refused("Not there any more", "This case has changed or is settled. Choose it again from the list.")


def not_allowed(who: str) -> Verdict:
    """A person without the role gave a command of a case."""
    return refused("Reviewer only", reviewer_only(who))


def reviewer_only(who: str) -> str:
    """Who settles a case here, and what everybody else does."""
    return f"A case is settled by {who}. Put the tubes in the review rack and tell them."


def side_not_offered() -> Verdict:
    """A story that cannot be kept."""
    return refused("Not to be chosen", "This case is not settled that way. Choose one of the buttons shown.")


def happened(who: str, bench: str, at: str, what: str) -> str:
    """One side of a case in a sentence."""
    return f"{at}, {bench}, {who}: {what}."


def resting(many: int) -> str:
    """How much rests on the root of a case."""
    return f"{many} more {'entry rests' if many == 1 else 'entries rest'} on it." if many else ""


def left_label(key: str, name: str) -> str:
    """The button that keeps what stands."""
    if key.startswith("last:arrival:"):
        return f"One tube: {name} leads"
    return "Keep what stands on the left"


def right_label(key: str, name: str) -> str:
    """The button that keeps the other story."""
    if key.startswith("last:arrival:"):
        return f"One tube: {name} leads"
    return "Keep the story on the right"


def both_label(key: str) -> str:
    """The button that lets both stand."""
    return "Two tubes: both stand" if key.startswith("last:arrival:") else "It happened: let both stand"


def keep_outcome(side: str, outcome: str) -> str:
    """The button that keeps one of two decisions."""
    return f"Keep {side}: {outcome}"


KEPT = {"left": "What stood before is kept", "right": "The other story is kept", "both": "Both stand"}


def kept(keeps: str, name: str) -> str:
    """What was decided, in words."""
    return f"{KEPT.get(keeps, keeps)}: {name}"


def task(thing: str, name: str) -> str:
    """What is to be done, and with what."""
    said = {
        "destroy-label": "take label {name} off its tube and destroy it",
        "relabel": "put a new label {name} on the tube",
        "renumber": "give {name} a number of its own and label it again",
        "receive-again": "receive the tube labelled {name} again under a number of its own",
        "record-again": "record afresh what is still true: {name}",
        "decide-again": "decide again on {name}",
        "recall": "recall the {name}: tell whoever has it that it holds what was in dispute",
        "reissue": "make the {name} again and send it",
    }
    return said.get(thing, "see to {name}").format(name=name)


def task_button(thing: str, name: str) -> str:
    """The button of a task: what pressing it does or says."""
    said = {
        "destroy-label": "Label {name} is destroyed",
        "relabel": "Print label {name}",
        "renumber": "Number and label {name} anew",
        "receive-again": "Receive {name} anew, print its label",
        "record-again": "Recorded afresh: {name}",
        "decide-again": "Decided again: {name}",
        "recall": "Recalled: {name}",
        "reissue": "Issue again: {name}",
    }
    return said.get(thing, "Seen to: {name}").format(name=name)


def cases_wait(cases: int, tasks: int) -> str:
    """The heading of the Review screen."""
    said = []
    if cases:
        said.append(f"{cases} {'case waits' if cases == 1 else 'cases wait'} for a reviewer")
    if tasks:
        things = "" if cases else " thing is" if tasks == 1 else " things are"
        said.append(f"{tasks}{things} left to do")
    return ", ".join(said) or NOTHING_WAITS


def possibly_same(one: str, other: str) -> str:
    """Two registrations that may be one person."""
    return f"Possibly the same patient: {one} and {other}"


def link_proposed(one: str, other: str) -> Verdict:
    """A link waits for a second person."""
    return attention("Proposed", f"{one} and {other} may be one person. {SECOND_PERSON}")


def linked(one: str, other: str) -> Verdict:
    """Two people have linked two registrations."""
    return Verdict(VerdictKind.FINISHED, "Linked", f"{one} and {other} count as one person. Both stay as they are.")


def parted(one: str, other: str) -> Verdict:
    """A link was taken back."""
    return Verdict(VerdictKind.FINISHED, "Parted", f"{one} and {other} count as two people again.")


def second_person_wanted() -> Verdict:
    """Whoever proposed a link cannot confirm it."""
    return refused("Second person", f"You proposed this link. {SECOND_PERSON}")
