"""Tell what keeps this checkout from being released as a tag, such as v1.2.0: release.py TAG.

Exit code: 0 when nothing does; then what is new is printed, which a release's page begins with. Standard library only.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, only this folder is on it

from addresses import Addresses, read_addresses  # noqa: E402 - found only now

from timer_app import __version__  # noqa: E402
from timer_app.paths import APP_ID  # noqa: E402


def main(args: Sequence[str]) -> int:
    """Print the notes of the release, or what keeps it back."""
    if len(args) != 1:
        sys.exit("Name the tag: python3 packaging/release.py v1.2.0")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = list(hindrances(args[0], changelog, read_addresses()))
    print("\n".join(found) or notes(changelog, __version__), file=sys.stderr if found else sys.stdout)
    return 1 if found else 0


def hindrances(tag: str, changelog: str, addresses: Addresses) -> Iterator[str]:
    """Yield what keeps a release back, each in a sentence."""
    if tag != f"v{__version__}":
        yield f"The tag is {tag}, and the version in timer_app/__init__.py is {__version__}."
    if not notes(changelog, __version__):
        yield f"CHANGELOG.md tells nothing of {__version__}: it needs a section [{__version__}] - YEAR-MONTH-DAY."
    if re.search(r"^## \[Unreleased\]\n+[^#\s]", changelog, re.MULTILINE):
        yield "CHANGELOG.md still has changes under [Unreleased]."
    for name in addresses.missing:
        yield f"The project's {name} is not set in assets/addresses.toml."
    if addresses.source and not is_home_of(APP_ID, addresses.source):
        yield f"{APP_ID} is not a name that {addresses.source} may give: docs/packages.md, One name."


def notes(changelog: str, version: str) -> str:
    """Return what the changelog tells of a version that has a day; the empty text when it has none."""
    section = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d\n(.*?)(?=^## \[|\Z)"
    found = re.search(section, changelog, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def is_home_of(app_id: str, source: str) -> bool:
    """Tell whether an application's id is one that the repository at an address may give, by Flathub's rules.

    `io.github.NAME.…` belongs to NAME's repositories at GitHub, a hyphen in the id being written as an underscore.
    """
    named = re.fullmatch(r"https://github\.com/([\w-]+)/[\w.-]+?/?", source)
    return named is not None and app_id.lower().startswith(f"io.github.{named[1].replace('-', '_').lower()}.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
