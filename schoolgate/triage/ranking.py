"""Where a comment waits, and why.

A question after one child, called by a first name: *when does Idris come out, and by which gate?*
The lists of questions know no names; the school's register does.

Handles and mobile numbers that lead to one person: told by the signs around them, which words alone don't
keep.

In which language a comment is, and whether it's one that is read here.

A script that isn't Latin is told by its letters, other languages by their small words. What no list knows is
neither: it's said that it can't be told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.advice import language_of
from schoolgate.screening.common import ENGLISH, ordinary, welsh
from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import fold, simple
from schoolgate.screening.hits import LOOSE, Hit, Kind, Strength
from schoolgate.screening.links import find_links
from schoolgate.screening.names import NameIndex
from schoolgate.screening.personal import SENTENCE, find_personal
from schoolgate.triage.at_hand import AT_HAND, MEETS_TODAY
from schoolgate.triage.lanes import (
    BEFORE,
    IN_NAME,
    URGENT,
    Lane,
    Language,
    Ranked,
    Reason,
    in_order,
    rank_of,
    tells_now,
)
from schoolgate.triage.lists import (
    JUST,
    LISTED,
    ONLY_THESE,
    Lists,
    approaching,
    emoji_signs,
    lane_of_sign,
    other_languages,
    packaged,
    spelling_aside,
    ways,
)
from schoolgate.triage.model import bad_words, dangers, model
from schoolgate.triage.phrases import Line, Match
from schoolgate.triage.reading import Read, Word, read

_WORD = lazy_pattern(r"[^\W\d_]+")
_ASKS = lazy_pattern(
    r"\?|\b(?:what|which|wich|wot|where|when|wen|who|whos|does|do you know|is|are|anyone know|tell me|ble"
    r"|lle"
    r"|pryd|pwy|pa|ydi|ydy|yw|oes|faint o'r gloch|beth)\b",
    re.IGNORECASE,
)
_WHEREABOUTS = lazy_pattern(
    r"\b(?:gates?|doors?|exit|entrance|bus|train|c[ao]mes? out|coming out|gets? out|get out|finish(?:es"
    r"|ed)?|leaves?"
    r"|home(?:time)?|walks?|lives?|living|moved?|still (?:in|at|go|goes|there|here|with)|(?:what"
    r"|which) (?:class|year"
    r"|form|school|club|day)|where(?:abouts)?|pick(?:s|ed|ing)? .{0,20}up|collects?|refuge|lost touch"
    r"|address|new school"
    r"|lower site|stop"
    r"|gi[aâ]t|iet|[fb]ws|drws|gorffen|orffen|dod allan|dod mas|adref?|adra|[cg]h?erdded|byw|symud|dal yn"
    r"|dal i"
    r"|ble|lle|pa (?:ddosbarth|flwyddyn|ysgol|glwb)|nosbarth|casglu|gasglu|n[oô]l|cyfeiriad)\b",
    re.IGNORECASE,
)
_OWN = lazy_pattern(
    r"\b(?:my|our) (?:\w{1,12} ){0,2}(?:son|daughter|boy|girl|lad|child|kid|little one|eldest|youngest"
    r"|grand\w{3,8}|niece"
    r"|nephew)\b|\b(?:fy|ein) (?:mab|merch|mhlentyn|hogyn|hogan|plentyn|wyres|[wŵ]yr)\b",
    re.IGNORECASE,
)
"""The writer's own child."""
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "coach", "sir", "athro", "athrawes"])


_PLACES = lazy_pattern(
    r"\b(?:(?:is|are|was|been|'s) (?:back )?(?:here|there)|since|saw|seen|spotted|noticed|goes to|go to"
    r"|went to"
    r"|at the|school|class|(?:in )?\d{1,2}[a-z]|(?:year|yr) \w{1,6}|sits|plays for|every (?:day"
    r"|\w{3,6}day)|staying"
    r"|pick(?:s|ed|ing)? \w{1,12} up|yma|yna|yno|ers|gwelais|welis|gweles|weles|gweld|wedi gweld|mynd i"
    r"|ysgol|d?dosbarth|nosbarth"
    r"|[bmf]lwyddyn|wrth y|ger y|bob (?:dydd|nos|bore)|aros)\b",
    re.IGNORECASE,
)
"""Beside a name: where someone was seen, or goes."""


def places(text: str) -> bool:
    """Return whether a folded text says where one is or was, or how one comes and goes."""
    return bool(_WHEREABOUTS.search(text) or _PLACES.search(text))


