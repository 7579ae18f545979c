"""Fields for the tags of a run (sleep, shoes, surface, what helped), with completion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from unicodedata import normalize

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from timer_app.history.records import Tag, TagKind
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.comma_completer import CommaCompleter
from timer_app.ui.widgets.labels import Label, set_tip
from timer_app.ui.widgets.layouts import margins

WORD_LENGTH = 60
"""The most characters of one tag."""

_LINE_LENGTH = 400


def tags_of(kind: TagKind, line: str) -> tuple[Tag, ...]:
    """Return the tags of a comma-separated line, without duplicates in any case."""
    tags: dict[str, Tag] = {}
    for word in line.split(","):
        short = normalize("NFC", " ".join(word.split()))[:WORD_LENGTH]
        if short:
            tags.setdefault(short.casefold(), Tag(kind, short))
    return tuple(sorted(tags.values()))


class TagFields(QWidget):
    """A line for each kind of tag. `tagged` carries all tags after a change.

    `used_words` returns the words that were used before, the most used first.
    """

    tagged = Signal(object)

    def __init__(self, theme: Theme, used_words: Callable[[TagKind], tuple[str, ...]]) -> None:
        super().__init__()
        self._theme = theme
        self._used_words = used_words
        self._tags: tuple[Tag, ...] = ()
        hints = {
            TagKind.SLEEP: _("on my side, badly …"),
            TagKind.SHOES: _("old trainers …"),
            TagKind.SURFACE: _("mat, grass …"),
            TagKind.HELPED: _("a walk, a hot shower …"),
        }
        self.fields: Mapping[TagKind, QLineEdit] = {kind: QLineEdit() for kind in TagKind}
        self._models = {kind: QStringListModel(self) for kind in TagKind}
        grid = QGridLayout(self)
        margins(grid, 0)
        grid.setHorizontalSpacing(Space.MEDIUM)
        grid.setVerticalSpacing(Space.TIGHT)
        for number, (kind, field) in enumerate(self.fields.items()):
            name = formatting.tag_kind(kind)
            field.setPlaceholderText(hints[kind])
            field.setAccessibleName(name)
            set_tip(field, _("{kind}: your own words, with commas between them").format(kind=name))
            field.setMaxLength(_LINE_LENGTH)
            completer = CommaCompleter(self._models[kind], field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            field.setCompleter(completer)
            field.editingFinished.connect(self.commit)
            caption = Label(theme, name, Type.SMALL, tone="soft")
            caption.setBuddy(field)
            down, across = divmod(number, 2)
            grid.addWidget(caption, 2 * down, across)
            grid.addWidget(field, 2 * down + 1, across)
            grid.setColumnStretch(across, 1)

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags as typed."""
        return tuple(sorted(tag for kind, field in self.fields.items() for tag in tags_of(kind, field.text())))

    def show_tags(self, tags: Iterable[Tag]) -> None:
        """Show the tags of a run, and update the completion."""
        self._write(tags)
        for kind in self.fields:
            self._models[kind].setStringList(list(self._used_words(kind)))

    def apply_theme(self) -> None:
        """Apply the theme's font."""
        for field in self.fields.values():
            field.setFont(self._theme.font(Type.BODY))

    def _as_before(self, tag: Tag) -> Tag:
        """Return a tag in the spelling of other runs: `Mat` and `mat` are the same tag.

        A word that this run already has is being respelt, and stays as typed.
        """
        same = tag.word.casefold()
        if any(each.kind is tag.kind and each.word.casefold() == same for each in self._tags):
            return tag
        used_words = self._models[tag.kind].stringList()
        return replace(tag, word=next((word for word in used_words if word.casefold() == same), tag.word))

    def _write(self, tags: Iterable[Tag]) -> None:
        """Set the text of the lines whose tags differ."""
        self._tags = tuple(sorted(tags))
        for kind, field in self.fields.items():
            line = ", ".join(tag.word for tag in self._tags if tag.kind is kind)
            if tags_of(kind, field.text()) != tags_of(kind, line):
                with QSignalBlocker(field):
                    field.setText(line)

    def commit(self) -> None:
        """Emit the tags where they have changed."""
        tags = tuple(sorted(map(self._as_before, self.tags)))
        if tags != self._tags:
            self._write(tags)
            self.tagged.emit(tags)
