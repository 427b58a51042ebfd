"""Texts made to slow a pattern down, and how its time grows with them.

A pattern that starts again at each place of a text, or can share out a text among its parts in many ways,
takes quadratic time or worse. Its own parts say which texts do that: what leads to a repetition, what is
repeated, and then something that doesn't fit.
"""

from __future__ import annotations

import re
import re._constants as code
import re._parser as parser
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

SIZE = 4_000
"""Characters of an attack; then four times as many."""
REPEATS = 1_000
"""So often at least is something repeated, in texts up to three times the size."""
QUICK = 0.0007
"""Seconds of processor time for a text of this size. A quadratic pattern takes longer; what doesn't isn't
measured again."""
LITTLE, SLOW = 1_000, 0.004
"""A text of so many characters that takes so many seconds is long enough to tell."""
TELLING = 0.001
"""Seconds for so few characters that may be enough: first those and four times as many are tried, and more
only where that doesn't show it."""
WORST = 8
"""Times longer for four times the text: 4 is linear, 16 quadratic."""
EVEN = 1.2
"""So many times longer than in proportion to its size a text may take and is still no sign: what takes WORST
times longer for four times a text, part linear and part quadratic, takes 1.33 times for that text already."""
PATIENCE = 0.5
"""Seconds of processor time: one that takes longer is exponential."""
ENDS = ("\x00", "")
"""What stands behind the repeated. Nothing at all is another text only to a pattern that can take the first
of these, or asks for the end of the text."""
ALPHABET = "aA0 \n.,-_:'\"@/<>()[]{}#é"


class TooLong(Exception):
    """The time is over."""


def slowest(pattern: re.Pattern[Any], methods: Iterable[str] = ("search",)) -> tuple[str, float] | None:
    """Return a text that the pattern takes more than linear time for, written shortly, and how many times
    longer it took for four times the text; None where none was found."""
    for lead, pump, end in attacks(pattern):
        for method in methods:
            grown = grows(pattern, method, lead, pump, end)
            if grown is not None:
                return f"{lead!r} + {pump!r} * n + {end!r} ({method})", grown
    return None


def grows(pattern: re.Pattern[Any], method: str, lead: str, pump: str, end: str) -> float | None:
    """Return how many times longer a pattern takes for four times the text; None where it is linear.

    What leads to a repetition stands there once, so it's begun with once: that the pattern begins again at
    each later place is the attack without it.
    """
    run = _runs(pattern, "match" if lead and method != "fullmatch" else method)
    before = short = 0.0
    made, size = _made(pattern, lead, pump, end), min(max(SIZE, REPEATS * len(pump)), 3 * SIZE)
    try:
        with at_most(PATIENCE):
            for small in (24, 200, LITTLE, size):
                before, short = short, _took(run, made(small))
                if small == LITTLE and TELLING < short <= SLOW and (soon := _soon(run, made)) is not None:
                    return soon
                if small == LITTLE and short > SLOW:
                    before, size = 0, LITTLE  # what grows fast would take seconds for more
                    break
            if short < QUICK:
                return None
        if before and short <= min(before, _took(run, made(LITTLE))) * EVEN * size / LITTLE:
            return None
        with at_most(short * WORST * 2 + PATIENCE):
            long = _took(run, made(4 * size))
        if long <= short * WORST:
            return None
        with at_most(short * 2 + PATIENCE):  # once more: the machine may have been busy for a moment
            short = min(_took(run, made(size)) for _ in range(2))
        with at_most(short * WORST * 2 + PATIENCE):
            long = min(long, _took(run, made(4 * size)))
    except TooLong:
        return float("inf")
    return long / short if short >= QUICK and long > short * WORST else None


def _soon(run: Callable[[Any], object], made: Callable[[int], Any]) -> float | None:
    """Return how many times longer four times LITTLE takes, where that shows each time; else None."""
    short = long = float("inf")
    for _time in range(3):
        short = min(short, _took(run, made(LITTLE)))
        long = min(long, _took(run, made(4 * LITTLE)))
        if long <= short * WORST:
            return None
    return long / short if short >= QUICK else None


def attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """Return texts in three parts, of which the middle one is repeated."""
    given = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    read = parser.parse(
        given, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    )
    found: dict[tuple[str, str], None] = {}
    ends = ENDS if _knows_the_end(read) else ENDS[:1]
    letters, pairs = _letters(read), set[tuple[str, str]]()
    for lead, body, most in _repeats(read, ""):
        if most <= 3:
            continue
        for each in body:
            found[(lead, each)] = None
            if lead:
                found[("", lead + each)] = None
                found[("", lead)] = None
        for letter in letters:
            found[(lead, letter)] = None
    if found:
        for whole in _examples(read)[:4]:
            found[("", whole)] = None
            found[("", whole[:-1])] = None
        for letter in letters:
            found[("", letter)] = None
        pairs = {("", "".join(two)) for two in product(letters[:10], repeat=2)} - found.keys()
        found.update(dict.fromkeys(sorted(pairs)))
    for lead, pump in found:
        if pump:
            for end in ENDS[:1] if (lead, pump) in pairs else ends:
                yield lead, pump, end


