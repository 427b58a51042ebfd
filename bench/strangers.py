"""A person works while strangers meet every door that is open to them with its bombs.

`schoolgate web` runs as a process of its own over the told example. The doors are all addresses that anyone
may open, and the API's. Each is met with each bomb, every door from an address of its own, as a botnet does,
while as many connections as SLOW drip a byte now and then. Meanwhile one person opens the most used pages.
"""

import queue
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import count, cycle
from typing import Any

from bench.crowd import Going, _get, _people, _until_it_serves, serving
from bench.database import told
from bench.machine import NotMeasured, say
from bench.pages import EXAMPLE
from bench.start import _free_port

WANTED = {"p95_ms": 300, "errors": 0}
STRANGERS, SLOW, QUIET = 4, 40, 5.0
EACH = 99
"""Most bombs that one door is met with; the next door begins with the next one."""
BETWEEN, LONGEST, FEWEST = 0.05, 30.0, 10
"""Seconds between two pages of the person, seconds for the answer to a bomb, pages that make a figure."""
PATIENCE = {"SCHOOLGATE_WEB_PATIENCE": "1", "SCHOOLGATE_TRUSTED_PROXIES": "1"}
SMALLEST = {"STRANGERS": 2, "SLOW": 8, "QUIET": 0.5, "EACH": 1, "BETWEEN": 0.02}

