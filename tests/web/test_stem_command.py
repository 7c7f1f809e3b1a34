"""`flask stem` prints each word of any input with its stem, and explains it on request."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from index.words import stemming
from web import create_app
from web.setting_values import BadSetting

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    runner = create_app({"KLIPING_INDEX": tmp_path / "index"}).test_cli_runner()

    def run_command(*words: str, given: bytes = b"") -> Result:
        return runner.invoke(args=["stem", *words], input=given)

    return run_command


def test_words_and_stems_are_printed_with_a_tab_between(run: Run) -> None:
    assert run("Pertemuan", "anak-anaknya", "KTP-nya").stdout == "Pertemuan\ttemu\nanak-anaknya\tanak\nKTP-nya\tktp\n"


def test_parts_of_a_name_come_one_by_one(run: Run) -> None:
    assert run("Jong-un").stdout == "Jong\tjong\nun\tun\n"


def test_without_words_standard_input_is_read(run: Run) -> None:
    result = run(given=b"pertemuan\r\n\nkunjungan ke kediri\n")
    assert result.stdout == "pertemuan\ttemu\nkunjungan\tkunjung\nke\tke\nkediri\tkediri\n"


@pytest.mark.parametrize("junk", [b"", b"\n\n", b"\xff\xfe\x00\x1b[31m!", b"!!! ... ---"])
def test_what_is_no_word_on_standard_input_is_passed_over(run: Run, junk: bytes) -> None:
    result = run(given=junk)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "\ufffd" not in result.stdout


def test_numbers_and_foreign_words_are_their_own_stems(run: Run) -> None:
    assert (
        run("12.000", "covid19", "平壌", "Muñoz").stdout
        == "12.000\t12.000\ncovid19\tcovid19\n平壌\t平壌\nMuñoz\tmunoz\n"
    )


@pytest.mark.parametrize("word", ["", "!?", "\x00", "…"])
def test_without_any_word_the_command_was_asked_wrongly(run: Run, word: str) -> None:
    result = run(word)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: there is no word")


def test_an_explanation_shows_the_readings_the_heaviest_first(run: Run) -> None:
    first, step, *weighed = run("--explain", "perbankan").stdout.splitlines()
    assert (first, step.strip()) == ("perbankan\tbank", "perbankan → bank")
    assert weighed[0].split()[1:] == ["bank", "per-…-an"]
    found = [float(line.split()[0]) for line in weighed]
    assert len(found) >= 2
    assert found == sorted(found, reverse=True)


def test_an_explanation_tells_names_and_words_without_affixes(run: Run) -> None:
    assert "settled" in run("--explain", "bali").stdout
    assert "no affix" in run("--explain", "xyzzy").stdout
    assert run("--explain", "12.000").stdout == "12.000\t12.000\n"


def test_exceptions_of_the_reader_are_a_setting(tmp_path: Path) -> None:
    path = tmp_path / "ours.tsv"
    path.write_text("jkt\tjakarta\n", encoding="utf-8")
    runner = create_app({"KLIPING_STEM_EXCEPTIONS": path}).test_cli_runner()
    assert runner.invoke(args=["stem", "Jkt"]).stdout == "Jkt\tjakarta\n"
    stemming.use_exceptions(None)


@pytest.mark.parametrize("content", [None, b"jkt jakarta\n", b"\xff"])
def test_exceptions_that_cannot_be_read_are_told_in_one_sentence(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "ours.tsv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadSetting, match=r"KLIPING_STEM_EXCEPTIONS is .*ours\.tsv"):
        create_app({"KLIPING_STEM_EXCEPTIONS": path})


def test_an_explanation_tells_which_relatives_are_far(run: Run) -> None:
    assert run("--explain", "pemerintah").stdout.splitlines()[-1].strip() == "far: perintah, …-kan"
    assert "far" not in run("--explain", "kunjung").stdout


def test_stemmers_are_compared(run: Run) -> None:
    assert run("--stemmer", "sastrawi", "Bekasi").stdout == "Bekasi\tbekas\n"
    assert run("--stemmer", "roots", "Bekasi").stdout == "Bekasi\tbekasi\n"
