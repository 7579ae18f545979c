"""YAML as an author's editor sees it, whose language server reads YAML 1.2: `no` is a word, and `1:30` is one, too."""

from __future__ import annotations

import re
from typing import TypeAlias

import yaml

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | float | bool | None"


class _Loader(yaml.SafeLoader):
    """Reads the core schema of YAML 1.2, in which a key may be given once."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - as PyYAML declares it

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        keys = [str(name.value) for name, _value in node.value]
        if len(keys) != len(set(keys)):
            raise yaml.constructor.ConstructorError(None, None, "a key is given twice", node.start_mark)
        return super().construct_mapping(node, deep=deep)


for name, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
    ("merge", "<<", ["<"]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(f"(?:{pattern})$"), first)


def as_editor_sees(text: str) -> Plain:
    """Return the tree of a text. Raises yaml.YAMLError where it is no YAML."""
    tree: Plain = yaml.load(text, _Loader)
    return tree
