"""What the person answered to proposals: for each session the day of the last answer, in one small file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from timer_app.atomic_write import read_whole, write_atomically

_VERSION = 1


class ProposalAnswers:
    """The days on which a longer hold was taken or put off, by the stems of the sessions, kept in `file`.

    A file that cannot be read, or is not as this program writes it, holds no answers: then something is proposed once
    more, and nothing is lost.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def last(self, stem: str) -> date | None:
        """Return the day of the last answer for a session; None where there was none. From any thread."""
        return self._read().get(stem)

    def note(self, stem: str, day: date) -> None:
        """Keep the day of an answer, in place of an older one. Raises OSError with the old file as it was."""
        days = {**self._read(), stem: day}
        data = {"version": _VERSION, "answered": {name: each.isoformat() for name, each in sorted(days.items())}}
        write_atomically(self._file, (json.dumps(data, indent=2) + "\n").encode())

    def _read(self) -> dict[str, date]:
        try:
            data = json.loads(read_whole(self._file))
            if data["version"] != _VERSION:
                return {}
            return {str(stem): date.fromisoformat(day) for stem, day in data["answered"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}
