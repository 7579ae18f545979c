"""What macOS wants of a program, its Info.plist and a disk image to install from: macos.py BUNDLE.app FOLDER.

PyInstaller makes the bundle, by BUNDLE(…, **bundle_options()) at the end of its spec. NOT RUN YET, but for what is told
of the bundle and for `stage`: written on a system without macOS, whose hdiutil makes the image.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, only this folder is on it

from timer_app import __version__  # noqa: E402 - found only now
from timer_app.paths import APP_ID  # noqa: E402

NAME = "Guided Session Timer"
BUNDLE_ID = APP_ID.replace("_", "-")
"""A bundle's identifier has letters, digits, hyphens and full stops alone (Apple's docs on CFBundleIdentifier)."""


def least_system(wheel: str) -> str:
    """Return the oldest macOS that Qt runs on, from the WHEEL file of PySide6; the empty text when it tells of none.

    Which PySide6 is frozen depends on the Python: 6.11 wants 13.0, 6.12 wants 14.0.
    """
    versions = [(int(major), int(minor)) for major, minor in re.findall(r"-macosx_(\d+)_(\d+)_", wheel)]
    return ".".join(map(str, min(versions))) if versions else ""


def info_plist(wheel: str | None = None) -> dict[str, object]:
    """Return what the bundle tells of itself; `wheel` is PySide6's WHEEL file, by default that of the one installed.

    macOS goes by a file's last ending alone, and YAML is not ours to take: so the program is offered under "Open With",
    and a double click starts it once the person has chosen it there.
    """
    if wheel is None:
        wheel = distribution("PySide6-Essentials").read_text("WHEEL") or ""
    return {
        "CFBundleIdentifier": BUNDLE_ID,
        "CFBundleName": NAME,
        "CFBundleDisplayName": NAME,
        "CFBundleShortVersionString": __version__,
        "CFBundleVersion": __version__,
        "CFBundlePackageType": "APPL",
        "LSApplicationCategoryType": "public.app-category.healthcare-fitness",
        "LSMinimumSystemVersion": least_system(wheel),
        "NSHighResolutionCapable": True,
        # PyInstaller says the contrary of every program that can print, and such a one has no window.
        "LSBackgroundOnly": False,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Guided exercise session",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": ["public.yaml"],
            }
        ],
    }


def bundle_options() -> Mapping[str, object]:
    """Return what PyInstaller's BUNDLE is to be told."""
    return {
        "name": f"{NAME}.app",
        "icon": str(ROOT / "assets" / "icons" / "guided-session-timer.icns"),
        "bundle_identifier": BUNDLE_ID,
        "version": __version__,
        "info_plist": info_plist(),
    }


def make_image(bundle: Path, into: Path) -> Path:
    """Make the disk image of a bundle, and return it. Raises CalledProcessError when macOS's own tools fail."""
    image = into / f"guided-session-timer-{__version__}.dmg"
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        stage(bundle, Path(folder))
        command = ["hdiutil", "create", "-volname", NAME, "-srcfolder", folder, "-format", "UDZO", "-ov", str(image)]
        subprocess.run(command, check=True)
    return image


def stage(bundle: Path, folder: Path) -> None:
    """Lay out what the disk image shows: the program, and beside it the folder that it is dragged to."""
    shutil.copytree(bundle, folder / f"{NAME}.app", symlinks=True)
    (folder / "Applications").symlink_to("/Applications")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("Name the bundle and the folder: python packaging/macos.py BUNDLE.app FOLDER")
    print(make_image(Path(sys.argv[1]), Path(sys.argv[2])))
