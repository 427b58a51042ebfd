"""Where a comment waits, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import fold
from schoolgate.screening.hits import LOOSE, Hit, Kind, Strength
from schoolgate.screening.links import find_links
from schoolgate.screening.names import NameIndex
from schoolgate.screening.personal import SENTENCE, find_personal
from schoolgate.triage.asking import asked_after, places
from schoolgate.triage.at_hand import AT_HAND
from schoolgate.triage.handles import handles_in, without_own
from schoolgate.triage.lanes import (
    BEFORE,
    IN_NAME,
    URGENT,
    Lane,
    Ranked,
    Reason,
    in_order,
    rank_of,
    tells_now,
)
from schoolgate.triage.languages import is_unread, language, speaks_of_a_child
from schoolgate.triage.lists import (
    JUST,
    LISTED,
    ONLY_THESE,
    Lists,
    approaching,
    emoji_signs,
    lane_of_sign,
    packaged,
    spelling_aside,
    ways,
)
from schoolgate.triage.model import bad_words, dangers, model
from schoolgate.triage.phrases import Line, Match
from schoolgate.triage.reading import Read, Word, read

DANGEROUS, SENTENCES, FEWEST = 0.93, 20, 4
"""From this score on a comment, or one of its first sentences with so many words, reads like danger."""
LIKELY = 0.8
"""From this score on, the model alone puts a comment into the lane of abuse."""
STRONG = frozenset({"S2", "S3"})
"""Marks of the words that count by themselves."""
_OF_A_NAME = URGENT | {Lane.ABUSE, Lane.NAMES_PUPIL, Lane.PERSONAL_DATA}
UNREAD = "unread_language"
"""The kind of a text in a language that isn't read here."""
_HANDLE = re.compile(r"(?<=[a-z])(?=[A-Z])|[_.\-]+|(?<=[A-Za-z])(?=\d)")
"""Where a handle is two words."""
_SHARP = lazy_pattern("[\U0001f52a\U0001f5e1\U0001f52b\U0001f4a3\U0001fa93]")
_COMING = lazy_pattern(
    r"\b(?:to-?night|to-?morrow|tmrw?|tmw|(?:mon|tues|wednes|thurs|fri)day|lunch|break|home ?time|school"
    r"|you|u"
    r"|him|her|[yf]ory|heno|ddydd \w{3,8}|(?:dydd )?(?:llun|mawrth|mercher|iau|gwener)|amser (?:cinio"
    r"|chwarae)"
    r"|ysgol|ti|fo|hi)\b",
    re.IGNORECASE,
)
"""A time that is near, or someone: beside a knife it threatens."""
_IN_A_KITCHEN = lazy_pattern(
    r"[\U0001f370\U0001f382\U0001f9c1\U0001f35e\U0001f383\U0001f355\U0001f951\U0001f373]"
    r"|\b(?:cakes?|bak\w{1,4}|cook\w{0,4}|food|carv\w{1,4}|pumpkins?|pirates?|play|film|panto|bread"
    r"|cinio ysgol"
    r"|cacen\w{0,2}|coginio|pobi|m[oô]r-?ladron)\b",
    re.IGNORECASE,
)
_NOT_PEOPLE = frozenset({Kind.PLACE, Kind.CLUE, Kind.PRIVATE_LINK, Kind.SHORT_LINK})


def triage(
    text: str,
    *,
    names: NameIndex | None = None,
    staff: NameIndex | None = None,
    lists: Lists | None = None,
    press: bool = False,
    writer: Collection[str] = (),
    before: Sequence[str] = (),
    to_us_alone: bool = False,
) -> Ranked:
    """Return where a comment waits among others, and why.

    It puts comments into an order. It hides none, decides nothing, and no lane means that a comment is safe.
    Neither case nor the number of spaces changes a rank; only names are told by their capitals too, as in
    screening.

    Args:
        text: the comment, of any length. Of a very long one the beginning and the end are read.
        names: the pupils' names of the school.
        staff: the names of its staff.
        lists: the lists as the federation has edited them; without them, as they are packaged.
        press: its author is known to be a journalist.
        writer: the name and the handle of its author, which are read with it.
        before: what the same author wrote here within minutes before, oldest first: read together with it.
        to_us_alone: it came by a form of ours or a page for children. A language that isn't read here
            is then read by a safeguarding lead first.

    """
    lists = lists or packaged()
    ready = read(text, lists.spelling)
    line = Line(ready.words)
    why = _told(ready, line, lists)
    why += _emoji(text)
    why += _around(writer, before, text, names, lists, known={(each.lane, each.kind) for each in why})
    if is_unread(ready) and (to_us_alone or speaks_of_a_child(ready)):
        why.append(Reason(Lane.DANGER, UNREAD, "", 0, 0))
    if asked := asked_after(ready.folded.text, names):
        why.append(_reason(ready, Lane.DANGER, "asks_after_child", *asked))
    why += _learned(ready, why)
    why += _at_hand(ready, why)
    why += _names(ready, names, Lane.NAMES_PUPIL, "pupil")
    why += _personal(ready)
    if press:
        why.append(Reason(Lane.JOURNALIST, "known", "", 0, 0))
    if "?" in text and not any(each.lane is Lane.QUESTION for each in why):
        at = text.index("?")
        why.append(Reason(Lane.QUESTION, "question", "?", at, at + 1))
    why += _abuse(ready, why, lambda: _names(ready, staff, Lane.ABUSE, "staff"))
    lanes = in_order([each.lane for each in why]) or [Lane.OTHER]
    first = _first(lanes, why)
    also = tuple(lane for lane in lanes if lane is not first)
    why.sort(key=lambda each: (each.lane is not first, lanes.index(each.lane), each.start, each.end))
    number = len({each.kind for each in why if each.lane is first})
    return Ranked(first, rank_of(first, number), tuple(why), language(ready), also, ready.whole)


