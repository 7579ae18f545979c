"""What the frozen program is made of, decided without freezing it; and what it starts sees the computer as it was."""

import os
import runpy
from pathlib import Path

import freeze
import pytest

QT = "PySide6/Qt"
LINKS: dict[str, list[str | None]] = {
    "/site/PySide6/QtGui.abi3.so": [f"/site/{QT}/lib/libQt6Gui.so.6", "/usr/lib/libc.so.6", None],
    f"/site/{QT}/lib/libQt6Gui.so.6": [f"/site/{QT}/lib/libQt6Core.so.6"],
    f"/site/{QT}/lib/libQt6Core.so.6": [f"/site/{QT}/lib/libicuuc.so.73", f"/site/{QT}/lib/libQt6Gui.so.6"],
    f"/site/{QT}/plugins/tls/libqopensslbackend.so": [f"/site/{QT}/lib/libQt6Network.so.6"],
}


def chosen(*names: str) -> set[str]:
    entries = [(name, f"/site/{name}", "BINARY") for name in names]
    return {name for name, _source, _kind in freeze.chosen_binaries(entries, lambda file: LINKS.get(file, []))}


def test_a_library_of_qt_stays_only_where_something_that_stays_is_linked_to_it() -> None:
    libraries = {f"{QT}/lib/lib{name}" for name in ("Qt6Gui.so.6", "Qt6Core.so.6", "icuuc.so.73")}
    others = {f"{QT}/lib/libQt6Quick.so.6", f"{QT}/lib/libQt6Network.so.6"}
    assert chosen("PySide6/QtGui.abi3.so", *libraries, *others) == {"PySide6/QtGui.abi3.so", *libraries}


def test_a_plugin_that_is_not_used_goes_and_takes_its_libraries_along() -> None:
    gone = {f"{QT}/plugins/tls/libqopensslbackend.so", f"{QT}/lib/libQt6Network.so.6"}
    gone |= {
        f"{QT}/plugins/{name}.so" for name in ("platformthemes/libqgtk3", "platforms/libqvnc", "imageformats/libqpdf")
    }
    kept = {
        f"{QT}/plugins/{name}"
        for name in ("platforms/libqxcb.so", "platforms/qwindows.dll", "iconengines/libqsvgicon.so")
    }
    assert chosen(*gone, *kept) == kept


def test_what_the_system_brings_is_left_to_it() -> None:
    entries = [
        ("libX11.so.6", "/lib/x86_64-linux-gnu/libX11.so.6", "BINARY"),
        ("libstdc++.so.6", "/usr/lib/x86_64-linux-gnu/libstdc++.so.6", "BINARY"),
        ("libespeak-ng.so.1", "/lib/x86_64-linux-gnu/libespeak-ng.so.1", "BINARY"),
        ("libreadline.so.8", "/lib/x86_64-linux-gnu/libreadline.so.8", "BINARY"),
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", "BINARY"),
        ("libxcb-cursor.so.0", "/usr/lib/x86_64-linux-gnu/libxcb-cursor.so.0", "BINARY"),
        ("_json.so", "/usr/lib/python3.11/lib-dynload/_json.so", "EXTENSION"),
    ]
    kept = {name for name, _source, _kind in freeze.chosen_binaries(entries, lambda _file: [])}
    assert kept == {"libpython3.11.so.1.0", "libxcb-cursor.so.0", "_json.so"}


def test_of_the_other_files_those_stay_that_something_reads() -> None:
    binaries = [("PySide6/Qt/lib/libQt6Core.so.6", "/site/a", "BINARY")]
    entries = [
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
        ("libQt6Qml.so.6", "PySide6/Qt/lib/libQt6Qml.so.6", "SYMLINK"),
        ("PySide6/Qt/translations/qtbase_de.qm", "/site/b", "DATA"),
        ("pyttsx3-2.99.dist-info/METADATA", "/site/c", "DATA"),
        ("pyttsx3-2.99.dist-info/RECORD", "/site/d", "DATA"),
        ("sessions/desk-break.session.yaml", "/site/e", "DATA"),
        ("assets/icons/guided-session-timer.icns", "/site/f", "DATA"),
        ("assets/icons/session.ico", "/site/g", "DATA"),
    ]
    kept = [name for name, _source, _kind in freeze.chosen_datas(entries, binaries)]
    assert kept == ["libQt6Core.so.6", "pyttsx3-2.99.dist-info/METADATA", "sessions/desk-break.session.yaml"]


def test_translations_of_our_own_texts_are_taken_along(tmp_path: Path) -> None:
    file = tmp_path / "timer_app" / "locale" / "de" / "LC_MESSAGES" / "timer_app.mo"
    file.parent.mkdir(parents=True)
    file.touch()
    assert freeze.catalogues(tmp_path / "timer_app") == [(str(file), "timer_app/locale/de/LC_MESSAGES")]


@pytest.mark.parametrize("before", [None, "/opt/of/the/persons"])
def test_what_the_program_starts_sees_the_computer_as_it_was(
    before: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/guided-session-timer/_internal")
    if before is None:
        monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    else:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    runpy.run_path(str(freeze.FOLDER / "frozen_environment.py"))
    assert os.environ.get("LD_LIBRARY_PATH") == before
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ
