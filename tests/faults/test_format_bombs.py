"""Texts that are made to exhaust a reader: refused with a place, after a bounded piece of work."""

from __future__ import annotations

import pytest
import yaml

from tests.definition.strategies import CATALOGUE
from timer_app.definition.parser import check_session
from timer_app.schema import yaml_tree

HEAD = "format: 1\nname: X\n"
LAUGHS = "".join(f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]\n" for level in range(1, 9))
BOMBS = {
    "brackets": "[" * 200_000,
    "braces": "{a: " * 50_000,
    "closed brackets": "[" * 100_000 + "]" * 100_000,
    "dashes": "- " * 100_000,
    "indented keys": "".join(" " * depth + "a:\n" for depth in range(700)),
    "questions": "? " * 100_000,
    "billion laughs": "l0: &l0 [lol]\n" + LAUGHS,
    "merged maps": "a: &a {b: 1}\n" + "".join(f"m{number}: &m{number}\n  <<: [*a, *a]\n" for number in range(50)),
    "itself": "a: &a [*a]\n",
    "many anchors": "".join(f"- &a{number} x\n" for number in range(10_000)),
    "a number of 5,000 digits": HEAD + f"steps:\n  - rest: {'9' * 5_000}\n",
    "a count of 5,000 digits": HEAD + f"steps:\n  - exercise: plank\n    hold: 5s\n    sets: {'9' * 5_000}\n",
    "a fraction of 5,000 digits": HEAD + f"steps:\n  - rest: 1.{'0' * 5_000}\n",
    "a format of 5,000 digits": f"format: {'9' * 5_000}\n",
    "zero bytes": "\0" * 100_000,
    "a zero byte at the end": HEAD + "steps: []\n\0",
    "a huge file": "# " + "x" * 10_000_000,
    "a huge word": HEAD + "about: " + "x" * 250_000,
    "one key over and over": "a: 1\n" * 50_000,
    "many values": "[" + "a," * 120_000 + "]",
    "many keys": "".join(f"key-{number}: 1\n" for number in range(15_000)),
    "an open quote": 'a: "' + "x\n" * 100_000,
    "an open quote of fewer lines": 'a: "' + "x\n" * 19_000,
    "an open text": "a: |" + "9" * 1_000,
    "many nearly right keys": HEAD + "".join(f"nane{number}: 1\n" for number in range(5_000)),
    "many steps": HEAD + "steps:\n" + "  - plank\n" * 20_000,
    "rounds of rounds of rounds": HEAD
    + "steps: [{rounds: 1000, steps: [{rounds: 1000, steps: [{rounds: 1000, steps: [{rest: 4h}]}]}]}]\n",
    "many tags": HEAD + "tags: [" + "!t x, " * 20_000 + "]\n",
    "surrogates": 'a: "\\ud800\\udfff"\n',
    "a character beyond all": 'a: "\\UFFFFFFFF"\n',
}  # fmt: skip
WORK = 3 * yaml_tree.MAX_VALUES


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_refused_with_a_place(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0

    class Counting(yaml_tree._Parser):
        def get_event(self) -> yaml.Event | None:
            nonlocal taken
            taken += 1
            event: yaml.Event | None = super().get_event()  # type: ignore[no-untyped-call]
            return event

    monkeypatch.setattr(yaml_tree, "_Parser", Counting)
    findings = check_session(BOMBS[name], "bomb.session.yaml", CATALOGUE)
    assert findings
    assert all(finding.line >= 1 and finding.column >= 1 for finding in findings)
    assert all(len(str(finding)) < 500 for finding in findings)
    assert taken <= WORK, "reading stops at the first limit that a text passes"


def test_twenty_of_them() -> None:
    assert len(BOMBS) >= 20


def test_nothing_is_read_of_what_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "_Parser", None)
    assert check_session(BOMBS["a huge file"], "x", CATALOGUE)
    assert check_session(BOMBS["a huge file"].encode(), "x", CATALOGUE)


def test_deep_nesting_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    depths: list[int] = []
    build = yaml_tree._Builder._node

    def watch(self: yaml_tree._Builder, event: yaml.Event, depth: int) -> yaml_tree.Node:
        depths.append(depth)
        return build(self, event, depth)

    monkeypatch.setattr(yaml_tree._Builder, "_node", watch)
    check_session(BOMBS["indented keys"], "x", CATALOGUE)
    assert max(depths) == yaml_tree.MAX_DEPTH + 1


def test_of_many_brackets_only_those_to_the_limit_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    fetch = yaml_tree._Parser.fetch_flow_collection_start

    def watch(self: yaml_tree._Parser, token: type[yaml.Token]) -> None:
        looked_at.append(self.flow_level)
        fetch(self, token)

    monkeypatch.setattr(yaml_tree._Parser, "fetch_flow_collection_start", watch)
    check_session(BOMBS["brackets"], "x", CATALOGUE)
    assert len(looked_at) == yaml_tree.MAX_DEPTH + 1
