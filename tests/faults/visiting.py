"""People who look at a page and approve posts through the API all the while."""

from __future__ import annotations

import itertools
import json
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.faults.storm import Nursery
from tests.network.asking import ask
from tests.pace import CALM


@dataclass
class Visitors:
    """One at each door: the program's own, and those of the light web processes. `answers` counts what came
    back; 0: the connection was refused or cut, as when its process is killed in the middle of an answer."""

    nursery: Nursery
    answers: Counter[int] = field(default_factory=Counter)
    _done: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Visitors:
        for port in (self.nursery.machine.port, *self.nursery.doors):
            visitor = _Visitor(self, f"http://127.0.0.1:{port}", self.nursery.ask("keys"))
            self._threads.append(threading.Thread(target=visitor.stay))
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()

    def leave(self, seconds: float) -> bool:
        """Wait so long; returns whether it is over."""
        return self._done.wait(seconds)


@dataclass
class _Visitor:
    party: Visitors
    home: str
    keys: dict[str, Any]

    def stay(self) -> None:
        for number in itertools.count():
            if self.party.leave(CALM * 0.5):
                return
            self._ask("GET", "/wildground/register")
            self._approve(f"Number {number} of door {self.home.rpartition(':')[2]}")

    def _approve(self, text: str) -> None:
        """Save, hand in, approve; each only after the one before was answered with yes."""
        post = self.keys["post"] | {"targets": [{"account": self.keys["account"], "text": text}]}
        made = self._ask("POST", "/api/v1/posts", "writes", post)
        if made is None:
            return
        self._promise("save", text)
        submitted = self._ask("POST", f"/api/v1/posts/{made['id']}/submit", "writes")
        if submitted is None:
            return
        seen = {"seen": submitted["seen"]}
        if self._ask("POST", f"/api/v1/posts/{made['id']}/approve", "approves", seen) is not None:
            self._promise("post", text)

    def _promise(self, kind: str, text: str) -> None:
        with self.party.nursery.promises.open("a") as file:
            file.write(json.dumps([kind, text]) + "\n")

    def _ask(self, method: str, path: str, key: str = "", body: object = None) -> dict[str, Any] | None:
        """What an answer of 2xx holds; None: there was no such answer."""
        headers = {"Authorization": f"Bearer {self.keys[key]}"} if key else {}
        try:
            answer = ask(method, self.home + path, json=body, headers=headers, timeout=20)
        except httpx.HTTPError:
            self.party.answers[0] += 1
            return None
        self.party.answers[answer.status_code] += 1
        return dict(answer.json()) if answer.is_success and key else None
