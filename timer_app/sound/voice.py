"""The voice: texts rendered to clips by the process beside, on a thread of its own, so that nobody waits for it."""

from __future__ import annotations

import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final, TypeAlias

from msgspec import Struct

from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.settings import Settings
from timer_app.sound.clips import ClipStore, clip_key, treat
from timer_app.sound.speech_file import SpeechFile, speech_file
from timer_app.sound.voice_process import EngineRefused, EngineTrouble, NoEngine, VoiceProcess
from timer_app.sound.voice_selection import VoiceInfo, speakable, voice_for
from timer_app.sound.voice_worker import worker_command
from timer_app.timeline.cue_lines import Lengths

Progress: TypeAlias = Callable[[int, int], None]

_FAILURES: Final = 3


class VoiceTimeouts(Struct, frozen=True):
    """How long the voice waits, in seconds: for the process to start, for one job, and idle before it lets it go."""

    start: float = 15.0
    job: float = 10.0
    idle: float = 60.0


@dataclass(slots=True)
class _Request:
    """What was asked for last: the texts in their order, and whom to tell."""

    texts: tuple[str, ...]
    progress: Progress
    waiting: deque[str] = field(default_factory=deque)
    finished: Callable[[], None] | None = None
    failed: set[str] = field(default_factory=set)
    there: int = 0


class _VoiceSettings(Struct, frozen=True):
    """All that decides how a text sounds, but for the text."""

    driver: str
    voice: str
    rate: int


