"""The distributed engine passes the contract of all engines, unmodified, over one shard and over three."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from index.engine import Engine
from index.opening import open_engine
from index.opensearch.building import writing
from index.opensearch.building.writing import SMALL
from index.opensearch.bulk import PORTION_BYTES
from tests.contract.concordance_contract import *  # noqa: F403
from tests.contract.cursor_contract import *  # noqa: F403
from tests.contract.engine_contract import *  # noqa: F403  # the contract's tests run here
from tests.contract.first_seen_contract import *  # noqa: F403
from tests.contract.memory_engine import MemoryEngine
from tests.contract.similarity_contract import *  # noqa: F403
from tests.contract.snapshot_contract import *  # noqa: F403
from tests.contract.story_size_contract import *  # noqa: F403
from tests.contract.test_engines import agree
from tests.contract.trends_contract import *  # noqa: F403
from tests.contract.walk_contract import *  # noqa: F403
from tests.contract.words_contract import *  # noqa: F403
from tests.opensearch.node import an_index, needed

pytestmark = needed
EXAMPLES = 12  # each builds an archive twice and asks some fifty questions: five seconds


@pytest.fixture
def engine() -> Iterator[Engine]:
    with an_index() as address:
        yield open_engine(address)


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(st.data(), st.sampled_from([1, 3]), st.sampled_from([0, SMALL]), st.sampled_from([0, PORTION_BYTES]))
def test_it_agrees_with_the_plainest_reading(data: st.DataObject, shards: int, small: int, portion: int) -> None:
    with an_index(shards) as address, pytest.MonkeyPatch.context() as patched:
        patched.setattr(writing, "SMALL", small)  # with 0, each generation begins with a copy of the last one
        patched.setattr(writing, "PORTION_BYTES", portion)  # with 0, each article is sent before its story is known
        agree(data, (MemoryEngine(), open_engine(address)))
