"""The Settings page: every change applies and is saved at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from timer_app.i18n import _, ngettext
from timer_app.settings import Appearance, Reminders, Settings, Talk, ToneSet
from timer_app.sound.voice_selection import VoiceInfo, by_language
from timer_app.ui.look.theme import Space, Type
from timer_app.ui.support.services import Services
from timer_app.ui.support.speech_preview import VoicePreview
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.combo_box import ComboBox
from timer_app.ui.widgets.labels import Label, set_tip
from timer_app.ui.widgets.layouts import Card, ScrollPage, column, line, margins
from timer_app.ui.widgets.slider import Slider
from timer_app.ui.widgets.toggle_switch import Switch

WIDTH = 760
_CONTROL_WIDTH = 250


class SettingsPage(ScrollPage):
    """All settings, by topic."""

    _voices_arrived = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__(WIDTH)
        self._services = services
        self._theme = services.theme
        self._controls: list[QWidget] = []
        self._preview = VoicePreview(services, self)
        body = QVBoxLayout(self.content)
        margins(body, Space.WIDE, Space.WIDE, spacing=Space.MEDIUM)
        body.addWidget(Label(self._theme, _("Settings"), Type.DISPLAY))
        for title, rows in (
            (_("Look"), self._appearance_rows()),
            (_("Voice and tones"), self._sound_rows()),
            (_("Aim"), self._aim_rows()),
            (_("Through the day"), self._reminder_rows()),
        ):
            body.addSpacing(Space.MEDIUM)
            body.addWidget(Label(self._theme, title, Type.HEADING))
            body.addWidget(_card(rows))
        body.addStretch(1)
        services.settings.changed.connect(self._show)
        self._theme.changed.connect(self._set_control_widths)
        self._voices_arrived.connect(self._show_voices, Qt.ConnectionType.QueuedConnection)
        self._set_control_widths()
        self._show(services.settings.value)
        services.voice.voices(self._voices_arrived.emit)

    def _appearance_rows(self) -> Sequence[QWidget]:
        self.appearance = self._choice(
            _("Appearance"),
            (
                (_("As the system"), Appearance.SYSTEM),
                (_("Light"), Appearance.LIGHT),
                (_("Dark"), Appearance.DARK),
            ),
            lambda settings, value: replace(settings, appearance=Appearance(str(value))),
        )
        self.text_size = self._slider(
            _("Text size"),
            (100, 200),
            _percent,
            lambda settings, value: replace(settings, text_percent=value),
            step=10,
        )
        self.motion = Switch(self._theme, _("Less motion"))
        self.motion.toggled.connect(lambda on: self._save(replace(self._settings, reduced_motion=on)))
        return (
            self._row(_("Appearance"), "", self.appearance),
            self._row(_("Text size"), "", self.text_size),
            self._row(_("Less motion"), _("Numbers and colours change; nothing glides."), self.motion),
        )

    def _sound_rows(self) -> Sequence[QWidget]:
        self.talk = self._choice(
            _("How talkative"),
            (
                (_("Tells everything"), Talk.FULL),
                (_("Only what matters"), Talk.BRIEF),
                (_("Only counts"), Talk.COUNTS),
                (_("Only tones"), Talk.TONES),
                (_("Silent"), Talk.SILENT),
            ),
            lambda settings, value: replace(settings, talk=Talk(str(value))),
        )
        self.voice = self._choice(
            _("Voice"),
            ((_("The session's language"), ""),),
            lambda settings, value: replace(settings, voice=str(value)),
        )
        self.rate = self._slider(
            _("Pace of speech"),
            (80, 300),
            lambda value: _("{n} wpm").format(n=value),
            lambda settings, value: replace(settings, rate=value),
            step=5,
        )
        self.hear = Button(self._theme, _("Hear it"), sign="sound", tip=_("Hear the voice as it is chosen"))
        self.hear.clicked.connect(self._play_sample)
        self.voice_volume = self._slider(
            _("Voice volume"),
            (0, 100),
            _percent,
            lambda settings, value: replace(settings, voice_volume=value / 100),
            step=5,
        )
        self.tone_volume = self._slider(
            _("Tone volume"),
            (0, 100),
            _percent,
            lambda settings, value: replace(settings, tone_volume=value / 100),
            step=5,
        )
        self.muted = Switch(self._theme, _("No sound"))
        self.muted.toggled.connect(lambda on: self._save(replace(self._settings, muted=on)))
        self.tone_set = self._choice(
            _("Tones"),
            ((_("Bells"), ToneSet.BELLS), (_("Wood"), ToneSet.WOOD), (_("Pulses"), ToneSet.PULSES)),
            lambda settings, value: replace(settings, tone_set=ToneSet(str(value))),
        )
        self.lead_in = self._slider(
            _("Wake up headphones"),
            (0, 2000),
            lambda value: _("{n} s").format(n=f"{value / 1000:.1f}"),
            lambda settings, value: replace(settings, lead_in=value),
            step=100,
        )
        return (
            self._row(_("How talkative"), _("What is said aloud during a session."), self.talk),
            self._row(_("Voice"), "", self.voice),
            self._row(_("Pace of speech"), _("Words per minute."), self.rate),
            self._row(_("Try it"), "", self.hear),
            self._row(_("Voice volume"), "", self.voice_volume),
            self._row(_("Tones"), "", self.tone_set),
            self._row(_("Tone volume"), "", self.tone_volume),
            self._row(
                _("Wake up headphones"), _("Silence before the first sound, for those that swallow it."), self.lead_in
            ),
            self._row(_("No sound"), _("Every session begins muted; M turns the sound on."), self.muted),
        )

    def _aim_rows(self) -> Sequence[QWidget]:
        self.aim = self._slider(
            _("Days a week"),
            (1, 7),
            lambda value: ngettext("{n} day", "{n} days", value).format(n=value),
            lambda settings, value: replace(settings, weekly_aim_days=value),
        )
        self.aim_minutes = self._slider(
            _("Minutes a week"),
            (0, 300),
            lambda value: _("{n} min").format(n=value) if value else _("off"),
            lambda settings, value: replace(settings, weekly_aim_minutes=value),
            step=15,
        )
        self.morning = Switch(self._theme, _("Ask on the next morning"))
        self.morning.toggled.connect(lambda on: self._save(replace(self._settings, ask_next_morning=on)))
        return (
            self._row(_("Days a week"), _("Your own aim. It forgives, and never scolds."), self.aim),
            self._row(_("Minutes a week"), _("Counts in place of the days where it is on."), self.aim_minutes),
            self._row(_("Ask on the next morning"), _("How your back feels on the day after a session."), self.morning),
        )

    def _reminder_rows(self) -> Sequence[QWidget]:
        intervals = (Reminders.HALF_HOURLY, Reminders.HOURLY, Reminders.SELDOM)
        self.reminders = self._choice(
            _("Posture reminder"),
            ((_("Off"), Reminders.OFF), *((_every(each.minutes), each) for each in intervals)),
            lambda settings, value: replace(settings, reminders=Reminders(str(value))),
        )
        text = _("While this is open and no session runs.")
        return (self._row(_("Posture reminder"), text, self.reminders),)

    @property
    def _settings(self) -> Settings:
        return self._services.settings.value

    def _save(self, settings: Settings) -> None:
        self._services.settings.save(settings)

    def _choice(
        self, name: str, values: Sequence[tuple[str, object]], change: Callable[[Settings, object], Settings]
    ) -> ComboBox:
        choice = ComboBox(self._theme)
        choice.setAccessibleName(name)
        set_tip(choice, name)
        choice.offer(values)
        choice.chosen.connect(lambda value: self._save(change(self._settings, value)))
        return choice

    def _slider(
        self,
        name: str,
        bounds: tuple[int, int],
        words: Callable[[int], str],
        change: Callable[[Settings, int], Settings],
        *,
        step: int = 1,
    ) -> Slider:
        slider = Slider(self._theme, name, bounds, words, step=step)
        slider.chosen.connect(lambda value: self._save(change(self._settings, value)))
        return slider

    def _row(self, title: str, text: str, control: QWidget) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        margins(layout, Space.LARGE, Space.MEDIUM, spacing=Space.LARGE)
        # Centred by stretches: an alignment would not use the height for width of the labels.
        words = column(0, Label(self._theme, title, Type.STRONG, wrap=True))
        if text:
            words.addWidget(Label(self._theme, text, Type.SMALL, tone="soft", wrap=True))
        words.addStretch(1)
        layout.addLayout(words, 1)
        layout.addWidget(control, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if isinstance(control, ComboBox | Slider):
            self._controls.append(control)
        return row

    def _set_control_widths(self) -> None:
        for control in self._controls:
            control.setFixedWidth(min(self._theme.px(_CONTROL_WIDTH), 360))

    def _show(self, settings: Settings) -> None:
        """Show the current settings."""
        self.appearance.choose(settings.appearance)
        self.text_size.choose(settings.text_percent)
        self.motion.setChecked(settings.reduced_motion)
        self.talk.choose(settings.talk)
        self.voice.choose(settings.voice)
        self.rate.choose(settings.rate)
        self.voice_volume.choose(round(settings.voice_volume * 100))
        self.tone_volume.choose(round(settings.tone_volume * 100))
        self.tone_set.choose(settings.tone_set)
        self.lead_in.choose(settings.lead_in)
        self.muted.setChecked(settings.muted)
        self.aim.choose(settings.weekly_aim_days)
        self.aim_minutes.choose(settings.weekly_aim_minutes)
        self.morning.setChecked(settings.ask_next_morning)
        self.reminders.choose(settings.reminders)

    def _show_voices(self, voices: tuple[VoiceInfo, ...]) -> None:
        """Offer the voices of the system, those in the languages of the sessions first."""
        spoken = {entry.language for entry in self._services.library.entries()}
        first, others = by_language(voices, spoken)
        self.voice.offer([(_("The session's language"), ""), *map(_named, first)])
        if first and others:
            self.voice.insertSeparator(self.voice.count())
        for name, value in map(_named, others):
            self.voice.addItem(name, value)
        self.voice.choose(self._settings.voice)
        self.voice.setEnabled(bool(voices))
        self.hear.setEnabled(bool(voices))
        if not voices:
            self.voice.offer([(_("No voice on this computer"), "")])
            self.voice.choose("")

    def _play_sample(self) -> None:
        self._preview.hear(_("Next: plank, one minute. Three, two, one, go."))


def _card(rows: Sequence[QWidget]) -> Card:
    """Return a card of rows with thin lines between them."""
    card = Card()
    layout = QVBoxLayout(card)
    margins(layout, 1, Space.TIGHT)
    for number, row in enumerate(rows):
        if number:
            layout.addWidget(line())
        layout.addWidget(row)
    return card


def _named(voice: VoiceInfo) -> tuple[str, str]:
    """Return a voice's name with its first language, and its id."""
    language = voice.languages[0] if voice.languages else ""
    return (f"{voice.name} · {language}" if language else voice.name), voice.id


def _every(minutes: int) -> str:
    return ngettext("Every {n} minute", "Every {n} minutes", minutes).format(n=minutes)


def _percent(value: int) -> str:
    return _("{n} %").format(n=value)
