"""The voice: render texts to clips with the voice worker, on a thread of its own."""

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
    """Timeouts in seconds: for the worker to start, for one job, and idle before the worker is stopped."""

    start: float = 15.0
    job: float = 10.0
    idle: float = 60.0


@dataclass(slots=True)
class _Request:
    """The last request: the texts in their order, and its callbacks."""

    texts: tuple[str, ...]
    progress: Progress
    waiting: deque[str] = field(default_factory=deque)
    finished: Callable[[], None] | None = None
    failed: set[str] = field(default_factory=set)
    done: int = 0


class _VoiceSettings(Struct, frozen=True):
    """All that the sound of a text depends on, but for the text."""

    driver: str
    voice: str
    rate: int


class RenderedVoice:
    """The `Voice` of a computer that can speak, and of one that cannot: then no text ever has a length.

    `language` is the BCP 47 tag of the texts; `settings` give the voice and its rate. `on_trouble` is called once, on
    another thread, when there is no voice, or when clips cannot be stored.
    """

    def __init__(
        self,
        store: ClipStore,
        settings: Settings,
        language: str = "en",
        *,
        on_trouble: Callable[[Problem], None],
        command: Sequence[str] | None = None,
        timeouts: VoiceTimeouts | None = None,
    ) -> None:
        self._store = store
        self._on_trouble = on_trouble
        self._command = worker_command() if command is None else tuple(command)
        self._timeouts = timeouts or VoiceTimeouts()
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
        self._voice_requests: deque[Callable[[tuple[VoiceInfo, ...]], None]] = deque()
        self._closing = False
        self._reported: set[str] = set()
        self._failures = 0
        self._process: VoiceProcess | None = None
        self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether its thread is running."""
        return self._thread.is_alive()

    def lengths(self, texts: Iterable[str]) -> Lengths:
        """Return the lengths of those texts that have a clip now. Does not wait for the voice.

        With no voice chosen, there are none before the first `prepare` has found the voice of the language.
        """
        settings = self._voice_settings()
        lengths = {}
        for text in texts:
            key = self._key(text, settings)
            length = self._store.length(key) if key else None
            if length:
                lengths[text] = length
        return lengths

    def clip(self, words: str) -> bytes | None:
        """Return the samples of a text, or None when it has no clip now."""
        key = self._key(words, self._voice_settings())
        return self._store.load(key) if key else None

    def prepare(self, texts: Sequence[str], progress: Progress, finished: Callable[[], None] | None = None) -> None:
        """Request the missing clips in the order given, in place of the last request. Does not wait.

        `progress(done, total)` is called on the voice's thread, also once for an empty or an abandoned request, and
        `finished` once every text has been processed, whether it could be rendered or not.
        """
        unique = tuple(dict.fromkeys(texts))
        with self._changed:
            self._request = self._last = _Request(unique, progress, deque(unique), finished)
            self._failures = 0
            self._changed.notify()

    def voices(self, received: Callable[[tuple[VoiceInfo, ...]], None]) -> None:
        """Request the computer's voices; `received` is called with them, possibly none, on the voice's thread."""
        with self._changed:
            self._voice_requests.append(received)
            self._changed.notify()

    def set_voice(self, voice: str, rate: int) -> None:
        """Set the voice by its id, empty for the language's first, and its rate in words a minute.

        The last request is processed again with it, callbacks included, even when it was finished.
        """
        with self._changed:
            if (voice, rate) != (self._voice, self._rate):
                self._voice, self._rate = voice, rate
                self._restart(self._last)

    def set_language(self, language: str) -> None:
        """Set the BCP 47 language of the texts from now on."""
        with self._changed:
            if language != self._language:
                self._language = language
                # Another session follows: a finished request is not repeated in its language.
                self._restart(self._request)

    def close(self) -> None:
        """Stop the worker and its thread."""
        with self._changed:
            self._closing = True
            self._request = None
            process = self._process
            self._changed.notify()
        if process is not None:
            process.kill()
        # A worker that does not start is left alone: it ends with this process.
        self._thread.join(2.0)

    def _restart(self, before: _Request | None) -> None:
        if before is not None:
            again = _Request(before.texts, before.progress, deque(before.texts), before.finished)
            self._request = self._last = again
            self._failures = 0
            self._changed.notify()

    def _voice_settings(self) -> _VoiceSettings | None:
        """Return the current voice and rate, or None while no voice is known."""
        with self._changed:
            voice: str | None = self._voice
            if self._voices is None:
                voice = voice or None
            elif all(voice_info.id != voice for voice_info in self._voices):
                suitable = voice_for(self._language, self._voices, self._default)
                voice = suitable.id if suitable else None
            return _VoiceSettings(self._driver, voice, self._rate) if voice else None

    def _key(self, text: str, settings: _VoiceSettings | None) -> str | None:
        return None if settings is None else _clip_key(text, self._version, settings)

    # From here on: the voice's thread.

    def _run(self) -> None:
        with speech_file() as file:
            self._file: SpeechFile = file
            self._serve()

    def _serve(self) -> None:
        while True:
            with self._changed:
                waited = self._changed.wait_for(self._has_work, timeout=self._timeouts.idle if self._process else None)
                if self._closing:
                    break
                voices_request = self._voice_requests.popleft() if self._voice_requests else None
                request = self._request
            if not waited:
                self._stop_process()
            elif voices_request is not None:
                voices_request(self._list_voices())
            elif request is not None:
                self._advance(request)
        self._stop_process()

    def _has_work(self) -> bool:
        return self._closing or bool(self._voice_requests) or self._request is not None

    def _list_voices(self) -> tuple[VoiceInfo, ...]:
        self._failures = 0
        while self._voices is None and self._engine() is None and 0 < self._failures < _FAILURES:
            continue
        return self._voices or ()

    def _advance(self, request: _Request) -> None:
        """Process the next text of a request: render it if it has no clip, and report the progress."""
        if not request.waiting:
            self._finish(request)
            return
        text = request.waiting[0]
        if self._has_clip(text) or not speakable(text) or self._render(text, request):
            request.waiting.popleft()
            request.done += self._has_clip(text)
            if request.waiting and self._request is request:
                request.progress(request.done, len(request.texts))
        elif self._failures >= _FAILURES:
            self._abandon(request)

    def _has_clip(self, text: str) -> bool:
        """Whether a text has an undamaged clip."""
        return self.clip(text) is not None

    def _render(self, text: str, request: _Request) -> bool:
        """Render one missing clip. Return whether this text has been processed, rendered or not."""
        engine = self._engine()
        if engine is None:
            return False
        settings = self._voice_settings()
        key = self._key(text, settings)
        if settings is None or key is None:
            self._failures = _FAILURES  # the engine has no voice for this language
            return False
        if self._store.load(key) is not None:
            return True
        try:
            self._file.clear()
            engine.render(speakable(text), settings.voice, settings.rate, self._file.name, self._timeouts.job)
            clip = treat(self._file.read())
        except EngineTrouble:
            self._process = None
            self._failures += 1
            # A text that stopped the engine twice is left out.
            again = text in request.failed
            request.failed.add(text)
            return again and self._failures < _FAILURES
        except (EngineRefused, OSError, ValueError):
            self._failures += 1
            return self._failures < _FAILURES
        self._failures = 0
        self._reported.discard("voice")
        if clip and (error := self._store.store(key, clip)) is not None:
            self._report_once("disk", Problem(_("Spoken lines cannot be kept on this disk: {}.").format(error), ""))
        return True

    def _engine(self) -> VoiceProcess | None:
        """Return the worker, started when there is none; None when that failed."""
        if self._process is not None:
            return self._process
        try:
            process = VoiceProcess(self._command, self._timeouts.start, self._file.shared)
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
            self._stop_process()
            return None
        try:
            voices, default = process.voices(self._timeouts.job)
        except (EngineTrouble, EngineRefused):
            self._stop_process()
            self._failures += 1
            return None
        with self._changed:
            self._voices, self._default = voices, default
            self._driver = process.driver
        return process

    def _stop_process(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()

    def _finish(self, request: _Request) -> None:
        self._store.evict()
        with self._changed:
            current = self._request is request
            if current:
                self._request = None
        if current:
            request.progress(len(self.lengths(request.texts)), len(request.texts))
            if request.finished is not None:
                request.finished()

    def _abandon(self, request: _Request) -> None:
        self._report_once("voice", _no_voice())
        request.waiting.clear()
        self._finish(request)

    def _report_once(self, what: str, problem: Problem) -> None:
        if what not in self._reported and not self._closing:
            self._reported.add(what)
            self._on_trouble(problem)


@lru_cache(maxsize=4096)
def _clip_key(text: str, engine: str, settings: _VoiceSettings) -> str | None:
    """Return the key of a text's clip, or None when there is nothing in it to say."""
    words = speakable(text)
    if not words:
        return None
    return clip_key(words, engine=engine, driver=settings.driver, voice=settings.voice, rate=settings.rate)


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
