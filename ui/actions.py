"""Every command and every screen with its key and icon: one table for buttons, keys and the list of keys.

A wedge scanner types letters, digits, Enter, Tab and Space. So nothing here has such a key: only F-keys, alone or
with Shift, Ctrl or both, Ctrl+Shift with a letter, and Ctrl+Z.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from gms_desktop.domain.commands import Command


class Place(StrEnum):
    """The screens a person can go to."""

    TODAY = "today"
    RECEIVE = "receive"
    EXTRACT = "extract"
    RACKS = "racks"
    PLATES = "plates"
    STORAGE = "storage"
    TISSUE = "tissue"
    MEASURE = "measure"
    SEND_AWAY = "send_away"
    FIND = "find"
    EXPECTED = "expected"
    REPORTS = "reports"
    DOWNTIME = "downtime"
    REVIEW = "review"
    CONFIRM = "confirm"
    HANDOVER = "handover"
    PEOPLE = "people"
    LABELS = "labels"
    DEVICES = "devices"
    SETTINGS = "settings"


class ScreenAct(StrEnum):
    """What a person can do on a screen that is no command of the bench's journal."""

    TYPE_A_CODE = "type a code"
    READ_RACK = "read the rack"
    WEIGH = "weigh what was scanned"
    TARE = "tare the balance"
    SAMPLE_SHEET = "save the sample sheet"
    NEXT_FILE = "open the next file of the instruments' folder"
    POSITION_FILE = "write the position file of a batch"
    THING_LABEL = "write the label of a plate or place"
    BATCH_SHEET = "write the sheet of a batch"
    SEND_PAPERS = "save the papers of a consignment"
    LOOK_PAPERS = "look at the papers of a consignment"
    LOOK_REPORTS = "look at the reports of the period"
    LOOK_PICTURES = "look at the pictures of a piece of tissue"
    PAGE_BACK = "the page before"
    PAGE_NEXT = "the next page"
    PAPER_NEXT = "the next paper"
    PAGE_SMALLER = "show the page smaller"
    PAGE_LARGER = "show the page larger"
    PAGE_FITS = "show the whole page"
    PAPER_SAVE = "save the paper in view"
    PAPER_PRINT = "print the paper in view"
    PREVIEW_CLOSE = "put the paper in view away"
    CONFIRM = "confirm"
    TRY_SCANNER = "try the scanner as entered"
    TRY_PRINTER = "try the printer as entered"
    TRY_BALANCE = "try the balance as entered"
    PRINT_RECOVERY_KEY = "print the recovery key"
    FIND = "find"
    SHOW_LOTS = "show the lots of reagents"
    CHOOSE_FILE = "choose a file"
    SHOW_REPORT = "show report"
    REPORT_PDF = "report as PDF"
    REPORT_XLSX = "report as XLSX"
    REPORT_OF_SPECIMENS = "report of unacceptable specimens"
    REPORT_TURNAROUND = "write turnaround by stage"
    REPORT_WORKLOAD = "write workload by hour"
    REPORT_QC_TREND = "write measurements by operator and kit"
    REPORT_AUDIT = "the audit trail"
    LOOK_PROOF = "prove the records of this bench"
    REPORT_OF_NIPT = "report of NIPT"
    MONTH_BEFORE = "the month before"
    MONTH_AFTER = "the month after"
    NIPT_FILES = "write the NIPT files of a month"
    DOWNTIME_PACK = "print a downtime pack"
    TEST_LABEL = "print a test label"
    SHOW_KEYS = "show keys"
    PUT_NOTICE_AWAY = "put the notice away"
    TEACH_SCANNER = "teach the bench its scanner"
    TEACH_AGAIN = "begin the self-test again"
    SELF_TEST_SHEET = "print the self-test sheet"
    COMMAND_CARDS = "print the command cards"


@dataclass(frozen=True)
class Binding:
    """A key in Qt's portable words and the icon's name."""

    key: str
    icon: str

    @property
    def shown(self) -> str:
        """The key as it stands on a control: ``Ctrl Shift H``."""
        return self.key.replace("+", " ")


