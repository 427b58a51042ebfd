"""Processes in which files from outside are read, begun as copies of one that has loaded the libraries.

The program starts such a process for each file (`core.outside.aside`), which takes a tenth of a second,
nearly all of it to load them. In tests each is a copy, limited in the same way, and killed in the same way.
`tests/core/test_aside.py` has scripts of its own, which are started as the program does it.
"""

import ast
import contextlib
import importlib
import os
import runpy
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

CHILD = Path(__file__).parent.parent / "schoolgate" / "core" / "outside" / "child.py"
COPIED = ("documents_child.py", "film_child.py", "outlook_child.py", "redrawing.py", "workbooks.py")
"""Scripts whose libraries stand being copied: others start threads as they are loaded."""
ALSO = {"film_child.py": ("PIL.PngImagePlugin",)}
"""What a script's libraries load only once they need it."""
LONGEST = 4096
"""Bytes of the words that a copy is given."""


def serve(script: str, there: socket.socket) -> None:
    """Load what a script loads, and have a copy of this process run it for each pair of files that comes."""
    _load(Path(script))
    while True:
        words, files, _flags, _from = socket.recv_fds(there, LONGEST, 2)
        if not words:
            return
        copy = os.fork()
        if not copy:
            _run(files, words.decode().split("\0"))
        for each in files:
            os.close(each)
        there.sendall(copy.to_bytes(4, "big"))
        _pid, status = os.waitpid(copy, 0)
        there.sendall(b"\1" if status == 0 else b"\0")


def _load(script: Path) -> None:
    for node in ast.walk(ast.parse(script.read_text("utf-8"))):
        with contextlib.suppress(ImportError):  # the script says so itself
            if isinstance(node, ast.Import):
                for each in node.names:
                    importlib.import_module(each.name)
            elif isinstance(node, ast.ImportFrom) and node.module:
                importlib.import_module(node.module)
    for name in ALSO.get(script.name, ()):
        importlib.import_module(name)


def _run(files: list[int], words: list[str]) -> None:
    status = 1
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for number, file in enumerate((*files, nowhere)):
            os.dup2(file, number)
        sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115
        sys.argv = [str(CHILD), *words]
        try:
            runpy.run_path(str(CHILD), run_name="__main__")
            status = 0
        except SystemExit as end:
            status = int(end.code is not None and end.code != 0)
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001 - whatever it is, the copy ends here
        status = 1
    finally:
        os._exit(status)


class Copied:
    """The processes of this run that are copied, one for each script."""

    def __init__(self) -> None:
        self._here: dict[Path, tuple[socket.socket, subprocess.Popen[bytes]]] = {}

    def read(
        self, script: Path, source: IO[bytes], found: IO[bytes], words: list[str], patience: float
    ) -> bool:
        """Run a script from one file into another; return whether it came to its end."""
        here = self._of(script)
        source.seek(0)
        here.settimeout(None)
        socket.send_fds(here, ["\0".join([str(script), *words]).encode()], [source.fileno(), found.fileno()])
        copy = int.from_bytes(here.recv(4), "big")
        here.settimeout(patience)
        try:
            return here.recv(1) == b"\1"
        except (TimeoutError, BlockingIOError):  # the latter where no patience is had at all
            os.kill(copy, signal.SIGKILL)
            here.settimeout(None)
            here.recv(1)
            return False

    def _of(self, script: Path) -> socket.socket:
        if script not in self._here:
            here, there = socket.socketpair()
            call = [sys.executable, "-I", "-B", __file__, str(script), str(there.fileno())]
            process = subprocess.Popen(call, stdin=subprocess.DEVNULL, pass_fds=[there.fileno()])
            there.close()
            self._here[script] = here, process
        return self._here[script][0]

    def end(self) -> None:
        """End them."""
        for here, process in self._here.values():
            here.close()
            process.wait(10)


@contextlib.contextmanager
def copies_read(is_copied: Callable[[Path], bool]) -> Iterator[None]:
    """Have readers of these scripts read in copies, as long as this goes on."""
    import pytest

    from schoolgate.core.outside import aside

    started, copied = aside.Reader.between, Copied()

    def between(reader: aside.Reader, source: IO[bytes], found: IO[bytes], *told: int) -> None:
        if not is_copied(reader.script):
            return started(reader, source, found, *told)
        limits = (reader.megabytes << 20, reader.seconds, reader.most)
        patience = reader.seconds * aside.PATIENCE
        if not copied.read(reader.script, source, found, [*map(str, (*limits, *told))], patience):
            raise aside.GaveUp
        return None

    between.__dict__["started"] = started
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aside.Reader, "between", between)
        yield
    copied.end()


if __name__ == "__main__":
    serve(sys.argv[1], socket.socket(fileno=int(sys.argv[2])))
