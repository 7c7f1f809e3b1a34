"""The command: `python -m tests.attack --seed N [--short] [--only NAME] [--at NUMBER]`."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from secrets import randbelow
from tempfile import TemporaryDirectory

from rich.console import Console

from tests.attack import browser, damages, files, injections, kills, queries, slow_clients, table
from tests.attack.campaign import Campaign, Row

SAVED = Path("instance/attack")  # the inputs and the lines of what failed; instance/ is not under version control
ATTACKS: Mapping[str, Callable[[Campaign], list[Row]]] = {
    "kills": kills.attack,
    "damages": damages.attack,
    "queries": queries.attack,
    "files": files.attack,
    "reindexes": files.whole,
    "injections": injections.attack,
    "terminal": injections.terminal,
    "browser": browser.attack,
    "slow": slow_clients.attack,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Attack, print the table and what failed; the exit status is 1 if anything did."""
    parser = _parser()
    wanted = parser.parse_args(arguments)
    if wanted.at is not None and len(wanted.only or ()) != 1:
        parser.error("--at needs --only with one attack, since each numbers its own cases")
    out, told = Console(highlight=False, width=200, soft_wrap=True), Console(stderr=True, highlight=False)
    rows: list[Row] = []
    with TemporaryDirectory(prefix="kliping-attack-") as work:
        given = {
            "seed": wanted.seed,
            "short": wanted.short,
            "at": wanted.at,
            "share": wanted.share,
            "time": wanted.time,
        }
        campaign = Campaign(work=Path(work), saved=wanted.saved, **given)
        for name in wanted.only or ATTACKS:
            told.print(f"{name} …")
            rows += ATTACKS[name](campaign)
    table.print_table(rows, out)
    for line in (*table.remarks(rows), table.circumstances(campaign), *table.failures(rows)):
        out.print(line, markup=False)
    failed = list(table.failures(rows, most=None))
    if failed:
        wanted.saved.mkdir(parents=True, exist_ok=True)
        (wanted.saved / "failures.txt").write_text("\n".join(failed) + "\n", encoding="utf-8", errors="replace")
        out.print(f"all failures and their inputs: {wanted.saved}", markup=False)
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description="Attack the promises of the archive.")
    parser.add_argument("--seed", type=int, default=randbelow(10**6), help="decides every case; by chance if not given")
    parser.add_argument("--short", action="store_true", help="a few cases of each attack, in under a minute")
    parser.add_argument("--only", action="append", choices=tuple(ATTACKS), help="this attack alone; may be repeated")
    parser.add_argument("--at", type=int, metavar="NUMBER", help="this case alone; needs --only")
    parser.add_argument("--share", type=float, default=1.0, help="of the full counts and times, such as 0.1")
    parser.add_argument("--time", type=float, default=1.0, help="of the full times alone, such as 3 on a busy machine")
    parser.add_argument("--saved", type=Path, default=SAVED, metavar="FOLDER", help="where failing inputs are kept")
    return parser


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