@dataclass(frozen=True)
class Job:
    """A line of the rail."""

    place: Place
    title: str
    binding: Binding
    at_foot: bool = False


COMMANDS: Mapping[Command, Binding] = MappingProxyType(
    {
        Command.NO_CODE: Binding("Ctrl+Shift+N", "no-code"),
        Command.OPEN_REQUEST: Binding("Ctrl+Shift+O", "expected"),
        Command.UNANNOUNCED: Binding("Ctrl+Shift+U", "unannounced"),
        Command.SOMETHING_DIFFERS: Binding("Ctrl+Shift+D", "differs"),
        Command.ACCEPT_WITH_COMMENT: Binding("Ctrl+Shift+A", "comment"),
        Command.ACCEPT_AT_DISCRETION: Binding("Ctrl+Shift+I", "accept"),
        Command.HOLD: Binding("Ctrl+Shift+H", "hold"),
        Command.REJECT: Binding("Ctrl+Shift+R", "reject"),
        Command.FOLLOW_UP: Binding("Ctrl+Shift+F1", "hold"),
        Command.ASSESS_REQUEST: Binding("Ctrl+Shift+F2", "expected"),
        Command.STATE_CONSENT: Binding("Ctrl+Shift+F3", "comment"),
        Command.RAISE_PRIORITY: Binding("Ctrl+Shift+F4", "urgent"),
        Command.URGENT: Binding("Ctrl+F4", "urgent"),
        Command.PUT_LABEL_OFF: Binding("Ctrl+Shift+L", "label-off"),
        Command.LABEL_SPOILED: Binding("Ctrl+Shift+S", "label-spoiled"),
        Command.PRINT_AGAIN: Binding("Ctrl+Shift+P", "print"),
        # Of the print queue, on Devices and beside the tube in hand: their keys are those of Confirm and People.
        Command.LABEL_CAME_OUT: Binding("Shift+F4", "confirm"),
        Command.LABEL_NOT_OUT: Binding("Shift+F5", "reject"),
        Command.DROP_LABEL: Binding("Shift+F7", "cancel"),
        Command.DROP_QUEUE: Binding("Shift+F11", "cancel"),
        Command.RUN_QUEUE: Binding("Shift+F8", "print"),
        Command.ANOTHER_TUBE: Binding("Ctrl+Shift+B", "another-tube"),
        Command.TAKE_UP_LABEL: Binding("Ctrl+Shift+K", "label-up"),
        Command.FINISH: Binding("F12", "finish"),
        Command.DOWNTIME_ENTER: Binding("Shift+F4", "confirm"),
        Command.DOWNTIME_SPOIL: Binding("Shift+F5", "label-spoiled"),
        Command.DOWNTIME_RANGE: Binding("Ctrl+F1", "downtime"),
        Command.DOWNTIME_REST: Binding("Shift+F7", "finish"),
        Command.KEEP_LEFT: Binding("Ctrl+Shift+A", "keep-left"),
        Command.KEEP_RIGHT: Binding("Ctrl+Shift+R", "keep-right"),
        Command.KEEP_BOTH: Binding("Ctrl+Shift+W", "accept"),
        Command.CASE_TASK: Binding("Ctrl+Shift+F", "finish"),
        Command.CASE_LABEL: Binding("Ctrl+Shift+P", "print"),
        Command.CASE_DESTROYED: Binding("Ctrl+Shift+S", "label-spoiled"),
        Command.REOPEN_CASE: Binding("Ctrl+Shift+O", "review"),
        Command.LINK_PATIENTS: Binding("Ctrl+Shift+C", "another-tube"),
        Command.CHANGE_ROLE: Binding("Shift+F7", "comment"),
        Command.GRANT_COMPETENCE: Binding("Shift+F8", "accept"),
        Command.WITHDRAW_COMPETENCE: Binding("Shift+F11", "reject"),
        Command.SECOND_PERSON: Binding("Shift+F12", "another-tube"),
        Command.CONFIRM_SECOND: Binding("Shift+F4", "confirm"),
        Command.DECLINE_SECOND: Binding("Shift+F5", "reject"),
        Command.REVIEW_SESSION: Binding("Shift+F10", "review"),
        Command.WRITE_NOTE: Binding("Ctrl+F6", "comment"),
        Command.ACKNOWLEDGE_NOTE: Binding("Ctrl+F7", "confirm"),
        Command.HAND_OVER: Binding("Ctrl+F8", "finish"),
        Command.TAKE_OVER: Binding("Ctrl+F9", "confirm"),
        Command.NEW_DELIVERY: Binding("Ctrl+F1", "receive"),
        Command.NEXT_BAG: Binding("Ctrl+F2", "another-tube"),
        Command.BAG_LEAKS: Binding("Ctrl+F3", "differs"),
        Command.NOT_FOR_US: Binding("Ctrl+F5", "keep-right"),
        Command.FORM_ALONE: Binding("Ctrl+F10", "file"),
        Command.FORM_ANSWERED: Binding("Ctrl+Shift+F9", "comment"),
        Command.CLOSE_DELIVERY: Binding("Ctrl+F11", "finish"),
        Command.TAKE_UP_DELIVERY: Binding("Ctrl+F12", "expected"),
        Command.OTHER_MEMBER: Binding("Ctrl+Shift+F10", "another-tube"),
        Command.NAME_PATIENT: Binding("Ctrl+Shift+F11", "comment"),
        Command.MATERNAL_BLOOD: Binding("Ctrl+Shift+F12", "another-tube"),
        Command.CONDITION: Binding("Shift+F2", "differs"),
        Command.EXAMINE: Binding("Shift+F10", "comment"),
        Command.STEP_DONE: Binding("Ctrl+Shift+F5", "finish"),
        Command.WGS_CHECK: Binding("Ctrl+Shift+F6", "expected"),
        Command.SEPARATE: Binding("Ctrl+Shift+F7", "another-tube"),
        Command.NIPT_FORM: Binding("Ctrl+F1", "expected"),
        Command.NIPT_JUDGE: Binding("Ctrl+F2", "accept"),
        Command.NIPT_RESULT: Binding("Ctrl+F3", "finish"),
        Command.QF_PCR: Binding("Ctrl+F5", "finish"),
        Command.ALIQUOT_LABELS: Binding("Ctrl+Shift+F10", "print"),
        Command.STATE_RISK: Binding("Ctrl+Shift+F8", "unannounced"),
        Command.RELEASE_RISK: Binding("Ctrl+Shift+F9", "accept"),
        Command.SURPLUS: Binding("Ctrl+F9", "label-off"),
        # On Find alone: their keys are those of People, Confirm and Handover.
        Command.CANCEL_REQUEST: Binding("Shift+F5", "reject"),
        Command.REVIVE_REQUEST: Binding("Shift+F4", "undo"),
        Command.AMEND_REQUEST: Binding("Ctrl+F6", "comment"),
        Command.ADD_ON: Binding("Shift+F8", "accept"),
        Command.SHARE_REQUEST: Binding("Ctrl+F8", "export"),
        Command.SHARE_HEARD: Binding("Ctrl+F12", "comment"),
        Command.SHARE_TOLD: Binding("Ctrl+F4", "export"),
        Command.SHARE_CONFIRMED: Binding("Ctrl+Shift+U", "confirm"),
        Command.RELEASE_MATERIAL: Binding("Shift+F11", "label-up"),
        # On Labels alone: their keys are those of Receive.
        Command.PROPOSE_LAYOUT: Binding("Ctrl+Shift+S", "export"),
        Command.APPROVE_LAYOUT: Binding("Ctrl+Shift+A", "accept"),
        # At a rack alone.
        Command.REGISTER_RACK: Binding("Ctrl+F1", "another-tube"),
        Command.RACK_SIZE: Binding("Ctrl+F3", "racks"),
        Command.RACK_PURPOSE: Binding("Ctrl+F2", "expected"),
        Command.NAME_WELL: Binding("Ctrl+Shift+K", "label-up"),
        Command.WELLS_EMPTY: Binding("Ctrl+Shift+L", "label-off"),
        Command.CORNER_SEEN: Binding("Ctrl+F7", "confirm"),
        Command.SAVE_RACK: Binding("Ctrl+Shift+S", "finish"),
        Command.SAVE_AS_READ: Binding("Ctrl+Shift+A", "comment"),
        Command.RACK_ASIDE: Binding("Ctrl+F11", "label-off"),
        # At an extraction batch alone.
        Command.BEGIN_BATCH: Binding("Ctrl+F1", "another-tube"),
        Command.PLACE_BLANK: Binding("Ctrl+F2", "no-code"),
        Command.PLACE_CONTROL: Binding("Ctrl+F3", "comment"),
        Command.OPEN_BATCH: Binding("Ctrl+Shift+F1", "expected"),
        Command.START_BATCH: Binding("Ctrl+F9", "confirm"),
        Command.END_BATCH: Binding("Ctrl+F12", "finish"),
        Command.NAME_POSITION: Binding("Ctrl+Shift+K", "label-up"),
        Command.POSITION_FAILED: Binding("Ctrl+Shift+R", "reject"),
        Command.TAKE_OUT_OF_BATCH: Binding("Ctrl+F5", "keep-right"),
        Command.DROP_BATCH: Binding("Ctrl+Shift+F5", "reject"),
        Command.ELUATE_LABEL: Binding("Ctrl+Shift+P", "print"),
        Command.THING_LABEL: Binding("Ctrl+Shift+P", "print"),
        Command.MEASURE_BLANK: Binding("Ctrl+F7", "comment"),
        Command.RELEASE_BATCH: Binding("Ctrl+F8", "accept"),
        Command.POOL_ELUATES: Binding("Ctrl+Shift+B", "another-tube"),
        Command.ELUATE_VOLUME: Binding("Ctrl+Shift+D", "comment"),
        Command.BATCH_ASIDE: Binding("Ctrl+F11", "label-off"),
        # Of a tube that Find shows.
        Command.TAKE_OUT_TUBE: Binding("Ctrl+F5", "keep-right"),
        Command.RELEASE_BIND: Binding("Ctrl+Shift+F5", "undo"),
        Command.VOLUME_LEFT: Binding("Ctrl+Shift+D", "comment"),
        Command.RACK_MAP: Binding("Ctrl+Shift+P", "print"),
        Command.BIND_VOLUME: Binding("Ctrl+Shift+D", "comment"),
        Command.EMPTIED: Binding("Ctrl+F10", "label-off"),
        # At a plate alone.
        Command.PLATE_MOVE: Binding("Ctrl+Shift+K", "label-up"),
        Command.PLATE_CONTROL: Binding("Ctrl+F1", "another-tube"),
        Command.PLATE_BUFFER: Binding("Ctrl+F2", "comment"),
        Command.PLATE_NEXT: Binding("Ctrl+F3", "keep-right"),
        Command.PLATE_TYPE: Binding("Ctrl+F5", "expected"),
        Command.PLATE_HOLDING: Binding("Ctrl+F9", "racks"),
        Command.PLATE_ANNOUNCED: Binding("Ctrl+F10", "comment"),
        Command.PLATE_KEEP: Binding("Ctrl+Shift+S", "finish"),
        Command.PLATE_OPEN: Binding("Ctrl+F12", "expected"),
        Command.PLATE_RESCAN: Binding("Ctrl+F7", "racks"),
        Command.PLATE_WORKLISTS: Binding("Ctrl+Shift+W", "export"),
        Command.PLATE_DILUTE: Binding("Ctrl+F9", "comment"),
        Command.DILUTION_LIST: Binding("Ctrl+Shift+S", "export"),
        Command.LEAVE_OUT: Binding("Ctrl+Shift+L", "label-off"),
        Command.PLATE_DROP: Binding("Ctrl+Shift+F5", "reject"),
        Command.PLATE_DISCARD: Binding("Ctrl+Shift+R", "reject"),
        Command.PLATE_ASIDE: Binding("Ctrl+F11", "label-off"),
        # At index plates and pools, which Plates shows too.
        Command.INDEX_WORK: Binding("Ctrl+F6", "plates"),
        Command.INDEX_SET: Binding("Ctrl+F8", "file"),
        Command.INDEX_REGISTER: Binding("Ctrl+F1", "another-tube"),
        Command.INDEX_OPEN: Binding("Ctrl+F12", "expected"),
        Command.INDEX_KEEP: Binding("Ctrl+F9", "confirm"),
        Command.POOL_BEGIN: Binding("Ctrl+Shift+B", "another-tube"),
        Command.POOL_SHEET: Binding("Ctrl+Shift+W", "export"),
        # At storage alone.
        Command.REGISTER_PLACE: Binding("Ctrl+F1", "another-tube"),
        Command.TAKE_OUT: Binding("Ctrl+F5", "keep-right"),
        Command.PLACE_STOPPED: Binding("Ctrl+F3", "differs"),
        Command.PLACE_RESTORED: Binding("Ctrl+F9", "confirm"),
        Command.CHECK_BOX: Binding("Ctrl+F7", "confirm"),
        Command.POSITION_EMPTY: Binding("Ctrl+Shift+L", "label-off"),
        Command.DISPOSAL_LIST: Binding("Ctrl+F2", "expected"),
        Command.DISCARD: Binding("Ctrl+Shift+R", "reject"),
        Command.PLACE_ASIDE: Binding("Ctrl+F11", "label-off"),
        # At tissue alone.
        Command.TISSUE_CASE: Binding("Ctrl+F1", "another-tube"),
        Command.TISSUE_JOIN: Binding("Ctrl+F3", "keep-right"),
        Command.TISSUE_TIMES: Binding("Ctrl+F2", "expected"),
        Command.TISSUE_ASSESS: Binding("Ctrl+F7", "comment"),
        Command.TISSUE_LEFT: Binding("Ctrl+F6", "comment"),
        Command.TISSUE_CUT: Binding("Ctrl+F5", "keep-right"),
        Command.TISSUE_BLADE: Binding("Ctrl+F9", "confirm"),
        Command.TISSUE_AGREED: Binding("Ctrl+F8", "accept"),
        Command.TISSUE_STAIN: Binding("Ctrl+F4", "comment"),
        Command.TISSUE_SCRAPE: Binding("Ctrl+Shift+B", "label-off"),
        Command.TISSUE_REPORT: Binding("Ctrl+F12", "confirm"),
        Command.TISSUE_CHANGE: Binding("Ctrl+Shift+W", "comment"),
        Command.TISSUE_END: Binding("Ctrl+Shift+R", "reject"),
        Command.TISSUE_CORRECT: Binding("Ctrl+Shift+K", "comment"),
        Command.TISSUE_ASIDE: Binding("Ctrl+F11", "label-off"),
        # Of a lot that Find shows; a lot without a code is entered at Extract and Plates.
        Command.ENTER_LOT: Binding("Ctrl+F6", "comment"),
        Command.RELEASE_LOT: Binding("Ctrl+F8", "accept"),
        Command.END_LOT: Binding("Shift+F5", "reject"),
        # At measurements alone; the last three on Find.
        Command.SAVE_RUN: Binding("Ctrl+Shift+S", "finish"),
        Command.RUN_ASIDE: Binding("Ctrl+F11", "label-off"),
        Command.NAME_READING: Binding("Ctrl+Shift+K", "label-up"),
        Command.RUN_SEEN: Binding("Ctrl+F7", "confirm"),
        Command.RUN_ORDER: Binding("Ctrl+F3", "keep-right"),
        Command.RUN_DATES: Binding("Ctrl+F2", "expected"),
        Command.SHOW_LIMITS: Binding("Ctrl+F10", "expected"),
        Command.CHANGE_LIMIT: Binding("Ctrl+F1", "comment"),
        Command.CHANGE_CONTROL: Binding("Ctrl+F3", "comment"),
        Command.TAKE_LIMIT_OUT: Binding("Ctrl+Shift+R", "reject"),
        Command.PROPOSE_LIMITS: Binding("Ctrl+Shift+W", "export"),
        Command.APPROVE_LIMITS: Binding("Ctrl+Shift+A", "accept"),
        Command.SHOW_TABLES: Binding("Ctrl+F6", "file"),
        Command.TABLE_HEADINGS: Binding("Ctrl+F1", "expected"),
        Command.TABLE_COLUMN: Binding("Ctrl+Shift+K", "comment"),
        Command.TABLE_READS: Binding("Ctrl+F2", "expected"),
        Command.PROPOSE_TABLE: Binding("Ctrl+Shift+W", "export"),
        Command.APPROVE_TABLE: Binding("Ctrl+Shift+A", "accept"),
        Command.RELEASE_RUN: Binding("Ctrl+F8", "accept"),
        Command.WITHDRAW_TABLE: Binding("Ctrl+Shift+R", "reject"),
        Command.HOLD_RUN: Binding("Ctrl+F5", "hold"),
        Command.TAKE_BACK_READING: Binding("Ctrl+F11", "undo"),
        Command.READING_STANDS: Binding("Ctrl+F7", "comment"),
        Command.JUDGE_AGAIN: Binding("Ctrl+F6", "accept"),
        Command.CONCEDE: Binding("Ctrl+F8", "accept"),
        Command.QC_REPORT: Binding("Ctrl+Shift+W", "print"),
        Command.HISTORY_PAPER: Binding("Ctrl+7", "print"),
        # At send-aways alone.
        Command.SEND_OPEN: Binding("Ctrl+F1", "another-tube"),
        Command.SEND_CONTAINER: Binding("Ctrl+F2", "another-tube"),
        Command.SEND_REOPEN: Binding("Ctrl+F3", "undo"),
        Command.SEND_TAKE_OUT: Binding("Ctrl+F5", "keep-right"),
        Command.SEND_HAND_OVER: Binding("Ctrl+F6", "export"),
        Command.SEND_ARRIVED: Binding("Ctrl+F7", "confirm"),
        Command.SEND_RECONCILE: Binding("Ctrl+F8", "accept"),
        Command.SEND_FOLLOW: Binding("Ctrl+F9", "another-tube"),
        Command.SEND_ASIDE: Binding("Ctrl+F11", "label-off"),
        Command.SEND_SHOW: Binding("Ctrl+F12", "expected"),
        Command.SEND_CLOSE: Binding("Ctrl+Shift+S", "finish"),
        Command.SEND_END: Binding("Ctrl+Shift+A", "finish"),
        Command.SEND_LEFT_BEHIND: Binding("Ctrl+Shift+L", "label-off"),
        Command.SEND_CAME_BACK: Binding("Ctrl+Shift+K", "label-up"),
        Command.SEND_RECALL_TOLD: Binding("Ctrl+Shift+D", "comment"),
        Command.SEND_INCOMING: Binding("Ctrl+F4", "expected"),
        Command.SEND_ANSWER: Binding("Ctrl+F10", "file"),
        Command.SEND_CORRECT: Binding("Ctrl+Shift+R", "undo"),
        Command.SEND_CHASE: Binding("Ctrl+Shift+U", "comment"),
        Command.SEND_PLACES: Binding("Ctrl+F2", "expected"),
        Command.SEND_PLACE: Binding("Ctrl+F12", "expected"),
        Command.SEND_PLACE_NEW: Binding("Ctrl+F1", "another-tube"),
        Command.SEND_PLACE_WHO: Binding("Ctrl+F5", "comment"),
        Command.SEND_PLACE_TAKES: Binding("Ctrl+F6", "comment"),
        Command.SEND_PLACE_WHEN: Binding("Ctrl+F7", "comment"),
        Command.SEND_PLACE_TISSUE: Binding("Ctrl+F8", "comment"),
        Command.SEND_PLACE_PROPOSE: Binding("Ctrl+Shift+S", "export"),
        Command.SEND_PLACE_APPROVE: Binding("Ctrl+Shift+A", "accept"),
        Command.UNDO: Binding("Ctrl+Z", "undo"),
        Command.CANCEL: Binding("Ctrl+Shift+X", "cancel"),
        Command.LOCK: Binding("F11", "lock"),
        Command.SIGN_OUT: Binding("Ctrl+Shift+Q", "sign-out"),
    }
)

