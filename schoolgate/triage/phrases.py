"""Phrases of the lists, and where a comment has them.

A line of a list is `kind: words`. Of the words, `a|b` is either of two, `word*` a word that begins so,
`?word` one that may be missing, `..3` up to three words of any kind within the sentence, `^` the beginning
of a sentence and `$` its end, `@NAME` a group of words that the file gives as `@NAME = a|b`. A line that
begins with `-` says where the kind isn't meant: a phrase that overlaps such words doesn't count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from schoolgate.triage.reading import Word

Ways = Callable[[str], Sequence[str]]
"""Returns how a word of a list stands in a comment that was read: in each way, one word or several. None
where it's left out."""

_GROUP = re.compile(r"^@([A-Z]+) = (.+)$")
_LINE = re.compile(r"^(- )?([a-z_]+): (.+)$")
_SAFE = re.compile(r"[^\W_]+")
_MOST_GAP = 6
KEPT = 2_000
"""Words of which a list keeps in mind what it knows of them: most comments use the same ones."""


READY = 20_000
"""Phrases that are kept ready: more than all lists have, with the most that a federation may add."""


@lru_cache(maxsize=READY)
def _made_ready(written: str) -> re.Pattern[str]:
    return re.compile(written)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that can be looked for. `heads`: words, or with a star beginnings of words, that it can begin
    with. `written`: its shape, which is made ready when a comment has a head: most phrases never are."""

    kind: str
    written: str
    heads: tuple[str, ...]
    veto: bool = False

    @property
    def shape(self) -> re.Pattern[str]:
        """Return what matches its words."""
        return _made_ready(self.written)


@dataclass(frozen=True, slots=True)
class Match:
    """Words of a comment that a phrase matches, by their numbers: from `first` to before `last`."""

    kind: str
    first: int
    last: int


@dataclass(frozen=True)
class Phrases:
    """The phrases of one lane, by the words that they begin with."""

    every: tuple[Phrase, ...]
    words: frozenset[str]
    forms: frozenset[str] = frozenset()
    """Other ways in which its words stand in a comment."""
    _candidates: Callable[[str], Sequence[Phrase]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        whole: dict[str, list[Phrase]] = {}
        begun: dict[str, list[Phrase]] = {}
        for phrase in self.every:
            for head in phrase.heads:
                into = begun if head.endswith("*") else whole
                into.setdefault(head.removesuffix("*"), []).append(phrase)
        lengths = sorted({len(each) for each in begun})

        @lru_cache(maxsize=KEPT)
        def candidates(word: str) -> Sequence[Phrase]:
            starts = [begun.get(word[:length], ()) for length in lengths if length <= len(word)]
            return tuple(chain(whole.get(word, ()), *starts))

        object.__setattr__(self, "_candidates", candidates)

    def matches(self, line: Line) -> list[Match]:
        """Return every phrase that a comment has, without those that aren't meant."""
        found: list[Match] = []
        vetoed: list[Match] = []
        for number, place in enumerate(line.starts):
            word = line.words[number]
            for phrase in self._candidates(word):
                got = phrase.shape.match(line.text, place)
                if got:
                    last = line.number_of(got.end())
                    (vetoed if phrase.veto else found).append(Match(phrase.kind, number, last))
        return [each for each in found if not any(_overlap(each, other) for other in vetoed)]