FORM = "application/x-www-form-urlencoded"
PARTS = b"".join(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' for _ in range(10_000))


@dataclass(frozen=True)
class Bomb:
    """One request that is made to cost much. `refused`: how it's answered at any door."""

    method: str = "POST"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    query: str = ""
    refused: frozenset[int] = frozenset((302, 400, 401, 403, 404, 405, 408, 411, 413, 415, 422, 429))


HEADERS = frozenset((400, 414, 429, 431))
BOMBS = {
    "many headers": Bomb("GET", tuple((f"X-{n}", "a") for n in range(200)), refused=HEADERS),
    "a long header": Bomb("GET", (("Accept-Language", "a," * 8_000),), refused=HEADERS),
    "a cookie of backslashes": Bomb("GET", (("Cookie", 'a="' + "\\" * 60_000),), refused=HEADERS),
    "a long query": Bomb("GET", query="a" * 20_000, refused=HEADERS),
    "many fields": Bomb(headers=(("Content-Type", FORM),), body=b"a=&" * 300_000),
    "percent signs": Bomb(headers=(("Content-Type", FORM),), body=b"a=" + b"%" * 2_000_000),
    "a form in punycode": Bomb(
        headers=(("Content-Type", f"{FORM}; charset=punycode"),), body=b"a=" + b"b" * 99_999
    ),
    "many parts": Bomb(headers=(("Content-Type", "multipart/form-data; boundary=x"),), body=PARTS),
    "deep JSON": Bomb(headers=(("Content-Type", "application/json"),), body=b"[" * 200_000),
    "a large body announced": Bomb(
        headers=(("Content-Type", FORM), ("Content-Length", "400000000")), body=b"a"
    ),
}
DRIPS = {
    "headers": b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    "body": b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n",
}


def run() -> dict[str, Any]:
    """The times of the person's pages before the strangers come and while they are there."""
    with told(EXAMPLE) as name:
        doors, people = doors_of_strangers(), _people()
        person = max(people, key=lambda each: len(each[1]))
        port = _free_port()
        with serving(name, port, **PATIENCE) as web:
            _until_it_serves(port, person)
            _pages(port, person, over=_after(0))  # warm
            quiet = _pages(port, person, over=_after(QUIET))
            with _dripping(port) as dripped:
                work, answers = _meeting(port, doors)
                meanwhile = _pages(port, person, over=lambda: not any(each.is_alive() for each in work))
            if web.poll() is not None:
                raise NotMeasured("the web server ended")
    wrong = [f"{bomb} at {door}: {told}" for door, bomb, told in answers.wrong]
    if wrong:
        raise NotMeasured(f"{len(wrong)} bombs, such as {'; '.join(wrong[:5])}")
    return {
        "what": f"a person's pages while strangers meet {len(doors)} doors with {len(BOMBS)} kinds of bombs",
        "wanted": WANTED,
        "reached": meanwhile["p95_ms"] <= WANTED["p95_ms"] and not meanwhile["errors"],
        "doors": len(doors),
        "bombs": answers.met,
        "dripping": len(dripped),
        "statuses": dict(sorted(answers.statuses.items())),
        "slowest_answer_seconds": round(answers.slowest, 2),
        "pages_before": quiet,
        "pages": meanwhile,
    }


def doors_of_strangers() -> list[str]:
    """Return a path to each address that anyone may open, and to each of the API's."""
    from schoolgate.web.frame.errors import ANYBODY
    from tests.web.addresses import ALL, ANY

    found = []
    for each in ALL:
        if each.name.startswith("api:") or getattr(each.view, "open_to", ANYBODY) == ANYBODY:
            values = {
                key: 1 if f"<int:{key}>" in each.route else ANY.get(key) or "canary7f3a91"
                for key in each.parameters
            }
            found.append(each.path(**values))
    if len(found) < 60:
        raise NotMeasured(f"only {len(found)} doors are open to strangers")
    return sorted(set(found))


class Answers:
    """How the bombs were answered."""

    def __init__(self) -> None:
        self.met, self.slowest = 0, 0.0
        self.statuses: Counter[str] = Counter()
        self.wrong: list[tuple[str, str, str]] = []
        self._lock = threading.Lock()

    def note(self, door: str, name: str, told: int | str, seconds: float) -> None:
        """Count an answer; one that is no refusal, or takes too long, is wrong."""
        with self._lock:
            self.met += 1
            self.slowest = max(self.slowest, seconds)
            self.statuses[str(told)] += 1
            if told not in BOMBS[name].refused and told != CUT:
                self.wrong.append((door, name, str(told)))


CUT = "cut off"
"""The connection was ended before all was sent."""


def _meeting(port: int, doors: list[str]) -> tuple[list[threading.Thread], Answers]:
    """Have strangers meet each door with its bombs, in threads."""
    waiting: queue.SimpleQueue[tuple[int, str, str]] = queue.SimpleQueue()
    names, turn = list(BOMBS), count()
    for number, door in enumerate(doors):
        for _ in names[:EACH]:
            waiting.put((number, door, names[next(turn) % len(names)]))
    answers = Answers()

    def meet() -> None:
        while True:
            try:
                number, door, name = waiting.get_nowait()
            except queue.Empty:
                return
            began = time.monotonic()
            told = _thrown(port, door, BOMBS[name], sender=f"198.51.{number // 250}.{number % 250}")
            answers.note(door, name, told, time.monotonic() - began)

    threads = [threading.Thread(target=meet) for _ in range(STRANGERS)]
    for thread in threads:
        thread.start()
    say(f"strangers: {waiting.qsize()} bombs at {len(doors)} doors")
    return threads, answers


def _thrown(port: int, door: str, bomb: Bomb, *, sender: str) -> int | str:
    with closing(HTTPConnection("127.0.0.1", port, timeout=LONGEST)) as connection:
        try:
            connection.putrequest(
                bomb.method, f"{door}?q={bomb.query}" if bomb.query else door, skip_host=True
            )
            headers = {"Host": "localhost", "X-Forwarded-For": sender, "Content-Length": str(len(bomb.body))}
            for key, value in (headers | dict(bomb.headers)).items():
                connection.putheader(key, value)
            connection.endheaders(bomb.body)
            return connection.getresponse().status
        except TimeoutError:
            return f"no answer in {LONGEST:.0f} s"
        except (OSError, HTTPException):
            return CUT


@contextmanager
def _dripping(port: int) -> Iterator[list[int]]:
    """Keep slow connections open, each again when it's ended; gives a list with one entry for each."""
    over, opened = threading.Event(), []
    kinds = cycle(DRIPS.values())

    def drip(begins: bytes) -> None:
        while not over.is_set():
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as slow:
                opened.append(port)
                slow.sendall(begins)
                while not over.wait(0.5):
                    slow.sendall(b"a")

    threads = [threading.Thread(target=drip, args=(next(kinds),)) for _ in range(SLOW)]
    for thread in threads:
        thread.start()
    try:
        yield opened
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _after(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def _pages(port: int, person: Going, *, over: Callable[[], bool]) -> dict[str, Any]:
    """Have the person open one page after the other. Raises NotMeasured where one is another page."""
    taken: list[float] = []
    with closing(HTTPConnection("127.0.0.1", port, timeout=LONGEST)) as connection:
        for path in cycle(person[1]):
            if over() and len(taken) >= FEWEST:
                break
            taken.append(_get(connection, *person, path))
            time.sleep(BETWEEN)
    taken.sort()
    return {
        "pages": len(taken),
        **{f"p{part}_ms": round(taken[min(len(taken) * part // 100, len(taken) - 1)]) for part in (50, 95)},
        "slowest_ms": round(taken[-1]),
        "errors": 0,
    }
