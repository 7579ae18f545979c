"""The texts that a user reads, in the user's language.

English is the source. A text goes through `_` or `ngettext` where it is used, never when a module is imported, so that
the language can be chosen after the modules are loaded. What the voice says is in the phrase files instead.
"""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from pathlib import Path

_DOMAIN = "timer_app"
_translation: gettext.NullTranslations = gettext.NullTranslations()


def use_language(languages: Sequence[str] | None = None) -> None:
    """Choose the language of all texts from now on.

    `languages` are tags such as `de`, best first; None takes the system's (LANGUAGE, LC_ALL, LC_MESSAGES, LANG).
    A language without a translation gives English.
    """
    global _translation  # noqa: PLW0603 - one language for one process, as in gettext itself
    folder = Path(__file__).parent / "locale"
    _translation = gettext.translation(_DOMAIN, folder, languages=languages, fallback=True)


def _(message: str) -> str:
    """Return `message` in the user's language."""
    return _translation.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form of a text that fits the number `n` in the user's language."""
    return _translation.ngettext(singular, plural, n)
