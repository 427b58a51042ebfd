"""A thread: a text that is too long for one post, as several posts in order. Pure.

The text is cut only at white space, so never inside an address, a mention or a hashtag: where a paragraph
ends if that fills half a post, else where a sentence ends, else between words. Each part ends with its
number, "1/3", which counts in its length.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from schoolgate.networks.checks import length
from schoolgate.networks.normal import NormalPost, byte_length, tidy_text
from schoolgate.networks.port import Limits, NetworkError, PublishedPost, Reactions, Ref, part_key

_GAP = re.compile(r"[ \t\n]+")
_SENTENCE_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*\Z")
_JOINERS = "\u200d\ufe0f\ufe0e\u20e3"
ANYWHERE, SENTENCE, PARAGRAPH = range(3)


def split(text: str, limits: Limits) -> tuple[str, ...]:
    """Return the parts of a text that is too long for one post, each with its number; none where it fits, or
    can't go out as a thread (too many parts, or a word longer than a post)."""
    tidy = tidy_text(text)
    if not tidy or _fits(tidy, limits):
        return ()
    for total in range(2, limits.parts + 1):
        for choose in (_calmest, _fullest):
            found = pieces(tidy, total, limits, choose)
            if found is not None and len(found) == total:
                return tuple(_numbered(each, place, total) for place, each in enumerate(found, start=1))
    return ()


def pieces(
    text: str, total: int, limits: Limits, choose: Callable[[Sequence[int], Sequence[int]], int] | None = None
) -> list[str] | None:
    """Return the text in at most `total` pieces that leave room for their numbers; put together again they
    are the text. None where it takes more, or a word has no room."""
    gaps = list(_gaps(text))
    ends, kinds = [end for end, _ in gaps] + [len(text)], [kind for _, kind in gaps] + [PARAGRAPH]
    found: list[str] = []
    start, first = 0, 0
    while start < len(text):
        if len(found) == total:
            return None
        place = len(found) + 1

        def too_long(at: int, start: int = start, place: int = place) -> bool:
            return not _fits(_numbered(text[start : ends[at]], place, total), limits)

        last = bisect_right(range(len(ends)), False, lo=first, key=too_long) - 1
        if last < first:
            return None
        cut = last
        if last < len(ends) - 1:
            lengths = [each - start for each in ends[first : last + 1]]
            cut = first + (choose or _calmest)(lengths, kinds[first : last + 1])
        found.append(text[start : ends[cut]])
        start, first = ends[cut], cut + 1
    return found


def refs_of(ref: Ref) -> tuple[Ref, ...]:
    """Return where each part is, in order; of a single post the post itself."""
    return (replace(ref, rest=(), whole=True), *ref.rest)


def ref_of(parts: Sequence[Ref], *, whole: bool = True) -> Ref:
    """Return parts in order as one: where the first is, with the others. `whole`: no more are to come."""
    return replace(parts[0], rest=tuple(parts[1:]), whole=whole)


def joined(parts: Sequence[NormalPost]) -> NormalPost:
    """Return a thread's parts as one: their words below each other, and everything that hangs on them."""
    if len(parts) == 1:
        return parts[0]
    films = [each.film for each in parts if each.film is not None]
    cards = [each.link_card for each in parts if each.link_card is not None]
    return NormalPost(
        text="\n\n".join(each.text for each in parts),
        languages=tuple(sorted({tag for each in parts for tag in each.languages})),
        links=tuple(link for each in parts for link in each.links),
        pictures=tuple(picture for each in parts for picture in each.pictures),
        film=films[0] if films else None,
        parts=tuple(each.text for each in parts),
        link_card=cards[0] if cards else None,
    )


def published(there: Sequence[PublishedPost], *, ref: Ref) -> PublishedPost:
    """Return what is there of a thread as one post."""
    return replace(there[0], ref=ref, normal=joined([each.normal for each in there]))


