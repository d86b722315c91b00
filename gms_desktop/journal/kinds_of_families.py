"""What entries about people and families state: a later name, and specimens that belong together."""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Pair, Premises


def _exists(subject: str) -> tuple[str, str]:
    return f"id:{subject}", subject


def named(body: Body) -> Premises:
    """A patient has another name or identifier from now on; of two benches that say so, the second meets the first."""
    patient, naming = f"patient:{body['patient']}", f"naming:{body['patient']}"
    follows: Pair = (f"last:{naming}", body["follows"])
    return Premises((patient, naming), expects=(_exists(patient), follows))


def specimens_linked(body: Body) -> Premises:
    """Two specimens belong together: a prenatal one and the maternal blood."""
    subjects = tuple(f"specimen:{body[name]}" for name in ("specimen", "other"))
    return Premises(subjects, expects=tuple(_exists(subject) for subject in subjects))
