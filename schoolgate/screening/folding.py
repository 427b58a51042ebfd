"""Text as it is compared: no accents, no invisible characters, one kind of hyphen and of apostrophe. Each
character knows its place in the text as it was typed."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

_BY_HAND = {
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ħ": "h", "Ħ": "H",
    **dict.fromkeys("’‘ʼʻ`´′＇ʹ", "'"),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j",
    "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P", "С": "C", "Т": "T",
    "Х": "X", "І": "I", "У": "Y", "Ј": "J", "в": "b", "к": "k", "м": "m", "н": "h", "т": "t",
}  # fmt: skip
"""What the Unicode tables leave as it is, and Cyrillic letters that look like Latin ones. The small ones of
these capitals too, so that a Cyrillic name is the same in capitals."""
LIKE_LETTERS = {
    sign: plain.lower() for sign, plain in _BY_HAND.items() if plain.isalpha() and sign == sign.lower()
}
"""Those of them that are letters, in lower case."""
_HEARD = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "yo", "є": "ye", "ж": "zh",
    "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "ј": "y", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "w", "ф": "f", "х": "h", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "α": "a", "β": "v", "γ": "y", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
    "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
    "υ": "y", "φ": "f", "χ": "h", "ψ": "ps", "ω": "o",
}  # fmt: skip
"""Cyrillic and Greek letters as they sound."""
_LATIN = re.compile(
    r"(?:LATIN|MODIFIER) (SMALL LETTER|CAPITAL LETTER|LETTER SMALL CAPITAL) ([A-Z])(?: WITH [A-Z ]*)?$"
)
"""How Unicode calls a letter with a stroke or a hook, and one in small capitals."""
_OTHER_ALPHABET = re.compile("[\u0370-\u03ff\u0400-\u04ff\u1f00-\u1fff]")
_BLOCKS = {
    first + place: chr(ord("A") + place)
    for first in (0x1F150, 0x1F170, 0x1F1E6)  # in black circles, in black squares, those of flags
    for place in range(26)
}
"""Letters in signs that Unicode's tables don't take for letters."""
_TIMES_ENCODED = 4
_ENCODED = re.compile(r"(?:%(?:25){0,3}[0-9A-Fa-f]{2})+")
"""Characters as addresses of the web write them, also encoded again."""
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\u2011][ \t]{0,9}\r?\n[ \t]{0,9}(?=[^\W\d_])")
"""Where a word is broken at the end of a line, or of a caption."""
_LONGEST = 4
_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*")
_JOINED = re.compile(r"(?<=[^\W\d_])(?:(?<=[aeiouwyAEIOUWY])'[nr]|'ll|'d)$", re.IGNORECASE)
"""What Welsh joins on to a name, as to any word that ends with a vowel (*Mali'n*, *Mali'r*), and English."""
_SMALL = frozenset("""
mae rwy ry sy dw dwi ydw dydw ydy ydi dydy dydi dyw yw oedde dyma dyna wedi gyda efo hefo ni chi ti fi hi
fo fe o a i na ne neu pe lle yma yna wy da cha nhw ma bo ma'i i'w a'u no ca wo do i you he she it we they
who that this there what where when how why these those so go let
""".split())  # fmt: skip  # noqa: SIM905
"""Small words that are compared with it: "maen", "youll"."""
_WISHES = frozenset(
    ["like", "love", "rather", "be", "been", "have", "prefer", "appreciate", "suggest", "hate"]
)
_PAPERS = frozenset(["card", "cards", "badge", "badges", "number", "numbers", "photo", "document", "check"])
_BEFORE_PAPERS = frozenset(
    ["photo", "apple", "user", "login", "student", "staff", "cerdyn", "cardiau", "rhif"]
)
"""Words beside *id* that tell what it is: what someone would like, or papers."""
_SIGNS = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def _plain(letter: str) -> str:
    if letter in _BY_HAND:
        return _BY_HAND[letter]
    if ord(letter) in _BLOCKS:
        return _BLOCKS[ord(letter)]
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return ""
    found = "".join(each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each))
    if not found.isascii() and (like := _LATIN.match(unicodedata.name(letter, ""))):
        return like[2] if like[1] == "CAPITAL LETTER" else like[2].lower()
    return found if len(found) <= _LONGEST else " "


@lru_cache(maxsize=1024)
def _by_sound(letter: str) -> str:
    small = letter.lower()
    said = _HEARD.get(small if small in _HEARD else unicodedata.normalize("NFD", small)[:1])
    return _plain(letter) if said is None else said.capitalize() if letter != small else said


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with the place of each of its characters in the text as it was typed; `at` None: the same."""

    typed: str
    text: str
    at: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where these characters are in the text as it was typed."""
        return (start, end) if self.at is None else (self.at[start], self.at[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: lower case, no possessive and no apostrophe; as typed; and their places."""

    plain: list[str]
    raw: list[str]
    starts: list[int]
    ends: list[int]


