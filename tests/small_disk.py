"""A small disk for a test, in a mount namespace that ends with the process, so that no mount is ever left."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# CLONE_NEWNS and CLONE_FS of linux/sched.h.
_MOUNT_NAMESPACE = 0x00020000
_WORKING_FOLDER = 0x00000200


@contextmanager
def small_disk(folder: Path, size: str = "1m") -> Iterator[Path]:
    """Mount a tmpfs of `size` on `folder`, seen by this thread and those that it starts; skip where nothing can be.

    The kernel takes the mount away with the last thread that sees it, also when the process is killed.
    """
    if sys.platform != "linux":
        pytest.skip("a small disk is mounted as on Linux")
    libc = ctypes.CDLL(None, use_errno=True)
    outside = os.open("/proc/thread-self/ns/mnt", os.O_RDONLY | os.O_CLOEXEC)
    working_folder = Path.cwd()  # to enter a namespace is to begin at its root
    try:
        if libc.unshare(_MOUNT_NAMESPACE):
            pytest.skip(f"no mount namespace can be made here: {os.strerror(ctypes.get_errno())}")
        try:
            _mount("--make-rprivate", "/")
            _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=False, capture_output=True)
            libc.unshare(_WORKING_FOLDER)  # which threads started meanwhile share, and the kernel then refuses
            if libc.setns(outside, _MOUNT_NAMESPACE):
                raise OSError(ctypes.get_errno(), "the mount namespace of before cannot be entered again")
            os.chdir(working_folder)
    finally:
        os.close(outside)


def remount(folder: Path, mode: str) -> None:
    """Mount a small disk again, as `ro` or `rw`."""
    subprocess.run(["mount", "-o", f"remount,{mode}", str(folder)], check=True)


def _mount(*arguments: str) -> None:
    try:
        done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount command")
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
