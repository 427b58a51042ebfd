"""How people write the names of those who work here: a first name or a surname alone, a short form, initials,
a letter wrong, as Welsh changes it. Parts of names only; whole names are `people.named`'s."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from importlib import resources
from itertools import groupby, pairwise

from schoolgate.patterns import lazy_pattern
from schoolgate.people.accusing import accuses, is_with_a_pupil, speaks_of_that_child
from schoolgate.people.drawn_aside import draws_aside
from schoolgate.screening.common import ordinary
from schoolgate.screening.folding import Words, fold, words_of
from schoolgate.screening.names import PARTICLES
from schoolgate.screening.nicknames import SHORT, others_by_name
from schoolgate.screening.typing_errors import is_one_apart, is_two_apart
from schoolgate.screening.written_otherwise import BEFORE, SOUNDS_ALIKE, mutated

TITLES = (
    "Mr", "Mrs", "Ms", "Miss", "Mister", "Dr", "Prof", "Professor", "Rev", "Sir", "Coach", "Cllr", "Syr",
    "Athro", "Parch",
)  # fmt: skip
"""How children and parents name staff: with the surname alone."""
_TITLED = frozenset(each.casefold() for each in TITLES)
_ONLY_TITLES = frozenset(["mr", "mrs", "ms", "mister", "dr"])
_WHOLE = others_by_name((short, (whole,)) for whole, shorts in SHORT.items() for short in (*shorts, whole))
"""A short form -> the first names that it may be short for."""
ALSO_WORDS = frozenset([
    "mark", "rob", "pat", "bill", "sue", "dean", "ray", "frank", "drew", "jack", "art", "gene", "josh",
    "nick", "rich", "dick", "drake", "guy", "jay", "june", "april", "dawn", "eve", "gay", "pearl",
    "ruby", "amber", "iris", "heather", "hazel", "olive", "sandy", "wendy", "chuck", "grant", "miles",
    "pip", "dot", "kit", "tab", "bob", "hale", "ward", "moor", "noble", "speed", "bright", "frost",
    "moss", "marsh", "small", "long", "short", "best", "rice",
])  # fmt: skip
"""Names that are words too, besides the commonest words of the two languages."""
_NO_NAMES = frozenset([
    "sister", "brother", "mother", "father", "uncle", "auntie", "cousin",
    "mum", "mam", "mummy", "mami", "dad", "dada", "daddy", "nan", "nain", "taid", "gran", "grandad",
    "she", "hers", "him", "his", "her", "them", "they", "me", "us", "who", "what", "man", "men", "lady",
    "woman", "boy", "girl", "guy", "kid", "sir", "miss", "mrs", "ms", "mr", "adult", "helper",
    "teaching", "assistant", "lot", "does", "did", "don", "dont", "isn", "isnt", "sen", "and", "the",
    "one", "not", "year", "class", "form", "hwn", "hon", "nhw", "hi", "fo", "fe", "ef", "bod", "neb",
    "pwy", "sure", "same", "tall", "bald", "beard", "hair", "mean", "bad",
])  # fmt: skip
"""Words that are no one's name with a letter wrong."""
_SECOND_LETTER = r"(?:(?<=[CPRT])h|(?<=L)l|(?<=D)d|(?<=F)f)?"
"""Also where a letter of Welsh is written as two: *G.Ll.*, *RhE*"""
_ALONE = r"(?<![^\W_])(?<![^\W_]['’\-])"
_INITIALS = lazy_pattern(
    rf"{_ALONE}(?<![^\W_]\.)([A-Za-z]){_SECOND_LETTER}(\. ?| ?- ?| )([A-Za-z]){_SECOND_LETTER}"
    r"(?![^\W_]|[.\-][^\W_])"
    rf"|{_ALONE}([A-Z]){_SECOND_LETTER}([A-Z]){_SECOND_LETTER}(?![^\W\d_]|\d(?!\d)|-[^\W_])"
    rf"|{_ALONE}([A-Za-z])([A-Za-z])(?![^\W\d_]|\d(?!\d)|-[^\W_])"
)
"""*J.F.*, *j f*, *J-F*; *JF*, *(JF)*; *jf*, *Jf*, *@jf_07*, *np'n*."""
_TO_ME = lazy_pattern(
    r"\W*(?:(?:has|just|keeps?|kept|di|wedi|nath|yn|sy) )?(\w+ (?:me|us|my|fi|ni)\b)", re.IGNORECASE
)
"""What was done to the writer, right after an abbreviation that is also someone's initials: *dm hit me*."""
SHORT_NAME = 3
_ABBREVIATIONS = frozenset([
    "pe", "re", "rs", "it", "tv", "dm", "pm", "am", "uk", "us", "id", "ta", "pc", "pa", "cd", "gp", "hr",
    "ok", "yr", "dt", "ht", "ft", "tb", "ig", "fb", "bf", "gf", "qr", "pb", "dj", "mp", "ms", "mr", "dr",
    "ks", "ps", "pp", "ep", "sw", "cp", "eu", "vr", "ai", "xd", "xx", "ip", "eg", "wc", "ac", "fc",
])  # fmt: skip
"""What is written in capitals as well: initials only before what was done, or with points beside it."""
_NEVER = frozenset(["am", "pm", "eg", "ie"])
_WORDS_ALONE, _LETTERS_ALONE = "aiouyrx", frozenset("aiouyrxnbcdkmswt")
"""Letters that are a word by themselves, and these with those that are one beside another: *u r*, *n*."""
_MISSES = frozenset(["i", "we", "you", "they", "will", "ll", "to", "dont", "really", "ill", "might", "still"])
"""Words after which "miss" is what someone does."""
_WRITTEN = (
    ("ph", "f"), ("tch", "x"), ("ch", "x"), ("sh", "x"), ("ck", "k"), ("gh", ""), ("c", "k"), ("q", "k"),
    ("z", "s"), ("v", "f"),
)  # fmt: skip
_HANDLE = lazy_pattern(r"[@#]?\w[\w.\-]{2,40}")
_NOT_LETTERS = lazy_pattern(r"[\W\d_]+")
SHORTEST_HANDLE = 5
LONG_NAME = 6
"""Letters from which on a name is known with two of them wrong, where it sounds the same."""
FURTHEST = 2
"""Letters that a name as it was heard may be longer or shorter."""
_SUBJECTS = frozenset(
    ["he", "she", "it", "they", "i", "you", "we", "who", "that", "dad", "mum", "mam", "this"]
)
_PUPILS = frozenset([
    "pupil", "boy", "girl", "kid", "child", "classmate", "friend", "mate", "student",
    "lad", "brother", "sister",
    "bachgen", "fachgen", "merch", "ferch", "plentyn", "blentyn", "ffrind", "disgybl", "ddisgybl",
])  # fmt: skip
_CALLED = frozenset(["called", "named", "enw"])
_IN_CLASS = lazy_pattern(
    r"^\W*(?:who is |sy )?(?:in|from|yn|o) (?:my class|our class|the class|year \w|yr \d|\d{1,2}[a-z]\b"
    r"|flwyddyn|blwyddyn"
    r"|mlwyddyn|fy nosbarth|ein dosbarth)",
    re.IGNORECASE,
)
"""Words after a name that show that it's a pupil's."""
_AUXILIARY = frozenset(["will", "may", "can"])
SENTENCE = lazy_pattern(r"[.!?;\n]+")
_SIGN = lazy_pattern(
    r"\b(?:hurt|hit|punch|kick|slap|smack|beat|grab|touch|kiss|cuddl|hug|strok|tickl|pinch|push|shov"
    r"|drag|chok|strangl|bit(?:es?|ing)\b|spit|throw|threw|lock|forc|mak(?:e|es|ing) (?:me|us)|text"
    r"|messag|msg|dm(?:s|ed)?\b|snap|whatsapp|calls|calling|phon|rang|rings|asks|asking"
    r"|asked (?:me|us)|sends?\b|sending|sent|shout|scream|yell|swear|swore|bull[iy]|threat|scare"
    r"|scari|afraid|frighten|follow|watch|star(?:es?|ing)\b|look(?:s|ed|ing)? at|film|photo|pictur"
    r"|nude|naked|undress|strip|rude|secret|do(?:n'?t| not) tell|not to tell|alone|weird|creep|drunk"
    r"|hate|abus|rap(?:es?|ed|ing)\b|sex|steal|stole|teacher|staff|grown.?up|adult|coach|[bfm]rifo"
    r"|(?:t|d|nh|th)aro\b|[bfm]wrw|(?:c|g|ngh|ch)(?:uro\b|icio|usan|yffwrdd|yfrinach|am.?drin)"
    r"|(?:g|ng)?(?:wthio|weiddi|afael|wylio)|(?:d|dd|n)(?:yrnu|ychryn|ilyn)|anfon|(?:t|d|nh|th)ecst"
    r"|tuch|smak|kik|pull|pins[hi]|stalk|groom|selfie|pics?\b|shar(?:es?|ed|ing)\b|skirt|trousers"
    r"|knickers|h[ae]ndl"
    r"|put (?:his|her|their) (?:hand|arm)|hands? (?:on|up|down) (?:my|his|her)|twtsi|[dt]ynnu f|noeth"
    r"|(?:ei|eu) (?:law|ddwylo) ar|\bar (?:(?:ei|eu|fy) )?[bmp]h?en(?:nau)? (?:(?:ei|eu|fy) )?hun"
    r"|(?:sle(?:ep(?:s|ing)?|pt)|affair|relationship) with|dat(?:es|ing) a"
    r"|neges|[bfm](?:ygwth|wlio)|ofn\b|wrth neb|l?lun(?:iau)?\b|athro|athrawes)",
    re.IGNORECASE,
)
"""Words of something done to a child, or of an adult."""
People = frozenset[int]
NO_ONE: People = frozenset()
NO_NAMES: frozenset[str] = frozenset()