class RenderedVoice:
    """The `Voice` of a computer that can speak, and of one that cannot: then no text ever has a length.

    `language` is the BCP 47 tag of the texts; `settings` give the voice and its rate. `on_trouble` is told once, on
    another thread, that there is no voice, or that clips cannot be kept.
    """

    def __init__(
        self,
        store: ClipStore,
        settings: Settings,
        language: str = "en",
        *,
        on_trouble: Callable[[Problem], None],
        command: Sequence[str] | None = None,
        patience: VoiceTimeouts | None = None,
    ) -> None:
        self._store = store
        self._on_trouble = on_trouble
        self._command = worker_command() if command is None else tuple(command)
        self._patience = patience or VoiceTimeouts()
        self._version = _engine_version()
        self._changed = threading.Condition()
        self._language = language
        self._voice = settings.voice
        self._rate = settings.rate
        self._voices: tuple[VoiceInfo, ...] | None = None
        self._default = ""
        self._driver = {"darwin": "nsss", "win32": "sapi5"}.get(sys.platform, "espeak")
        self._request: _Request | None = None
        self._last: _Request | None = None
        self._askers: deque[Callable[[tuple[VoiceInfo, ...]], None]] = deque()
        self._closing = False
        self._told: set[str] = set()
        self._failures = 0
        self._process: VoiceProcess | None = None
        self._thread = threading.Thread(target=self._work, name="voice", daemon=True)
        self._thread.start()

    @property
    def at_work(self) -> bool:
        """Whether its thread is there to do what is asked for."""
        return self._thread.is_alive()

    def lengths(self, texts: Iterable[str]) -> Lengths:
        """Return the lengths of those texts whose clips are there now. Does not wait for the voice.

        With no voice chosen, nothing is known before the first `prepare` has found the language's own.
        """
        manner = self._manner()
        found = {}
        for text in texts:
            key = self._key(text, manner)
            length = self._store.length(key) if key else None
            if length:
                found[text] = length
        return found

    def clip(self, words: str) -> bytes | None:
        """Return the samples of a text whose clip is there now, or None."""
        key = self._key(words, self._manner())
        return self._store.load(key) if key else None

    def prepare(self, texts: Sequence[str], progress: Progress, finished: Callable[[], None] | None = None) -> None:
        """Render the missing clips in the order given, forgetting what was asked for before. Does not wait.

        `progress(there, wanted)` is called on the voice's thread, also once for an empty or a hopeless request, and
        `finished` once every text has been dealt with, whether it could be rendered or not.
        """
        wanted = tuple(dict.fromkeys(texts))
        with self._changed:
            self._request = self._last = _Request(wanted, progress, deque(wanted), finished)
            self._failures = 0
            self._changed.notify()

    def voices(self, arrived: Callable[[tuple[VoiceInfo, ...]], None]) -> None:
        """Ask for the computer's voices; `arrived` is called with them on the voice's thread, with none if none."""
        with self._changed:
            self._askers.append(arrived)
            self._changed.notify()

    def set_voice(self, voice: str, rate: int) -> None:
        """Speak with the voice of this id from now on, empty for the language's first, at `rate` words a minute.

        What was asked for last is prepared anew with it, and whoever asked is told again, even when it was finished.
        """
        with self._changed:
            if (voice, rate) != (self._voice, self._rate):
                self._voice, self._rate = voice, rate
                self._begin_again(self._last)

    def set_language(self, language: str) -> None:
        """Speak the texts of this BCP 47 language from now on, as the session to come is written in it."""
        with self._changed:
            if language != self._language:
                self._language = language
                # Another session follows: what is finished is not wanted in its language.
                self._begin_again(self._request)

    def close(self) -> None:
        """End the voice's process and its thread."""
        with self._changed:
            self._closing = True
            self._request = None
            process = self._process
            self._changed.notify()
        if process is not None:
            process.kill()
        # A process that does not come up is left to its end: it ends with this one.
        self._thread.join(2.0)

    def _begin_again(self, before: _Request | None) -> None:
        if before is not None:
            again = _Request(before.texts, before.progress, deque(before.texts), before.finished)
            self._request = self._last = again
            self._failures = 0
            self._changed.notify()

    def _manner(self) -> _VoiceSettings | None:
        """Return who speaks now and how fast, or None while that is not known or there is nobody."""
        with self._changed:
            voice: str | None = self._voice
            if self._voices is None:
                voice = voice or None
            elif all(known.id != voice for known in self._voices):
                suitable = voice_for(self._language, self._voices, self._default)
                voice = suitable.id if suitable else None
            return _VoiceSettings(self._driver, voice, self._rate) if voice else None

    def _key(self, text: str, manner: _VoiceSettings | None) -> str | None:
        return None if manner is None else _clip_key(text, self._version, manner)

    # From here on: the voice's thread.

    def _work(self) -> None:
        with speech_file() as file:
            self._file: SpeechFile = file
            self._serve()

    def _serve(self) -> None:
        while True:
            with self._changed:
                waited = self._changed.wait_for(self._has_work, timeout=self._patience.idle if self._process else None)
                if self._closing:
                    break
                asker = self._askers.popleft() if self._askers else None
                request = self._request
            if not waited:
                self._let_go()
            elif asker is not None:
                asker(self._known_voices())
            elif request is not None:
                self._go_on(request)
        self._let_go()

    def _has_work(self) -> bool:
        return self._closing or bool(self._askers) or self._request is not None

    def _known_voices(self) -> tuple[VoiceInfo, ...]:
        self._failures = 0
        while self._voices is None and self._engine() is None and 0 < self._failures < _FAILURES:
            continue
        return self._voices or ()

    def _go_on(self, request: _Request) -> None:
        """Do one step of a request: look for the next text, render it if it is missing, and tell how far it is."""
        if not request.waiting:
            self._finish(request)
            return
        text = request.waiting[0]
        if self._there(text) or not speakable(text) or self._render(text, request):
            request.waiting.popleft()
            request.there += self._there(text)
            if request.waiting and self._request is request:
                request.progress(request.there, len(request.texts))
        elif self._failures >= _FAILURES:
            self._hopeless(request)

    def _there(self, text: str) -> bool:
        """Whether a text has its clip, looked at in full."""
        return self.clip(text) is not None

    def _render(self, text: str, request: _Request) -> bool:
        """Render one missing clip. Returns whether this text is dealt with, for better or worse."""
        engine = self._engine()
        if engine is None:
            return False
        manner = self._manner()
        key = self._key(text, manner)
        if manner is None or key is None:
            self._failures = _FAILURES  # there is an engine, and nobody in it who speaks this language
            return False
        if self._store.load(key) is not None:
            return True
        try:
            self._file.clear()
            engine.render(speakable(text), manner.voice, manner.rate, self._file.name, self._patience.job)
            clip = treat(self._file.read())
        except EngineTrouble:
            self._process = None
            self._failures += 1
            # A text that stopped the engine twice is left out, so that the others get their turn.
            again = text in request.failed
            request.failed.add(text)
            return again and self._failures < _FAILURES
        except (EngineRefused, OSError, ValueError):
            self._failures += 1
            return self._failures < _FAILURES
        self._failures = 0
        self._told.discard("voice")
        if clip and (error := self._store.store(key, clip)) is not None:
            self._tell_once("disk", Problem(_("Spoken lines cannot be kept on this disk: {}.").format(error), ""))
        return True

    def _engine(self) -> VoiceProcess | None:
        """Return the running process, started when there is none; None when that failed."""
        if self._process is not None:
            return self._process
        try:
            process = VoiceProcess(self._command, self._patience.start, self._file.shared)
        except NoEngine:
            self._failures = _FAILURES
            return None
        except EngineTrouble:
            self._failures += 1
            return None
        with self._changed:
            self._process = process
            closing = self._closing
        if closing:
            self._let_go()
            return None
        try:
            voices, default = process.voices(self._patience.job)
        except (EngineTrouble, EngineRefused):
            self._let_go()
            self._failures += 1
            return None
        with self._changed:
            self._voices, self._default = voices, default
            self._driver = process.driver
        return process

    def _let_go(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()

    def _finish(self, request: _Request) -> None:
        self._store.tidy()
        with self._changed:
            current = self._request is request
            if current:
                self._request = None
        if current:
            request.progress(len(self.lengths(request.texts)), len(request.texts))
            if request.finished is not None:
                request.finished()

    def _hopeless(self, request: _Request) -> None:
        self._tell_once("voice", _no_voice())
        request.waiting.clear()
        self._finish(request)

    def _tell_once(self, what: str, problem: Problem) -> None:
        if what not in self._told and not self._closing:
            self._told.add(what)
            self._on_trouble(problem)


@lru_cache(maxsize=4096)
def _clip_key(text: str, engine: str, manner: _VoiceSettings) -> str | None:
    """Return the key of a text's clip, or None when there is nothing in it to say."""
    words = speakable(text)
    if not words:
        return None
    return clip_key(words, engine=engine, driver=manner.driver, voice=manner.voice, rate=manner.rate)


def _no_voice() -> Problem:
    what = _(
        "There is no voice on this computer just now. The session goes on with tones, and the words on the screen."
    )
    if sys.platform in ("win32", "darwin"):
        return Problem(what, _("Look in the system's settings whether a voice is installed, then start again."))
    return Problem(what, _("Install espeak-ng, for example with: sudo apt install espeak-ng"))


def _engine_version() -> str:
    try:
        return version("pyttsx3")
    except PackageNotFoundError:
        return ""
