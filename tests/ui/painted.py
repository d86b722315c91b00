"""Each screen with a made-up view, by name: for screenshots, for measuring and for replaying scans."""

from __future__ import annotations

from collections.abc import Callable

import fixtures_downtime as downtime
import fixtures_review as review
import fixtures_views as views

from ui.actions import Place
from ui.main_window import MainWindow


def _receive(view: object) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.RECEIVE)
        window.receive.paint(view)  # type: ignore[arg-type]

    return paint


def _lock(view: object) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.paint_strip(views.STRIP_LOCKED)
        window.paint_sign_in(view)  # type: ignore[arg-type]

    return paint


def _today(window: MainWindow) -> None:
    window.go(Place.TODAY)
    window.today.paint(views.TODAY)


def _today_empty(window: MainWindow) -> None:
    window.go(Place.TODAY)
    window.paint_strip(views.STRIP_NOTICE)
    window.today.paint(views.TODAY_EMPTY)


def _find(window: MainWindow) -> None:
    window.go(Place.FIND)
    window.find_screen.paint(views.FIND)


def _find_empty(window: MainWindow) -> None:
    window.go(Place.FIND)
    window.find_screen.paint(views.FIND_EMPTY)


def _expected(window: MainWindow) -> None:
    window.go(Place.EXPECTED)
    window.expected.paint(views.EXPECTED)


def _expected_empty(window: MainWindow) -> None:
    window.go(Place.EXPECTED)
    window.expected.paint(views.EXPECTED_EMPTY)


def _reports(window: MainWindow) -> None:
    window.go(Place.REPORTS)
    window.reports.paint(views.REPORT)


def _downtime(view: object) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.DOWNTIME)
        window.downtime.paint(view)  # type: ignore[arg-type]

    return paint


def _review(view: object) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.REVIEW)
        window.review.paint(view)  # type: ignore[arg-type]

    return paint


def _devices(window: MainWindow) -> None:
    window.go(Place.DEVICES)
    window.devices.paint(views.DEVICES)


def _devices_hub(window: MainWindow) -> None:
    window.go(Place.DEVICES)
    window.paint_strip(views.STRIP_REFUSED)
    window.devices.paint((*views.DEVICES[:2], views.HUB_AWAY))


def _settings(window: MainWindow) -> None:
    window.go(Place.SETTINGS)
    window.settings.paint(views.SETTINGS)


def _set_up(window: MainWindow) -> None:
    window.show_set_up()
    window.set_up.paint(views.SET_UP)


def _set_up_problems(window: MainWindow) -> None:
    _set_up(window)
    window.set_up.badge_read("made-up badge")
    window.set_up.paint(views.SET_UP_PROBLEMS)


def _keys(window: MainWindow) -> None:
    window.rail.keys.click()


def _typed(window: MainWindow) -> None:
    _receive(views.RECEIVE)(window)
    window.typed_code.open()


SCREENS: dict[str, Callable[[MainWindow], None]] = {
    "receive": _receive(views.RECEIVE),
    "receive_empty": _receive(views.RECEIVE_EMPTY),
    "receive_refused": _receive(views.RECEIVE_REFUSED),
    "receive_question": _receive(views.RECEIVE_QUESTION),
    "receive_unannounced": _receive(views.RECEIVE_UNANNOUNCED),
    "receive_typed": _typed,
    "today": _today,
    "today_empty": _today_empty,
    "find": _find,
    "find_empty": _find_empty,
    "expected": _expected,
    "expected_empty": _expected_empty,
    "reports": _reports,
    "downtime": _downtime(downtime.DOWNTIME),
    "downtime_empty": _downtime(downtime.DOWNTIME_EMPTY),
    "downtime_form": _downtime(downtime.DOWNTIME_FORM),
    "downtime_tied": _downtime(downtime.DOWNTIME_TIED),
    "downtime_question": _downtime(downtime.DOWNTIME_QUESTION),
    "review": _review(review.REVIEW),
    "review_empty": _review(review.REVIEW_EMPTY),
    "review_read": _review(review.REVIEW_READ),
    "review_question": _review(review.REVIEW_QUESTION),
    "review_decisions": _review(review.REVIEW_DECISIONS),
    "review_reopen": _review(review.REVIEW_REOPEN),
    "review_tasks": _review(review.REVIEW_TASKS),
    "devices": _devices,
    "devices_hub": _devices_hub,
    "settings": _settings,
    "locked": _lock(views.LOCKED),
    "pin": _lock(views.PIN_AWAITED),
    "pin_wrong": _lock(views.PIN_WRONG),
    "set_up": _set_up,
    "set_up_problems": _set_up_problems,
    "keys": _keys,
}


def paint(window: MainWindow, name: str) -> None:
    """Show a screen of the list with the ordinary strip around it."""
    window.paint_strip(views.STRIP)
    SCREENS[name](window)
