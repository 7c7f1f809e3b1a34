"""The client of a cluster: requests over HTTP with all hosts, retries and bounded waits, and errors in words.

This module alone imports the client library, and only when something is first asked. No message repeats credentials or
the text of a query.
"""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from index.engine import EngineError, UnusableLocation
from index.storage.address import IndexAddress
from index.storage.failures import Unreachable

RETRIES: Final = 3  # each with the next host
SECONDS: Final = 60  # for an answer; a page that takes longer helps nobody
LONG_SECONDS: Final = 600  # for what a build waits for: a clone, a merge, a refresh
CONNECTIONS: Final = 16  # kept open to each host, for threads that ask at once
TOO_MANY: Final = 429
CHANGED: Final = 409  # the document is another than the one meant
ALREADY_THERE: Final = "resource_already_exists_exception"  # told of an index that was to be made
AWS_SERVICE: Final = "es"  # the name that Amazon's service for OpenSearch signs by
NO_COPY: Final = "no_shard_available_action_exception"  # told of a document that is on no server that runs
HEADED: Final = ("search_type", "preference")
NO_SCRIPTS: Final = ("cannot execute [inline] scripts", "cannot execute scripts using [", "script_lang not supported")
TOLD: Final = 300  # characters of what the server says of an error


class NotThere(EngineError):
    """What was asked for is not, or no longer, in the cluster."""


class Conflict(EngineError):
    """Another program made or changed the same before."""


class ScriptsForbidden(EngineError):
    """The servers refuse to run a script."""


class Cluster:
    """The servers of one address; serves all threads."""

    def __init__(self, address: IndexAddress) -> None:
        self.address = address

    @cached_property
    def _client(self) -> Any:
        import opensearchpy  # noqa: PLC0415  # it takes as long as all else that a command imports

        logging.getLogger("opensearch").setLevel(logging.ERROR)  # that something is not there is no warning
        address = self.address
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
            pool_maxsize=CONNECTIONS,
            **_secret(address),
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
                f"the servers of {self.address} refuse the user, the password or the key, or allow them too little; "
                "check KLIPING_OPENSEARCH_USER and KLIPING_OPENSEARCH_PASSWORD, or KLIPING_OPENSEARCH_API_KEY, or "
                "where requests are signed the region and the credentials of the machine"
            ) from None
        except failures.TransportError as error:
            raise self._failure(error.status_code, error.info) from None

    def searches(self, index: str, bodies: Sequence[Mapping[str, Any]]) -> list[Any]:
        """The answers of some searches of one index, in turn. No answer is ever a part of one.

        A body may have the members `HEADED`, which the server wants before it.
        """
        header = {"index": index, "allow_partial_search_results": False}
        lines = "".join(f"{json.dumps(part)}\n" for body in bodies for part in _parted(header, body))
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

    def _failure(self, status: object, info: object) -> EngineError:
        told = told_of(info.get("error") if isinstance(info, Mapping) else None)
        if status == TOO_MANY:
            return Busy(f"the servers of {self.address} are too busy ({told}); try again")
        if (isinstance(status, int) and status >= 500) or NO_COPY in told:
            return Unreachable(f"the servers of {self.address} cannot answer now ({told}); try again")
        kind: type[EngineError] = EngineError
        if status == CHANGED or ALREADY_THERE in told:
            kind = Conflict
        elif any(refused in told for refused in NO_SCRIPTS):
            kind = ScriptsForbidden
        return kind(f"the servers of {self.address} cannot do what was asked: {told}")


def _parted(header: Mapping[str, Any], body: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The header of a search, and its body."""
    own = {name: body[name] for name in HEADED if name in body}
    return {**header, **own}, {name: held for name, held in body.items() if name not in own}


def _secret(address: IndexAddress) -> dict[str, Any]:
    """What a client proves itself by: a signature of each request, else user and password, else a key, else nothing."""
    if address.aws:
        return {"http_auth": _signer(address, address.aws)}
    if address.user:
        return {"http_auth": (address.user, address.password or "")}
    return {"headers": {"authorization": f"ApiKey {address.api_key}"}} if address.api_key else {}


def _signer(address: IndexAddress, region: str) -> Any:
    """What signs requests for Amazon's service in a region, by the credentials of this machine."""
    from opensearchpy import Urllib3AWSV4SignerAuth  # noqa: PLC0415  # as above

    try:
        from botocore.session import Session  # noqa: PLC0415  # only where requests are signed
    except ImportError:
        raise UnusableLocation(
            f"the address of {address} asks for aws={region}, and botocore, which finds the credentials and signs "
            "requests, is not installed; run: .venv/bin/pip install botocore"
        ) from None
    credentials = Session().get_credentials()
    if credentials is None:
        raise UnusableLocation(
            f"the address of {address} asks for aws={region}, and there are no credentials; set AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give the machine a role"
        )
    return Urllib3AWSV4SignerAuth(credentials, region, AWS_SERVICE)


class Busy(Unreachable):
    """The server takes nothing more at present."""


def _kind(error: Any) -> str:
    """The kind of a failed connection, without the address, which may hold a password."""
    return type(error.info).__name__ if getattr(error, "info", None) is not None else type(error).__name__


def told_of(error: object) -> str:
    """What the server says of an error, by its innermost cause."""
    if not isinstance(error, Mapping):
        return str(error or "no reason is given")[:TOLD]
    causes = error.get("root_cause") or []
    inner = causes[0] if causes else error
    caused = error.get("caused_by") or inner.get("caused_by") or {}
    told = f"{inner.get('type')}: {inner.get('reason')}"
    return (f"{told}; {caused.get('type')}: {caused.get('reason')}" if caused else told)[:TOLD]
