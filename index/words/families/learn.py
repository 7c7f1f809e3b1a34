"""The command that computes the shipped table: `python -m index.words.families.learn --data PATH…`.

It reads the articles once, in any format that `flask reindex` reads, with the weights of roots as they are shipped.
50,000 articles take a minute and 2 GB. The same articles and the same weights give the same table.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.reading.records import read
from archive.record import Record
from index.words.families import table
from index.words.families.corpus import gather
from index.words.families.deciding import decide


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn from the articles given on the command line and write the table."""
    parser = argparse.ArgumentParser(
        prog="python -m index.words.families.learn", description="Learn which forms of a root are far relatives."
    )
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="files and folders of articles")
    parser.add_argument("--to", type=Path, default=table.FILE, help="the file to write (default: the shipped one)")
    wanted = parser.parse_args(arguments)

    def texts() -> Iterator[str]:
        records = (item for item in read(wanted.data) if isinstance(item, Record))
        return (f"{record.title or ''}\n{record.text}" for record in records)

    table.save(decide(gather(texts())), wanted.to)


if __name__ == "__main__":
    main()
