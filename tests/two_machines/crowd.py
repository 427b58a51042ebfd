"""Who writes, approves, takes down and comments, through the door; and what became of it."""

from __future__ import annotations

import itertools
import json
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.two_machines.machines import Machine
from tests.two_machines.networks import DOOR, HERE, ROOT

SCHOOL = "wildground"


@dataclass
class Crowd:
    """Who writes, approves, takes down and comments, and what each was promised."""

    keys: dict[str, Any]
    board: list[str]
    promised: dict[str, list[str]] = field(
        default_factory=lambda: {k: [] for k in ("save", "post", "gone", "comment")}
    )
    answers: Counter[str] = field(default_factory=Counter)
    moments: list[tuple[float, float, bool]] = field(default_factory=list)
    """When each change was asked for and answered, and whether with yes."""
    over: threading.Event = field(default_factory=threading.Event)
    _live: list[tuple[float, int, str]] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        acts: list[Callable[[int, httpx.Client], None]]
        acts = [self._write, self._comment, self._take_down]
        for number, act in enumerate(acts):
            self._threads.append(
                threading.Thread(target=self._again_and_again, args=(number, act), daemon=True)
            )
            self._threads[-1].start()

    def end(self) -> None:
        self.over.set()
        for thread in self._threads:
            thread.join()

    def _again_and_again(self, number: int, act: Callable[[int, httpx.Client], None]) -> None:
        for turn in itertools.count(number * 100_000):
            if self.over.wait(random.uniform(0.8, 2.5)):
                return
            with httpx.Client(base_url=f"http://{HERE}:{DOOR}", timeout=20) as client:
                act(turn, client)

    def _write(self, turn: int, client: httpx.Client) -> None:
        text = f"Number {turn} of the crowd"
        post = self.keys["post"] | {"targets": [{"account": self.keys["account"], "text": text}]}
        made = self._ask(client, "POST", "/api/v1/posts", "writes", json=post)
        if made is None:
            return
        self.promised["save"].append(text)
        sent = self._ask(client, "POST", f"/api/v1/posts/{made['id']}/submit", "writes")
        if sent is None:
            return
        seen = {"seen": sent["seen"]}
        if (
            self._ask(client, "POST", f"/api/v1/posts/{made['id']}/approve", "approves", json=seen)
            is not None
        ):
            self.promised["post"].append(text)
            self._live.append((time.monotonic(), made["id"], text))

    def _take_down(self, turn: int, client: httpx.Client) -> None:
        """A post that has gone out by now, of every three one."""
        ripe = [each for each in self._live if time.monotonic() - each[0] > 75]
        if len(ripe) < 3:
            return
        for each in ripe[:3]:
            self._live.remove(each)
        _when, pk, text = ripe[0]
        there = self._ask(client, "GET", f"/api/v1/posts/{pk}", "approves")
        if there and there["state"] == "published":
            given = {"reason": "consent"}
            if self._ask(client, "POST", f"/api/v1/posts/{pk}/take-down", "approves", json=given) is not None:
                self.promised["gone"].append(text)

    def _comment(self, turn: int, client: httpx.Client) -> None:
        address, text = random.choice(self.board), f"Well done, number {turn}"
        client.headers["X-Forwarded-For"] = f"198.51.100.{turn % 250 + 1}"
        page = self._ask(client, "GET", address)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page["text"]) if page else None
        form = {"text": text, "name": "", "website": ""} | (
            {"csrfmiddlewaretoken": token[1]} if token else {}
        )
        if page and self._ask(client, "POST", f"{address}comment", data=form) is not None:
            self.promised["comment"].append(text)

    def _ask(
        self, client: httpx.Client, method: str, path: str, key: str = "", **more: Any
    ) -> dict[str, Any] | None:
        headers = {"Authorization": f"Bearer {self.keys[key]}"} if key else {}
        began = time.monotonic()
        try:
            answer = client.request(method, path, headers=headers, **more)
        except httpx.HTTPError as error:
            self.answers[type(error).__name__] += 1
            self.moments.append((began, time.monotonic(), False))
            return None
        self.answers[str(answer.status_code)] += 1
        well = answer.status_code in (200, 201, 302, 303)
        if method != "GET" or answer.status_code >= 500:
            self.moments.append((began, time.monotonic(), answer.status_code < 500))
        if not well:
            return None
        return dict(answer.json()) if key else {"text": answer.text}

    def back_after(self, pulled: float, until: float) -> tuple[float, float]:
        """Return the seconds from a pull until the first change was answered with yes after which none failed
        any more, and the longest that one took which was answered with yes meanwhile."""
        there = [each for each in self.moments if each[1] >= pulled and each[0] < until]
        last_failed = max((began for began, _ended, well in there if not well), default=pulled)
        well_again = [ended for began, ended, well in there if well and began >= last_failed]
        longest = max((ended - began for began, ended, well in there if well), default=0.0)
        return min(well_again, default=float("inf")) - pulled, longest


