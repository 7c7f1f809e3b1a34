"""The client of a cluster: requests over HTTP with all hosts, retries and bounded waits, and errors in words.

This module alone imports the client library, and only when something is first asked. No message repeats credentials or
the text of a query.
"""

import json
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from index.engine import EngineError, UnusableLocation
from index.storage.address import IndexAddress
from index.storage.failures import Unreachable

RETRIES: Final = 3  # each with the next host
SECONDS: Final = 60  # for an answer; a page that takes longer helps nobody
LONG_SECONDS: Final = 600  # for what a build waits for: a clone, a merge, a refresh
BULK_BYTES: Final = 4 << 20  # per request; the server takes a tenth of its heap at once
BULK_TRIES: Final = 10
FIRST_PAUSE: Final = 0.3  # seconds, doubled at each try
LONGEST_PAUSE: Final = 15.0
TOO_MANY: Final = 429
TOLD: Final = 300  # characters of what the server says of an error

Lines = Sequence[Mapping[str, Any] | str]


class NotThere(EngineError):
    """What was asked for is not, or no longer, in the cluster."""


class Cluster:
    """The servers of one address; serves all threads."""

    def __init__(self, address: IndexAddress) -> None:
        self.address = address

    @cached_property
    def _client(self) -> Any:
        import opensearchpy  # noqa: PLC0415  # it takes as long as all else that a command imports

        logging.getLogger("opensearch").setLevel(logging.ERROR)  # that something is not there is no warning
        address = self.address
        secret: dict[str, Any] = {"http_auth": (address.user, address.password or "")} if address.user else {}
        return opensearchpy.OpenSearch(
            [{"host": host.strip("[]"), "port": port} for host, port in address.hosts],
            use_ssl=address.scheme == "https",
            verify_certs=True,
            ca_certs=address.ca,
            max_retries=RETRIES,
            retry_on_timeout=True,
            retry_on_status=(502, 503, 504),
            timeout=SECONDS,
            http_compress=False,
            **secret,
        )

    def request(self, method: str, path: str, body: Any = None, *, seconds: float = SECONDS) -> Any:
        """Ask the cluster. Raises NotThere, Unreachable, or another EngineError that says what is wrong."""
        import opensearchpy.exceptions as failures  # noqa: PLC0415  # as above

        lines = isinstance(body, str)
        headers = {"content-type": "application/x-ndjson" if lines else "application/json"}
        try:
            return self._client.transport.perform_request(
                method, path, headers=headers, params={"request_timeout": seconds}, body=body
            )
        except failures.ConnectionError as error:
            raise Unreachable(f"the servers of {self.address} do not answer ({_kind(error)}); try again") from None
        except failures.NotFoundError:
            raise NotThere(f"what was asked for is not in {self.address}; run: flask reindex") from None
        except (failures.AuthenticationException, failures.AuthorizationException):
            raise UnusableLocation(
                f"the servers of {self.address} refuse the user or the password; check KLIPING_OPENSEARCH_USER and "
                "KLIPING_OPENSEARCH_PASSWORD"
            ) from None
        except failures.TransportError as error:
            raise self._failure(error.status_code, error.info) from None

    def searches(self, index: str, bodies: Sequence[Mapping[str, Any]]) -> list[Any]:
        """The answers of some searches of one index, in turn. No answer is ever a part of one."""
        header = json.dumps({"index": index, "allow_partial_search_results": False})
        lines = "".join(f"{header}\n{json.dumps(body)}\n" for body in bodies)
        answers = self.request("POST", "/_msearch", lines)["responses"]
        for answer in answers:
            if "error" in answer:
                raise self._failure(answer.get("status"), answer)
        return list(answers)

    def search(self, index: str, body: Mapping[str, Any]) -> Any:
        """The answer of one search."""
        return self.searches(index, [body])[0]

    def documents(
        self, index: str, ids: Sequence[str], *, without: Sequence[str] = ()
    ) -> Iterator[Mapping[str, Any] | None]:
        """The stored sources of documents that are routed by their ids, in turn; None for each that is not there.

        Some fields of them may be left out.
        """
        if ids:
            docs = [{"_id": one, "_source": {"excludes": list(without)}} for one in ids]
            for found in self.request("POST", f"/{index}/_mget", {"docs": docs})["docs"]:
                if "error" in found:
                    raise self._failure(None, found)
                yield found["_source"] if found.get("found") else None

    def write(self, index: str, actions: Iterator[tuple[str, str | None]]) -> int:
        """Write documents: pairs of an action and a document, both as JSON. Returns how many; one failure stops all."""
        written = 0
        for portion in _portions(actions):
            self._write_portion(index, portion)
            written += len(portion)
        return written

    def _write_portion(self, index: str, portion: list[tuple[str, str | None]]) -> None:
        pause = FIRST_PAUSE
        for left in reversed(range(BULK_TRIES)):
            portion = self._refused(index, portion, last=not left)
            if not portion:
                return
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        raise Unreachable(f"the servers of {self.address} are too busy to take articles; try again later")

    def _refused(
        self, index: str, portion: list[tuple[str, str | None]], *, last: bool
    ) -> list[tuple[str, str | None]]:
        """Send a portion; return what the server was too busy to take."""
        body = "".join(f"{action}\n" if told is None else f"{action}\n{told}\n" for action, told in portion)
        try:
            answer = self.request("POST", f"/{index}/_bulk", body, seconds=LONG_SECONDS)
        except _Busy:
            return portion
        again = []
        for sent, told in zip(portion, answer["items"], strict=True):
            ((_, item),) = told.items()
            if "error" in item and item["status"] == TOO_MANY and not last:
                again.append(sent)
            elif "error" in item:
                raise EngineError(f"the server does not take {item.get('_id')!r}: {_told(item['error'])}")
        return again

    def _failure(self, status: object, info: object) -> EngineError:
        told = _told(info.get("error") if isinstance(info, Mapping) else None)
        if status == TOO_MANY:
            return _Busy(f"the servers of {self.address} are too busy ({told}); try again")
        if isinstance(status, int) and status >= 500:
            return Unreachable(f"the servers of {self.address} cannot answer now ({told}); try again")
        return EngineError(f"the servers of {self.address} cannot do what was asked: {told}")


class _Busy(Unreachable):
    """The server takes nothing more at present."""


def _portions(actions: Iterator[tuple[str, str | None]]) -> Iterator[list[tuple[str, str | None]]]:
    portion: list[tuple[str, str | None]] = []
    size = 0
    for action, told in actions:
        portion.append((action, told))
        size += len(action) + len(told or "")
        if size >= BULK_BYTES:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _kind(error: Any) -> str:
    """The kind of a failed connection, without the address, which may hold a password."""
    return type(error.info).__name__ if getattr(error, "info", None) is not None else type(error).__name__


def _told(error: object) -> str:
    """What the server says of an error, by its innermost cause."""
    if not isinstance(error, Mapping):
        return str(error or "no reason is given")[:TOLD]
    causes = error.get("root_cause") or []
    inner = causes[0] if causes else error
    caused = error.get("caused_by") or inner.get("caused_by") or {}
    told = f"{inner.get('type')}: {inner.get('reason')}"
    return (f"{told}; {caused.get('type')}: {caused.get('reason')}" if caused else told)[:TOLD]
