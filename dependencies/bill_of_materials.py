"""The list of parts as CycloneDX 1.6 JSON: what is locked, its hashes and licences, and what needs what.

The same lock gives the same list, so it carries no time of writing.
"""

import json
import re
import tomllib
from collections.abc import Sequence
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from dependencies.lock import ITSELF, ROOT, Package

SPDX: Final = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")
SPDX_NAMES: Final = ("MIT", "BSD-", "Apache-", "PSF-", "MPL-", "LGPL-", "GPL-", "ISC", "0BSD", "Zlib", "CC0-", "CNRI-")
OWN_REFERENCE: Final = "kliping"


def bill_of_materials(held: Sequence[Package]) -> str:
    """The list of parts of the application."""
    components = [_component(package) for package in held]
    told: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _itself()},
        "components": components,
        "dependencies": _dependencies(held),
    }
    serial = uuid5(NAMESPACE_URL, json.dumps(told, sort_keys=True))
    return json.dumps({"serialNumber": f"urn:uuid:{serial}", **told}, indent=1, ensure_ascii=False) + "\n"


def _itself() -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = {"type": "application", "bom-ref": OWN_REFERENCE, "name": project["name"], "version": project["version"]}
    return {**own, "description": project["description"]}


def _component(package: Package) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": _reference(package),
        "name": package.name,
        "version": package.version,
        "scope": "required" if package.at_run_time else "excluded",
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
        "licenses": _licences(package.licence),
        "purl": _reference(package),
    }


def _licences(told: str) -> list[dict[str, Any]]:
    """A licence as an expression if it is one of SPDX, else by its name."""
    if not told:
        return []
    if SPDX.fullmatch(told) and told.startswith(SPDX_NAMES):
        return [{"expression": told}]
    return [{"license": {"name": told}}]


def _dependencies(held: Sequence[Package]) -> list[dict[str, Any]]:
    names = {ITSELF: OWN_REFERENCE, **{package.name: _reference(package) for package in held}}
    needs: dict[str, list[str]] = {reference: [] for reference in names.values()}
    for package in held:
        for other in package.needed_by:
            if other in names:
                needs[names[other]].append(_reference(package))
    return [{"ref": reference, "dependsOn": sorted(needed)} for reference, needed in needs.items()]


def _reference(package: Package) -> str:
    return f"pkg:pypi/{package.name}@{package.version}"