def drawn_aside(text: str, own: Collection[str] = ()) -> list[Reason]:
    """Return the words of a text with which an adult might draw a child aside: secrets, being alone, pictures
    of the child, a private way to one adult. For what the school itself sends and publishes.

    `own`: the school's own details, as `screening.simple` has them, whose handles are no one person's.
    """
    ours = without_own(text, own)
    ready = read(ours, spelling_aside())
    ready = replace(ready, words=tuple(_but_for_fillers(ready.words)))
    line = Line(ready.words)
    found = [each for signs in ways() for each in signs.matches(line).signs]
    why = [_of_match(ready, Lane.DANGER, each) for each in (*approaching().matches(line), *found)]
    why += [Reason(Lane.DANGER, "private_way", "", start, end) for start, end in handles_in(ours)]
    return [replace(each, words=text[each.start : each.end]) for each in why]


def _but_for_fillers(words: Sequence[Word]) -> Iterator[Word]:
    """Yield words without *just*, but where it means that no one else comes: "just you", "just the two of
    us"."""
    for number, word in enumerate(words):
        after = [each.plain for each in words[number + 1 : number + 3]]
        if word.plain != JUST or not ONLY_THESE.isdisjoint(after[:1]) or after == ["the", "two"]:
            yield word


def _listed(ready: Read, line: Line, lists: Lists, lane: Lane) -> Iterator[Reason]:
    """Yield each kind of phrase of a lane once, at its longest."""
    best: dict[str, Match] = {}
    for match in lists.phrases[lane].matches(line):
        kept = best.get(match.kind)
        if kept is None or match.last - match.first > kept.last - kept.first:
            best[match.kind] = match
    for match in best.values():
        yield _of_match(ready, lane, match)


def _told(ready: Read, line: Line, lists: Lists) -> list[Reason]:
    """Return what phrases and signs of harm say: a phrase of danger or threat doesn't count where the words
    near it are of sport or a lost coat, a sign not where a phrase says the same."""
    found = [signs.matches(line) for signs in lists.signs]
    calmed = frozenset().union(*(each.calmed for each in found))
    why = [
        reason
        for lane in LISTED
        for reason in _listed(ready, line, lists, lane)
        if lane not in URGENT or reason.kind not in calmed
    ]
    known = {each.kind for each in why if each.lane is Lane.DANGER}
    signs = {match.kind: match for each in found for match in each.signs if match.kind not in known}
    return why + [_of_match(ready, lane_of_sign(kind), each) for kind, each in signs.items()]


def _emoji(text: str) -> Iterator[Reason]:
    """Yield the signs that are written in emoji alone, without the mark that says how to draw them."""
    if text.isascii():
        return
    there = frozenset(text)
    if (sign := _SHARP.search(text)) and _COMING.search(text) and not _IN_A_KITCHEN.search(text):
        yield Reason(Lane.DANGER, "weapon", sign.group(), sign.start(), sign.end())
        return
    for kind, sets in emoji_signs():
        if not any(there.isdisjoint(each) for each in sets):
            at = min(text.index(sign) for each in sets for sign in there & each)
            yield Reason(Lane.DANGER, kind, text[at], at, at + 1)


def _around(
    writer: Collection[str],
    before: Sequence[str],
    text: str,
    names: NameIndex | None,
    lists: Lists,
    *,
    known: Collection[tuple[Lane, str]],
) -> Iterator[Reason]:
    """Yield what the author's name says, and what the text says with those before it and not alone. Where it
    stands isn't in the text."""
    told: dict[tuple[Lane, str], Reason] = {}
    for name in writer:
        for way in dict.fromkeys((name, _HANDLE.sub(" ", name))):
            ready = read(way, lists.spelling)
            found = _told(ready, Line(ready.words), lists)
            found += [*_names(ready, names, Lane.NAMES_PUPIL, "pupil"), *_personal(ready), *_strong(ready)]
            for each in found:
                if each.lane in _OF_A_NAME:
                    told.setdefault(
                        (each.lane, each.kind), replace(each, words="", start=IN_NAME, end=IN_NAME)
                    )
    if before:
        said, whole = (read(" ".join(each), lists.spelling) for each in (before, [*before, text]))
        alone = {(each.lane, each.kind) for each in _told(said, Line(said.words), lists)}
        for each in _told(whole, Line(whole.words), lists):
            if each.lane in URGENT and (each.lane, each.kind) not in alone:
                told.setdefault((each.lane, each.kind), replace(each, words="", start=BEFORE, end=BEFORE))
    yield from (each for what, each in told.items() if what not in known)


