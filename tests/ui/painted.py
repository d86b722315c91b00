"""Each screen with a made-up view, by name: for screenshots, for measuring and for replaying scans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import fixtures_audit as audit
import fixtures_deliveries as deliveries
import fixtures_downtime as downtime
import fixtures_extract as extract
import fixtures_handover as handover
import fixtures_indexes as indexes
import fixtures_labels as labels
import fixtures_lots as lots
import fixtures_measure as measure
import fixtures_nipt as nipt
import fixtures_people as people
import fixtures_plates as plates
import fixtures_queue as queue
import fixtures_racks as racks
import fixtures_review as review
import fixtures_self_test as self_test
import fixtures_send as send
import fixtures_settings as settings
import fixtures_storage as storage
import fixtures_tissue as tissue
import fixtures_views as views

from gms_desktop.documents.page_pictures import PagePicture, page_picture
from gms_desktop.documents.paper import one_page, write
from gms_desktop.services.extract_view import ExtractView
from gms_desktop.services.measure_views import MeasureView
from gms_desktop.services.plate_views import PlateView
from gms_desktop.services.rack_views import RackView
from gms_desktop.services.send_lines import SendView
from gms_desktop.services.storage_view import StorageView
from gms_desktop.services.tissue_view import TissueView
from ui import preview_words
from ui.actions import Place
from ui.main_window import MainWindow
from ui.screens.preview import PreviewScreen


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


def _settings_printers(window: MainWindow) -> None:
    window.go(Place.SETTINGS)
    window.settings.paint(settings.SETTINGS)
    window.settings.paint(settings.PRINTERS)


def _settings_ports(window: MainWindow) -> None:
    window.go(Place.SETTINGS)
    window.settings.paint(settings.PORTS)
    window.settings.tell(settings.TRIED_SCANNER)
    window.settings.tell(settings.TRIED_PRINTER)


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


def _extract(view: ExtractView) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.EXTRACT)
        window.extract.paint(view)

    return paint


def _racks(view: RackView) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.RACKS)
        window.racks.paint(view)

    return paint


def _plates(view: PlateView) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.PLATES)
        window.plates.paint(view)

    return paint


def _measure(view: MeasureView) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.MEASURE)
        window.measure.paint(view)

    return paint


def _storage(view: StorageView) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.STORAGE)
        window.storage.paint(view)

    return paint


def _send(view: SendView) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.SEND_AWAY)
        window.send_away.paint(view)

    return paint


def _tissue(view: TissueView) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.TISSUE)
        window.tissue.paint(view)
        if view.pictures:
            window.tissue.thumbnails.show_picture(0, PagePicture(0, 1, 96, 64, bytes((200, 150, 170)) * 96 * 64, ""))

    return paint


def _expected(window: MainWindow) -> None:
    window.go(Place.EXPECTED)
    window.expected.paint(views.EXPECTED)


def _expected_empty(window: MainWindow) -> None:
    window.go(Place.EXPECTED)
    window.expected.paint(views.EXPECTED_EMPTY)


def _reports(window: MainWindow) -> None:
    window.go(Place.REPORTS)
    window.reports.turn_to(nipt=False)
    window.reports.paint(views.REPORT)


def _reports_audit(window: MainWindow) -> None:
    window.go(Place.REPORTS)
    window.reports.paint(views.REPORT)
    window.reports.turn_to_audit()
    window.reports.paint_audit(audit.TRAIL)


def _reports_nipt(view: nipt.NiptReportView) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.REPORTS)
        window.reports.turn_to(nipt=True)
        window.reports.paint_nipt(view)

    return paint


def _find_nipt(view: views.FindView) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.FIND)
        window.find_screen.paint(view)

    return paint


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


def _people(view: people.PeopleView, question: people.Question | None = None) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.PEOPLE)
        window.people.ask(question)
        window.people.paint(view)
        window.people.say_badge(people.said.BADGE_AWAITED if view.may_change and not view.chosen else "")

    return paint


def _confirm(view: people.ConfirmView, question: people.Question | None = None) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.CONFIRM)
        window.confirm.paint(view)
        window.confirm.ask(question)

    return paint


def _handover(view: object) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.HANDOVER)
        window.handover.paint(view)  # type: ignore[arg-type]

    return paint


def _labels(view: labels.LabelsView, layout: labels.LabelLayout | None, chosen: str) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.LABELS)
        window.labels.paint(view)
        window.labels.look(labels.look(view, layout, chosen))

    return paint


def _second(view: people.SignInView) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        _find(window)
        window.ask_second(view)

    return paint


def _find_second(window: MainWindow) -> None:
    window.go(Place.FIND)
    window.find_screen.paint(replace(views.FIND, question=people.SECOND))


def _without_pin(window: MainWindow) -> None:
    _lock(people.LOCKED)(window)
    window.sign_in.ask_without_pin(people.MAY_OPEN)


def _opened_without_pin(window: MainWindow) -> None:
    _receive(replace(views.RECEIVE, question=people.SECOND_WAITS, offers=()))(window)
    window.paint_strip(replace(views.STRIP, without_pin=True, badges=(("review", 2), ("confirm", 14))))


def _devices(window: MainWindow) -> None:
    window.go(Place.DEVICES)
    window.devices.paint(views.DEVICES)
    window.devices.paint_queue(queue.QueueView())


def _devices_queue(view: queue.QueueView) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.DEVICES)
        window.devices.paint((views.DEVICES[0], queue.PAPER_OUT))
        window.devices.paint_queue(view)

    return paint


def _self_test(view: object) -> Callable[[MainWindow], None]:
    def paint(window: MainWindow) -> None:
        window.go(Place.DEVICES)
        window.show_over(window.self_test)
        window.self_test.paint(view)  # type: ignore[arg-type]

    return paint


def _devices_hub(window: MainWindow) -> None:
    window.go(Place.DEVICES)
    window.paint_strip(views.STRIP_REFUSED)
    window.devices.paint((*views.DEVICES[:2], views.HUB_AWAY))
    window.devices.paint_queue(queue.QueueView())


def _settings(window: MainWindow) -> None:
    window.go(Place.SETTINGS)
    window.settings.paint(settings.SETTINGS)


def _set_up(window: MainWindow) -> None:
    window.show_set_up()
    window.set_up.paint(views.SET_UP)


def _set_up_problems(window: MainWindow) -> None:
    _set_up(window)
    window.set_up.badge_read("made-up badge")
    window.set_up.paint(views.SET_UP_PROBLEMS)


def _preview(window: MainWindow) -> None:
    window.go(Place.SEND_AWAY)
    screen = next(iter(window.findChildren(PreviewScreen)), None) or PreviewScreen()
    window.show_over(screen)
    screen.begin("SA-26-00412-letter.pdf", 0, 2, preview_words.WAIT)
    page = one_page("Letter", lambda drawn: write(drawn, "Send-away letter SA-26-00412", 20, 20, 120, 6, bold=True))
    screen.paint(page_picture(page, 0, screen.wide()))


def _keys(window: MainWindow) -> None:
    window.rail.keys.click()


def _typed(window: MainWindow) -> None:
    _receive(views.RECEIVE)(window)
    window.typed_code.open()


SCREENS: dict[str, Callable[[MainWindow], None]] = {
    "receive": _receive(views.RECEIVE),
    "receive_empty": _receive(deliveries.RECEIVE_EMPTY),
    "receive_delivery": _receive(deliveries.RECEIVE_DELIVERY),
    "receive_new_delivery": _receive(deliveries.RECEIVE_NEW_DELIVERY),
    "receive_refused": _receive(views.RECEIVE_REFUSED),
    "receive_question": _receive(views.RECEIVE_QUESTION),
    "receive_unannounced": _receive(views.RECEIVE_UNANNOUNCED),
    "receive_typed": _typed,
    "settings_ports": _settings_ports,
    "settings_printers": _settings_printers,
    "today": _today,
    "today_empty": _today_empty,
    "find": _find,
    "find_empty": _find_empty,
    "find_lots": _find_nipt(lots.LOTS),
    "find_lot_release": _find_nipt(lots.RELEASE),
    "expected": _expected,
    "expected_empty": _expected_empty,
    "reports": _reports,
    "reports_audit": _reports_audit,
    "reports_nipt": _reports_nipt(nipt.REPORT),
    "reports_nipt_refused": _reports_nipt(nipt.REFUSED),
    "find_nipt": _find_nipt(nipt.FIND_NIPT),
    "find_nipt_result": _find_nipt(nipt.RESULT),
    "find_nipt_no_result": _find_nipt(nipt.NO_RESULT),
    "extract": _extract(extract.OUT),
    "extract_filling": _extract(extract.FILLING),
    "extract_asked": _extract(extract.ASKED),
    "extract_none": _extract(extract.NONE),
    "racks": _racks(racks.READ),
    "racks_filling": _racks(racks.FILLING),
    "racks_asked": _racks(racks.ASKED),
    "racks_new": _racks(racks.NEW),
    "plates": _plates(plates.PLAN),
    "plates_planned": _plates(plates.PLANNED),
    "plates_holding": _plates(plates.HOLDING),
    "plates_asked": _plates(plates.ASKED),
    "plates_made": _plates(plates.MADE),
    "plates_stopped": _plates(plates.STOPPED),
    "plates_leaving_out": _plates(plates.LEAVING_OUT),
    "plates_discarding": _plates(plates.DISCARDING),
    "plates_nothing": _plates(plates.NOTHING),
    "indexes_proposed": _plates(indexes.PROPOSED),
    "indexes_choosing": _plates(indexes.CHOOSING),
    "indexes_pooling": _plates(indexes.POOLING),
    "indexes_pool": _plates(indexes.POOL),
    "indexes_asked": _plates(indexes.ASKED),
    "indexes_nothing": _plates(indexes.NOTHING),
    "measure": _measure(measure.FILE),
    "measure_limits": _measure(measure.LIMITS),
    "measure_limit_asked": _measure(measure.LIMIT_ASKED),
    "measure_order": _measure(measure.BY_ORDER),
    "measure_waiting": _measure(measure.WAITING),
    "measure_balance": _measure(measure.BALANCE),
    "measure_on_pan": _measure(measure.ON_PAN),
    "measure_asked": _measure(measure.ASKED),
    "send_away": _send(send.OPEN),
    "send_away_refused": _send(send.REFUSED),
    "send_away_packed": _send(send.PACKED),
    "send_away_asked": _send(send.ASKED),
    "send_away_none": _send(send.NONE),
    "send_away_letter": _send(send.LETTER),
    "send_away_not_whole": _send(send.NOT_WHOLE),
    "send_away_to_us": _send(send.TO_US),
    "send_away_to_us_asked": _send(send.TO_US_ASKED),
    "send_away_receivers": _send(send.PLACES),
    "send_away_receivers_asked": _send(send.PLACES_ASKED),
    "send_away_receivers_tissue": _send(send.PLACES_TISSUE),
    "measure_table": _measure(measure.TABLE),
    "measure_table_asked": _measure(measure.TABLE_ASKED),
    "tissue": _tissue(tissue.BLOCK),
    "tissue_asked": _tissue(tissue.ASKED),
    "tissue_corrected": _tissue(tissue.CORRECTED),
    "tissue_empty": _tissue(tissue.NOTHING),
    "storage": _storage(storage.BOX),
    "storage_freezer": _storage(storage.FREEZER),
    "storage_asked": _storage(storage.ASKED),
    "storage_disposal": _storage(storage.DISPOSAL),
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
    "people": _people(people.PEOPLE),
    "people_read": _people(people.PEOPLE_READ),
    "people_chosen": _people(people.PEOPLE_CHOSEN),
    "people_own": _people(people.PEOPLE_OWN),
    "people_question": _people(people.PEOPLE_CHOSEN, people.COMPETENCE),
    "confirm": _confirm(people.CONFIRM),
    "confirm_session": _confirm(people.CONFIRM_SESSION),
    "confirm_mine": _confirm(people.CONFIRM_MINE),
    "confirm_empty": _confirm(people.CONFIRM_EMPTY),
    "confirm_question": _confirm(people.CONFIRM, people.DECLINE),
    **{name: _handover(view) for name, view in handover.EVERY.items()},
    **{name: _labels(*shown) for name, shown in labels.EVERY.items()},
    "find_second": _find_second,
    "second_pin": _second(people.SECOND_PIN),
    "second_wrong": _second(people.SECOND_WRONG),
    "without_pin": _opened_without_pin,
    "devices": _devices,
    "devices_hub": _devices_hub,
    "self_test_begun": _self_test(self_test.BEGUN),
    "self_test_refused": _self_test(self_test.REFUSED),
    "self_test_found": _self_test(self_test.FOUND),
    "self_test_odd": _self_test(self_test.ODD),
    "receive_label_unknown": _receive(queue.RECEIVE_UNKNOWN),
    **{name: _devices_queue(view) for name, view in queue.EVERY.items()},
    "settings": _settings,
    "locked": _lock(views.LOCKED),
    "pin": _lock(views.PIN_AWAITED),
    "pin_wrong": _lock(views.PIN_WRONG),
    "locked_ended": _lock(people.LOCKED),
    "locked_without_pin": _without_pin,
    "set_up": _set_up,
    "set_up_problems": _set_up_problems,
    "keys": _keys,
    "preview": _preview,
}


def paint(window: MainWindow, name: str) -> None:
    """Show a screen of the list with the ordinary strip around it."""
    window.paint_strip(views.STRIP)
    SCREENS[name](window)
