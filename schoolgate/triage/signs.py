"""Signs of harm: parts that say little by themselves and much together, as children write of it.

A line `part: words` of a list names what a part is, in the language of `phrases`. A line `= kind: a + b + c`
is a sign: these parts near each other, in any order; `..8` at its end says how many words apart the first and
the last may begin (12 where nothing is said). `! kind: a + b` says where the sign may be meant otherwise: it
is a hint then (`HINT`), which a lead reads and no one is woken for. A word beside it clears nothing: who does
harm has a dog too, and a child who tells of it writes *lol*. `!! kind: a + b` says that it isn't meant at
all, where the words say whose or what it is: the writer's own child, a cake knife, a form to sign.
`~ kind: a + b / x y` says where a phrase of the other lists isn't meant: the words near it are of sport or a
lost coat, and the comment has none of the parts behind the stroke.

One pass over the words of a comment: each match is compared with the latest one of every other part of its
signs, so twice the words take twice the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from schoolgate.patterns import lazy_pattern
from schoolgate.triage.phrases import Line, Match, Phrases, Ways, as_written, phrases_of
from schoolgate.triage.reading import BREAK

NEAR = 12
"""Words within which the parts of a sign begin, where its line doesn't say."""
HINT = "learned"
"""The kind of what may be a sign of danger and may not: as what the model finds."""
_SENTENCE = 4
"""How many words the end of a sentence counts for: children seldom write one."""
_SIGN = lazy_pattern(
    r"^(=|!!?|~) ([a-z_]+): ([a-z_]+(?: \+ [a-z_]+){0,5})(?: \.\.(\d{1,2}))?"
    r"(?: / ([a-z_]+(?: [a-z_]+){0,20}))?$"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """Parts that together are a kind of sign (`=`), or say that it may be meant otherwise (`!`), isn't meant
    (`!!`), nor a phrase of that kind (`~`) unless the comment has one of the parts `unless`."""

    mark: str
    kind: str
    parts: tuple[str, ...]
    near: int
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """The signs that a comment has, and the kinds of which its phrases aren't meant."""

    signs: tuple[Match, ...]
    calmed: frozenset[str]


@dataclass(frozen=True)
class Signs:
    """The signs of a list, and its parts as phrases."""

    parts: Phrases
    every: tuple[Sign, ...]

    @cached_property
    def _with(self) -> dict[str, list[Sign]]:
        found: dict[str, list[Sign]] = {}
        for sign in self.every:
            for part in sign.parts:
                found.setdefault(part, []).append(sign)
        return found

    def matches(self, line: Line) -> Found:
        """Return the signs that a comment has, each kind where it first stands, without those not meant;
        those that may be meant otherwise as a hint."""
        places = _places(line)
        met: dict[tuple[str, str], Match] = {}
        latest: dict[str, Match] = {}
        calmed: list[Sign] = []
        for match in sorted(self.parts.matches(line), key=lambda each: (each.first, each.last)):
            latest[match.kind] = match
            for sign in self._with.get(match.kind, ()):
                if sign.mark != "~" and (sign.mark, sign.kind) in met:
                    continue
                seen = [latest[part] for part in sign.parts if part in latest]
                first = min(each.first for each in seen)
                if len(seen) < len(sign.parts) or places[match.first] - places[first] > sign.near:
                    continue
                met[sign.mark, sign.kind] = Match(sign.kind, first, max(each.last for each in seen))
                if sign.mark == "~":
                    calmed.append(sign)
        signs = [
            replace(each, kind=HINT) if ("!", kind) in met else each
            for (mark, kind), each in met.items()
            if mark == "=" and ("!!", kind) not in met
        ]
        calm = {sign.kind for sign in calmed if sign.unless.isdisjoint(latest)}
        return Found(tuple(signs), frozenset(calm))


def _places(line: Line) -> list[int]:
    """Return where each word stands, the end of a sentence counted as several words."""
    places, at = [], 0
    for word in line.words:
        places.append(at)
        at += _SENTENCE if word == BREAK else 1
    return places


def signs_of(lines: Iterable[str], ways: Ways = as_written) -> Signs:
    """Return the signs of a list.

    Raises:
        ValueError: a line isn't written as a list is, or a sign has a part that the list doesn't name.

    """
    parts, every = [], []
    for raw in lines:
        line = raw.strip()
        if not line.startswith(("=", "!", "~")):
            parts.append(line)
            continue
        got = _SIGN.match(line)
        if not got:
            raise ValueError(f"not a sign: {line}")
        near = int(got[4] or NEAR)
        unless = frozenset((got[5] or "").split())
        every.append(Sign(got[1], got[2], tuple(got[3].split(" + ")), near, unless))
    known = phrases_of(parts, ways)
    unknown = {part for sign in every for part in (*sign.parts, *sign.unless)} - {
        each.kind for each in known.every
    }
    if unknown:
        raise ValueError(f"parts that the list doesn't name: {sorted(unknown)}")
    return Signs(known, tuple(every))