def asked_after(text: str, index: NameIndex | None) -> tuple[int, int] | None:
    """Return where a folded text names a pupil of the register by a first name, in a question of where one is
    or how one comes and goes; None where it doesn't, or speaks of the writer's own child."""
    if index is None or not index.firsts or not (_ASKS.search(text) and _WHEREABOUTS.search(text)):
        return None
    if _OWN.search(text):
        return None
    before = ""
    for word in _WORD.finditer(text):
        small = word.group().lower()
        if before not in _TITLES and _is_pupils(
            small, index.firsts, index.mutated, big=word.group()[0].isupper()
        ):
            return word.span()
        before = small
    return None


def _is_pupils(
    word: str, firsts: Mapping[str, tuple[int, ...]], changed: Mapping[str, tuple[str, ...]], *, big: bool
) -> bool:
    if word in ordinary() or len(word) < 3:
        return False
    return word in firsts or (big and any(each in firsts for each in changed.get(word, ())))


_CLOSED = r"snap(?:\s?chat)?|what'?s\s?app|discord|telegram|kik|viber|we\s?chat|psn|gamertag|roblox|fortnite"
_OPEN = r"insta(?:gram)?|tik\s?tok"
_GIVEN = (
    r"\s{0,2}(?:[:=(–-]\s{0,2}@?|(?:is|yw|ydy|ydi)\s@?(?=\w{0,30}[\d_]|\w{1,30}(?-i:[A-Z]))|@)"
    r"(?=[a-z\d])[\w.]{3,30}"
)
_MOBILE = r"(?:\+44\s?\(?0?\)?\s?7|07)(?:[\s-]?\d){9}"
_WRITES = (
    r"(?:text|message|msg|dm|whats\s?app|snap|ring|call|phone|tecsti\w{0,5}|neges\w{0,5}|ffoni\w{0,4}"
    r"|galw\w{0,4})"
)
_ONE = (
    r"(?:me|him|her|fi|fo|hi|mr|mrs|miss|ms|coach|syr|sir)\b"
    r"|(?-i:(?!The\b|Our\b|Us\b|School\b|Office\b|PTA\b|Y\b|Ein\b)[A-Z][a-z]+\b)"
)
_CHILDREN = (
    r"(?:kids|children|pupils|girls|boys|students|plant|disgyblion),?\s"
    r"(?:too|can|may|also|as well|welcome|especially|hefyd)\b"
)
_LEADS = (
    lazy_pattern(rf"\b{_WRITES}\s(?:{_ONE})[^.!?\n]{{0,40}}?{_MOBILE}", re.IGNORECASE),
    lazy_pattern(rf"{_MOBILE}[^.!?\n]{{0,40}}?\b{_CHILDREN}", re.IGNORECASE),
    lazy_pattern(rf"\b(?:{_CLOSED}){_GIVEN}", re.IGNORECASE),
    lazy_pattern(
        rf"\b(?:my|his|her|mr|mrs|miss|ms|fy|ei)(?:\s[\w']{{1,20}}){{0,2}}\s(?:{_OPEN}){_GIVEN}",
        re.IGNORECASE,
    ),
    lazy_pattern(
        r"\b(?:message|dm|text|add|snap|pm|inbox|negesa|negeswch|tecstia|tecstiwch|ychwanega|ychwanegwch)"
        r"\s{1,3}@[\w.]{3,30}",
        re.IGNORECASE,
    ),
    lazy_pattern(
        r"\b(?:snapchat\.com/add|wa\.me|kik\.me|m\.me|t\.me|ig\.me/m)/(?!us\b)[\w.+-]{3,40}|\bdiscord\.gg/\w{2,30}",
        re.IGNORECASE,
    ),
)
_A_HANDLE = lazy_pattern(r"@?(?<![\w.])[A-Za-z\d_][\w.]{2,39}")


def handles_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text gives a handle, or a mobile number, by which one person is reached unseen."""
    for shape in _LEADS:
        for found in shape.finditer(text):
            yield found.start(), found.end()


def without_own(text: str, own: Collection[str]) -> str:
    """Return a text of the same length, with "us" for each of these handles, which are the school's own."""
    if not own:
        return text

    def ours(found: re.Match[str]) -> str:
        written = found.group()
        return "us".ljust(len(written)) if simple(written) in own else written

    return _A_HANDLE.sub(ours, text)


