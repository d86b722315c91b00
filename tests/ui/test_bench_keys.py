import re

import pytest
from painted import SCREENS
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from gms_desktop.domain.commands import Command
from ui.actions import ACTS, COMMANDS, JOBS, MAP_KEYS, ScreenAct, every_key
from ui.main_window import MainWindow
from ui.theme.icons import drawing
from ui.widgets.press import BenchButton, bench_height
from ui.widgets.rail import RailItem

SAFE = re.compile(r"((Shift|Ctrl|Ctrl\+Shift)\+)?F([1-9]|1[0-2])|Ctrl\+Shift\+[A-Z]|Ctrl\+[78]|Ctrl\+Z")
# Of the session's scope: the tests of one screen run after another, and its windows are made once.
EVERY = pytest.mark.parametrize("name", list(SCREENS), scope="session")
BINDINGS = [*COMMANDS.values(), *ACTS.values(), *(job.binding for job in JOBS)]


def test_every_command_and_every_act_has_a_key_and_an_icon():
    assert set(Command) == set(COMMANDS)
    assert set(ACTS) == set(ScreenAct)
    assert all(drawing(binding.icon) for binding in BINDINGS)


@pytest.mark.parametrize("binding", BINDINGS, ids=lambda binding: binding.key)
def test_no_key_is_one_that_a_scanner_types(binding):
    assert SAFE.fullmatch(binding.key)
    assert QKeySequence(binding.key).count() == 1


