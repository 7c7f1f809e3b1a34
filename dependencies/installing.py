"""The command `python -m dependencies.installing LOCK`: installs the packages of a lock file, and says how far it is.

It runs before anything is installed, so it needs nothing but Python and pip.
"""

import subprocess
import sys
from math import inf
from pathlib import Path
from time import monotonic
from typing import Final

from dependencies.lock import names

LINE_EVERY: Final = 5.0  # seconds
USUAL: Final = "half a minute to two minutes"  # measured with and without a cache of packages
PIP: Final = ("-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--require-hashes", "-r")


def main(lock: Path) -> int:
    """Install the packages; return the exit status of pip, after all it said where it failed."""
    total, begun = len(names(lock)), monotonic()
    _say(f"Installing the packages of {lock.name}, {total} in all. It takes {USUAL}, and only when they have changed.")
    said: list[str] = []
    last, found = begun, set[str]()
    command = [sys.executable, *PIP, str(lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if line.startswith("Collecting "):
                found.add(line.split()[1])
            if line.startswith("Installing collected packages"):
                _say("  all are here; unpacking them takes as long again")
                last = inf
            elif monotonic() - last >= LINE_EVERY:
                last = monotonic()
                _say(f"  {len(found)} of {total} packages after {last - begun:.0f} seconds")
    if pip.returncode:
        _say("".join(said) + "The packages could not be installed; see above. Nothing else was changed.")
    else:
        _say(f"  done in {monotonic() - begun:.0f} seconds")
    return pip.returncode


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