ACTS: Mapping[ScreenAct, Binding] = MappingProxyType(
    {
        ScreenAct.TYPE_A_CODE: Binding("Ctrl+Shift+T", "keyboard"),
        ScreenAct.READ_RACK: Binding("Ctrl+Shift+R", "racks"),
        ScreenAct.SAMPLE_SHEET: Binding("Ctrl+Shift+S", "export"),
        ScreenAct.NEXT_FILE: Binding("Ctrl+F12", "file"),
        ScreenAct.WEIGH: Binding("Ctrl+F9", "confirm"),
        ScreenAct.TARE: Binding("Ctrl+F7", "undo"),
        ScreenAct.POSITION_FILE: Binding("Ctrl+Shift+S", "export"),
        ScreenAct.THING_LABEL: Binding("Ctrl+Shift+P", "print"),
        ScreenAct.BATCH_SHEET: Binding("Ctrl+Shift+W", "print"),
        ScreenAct.SEND_PAPERS: Binding("Ctrl+Shift+W", "export"),
        ScreenAct.LOOK_PAPERS: Binding("Ctrl+7", "file"),
        ScreenAct.LOOK_REPORTS: Binding("Ctrl+7", "file"),
        ScreenAct.LOOK_PICTURES: Binding("Ctrl+7", "find"),
        # Over the screen of the job, whose own keys rest.
        ScreenAct.PAGE_BACK: Binding("Ctrl+F3", "keep-left"),
        ScreenAct.PAGE_NEXT: Binding("Ctrl+F4", "keep-right"),
        ScreenAct.PAPER_NEXT: Binding("Ctrl+F12", "file"),
        ScreenAct.PAGE_SMALLER: Binding("Ctrl+F6", "keep-left"),
        ScreenAct.PAGE_LARGER: Binding("Ctrl+F7", "find"),
        ScreenAct.PAGE_FITS: Binding("Ctrl+F8", "expected"),
        ScreenAct.PAPER_SAVE: Binding("Ctrl+Shift+S", "export"),
        ScreenAct.PAPER_PRINT: Binding("Ctrl+Shift+P", "print"),
        ScreenAct.PREVIEW_CLOSE: Binding("Ctrl+F11", "label-off"),
        ScreenAct.CONFIRM: Binding("Ctrl+Shift+C", "confirm"),
        ScreenAct.TRY_SCANNER: Binding("Ctrl+F5", "devices"),
        ScreenAct.TRY_PRINTER: Binding("Ctrl+F10", "devices"),
        ScreenAct.TRY_BALANCE: Binding("Ctrl+F9", "devices"),
        ScreenAct.PRINT_RECOVERY_KEY: Binding("Ctrl+F12", "print"),
        ScreenAct.FIND: Binding("Ctrl+Shift+F", "find"),
        ScreenAct.SHOW_LOTS: Binding("Ctrl+F12", "expected"),
        ScreenAct.CHOOSE_FILE: Binding("Ctrl+Shift+O", "file"),
        ScreenAct.SHOW_REPORT: Binding("Ctrl+Shift+W", "reports"),
        ScreenAct.REPORT_PDF: Binding("Ctrl+Shift+P", "print"),
        ScreenAct.REPORT_XLSX: Binding("Ctrl+Shift+S", "export"),
        ScreenAct.REPORT_OF_SPECIMENS: Binding("Ctrl+F1", "reports"),
        ScreenAct.REPORT_OF_NIPT: Binding("Ctrl+F2", "reports"),
        ScreenAct.REPORT_TURNAROUND: Binding("Ctrl+F6", "export"),
        ScreenAct.REPORT_WORKLOAD: Binding("Ctrl+F7", "export"),
        ScreenAct.REPORT_QC_TREND: Binding("Ctrl+F8", "export"),
        ScreenAct.REPORT_AUDIT: Binding("Ctrl+F9", "reports"),
        ScreenAct.LOOK_PROOF: Binding("Ctrl+F10", "confirm"),
        ScreenAct.MONTH_BEFORE: Binding("Ctrl+F3", "keep-left"),
        ScreenAct.MONTH_AFTER: Binding("Ctrl+F4", "keep-right"),
        ScreenAct.NIPT_FILES: Binding("Ctrl+Shift+S", "export"),
        ScreenAct.DOWNTIME_PACK: Binding("Ctrl+Shift+K", "print"),
        ScreenAct.TEST_LABEL: Binding("Ctrl+Shift+P", "print"),
        ScreenAct.SHOW_KEYS: Binding("Ctrl+Shift+J", "keyboard"),
        ScreenAct.PUT_NOTICE_AWAY: Binding("Ctrl+Shift+M", "confirm"),
        ScreenAct.TEACH_SCANNER: Binding("Ctrl+F6", "scanner"),
        ScreenAct.TEACH_AGAIN: Binding("Ctrl+F9", "undo"),
        ScreenAct.SELF_TEST_SHEET: Binding("Ctrl+F3", "print"),
        ScreenAct.COMMAND_CARDS: Binding("Ctrl+F4", "print"),
    }
)

