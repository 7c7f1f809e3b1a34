"""Opens the near-duplicate detector of a reindex: with the fingerprints of the last one, or empty."""

from archive.copies.fingerprint_table import StaleFingerprintsError
from archive.copies.near_duplicates import NearDuplicateDetector
from index.engine import Build, DamagedIndex


def open_detector(build: Build, name: str, *, anew: bool) -> NearDuplicateDetector:
    """Open the detector of a build; DamagedIndex if it is to go on from fingerprints that are lost.

    `name` is that of their companion file. The temporary file of the detector is in the same folder, so that one disk
    alone must have room.
    """
    saved = build.companion_file(name)
    if anew:
        return NearDuplicateDetector(saved.parent, build.known_texts)
    try:
        return NearDuplicateDetector.load(saved, saved.parent, build.known_texts)
    except (OSError, StaleFingerprintsError) as error:
        raise DamagedIndex(
            f"the fingerprints of the last reindex are lost ({error}); run: flask reindex --full"
        ) from error
