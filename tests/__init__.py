"""What is promised to users, held to its word; the folders are those of the code."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
SAMPLES: Final = ROOT / "samples"
SHARED_DATA: Final = ROOT.parent / "shared" / "data"  # larger data beside the checkout; tests that need it skip without
