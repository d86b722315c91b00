"""What is said of the folder from which the integration engine takes what became of specimens."""

from __future__ import annotations

NAME, KIND = "Integration engine", "folder of FHIR status (draft)"
NOT_ASKED = "nothing written yet"
WITHOUT = "The bench works on. What is to be told waits here, and is written once the folder is there again."


def away(folder: str, why: str) -> str:
    """The folder cannot be written to."""
    return f"{folder} cannot be written to ({why}). Put the folder or its share right: what waits is written by itself."


def fault(name: str) -> str:
    """The application itself did not manage."""
    return f"What is to be told could not be made ({name}). Tell your support; it is tried again."


def written(many: int, at: str) -> str:
    """How many fragments went there since the start, and when the last did."""
    fragments = "1 fragment" if many == 1 else f"{many} fragments"
    return f"{fragments} written since the start, the last at {at}."
