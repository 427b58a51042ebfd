"""What comes from outside is read by the readers of `core.outside`, which count while they unpack."""

import re

import pytest

from tests.gates.files import name_of, own_files

READERS = re.compile(
    r"\.iter_(?:bytes|text|lines|raw)\(|\.aiter_|httpx\.(?:get|post|put|patch|delete|request|stream)\("
    r"|client\.(?:get|post|put|patch|delete|request)\(|html\.parser|tarfile\.(?:TarFile|TarError)|extractfile"
)

CONNECTING = re.compile(
    r"httpx\.(?:Async)?(?:Client|HTTPTransport)\b|httpcore\.\w*(?:Pool|Proxy|Connection)\b|\burllib\.request|urlopen"
    r"|\bhttp\.client\b|create_connection|getaddrinfo|gethostby|socket\.socket\((?!\))|\.connect_ex\("
    r"|smtplib\.SMTP\w*\(|^\s*(?:import|from) (?:requests|urllib3|aiohttp|ftplib|imaplib|poplib|telnetlib)\b"
)
ALLOWED = {
    "core/outside/client.py": "the client",
    "core/outside/reach.py": "connects to addresses that were checked",
    "core/outside/places.py": "looks names up for it",
    "cli/up.py": "asks whether our own port is free, and our own web process whether it is well",
    "config/gateway/serving.py": "sets an option of the socket on which our own pages listen",
    "notices/smtp.py": "the library's client for mail, on a connection of `reach`",
}
"""A line about connecting stands in these files alone."""


def test_whoever_connects_to_another_machine_does_it_through_the_one_client():
    found = {
        name_of(path).removeprefix("schoolgate/")
        for path in own_files("schoolgate/*.py")
        if any(CONNECTING.search(line) for line in path.read_text("utf-8").splitlines())
    }
    assert found - set(ALLOWED) == set()
    assert set(ALLOWED) - found <= {"notices/smtp.py"}


@pytest.mark.parametrize(
    "line",
    [
        "with httpx.Client(timeout=5) as client:",
        "pool = httpcore.ConnectionPool()",
        "answer = urllib.request.urlopen(address)",
        "there = socket.create_connection((host, port))",
        "ftp = smtplib.SMTP(host)",
        "import requests",
    ],
)
def test_another_client_would_be_found(line):
    assert CONNECTING.search(line)