# On another screen the same key does the same to another thing.
SAME_MEANING = {
    Command.CASE_LABEL: Command.PRINT_AGAIN,
    Command.KEEP_RIGHT: Command.REJECT,
    Command.CASE_DESTROYED: Command.LABEL_SPOILED,
    Command.REOPEN_CASE: Command.OPEN_REQUEST,
    Command.CANCEL_REQUEST: Command.DECLINE_SECOND,
    Command.REVIVE_REQUEST: Command.CONFIRM_SECOND,
    Command.AMEND_REQUEST: Command.WRITE_NOTE,
    Command.ADD_ON: Command.GRANT_COMPETENCE,
    Command.SHARE_REQUEST: Command.HAND_OVER,
    Command.RELEASE_MATERIAL: Command.WITHDRAW_COMPETENCE,
    Command.SURPLUS: Command.TAKE_OVER,
    Command.NIPT_FORM: Command.NEW_DELIVERY,
    Command.NIPT_JUDGE: Command.NEXT_BAG,
    Command.NIPT_RESULT: Command.BAG_LEAKS,
    Command.QF_PCR: Command.NOT_FOR_US,
    Command.RELEASE_RISK: Command.FORM_ANSWERED,
    Command.ALIQUOT_LABELS: Command.OTHER_MEMBER,
    Command.DOWNTIME_REST: Command.CHANGE_ROLE,
    Command.PROPOSE_LAYOUT: Command.LABEL_SPOILED,
    Command.APPROVE_LAYOUT: Command.ACCEPT_WITH_COMMENT,
    Command.LABEL_CAME_OUT: Command.CONFIRM_SECOND,
    Command.LABEL_NOT_OUT: Command.DECLINE_SECOND,
    Command.DROP_LABEL: Command.CHANGE_ROLE,
    Command.DROP_QUEUE: Command.WITHDRAW_COMPETENCE,
    Command.RUN_QUEUE: Command.GRANT_COMPETENCE,
    Command.DOWNTIME_ENTER: Command.CONFIRM_SECOND,
    Command.DOWNTIME_SPOIL: Command.DECLINE_SECOND,
    Command.DOWNTIME_RANGE: Command.NEW_DELIVERY,
    Command.REVIEW_SESSION: Command.EXAMINE,
    Command.KEEP_LEFT: Command.ACCEPT_WITH_COMMENT,
    Command.REGISTER_RACK: Command.NEW_DELIVERY,
    Command.RACK_SIZE: Command.BAG_LEAKS,
    Command.RACK_PURPOSE: Command.NEXT_BAG,
    Command.NAME_WELL: Command.TAKE_UP_LABEL,
    Command.WELLS_EMPTY: Command.PUT_LABEL_OFF,
    Command.CORNER_SEEN: Command.ACKNOWLEDGE_NOTE,
    Command.SAVE_RACK: Command.LABEL_SPOILED,
    Command.SAVE_AS_READ: Command.ACCEPT_WITH_COMMENT,
    Command.RACK_ASIDE: Command.CLOSE_DELIVERY,
    Command.BEGIN_BATCH: Command.NEW_DELIVERY,
    Command.PLACE_BLANK: Command.NEXT_BAG,
    Command.PLACE_CONTROL: Command.BAG_LEAKS,
    Command.OPEN_BATCH: Command.FOLLOW_UP,
    Command.START_BATCH: Command.TAKE_OVER,
    Command.END_BATCH: Command.TAKE_UP_DELIVERY,
    Command.NAME_POSITION: Command.TAKE_UP_LABEL,
    Command.POSITION_FAILED: Command.REJECT,
    Command.TAKE_OUT_OF_BATCH: Command.NOT_FOR_US,
    Command.DROP_BATCH: Command.STEP_DONE,
    Command.ELUATE_LABEL: Command.PRINT_AGAIN,
    Command.THING_LABEL: Command.PRINT_AGAIN,
    Command.MEASURE_BLANK: Command.ACKNOWLEDGE_NOTE,
    Command.RELEASE_BATCH: Command.HAND_OVER,
    Command.POOL_ELUATES: Command.ANOTHER_TUBE,
    Command.ELUATE_VOLUME: Command.SOMETHING_DIFFERS,
    Command.BATCH_ASIDE: Command.CLOSE_DELIVERY,
    Command.TAKE_OUT_TUBE: Command.NOT_FOR_US,
    Command.RELEASE_BIND: Command.STEP_DONE,
    Command.VOLUME_LEFT: Command.SOMETHING_DIFFERS,
    Command.RACK_MAP: Command.PRINT_AGAIN,
    Command.BIND_VOLUME: Command.SOMETHING_DIFFERS,
    Command.EMPTIED: Command.FORM_ALONE,
    Command.PLATE_MOVE: Command.TAKE_UP_LABEL,
    Command.PLATE_CONTROL: Command.NEW_DELIVERY,
    Command.PLATE_BUFFER: Command.NEXT_BAG,
    Command.PLATE_NEXT: Command.BAG_LEAKS,
    Command.PLATE_TYPE: Command.NOT_FOR_US,
    Command.PLATE_HOLDING: Command.TAKE_OVER,
    Command.PLATE_ANNOUNCED: Command.FORM_ALONE,
    Command.PLATE_KEEP: Command.LABEL_SPOILED,
    Command.PLATE_OPEN: Command.TAKE_UP_DELIVERY,
    Command.PLATE_RESCAN: Command.ACKNOWLEDGE_NOTE,
    Command.PLATE_WORKLISTS: Command.KEEP_BOTH,
    Command.PLATE_DILUTE: Command.TAKE_OVER,
    Command.DILUTION_LIST: Command.LABEL_SPOILED,
    Command.LEAVE_OUT: Command.PUT_LABEL_OFF,
    Command.PLATE_DROP: Command.STEP_DONE,
    Command.PLATE_DISCARD: Command.REJECT,
    Command.PLATE_ASIDE: Command.CLOSE_DELIVERY,
    Command.INDEX_WORK: Command.WRITE_NOTE,
    Command.INDEX_SET: Command.HAND_OVER,
    Command.INDEX_REGISTER: Command.NEW_DELIVERY,
    Command.INDEX_OPEN: Command.TAKE_UP_DELIVERY,
    Command.INDEX_KEEP: Command.TAKE_OVER,
    Command.POOL_BEGIN: Command.ANOTHER_TUBE,
    Command.POOL_SHEET: Command.KEEP_BOTH,
    Command.TISSUE_CASE: Command.NEW_DELIVERY,
    Command.TISSUE_JOIN: Command.BAG_LEAKS,
    Command.TISSUE_TIMES: Command.NEXT_BAG,
    Command.TISSUE_ASSESS: Command.ACKNOWLEDGE_NOTE,
    Command.TISSUE_LEFT: Command.WRITE_NOTE,
    Command.TISSUE_CUT: Command.NOT_FOR_US,
    Command.TISSUE_BLADE: Command.TAKE_OVER,
    Command.TISSUE_AGREED: Command.HAND_OVER,
    Command.TISSUE_STAIN: Command.URGENT,
    Command.TISSUE_SCRAPE: Command.ANOTHER_TUBE,
    Command.TISSUE_REPORT: Command.TAKE_UP_DELIVERY,
    Command.TISSUE_CHANGE: Command.KEEP_BOTH,
    Command.TISSUE_END: Command.REJECT,
    Command.TISSUE_CORRECT: Command.TAKE_UP_LABEL,
    Command.TISSUE_ASIDE: Command.CLOSE_DELIVERY,
    Command.REGISTER_PLACE: Command.NEW_DELIVERY,
    Command.TAKE_OUT: Command.NOT_FOR_US,
    Command.PLACE_STOPPED: Command.BAG_LEAKS,
    Command.PLACE_RESTORED: Command.TAKE_OVER,
    Command.CHECK_BOX: Command.ACKNOWLEDGE_NOTE,
    Command.POSITION_EMPTY: Command.PUT_LABEL_OFF,
    Command.DISPOSAL_LIST: Command.NEXT_BAG,
    Command.DISCARD: Command.REJECT,
    Command.PLACE_ASIDE: Command.CLOSE_DELIVERY,
    Command.ENTER_LOT: Command.WRITE_NOTE,
    Command.RELEASE_LOT: Command.HAND_OVER,
    Command.END_LOT: Command.DECLINE_SECOND,
    Command.SAVE_RUN: Command.LABEL_SPOILED,
    Command.RUN_ASIDE: Command.CLOSE_DELIVERY,
    Command.NAME_READING: Command.TAKE_UP_LABEL,
    Command.RUN_SEEN: Command.ACKNOWLEDGE_NOTE,
    Command.RUN_ORDER: Command.BAG_LEAKS,
    Command.RUN_DATES: Command.NEXT_BAG,
    Command.SHOW_LIMITS: Command.FORM_ALONE,
    Command.CHANGE_LIMIT: Command.NEW_DELIVERY,
    Command.CHANGE_CONTROL: Command.BAG_LEAKS,
    Command.TAKE_LIMIT_OUT: Command.REJECT,
    Command.PROPOSE_LIMITS: Command.KEEP_BOTH,
    Command.APPROVE_LIMITS: Command.KEEP_LEFT,
    Command.SHOW_TABLES: Command.WRITE_NOTE,
    Command.TABLE_HEADINGS: Command.NEW_DELIVERY,
    Command.TABLE_COLUMN: Command.TAKE_UP_LABEL,
    Command.TABLE_READS: Command.NEXT_BAG,
    Command.PROPOSE_TABLE: Command.KEEP_BOTH,
    Command.APPROVE_TABLE: Command.KEEP_LEFT,
    Command.RELEASE_RUN: Command.HAND_OVER,
    Command.WITHDRAW_TABLE: Command.REJECT,
    Command.HOLD_RUN: Command.NOT_FOR_US,
    Command.TAKE_BACK_READING: Command.CLOSE_DELIVERY,
    Command.READING_STANDS: Command.ACKNOWLEDGE_NOTE,
    Command.JUDGE_AGAIN: Command.WRITE_NOTE,
    Command.CONCEDE: Command.HAND_OVER,
    Command.QC_REPORT: Command.KEEP_BOTH,
    Command.SEND_OPEN: Command.NEW_DELIVERY,
    Command.SEND_CONTAINER: Command.NEXT_BAG,
    Command.SEND_REOPEN: Command.BAG_LEAKS,
    Command.SEND_TAKE_OUT: Command.NOT_FOR_US,
    Command.SEND_HAND_OVER: Command.WRITE_NOTE,
    Command.SEND_ARRIVED: Command.ACKNOWLEDGE_NOTE,
    Command.SEND_RECONCILE: Command.HAND_OVER,
    Command.SEND_FOLLOW: Command.TAKE_OVER,
    Command.SEND_ASIDE: Command.CLOSE_DELIVERY,
    Command.SEND_SHOW: Command.TAKE_UP_DELIVERY,
    Command.SEND_CLOSE: Command.LABEL_SPOILED,
    Command.SEND_END: Command.KEEP_LEFT,
    Command.SEND_LEFT_BEHIND: Command.PUT_LABEL_OFF,
    Command.SEND_CAME_BACK: Command.TAKE_UP_LABEL,
    Command.SEND_RECALL_TOLD: Command.SOMETHING_DIFFERS,
    Command.SEND_INCOMING: Command.URGENT,
    Command.SEND_ANSWER: Command.FORM_ALONE,
    Command.SEND_CORRECT: Command.REJECT,
    Command.SEND_CHASE: Command.UNANNOUNCED,
    Command.SHARE_HEARD: Command.TAKE_UP_DELIVERY,
    Command.SHARE_TOLD: Command.URGENT,
    Command.SHARE_CONFIRMED: Command.UNANNOUNCED,
    Command.SEND_PLACES: Command.NEXT_BAG,
    Command.SEND_PLACE: Command.TAKE_UP_DELIVERY,
    Command.SEND_PLACE_NEW: Command.NEW_DELIVERY,
    Command.SEND_PLACE_WHO: Command.NOT_FOR_US,
    Command.SEND_PLACE_TAKES: Command.WRITE_NOTE,
    Command.SEND_PLACE_WHEN: Command.ACKNOWLEDGE_NOTE,
    Command.SEND_PLACE_TISSUE: Command.HAND_OVER,
    Command.SEND_PLACE_PROPOSE: Command.LABEL_SPOILED,
    Command.SEND_PLACE_APPROVE: Command.KEEP_LEFT,
}


