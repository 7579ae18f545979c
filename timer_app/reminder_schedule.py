"""When to remind through the day: worked out from the clock at each look, never counted down.

Whoever looks does so every minute or so. What comes between two looks that are far apart is a sleep of the computer, or
somebody who was away: then nothing is made up for, and the time begins anew.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from timer_app.clock import Milliseconds

CHECK_EVERY: Milliseconds = 60_000
"""How far two looks are apart: often enough for a reminder, and too seldom to be noticed by a battery."""

AWAY: Milliseconds = 3 * CHECK_EVERY
"""From how much on two looks are so far apart that the computer slept: a late timer alone is less late than that."""


class ReminderSchedule(Struct, frozen=True):
    """A reminder every `every` milliseconds: the next is due at `due`, and the last look was at `seen`.

    All are milliseconds of the steady time.
    """

    every: Milliseconds
    due: Milliseconds
    seen: Milliseconds


def begin(every: Milliseconds, now: Milliseconds) -> ReminderSchedule:
    """Return a rhythm that begins now: the first reminder is due in `every` milliseconds."""
    return ReminderSchedule(every, now + every, now)


def check(rhythm: ReminderSchedule, now: Milliseconds, *, busy: bool) -> tuple[ReminderSchedule, bool]:
    """Return the rhythm after a look at the clock, and whether to remind.

    While the user is `busy` with a session the time begins anew with every look, so that a reminder never comes
    sooner after one than after another reminder.
    """
    if busy or now - rhythm.seen > AWAY:
        return begin(rhythm.every, now), False
    if now < rhythm.due:
        return replace(rhythm, seen=now), False
    return begin(rhythm.every, now), True
