"""Runs the tests of the distributed engine over a real node: the one that is named, or one started for them."""

import os
import subprocess
import sys

from tests.opensearch.node import VARIABLE
from tests.opensearch.server import Unavailable, nodes


def run(address: str) -> int:
    """Run the tests over the node at an address."""
    command = [sys.executable, "-m", "pytest", "-q", "tests/opensearch"]
    return subprocess.run(command, env={**os.environ, VARIABLE: address}, check=False).returncode


def main() -> int:
    """Run the tests, or say why they are skipped."""
    if given := os.environ.get(VARIABLE):
        return run(given)
    try:
        with nodes(1) as (node,):
            return run(f"http://127.0.0.1:{node.port}")
    except Unavailable as reason:
        sys.stdout.write(f"skipped: the tests over a real OpenSearch node: {reason}\n")
        return 0


if __name__ == "__main__":
    sys.exit(main())
