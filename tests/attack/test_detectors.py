"""The attacks see what they look for: planted faults are found, each of its kind, and nothing where there is none."""

import os
import signal
from html import escape
from pathlib import Path
from random import Random
from time import sleep

import pytest

from tests.attack.campaign import Attack, Campaign, Case, Fault, Finding
from tests.attack.markup import broken_out, broken_out_of_xml, ill_formed
from tests.attack.payloads import MARKER, MARKUP
from tests.attack.power_cuts import Disk, PowerCut
from tests.attack.workers import rows

HARMLESS_IN_TEXT = tuple(payload for payload in MARKUP if not payload.startswith(("&lt;", "\uff1c", '" ', "' ", "` ")))


def page(text: str) -> str:
    return f'<html lang="id"><head><title>{text}</title></head><body><p class="x">{text}</p></body></html>'


@pytest.mark.parametrize("payload", HARMLESS_IN_TEXT)
def test_markup_that_is_not_escaped_is_found(payload: str) -> None:
    assert list(broken_out(page(payload), MARKER))


@pytest.mark.parametrize("payload", MARKUP)
def test_markup_that_is_escaped_is_none(payload: str) -> None:
    assert list(broken_out(page(escape(payload)), MARKER)) == []
    assert list(broken_out(f'<p title="{escape(payload)}"></p>', MARKER)) == []


def test_data_for_programs_may_hold_text_but_no_markup() -> None:
    data = '<script type="application/ld+json">{}</script>'
    assert list(broken_out(data.format(f'{{"a": "{MARKER}"}}'), MARKER)) == []
    for inner in ('{"a": "</script><script>x"}', '{"a": "<b>"}', '{"a": ', f"{MARKER}()"):
        assert list(broken_out(data.format(inner), MARKER))


def test_xml_that_is_broken_out_of_is_found() -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title>{}</title><link href="{}"/></feed>'
    assert list(broken_out_of_xml(feed.format("a", "/"), MARKER)) == []
    assert list(broken_out_of_xml(feed.format(escape("<script>x</script>"), "/"), MARKER)) == []
    for title, address in (("<script>x</script>", "/"), ("<b onclick='x'/>", "/"), ("<a>", "/"), ("a", "javascript:x")):
        assert list(broken_out_of_xml(feed.format(title, address), MARKER))


@pytest.mark.parametrize("payload", [payload for payload in MARKUP if payload.startswith('"')])
def test_attributes_that_are_broken_out_of_are_found(payload: str) -> None:
    assert list(broken_out(f'<p title="{payload}"></p>', MARKER))


@pytest.mark.parametrize(
    "address", ["javascript:1", " java\tscript:1", "\x01JAVASCRIPT:1", "data:text/html,x", "vbscript:x"]
)
def test_addresses_that_run_are_found(address: str) -> None:
    assert list(broken_out(f'<a href="{escape(address)}">x</a>', MARKER))
    assert list(broken_out('<a href="/article/javascript:1">x</a>', MARKER)) == []


@pytest.mark.parametrize(
    "text",
    ["<p><b></p></b>", "<ul><li></ul>", '<p id="a"></p><p id="a"></p>', "<p>", '<p a="1" a="2"></p>', "<p>\0</p>"],
)
def test_pages_that_are_ill_formed_are_found(text: str) -> None:
    assert ill_formed(text)
    assert not ill_formed('<p id="a">x<br><b>y</b></p>')


def _cases() -> Case:
    def case(number: int) -> Finding:
        if number == 3:
            sleep(60)
        if number == 5:
            os.kill(os.getpid(), signal.SIGKILL)
        if number == 6:
            raise ValueError
        return Finding(number, 0.0, (Fault("other", "seen"),) if number == 8 else ())

    return case


def test_a_case_that_hangs_dies_raises_or_finds_something_is_counted_and_the_others_go_on(tmp_path: Path) -> None:
    campaign = Campaign(seed=1, short=True, work=tmp_path, saved=tmp_path)
    broken, other = rows(campaign, Attack("x", "cases", ("broken", "other"), 30.0, 10, _cases, limit=3.0))
    assert (broken.count, len(broken.failures), len(other.failures)) == (10, 3, 1)
    assert other.failures == ("seen: python -m tests.attack --seed 1 --short --only x --at 8",)


def test_what_was_not_synced_may_be_lost_in_a_power_cut_and_what_was_is_kept(tmp_path: Path) -> None:
    root = tmp_path / "disk"
    (root / "old").mkdir(parents=True)
    (root / "old" / "kept").write_bytes(b"kept")
    seen = set()
    for seed in range(40):
        target = tmp_path / str(seed)
        pid = os.fork()
        if pid == 0:
            _write_half_synced(root, target, seed)
        assert os.waitpid(pid, 0)[1] == 0
        assert (target / "old" / "kept").read_bytes() == b"kept"
        assert (target / "synced").read_bytes() == b"synced"
        seen.add((target / "loose").read_bytes() if (target / "loose").exists() else None)
        for name in ("synced", "loose"):
            (root / name).unlink()
    assert {None, b"", b"loose"} <= seen


def _write_half_synced(root: Path, target: Path, seed: int) -> None:
    """In a forked process: one file that is synced with its folder, and one that is not."""
    try:
        disk = Disk(root)
        PowerCut(disk, -1, lambda: None).follow()
        for path in (root, root / "synced"):
            (root / "synced").write_bytes(b"synced")
            handle = os.open(path, os.O_RDONLY)
            os.fsync(handle)
        (root / "loose").write_bytes(b"loose")
        disk.image(target, Random(seed))
    finally:
        os._exit(0 if target.exists() else 1)
