"""Subjects found by two private values at once: however common one of them is, none of them is left out."""

from __future__ import annotations

from gms_desktop.journal import waiting_names
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.private import search_terms

# What fewer have is named first, and is looked through first: a day of birth before a surname.
_subjects_of_both = text_statement(
    "SELECT DISTINCT few.subject FROM private_term few CROSS JOIN private_term many "
    "WHERE few.term = :few AND many.term = :many AND many.subject = few.subject"
)


def subjects_with(db: Database, few: str, many: str) -> set[str]:
    """Every subject that has both values, each as a whole or in one of its words, however many there are.

    Args:
        db: the store.
        few: the value that fewer subjects have.
        many: the other one; the same one when only one is asked for.
    """
    terms = [next(iter(search_terms(typed)), "") for typed in (few, many)]
    if not all(terms):
        return set()
    found = {subject for (subject,) in db.tuples(_subjects_of_both, {"few": terms[0], "many": terms[1]})}
    # Of a subject that waits for the search index all values do.
    first, second = ({subject for subject, _ in waiting_names.of(db).exact(db, term)} for term in terms)
    return found | first & second
