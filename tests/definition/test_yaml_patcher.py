"""Changes of a text: values and items, with everything around them kept as its author wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import pytest

from tests.definition.test_parser import EXAMPLE
from tests.definition.test_serializer import changes
from timer_app.definition import format_fields
from timer_app.definition.text_edit import apply_edits
from timer_app.definition.to_mapping import Value
from timer_app.definition.yaml_patcher import CannotPatch, Part, YamlPatcher
from timer_app.schema.table_reader import Key
from timer_app.schema.yaml_tree import Items, Node, Pairs, Scalar, read_tree

LISTS = (format_fields.STEPS.name, format_fields.SAY.name)

COMMENTED = """\
format: 1
name: X
steps:

  # --- warm up ---

  # slowly
  - exercise: plank
    hold: 30s
    # not too long

  # the heart of it
  - exercise: superman      # arms ahead
    reps: 5
  # said of superman, with a line after it

  - rest: 30s
    # the end of the last step
# the end of the file
"""


def node_at(text: str, path: Sequence[int]) -> Node:
    """Return the item at a path: indices in the lists of steps, and of what is said."""
    node = read_tree(text, "").root
    for index in path:
        node = listed(node)[1].nodes[index]
    assert node is not None
    return node


def listed(node: Node | None) -> tuple[Scalar, Items]:
    """Return the list that a mapping holds, with its key."""
    name, items = next(entry for entry in cast("Pairs", node).entries if entry[0].text in LISTS)
    return name, cast("Items", items)


def with_values(text: str, path: Sequence[int], values: Mapping[str, Value | None]) -> str:
    """Return a text with other values in one of its mappings; None takes a key out."""
    node = cast("Pairs", node_at(text, path))
    names = {name.text for name, _value in node.entries}
    keys: tuple[Key[object], ...] = format_fields.SESSION_KEYS
    if path:
        keys = (
            format_fields.REST_KEYS
            if "rest" in names and not names & {"exercise", "hold"}
            else format_fields.EXERCISE_KEYS
        )
        keys = format_fields.ROUNDS_KEYS if "rounds" in names else format_fields.SAY_KEYS if "line" in names else keys
    layout = YamlPatcher(text)
    given = {key: value for key, value in values.items() if value is not None}
    return apply_edits(text, layout.entries(node, keys, dict.fromkeys(values, ()), given))


def arranged(text: str, path: Sequence[int], parts: Sequence[Part]) -> str:
    """Return a text with the items of a list in another order, with others among them or left out."""
    layout = YamlPatcher(text)
    return apply_edits(text, layout.relist(*listed(node_at(text, path)), parts, ""))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"name": "Other: one"}, ["-name: Runner core", "+name: 'Other: one'"]),
        (
            {"setup": "5.5s"},
            [
                "-setup: 10s                      # time to get into position before each exercise",
                "+setup: 5.5s                     # time to get into position before each exercise",
            ],
        ),
        ({"about": None}, ["-about: Core and lower-back strength for the day after a long run."]),
        ({"tags": ["back"]}, ["-tags: [core, runners]", "+tags: [back]"]),
    ],
)
def test_a_change_of_one_field_changes_its_line_alone(values: Mapping[str, Value | None], expected: list[str]) -> None:
    assert changes(EXAMPLE, with_values(EXAMPLE, (), values)) == expected


def test_a_changed_step_keeps_its_comments() -> None:
    assert changes(EXAMPLE, with_values(EXAMPLE, (0,), {"hold": "45s", "sets": 4, "each_side": True})) == [
        "-    hold: 1:00",
        "-    sets: 3",
        "+    hold: 45s",
        "+    sets: 4",
        "+    each_side: true",
    ]


def test_one_kind_of_work_takes_the_place_of_another() -> None:
    values = {"reps": None, "tempo": None, "last_rep_hold": None, "amrap": "1:00"}
    assert changes(EXAMPLE, with_values(EXAMPLE, (1,), values)) == [
        "-    reps: 10",
        "-    tempo: {lift: 1s, hold: 1s, lower: 2s}     # or, shorter, `rep: 4s`",
        "-    last_rep_hold: 10s          # the tenth is held",
        "+    amrap: 1:00",
    ]


def test_an_exercise_becomes_the_author_s_own() -> None:
    assert changes(EXAMPLE, with_values(EXAMPLE, (0,), {"exercise": None, "name": "My plank"})) == [
        "-  - exercise: plank             # an id from the exercise catalogue",
        "+  - name: My plank              # an id from the exercise catalogue",
    ]


def test_rounds_are_changed_inside() -> None:
    text = with_values(EXAMPLE, (4,), {"rounds": 4})
    text = with_values(text, (4, 0), {"rep": "7s", "each_side": None, "setup": "0s"})
    text = arranged(text, (4,), [1, 0, "- rest: 3s\n"])
    assert changes(EXAMPLE, text) == [
        "-  - rounds: 3                   # a block of steps, repeated",
        "+  - rounds: 4                   # a block of steps, repeated",
        "-      - {exercise: bird-dog, reps: 8, rep: 6s, each_side: true}",
        "+      - {exercise: bird-dog, reps: 8, rep: 7s, setup: 0s}",
        "+      - rest: 3s",
    ]


def test_spoken_lines_are_changed_one_by_one() -> None:
    text = with_values(EXAMPLE, (5, 1), {"line": "Half way, and on"})
    assert changes(EXAMPLE, arranged(text, (5,), [0, 1, 2, "- {at: -5s, line: Five}\n"])) == [
        "-      - {at: half, line: Half way, breathe out slowly}",
        "+      - {at: half, line: 'Half way, and on'}",
        "+      - {at: -5s, line: Five}",
    ]


SAID = [{"at": "half", "line": "x"}]


@pytest.mark.parametrize(
    ("before", "values", "after"),
    [
        # The key beside the dash goes, and the next one takes its place.
        ("  - sets: 2\n    exercise: plank\n", {"sets": None}, "  - exercise: plank\n"),
        ("  - {sets: 2, rest: 3s, exercise: plank}\n", {"sets": None, "rest": None}, "  - {exercise: plank}\n"),
        ("  - {exercise: plank, sets: 2, rest: 3s}\n", {"sets": None, "rest": None}, "  - {exercise: plank}\n"),
        (
            "  - {exercise: plank, hold: 5s}\n",
            {"sets": 2, "rest": "1s", "about": "a, b\nc"},
            '  - {exercise: plank, about: "a, b\\nc", hold: 5s, sets: 2, rest: 1s}\n',
        ),
        (
            "  - {exercise: plank, hold: 5s}\n",
            {"say": SAID},
            "  - {exercise: plank, hold: 5s, say: [{at: half, line: x}]}\n",
        ),
        ("  - {rest: 5s, say: [{at: 1s, line: a}]}\n", {"say": SAID}, "  - {rest: 5s, say: [{at: half, line: x}]}\n"),
        # A text of several lines is a block where it can be one.
        (
            "  - name: a\n    about: |\n      One.\n      Two.\n    hold: 5s\n",
            {"about": "Three.\n\nFour."},
            "  - name: a\n    about: |-\n      Three.\n\n      Four.\n    hold: 5s\n",
        ),
        (
            "  - name: a\n    about: One. # why\n    hold: 5s\n",
            {"about": "Three.\nFour."},
            '  - name: a\n    about: "Three.\\nFour." # why\n    hold: 5s\n',
        ),
        (
            "  - name: a\n    about: One.\n    hold: 5s\n",
            {"about": "Three.\nFour."},
            "  - name: a\n    about: |-\n      Three.\n      Four.\n    hold: 5s\n",
        ),
        ("- rest: 5s\n", {"rest": "6s", "name": "Water"}, "- rest: 6s\n  name: Water\n"),
        ("  -\n    rest: 5s\n", {"rest": "6s"}, "  -\n    rest: 6s\n"),
        ("  - rest:\n    name: a\n", {"rest": "6s"}, "  - rest: 6s\n    name: a\n"),
    ],
)
def test_small_changes(before: str, values: Mapping[str, Value | None], after: str) -> None:
    assert with_values("steps:\n" + before, (0,), values) == "steps:\n" + after


def test_comments_go_where_their_step_goes() -> None:
    assert (
        arranged(COMMENTED, (), [2, 1, 0])
        == """\
