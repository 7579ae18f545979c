"""Store the day of the user's last answer to a proposal, for each session, in a JSON file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from timer_app.atomic_write import read_whole, write_atomically

_VERSION = 1


class ProposalAnswers:
    """The days on which a longer hold was accepted or declined, by session stem, in `file`.

    A file that cannot be read, or has another format, counts as empty.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def last(self, stem: str) -> date | None:
        """Return the day of the last answer for a session; None where there was none. From any thread."""
        return self._read().get(stem)

    def record(self, stem: str, day: date) -> None:
        """Store the day of an answer, in place of an older one. Raises OSError and leaves the old file as it was."""
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
