"""What is promised to users, held to its word; the folders are those of the code."""

import shutil
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
SAMPLES: Final = ROOT / "samples"
SHARED_DATA: Final = ROOT.parent / "shared" / "data"  # larger data beside the checkout; tests that need it skip without
CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
