"""Explain the YAML parser's errors in plain words."""

from __future__ import annotations

from msgspec import Struct

from timer_app.i18n import _


class Words(Struct, frozen=True):
    """A problem and what to write instead; `at_context` where it stands at the error's context."""

    problem: str
    instead: str
    at_context: bool = False


def explain(context: str, problem: str) -> Words:
    """Return plain words for an error of the parser, from its `context` and its `problem`."""
    quotes = _("put the text in quotes")
    quoted = '"' + problem.partition("'")[2][:1] + '"'
    table: tuple[tuple[str, Words], ...] = (
        (
            "mapping values are not allowed",
            Words(
                _("this colon would begin a value inside another value"),
                _("put a text with a colon in quotes, and each key in a line of its own"),
            ),
        ),
        (r"found character '\t'", Words(_("a tab stands where only spaces can"), _("write spaces"))),
        ("that cannot start any token", Words(_("a text cannot begin with {quoted}").format(quoted=quoted), quotes)),
        ("found '<stream end>'", Words(_("the file ends in the middle of a value"), _("close its bracket or brace"))),
        ("expected the node content", Words(_("a value is expected here, and this is none"), quotes)),
        ("but got '?'", Words(_("a question mark in braces ends the text before it"), quotes)),
        (
            "expected ',' or",
            Words(
                _("a bracket or a brace is opened here and not closed rightly"),
                _("put a comma between the parts, and close it"),
                at_context=True,
            ),
        ),
        (
            "expected <block end>",
            Words(
                _("this line does not fit under the lines above it"),
                _("start it in the same column as the lines that it belongs with"),
            ),
        ),
        (
            "could not find expected ':'",
            Words(
                _("this line is neither a key nor a part of a list"),
                _('write "key: value", or begin it with "- "'),
                at_context=True,
            ),
        ),
        (
            "unknown escape character",
            Words(
                _("this backslash begins no escape that YAML has"),
                _('write "\\\\" for a backslash, or use single quotes'),
            ),
        ),
        ("hexadecimal numbers", Words(_("this escape is cut short"), _("write the character itself"))),
        (
            "sequence entries are not allowed",
            Words(_("a list cannot begin here"), _('start the "- " in a line of its own')),
        ),
        ("mapping keys are not allowed", Words(_('"? " has no use here'), _('write "key: value"'))),
        ("undefined tag handle", Words(_("a tag (!) has no use here"), quotes, at_context=True)),
        (
            "expected '<document start>'",
            Words(_("the file goes on here after its end"), _("indent the line like those above it, or delete it")),
        ),
    )
    by_context: tuple[tuple[str, Words], ...] = (
        ("quoted scalar", Words(_("a quote is opened here and never closed"), _("close it"), at_context=True)),
        ("directive", Words(_("a line that begins with % has no use here"), _("delete the line"), at_context=True)),
        ("tag", Words(_("a tag (!) has no use here"), quotes, at_context=True)),
        ("anchor", Words(_("an anchor (&) has no use here"), quotes, at_context=True)),
        ("alias", Words(_("an alias (*) has no use here"), quotes, at_context=True)),
        (
            "block scalar",
            Words(
                _('this cannot stand behind "|" or ">"'),
                _("start the text in the next line, indented"),
                at_context=True,
            ),
        ),
    )
    for part, words in table:
        if part in problem:
            return words
    for part, words in by_context:
        if part in context:
            return words
    return Words(_("this is not YAML"), _("compare the line with those of a session that works"))


def clipped(text: str) -> str:
    """Return a text of a file as a message can show it: short, in one line, with nothing unprintable."""
    line = "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(text[:1_000].split()))
    return line if len(line) <= 40 else line[:39] + "…"
