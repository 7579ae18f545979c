"""The problems in the user's exercise files, by file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from timer_app.i18n import _
from timer_app.problems import Finding
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.findings_view import FindingsView
from timer_app.ui.widgets.labels import ElidedLabel, Label
from timer_app.ui.widgets.layouts import ScrollCard, column, inset


class ExerciseProblems(ScrollCard):
    """The problems in exercise files, on the right side of the Exercises page."""

    def __init__(self, theme: Theme, findings: Sequence[Finding]) -> None:
        super().__init__()
        title = Label(theme, _("Exercise files that need mending"), Type.DISPLAY, wrap=True)
        text = _(
            "These are left out, or lead nowhere, until they are put right. Save them, and start the program anew."
        )
        self.body.addLayout(inset(column(title, Space.SMALL, Label(theme, text, tone="soft", wrap=True), Space.LARGE)))
        self.views: list[FindingsView] = []
        for file, group in groupby(sorted(findings), lambda finding: finding.file):
            name = ElidedLabel(theme, Path(file).name, Type.HEADING)
            self.body.addLayout(inset(column(name)))
            view = FindingsView(theme)
            view.show_findings(tuple(group))
            self.body.addWidget(view)
            self.views.append(view)
        self.body.addStretch(1)
