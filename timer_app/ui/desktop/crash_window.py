"""The crash window: a bug of ours, with a report to copy, while the session goes on behind it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from timer_app.crash_report import Crash
from timer_app.i18n import _, ngettext
from timer_app.plain_text import plain_text
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import column, margins, row

_SIZE = (680, 480)


class CrashWindow(QDialog):
    """Show one bug, and how often it came again. The rest of the program goes on behind it.

    `quit_requested` comes when the user would rather end the program.
    """

    quit_requested = Signal()

    def __init__(self, theme: Theme, crash: Crash, parent: QWidget | None = None, *, over: bool = False) -> None:
        """`over` says that the program has ended with this, so that there is nothing to go on with."""
        super().__init__(parent)
        self._crash = crash
        self.setWindowTitle(_("Guided Session Timer"))
        self.resize(QSize(theme.px(_SIZE[0]), theme.px(_SIZE[1])).boundedTo(self.screen().availableSize()))
        self.what = Label(theme, _("Something went wrong in the program."), Type.TITLE, wrap=True)
        self.safe = Label(theme, _safe_words(over=over), wrap=True)
        self.again = Label(theme, "", tone="soft", wrap=True)
        self.report = _report_text(theme, crash)
        self.kept = Label(theme, _kept_words(crash), Type.SMALL, tone="soft", wrap=True)
        self.kept.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = Button(theme, _("Copy report"), sign="copy", key="Ctrl+C", shortcut=False)
        self.copy.clicked.connect(self._copy)
        self.quit = Button(theme, _("Close the program"), role="primary" if over else "")
        self.quit.clicked.connect(self._quit)
        self.go_on = Button(theme, _("Go on"), role="primary", key="Esc", shortcut=False)
        self.go_on.clicked.connect(self.accept)
        self.go_on.setVisible(not over)
        layout = column(
            self.what,
            self.safe,
            self.again,
            self.report,
            self.kept,
            row(self.copy, 0, self.quit, self.go_on),
            spacing=Space.MEDIUM,
        )
        margins(layout, Space.WIDE, spacing=Space.MEDIUM)
        self.setLayout(layout)
        self.show_count(crash)
        # Space and Enter do no harm when they were meant for the session behind.
        main = self.quit if over else self.go_on
        main.setDefault(True)
        main.setFocus()

    def show_count(self, crash: Crash) -> None:
        """Show how often this crash happened, or another that came meanwhile."""
        text = _("Meanwhile something else went wrong too: {what}").format(what=crash.what)
        if crash.report == self._crash.report:
            count = crash.count
            text = ngettext("It happened {count} time.", "It happened {count} times.", count).format(count=count)
        self.again.setText(text)
        self.again.setVisible(crash.count > 1 or crash.report != self._crash.report)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._crash.report)
        self.copy.setText(_("Copied"))

    def _quit(self) -> None:
        self.accept()
        self.quit_requested.emit()


def _report_text(theme: Theme, crash: Crash) -> QPlainTextEdit:
    """Return the report as text to read, in letters of equal width."""
    text = QPlainTextEdit(plain_text(crash.report))
    text.setReadOnly(True)
    text.setTabChangesFocus(True)
    text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(theme.font(Type.SMALL).pixelSize())
    text.setFont(font)
    # Without a widget of ours the system fills the corner between the scroll bars in a colour of its own.
    text.setCornerWidget(QWidget())
    text.setAccessibleName(_("The report"))
    return text


def _safe_words(*, over: bool) -> str:
    safe = _("Your session's record is safe.")
    after = _("The program has to end; start it again.") if over else _("You can go on, or close the program.")
    mend = _("The report below says what happened. It helps to mend it, and goes nowhere unless you send it.")
    return f"{safe} {after} {mend}"


def _kept_words(crash: Crash) -> str:
    if crash.file is None:
        return _("The report could not be saved; copy it if you want to keep it.")
    return _("Kept in {file}").format(file=crash.file)
