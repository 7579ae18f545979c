"""Text is shown as it was written, in tooltips too."""

from __future__ import annotations

import pytest

from timer_app.ui.widgets.text import plain_tip


@pytest.mark.parametrize(
    ("text", "tip"),
    [
        ("Plank · 1:00", "Plank · 1:00"),
        ("Squat & hold", "Squat & hold"),
        ("<b>Bold</b> & <i>brave</i>", "<p>&lt;b&gt;Bold&lt;/b&gt; &amp; &lt;i&gt;brave&lt;/i&gt;</p>"),
        ("a < b\nc", "<p>a &lt; b<br>c</p>"),
    ],
)
def test_what_looks_like_html_is_shown_as_it_is_written(text: str, tip: str) -> None:
    assert plain_tip(text) == tip
