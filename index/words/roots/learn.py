"""The command that computes the shipped weights: `python -m index.words.roots.learn --data PATH…`.

It reads the articles twice, in any format that `flask reindex` reads, and takes about a minute for 50,000 of them. The
same articles and the same root list give the same weights.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.reading.records import read
from archive.record import Record
from index.words.roots import weights
from index.words.roots.fitting import fit


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn from the articles given on the command line and write the weights file."""
    parser = argparse.ArgumentParser(
        prog="python -m index.words.roots.learn", description="Learn the weights of roots."
    )
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="files and folders of articles")
    parser.add_argument("--to", type=Path, default=weights.FILE, help="the file to write (default: the shipped one)")
    wanted = parser.parse_args(arguments)

    def texts() -> Iterator[str]:
        return (item.text for item in read(wanted.data) if isinstance(item, Record))

    weights.save(fit(texts), wanted.to)


if __name__ == "__main__":
    main()
