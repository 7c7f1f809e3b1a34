"""The table of licences in docs/licences.md, made from what the installed packages declare."""

from collections.abc import Iterable
from typing import Final

from dependencies.lock import ROOT, Package

PAGE: Final = ROOT / "docs" / "licences.md"
BEGIN, END = "<!-- packages: begin -->", "<!-- packages: end -->"


def table(held: Iterable[Package]) -> str:
    """The table of all packages."""
    rows = ["| package | version | licence | for |", "|---|---|---|---|"]
    for package in held:
        use = "running" if package.at_run_time else "development"
        rows.append(f"| {package.name} | {package.version} | {package.licence.replace('|', '/')} | {use} |")
    return "\n".join(rows)


def renewed(page: str, held: Iterable[Package]) -> str:
    """The page with its table as it should be."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(held)}\n{END}{after}"