def _of_match(ready: Read, lane: Lane, match: Match) -> Reason:
    start, end = ready.words[match.first].start, ready.words[match.last - 1].end
    return _reason(ready, lane, match.kind, start, end)


def _reason(ready: Read, lane: Lane, kind: str, start: int, end: int) -> Reason:
    start, end = ready.folded.span(start, end)
    return Reason(lane, kind, ready.folded.typed[start:end], start, end)


def _names(ready: Read, index: NameIndex | None, lane: Lane, kind: str) -> list[Reason]:
    if index is None:
        return []
    found = {hit.start: Reason(lane, kind, hit.words, hit.start, hit.end) for hit in _hits(ready, index)}
    return [found[start] for start in sorted(found)]


def _hits(ready: Read, index: NameIndex) -> Iterator[Hit]:
    """Yield names as they stand and without their capitals. A first name alone is too many people's."""
    folded = ready.folded
    small = replace(folded, text=folded.text.lower())
    for each in (folded, small) if len(small.text) == len(folded.text) else (folded,):
        yield from (hit for hit in find_names(each, index) if hit.strength is not Strength.MENTION)


def may_not_be_named(text: str, index: NameIndex) -> tuple[bool, bool]:
    """Return whether a text names a child who must not be published, and whether it does with a whole
    name."""
    if not index.walled:
        return False, False
    read_here = _hits(read(text, packaged().spelling), index)
    found = [hit for hit in read_here if not index.walled_people.isdisjoint(hit.of)]
    told = any(hit.in_full for hit in found) or places(fold(text).text)
    return bool(found), bool(found) and told


def names_in(text: str, index: NameIndex, *, but: Collection[str] = LOOSE) -> set[tuple[int, ...]]:
    """Return the people that each name in a text may mean, by their numbers in the index. `but`: the ways to
    write one that don't count, such as what only the words around a first name, or a title, would make a name
    of theirs."""
    found = _hits(read(text, packaged().spelling), index)
    return {hit.of for hit in found if hit.variant not in but}


def _personal(ready: Read) -> list[Reason]:
    text = ready.folded.text
    seen = [*find_personal(text), *find_links(text)]
    return [
        _reason(ready, Lane.PERSONAL_DATA, str(each.kind), each.start, each.end)
        for each in seen
        if each.kind not in _NOT_PEOPLE
    ]


def _learned(ready: Read, why: list[Reason]) -> Iterator[Reason]:
    """Yield that a comment reads like danger, where no list has found any."""
    if any(each.lane in URGENT for each in why):
        return
    text = " ".join(ready.folded.text.lower().split())
    every = (each.group() for each in islice(SENTENCE.finditer(text), SENTENCES))
    sentences = (each for each in every if len(each.split()) >= FEWEST)
    if max(map(dangers().score, {text, *sentences})) > DANGEROUS:
        yield Reason(Lane.DANGER, "learned", "", 0, 0)


def _at_hand(ready: Read, why: list[Reason]) -> Iterator[Reason]:
    """Yield that what could wait for the morning says that it's there already: tonight, or at the gate."""
    urgent = [(each.lane, each.kind) for each in why if each.lane in URGENT]
    if urgent and not tells_now(urgent) and (sign := AT_HAND.search(ready.folded.text)):
        yield _reason(ready, Lane.DANGER, "at_hand", *sign.span())


def _abuse(ready: Read, why: list[Reason], staff: Callable[[], list[Reason]]) -> list[Reason]:
    """Return strong words and what the model thinks. Where the comment complains, the model isn't asked: a
    complaint is no abuse, however loud."""
    found = _strong(ready)
    lanes = {each.lane for each in why}
    calm = {Lane.COMPLAINT, Lane.DANGER, Lane.THREAT, Lane.PRAISE}
    if not found and not lanes & calm and model().score(ready.folded.text) >= LIKELY:
        found.append(Reason(Lane.ABUSE, "model", "", 0, 0))
    if found or Lane.ABUSE in lanes:
        found += staff()
    return found


def _strong(ready: Read) -> list[Reason]:
    """Return the first strong word."""
    words = (word for word in ready.words if STRONG.intersection(bad_words().get(word.plain, ())))
    return [_reason(ready, Lane.ABUSE, "word", word.start, word.end) for word in islice(words, 1)]


def _first(lanes: list[Lane], why: list[Reason]) -> Lane:
    """Return the lane to wait in. A complaint stays one whatever words it uses."""
    if lanes[0] is Lane.ABUSE and Lane.COMPLAINT in lanes:
        return Lane.COMPLAINT
    return lanes[0]