format: 1
name: X
steps:

  - rest: 30s
    # the end of the last step

  # the heart of it
  - exercise: superman      # arms ahead
    reps: 5
  # said of superman, with a line after it

  # --- warm up ---

  # slowly
  - exercise: plank
    hold: 30s
    # not too long
# the end of the file
"""
    )
    assert arranged(COMMENTED, (), [0, 1, 2]) == COMMENTED


def test_a_moved_step_takes_its_lines_along() -> None:
    moved = changes(EXAMPLE, arranged(EXAMPLE, (), [0, 5, 1, 2, 3, 4, 6, 7]))
    assert sorted(line[1:] for line in moved if line[0] == "-") == sorted(line[1:] for line in moved if line[0] == "+")


def test_a_step_put_in_is_set_off_like_the_others() -> None:
    text = arranged(COMMENTED, (), [0, 1, "- rest: 5s\n", 2])
    assert changes(COMMENTED, text) == ["+  - rest: 5s", "+"]


def test_a_step_taken_out_takes_its_comments() -> None:
    assert changes(COMMENTED, arranged(COMMENTED, (), [0, 2])) == [
        "-  # the heart of it",
        "-  - exercise: superman      # arms ahead",
        "-    reps: 5",
        "-  # said of superman, with a line after it",
        "-",
    ]


def test_a_list_may_become_empty_and_be_filled_again() -> None:
    assert arranged("steps:  # mine\n  - rest: 5s\n", (), []) == "steps: []  # mine\n"
    assert arranged("steps: [{rest: 5s}]\n", (), []) == "steps: []\n"
    assert arranged("steps: []\n", (), ["- rest: 5s\n"]) == "steps:\n  - rest: 5s\n"
    assert arranged("steps:\n", (), ["- rest: 5s\n"]) == "steps:\n  - rest: 5s\n"
    assert arranged("steps: [{rest: 5s}, {rest: 6s}]\n", (), [1, 0]) == "steps:\n  - {rest: 6s}\n  - {rest: 5s}\n"


def test_the_lines_of_a_step_are_told_with_its_comments() -> None:
    assert YamlPatcher(COMMENTED).item_text(listed(node_at(COMMENTED, ()))[1], 1) == (
        "# the heart of it\n- exercise: superman      # arms ahead\n  reps: 5\n"
        "# said of superman, with a line after it\n"
    )
    text = "steps: [{rest: 5s}, {rest: 6s}]\n"
    assert YamlPatcher(text).item_text(listed(node_at(text, ()))[1], 1) == "- {rest: 6s}\n"


def test_where_small_changes_do_not_fit_it_is_told() -> None:
    with pytest.raises(CannotPatch):
        with_values(EXAMPLE, (3,), {"rest": None})
    for text in ("steps: [{rest: 5s,\n  name: a}]\n", "steps:\n  -\n    rest: 5s\n  -\n    rest: 6s\n"):
        with pytest.raises(CannotPatch):
            arranged(text, (), [0, "- rest: 6s\n"])
    text = "steps: [{rest: 5s}, {rest: 6s}]\n"
    with pytest.raises(CannotPatch):
        YamlPatcher(text).arrange(listed(node_at(text, ()))[1], [1, 0], "")