class Parts:
    """The parts of the names of people here, by the ways in which they are written."""

    def __init__(self, named: Iterable[tuple[int, str]]) -> None:
        exact: dict[str, set[int]] = defaultdict(set)
        like: dict[str, set[int]] = defaultdict(set)
        changed: dict[str, set[int]] = defaultdict(set)
        letters: dict[str, set[int]] = defaultdict(set)
        joined: dict[str, set[int]] = defaultdict(set)
        initials: dict[str, set[int]] = defaultdict(set)
        shortened: dict[str, set[int]] = defaultdict(set)
        for pk, name in named:
            words = [each for each in words_of(fold(name).text).plain if each not in _TITLED]
            rest = [each for each in words[1:] if each not in PARTICLES]
            own = [each for each in (*words[:1], *rest) if len(each) > 1]
            if len(own) > 1:
                for word in own[1:]:
                    initials[own[0][0] + word[0]].add(pk)
                    shortened[own[0] + word[0]].add(pk)
                for handle in _handles(own[0], own[-1]):
                    joined[handle].add(pk)
            for word in own:
                letters[word[0]].add(pk)
                for each in (word, *SHORT.get(word, ())):
                    exact[each].add(pk)
                for each in also_called(word):
                    like[each].add(pk)
                for each in mutated(word):
                    changed[each].add(pk)
        self.exact, self.like, self.changed, self.letters = exact, like, changed, letters
        self.initials, self.shortened, self.joined = initials, shortened, joined

    def in_words(
        self,
        text: str,
        *,
        pupils: Callable[[], Collection[str]],
        complains: bool,
        in_concern: bool = False,
    ) -> set[int]:
        """Return the people whose names in part are in a text. `pupils`: parts of pupils' names. One of
        these, and one that is a word, needs a sign near it that an adult did something. `complains`: the text
        is from a concern, or read like one; elsewhere every part of a name needs such a sign.
        `in_concern`: it is one, in which initials by themselves say who it is, whatever they did."""
        lines = fold(text).text.split("\n")
        cased = [(one, _in_one_case(line)) for line in lines for one in SENTENCE.split(line) if one.strip()]
        sentences, one_case = [each for each, _alike in cased], _in_one_case(text)
        acts = speaks_of_an_act(text)
        found = self._initialled(text, acts=acts) if in_concern or acts else set[int]()
        found |= self._by_handle(text)
        for number, (sentence, alike) in enumerate(cased):
            words = words_of(sentence)
            sure, perhaps = self._read(
                words, pupils, complains=complains, in_concern=in_concern, one_case=one_case, alike=alike
            )
            found |= sure
            near = " ".join(sentences[max(0, number - 1) : number + 2])
            if perhaps - found and speaks_of_an_act(near):
                found |= perhaps
        return found

    def _read(
        self,
        words: Words,
        pupils: Callable[[], Collection[str]],
        *,
        complains: bool,
        in_concern: bool,
        one_case: bool,
        alike: bool,
    ) -> tuple[set[int], set[int]]:
        """Return who is surely meant, and who is beside a sign. `one_case`: the whole text is in lower
        case, or in capitals; `alike`: this line of it is, though the name of who wrote it may not be."""
        sure: set[int] = set()
        perhaps: set[int] = set()
        whole = self._whole(words, in_concern=in_concern)
        for place, word in enumerate(words.plain):
            if place in whole:
                sure |= whole[place]
                continue
            before = words.plain[place - 1] if place else ""
            capital = words.raw[place][0].isupper()
            helps = word in _AUXILIARY and before in _SUBJECTS and alike
            typed_as_name = (capital or alike) and not helps
            titled = before in _TITLED and not (
                before == "miss" and place > 1 and words.plain[place - 2] in _MISSES
            )
            if _is_word(word) and not (
                typed_as_name or _acts(words, place) or (titled and before in _ONLY_TITLES)
            ):
                continue
            if titled:
                sure |= self._titled(before, words, place, in_concern=in_concern)
                continue
            if self._is_a_pupils(words, place, pupils):
                continue
            is_no_other = not _is_word(word) and word not in pupils()
            if exact := self.exact.get(word):
                alone = is_no_other and (in_concern or (complains and (capital or one_case)))
                (sure if alone else perhaps).update(exact)
            elif changed := self.changed.get(word):
                alone = is_no_other and complains and (before in BEFORE or (in_concern and typed_as_name))
                (sure if alone else perhaps).update(changed)
            else:
                perhaps |= self.like.get(word, NO_ONE) | self._fondly(word)
                perhaps |= self._mistyped(word, shortest=4 if capital and place else 5)
                perhaps |= self._misheard(word) if typed_as_name else NO_ONE
        return sure, perhaps

    def _is_a_pupils(self, words: Words, place: int, pupils: Callable[[], Collection[str]]) -> bool:
        """Return whether a word that is also a pupil's name is said to be a pupil's: by their first name
        before it, by "a boy called" or by "in my class" after it."""
        word = words.plain[place]
        if word not in self.exact or word not in pupils():
            return False
        before = words.plain[max(0, place - 4) : place]
        if (
            before
            and before[-1] in pupils()
            and words.raw[place - 1][0].isupper() == words.raw[place][0].isupper()
        ):
            own = self.exact.get(before[-1], NO_ONE) | self.like.get(before[-1], NO_ONE)
            return not set(own) & self.exact[word]
        if before and before[-1] in _CALLED and _PUPILS.intersection(before):
            return True
        return bool(_IN_CLASS.match(" ".join(words.plain[place + 1 : place + 5])))

    def _initialled(self, text: str, *, acts: bool) -> set[int]:
        """Return the people whose initials are in a text: two letters that are no word. `acts`: it speaks of
        something done, so that an abbreviation with points means them as well."""
        folded, alike = fold(text).text, _in_one_case(text)
        found: set[int] = set()
        for one in _INITIALS.finditer(folded):
            split, end = one[2] or "", one.end()
            both = "".join(each for each in one.groups() if each and each != split).lower()
            people = self.initials.get(both, NO_ONE)
            if people <= found:
                continue
            capital = one.group().isupper() and not alike
            if " " in split and folded[end : end + 1] != ".":
                is_word = both[1] in _WORDS_ALONE or (not capital and _LETTERS_ALONE.issuperset(both))
            elif both in _NEVER or (both in _TITLED and not split):
                is_word = True
            elif split:
                is_word = both in _ABBREVIATIONS and not acts
            elif both in _ABBREVIATIONS and (capital or not _is_word(both)):
                is_word = not ((did := _TO_ME.match(folded, end)) and _SIGN.match(did[1]))
            else:
                is_word = _is_word(both) or (not capital and both in _texted())
            if not is_word:
                found |= people
        return found

    def _by_handle(self, text: str) -> set[int]:
        """Return the people whose names together make a word such as `@edshaw` or `mr_shaw2`."""
        written = (_NOT_LETTERS.sub("", each).lower() for each in _HANDLE.findall(fold(text).text))
        return {pk for handle in written for pk in self.joined.get(handle, NO_ONE)}

    def is_part(self, word: str) -> bool:
        """Return whether a word is part of a name here, or makes up one."""
        return word in self.exact or word in self.like or word in self.changed or word in self.joined

    def _fondly(self, word: str) -> set[int]:
        """Return the people whose first name or surname this is with an ending: *Joanie*, *Nonny*, *Eds*."""
        stems = (word.removesuffix(ending) for ending in ("ie", "y", "i", "s") if word.endswith(ending))
        return {
            pk for stem in stems for each in (stem, squeezed(stem)) if each in self.exact
            for pk in self.exact[each]
        }  # fmt: skip

    def _begins(self, word: str) -> set[int]:
        """Return the people whose name a longer word begins with: *Mrs Fisherman*."""
        long = (name for name in self.exact if len(name) > SHORT_NAME and word.startswith(name))
        return {pk for name in long for pk in self.exact[name]}

    def _heard(self, word: str, *, shortest: int) -> set[int]:
        """Return the people whose name sounds like this word, which stands after a title. `shortest`: fewer
        sounds say nothing."""
        heard = {each for each in _sounds(word) if len(each) >= shortest}
        return {
            pk
            for name, people in self.exact.items()
            if (abs(len(name) - len(word)) <= FURTHEST and heard & _sounds(name))
            or (min(len(name), len(word)) > SHORT_NAME and is_one_apart(_spelt(name), _spelt(word)))
            for pk in people
        }

    def _whole(self, words: Words, *, in_concern: bool) -> dict[int, set[int]]:
        """Return the places of words next to each other that are one person's, with whose they are: of two
        with the same surname only one is meant by their first name with it. In a concern that is so with
        a surname's first letter too: *Non P*, *nonp*."""
        found: dict[int, set[int]] = {}
        for place, (word, after) in enumerate(pairwise([*words.plain, ""])):
            both = self.exact.get(word, set()) & self.exact.get(after, set())
            if in_concern and len(after) == 1:
                firsts = (
                    self.meant_by(word) | self._fondly(word) if len(word) > 2 else self.exact.get(word, set())
                )
                both = firsts & self.letters.get(after, set())
            if both and word != after:
                found[place] = found[place + 1] = both
            elif in_concern and len(word) > SHORT_NAME and not _is_word(word) and word in self.shortened:
                found.setdefault(place, self.shortened[word])
        return found

    def _titled(self, title: str, words: Words, place: int, *, in_concern: bool) -> set[int]:
        word = words.plain[place]
        if len(word) > 1:
            found = self.meant_by(word) or self._heard(word, shortest=1 if in_concern else 2)
            if in_concern:
                found |= self.initials.get(word, NO_ONE) | self._begins(word)
            return found
        after = words.plain[place + 1 : place + 2]
        is_initial = (
            (words.raw[place].isupper() and word not in "ai")
            or (in_concern and word not in _WORDS_ALONE and _TITLED.isdisjoint(after))
            or (word not in "aio" and speaks_of_an_act(" ".join(words.plain[place + 1 :])))
        )
        return self.letters.get(word, set()) if is_initial or title in _ONLY_TITLES else set()

    def answered(self, text: str) -> set[int]:
        """Return everyone who could be meant by an answer to the question who it is: by a word of it, or by
        words next to each other together."""
        words = words_of(fold(text).text)
        meant = [self._could_be(words, place) for place in range(len(words.plain))]
        found: set[int] = set()
        for some, run in groupby((each for each in meant if each is not None), key=bool):
            people = list(run) if some else []
            both = frozenset.intersection(*people) if people else NO_ONE
            found |= both or NO_ONE.union(*people)
        return found

    def _could_be(self, words: Words, place: int) -> People | None:
        """Return who a word of an answer could mean; None for a title."""
        word, raw = words.plain[place], words.raw[place]
        before = words.plain[place - 1] if place else ""
        if word in _TITLED and len(words.plain) > 1:
            return None
        alone = len(words.plain) == 1
        if len(word) == 1:
            capital = raw.isupper() and (word not in "aio" or before in _TITLED)
            as_name = capital or before in _ONLY_TITLES or alone
            return frozenset(self.letters.get(word, NO_ONE)) if as_name else NO_ONE
        if len(word) == 2 and (raw.isupper() or alone) and word not in self.exact:
            both = set(self.letters.get(word[0], NO_ONE)) & set(self.letters.get(word[1], NO_ONE))
            return frozenset(both)
        return frozenset(self.meant_by(word))

    def meant_by(self, word: str) -> set[int]:
        """Return everyone whose name in part could be this word."""
        found = {*self.exact.get(word, NO_ONE), *self.like.get(word, NO_ONE)}
        return found or {*self.changed.get(word, NO_ONE), *self._mistyped(word, shortest=3)}

    def _misheard(self, word: str) -> set[int]:
        """Return the people whose long name sounds like this word, with at most two letters wrong."""
        if len(word) < LONG_NAME - 1 or word in _NO_NAMES or _is_word(word) or _SIGN.match(word):
            return set()
        heard = {each for each in _sounds(word) if len(each) > 1}
        return {
            pk
            for name, people in self.exact.items()
            if len(name) >= LONG_NAME and is_two_apart(name, word) and heard & _sounds(name)
            for pk in people
        }

    def _mistyped(self, word: str, *, shortest: int) -> set[int]:
        if len(word) < 3 or word in _NO_NAMES or _is_word(word) or _SIGN.match(word):
            return set()
        one = squeezed(word)
        return {
            pk
            for name, people in self.exact.items()
            if (len(name) >= shortest and is_one_apart(name, word))
            or (squeezed(name) == one and name != word)
            for pk in people
        }


