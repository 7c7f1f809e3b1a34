"""The command: `python -m dependencies audit|licences|sbom`."""

import argparse
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from dependencies.advisories import DATABASE, Unreachable, advisories
from dependencies.bill_of_materials import bill_of_materials
from dependencies.licences import PAGE, renewed
from dependencies.lock import ROOT, packages

BILL: Final = ROOT / "instance" / "kliping.cdx.json"


def main(arguments: Sequence[str] | None = None, database: str = DATABASE) -> int:
    """Do what was asked; the exit status is 1 if anything is known against a package."""
    parser = argparse.ArgumentParser(prog="python -m dependencies", description="The packages that Kliping is made of.")
    parser.add_argument("what", choices=("audit", *WRITING))
    what = parser.parse_args(arguments).what
    if what == "audit":
        return audit(database)
    WRITING[what]()
    return 0


def audit(database: str) -> int:
    """Check that the packages fit together and that no advisory names them; return the exit status."""
    fits = subprocess.run([sys.executable, "-m", "pip", "check"], cwd=ROOT, check=False).returncode == 0
    held = packages()
    try:
        found = advisories(held, database)
    except Unreachable as reason:
        print(f"skipped: known vulnerabilities were not looked up; {reason}")
        return 0 if fits else 1
    for name, ids in found.items():
        print(f"{name}: {', '.join(ids)} (https://osv.dev/{ids[0]}); renew the lock with: make lock")
    print(f"{len(held)} packages, {len(found)} of them with known vulnerabilities")
    return 0 if fits and not found else 1


def _write_licences() -> None:
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), packages()), encoding="utf-8")
    print(PAGE)


def _write_bill() -> None:
    BILL.parent.mkdir(exist_ok=True)
    BILL.write_text(bill_of_materials(packages()), encoding="utf-8")
    print(BILL)


WRITING: Final[Mapping[str, Callable[[], None]]] = {"licences": _write_licences, "sbom": _write_bill}

if __name__ == "__main__":
    sys.exit(main())