def fold(text: str) -> Folded:
    """Return the text as it is compared. Case stays, because a name is known by its capitals."""
    return _folded(text, _plain)


def _folded(text: str, of_letter: Callable[[str], str]) -> Folded:
    encoded = _decoded(text) if "%" in text else {}
    if "\n" in text:
        encoded |= _mended(text)
    if text.isascii() and not encoded:
        return Folded(text, text.replace("`", "'"), None)
    letters: list[str] = []
    at: list[int] = []
    place = 0
    while place < len(text):
        decoded, end = encoded.get(place, (text[place], place + 1))
        for letter in decoded:
            plain = ("'" if letter == "`" else letter) if letter.isascii() else of_letter(letter)
            letters += plain
            at += [place] * len(plain)
        place = end
    return Folded(text, "".join(letters), at)


def heard(folded: Folded) -> Folded | None:
    """Return a text with its Cyrillic and Greek letters as they sound, None where it has none: "Фрея" is
    Freya by its sound, though р looks like a p."""
    if folded.at is None or not ("%" in folded.typed or _OTHER_ALPHABET.search(folded.typed)):
        return None
    said = _folded(folded.typed, _by_sound)
    return said if said.text != folded.text else None


def _decoded(text: str) -> dict[int, tuple[str, int]]:
    """Return by their places the characters that are written as in an address of the web ("Freya%20Lund"),
    and where each ends. A blank in an address is a hyphen: the address goes on."""
    found: dict[int, tuple[str, int]] = {}
    for run in _ENCODED.finditer(text):
        letters = run.group()
        for _time in range(_TIMES_ENCODED):
            letters = unquote(letters)
        plain = "".join("-" if letter.isspace() else letter for letter in letters if letter.isprintable())
        found[run.start()] = (plain, run.end())
    return found


def _mended(text: str) -> dict[int, tuple[str, int]]:
    """Return by their places the hyphens at the end of a line after which a word goes on, and where each
    break ends: nothing is read there."""
    return {each.start(): ("", each.end()) for each in _BROKEN.finditer(text) if text[each.end()].islower()}


def words_of(text: str) -> Words:
    """Return the words of a folded text."""
    plain, raw, starts, ends = [], [], [], []
    for found in _WORD.finditer(text):
        word = found.group()
        end = found.end()
        if "'" in word:
            if word[-2:] in ("'s", "'S") and (len(word) > 3 or (len(word) == 3 and word[0].isupper())):
                word, end = word[:-2], end - 2
            elif (joined := _JOINED.search(word)) and word[: joined.start()].lower() not in _SMALL:
                word, end = word[: joined.start()], end - len(joined.group())
            plain.append(word.replace("'", "").lower())
        else:
            plain.append(word.lower())
        raw.append(word)
        starts.append(found.start())
        ends.append(end)
    words = Words(plain, raw, starts, ends)
    if "id" in plain or "vi" in plain:
        _read_as_words(words, text)
    return words


def _read_as_words(words: Words, text: str) -> None:
    """Read as words what would be short for *Idris* and *Violet*: "I'd like", "id rather", "an ID card",
    "Year VI". What stands before a surname stays a name."""
    shouts = text.isupper()
    for place, short in enumerate(words.plain):
        if short not in ("id", "vi"):
            continue
        raw = words.raw[place]
        before = words.plain[place - 1] if place else ""
        beside = place + 1 < len(words.plain) and text[words.ends[place] : words.starts[place + 1]] == " "
        after = words.plain[place + 1] if beside else ""
        capitals = raw.isupper() and not shouts and not (beside and words.raw[place + 1][0].isupper())
        if short == "vi":
            words.plain[place] = "6" if capitals else short
        elif "'" in raw or after in _WISHES:
            words.plain[place] = "i"
        elif capitals or after in _PAPERS or before in _BEFORE_PAPERS:
            words.plain[place] = "identity"


def simple(text: str) -> str:
    """Return words as an answer or an allowed string is compared: letters and digits alone, in lower
    case."""
    return _SIGNS.sub("", fold(text).text).lower()
