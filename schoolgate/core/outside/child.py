"""Limits this process, and then runs a script in it: `child.py SCRIPT BYTES SECONDS MOST WORDS...`."""

import contextlib
import resource
import runpy
import sys


def limit(kind: int, most: int) -> None:
    """Limit this process; where it is limited more tightly already, that holds."""
    _soft, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    _own, script, memory, seconds, written, *told = sys.argv
    with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of memory
        limit(resource.RLIMIT_AS, int(memory))
    limit(resource.RLIMIT_CPU, int(seconds))
    limit(resource.RLIMIT_FSIZE, int(written))
    limit(resource.RLIMIT_CORE, 0)
    sys.argv = [script, *told]
    runpy.run_path(script, run_name="__main__")