class Line:
    """The words of a comment in a row, with the place of each."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = [word.plain for word in words]
        self.starts: list[int] = []
        at = 1
        for word in self.words:
            self.starts.append(at)
            at += len(word) + 1
        self.text = f" {' '.join(self.words)} "
        self._ends = {start + len(word): number for number, (start, word) in enumerate(self)}

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return iter(zip(self.starts, self.words, strict=True))

    def number_of(self, place: int) -> int:
        """Return the number of the word after the one that ends here."""
        return self._ends.get(place, self._ends.get(place - 1, len(self.words) - 1)) + 1


def _overlap(one: Match, other: Match) -> bool:
    kinds = other.kind in (one.kind, "any")
    return kinds and one.first < other.last and other.first < one.last


def as_written(word: str) -> Sequence[str]:
    """Return a word as it stands in a list."""
    return (word,)


def phrases_of(lines: Iterable[str], ways: Ways = as_written) -> Phrases:
    """Return the phrases of a list.

    Raises:
        ValueError: a line isn't written as a list is.

    """
    groups: dict[str, str] = {}
    every: list[Phrase] = []
    words: set[str] = set()
    forms: set[str] = set()
    for raw in lines:
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        group = _GROUP.match(line)
        if group:
            groups[group[1]] = _grouped(group[2], groups)
            continue
        parts = _LINE.match(line)
        if not parts:
            raise ValueError(f"not a line of a list: {line}")
        every.append(_phrase(parts[2], parts[3].split(), groups, ways, veto=bool(parts[1])))
        found = _words_in(parts[3].split(), groups)
        words |= {each for word in found for way in ways(word)[:1] for each in way.split()}
        forms |= {each for word in found for way in ways(word) for each in way.split()}
    return Phrases(tuple(every), frozenset(words), frozenset(forms))


def plain_phrases(
    kind: str, given: Collection[str], ways: Ways = as_written, *, veto: bool = False
) -> list[Phrase]:
    """Return phrases as a federation writes them: words, nothing else.

    Raises:
        ValueError: a phrase has no word, or is longer than a sentence.

    """
    made = []
    for each in given:
        parts = [word.lower() for word in _SAFE.findall(each.replace("'", ""))]
        if not parts or len(each) > 100:
            raise ValueError(f"not a phrase: {each[:100]!r}")
        made.append(_phrase(kind, parts, {}, ways, veto=veto))
    return made


def joined(one: Phrases, more: Iterable[Phrase], words: Iterable[str]) -> Phrases:
    """Return phrases with more of them."""
    return Phrases((*one.every, *more), one.words | frozenset(words), one.forms)


def _grouped(text: str, groups: Mapping[str, str]) -> str:
    return "|".join(
        groups[part[1:]] if part.startswith("@") else part for part in text.replace(" ", "").split("|")
    )


def _choices(part: str, groups: Mapping[str, str]) -> list[str]:
    return [each for each in _grouped(part, groups).replace("?", "").split("|") if each]


def _stands(part: str, groups: Mapping[str, str], ways: Ways) -> list[str]:
    """Return how the choices of a part stand in a comment, each once."""
    found: dict[str, None] = {}
    for each in _choices(part, groups):
        found |= dict.fromkeys((each,) if each == "$" or "*" in each else ways(each))
    if not found and not part.startswith("?"):
        raise ValueError(f"a comment is read without these words: {part}")
    return list(found)


def _either(choices: Sequence[str], *, may_miss: bool) -> str:
    either = "|".join(
        re.escape(each.removesuffix("*")).replace("\\ ", " ") + ("[^ .]*" if each.endswith("*") else "")
        for each in choices
        if each != "$"
    )
    last = r"|(?=\Z|\. )" if "$" in choices else ""
    return f"(?:(?:{either}) {last}){'?' if may_miss else ''}"


def _words_in(parts: Sequence[str], groups: Mapping[str, str]) -> set[str]:
    found = set()
    for part in parts:
        if not part.startswith("..") and part not in "^$":
            found |= {each for each in _choices(part, groups) if "*" not in each and each != "$"}
    return found


def _phrase(kind: str, parts: Sequence[str], groups: Mapping[str, str], ways: Ways, *, veto: bool) -> Phrase:
    start = ""
    if parts[0] == "^":
        start, parts = r"(?:(?<=\A )|(?<=\. ))", parts[1:]
    if not parts or parts[0].startswith(("?", "..", "$")):
        raise ValueError(f"a phrase begins with a word: {parts}")
    shape = []
    for part in parts:
        if part.startswith(".."):
            shape.append(f"(?:[^ .]+ ){{0,{min(int(part[2:]), _MOST_GAP)}}}")
        elif part == "$":
            shape.append(r"(?=\Z|\. )")
        elif stands := _stands(part, groups, ways):
            shape.append(_either(stands, may_miss=part.startswith("?")))
    heads = dict.fromkeys(each.split()[0] for each in _stands(parts[0], groups, ways))
    return Phrase(kind, start + "".join(shape), tuple(heads), veto)
