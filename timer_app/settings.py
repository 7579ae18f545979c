"""The user's settings: one frozen value, read leniently and saved whole or not at all."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from msgspec import Meta, Struct, ValidationError, convert, structs, to_builtins

from timer_app.atomic_write import read_whole, write_atomically, write_new
from timer_app.i18n import _
from timer_app.problems import Problem

Volume: TypeAlias = Annotated[float, Meta(ge=0, le=1)]


class Talk(StrEnum):
    """How talkative the voice is."""

    FULL = "full"
    BRIEF = "brief"
    COUNTS = "counts"
    TONES = "tones"
    SILENT = "silent"


class Appearance(StrEnum):
    """Which colours the window uses."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class ToneSet(StrEnum):
    """Which family of tones marks the events."""

    BELLS = "bells"
    WOOD = "wood"
    PULSES = "pulses"


class Reminders(StrEnum):
    """How often a break for posture is suggested while the program is open: never, or the minutes between two."""

    OFF = "off"
    HALF_HOURLY = "30"
    HOURLY = "60"
    SELDOM = "90"

    @property
    def minutes(self) -> int:
        """The minutes between two; 0 for never."""
        return 0 if self is Reminders.OFF else int(self.value)


class Settings(Struct, frozen=True):
    """All that the user can choose, with the choice that most would make as the default.

    `voice` is the engine's own id of a voice, empty for the language's first; `rate` is in words a minute (80 to 400);
    volumes go from 0 to 1; `lead_in` is silence in milliseconds before the first sound after a silence, for headphones
    that swallow it (0 to 2,000); `text_percent` is the size of the text (100 to 200). The weekly
    aim counts days, or minutes (up to 1,500) where there are any; `ask_next_morning` is whether to ask how the back is.
    """

    talk: Talk = Talk.FULL
    voice: str = ""
    rate: Annotated[int, Meta(ge=80, le=400)] = 165
    voice_volume: Volume = 1.0
    tone_volume: Volume = 0.8
    tone_set: ToneSet = ToneSet.BELLS
    lead_in: Annotated[int, Meta(ge=0, le=2_000)] = 0
    muted: bool = False
    appearance: Appearance = Appearance.SYSTEM
    text_percent: Annotated[int, Meta(ge=100, le=200)] = 100
    reduced_motion: bool = False
    weekly_aim_days: Annotated[int, Meta(ge=1, le=7)] = 4
    weekly_aim_minutes: Annotated[int, Meta(ge=0, le=1_500)] = 0
    ask_next_morning: bool = True
    reminders: Reminders = Reminders.OFF
    welcomed: bool = False


class LoadedSettings(Struct, frozen=True):
    """Settings as read from the file, with what could not be used.

    `unusable` names the choices that were replaced by their defaults; `kept` is the copy of the file as it was, where
    there was something wrong in it.
    """

    settings: Settings
    unusable: tuple[str, ...] = ()
    kept: Path | None = None

    @property
    def problem(self) -> Problem | None:
        """What to show about settings that could not be read, or None when all is well."""
        if not self.unusable:
            return None
        what = _("Some of your settings could not be read ({names}), so the usual ones are used.").format(
            names=", ".join(self.unusable)
        )
        kept = _("The file as it was is kept as {file}.").format(file=self.kept) if self.kept else ""
        return Problem(what, kept)


def load_settings(file: Path) -> LoadedSettings:
    """Read the settings; what cannot be read gets its default, and the file as it was is kept beside it.

    Never raises: with no settings, or unreadable ones, the program still starts.
    """
    try:
        text = read_whole(file)
    except FileNotFoundError:
        return LoadedSettings(Settings(), (f"the link {file} leads nowhere",) if file.is_symlink() else ())
    except OSError as error:
        return LoadedSettings(Settings(), (error.strerror or str(error),))
    settings, unusable = _parse(text)
    if not unusable:
        return LoadedSettings(settings)
    return LoadedSettings(settings, unusable, _keep_beside(file, text))


def save_settings(settings: Settings, file: Path) -> None:
    """Save the settings: the file is the old one or the new one, never a mixture. Raises OSError."""
    write_atomically(file, (json.dumps(to_builtins(settings), indent=2) + "\n").encode())


def _parse(text: bytes) -> tuple[Settings, tuple[str, ...]]:
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        return Settings(), ("the whole file",)
    if not isinstance(tree, dict):
        return Settings(), ("the whole file",)
    chosen: dict[str, Any] = {}
    unusable: list[str] = []
    for field in structs.fields(Settings):
        if field.name in tree:
            try:
                chosen[field.name] = convert(tree[field.name], field.type)
            except ValidationError:
                unusable.append(field.name)
    return structs.replace(Settings(), **chosen), tuple(unusable)


def _keep_beside(file: Path, text: bytes) -> Path | None:
    """Keep an unreadable file under a name of its own; None when even that cannot be written."""
    for number in range(1, 1000):
        kept = file.with_name(f"{file.stem}.unreadable-{number}{file.suffix}")
        try:
            write_new(kept, text)
        except FileExistsError:
            if not _holds(kept, text):
                continue
        except OSError:
            return None
        return kept
    return None


def _holds(file: Path, text: bytes) -> bool:
    try:
        return read_whole(file) == text
    except OSError:
        return False
