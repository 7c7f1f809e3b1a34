"""Opens the near-duplicate detector of a reindex: with the fingerprints of the last one, or empty."""

from pathlib import Path

from archive.copies.fingerprint_table import StaleFingerprintsError
from archive.copies.near_duplicates import NearDuplicateDetector
from index.engine import DamagedIndex


def open_detector(saved: Path, *, anew: bool) -> NearDuplicateDetector:
    """Open the detector; DamagedIndex if it is to go on from fingerprints that are lost.

    Its temporary file is in the folder of the fingerprints, so that one disk alone must have room.
    """
    if anew:
        return NearDuplicateDetector(saved.parent)
    try:
        return NearDuplicateDetector.load(saved, saved.parent)
    except (OSError, StaleFingerprintsError) as error:
        raise DamagedIndex(
            f"the fingerprints of the last reindex are lost ({error}); run: flask reindex --full"
        ) from error
