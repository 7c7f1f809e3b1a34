"""The benchmark of questions over whole results asks each of them, of an index with hits and without."""

from pathlib import Path

import pytest

from benchmarks.workbench import main
from index.opening import open_engine
from tests.contract.engine_contract import an_article, build


def test_every_question_is_timed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(
        open_engine(tmp_path), *(an_article(f"{number}", "harga beras naik lagi", "2018-05-03") for number in range(3))
    )
    main([str(tmp_path), "beras", "nihil"])
    heading, *lines = capsys.readouterr().out.splitlines()
    assert heading.startswith("3 articles")
    assert len(lines) == 24
    assert all("first" in line and "then" in line for line in lines)