JOBS = (
    Job(Place.TODAY, "Today", Binding("F1", "today")),
    Job(Place.RECEIVE, "Receive", Binding("F2", "receive")),
    Job(Place.EXTRACT, "Extract", Binding("F5", "extract")),
    Job(Place.RACKS, "Racks", Binding("F4", "racks")),
    Job(Place.PLATES, "Plates", Binding("F6", "plates")),
    Job(Place.MEASURE, "Measure", Binding("Shift+F6", "measure")),
    Job(Place.STORAGE, "Storage", Binding("F8", "storage")),
    Job(Place.SEND_AWAY, "Send away", Binding("F7", "export")),
    Job(Place.TISSUE, "Tissue", Binding("Ctrl+8", "tissue")),
    Job(Place.FIND, "Find", Binding("F9", "find")),
    Job(Place.REVIEW, "Review", Binding("F3", "review")),
    Job(Place.CONFIRM, "Confirm", Binding("Shift+F3", "confirm")),
    Job(Place.EXPECTED, "Expected", Binding("Ctrl+Shift+E", "expected"), at_foot=True),
    Job(Place.REPORTS, "Reports", Binding("Ctrl+Shift+Y", "reports"), at_foot=True),
    Job(Place.DOWNTIME, "Downtime", Binding("F10", "downtime"), at_foot=True),
    Job(Place.HANDOVER, "Handover", Binding("Shift+F1", "finish"), at_foot=True),
    Job(Place.PEOPLE, "People", Binding("Shift+F9", "comment"), at_foot=True),
    Job(Place.LABELS, "Labels", Binding("Ctrl+Shift+Z", "print"), at_foot=True),
    Job(Place.DEVICES, "Devices", Binding("Ctrl+Shift+V", "devices"), at_foot=True),
    Job(Place.SETTINGS, "Settings", Binding("Ctrl+Shift+G", "settings"), at_foot=True),
)


