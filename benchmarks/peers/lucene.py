"""Lucene 8 in a separate Java process: `lucene/LucenePeer.java`, compiled when the benchmark starts.

Requests and replies are one line each. The process lives for the whole run, so that the virtual machine is warm. It
measures its own times, so that the pipe costs nothing.
"""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.contestants import Asked, Missing
from benchmarks.requests import TOP, Answer, Request

JARS = Path("/usr/share/java")
MODULES = ("core", "analyzers-common", "facet")
SOURCE = Path(__file__).parents[1] / "lucene" / "LucenePeer.java"
INSTALL = "run: apt-get install liblucene8-java default-jdk-headless"
FIELD, ITEM = "\t", "\x1f"  # separators of the parts of a line, and of the items of a part


class Lucene:
    """Lucene behind a pipe."""

    name = "Lucene 8"

    def __init__(self) -> None:
        if shutil.which("javac") is None or shutil.which("java") is None:
            raise Missing(f"there is no Java compiler; {INSTALL}")
        self._jars = [_jar(module) for module in MODULES]
        version = self._jars[0].stem.rpartition("-")[2]
        self.settings = f"Lucene {version}, default merge policy, 256 MiB buffer, one thread, default query cache"
        self._classes = TemporaryDirectory(prefix="lucene-classes-")
        self._process: subprocess.Popen[str] | None = None

    def build(self, documents_file: Path, folder: Path) -> float:
        """Index a file of documents; returns seconds by Java's clock, without its start-up."""
        command = ["-cp", ":".join([self._classes.name, *map(str, self._jars)])]
        subprocess.run(["javac", *command, "-d", self._classes.name, str(SOURCE)], check=True)  # noqa: S607
        self._process = subprocess.Popen(
            ["java", *command, "LucenePeer", str(documents_file), str(folder), str(TOP)],  # noqa: S607
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        seconds, segments = self._line().split(FIELD)
        self.settings += f"; {segments} segments"
        return float(seconds)

    def answers(self, request: Request) -> bool:  # noqa: ARG002  # it answers any request
        """Any request."""
        return True

    def ask(self, request: Request) -> Asked:
        """Send a line and read one: nanoseconds, total, ids, outlets, years."""
        assert self._process is not None
        assert self._process.stdin is not None
        line = FIELD.join((request.operator.value, request.year, *request.words))
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        nanoseconds, *reply = self._line().split(FIELD)
        return Asked(reply, int(nanoseconds) / 1e9)

    def read(self, reply: object) -> Answer:
        """Total and facets."""
        assert isinstance(reply, list)
        total, _, outlets, years = reply
        return Answer(int(total), _pairs(outlets), _pairs(years))

    def close(self) -> None:
        """Close the input of the process, which ends it."""
        if self._process is not None:
            self._process.communicate()
        self._classes.cleanup()

    def _line(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the Java process ended; what it said stands above")
        return line.rstrip("\n")


def _jar(module: str) -> Path:
    found = sorted(JARS.glob(f"lucene-{module}-8*.jar"))
    if not found:
        raise Missing(f"there is no lucene-{module}-8*.jar in {JARS}; {INSTALL}")
    return found[-1]


def _pairs(joined: str) -> dict[str, int]:
    items = joined.split(ITEM) if joined else []
    return {value: int(count) for value, count in zip(items[::2], items[1::2], strict=True)}
