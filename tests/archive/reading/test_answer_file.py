"""The file with the answers of parsers gives back what was put into it, or nothing."""

from pathlib import Path

import pytest

from archive.reading.parsing import answer_file
from archive.reading.parsing.answer_file import AnswerFile

ANSWERS = {bytes([n]) * 16: [f'{{"text": "Berita {n} {part}"}}'.encode() for part in range(n)] for n in range(5)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write some answers: of no part, of one and of several."""
    path = tmp_path / "sub" / "answers"
    file = AnswerFile(path, "1")
    for key, answer in ANSWERS.items():
        assert file.get(key) is None
        file.add(key, answer)
        assert file.get(key) == answer
    file.close()
    return path


def held(path: Path, version: str = "1") -> dict[bytes, list[bytes]]:
    file = AnswerFile(path, version)
    found = {key: file.get(key) for key in ANSWERS}
    file.close()
    return {key: answer for key, answer in found.items() if answer is not None}


def test_answers_are_there_in_the_next_run(path: Path) -> None:
    assert held(path) == ANSWERS


def test_a_file_cut_anywhere_holds_what_stands_before_and_takes_more(path: Path) -> None:
    whole = path.read_bytes()
    counts = set()
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        found = held(path)
        assert found.items() <= ANSWERS.items()
        counts.add(len(found))
        file = AnswerFile(path, "1")
        for key in ANSWERS.keys() - found.keys():
            file.add(key, ANSWERS[key])
        file.close()
        assert held(path) == ANSWERS
    assert counts == {0, 1, 2, 3, 4}


def test_whichever_byte_is_damaged_no_answer_is_another(path: Path) -> None:
    whole = path.read_bytes()
    for at in range(len(whole)):
        for damage in (1, 0x80):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ damage]) + whole[at + 1 :])
            assert held(path).items() <= ANSWERS.items()


def test_only_what_was_asked_for_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_file, "AT_ONCE", 7)
    first, *_, last = ANSWERS
    file = AnswerFile(path, "1")
    assert file.get(last) == ANSWERS[last]
    assert file.get(b"?" * 16) is None
    file.add(b"?" * 16, [b"1"])
    assert file.get(first) == []
    file.drop_unasked()
    assert held(path) == {first: [], last: ANSWERS[last]}
    assert list(path.parent.iterdir()) == [path]


def test_nothing_is_written_while_everything_is_asked_for(path: Path) -> None:
    before = path.stat()
    file = AnswerFile(path, "1")
    for key in ANSWERS:
        file.get(key)
    file.drop_unasked()
    assert path.stat().st_ino == before.st_ino


def test_another_version_begins_anew(path: Path) -> None:
    assert held(path, "2") == {}
    assert held(path, "1") == {}


def test_a_full_disk_keeps_no_more_and_stops_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise OSError(28, "No space left on device")

    file = AnswerFile(path, "1")
    assert file.get(bytes(16)) == []
    with monkeypatch.context() as patch:
        patch.setattr("os.pwrite", fail)
        file.add(b"?" * 16, [b"1"])
    assert file.get(bytes(16)) is None
    file.drop_unasked()
    assert held(path) == ANSWERS
