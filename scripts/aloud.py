"""Runs a step that may take long: quietly, but saying every few seconds how far it is. A run that is stopped
ends the step, with all that it has started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from schoolgate.cli.up import wait_aloud  # noqa: E402

SECONDS_TO_END = 10.0


def run(
    words: Sequence[str],
    doing: str,
    say: Callable[[str], None],
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    how_far: Callable[[str], str] = lambda _written: "not done yet",
    ends_itself: bool = False,
) -> tuple[int, str]:
    """Return the exit status and what was written. `how_far` makes words of what is written so far.

    `ends_itself`: it hears a Ctrl-C at the terminal itself, and is waited for, because an end in the
    middle would leave something half installed.
    """
    say(doing)
    with tempfile.TemporaryFile() as output:

        def written() -> str:
            return os.pread(output.fileno(), 10_000_000, 0).decode(errors="replace")

        process = subprocess.Popen(
            [*words],
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            process_group=None if ends_itself else 0,
        )
        try:
            status = wait_aloud(process, doing, say, lambda: how_far(written()))
        except KeyboardInterrupt:
            _end(process, itself=ends_itself)
            raise
        return status, written()


def _end(process: subprocess.Popen[bytes], *, itself: bool) -> None:
    if not itself:
        for how in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(SECONDS_TO_END)
    process.wait()
