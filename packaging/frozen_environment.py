"""Run by the frozen program before anything else: what it starts shall see the computer as it was.

PyInstaller's starter has the loader look into the program's own folder first. The loader knows that by now, and a file
manager that is opened from the window must not be given the libraries of another program.
"""

import os

before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if before:
    os.environ["LD_LIBRARY_PATH"] = before
else:
    os.environ.pop("LD_LIBRARY_PATH", None)
