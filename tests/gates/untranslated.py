"""Words of a template that people read in English alone, because nothing translates them."""

import html
import re
from collections.abc import Iterator

UNSEEN = re.compile(
    r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}|{%\s*(blocktrans(?:late)?)\b.*?{%\s*end\1\s*%}"
    r"|<!(?:--.*?--|[^>]*)>|<(script|style|code|kbd|pre)\b[^>]*>.*?</\2>",
    re.DOTALL,
)
"""Comments, what is translated, what a browser runs, and what is typed as it is written."""
LOGIC = re.compile(r"{%.*?%}|{{.*?}}")
GOES_THROUGH_GETTEXT = re.compile(
    r"^{%\s*(?:trans|translate)\s|^{%\s*(?:load|extends|url|static)\s|_\((?:\"[^\"]*\"|'[^']*')\)"
)
LITERAL = re.compile(r"\"([^\"]*)\"|'([^']*)'")
HOLE = "\0"
"""In the place of logic: it may be a tag's name, too."""
TAG = re.compile(r"""</?([a-zA-Z\0][\w.\0-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>""")
ATTRIBUTE = re.compile(r"""(?<![\w:.@-])([\w:.@-]+)=(?:"([^"]*)"|'([^']*)')""")
BARE = re.compile(r"(?<![\w-])(?:data|sg|govuk)-[\w-]+")
"""A class, or an attribute without a value, in a piece that stands within another piece's tag."""
LETTER = re.compile(r"[^\W\d_]")
SENTENCE = re.compile(r"^[A-Z][a-z]|[^\W\d_]{2,} +[^\W\d_]")
"""What a literal or a script's attribute has where it's for people: values of codes don't."""
SPOKEN = {"alt", "label", "placeholder", "title"} | {
    f"aria-{each}" for each in ("description", "label", "placeholder", "roledescription", "valuetext")
}
PRESSED = re.compile(r"\btype=[\"'](?:submit|button|reset)[\"']")
CODES_OF_COMPONENTS = {
    *(
        "action",
        "back",
        "captions",
        "class",
        "current",
        "hide_caption",
        "href",
        "icon",
        "id",
        "kind",
        "language",
    ),
    *("level", "name", "needs_above", "query", "quoted", "src", "type", "value", "written_in"),
}
"""A component's other attributes are words that it shows."""


def untranslated(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of what a template shows or says without gettext."""
    seen = UNSEEN.sub(_blank, source)
    yield from (
        (seen.count("\n", 0, found.start()) + 1, words)
        for found in LOGIC.finditer(seen)
        for words in _literals(found[0])
    )
    plain, at = LOGIC.sub(_blank, seen), 0
    for tag in (*TAG.finditer(plain), None):
        between = plain[at : tag.start() if tag else len(plain)]
        if LETTER.search(between):
            line = plain.count("\n", 0, at + len(between) - len(between.lstrip(" \n\0"))) + 1
            yield from ((line, words) for words in _of_text(between))
        if tag:
            line = plain.count("\n", 0, tag.start()) + 1
            yield from ((line, words) for words in _of_tag(tag[1], tag[2]))
            at = tag.end()


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", HOLE, found[0])


def _literals(logic: str) -> Iterator[str]:
    if GOES_THROUGH_GETTEXT.match(logic):
        return
    for each in LITERAL.finditer(GOES_THROUGH_GETTEXT.sub("", logic)):
        if SENTENCE.search(words := each[1] or each[2] or ""):
            yield words


def _of_text(text: str) -> Iterator[str]:
    yield from _of_tag("", text)
    words = " ".join(html.unescape(BARE.sub("", ATTRIBUTE.sub("", text))).replace(HOLE, " ").split())
    if LETTER.search(words):
        yield words


def _of_tag(tag: str, attributes: str) -> Iterator[str]:
    for name, *values in ATTRIBUTE.findall(attributes):
        words = " ".join("".join(values).replace(HOLE, " ").split())
        if name.startswith(("data-", ":")):
            told = SENTENCE.search(words) is not None and (name[0] != ":" or "'" in words)
        elif tag.startswith("c-"):
            told = name not in CODES_OF_COMPONENTS
        else:
            told = name in SPOKEN or (name == "value" and tag == "input" and PRESSED.search(attributes))
        if told and LETTER.search(words):
            yield words
