"""A real server that speaks Mastodon's API, on this machine alone: GoToSocial, built from its source
(docs/networks.md says how), with accounts and access tokens as needed."""

from __future__ import annotations

import itertools
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from schoolgate.core.env import for_a_child
from schoolgate.core.surroundings import parts_of
from tests.network.asking import ask

DOMAIN = "social.test"
EMAIL, PASSWORD = "{}@example.com", "Only-for-tests-39-of-them!"
LEAVES = "urn:ietf:wg:oauth:2.0:oob"
START = 60.0
"""Seconds until the server must answer."""
_numbers = itertools.count(1)


@dataclass
class GoToSocial:
    """The running server. `source` is the folder of its source, with the program built in it."""

    source: Path
    home: Path
    port: int
    version: str = ""
    stranger: str = ""
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *words: str) -> subprocess.Popen[bytes]:
        """The program with its settings."""
        given = {
            "HOST": DOMAIN, "PROTOCOL": "http", "BIND_ADDRESS": "127.0.0.1", "PORT": str(self.port),
            "DB_TYPE": "sqlite", "DB_ADDRESS": str(self.home / "sqlite.db"),
            "STORAGE_LOCAL_BASE_PATH": str(self.home / "files"), "LETSENCRYPT_ENABLED": "false",
            "WEB_TEMPLATE_BASE_DIR": f"{self.source}/web/template/",
            "WEB_ASSET_BASE_DIR": f"{self.source}/web/assets/",
            "ADVANCED_RATE_LIMIT_REQUESTS": "0", "ADVANCED_THROTTLING_MULTIPLIER": "0", "LOG_LEVEL": "warn",
            "TRUSTED_PROXIES": "127.0.0.1/32", **self.settings,
        }  # fmt: skip
        named = {f"GTS_{name}": value for name, value in given.items()}
        environment = for_a_child() | named | {"PATH": os.environ["PATH"]}
        program = str(self.source / "gotosocial")
        with (self.home / "log").open("ab") as log:
            return subprocess.Popen(
                [program, *words], cwd=self.source, env=environment, stdout=log, stderr=log
            )

    def account(self, name: str) -> str:
        """An account, named uniquely after `name`; gives its name. There is one stranger: to make an account
        takes seconds."""
        if name != "stranger":
            return self._new_account(name)
        self.stranger = self.stranger or self._new_account(name)
        return self.stranger

    def _new_account(self, name: str) -> str:
        name = f"{name}{next(_numbers)}"
        words = ["--username", name, "--email", EMAIL.format(name), "--password", PASSWORD]
        made = self.run("admin", "account", "create", *words)
        assert made.wait(START) == 0, (self.home / "log").read_text()[-300:]
        return name

    def token(self, name: str, scopes: str = "read write") -> str:
        """An access token of an account for these scopes, as a person gets one in a browser."""
        given = {"client_name": "Schoolgate", "redirect_uris": LEAVES, "scopes": scopes}
        app = self._ask("POST", "/api/v1/apps", json=given).json()
        who = {"client_id": app["client_id"], "redirect_uri": LEAVES}
        self._cookies: dict[str, str] = {}
        self._ask("GET", "/oauth/authorize", params={**who, "response_type": "code", "scope": scopes})
        signed = {"username": EMAIL.format(name), "password": PASSWORD}
        self._ask("POST", "/auth/sign_in", data=signed)
        left = self._ask("POST", "/oauth/authorize").headers["location"]
        code = httpx.QueryParams(parts_of(left).query)["code"]
        asked = {
            **who, "client_secret": app["client_secret"], "grant_type": "authorization_code", "code": code
        }  # fmt: skip
        return str(self._ask("POST", "/oauth/token", json=asked).json()["access_token"])

    def _ask(self, method: str, path: str, **more: object) -> httpx.Response:
        """One request, with the cookies that the server set: they are for its name, which leads nowhere."""
        kept = getattr(self, "_cookies", {})
        cookies = "; ".join(f"{name}={value}" for name, value in kept.items())
        accept = "application/json" if path.startswith(("/api", "/oauth/token")) else "text/html"
        headers = {"Cookie": cookies, "Accept": accept}
        answer = ask(method, self.origin + path, headers=headers, timeout=30, **more)
        if answer.status_code >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        for line in answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            kept[name] = value
        self._cookies = kept
        return answer


@contextmanager
def gotosocial(source: Path, **settings: str) -> Iterator[GoToSocial]:
    """The server on a free port, with nothing on it, for as long as the block runs."""
    with socket.socket() as free, TemporaryDirectory() as home:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        server = GoToSocial(source, Path(home), port, settings=settings)
        running = server.run("server", "start")
        try:
            server.version = _version(server, running)
            yield server
        finally:
            running.terminate()
            running.wait(30)


def _version(server: GoToSocial, running: subprocess.Popen[bytes]) -> str:
    ends = time.monotonic() + START
    while time.monotonic() < ends and running.poll() is None:
        try:
            return str(json.loads(ask("GET", f"{server.origin}/api/v1/instance").text)["version"])
        except (httpx.HTTPError, ValueError, KeyError):
            time.sleep(0.2)
    raise RuntimeError(f"The server did not start. {(server.home / 'log').read_text()[-300:]}")
