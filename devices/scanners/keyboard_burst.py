"""Tells the burst of a scanner that types from a person typing. Pure: fed with keys and their times, no Qt.

A configured prefix makes a scan certain; without one a terminator and the rhythm decide. Whatever is not a whole scan
is given back key by key, in order: with its prefix lost, cut before its terminator, slowed, or too short. The rest of a
broken burst is never taken for a scan: after it, keys pass until a terminator or a pause of ``quiet_ms``.

Typing is delayed by ``hold_ms`` once after each pause, then not at all. Every key is exactly once let through,
replayed, or part of a scan. What this cannot see is a first character that never arrived when no prefix is configured:
configure a prefix, and let the shape of the code be checked.

Thresholds: a median gap of 35 ms and none above 100 ms lie between the scanners (1 to 30 ms) and the people (50 ms and
more) that published wedge readers set apart; times must be those of the events, not of their handling.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from itertools import pairwise
from statistics import median

from devices.scanners.framing import Framing, interpret
from devices.scanners.layout import LAYOUT, KeyboardState, seen, tells_the_layout, typed
from devices.values import Keyed, Scan


@dataclass(frozen=True)
class BurstSettings:
    """What a scanner's burst looks like. Times in milliseconds.

    Attributes:
        prefix: characters the scanner types before each code; with a prefix only what follows it is ever a scan.
        suffix: characters it types between the code and its terminator; a scan without them is marked.
        terminators: any of these characters ends a scan.
        median_ms: the most the median gap of a burst without prefix may be.
        gap_ms: the most any one gap of it may be.
        hold_ms: how long the first key after a pause, or a part of the prefix, is held back.
        prefixed_gap_ms: the most any one gap may be between prefix and terminator.
        quiet_ms: the pause after which keys that were passing may begin a scan again.
        least: characters a code has at least.
        longest: characters held back at most.
    """

    prefix: str = ""
    terminators: str = "\r\n\t"
    median_ms: float = 35
    gap_ms: float = 100
    hold_ms: float = 60
    prefixed_gap_ms: float = 300
    quiet_ms: float = 500
    least: int = 4
    longest: int = 512
    suffix: str = ""

    def __post_init__(self) -> None:
        if not self.terminators or set(self.prefix) & set(self.terminators):
            raise ValueError("a terminator is needed, and none may stand in the prefix")


@dataclass(frozen=True)
class Decision:
    """What to do now.

    Attributes:
        swallow: hold this key back. When false the key goes its way at once, and ``replay`` is empty.
        scan: the code of a burst that has just ended, without prefix and terminator.
        replay: keys held back until now, to be delivered in this order; this key is among them unless still held.
        keyed: how the keys of the scan came.
        state: through which wrong keyboard state the prefix was seen; None when it was seen as it is.
    """

    swallow: bool
    scan: str | None = None
    replay: tuple[str, ...] = ()
    keyed: Keyed | None = None
    state: KeyboardState | None = None


PASS = Decision(swallow=False)
HELD = Decision(swallow=True)


class _Mode(Enum):
    OPEN = auto()
    """A scan may begin, or has begun without proof."""
    ENDED = auto()
    """A scan has just ended: a second terminator (CR LF) belongs to it."""
    INSIDE = auto()
    """The whole prefix has come."""
    PASSING = auto()
    """A person types, or the rest of a broken burst arrives."""


class KeyboardBurst:
    """The state between keys. Keys of auto-repeat should not be fed; a code of one repeated character is typing."""

    def __init__(self, settings: BurstSettings | None = None) -> None:
        self._settings = settings or BurstSettings()
        self._mode = _Mode.OPEN
        self._held: list[str] = []
        self._gaps: list[float] = []
        self._times: list[float] = []
        self._last = 0.0
        # The prefix as each keyboard state shows it: seen so, it is a scan all the same, and tells of the state.
        self._shown = _shown(self._settings.prefix)
        self._state: KeyboardState | None = None

    @property
    def due_ms(self) -> float | None:
        """When ``idle`` should next be called, on the clock of the keys; none while nothing is held back."""
        return self._last + self._patience() if self._held else None

    def idle(self, now_ms: float) -> Decision:
        """No key has come since: give back what has been held for too long."""
        due = self.due_ms
        return Decision(True, None, self._give_up()) if due is not None and now_ms > due else PASS

    def key(self, char: str, at_ms: float) -> Decision:
        """One key: its character and the time of its event. How often ``idle`` was called changes no outcome."""
        before = self.idle(at_ms).replay
        gap = max(0.0, at_ms - self._last)
        self._last = at_ms
        return _after(before, self._judge(char, gap), char)

    def _patience(self) -> float:
        if self._mode is _Mode.INSIDE:
            return self._settings.prefixed_gap_ms
        alone = len(self._held) == 1 or self._settings.prefix
        return self._settings.hold_ms if alone else self._settings.gap_ms

    def _judge(self, char: str, gap: float) -> Decision:
        if self._mode is _Mode.INSIDE:
            return self._inside(char)
        if self._mode is _Mode.PASSING and gap <= self._settings.quiet_ms:
            return self._passing(char)
        if self._mode is _Mode.ENDED and char in self._settings.terminators and gap <= self._settings.gap_ms:
            return HELD
        self._mode = _Mode.OPEN
        return self._prefix(char) if self._settings.prefix else self._rhythm(char, gap)

    def _passing(self, char: str) -> Decision:
        if char in self._settings.terminators:
            self._mode = _Mode.OPEN
        return PASS

    def _prefix(self, char: str) -> Decision:
        """Hold what may be the prefix; let go of what cannot be."""
        run, times = "".join(self._held) + char, [*self._times, self._last]
        keep = next(
            n for n in range(len(run), -1, -1) if any(one.startswith(run[len(run) - n :]) for one in self._shown)
        )
        begun = run[len(run) - keep :]
        self._held, self._times = list(begun), times[len(times) - keep :]
        self._mode = _Mode.INSIDE if begun in self._shown else _Mode.OPEN
        self._state = self._shown.get(begun)
        return _released(run[: len(run) - keep], char, held=bool(keep))

    def _inside(self, char: str) -> Decision:
        self._hold(char)
        if char in self._settings.terminators:
            code = "".join(self._held[len(self._settings.prefix) : -1])
            return self._end(code or None)
        if len(self._held) >= self._settings.longest:
            return Decision(True, None, self._give_up())
        return HELD

    def _rhythm(self, char: str, gap: float) -> Decision:
        ends = char in self._settings.terminators
        if not self._held:
            return PASS if ends else self._hold(char)  # an Enter alone is a person's
        self._gaps.append(gap)
        if ends:
            whole = len(self._held) >= self._settings.least and len(set(self._held)) > 1 and not self._looks_typed()
            self._hold(char)
            return self._end("".join(self._held[:-1]) if whole else None)
        self._hold(char)
        if self._looks_typed() or len(self._held) >= self._settings.longest:
            return Decision(True, None, self._give_up())
        return HELD

    def _hold(self, char: str) -> Decision:
        self._held.append(char)
        self._times.append(self._last)
        return HELD

    def _looks_typed(self) -> bool:
        """Not before three gaps: one slow gap in a burst is no proof."""
        if len(self._gaps) < self._settings.least - 1:
            return False
        return median(self._gaps) > self._settings.median_ms

    def _end(self, code: str | None) -> Decision:
        if code is None:
            return Decision(True, None, self._let_go(_Mode.OPEN))
        ended = Decision(True, code, (), self._rhythm_of_all(), self._state)
        self._let_go(_Mode.ENDED)
        return ended

    def _rhythm_of_all(self) -> Keyed:
        gaps = [max(0.0, after - before) for before, after in pairwise(self._times)] or [0.0]
        prefix = self._settings.prefix
        known = self._state is None and tells_the_layout(prefix)
        return Keyed(len(self._times), round(median(gaps)), round(max(gaps)), bool(prefix), known)

    def _give_up(self) -> tuple[str, ...]:
        """A broken burst or typing. With a prefix configured there is nothing to wait out: only it begins a scan."""
        return self._let_go(_Mode.OPEN if self._settings.prefix else _Mode.PASSING)

    def _let_go(self, mode: _Mode) -> tuple[str, ...]:
        keys = tuple(self._held)
        self._held.clear()
        self._gaps.clear()
        self._times.clear()
        self._state = None
        self._mode = mode
        return keys


def _released(keys: str, char: str, held: bool) -> Decision:
    """A key that alone is released goes its own way; one behind others is replayed behind them."""
    if keys == char and not held:
        return PASS
    return Decision(True, None, tuple(keys))


def _after(before: tuple[str, ...], now: Decision, char: str) -> Decision:
    """The decision on a key, behind the keys given back just before it."""
    if not before:
        return now
    own = now.replay if now.swallow else (char,)
    return Decision(True, now.scan, before + own, now.keyed, now.state)


def _shown(prefix: str) -> dict[str, KeyboardState | None]:
    """The prefix as it may be seen, by what it then tells. As it is comes first and is never taken for another."""
    made: dict[str, KeyboardState | None] = {prefix: None} if prefix else {}
    for state in KeyboardState:
        shown = seen(prefix, state)
        if shown is not None and prefix:
            made.setdefault(shown, state)
    return made


def keyed_scan(
    code: str,
    at: datetime,
    keyboard: str,
    faults: tuple[str, ...] = (),
    keyed: Keyed | None = None,
    state: KeyboardState | None = None,
    suffix: str = "",
) -> Scan:
    """The scan of a burst's code: AIM identifier split off, faults marked. Keys have no bytes: ``raw`` is UTF-8.

    Args:
        code: what was seen between prefix and terminator.
        at: when.
        keyboard: the scanner's name.
        faults: those known already.
        keyed: how its keys came.
        state: the wrong keyboard state that the prefix was seen through. What was typed is then certain, or not at all.
        suffix: what the scanner types behind each code.
    """
    meant = code if state is None else typed(code, state)
    if meant is None:
        meant, state, faults = code, None, (*faults, LAYOUT)
    said = interpret(meant.encode("utf-8", "replace"), Framing(suffix=suffix.encode()), at, keyboard, faults)
    return replace(said, raw=code.encode("utf-8", "replace"), keyed=keyed, repaired=state.value if state else "")