# The map has these itself, while it has the focus.
MAP_KEYS = (
    ("Arrow keys", "Go from well to well on a map of a rack, plate, batch or box"),
    ("Ctrl Enter", "Choose the well on the map"),
    ("Ctrl +", "Show the map closer"),
    ("Ctrl −", "Show the map from farther away"),
    ("Ctrl 0", "Show the whole map"),
)


def every_key() -> tuple[tuple[str, str], ...]:
    """Key and meaning of everything, for the list of keys."""
    jobs = tuple((job.binding.shown, job.title) for job in JOBS)
    acts = tuple((ACTS[act].shown, _begun(act.value)) for act in ScreenAct)
    commands = tuple((COMMANDS[command].shown, _begun(command.value)) for command in COMMANDS)
    return jobs + acts + commands + MAP_KEYS


def meanings() -> dict[str, str]:
    """What each key does, by its name in Qt's portable words; one key may do several things."""
    pairs = [(job.binding.key, job.title) for job in JOBS]
    pairs += [(ACTS[act].key, _begun(act.value)) for act in ScreenAct]
    pairs += [(COMMANDS[command].key, _begun(command.value)) for command in COMMANDS]
    found: dict[str, str] = {}
    for key, meaning in pairs:
        found.setdefault(key, meaning)
    return found


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