def test_commands_jobs_and_the_rail_never_share_a_key():
    assert all(COMMANDS[one].key == COMMANDS[other].key for one, other in SAME_MEANING.items())
    keys = [COMMANDS[command].key for command in COMMANDS if command not in SAME_MEANING]
    keys += [job.binding.key for job in JOBS]
    assert len(keys) == len(set(keys))


@EVERY
def test_no_key_means_two_things_on_one_screen(shown, app: QApplication, name):
    window = shown(name)
    keys = [
        shortcut.key().toString()
        for shortcut in window.findChildren(QShortcut)
        if shortcut.isEnabled() and shortcut.parent().isVisible() and shortcut.parent().isEnabled()
    ]
    assert len(keys) == len(set(keys))


@EVERY
def test_a_button_shows_the_key_that_presses_it(shown, app: QApplication, name):
    window = shown(name)
    for button in window.findChildren(BenchButton):
        if button.isVisible() and button.key:
            assert button.text().splitlines()[-1].strip() == button.key.replace("+", " ")


@EVERY
def test_at_most_one_button_of_a_screen_is_filled(shown, app: QApplication, name):
    window = shown(name)
    filled = [button for button in window.findChildren(BenchButton) if button.isVisible() and button.property("usual")]
    assert len(filled) <= 1


def test_the_list_of_keys_holds_every_key():
    shown = {key for key, _ in every_key()}
    assert {binding.shown for binding in BINDINGS} | {key for key, _ in MAP_KEYS} == shown


def test_a_bench_button_is_twenty_millimetres_high_under_a_finger():
    assert bench_height(96, touch=False) == 56
    assert bench_height(96, touch=True) == 76
    assert bench_height(141, touch=True) == 111
    assert bench_height(0, touch=True) == 56
    assert bench_height(9000, touch=True) == 160


def test_the_keys_of_the_rail_are_those_of_the_jobs(window: MainWindow):
    shown = {item.binding.key for item in window.rail.findChildren(RailItem)}
    assert {job.binding.key for job in JOBS} < shown
