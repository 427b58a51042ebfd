"""Running a piece of the program in a process that may take so much memory and processor time and no more: a
bomb that goes off ends that process, and not the machine."""

import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MEGABYTES = 500
SECONDS = 10


def in_limits(code: str, *told: str, megabytes: int = MEGABYTES, seconds: int = SECONDS) -> str:
    """What `code` prints; it finds `told` in `sys.argv`. Fails where it ends in any other way than by itself.

    Memory counts everything that the process maps, its libraries too.
    """

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    call = [sys.executable, "-c", code, *told]
    done = subprocess.run(call, capture_output=True, text=True, cwd=ROOT, preexec_fn=limit, check=False)
    assert done.returncode == 0, f"{done.stdout[-500:]}ended with {done.returncode}: {done.stderr[-2000:]}"
    return done.stdout.strip()
