"""Every command a person can give at the bench, by key, button, menu or command card."""

from __future__ import annotations

from enum import StrEnum


class Command(StrEnum):
    """A command's stable name. The screen gives it a key and words; the service gives it a meaning."""

    NO_CODE = "no code on this tube"
    OPEN_REQUEST = "open request"
    UNANNOUNCED = "unannounced arrival"
    SOMETHING_DIFFERS = "something differs"
    ACCEPT_WITH_COMMENT = "accept with comment"
    ACCEPT_AT_DISCRETION = "accept at discretion"
    HOLD = "hold"
    REJECT = "reject"
    PUT_LABEL_OFF = "put label off"
    LABEL_SPOILED = "label spoiled"
    PRINT_AGAIN = "print again"
    ANOTHER_TUBE = "another tube"
    TAKE_UP_LABEL = "take up label"
    FINISH = "finish"
    DOWNTIME_ENTER = "enter a downtime form"
    DOWNTIME_SPOIL = "spoil a downtime number"
    DOWNTIME_REST = "account for the rest of a downtime pack"
    DOWNTIME_RANGE = "set downtime numbers aside"
    KEEP_LEFT = "keep what stands"
    KEEP_RIGHT = "keep the other story"
    KEEP_BOTH = "let both stand"
    CASE_TASK = "do what a case left to do"
    CASE_LABEL = "print a label that a case left to do"
    CASE_DESTROYED = "say that a label of a case is destroyed"
    REOPEN_CASE = "open a settled case again"
    LINK_PATIENTS = "link or part two patients"
    UNDO = "undo"
    CANCEL = "cancel"
    LOCK = "lock"
    SIGN_OUT = "sign out"
