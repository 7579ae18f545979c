"""Where everything lives: what the program brings, and what the user keeps.

The user's folders come from platformdirs; one data folder given on the command line moves them all.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from timer_app.atomic_write import restrict_to_owner

APP_ID = "io.github.guided_session_timer.GuidedSessionTimer"
"""What the program is called among all programs: its desktop entry, its icon, its window and its place on the bus."""

FOLDER = "guided-session-timer"
"""What the user's folders are called. It must never change: what the user did lies there."""

_FILES = ("history.sqlite", "history.damaged-", "settings.json", "settings.unreadable-")
_FOLDERS = frozenset({"sessions", "exercises", "history-backups"})


# A dataclass, like `Finding`: what is packed for desktops is written with no library at all.
@dataclass(frozen=True, slots=True)
class Paths:
    """The folders and files of one user on one computer. Nothing here creates them."""

    data: Path
    config: Path
    cache: Path
    state: Path

    @property
    def sessions(self) -> Path:
        """The user's own session files."""
        return self.data / "sessions"

    @property
    def exercises(self) -> Path:
        """The user's own exercise files."""
        return self.data / "exercises"

    @property
    def history(self) -> Path:
        """The history, an SQLite file."""
        return self.data / "history.sqlite"

    @property
    def settings(self) -> Path:
        """What the user chose."""
        return self.config / "settings.json"

    @property
    def drafts(self) -> Path:
        """Sessions that are being edited and are not saved yet."""
        return self.state / "drafts"

    @property
    def deleted(self) -> Path:
        """Session files that were deleted, kept for a while."""
        return self.state / "deleted"

    @property
    def answers(self) -> Path:
        """When the user answered to proposals for a longer hold."""
        return self.state / "answers.json"

    @property
    def clips(self) -> Path:
        """Rendered speech. It can be deleted at any time."""
        return self.cache / "clips"


def user_paths(data_dir: Path | None = None) -> Paths:
    """Return the user's folders: the system's usual ones, or all of them inside `data_dir`."""
    if data_dir is not None:
        root = data_dir.expanduser().absolute()
        return Paths(data=root, config=root, cache=root / "cache", state=root / "state")
    import platformdirs  # noqa: PLC0415 - not needed when a folder is given

    dirs = platformdirs.PlatformDirs(FOLDER, appauthor=False)
    return Paths(dirs.user_data_path, dirs.user_config_path, dirs.user_cache_path, dirs.user_state_path)


def restrict_permissions(paths: Paths) -> None:
    """Close to everybody else what an older version has left open to them. What is not the program's stays as it is."""
    if os.name == "nt":
        return  # there a user's folders are closed by the system
    for folder in (paths.cache, paths.state):
        restrict_to_owner(folder, 2)
    for folder in {paths.data, paths.config}:
        with suppress(OSError):
            names = {entry.name for entry in folder.iterdir()}
            for name in names & _FOLDERS:
                restrict_to_owner(folder / name, 1)
            files = {name for name in names if name.startswith(_FILES)}
            for name in files:
                restrict_to_owner(folder / name)
            # A folder given on the command line may hold all sorts of other things.
            if folder.name == FOLDER or names <= files | _FOLDERS | {paths.cache.name, paths.state.name}:
                restrict_to_owner(folder)


def _shipped_root() -> Path:
    """Return the folder with `sessions/` and `assets/`: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).parent
    frozen = getattr(sys, "_MEIPASS", None)
    for root in (package / "_data", *([Path(frozen)] if frozen else []), package.parent):
        if (root / "assets").is_dir():
            return root
    raise RuntimeError(f"the program's assets are missing beside {package}")


def shipped_sessions() -> Path:
    """Return the folder of the sessions that the program brings."""
    return _shipped_root() / "sessions"


def assets() -> Path:
    """Return the folder of exercises, phrases, icons and the schema."""
    return _shipped_root() / "assets"
