"""Texts that look like something else are texts."""

from __future__ import annotations

import json

import pytest

from tests.definition.strategies import CATALOGUE
from timer_app.definition.model import ExerciseStep, FromStart, Hold, SayLine, Session
from timer_app.definition.parser import read_session
from timer_app.definition.serializer import write_session

LOOKALIKES = [
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "<img src=http://example.org/x.png>",
    "&lt;i&gt;",
    "&amp;",
    "<!-- x -->",
    "<a href='file:///etc/passwd'>x</a>",
    "http://example.org",
    "https://example.org/?a=b&c=d",
    "file:///etc/passwd",
    "mailto:a@example.org",
    "[link](http://example.org)",
    "![x](x.png)",
    "*bold*",
    "**bold**",
    "_x_",
    "`code`",
    "# head",
    "{0}",
    "{name}",
    "{}",
    "{self.__class__}",
    "%s",
    "%d %(name)s",
    "%n%n",
    "$HOME",
    "${HOME}",
    "$(whoami)",
    "`whoami`",
    "../../etc/passwd",
    "/etc/passwd",
    "C:\\Windows\\System32",
    "\\\\server\\share",
    "~/.ssh/id_rsa",
    "con",
    "nul",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "'; DROP TABLE run; --",
    '" onload="x',
    "null",
    "true",
    "~",
    "!!python/object:x",
    "&anchor",
    "*alias",
    "<<",
    "{{x}}",
    "{% x %}",
    "<speak>x</speak>",
    "1:30",
    "0x10",
    "1e3",
    "2026-01-01",
    "😀",
    "العربية",
]  # fmt: skip


def test_fifty_of_them() -> None:
    assert len(set(LOOKALIKES)) >= 50


@pytest.mark.parametrize("text", LOOKALIKES)
def test_text_stays_as_it_is_written(text: str) -> None:
    quoted = json.dumps(text, ensure_ascii=False)
    source = f"format: 1\nname: {quoted}\nabout: {quoted}\ntags: [{quoted}]\nsteps:\n"
    source += f"  - name: {quoted}\n    hold: 5s\n    say: [{{at: 1s, line: {quoted}}}]\n"
    session = read_session(source, "x", CATALOGUE)
    step = ExerciseStep(Hold(5_000), name=text, say=(SayLine(FromStart(1_000), text),))
    assert session == Session(text, (step,), about=text, tags=(text,))
    assert read_session(write_session(session), "x", CATALOGUE) == session
