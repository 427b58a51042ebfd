"""What the word list says of sentences: for the gate over every sentence in both languages."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import polib

from schoolgate.web.glossary import Word, listed, words

PACKAGE = Path(__file__).resolve().parents[2] / "schoolgate"
PARTS = PACKAGE / "locale/cy/parts"
TEMPLATES = PACKAGE / "web"
PLACES = re.compile(r"%\(\w+\)s|\{\w*\}|%s")
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)


@cache
def sentences() -> tuple[polib.POEntry, ...]:
    """Every sentence of ours with its Welsh, from the parts: they are newer than the merged catalogue."""
    ours = [path for path in sorted(PARTS.glob("*.po")) if not path.name.startswith("outside")]
    return tuple(entry for path in ours for entry in polib.pofile(str(path)) if not entry.obsolete)


def english(entry: polib.POEntry) -> str:
    """What it says in English, both numbers, without the places of arguments."""
    return PLACES.sub("…", f"{entry.msgid}\n{entry.msgid_plural or ''}")


def welsh(entry: polib.POEntry) -> str:
    """What it says in Welsh, each number, without the places of arguments."""
    return PLACES.sub("…", "\n".join([entry.msgstr, *entry.msgstr_plural.values()]))


@cache
def whole_words(these: Sequence[str]) -> re.Pattern[str]:
    """Finds one of these as whole words, in any capitals. A star: any ending, or any words between."""
    written = "|".join(_as_pattern(each) for each in sorted(these, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{written})(?![\w-])", re.IGNORECASE)


def _as_pattern(word: str) -> str:
    written = re.escape(word.replace("’", "'")).replace(r"\ \*\ ", r" .{1,40}? ")
    return written.replace(r"\*", r"\w*").replace(r"\ ", r"\s+")


@cache
def not_said(language: str) -> re.Pattern[str]:
    """Finds what no sentence of this language says: the variants of each word, spellings, the closed list."""
    variants = [variant for word in words() for variant in word.never(language)]
    return whole_words((*variants, *listed()["spelling"][language], *listed()["never"][language]))


@cache
def _excepted_phrases() -> re.Pattern[str] | None:
    said = tuple(each["says"] for each in listed()["excepted"]["phrases"])
    return whole_words(said) if said else None


def found_in(text: str, language: str) -> list[str]:
    """The words that are not said, in the order of their places, after the excepted phrases are taken out."""
    phrases = _excepted_phrases()
    left = phrases.sub(" ", text) if phrases else text
    return [found[0].lower() for found in not_said(language).finditer(left.replace("’", "'"))]


def excepted(kind: str) -> dict[str, str]:
    """Whole sentences that stand in spite of a rule, with why: `sentences` (a word), `unlike` (the Welsh)."""
    return {each["says"]: each["because"] for each in listed()["excepted"][kind]}


def unlike(entry: polib.POEntry) -> Iterator[Word]:
    """The words whose English form stands in this sentence and none of whose Welsh forms stands beside it."""
    said, told = english(entry), welsh(entry).replace("’", "'")
    for word in words():
        asked = word.forms_en and whole_words(tuple(word.forms_en)).search(said)
        if asked and not whole_words(tuple(word.forms_cy)).search(told):
            yield word


def written_in(template: Path) -> str:
    """What a template says by itself: its text, and the sentences inside the tags of the engine."""
    source = template.read_text(encoding="utf-8")
    source = re.sub(r"\{%\s*(?:translate|trans)\s+(?:\"([^\"]*)\"|'([^']*)').*?%\}", r" \1\2 ", source)
    return TAGS.sub(" ", source)