class Asked:
    """A process that has read the program and answers what became of everything."""

    def __init__(self, machine: Machine) -> None:
        log = machine.log("asked")
        words = [
            sys.executable,
            "-m",
            "tests.faults.nursery",
            str(log) + ".promises",
            str(log),
            "noticeboard",
        ]
        surroundings = machine.surroundings() | {"SCHOOLGATE_LISTEN_ON": "127.0.0.1"}
        self._process = subprocess.Popen(
            words, env=surroundings, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=log.open("ab"), text=True, start_new_session=True,
        )  # fmt: skip

    def ask(self, word: str) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        self._process.kill()


def is_done(told: dict[str, Any] | None, crowd: Crowd) -> bool:
    if told is None:
        return False
    here = Counter(told["board"])
    return (
        all(here[text] == 1 for text in crowd.promised["post"])
        and set(told["gone"]) >= set(crowd.promised["gone"])
        and sorted(told["items"]) == sorted(told["comments"])
        and told["undelivered"] == told["jobs"]["stuck"] == 0
    )


def judged(told: dict[str, Any], sound: bool, crowd: Crowd) -> list[tuple[str, list[str]]]:
    """Each promise, and what speaks against it."""
    board, items, comments = Counter(told["board"]), Counter(told["items"]), Counter(told["comments"])
    left = told["undelivered"] + told["jobs"]["stuck"]
    return [
        ("every post that was saved is there", [t for t in crowd.promised["save"] if t not in told["posts"]]),
        ("every approved post went out", [t for t in crowd.promised["post"] if not board[t]]),
        ("nothing went out twice", [t for t, times in board.items() if times > 1]),
        ("what was taken down is gone", [t for t in crowd.promised["gone"] if t not in told["gone"]]),
        ("every comment is there, once", [t for t in crowd.promised["comment"] if comments[t] != 1]),
        ("every comment is in the inbox, once", [t for t in crowd.promised["comment"] if items[t] != 1]),
        ("nothing is in the record twice", [what for what, times in told["events"].items() if times > 1]),
        ("no job is stuck, no event undelivered", [str(told["jobs"])] * bool(left)),
        ("the record verifies", [] if sound else ["it doesn't"]),
    ]  # fmt: skip


def posts_of_the_board(client: httpx.Client) -> list[str]:
    """Return the addresses of what stands on the example's boards already."""
    found: set[str] = set()
    boards = re.findall(
        rf'href="[^"]*(/{SCHOOL}/noticeboard/[\w-]+/)', client.get(f"/{SCHOOL}/register").text
    )
    for each in set(boards):
        found |= set(re.findall(rf'href="({each}[\w-]+/)"', client.get(each).text))
    posts = sorted(each for each in found if not each.endswith(("/rules/", "/pictures/")))
    if not posts:
        raise RuntimeError("the example's board is empty")
    return posts
