"""What is known against the locked packages, asked of the database of OSV (https://osv.dev), which PyPI feeds.

One request with all names and versions. A database that does not answer in time is told and is no failure: whether a
change may land must not hang on a service elsewhere.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.error import URLError
from urllib.request import Request, urlopen

from dependencies.lock import Package

DATABASE: Final = "https://api.osv.dev/v1/querybatch"
PATIENCE: Final = 10.0  # seconds
# Advisories that do not touch this application, each with the reason; no others may be known.
ACCEPTED: Final[Mapping[str, str]] = {}


class Unreachable(Exception):
    """The database cannot be asked from here, or not now."""


def advisories(held: Sequence[Package], database: str = DATABASE) -> Mapping[str, tuple[str, ...]]:
    """The ids of the advisories of each package that has any, without the accepted ones.

    Raises:
        Unreachable: If the database does not answer, or not as documented.
    """
    asked = [{"package": {"name": one.name, "ecosystem": "PyPI"}, "version": one.version} for one in held]
    answers = _asked({"queries": asked}, database)
    if len(answers) != len(held):
        raise Unreachable(f"{database} answered for {len(answers)} of {len(held)} packages")
    found = {
        f"{one.name} {one.version}": tuple(told["id"] for told in answer.get("vulns", ()) if told["id"] not in ACCEPTED)
        for one, answer in zip(held, answers, strict=True)
    }
    return {name: ids for name, ids in found.items() if ids}


def _asked(question: Mapping[str, Any], database: str) -> Sequence[Mapping[str, Any]]:
    body = json.dumps(question).encode()
    request = Request(database, body, {"Content-Type": "application/json"})  # noqa: S310  # https, or a test's loopback
    try:
        with urlopen(request, timeout=PATIENCE) as response:  # noqa: S310  # as above
            answers: Sequence[Mapping[str, Any]] = json.load(response)["results"]
    except URLError as error:
        raise Unreachable(f"{database} cannot be reached ({error.reason})") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unreachable(f"{database} gave no answer that can be read ({error})") from error
    return answers
