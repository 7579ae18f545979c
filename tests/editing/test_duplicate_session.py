from __future__ import annotations

from pathlib import Path

from tests.definition.strategies import CATALOGUE
from timer_app.definition.format_fields import LONGEST_NAME
from timer_app.definition.library import Library
from timer_app.editing.duplicate_session import make_copy

TEXT = "# mine\nformat: 1\nname: {}  # for Sundays\nsteps:\n  - {{rest: 5s}}\n"


def test_a_copy_keeps_comments_and_gets_a_name_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "mine.session.yaml").write_text(TEXT.format("Mine"))
    library = Library(tmp_path / "none", tmp_path, CATALOGUE)
    made = make_copy(library.find("mine"), library)
    assert made == tmp_path / "mine-copy.session.yaml"
    assert made.read_text() == TEXT.format("Mine (copy)").replace("  #", " #")


def test_a_long_name_is_cut_to_fit(tmp_path: Path) -> None:
    (tmp_path / "mine.session.yaml").write_text(TEXT.format("a" * LONGEST_NAME))
    library = Library(tmp_path / "none", tmp_path, CATALOGUE)
    made = make_copy(library.find("mine"), library)
    assert library.read(made).title == "a" * (LONGEST_NAME - len(" (copy)")) + " (copy)"
