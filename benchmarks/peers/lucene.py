"""Lucene in a separate Java process: `lucene/LucenePeer.java`, compiled when the benchmark starts.

Lucene 10 is measured where its jars lie in the local repository of Maven and a Java from 21 on is there, else Lucene 8
of the system's packages. Requests and replies are one line each. The process lives for the whole run, so that the
virtual machine is warm. It measures its own times, so that the pipe costs nothing.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.contestants import Asked, Missing
from benchmarks.requests import TOP, Answer, Request

JARS: Final = Path("/usr/share/java")
MAVEN: Final = Path.home() / ".m2" / "repository" / "org" / "apache" / "lucene"
MACHINES: Final = Path("/usr/lib/jvm")
MODULES_8: Final = ("core", "analyzers-common", "facet")
MODULES_10: Final = ("core", "analysis-common", "facet")
JAVA_10: Final = 21  # the least version of Java for Lucene 10
VECTORS: Final = ("--add-modules=jdk.incubator.vector",)
SOURCES: Final = Path(__file__).parents[1] / "lucene"
INSTALL: Final = (
    "run: apt-get install liblucene8-java default-jdk-headless; or for Lucene 10, with mvn and a JDK from 21 on: "
    "mvn dependency:get -Dartifact=org.apache.lucene:lucene-core:10.5.1, and the same for lucene-analysis-common "
    "and lucene-facet"
)
FIELD, ITEM = "\t", "\x1f"  # separators of the parts of a line, and of the items of a part


@dataclass(frozen=True, slots=True)
class Release:
    """A Lucene to measure: its version, its jars, the folder of a Java for it, and what that is to be told."""

    version: str
    jars: Sequence[Path]
    java: Path
    options: Sequence[str] = ()

    @property
    def major(self) -> str:
        """The first part of the version, by which `lucene/` has what this version calls otherwise."""
        return self.version.partition(".")[0]

    @property
    def sources(self) -> Sequence[Path]:
        """What is compiled for it."""
        return SOURCES / "LucenePeer.java", SOURCES / self.major / "Version.java"


def release() -> Release:
    """The newest Lucene that is there. Raises Missing."""
    java = _java(JAVA_10)
    versions = (path.name for path in MAVEN.glob("lucene-core/10.*"))
    for version in sorted(versions, key=_numbers, reverse=True):
        jars = [MAVEN / f"lucene-{name}" / version / f"lucene-{name}-{version}.jar" for name in MODULES_10]
        if java is not None and all(jar.is_file() for jar in jars):
            return Release(version, jars, java, VECTORS)
    usual = shutil.which("javac")
    if usual is None:
        raise Missing(f"there is no Java compiler; {INSTALL}")
    jars = [_jar(name) for name in MODULES_8]
    return Release(jars[0].stem.rpartition("-")[2], jars, Path(usual).parent)


class Lucene:
    """Lucene behind a pipe."""

    def __init__(self) -> None:
        self._release = release()
        self.name = f"Lucene {self._release.major}"
        told = ", ".join(
            ("default merge policy, 256 MiB buffer, one thread, default query cache", *self._release.options)
        )
        self.settings = f"Lucene {self._release.version}, {told}"
        self._classes = TemporaryDirectory(prefix="lucene-classes-")
        self._process: subprocess.Popen[str] | None = None

    def build(self, documents_file: Path, folder: Path) -> float:
        """Index a file of documents; returns seconds by Java's clock, without its start-up."""
        held = self._release
        path = ["-cp", ":".join([self._classes.name, *map(str, held.jars)])]
        subprocess.run([held.java / "javac", "-nowarn", *path, "-d", self._classes.name, *held.sources], check=True)
        self._process = subprocess.Popen(
            [held.java / "java", *held.options, *path, "LucenePeer", str(documents_file), str(folder), str(TOP)],
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


def _java(least: int) -> Path | None:
    """The folder of the programs of a JDK of at least a version."""
    homes = [Path(home) for home in (os.environ.get("JAVA_HOME"),) if home]
    for home in (*homes, *sorted(MACHINES.glob("*"), reverse=True)):
        about = home / "release"
        found = re.search(r'JAVA_VERSION="(\d{1,3})', about.read_text()) if about.is_file() else None
        if found and int(found[1]) >= least and (home / "bin" / "javac").exists():
            return home / "bin"
    return None


def _jar(name: str) -> Path:
    found = sorted(JARS.glob(f"lucene-{name}-8*.jar"))
    if not found:
        raise Missing(f"there is no lucene-{name}-8*.jar in {JARS}; {INSTALL}")
    return found[-1]


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d{1,9}", version)]


def _pairs(joined: str) -> dict[str, int]:
    items = joined.split(ITEM) if joined else []
    return {value: int(count) for value, count in zip(items[::2], items[1::2], strict=True)}
