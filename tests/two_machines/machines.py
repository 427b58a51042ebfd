"""Machines with pages and a worker, and the door in front of them."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from schoolgate.core.postgres import server
from tests.two_machines.databases import url
from tests.two_machines.networks import DOOR, HERE, MACHINES, PAGES, ROOT, THE_DATABASE, inside


@dataclass
class Machine:
    """One home, with pages and a worker that begin again where they end, as a service's do."""

    name: str
    home: Path
    bucket: str
    over: threading.Event
    parts: list[threading.Thread] = field(default_factory=list)

    def surroundings(self, *, owner: bool = False) -> dict[str, str]:
        told = {
            "SCHOOLGATE_HOME": str(self.home), "PORT": str(PAGES),
            "SCHOOLGATE_LISTEN_ON": MACHINES[self.name],
            "SCHOOLGATE_ALLOWED_HOSTS": ",".join([HERE, *MACHINES.values()]),
            "SCHOOLGATE_TRUSTED_PROXIES": "1",
            "SCHOOLGATE_SECRET_KEY": "one secret of two machines, long enough", "SCHOOLGATE_EXAMPLES": "0",
            "SCHOOLGATE_FILES": self.bucket, "SCHOOLGATE_WEB_PROCESSES": "1",
            "SCHOOLGATE_KEEPS_RECORD": "1" if self.name == "one" else "0",
            "DATABASE_URL": url(server.APP, THE_DATABASE),
        }  # fmt: skip
        if owner:
            told["DATABASE_OWNER_URL"] = url(server.OWNER, THE_DATABASE)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SCHOOLGATE_")}
        return kept | told

    def schoolgate(self, *words: str) -> str:
        """Run one command on it to its end."""
        done = subprocess.run(
            ["ip", "netns", "exec", f"sg-{self.name}", sys.executable, "-m", "schoolgate", *words],
            env=self.surroundings(owner=True), cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode and words[0] != "check":
            raise RuntimeError(f"{words}: {done.stderr[-2000:]}")
        return done.stdout

    def begin(self) -> None:
        for part in ("web", "worker"):
            self.parts.append(threading.Thread(target=self._serve, args=(part,), daemon=True))
            self.parts[-1].start()

    def _serve(self, part: str) -> None:
        while not self.over.is_set():
            with self.log(part).open("ab") as log:
                words = ("setpriv", "--pdeathsig=KILL", sys.executable, "-m", "schoolgate", part)
                process = inside(self.name, *words, env=self.surroundings(), cwd=ROOT, stdout=log, stderr=log)
                while process.poll() is None and not self.over.wait(0.3):
                    pass
                if self.over.is_set():
                    process.kill()
            self.over.wait(1)

    def log(self, part: str) -> Path:
        return self.home.parent / f"{self.name}-{part}.log"


class Door(threading.Thread):
    """What a proxy does: each connection goes to a machine that said a moment ago that it is well."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.well: dict[str, bool] = dict.fromkeys(MACHINES, False)
        self._turn = itertools.cycle(MACHINES)

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        begun = await asyncio.start_server(self._pass_on, HERE, DOOR)
        async with begun, httpx.AsyncClient(timeout=2) as client:
            await asyncio.gather(*(self._look(client, name) for name in MACHINES))

    async def _look(self, client: httpx.AsyncClient, name: str) -> None:
        while True:
            try:
                answer = await client.get(f"http://{MACHINES[name]}:{PAGES}/healthz")
                self.well[name] = answer.status_code == 200
            except httpx.HTTPError:
                self.well[name] = False
            await asyncio.sleep(1)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer):
            for _try in MACHINES:
                name = next(self._turn)
                if not self.well[name]:
                    continue
                with contextlib.suppress(OSError, TimeoutError):
                    async with asyncio.timeout(1):
                        there = await asyncio.open_connection(MACHINES[name], PAGES)
                    with contextlib.closing(there[1]), contextlib.suppress(OSError):
                        ways = (_copy(reader, there[1]), _copy(there[0], writer))
                        tasks = [asyncio.create_task(way) for way in ways]
                        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                    return


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while some := await source.read(65536):
            target.write(some)
            await target.drain()
