"""Files of which some bytes were overwritten, or the end cut off, as tests of broken files want them."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# The folder of a test may serve all its examples: each writes the one file anew.
any_damage = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@st.composite
def damaged(draw: st.DrawFn, *files: tuple[str, bytes]) -> tuple[str, bytes]:
    """The name of one of the files, and its bytes with damage."""
    name, raw = draw(st.sampled_from(files))
    changed = bytearray(raw)
    for share, given in draw(st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), max_size=8)):
        place = int(share * (len(raw) - 1))
        changed[place : place + len(given)] = given
    cut = draw(st.none() | st.floats(0, 1))
    return name, bytes(changed if cut is None else changed[: int(cut * len(changed))])
