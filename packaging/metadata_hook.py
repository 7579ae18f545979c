"""What hatchling asks for when it builds the wheel: the addresses that pyproject.toml calls dynamic."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))  # hatchling loads this file by its path

from addresses import read_addresses


class AddressHook(MetadataHookInterface):
    """Puts in the project's addresses, as far as they are set."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Put them in."""
        metadata["urls"] = read_addresses().urls
