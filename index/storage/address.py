"""The address of an index that a cluster of servers keeps: its hosts, its name there, and how it is laid out.

    https://host1:9200,host2:9200/berita?shards=3&replicas=1&ca=/etc/ssl/archive.pem

With `aws=` and a region, requests are signed as Amazon's service wants them, by the credentials of the machine.
Otherwise, credentials stand before the hosts (`user:password@`), or in KLIPING_OPENSEARCH_USER and
KLIPING_OPENSEARCH_PASSWORD, or are the key in KLIPING_OPENSEARCH_API_KEY. What is shown of an address never has them.
"""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

KIND: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/", re.ASCII)  # a letter alone would be the name of a drive
KNOWN: Final = ("http", "https")
USER, PASSWORD = "KLIPING_OPENSEARCH_USER", "KLIPING_OPENSEARCH_PASSWORD"  # names of variables
API_KEY = "KLIPING_OPENSEARCH_API_KEY"  # so is this
EXAMPLE: Final = "https://host1:9200,host2:9200/berita?shards=3&replicas=1"
MOST_SHARDS: Final = 1024  # the server's own limit
MOST_REPLICAS: Final = 100  # more than any cluster has nodes for
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}", re.ASCII)  # generations add some thirty characters
_TAKEN: Final = ("-kept", "-builds")  # ends of names that stand beside those of generations
_HOST: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?", re.ASCII)
_PORT: Final = 9200  # the server's own
_REGION: Final = re.compile(r"[a-z]{2,8}(-[a-z]{2,12}){1,3}-[0-9]{1,2}", re.ASCII)


class BadAddress(ValueError):
    """An address that cannot be used; the message says what it must be and repeats no credentials."""


@dataclass(frozen=True, slots=True)
class IndexAddress:
    """Where a cluster keeps an index. `str` gives the address without credentials."""

    scheme: str
    hosts: tuple[tuple[str, int], ...]
    name: str
    shards: int = 1
    replicas: int = 0
    ca: str | None = None
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    api_key: str | None = field(default=None, repr=False)
    aws: str | None = None  # the region of Amazon's service, for which requests are signed
    files: Path | None = field(default=None, compare=False)  # where this machine keeps files of its generations

    def __str__(self) -> str:
        hosts = ",".join(f"{host}:{port}" for host, port in self.hosts)
        return f"{self.scheme}://{hosts}/{self.name}"


def is_address(value: object) -> bool:
    """Whether the value of a setting is an address and no path."""
    return isinstance(value, str) and KIND.match(value.strip()) is not None


def parse_address(text: str) -> IndexAddress:
    """Read an address. Raises BadAddress."""
    text = text.strip()
    kind = KIND.match(text)
    if kind is None or kind[1].lower() not in KNOWN or "://" not in text:
        raise BadAddress(f"is an address of a kind that is not known; write a folder, or an address such as {EXAMPLE}")
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise BadAddress(f"is no address; write it such as {EXAMPLE}") from error
    credentials, _, hosts = parts.netloc.rpartition("@")
    name = parts.path.strip("/")
    if not _NAME.fullmatch(name) or name.endswith(_TAKEN):
        raise BadAddress(
            f"must end with the name of the index, of a to z, digits, - and _, and not -kept, as {EXAMPLE}"
        )
    wishes = _wishes(parts.query)
    user, _, password = credentials.partition(":")
    return IndexAddress(
        parts.scheme.lower(),
        tuple(map(_host, hosts.split(","))),
        name,
        _count(wishes, "shards", (1, 1, MOST_SHARDS)),
        _count(wishes, "replicas", (0, 0, MOST_REPLICAS)),
        _certificate(wishes.get("ca")),
        unquote(user) or os.environ.get(USER) or None,
        unquote(password) or os.environ.get(PASSWORD) or None,
        os.environ.get(API_KEY) or None,
        _region(wishes.get("aws")),
    )


def _wishes(query: str) -> dict[str, str]:
    found = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := sorted({*found} - {"shards", "replicas", "ca", "aws"}):
        raise BadAddress(f"has the argument {unknown[0]!r}, which is not known; known are shards, replicas, ca and aws")
    return found


def _host(text: str) -> tuple[str, int]:
    found = _HOST.fullmatch(text.strip())
    if not found or not 0 < int(found[2] or _PORT) < 1 << 16:
        raise BadAddress(f"must name hosts with commas between, each perhaps with a port, such as {EXAMPLE}")
    return found[1], int(found[2] or _PORT)


def _count(wishes: dict[str, str], name: str, bounds: tuple[int, int, int]) -> int:
    usual, least, most = bounds
    text = wishes.get(name, str(usual))
    if not text.isascii() or not text.isdigit() or not least <= int(text[:9]) <= most:
        raise BadAddress(f"asks for {name}={text}; it must be a whole number from {least} to {most}")
    return int(text)


def _region(name: str | None) -> str | None:
    if name is not None and not _REGION.fullmatch(name):
        raise BadAddress(f"asks for aws={name}, which is no region such as ap-southeast-3")
    return name


def _certificate(path: str | None) -> str | None:
    if path is not None and not Path(path).is_file():
        raise BadAddress(f"asks for ca={path}, where there is no file of certificates")
    return path
