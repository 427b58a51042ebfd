"""What a supervisor does where a part of it ends, and what a copy of it keeps."""

import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from schoolgate.cli.children import ANOTHER_PLEASE, FIRST_WAIT, Child, end_left_behind, still_there
from tests.cli.machine import wait_for


@pytest.mark.parametrize(
    ("status", "said", "begun"),
    [
        (ANOTHER_PLEASE, "", 2),  # of no interest to a person
        (0, f"worker has ended (exit status 0), restarting in {FIRST_WAIT:g} s", 1),
        (-signal.SIGKILL, f"worker has ended (signal SIGKILL), restarting in {FIRST_WAIT:g} s", 1),
    ],
)
def test_a_part_that_asks_for_another_is_replaced_at_once_and_one_that_just_ends_after_a_wait(
    status, said, begun
):
    runs = []

    def begin():
        runs.append(SimpleNamespace(pid=len(runs), poll=lambda: None))
        return runs[-1]

    worker = Child("worker", begin, ends_on=signal.SIGTERM, patience=1)
    worker.start(0.0)
    runs[0].poll = lambda: status
    assert worker.look_after(200.0) == said
    assert len(runs) == begun


def test_what_was_left_is_ended_all_at_once_and_what_has_its_number_now_is_not_touched():
    deaf = ["sh", "-c", "trap '' TERM; read _; : left"]
    stays = [subprocess.Popen(deaf, stdin=subprocess.PIPE) for _ in range(20)]
    other = subprocess.Popen(["sleep", "60"])
    wait_for(lambda: len(still_there([each.pid for each in stays], "left")) == 20)
    began = time.monotonic()
    try:
        assert end_left_behind([each.pid for each in (*stays, other)], "left", patience=0.2)
        assert time.monotonic() - began < 20 * 0.2, "not one after the other"
        assert [each.wait(5) for each in stays] == [-signal.SIGKILL] * 20
        assert other.poll() is None
        assert not end_left_behind([other.pid], "left", patience=0.2)
    finally:
        for each in stays:
            each.stdin.close()
        other.kill()
        other.wait()


COPIES = """
import os, socket, sys
from pathlib import Path
from schoolgate.cli.children import fork_to

def says(line):
    kept = [int(each) for each in os.listdir("/proc/self/fd")]
    there = {each for each in kept if Path(f"/proc/self/fd/{each}").exists()}
    print("said")
    line.sendall(str(there == {0, 1, 2, line.fileno()}).encode())

def breaks(line):
    raise RuntimeError("broken")

held = open(sys.argv[1])
for does in (says, breaks):
    mine, theirs = socket.socketpair()
    copy = fork_to(does, theirs, Path(sys.argv[2]))
    theirs.close()
    print(mine.recv(100).decode(), copy.wait())
"""


def test_a_copy_keeps_one_line_and_no_lock_or_file_of_the_supervisor_and_writes_into_its_own_log(tmp_path):
    log = tmp_path / "log"
    done = subprocess.run(
        [sys.executable, "-c", COPIES, __file__, str(log)], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["True 0", " 1"]
    assert log.read_text().startswith("said\nTraceback")
    assert "RuntimeError: broken" in log.read_text()