def also_called(name: str) -> set[str]:
    """Return what else someone of this name may be called: by the whole of a short name, by its other short
    forms, by what sounds the same."""
    whole = _WHOLE.get(name, NO_NAMES)
    others = {other for each in whole for other in SHORT.get(each, ())}
    return {*whole, *others, *SOUNDS_ALIKE.get(name, ())}


def squeezed(word: str) -> str:
    """Return a word with one letter for several of the same."""
    return "".join(letter for letter, _same in groupby(word))


def _handles(first: str, last: str) -> Iterator[str]:
    """Yield how people join a first name or a title to a surname."""
    firsts = {first, first[0], *SHORT.get(first, NO_NAMES), *(_TITLED - {"sir", "syr"})}
    for each in firsts:
        yield from (handle for handle in (each + last, last + each) if len(handle) >= SHORTEST_HANDLE)


def speaks_of_an_act(text: str) -> bool:
    """Return whether a text speaks of something done to a child, or of an adult."""
    folded = fold(text).text
    return (
        bool(_SIGN.search(folded))
        or accuses(text)
        or is_with_a_pupil(folded)
        or draws_aside(folded)
        or speaks_of_that_child(folded)
    )


def _acts(words: Words, place: int) -> bool:
    """Return whether a word that could be a name does what the next one says: "marsh hurts me"."""
    small = words.plain[place] not in _AUXILIARY and place + 1 < len(words.plain)
    return small and bool(_SIGN.match(words.plain[place + 1]))


def _is_word(word: str) -> bool:
    return word in ALSO_WORDS or word in ordinary()


@lru_cache(maxsize=1)
def _texted() -> frozenset[str]:
    """Return the words of two letters that are written small: texted, Welsh, units."""
    text = resources.files(__package__).joinpath("two_letters.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(fold(word).text for line in lines for word in line.split())


@lru_cache(maxsize=8192)
def _sounds(word: str) -> frozenset[str]:
    """Return how a name sounds: its consonants, with and without an r that isn't heard."""
    for written, heard in _WRITTEN:
        word = word.replace(written, heard)
    first, rest = word[:1], word[1:]
    first = "a" if first in "aeiouy" else first
    whole = squeezed(first + "".join(letter for letter in rest if letter not in "aeiouwyh"))
    return frozenset((whole, first + whole[1:].replace("r", "")))


def _spelt(name: str) -> str:
    """Return a name with the letters that Welsh and English write differently as one."""
    return squeezed(name.replace("ff", "f").replace("v", "f").replace("ph", "f").replace("k", "c"))


def _in_one_case(text: str) -> bool:
    return text in (text.lower(), text.upper())
