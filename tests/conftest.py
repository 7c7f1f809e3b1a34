"""What all tests share: no deadlines, and no luck where a run decides over a change."""

import os

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("tests.contract.engine_contract")

# A loaded machine is slow, not wrong. With CI=true every run takes the same examples; elsewhere each looks further.
settings.register_profile("search", deadline=None)
settings.register_profile("decide", deadline=None, derandomize=True)
settings.load_profile("decide" if os.environ.get("CI") else "search")
