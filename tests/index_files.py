"""The index files of sessions and exercises, read and written as the program does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zlib import crc32


def read_index(file: Path) -> Any:
    """Return what an index remembers, as JSON."""
    return json.loads(file.read_bytes().partition(b"\n")[2])


def write_index(file: Path, content: Any) -> None:
    """Write an index with the checksum that it should have; `content` is JSON, or text that need not be."""
    text = (content if isinstance(content, str) else json.dumps(content)).encode()
    file.write_bytes(b"%08x\n" % crc32(text) + text)