_SHORTEST = 2
"""Words of another language that tell it, where they are a third of all."""
_UNKNOWN = 4
"""Words of no language here, from which on a text is in another."""
_READ = 2_000
_CHILD = "child"
"""The line of the list with words of harm in any other language."""
_ANY_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def language(ready: Read) -> Language:
    """Return the language of a comment. "cannot_tell" and "mixed" are for a reader of Welsh too."""
    text = ready.folded.text
    if not text.isascii():
        letters = [letter for letter in text[:_READ] if letter.isalpha()]
        if sum(not letter.isascii() for letter in letters) * 2 > len(letters):
            return "other"
    told = language_of(ready.folded.typed, text)
    if _other_words(ready):
        return "other"
    return "cannot_tell" if told == "unknown" else told


def is_unread(ready: Read) -> bool:
    """Return whether a comment is, in part or whole, in a language that isn't read here: words in
    another script, small words of another language, or four words and more, none English or Welsh."""
    return _other_script(ready) or _other_words(ready) or _no_known_word(ready)


def speaks_of_a_child(ready: Read) -> bool:
    """Return whether a comment in another language has words that a child may write of harm."""
    typed = ready.folded.typed[:_READ].lower()
    words = {*_ANY_WORD.findall(typed), *_ANY_WORD.findall(ready.folded.text[:_READ].lower())}
    child = other_languages()[_CHILD]
    return not words.isdisjoint(child) or any(word in typed for word in child if _is_foreign(word))


def _other_script(ready: Read) -> bool:
    """Return whether a comment has words in another script. Letters that look like Latin ones and spell
    English words are no other script."""
    typed = ready.folded.typed[:_READ]
    if typed.isascii():
        return False
    foreign = [word for word in _ANY_WORD.findall(typed) if _is_foreign(word)]
    if not foreign:
        return False
    words = [word.plain for word in ready.words]
    known = sum(word in ENGLISH or word in packaged().spelling.known for word in words if len(word) > 1)
    return len(foreign) > 1 or known * 2 < len(words)


def _is_foreign(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return bool(letters) and not any(_is_latin(letter) for letter in letters) and len(letters) > 1


@lru_cache(maxsize=4_096)
def _is_latin(letter: str) -> bool:
    return letter.isascii() or "LATIN" in unicodedata.name(letter, "LATIN")


def _other_words(ready: Read) -> bool:
    text = ready.folded.text[:_READ].lower()
    words = [word for word in _ANY_WORD.findall(text) if word.isalpha()]
    typed = set(_ANY_WORD.findall(ready.folded.typed[:_READ].lower())) | set(words)
    if not words:
        return False
    most = max((len(typed & known) for known in _told_by().values()), default=0)
    if most < _SHORTEST or most * 3 < len(set(words)):
        return False
    ours = sum(word in ENGLISH or word in welsh() or word in packaged().spelling.texted for word in words)
    return ours < most


def _no_known_word(ready: Read) -> bool:
    """Return whether a comment has four words and more, and no English, Welsh or texted one among them."""
    words = _ANY_WORD.findall(ready.folded.text[:_READ].lower())
    if sum(len(word) > 1 and word.isalpha() for word in words) < _UNKNOWN:
        return False
    spelling = packaged().spelling
    found = [word.plain for word in ready.words]
    return not any(spelling.has(word) or word in ENGLISH or word in ordinary() for word in (*words, *found))


@lru_cache(maxsize=1)
def _told_by() -> dict[str, frozenset[str]]:
    """Return the small words of each language that aren't English, Welsh or texted too."""
    spelling = packaged().spelling
    ours = ENGLISH | set(welsh()) | ordinary() | set(spelling.texted)
    return {name: words - ours for name, words in other_languages().items() if name != _CHILD}


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
    enough = {each for each in (text, *every) if len(each.split()) >= FEWEST}
    if max(map(dangers().score, enough), default=0.0) > DANGEROUS:
        yield Reason(Lane.DANGER, "learned", "", 0, 0)


def _at_hand(ready: Read, why: list[Reason]) -> Iterator[Reason]:
    """Yield that what could wait for the morning says that it's there already: tonight, or at the gate; and
    that a question after a child is about today."""
    urgent = [(each.lane, each.kind) for each in why if each.lane in URGENT]
    if not urgent or tells_now(urgent):
        return
    sign = AT_HAND.search(ready.folded.text)
    if (Lane.DANGER, "asks_after_child") in urgent:
        sign = sign or MEETS_TODAY.search(ready.folded.text)
    if sign:
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
