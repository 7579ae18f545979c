"""Today's suggestion: a session that suits today, from what was done of late, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from timer_app.definition.library import LibraryEntry
from timer_app.definition.model import Level
from timer_app.history.records import RunSummary
from timer_app.history.statistics.statistics import counts, day_of
from timer_app.i18n import _, ngettext

RUNS_CONSIDERED = 60
"""How many of the newest runs are looked at."""

SORE = 3
"""Back comfort, 0 to 10, at which a gentle session is suggested and no other: our choice."""

_WITH_SOMETHING_ELSE = frozenset({"warm-up", "cool-down", "mid-run", "recovery", "speed", "desk"})
"""Tags of sessions that go with a run or with work, and are not suggested by themselves."""

_CORE = "core"
_MISSED_FROM = 7
"""After so many days a session that was done before has been missing: our choice."""

BREAK = 21
"""After so many days without anything it begins gently again: our choice."""


class Suggestion(Struct, frozen=True):
    """A session to do today, and why it and no other, as part of a sentence."""

    entry: LibraryEntry
    why: str


def suggest(entries: Iterable[LibraryEntry], runs: Sequence[RunSummary], today: date) -> Suggestion | None:
    """Return what to do today, or None where something was done today, or nothing suits.

    `runs` are the newest, newest first. What was done in both of the last two runs is never suggested: no session comes
    three times running. A sore back, and the end of a break, get something gentle, and core on the two days before
    something else; then it is what has been missing longest, for beginners or at a level that was done before.
    """
    done = [run for run in runs if counts(run) and day_of(run) <= today]
    if done and day_of(done[0]) == today:
        return None
    last = {run.stem for run in done[:2]}
    twice = last if len(done) > 1 and len(last) == 1 else set()
    known = {entry.stem: entry for entry in entries}
    suited = [
        entry
        for entry in known.values()
        if not entry.broken and entry.stem not in twice and not _WITH_SOMETHING_ELSE & set(entry.tags)
    ]
    days = {run.stem: day_of(run) for run in reversed(done)}
    highest = max((_order(Level.BEGINNER), *(_rank(known[stem]) for stem in days if stem in known)))
    suited = [entry for entry in suited if _rank(entry) <= highest]
    for kept, why in (
        ([entry for entry in suited if entry.level is Level.GENTLE], _sore(done) or _after_a_break(done, today)),
        ([entry for entry in suited if _CORE not in entry.tags], _core_on_both_days(done, known, today)),
    ):
        if why and kept:
            return Suggestion(_longest_missing(kept, days), why)
    return _missing(suited, days, today)


def _missing(suited: Sequence[LibraryEntry], days: dict[str, date], today: date) -> Suggestion | None:
    """Return what was done before and has been missing, else something that was never done, else the longest ago."""
    if not suited:
        return None
    before = [entry for entry in suited if entry.stem in days]
    fresh = [entry for entry in suited if entry.stem not in days]
    if not before:
        return Suggestion(min(fresh, key=_gentlest), _("a kind one to begin with") if not days else _("something new"))
    longest = _longest_missing(before, days)
    ago = (today - days[longest.stem]).days
    if ago < _MISSED_FROM and fresh:
        return Suggestion(min(fresh, key=_gentlest), _("something new: you did the others of late"))
    return Suggestion(longest, ngettext("not done for {n} day", "not done for {n} days", ago).format(n=ago))


def _sore(done: Sequence[RunSummary]) -> str:
    """Return why something gentle is wanted, or nothing: by the newest rating of comfort after the last run."""
    if not done:
        return ""
    felt = done[0].comfort_after if done[0].comfort_next is None else done[0].comfort_next
    return _("your back was sore last time") if felt is not None and felt <= SORE else ""


def _after_a_break(done: Sequence[RunSummary], today: date) -> str:
    long_ago = bool(done) and (today - day_of(done[0])).days >= BREAK
    return _("gently, after your break") if long_ago else ""


def _core_on_both_days(done: Sequence[RunSummary], known: dict[str, LibraryEntry], today: date) -> str:
    days: dict[date, bool] = {}
    for run in done:
        core = run.stem in known and _CORE in known[run.stem].tags
        days[day_of(run)] = days.get(day_of(run), False) or core
    newest = sorted(days, reverse=True)[:2]
    together = [(today - day).days for day in newest] == [1, 2]
    return _("core two days running") if together and all(days[day] for day in newest) else ""


def _longest_missing(entries: Iterable[LibraryEntry], days: dict[str, date]) -> LibraryEntry:
    return min(entries, key=lambda entry: (days.get(entry.stem, date.min), _gentlest(entry)))


def _gentlest(entry: LibraryEntry) -> tuple[int, int, str]:
    return _rank(entry), entry.total, entry.stem


def _rank(entry: LibraryEntry) -> int:
    """Return how demanding a session is; one that does not say is as a beginner's."""
    return _order(entry.level or Level.BEGINNER)


def _order(level: Level) -> int:
    return list(Level).index(level)
