"""What entries about a specimen's fitness, a request's going on, holds, consent and urgent work state."""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Pair, Premises


def _exists(subject: str) -> tuple[str, str]:
    return f"id:{subject}", subject


def about_specimen(body: Body) -> Premises:
    """What was seen of a specimen, or done about it: a comparison, a hold, who was told."""
    subject = f"specimen:{body['specimen']}"
    return Premises((subject,), expects=(_exists(subject),))


def request_assessed(body: Body) -> Premises:
    """Whether a request may go on; it rests on what was said of it before, so that of two people one is told."""
    subject = f"assessment:{body['request']}"
    rests_on: Pair = (f"last:{subject}", body["rests_on"])
    return Premises((subject,), requires=(_exists(f"request:{body['request']}"), rests_on))


def consent_stated(body: Body) -> Premises:
    """What a patient agreed to, as stated. It is a fact: somebody said so, whatever else is known of the patient."""
    subject = f"patient:{body['patient']}"
    return Premises((subject,), expects=(_exists(subject),))


def priority_raised(body: Body) -> Premises:
    """Somebody asked that a request goes first: it and what has arrived of it change."""
    subjects = (f"request:{body['request']}", *(f"specimen:{one}" for one in body["specimens"]))
    return Premises(subjects, expects=tuple(_exists(subject) for subject in subjects))
