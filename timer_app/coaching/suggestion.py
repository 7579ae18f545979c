"""Suggest a session for today, with a reason, from the last runs."""

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
"""How many of the newest runs are considered."""

SORE = 3
"""Back comfort, 0 to 10, up to which only gentle sessions are suggested: our choice."""

_WITH_SOMETHING_ELSE = frozenset({"warm-up", "cool-down", "mid-run", "recovery", "speed", "desk"})
"""Tags of sessions that belong to a run or to work, and are not suggested by themselves."""

_CORE = "core"
_MISSED_FROM = 7
"""Days after which a session is suggested again: our choice."""

BREAK = 21
"""Days without a run after which a gentle session is suggested: our choice."""


class Suggestion(Struct, frozen=True):
    """A session to do today, and the reason, as part of a sentence."""

    entry: LibraryEntry
    why: str


def suggest(entries: Iterable[LibraryEntry], runs: Sequence[RunSummary], today: date) -> Suggestion | None:
    """Return a session for today, or None where there was a run today, or no session fits.

    `runs` are the newest, newest first. A session is never suggested three times in a row. A sore back or a long break
    gets a gentle session, and core on the two days before another kind; then it is the one done longest ago, at most at
    the highest level done before.
    """
    done = [run for run in runs if counts(run) and day_of(run) <= today]
    if done and day_of(done[0]) == today:
        return None
    last = {run.stem for run in done[:2]}
    twice = last if len(done) > 1 and len(last) == 1 else set()
    by_stem = {entry.stem: entry for entry in entries}
    suited = [
        entry
        for entry in by_stem.values()
        if not entry.broken and entry.stem not in twice and not _WITH_SOMETHING_ELSE & set(entry.tags)
    ]
    days = {run.stem: day_of(run) for run in reversed(done)}
    highest = max((_order(Level.BEGINNER), *(_rank(by_stem[stem]) for stem in days if stem in by_stem)))
    suited = [entry for entry in suited if _rank(entry) <= highest]
    for kept, why in (
        ([entry for entry in suited if entry.level is Level.GENTLE], _sore(done) or _after_a_break(done, today)),
        ([entry for entry in suited if _CORE not in entry.tags], _core_on_both_days(done, by_stem, today)),
    ):
        if why and kept:
            return Suggestion(_longest_missing(kept, days), why)
    return _missing(suited, days, today)


def _missing(suited: Sequence[LibraryEntry], days: dict[str, date], today: date) -> Suggestion | None:
    """Return the session done longest ago if that is a week, else a new one, else the one done longest ago."""
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
    """Return the reason for a gentle session, or an empty text, by the last rating of the last run."""
    if not done:
        return ""
    felt = done[0].comfort_after if done[0].comfort_next is None else done[0].comfort_next
    return _("your back was sore last time") if felt is not None and felt <= SORE else ""


def _after_a_break(done: Sequence[RunSummary], today: date) -> str:
    long_ago = bool(done) and (today - day_of(done[0])).days >= BREAK
    return _("gently, after your break") if long_ago else ""


def _core_on_both_days(done: Sequence[RunSummary], by_stem: dict[str, LibraryEntry], today: date) -> str:
    days: dict[date, bool] = {}
    for run in done:
        core = run.stem in by_stem and _CORE in by_stem[run.stem].tags
        days[day_of(run)] = days.get(day_of(run), False) or core
    newest = sorted(days, reverse=True)[:2]
    together = [(today - day).days for day in newest] == [1, 2]
    return _("core two days running") if together and all(days[day] for day in newest) else ""


def _longest_missing(entries: Iterable[LibraryEntry], days: dict[str, date]) -> LibraryEntry:
    return min(entries, key=lambda entry: (days.get(entry.stem, date.min), _gentlest(entry)))


def _gentlest(entry: LibraryEntry) -> tuple[int, int, str]:
    return _rank(entry), entry.total, entry.stem


def _rank(entry: LibraryEntry) -> int:
    """Return the order of a session's level; without one it is a beginner's."""
    return _order(entry.level or Level.BEGINNER)


def _order(level: Level) -> int:
    return list(Level).index(level)