def read_back(ref: Ref, read_one: Callable[[Ref], PublishedPost | None]) -> PublishedPost | None:
    """Read each part and return what is there as one; None where nothing is. A part that is gone keeps its
    place among the parts. Raises NetworkError."""
    found = [(each, read_one(each)) for each in refs_of(ref)]
    there = [now for _each, now in found if now is not None]
    if not there:
        return None
    return published(there, ref=ref_of([now.ref if now else each for each, now in found], whole=ref.whole))


def take_down(ref: Ref, take_one: Callable[[Ref], None]) -> None:
    """Take each part down, the last one first, so that nothing is left hanging. Raises NetworkError."""
    for each in reversed(refs_of(ref)):
        take_one(each)


def reactions_of(ref: Ref, told: Mapping[str, Reactions]) -> tuple[Reactions | None, ...]:
    """Return the reactions to each part in order, of what a network told by id; None for a part that it
    doesn't know. Our own next part, which a network counts as a reply, is taken off."""
    parts = refs_of(ref)
    found: list[Reactions | None] = []
    for each, after in zip(parts, (*parts[1:], None), strict=True):
        one = told.get(each.id)
        if one is not None and one.replies and after is not None and after.id in told:
            one = replace(one, replies=one.replies - 1)
        found.append(one)
    return tuple(found)


def in_turn(
    texts: Sequence[str], key: str, known: Ref | None, send: Callable[[str, str, Sequence[Ref]], Ref]
) -> Ref:
    """Send the parts that aren't there yet, one after the other, and return where all are.

    `known`: those that are there. `send` gets the words, the key of the part and what is there before it.
    Raises NetworkError with `there`: what there is of the thread when it ends too early.
    """
    there = list(refs_of(known)) if known is not None else []
    for number in range(len(there), len(texts)):
        try:
            there.append(send(texts[number], part_key(key, number), there))
        except NetworkError as error:
            error.there = ref_of(there, whole=False) if there else None
            raise
    return ref_of(there)


def found_of(
    texts: Sequence[str], after: Callable[[str, PublishedPost | None], PublishedPost | None]
) -> PublishedPost | None:
    """Return how far a thread came, as one post; None where it didn't begin. `after` finds the part with
    these words that hangs on the one before it. Raises NetworkError."""
    there: list[PublishedPost] = []
    for text in texts:
        one = after(text, there[-1] if there else None)
        if one is None:
            break
        there.append(one)
    if not there:
        return None
    whole = len(there) == len(texts)
    return published(there, ref=ref_of([each.ref for each in there], whole=whole))


def _fits(text: str, limits: Limits) -> bool:
    if limits.text_bytes is not None and byte_length(text) > limits.text_bytes:
        return False
    return limits.text_max is None or length(text, limits.text_unit) <= limits.text_max


def _numbered(piece: str, place: int, total: int) -> str:
    return f"{piece.strip()}\n\n{place}/{total}"


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """Where the text may be cut: after white space, but not before a sign that belongs to the one before."""
    for found in _GAP.finditer(text):
        end = found.end()
        if end == len(text) or _hangs_on(text[end]):
            continue
        if "\n\n" in found.group().replace(" ", "").replace("\t", ""):
            kind = PARAGRAPH
        elif "\n" in found.group() or _SENTENCE_ENDS.search(text, max(0, found.start() - 8), found.start()):
            kind = SENTENCE
        else:
            kind = ANYWHERE
        yield end, kind


def _hangs_on(sign: str) -> bool:
    return sign in _JOINERS or unicodedata.category(sign).startswith("M")


def _fullest(lengths: Sequence[int], kinds: Sequence[int]) -> int:
    """The last place that fits."""
    return len(lengths) - 1


def _calmest(lengths: Sequence[int], kinds: Sequence[int]) -> int:
    """The last end of a paragraph, else of a sentence, that fills at least half; else the last place."""
    for wanted in (PARAGRAPH, SENTENCE):
        for at in range(len(lengths) - 1, -1, -1):
            if lengths[at] * 2 < lengths[-1]:
                break
            if kinds[at] >= wanted:
                return at
    return len(lengths) - 1
