"""Writes docs/five-policies.md: where the five policies answer one question differently.

    python scripts/five_policies.py            writes the page
    python scripts/five_policies.py --check    writes nothing; fails if the page differs

The questions are in five_policies.yaml beside this file: `asks` in plain words, and the situation, the facts
and the point that answer it. A point that several policies cover and no question does is named at the end of
its subject, and so is what only one policy covers."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from schoolgate.rulebook import Basis, Book, book, books  # noqa: E402
from schoolgate.rulebook.compare import Answer, Difference, differences, in_short  # noqa: E402
from schoolgate.rulebook.deciding import read_facts  # noqa: E402
from schoolgate.rulebook.messages import POINTS  # noqa: E402
from schoolgate.rulebook.scenarios import Scenario  # noqa: E402
from schoolgate.rulebook.situations import SITUATIONS, situation  # noqa: E402
from schoolgate.rulebook.yaml_text import plain  # noqa: E402

PAGE = ROOT / "docs" / "five-policies.md"
QUESTIONS = Path(__file__).with_suffix(".yaml")
NAMES = {
    "wildground": "Wildground",
    "boroughbridge": "Boroughbridge",
    "learn-to-live": "Learn to Live",
    "wootton": "Wootton",
    "llanidloes": "Llanidloes",
}
SUBJECTS = {
    "About the policy": ("policy", "training", "briefing"),
    "Official accounts": ("account", "login", "person", "feed"),
    "Sites and learning platforms": ("site", "contributor", "platform", "friend", "friends"),
    "Posts and pictures": (
        "post",
        "posting",
        "promotion",
        "image",
        "news",
        "sharing",
        "rights",
        "permission",
    ),
    "What others write": ("item", "comment", "parent", "listening"),
    "Journalists": ("media",),
    "Contacts and messages": ("contact", "message", "group"),
    "Private accounts": ("personal", "equipment", "encyclopaedia"),
    "When something goes wrong": ("incident", "conduct", "breach"),
    "Systems, records and candidates": ("systems", "record", "records", "candidate", "recruitment"),
    "Education and guidance": ("education", "guidance"),
}
OTHER = "Everything else"
INTRODUCTION = """\
# Five policies, one question

What each of the five policies answers to the same question, with the section that says so. The answers are
worked out by the program from the policies' own words. A dash means that the policy says nothing about it:
then it is neither allowed nor forbidden by that policy. `python scripts/five_policies.py` makes this page;
`schoolgate policy compare --json` has every case.

Who a policy calls upon differs, too. Where a question names somebody's role, another policy may not know that
role, and waits for a role of its own.
"""


def page(under: list[Book], questions: list[dict[str, Any]]) -> str:
    """The whole page. Raises SystemExit for a question to which all give one answer."""
    rows: dict[str, list[str]] = defaultdict(list)
    asked: set[tuple[str, str]] = set()
    for one in questions:
        facts = read_facts(situation(one["situation"]), one["facts"])
        case = Scenario("", "", one["asks"], one["situation"], facts, {})
        found = next((each for each in differences(under, [case]) if each.point == one["point"]), None)
        if found is None:
            raise SystemExit(f"all give one answer: {one['asks']}")
        asked.add((one["situation"], one["point"]))
        rows[_subject(one["situation"])].append(_row(one["asks"], found))
    parts = [INTRODUCTION]
    for subject in (*SUBJECTS, OTHER):
        more, alone = _unasked(subject, under, asked)
        if rows[subject] or more or alone:
            parts.append(f"## {subject}\n")
        if rows[subject]:
            names = [NAMES[one.key] for one in under]
            parts.append(
                "\n".join([_line(["", *names]), _line(["---"] * (len(names) + 1)), *rows[subject], ""])
            )
        if more:
            parts.append(f"Several of them also speak of: {'; '.join(more)}.\n")
        parts += [f"Only {NAMES[key]} speaks of: {'; '.join(labels)}.\n" for key, labels in alone.items()]
    return "\n".join(parts)


def _row(asks: str, difference: Difference) -> str:
    return _line([asks, *(_cell(answer) for answer in difference.answers.values())])


def _cell(answer: Answer) -> str:
    if answer.silent_because == "no_rule":
        return "–"
    sections = "; ".join(answer.sections[:2]).replace("*", "\\*")
    return f"{in_short(answer)}<br><small>{sections}</small>" if sections else in_short(answer)


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _subject(key: str) -> str:
    room = key.partition(".")[0]
    return next((subject for subject, rooms in SUBJECTS.items() if room in rooms), OTHER)


def _unasked(
    subject: str, under: list[Book], asked: set[tuple[str, str]]
) -> tuple[list[str], Mapping[str, list[str]]]:
    """The labels of the other points of a subject: of which several policies speak, and of which one does."""
    several: dict[str, None] = {}
    alone: dict[str, dict[str, None]] = {}
    for key, point, speaking in _points(under):
        if _subject(key) != subject or not speaking or (key, point) in asked:
            continue
        if len(speaking) > 1:
            several[_small(POINTS[point])] = None
        else:
            alone.setdefault(speaking[0], {})[_small(POINTS[point])] = None
    return list(several), {
        key: [one for one in labels if one not in several] for key, labels in alone.items()
    }


def _points(under: list[Book]) -> Iterator[tuple[str, str, list[str]]]:
    """Each point of the policies' own, with the policies that have a rule there."""
    for one in SITUATIONS.values():
        for point, basis in one.points.items():
            if basis is Basis.POLICY:
                bound = {each.key: each.bound(one.key) for each in under}
                speaking = [key for key, rules in bound.items() if any(each.point == point for each in rules)]
                yield one.key, point, speaking


def _small(label: str) -> str:
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def main() -> int:
    keys = [key for key in NAMES if key in books()]
    questions = plain(QUESTIONS.read_bytes(), QUESTIONS.name, words=True)
    text = page([book(key) for key in keys], questions)
    if "--check" in sys.argv[1:]:
        if PAGE.exists() and PAGE.read_text("utf-8") == text:
            return 0
        print(
            "docs/five-policies.md is not what the policies say: python scripts/five_policies.py",
            file=sys.stderr,
        )
        return 1
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
