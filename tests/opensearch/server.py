"""Starts real nodes on this machine, assembled from Maven artifacts, and stops them. Needs mvn, and a Java from 21 on.

No distribution of the server is fetched, only its jars. Plugins get the description that a distribution would have.
Nodes listen on loopback only. They refuse to run as root, so that root starts them as nobody.
"""

import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

VERSION = "3.9.0"
LOG4J = "2.25.5"  # the server's own log4j-api needs this log4j-core
JAVA = 21
GROUP = "org.opensearch"
PLUGINS = {  # folder → artifact, plugin class, the plugin it extends
    "transport-netty4": ("transport-netty4-client", "org.opensearch.transport.Netty4ModulePlugin", ""),
    "lang-painless": ("lang-painless", "org.opensearch.painless.PainlessModulePlugin", ""),
    "analysis-common": (
        "analysis-common",
        "org.opensearch.analysis.common.CommonAnalysisModulePlugin",
        "lang-painless",
    ),
    "reindex": ("reindex-client", "org.opensearch.index.reindex.ReindexModulePlugin", ""),
    "mapper-extras": ("mapper-extras-client", "org.opensearch.index.mapper.MapperExtrasModulePlugin", ""),
}
CORE = (
    (GROUP, "opensearch", VERSION),
    (GROUP, "opensearch-plugin-classloader", VERSION),
    (GROUP, "opensearch-agent-bootstrap", VERSION),
    ("org.apache.logging.log4j", "log4j-core", LOG4J),
)
HEAP = "512m"
NOBODY = 65534
PATIENCE = 180  # seconds until nodes answer
FETCHING = 600  # seconds until their jars are here
PORTS = range(19_000, 29_000, 10)  # below those that systems give out by themselves
FOREIGN = ("osx-", "windows-", "linux-aarch_64")  # natives of other machines


class Unavailable(Exception):
    """Nodes cannot be started here; the message says what is missing."""


def java() -> Path:
    """The home of a Java that the server runs on."""
    homes = [Path(home) for home in (os.environ.get("JAVA_HOME"),) if home]
    homes += sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)
    for home in homes:
        program = home / "bin" / "java"
        if program.exists():
            told = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
            found = re.search(r'version "(\d+)', told)
            if found and int(found[1]) >= JAVA:
                return home
    raise Unavailable(f"no Java from {JAVA} on (looked in JAVA_HOME and /usr/lib/jvm)")


def assembled() -> Path:
    """The folder of the assembled server, which is made once."""
    usual = f"/var/tmp/test-opensearch-{VERSION}"  # noqa: S108  # where the user that runs the nodes can read
    folder = Path(os.environ.get("KLIPING_TEST_OPENSEARCH_FOLDER", usual))
    if (folder / "done").exists():
        return folder
    if shutil.which("mvn") is None:
        raise Unavailable("no mvn, which fetches the server's jars")
    shutil.rmtree(folder, ignore_errors=True)
    with TemporaryDirectory() as work:
        _fetch(Path(work))
        for place in ("modules", "plugins", "bin", "extensions"):
            (folder / place).mkdir(parents=True, exist_ok=True)
        shutil.copytree(Path(work) / "lib" / "jars", folder / "lib")
        for name in PLUGINS:
            _plugin(Path(work) / name / "jars", folder, name)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (folder / "done").touch()
    return folder


def _fetch(work: Path) -> None:
    _pom(work / "lib", "lib", CORE)
    for name, (artifact, _, _) in PLUGINS.items():
        _pom(work / name, name, ((f"{GROUP}.plugin", artifact, VERSION),))
    modules = "".join(f"<module>{name}</module>" for name in ("lib", *PLUGINS))
    (work / "pom.xml").write_text(_project("all", f"<modules>{modules}</modules>", parent=False))
    command = ["mvn", "-B", "-q", "dependency:copy-dependencies", "-DincludeScope=runtime"]
    command.append("-DoutputDirectory=${project.basedir}/jars")
    try:
        done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False, timeout=FETCHING)
    except subprocess.TimeoutExpired:
        raise Unavailable(f"the server's jars did not come within {FETCHING} seconds") from None
    if done.returncode:
        raise Unavailable(f"the server's jars cannot be fetched: {(done.stdout + done.stderr).strip()[-300:]}")


def _pom(folder: Path, name: str, wanted: Sequence[tuple[str, str, str]]) -> None:
    folder.mkdir()
    named = "".join(
        f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version></dependency>"
        for group, artifact, version in wanted
    )
    (folder / "pom.xml").write_text(_project(name, f"<dependencies>{named}</dependencies>", parent=True))


def _project(name: str, inner: str, *, parent: bool) -> str:
    identity = "<groupId>local.node</groupId><artifactId>all</artifactId><version>1</version>"
    head = f"<parent>{identity}</parent><artifactId>{name}</artifactId>" if parent else identity
    return (
        f'<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>{head}'
        f"<packaging>pom</packaging>{inner}</project>"
    )


