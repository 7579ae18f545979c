from __future__ import annotations

import pytest

from timer_app.schema.yaml_errors import clipped, explain
from timer_app.schema.yaml_tree import MAX_FINDINGS, Bare, Items, Node, Pairs, Refused, Scalar, read_tree


def picture(node: Node | None) -> str:
    """Return a tree as a text: scalars in angle brackets with their places."""
    if isinstance(node, Bare):
        return "-"
    if isinstance(node, Scalar):
        return f"<{node.text}>{node.line}:{node.column}{'q' if node.quoted else ''}"
    if isinstance(node, Items):
        return "[" + " ".join(picture(item) for item in node.nodes) + "]"
    if isinstance(node, Pairs):
        return "{" + " ".join(f"{key.text}={picture(value)}" for key, value in node.entries) + "}"
    return "refused" if isinstance(node, Refused) else "nothing"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1:30\nb: no\nc: 030\nd: ~\n", "{a=<1:30>1:4 b=<no>2:4 c=<030>3:4 d=<~>4:4}"),
        ("a: '1'\nb: \"x\\ty\"\nc: |\n  z\n", "{a=<1>1:4q b=<x\ty>2:4q c=<z\n>3:4q}"),
        ("- [a, {b: c}]\n- d\n", "[[<a>1:4 {b=<c>1:11}] <d>2:3]"),
        ("a:\nb: 1\n", "{a=<>1:3 b=<1>2:4}"),
        ("{a: 1, b, c:, 'd'}", "{a=<1>1:5 b=- c=<>1:13 d=-}"),
        ("{a: x, b, b}", "{a=<x>1:5 b=- b=-}"),
        ("plain", "<plain>1:1"),
    ],
)
def test_every_value_keeps_its_text_and_place(text: str, expected: str) -> None:
    tree = read_tree(text, "x")
    assert not tree.findings
    assert picture(tree.root) == expected


def test_offsets_cut_the_text_out() -> None:
    text = "a: 'one'\nb: [two, {c: three}]\n"
    root = read_tree(text, "x").root
    assert isinstance(root, Pairs)
    assert [text[value.start : value.end] for _key, value in root.entries] == ["'one'", "[two, {c: three}]"]
    assert root.get("b") is root.entries[1][1]
    assert root.get("d") is None


def test_what_is_refused_does_not_end_the_reading() -> None:
    text = 'a: &x 1\nb: *x\nc: !!int 3\n<<: {d: 4}\na: 5\n[e]: 6\n*x : 7\nf: "\\0"\ng: 8\n'
    tree = read_tree(text, "x")
    assert [finding.line for finding in tree.findings] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert picture(tree.root) == "{a=<1>1:4 b=refused c=<3>3:4 f=refused g=<8>9:4}"


def test_several_problems_are_reported_and_then_no_more() -> None:
    tree = read_tree("a: &x 1\n" * 1_000, "x")
    assert tree.root is None
    assert len(tree.findings) == MAX_FINDINGS


def test_a_text_that_is_not_yaml_keeps_what_was_found_before() -> None:
    tree = read_tree("a: &x 1\nb: [\n", "x")
    assert tree.root is None
    assert [finding.line for finding in tree.findings] == [1, 3]


@pytest.mark.parametrize("text", ["%YAML 1.2\n---\na: 1\n", "%TAG ! x:\n---\na: 1\n"])
def test_directives_are_refused(text: str) -> None:
    (finding,) = read_tree(text, "x").findings
    assert (finding.line, finding.problem) == (1, "a line that begins with % has no use here")


@pytest.mark.parametrize("content", [b"\xff\xfea\x00", b"\xfe\xff\x00a", b"a: \xe9", b"\xef\xbb\xbfa\r\nb: \xe9"])
def test_bytes_that_are_no_utf_8(content: bytes) -> None:
    (finding,) = read_tree(content, "x").findings
    assert "UTF-8" in finding.instead
    assert finding.line == content.count(b"\n") + 1


def test_an_unprintable_character_is_reported_where_it_is() -> None:
    (finding,) = read_tree("a: b\r\nc: d\x07", "x").findings
    assert (finding.line, finding.column, finding.problem) == (2, 5, "the character U+0007 has no place in a text")


def test_unknown_complaints_are_reported_in_general() -> None:
    assert explain("", "something else").problem == "this is not YAML"
    assert explain("while scanning a tag", "else").problem == "a tag (!) has no use here"


def test_texts_of_others_are_made_fit_for_a_message() -> None:
    assert clipped("a\n b\x07\u202ec") == "a b\ufffd\ufffdc"
    assert clipped("x" * 50) == "x" * 39 + "…"
