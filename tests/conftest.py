"""What all tests share: processes, no deadlines, no luck where a run decides over a change, templates compiled once."""

import os

import pytest
from flask import Flask
from hypothesis import settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

pytest.register_assert_rewrite("tests.contract.engine_contract")

# A loaded machine is slow, not wrong. With CI=true every run takes the same examples; elsewhere each looks further.
settings.register_profile("search", deadline=None)
settings.register_profile("decide", deadline=None, derandomize=True)
settings.load_profile("decide" if os.environ.get("CI") else "search")


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores, since tests also wait: for disks, servers, Chromium."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest first, so that no process has one left when the others are done."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


class CompiledTemplates(BytecodeCache):
    """The templates compiled so far in this process, by what they say; compiling them takes an app half a second."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": CompiledTemplates()}
