"""A Welsh sentence puts a day only where its name keeps its first letter: "erbyn dydd Llun", never "tan dydd
Llun" for "tan ddydd Llun"."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import polib
import pytest

from tests.web.word_list import PACKAGE, sentences

WORDED = {"day_in_words", "instant_in_words"}
"""What writes a day with its weekday in front."""
KEEPS = {
    *(
        "adolygu",
        "cyn",
        "ddiwedd",
        "diwedd",
        "dyddiedig",
        "erbyn",
        "ers",
        "oedd",
        "wythnos",
        "yn cynnwys",
        "yw",
    ),
    *("ar gyfer", "nodyn", "copi wrth gefn"),
}
"""Words after which a day keeps its first letter. A colon, a comma, a dash or a bracket does that as well."""
NO_WEEKDAY = {
    "accounts_import.po": "dates of lists have no weekday",
    "people-import.po": "dates of lists have no weekday",
    "evidence-file.po": "numbers of rows",
    "rota.po": "the time comes before the day",
}
"""Parts whose places of these names begin with something else, with what."""
ALONE = {
    "Term dates for %(school)s are only entered up to %(day)s.": "20 November 2026",
    "We searched our social media system on {day}: {places}.": "20 November 2026",
    "Everything that Schoolgate stores for %(name)s, as of %(when)s.": "20.11.2026, 14:05",
    "was due {when}": "by 2pm",
    "Comments and messages are not answered {when}.": "in the evening",
    "Posts support or oppose no party, no candidate and no political campaign{when}.": " before an election",
    ", within {time} of “{fact}”": "2 working days",
}
"""Single sentences of that kind, with how their place begins."""
OF_RULES = {"day", "dated", "first", "last", "since"}
"""How the rulebook's sentences call a day."""
PLACE = r"(?:%\((?P<old>\w+)\)s|\{(?P<new>\w+)\})"
BEFORE = re.compile(rf"(?P<before>[^.!?:;,(–·|/\n]*?)(?P<stop>[:;,(–·|/]?\s*)(?:<[^>]+>)?{PLACE}")
PIECE = re.compile(
    r"""\{%\s*translate\s+(?P<q>['"])(?P<said>[^%'"]+)(?P=q)\s*%\}\s+\{\{\s*[\w.]+\|(?:day|at)\s*\}\}"""
)


@cache
def names_of_days() -> frozenset[str]:
    """The names of places that hold a day in words, from every template and every module."""
    names = set(OF_RULES)
    for path in PACKAGE.rglob("*.html"):
        for tag in re.findall(r"\{%\s*blocktrans(.*?)%\}", path.read_text("utf-8"), re.DOTALL):
            names |= set(re.findall(r"(\w+)=[\w.]+\|(?:day|at)\b", tag))
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text("utf-8")
        if any(each in text for each in WORDED):
            names |= set(_formatted(ast.parse(text)))
    return frozenset(names)


def _formatted(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            yield from (each.arg for each in node.keywords if each.arg and _is_day(each.value))
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            yield from (each.value for each, of in pairs if isinstance(each, ast.Constant) and _is_day(of))


def _is_day(value: ast.expr) -> bool:
    value = value.body if isinstance(value, ast.IfExp) else value
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in WORDED


def turned(welsh: str, names: frozenset[str]) -> list[str]:
    """The words right before a day that ask for another first letter, as in "tan ddydd Llun"."""
    return [
        found["before"].strip()
        for found in BEFORE.finditer(welsh)
        if (found["old"] or found["new"]) in names and not keeps(found["before"], found["stop"])
    ]


def keeps(before: str, stop: str) -> bool:
    """Whether a day after these words keeps its first letter."""
    words = before.strip().lower()
    return bool(stop.strip()) or not words or any(re.search(rf"(?:^|\s){each}$", words) for each in KEEPS)


def _texts(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr, *entry.msgstr_plural.values()]


def _of(part: str) -> list[polib.POEntry]:
    return list(polib.pofile(str(PACKAGE / "locale/cy/parts" / part)))


def test_no_day_stands_where_its_first_letter_changes():
    without = {entry.msgid for part in NO_WEEKDAY for entry in _of(part)} | set(ALONE)
    wrong = [
        (entry.msgid, before)
        for entry in sentences()
        if entry.msgid not in without
        for text in _texts(entry)
        for before in turned(text, names_of_days())
    ]
    assert wrong == []


def test_no_piece_before_a_day_changes_its_first_letter():
    welsh = {entry.msgid: entry.msgstr for entry in sentences() if not entry.msgctxt}
    wrong = [
        (path.name, found["said"])
        for path in sorted(PACKAGE.rglob("*.html"))
        for found in PIECE.finditer(path.read_text("utf-8"))
        if not welsh[found["said"]].endswith(":") and not keeps(welsh[found["said"]], "")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("welsh", "wrong"),
    [
        ("Rydych ar ddyletswydd tan %(when)s", True),
        ("Yn gyflawn o {day}.", True),
        ("Caeodd y cyfrif ar <time>{day}</time>", True),
        ("Rhyddhawyd %(when)s.", True),
        ("Mewn grym ers {day}", False),
        ("Newid erbyn {day}", False),
        ("Rhyddhawyd: {day}", False),
        ("Gwiriwyd ({day})", False),
        ("{day}, {time}", False),
        ("Hyd at {most} nod", False),
    ],
)
def test_what_counts_as_changed(welsh, wrong):
    assert bool(turned(welsh, frozenset({"day", "when"}))) is wrong


def test_the_names_of_days_are_found():
    assert {"day", "when", "at", "until"} <= names_of_days()
