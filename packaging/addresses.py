"""Where the project lives, for whatever is packaged; an address that is not set is the empty text.

They stand in `assets/addresses.toml`, which is shipped, so that the program can name them too.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "assets" / "addresses.toml"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The project's addresses."""

    homepage: str = ""
    source: str = ""
    issues: str = ""
    pictures: str = ""
    maintainer: str = ""

    @property
    def missing(self) -> list[str]:
        """The names of those that are not set."""
        return [field.name for field in fields(self) if not getattr(self, field.name)]

    @property
    def urls(self) -> dict[str, str]:
        """Those that a browser opens, under the labels that PyPI knows."""
        urls = {"Homepage": self.homepage, "Source": self.source, "Issues": self.issues}
        return {label: url for label, url in urls.items() if url}


def read_addresses(file: Path = FILE) -> Addresses:
    """Read the addresses. Raises TypeError for a name that is not one of theirs."""
    return Addresses(**tomllib.loads(file.read_text(encoding="utf-8")))


if __name__ == "__main__":
    print(getattr(read_addresses(), sys.argv[1]))
