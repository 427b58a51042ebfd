"""A small email server on this machine that behaves, or misbehaves, as it is told."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from schoolgate.notices.kinds import Security
from schoolgate.notices.mail_server import ServerSettings


@dataclass
class Server:
    """`answers`: what it says to a command in the place of yes; `hang_up_after`: a command, `DATA` or `BODY`,
    after which it goes away without a word; `deaf_to`: a command that it never answers."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    hang_up_after: str = ""
    deaf_to: str = ""
    taken: list[tuple[str, str]] = field(default_factory=list)
    offers: str = "250 here"

    @property
    def settings(self) -> ServerSettings:
        return ServerSettings("127.0.0.1", self.port, Security.NONE, "Office <office@school.example>")

    def answer_for(self, line: str) -> str:
        for beginning, answer in self.answers.items():
            if line.upper().startswith(beginning.upper()):
                return answer
        return ""

    def speak(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), connection, connection.makefile("rwb") as wire:
            self._say(wire, "220 ready")
            to = ""
            while line := wire.readline().decode("ascii", "replace").strip():
                word = line.split()[0].upper()
                if self.deaf_to == word:
                    connection.recv(1)
                    return
                if own := self.answer_for(line):
                    self._say(wire, own)
                elif word == "EHLO":
                    self._say(wire, self.offers)
                elif word == "DATA":
                    self._say(wire, "354 go on")
                    if self.hang_up_after == "DATA":
                        return
                    if not self._take(wire, to):
                        return
                elif word == "QUIT":
                    self._say(wire, "221 bye")
                    return
                else:
                    to = line.partition("<")[2].rstrip(">") if word == "RCPT" else to
                    self._say(wire, "250 yes")
                if self.hang_up_after == word:
                    return

    def _take(self, wire, to: str) -> bool:
        body = []
        while (line := wire.readline()) not in (b".\r\n", b""):
            body.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if self.hang_up_after == "BODY":
            self.taken.append((to, b"".join(body).decode()))
            return False
        if own := self.answers.get("BODY"):
            self._say(wire, own)
        else:
            self.taken.append((to, b"".join(body).decode()))
            self._say(wire, "250 taken")
        return True

    def _say(self, wire, line: str) -> None:
        wire.write(line.encode() + b"\r\n")
        wire.flush()


@contextlib.contextmanager
def running(**how) -> Iterator[Server]:
    """A server that runs until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Server(port=listening.getsockname()[1], **how)

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _who = listening.accept()
                    threading.Thread(target=server.speak, args=[connection], daemon=True).start()

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield server
        finally:
            # Closed under it, the thread would go on with the number of the next test's socket.
            listening.shutdown(socket.SHUT_RDWR)
            accepting.join()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]
