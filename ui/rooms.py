"""Everything that a furnished window holds, in one import that comes after the window's first paint."""

from __future__ import annotations

from ui.screens.devices import DevicesScreen
from ui.screens.expected import ExpectedScreen
from ui.screens.find import FindScreen
from ui.screens.keys import KeysScreen
from ui.screens.receive import ReceiveScreen
from ui.screens.reports import ReportsScreen
from ui.screens.set_up import SetUpScreen
from ui.screens.settings import SettingsScreen
from ui.screens.sign_in import SignInScreen
from ui.screens.today import TodayScreen
from ui.widgets.foot_strip import FootStrip
from ui.widgets.rail import Rail
from ui.widgets.ribbon import Notices, Ribbon
from ui.widgets.typed_code import TypedCode

__all__ = [
    "DevicesScreen",
    "ExpectedScreen",
    "FindScreen",
    "FootStrip",
    "KeysScreen",
    "Notices",
    "Rail",
    "ReceiveScreen",
    "ReportsScreen",
    "Ribbon",
    "SetUpScreen",
    "SettingsScreen",
    "SignInScreen",
    "TodayScreen",
    "TypedCode",
]
