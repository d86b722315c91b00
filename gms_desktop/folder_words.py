"""Every sentence about the folders that instruments export to."""

from __future__ import annotations

FOLDERS = "Instruments' folders"
NOTHING_LIES = "No file of an instrument waits."


def waits(folder: str) -> str:
    """A file that waits to be opened."""
    return f"In the folder of {folder}. Open it on Measure."


def away(name: str, path: str, why: str) -> str:
    """A folder that cannot be seen."""
    return f"{name}: {path} cannot be seen ({why}). Check the share; it is looked for again by itself."


def too_large(folder: str, name: str, most: int) -> str:
    """A file that is no run by its size; it was not read."""
    return f"{folder}: {name} is larger than {most} MB, which no run is. It was not read, and is left."


def held(folder: str, name: str) -> str:
    """A file that another program does not let go of."""
    return f"{folder}: {name} is held by another program. Close it there; then it is offered here."


def cut(name: str) -> str:
    """A file that ends in the middle of a row."""
    return f"{name} is cut off before its end. Export it again; to save what it has, choose it by hand."


def left(folder: str, why: str) -> str:
    """A file that is no whole run."""
    return f"{folder}: {why} It is left where it is."