def _plugin(jars: Path, folder: Path, name: str) -> None:
    """Put a plugin in place, without the jars that the server or the plugin it extends has: they must not be twice."""
    artifact, main, extended = PLUGINS[name]
    to = folder / "modules" / name
    to.mkdir()
    there = {path.name for path in (folder / "lib").iterdir()}
    if extended:
        there |= {path.name for path in (folder / "modules" / extended).iterdir()}
    for jar in jars.iterdir():
        if jar.name not in there and not any(part in jar.name for part in FOREIGN):
            shutil.copy(jar, to)
    described = {
        "name": name,
        "description": artifact,
        "version": VERSION,
        "opensearch.version": VERSION,
        "java.version": str(JAVA),
        "classname": main,
        "extended.plugins": extended,
        "has.native.controller": "false",
    }
    lines = [f"{key}={value}\n" for key, value in described.items()]
    (to / "plugin-descriptor.properties").write_text("".join(lines))


@dataclass
class Node:
    """One running node: its process and its port."""

    process: "subprocess.Popen[bytes]"
    port: int

    def kill(self) -> None:
        """End it at once."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def nodes(count: int, settings: Mapping[str, str] | None = None) -> Iterator[list[Node]]:
    """Some nodes that are one cluster, from when they answer. They have a place for snapshots."""
    home, server, port = java(), assembled(), _free_port(count)
    with TemporaryDirectory(prefix="kliping-nodes-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "snapshots").mkdir()
        (Path(folder) / "snapshots").chmod(0o777)
        started = [_start(number, count, (home, server, Path(folder), port), settings or {}) for number in range(count)]
        try:
            _wait(started, count)
            yield started
        finally:
            for node in started:
                node.process.terminate()
            for node in started:
                try:
                    node.process.wait(30)
                except subprocess.TimeoutExpired:
                    node.kill()


def _free_port(count: int) -> int:
    """A port at which, with those of further nodes and those between the nodes, nothing listens."""
    for port in random.sample(PORTS, len(PORTS)):
        with ExitStack() as held:
            try:
                for place in (*range(count), *range(100, 100 + count)):
                    held.enter_context(socket.create_server(("127.0.0.1", port + place)))
            except OSError:
                continue
            return port
    raise Unavailable("no ports are free")


def _start(number: int, count: int, where: tuple[Path, Path, Path, int], settings: Mapping[str, str]) -> Node:
    home, server, folder, port = where
    own = folder / f"node{number}"
    for place in ("conf", "data", "logs", "tmp"):
        (own / place).mkdir(parents=True)
    seeds = ", ".join(f'"127.0.0.1:{port + 100 + other}"' for other in range(count))
    names = ", ".join(f'"n{other}"' for other in range(count))
    (own / "conf" / "opensearch.yml").write_text(
        f"cluster.name: kliping-{port}\nnode.name: n{number}\npath.data: {own}/data\npath.logs: {own}/logs\n"
        f"network.host: 127.0.0.1\nhttp.port: {port + number}\ntransport.port: {port + 100 + number}\n"
        f"discovery.seed_hosts: [{seeds}]\ncluster.initial_cluster_manager_nodes: [{names}]\n"
        f"path.repo: {folder}/snapshots\ncluster.routing.allocation.disk.threshold_enabled: false\n"
        + "".join(f"{name}: {json.dumps(value)}\n" for name, value in settings.items())
    )
    (own / "conf" / "log4j2.properties").write_text(
        "status = error\nappender.console.type = Console\nappender.console.name = console\n"
        "appender.console.layout.type = PatternLayout\nappender.console.layout.pattern = [%d][%p] %m%n\n"
        "rootLogger.level = warn\nrootLogger.appenderRef.console.ref = console\n"
    )
    options = [
        f"-Xms{HEAP}",
        f"-Xmx{HEAP}",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:MaxDirectMemorySize=256m",
    ]
    options += [
        f"-Djava.io.tmpdir={own / 'tmp'}",
        f"-Djna.tmpdir={own / 'tmp'}",
        "-Djna.nosys=true",
        "-Dfile.encoding=UTF-8",
    ]
    options += ["-Djava.awt.headless=true", "-Dio.netty.noUnsafe=true", "-Djava.locale.providers=CLDR"]
    options += [f"-Dopensearch.path.home={server}", f"-Dopensearch.path.conf={own}/conf"]
    options += ["-Dopensearch.distribution.type=tar", "-Dopensearch.bundled_jdk=false"]
    command = [str(home / "bin" / "java"), *options, "-cp", f"{server}/lib/*", "org.opensearch.bootstrap.OpenSearch"]
    user: dict[str, Any] = {}
    if os.geteuid() == 0:
        for path in (own, *own.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        user = {"user": NOBODY, "group": NOBODY}
    with (folder / f"node{number}.log").open("wb") as log:
        process = subprocess.Popen(  # our own command
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd=own, **user
        )
    return Node(process, port + number)


def _wait(started: Sequence[Node], count: int) -> None:
    health = f"http://127.0.0.1:{started[0].port}/_cluster/health?wait_for_nodes={count}&timeout=1s"
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if any(node.process.poll() is not None for node in started):
            raise Unavailable("a node ended while it was started")
        try:
            with urllib.request.urlopen(health, timeout=3) as answer:  # loopback
                if b'"timed_out":false' in answer.read():
                    return
        except (OSError, HTTPException):
            pass
        time.sleep(0.25)
    raise Unavailable(f"the nodes did not answer within {PATIENCE} seconds")