def _knows_the_end(read: Any) -> bool:
    """Whether a text that ends can be told by a pattern from one that goes on with ENDS[0]."""
    for op, given in _all(read):
        if op is code.AT and given in (code.AT_END, code.AT_END_STRING):
            return True
        if op in (code.NOT_LITERAL, code.ANY, code.GROUPREF_EXISTS):
            return True
        if op is code.LITERAL and chr(given) == ENDS[0]:
            return True
        if op is code.IN and _in_set(given, ENDS[0]):
            return True
    return False


def _made(pattern: re.Pattern[Any], lead: str, pump: str, end: str) -> Callable[[int], Any]:
    def make(size: int) -> Any:
        text = lead + pump * (size // len(pump)) + end
        return text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")

    return make


def _runs(pattern: re.Pattern[Any], method: str) -> Callable[[Any], object]:
    if method in ("search", "match", "fullmatch"):
        return getattr(pattern, method)

    def scan(text: Any) -> None:
        for _found in pattern.finditer(text):
            pass

    return scan


def _took(run: Callable[[Any], object], text: Any) -> float:
    begun = time.thread_time()
    run(text)
    return time.thread_time() - begun


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TooLong after so many seconds of processor time."""

    def over(*_told: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _repeats(read: Any, lead: str) -> Iterator[tuple[str, list[str], int]]:
    """Return each repetition: what leads to it, what is repeated, and how often at most."""
    for op, given in read:
        if op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            _least, most, body = given
            yield lead, _examples(body), int(most)
            yield from _repeats(body, lead)
        elif op is code.SUBPATTERN:
            yield from _repeats(given[3], lead)
        elif op is code.ATOMIC_GROUP:
            yield from _repeats(given, lead)
        elif op is code.BRANCH:
            for branch in given[1]:
                yield from _repeats(branch, lead)
        elif op in (code.ASSERT, code.ASSERT_NOT):
            yield from _repeats(given[1], lead)
        elif op is code.GROUPREF_EXISTS:
            for branch in given[1:]:
                yield from _repeats(branch or [], lead)
        lead += (_examples([(op, given)]) or [""])[0]


def _examples(read: Any) -> list[str]:
    """Return a few texts that a part of a pattern fits."""
    found = [""]
    for op, given in read:
        some = _some(op, given)
        found = [before + one for one in some for before in found][:8]
    return found


def _some(op: Any, given: Any) -> list[str]:
    if op is code.LITERAL:
        return [chr(given)]
    if op is code.NOT_LITERAL:
        return [each for each in ALPHABET if ord(each) != given][:2]
    if op is code.ANY:
        return ["a", " "]
    if op is code.IN:
        return _of_set(given)
    if op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        least, most, body = given
        once = _examples(body)
        return [each * int(least) for each in once] if least else [*once[:1], ""] if most else [""]
    if op is code.SUBPATTERN:
        return _examples(given[3])
    if op is code.ATOMIC_GROUP:
        return _examples(given)
    if op is code.BRANCH:
        return [each for branch in given[1] for each in _examples(branch)[:2]][:8]
    return [""]


def _of_set(given: Any) -> list[str]:
    found = [each for each in ALPHABET if _in_set(given, each)]
    for op, value in given:
        if op is code.LITERAL:
            found.append(chr(value))
        elif op is code.RANGE:
            found.append(chr(value[0]))
    return list(dict.fromkeys(each for each in found if _in_set(given, each)))[:6] or ["a"]


_CATEGORIES = {
    code.CATEGORY_DIGIT: str.isdigit,
    code.CATEGORY_SPACE: str.isspace,
    code.CATEGORY_WORD: lambda each: each.isalnum() or each == "_",
}
_NOT = {
    code.CATEGORY_NOT_DIGIT: code.CATEGORY_DIGIT,
    code.CATEGORY_NOT_SPACE: code.CATEGORY_SPACE,
    code.CATEGORY_NOT_WORD: code.CATEGORY_WORD,
}


def _in_set(given: Any, letter: str) -> bool:
    inside, negated = False, False
    for op, value in given:
        if op is code.NEGATE:
            negated = True
        elif op is code.LITERAL:
            inside |= ord(letter) == value
        elif op is code.RANGE:
            inside |= value[0] <= ord(letter) <= value[1]
        elif op is code.CATEGORY:
            inside |= (
                _CATEGORIES[value](letter) if value in _CATEGORIES else not _CATEGORIES[_NOT[value]](letter)
            )
    return inside != negated


def _letters(read: Any) -> list[str]:
    """Return letters that a pattern tells apart: one of each of its sets, and its first own."""
    found: dict[str, None] = {}
    for op, given in _all(read):
        if op is code.IN:
            for each in _of_set(given)[:3]:
                found[each] = None
        elif op is code.LITERAL and len(found) < 14:
            found[chr(given)] = None
    return [*found][:16]


def _all(read: Any) -> Iterator[tuple[Any, Any]]:
    for op, given in read:
        yield op, given
        below: list[Any] = []
        if op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            below = [given[2]]
        elif op is code.SUBPATTERN:
            below = [given[3]]
        elif op is code.ATOMIC_GROUP:
            below = [given]
        elif op is code.BRANCH:
            below = given[1]
        elif op in (code.ASSERT, code.ASSERT_NOT):
            below = [given[1]]
        for each in below:
            yield from _all(each)
