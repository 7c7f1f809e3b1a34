"""The command: `python -m quality --data PATH [--only NAME] [--pin [--loosen FIGURE --because REASON]]`."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from quality import capitals, copies, dating, facts, families, joints, pages, phrases_first, retrieval, stemming
from quality.figures import Figures, data_digest, flat
from quality.floors import PINNED, Floors

Measure = Callable[[Path], Figures]
MEASURES: Mapping[str, Measure] = {
    "stemming": stemming.measure,
    "retrieval": retrieval.measure,
    "copies": copies.measure,
    "dating": dating.measure,
    "facts": facts.measure,
    "joints": joints.measure,
    "families": families.measure,
    "capitals": capitals.measure,
    "phrases_first": phrases_first.measure,
    "pages": pages.measure,
}


def main(arguments: Sequence[str] | None = None, measures: Mapping[str, Measure] = MEASURES) -> int:
    """Print all figures as one JSON object on the last line; returns 1 if one is worse than its floor."""
    wanted = _parser(measures).parse_args(arguments)
    if not wanted.data.is_dir():
        return _refuse(f"there is no folder {wanted.data}; name one with: make quality DATA=…")
    if wanted.loosen and not wanted.because:
        return _refuse("to loosen a floor, say why: --because REASON")
    found = _measured(wanted.data, wanted.only or list(measures), measures)
    status = _held(dict(flat(found)), wanted)
    print(json.dumps(found))
    return status


def _measured(data: Path, names: Sequence[str], measures: Mapping[str, Measure]) -> Figures:
    """The figures of each measure; one without data is skipped with a message."""
    found = {}
    for name in names:
        _tell(f"{name} …")
        try:
            found[name] = measures[name](data)
        except FileNotFoundError as missing:
            _tell(f"{name} is skipped: there is no {missing.filename}")
    return found


def _held(measured: Mapping[str, float], wanted: argparse.Namespace) -> int:
    """Compare figures with their floors, or pin them; returns 1 if a floor is broken."""
    floors = Floors.load(wanted.floors)
    if data_digest(wanted.data) != floors.data:
        _tell("these are other data than the floors were pinned on: nothing is compared")
        return 0
    if wanted.loosen:
        if wanted.loosen not in floors.floors or wanted.loosen not in measured:
            return _refuse(f"{wanted.loosen} has no floor or was not measured")
        floors = floors.loosened(wanted.loosen, measured[wanted.loosen], wanted.because)
    if wanted.pin or wanted.loosen:
        floors = floors.tightened(measured)
        floors.save(wanted.floors)
    broken = list(floors.broken(measured))
    for sentence in broken:
        _tell(f"worse than before: {sentence}")
    return 1 if broken else 0


def _parser(measures: Mapping[str, Measure]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m quality", description="Measure how well Indonesian is understood.")
    parser.add_argument("--data", type=Path, required=True, help="folder laid out like the shared data")
    parser.add_argument("--only", action="append", choices=list(measures), help="this measure; may be repeated")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is measured now")
    parser.add_argument("--loosen", metavar="FIGURE", help="set this one floor to what is measured now")
    parser.add_argument("--because", metavar="REASON", help="why a floor is loosened; it is kept beside it")
    parser.add_argument("--floors", type=Path, default=PINNED, metavar="FILE", help="where the floors are kept")
    return parser


def _refuse(sentence: str) -> int:
    _tell(sentence)
    return 2


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
