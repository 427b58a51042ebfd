"""A process that is to end with its parent ends also where the parent went before it could ask for that."""

import os
import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.processes
ASKS = (
    "import sys\n"
    "from schoolgate.core.processes import die_with_parent\n"
    "die_with_parent(parent=int(sys.argv[1]))"
)


@pytest.mark.parametrize(
    ("parent", "status"), [(os.getpid(), 0), (0, -signal.SIGTERM)], ids=["there", "gone before"]
)
def test_it_goes_on_only_while_its_parent_is_there(parent, status):
    assert subprocess.run([sys.executable, "-c", ASKS, str(parent)], check=False).returncode == status
