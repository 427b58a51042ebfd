"""What has one way in the program is done in no other: each pattern, the files that may use it, and why."""

import re
from functools import cache

import pytest

from tests.gates.files import expect_none, lines_of, name_of, own_files

WAYS = {
    "a query as SQL": (
        r"sql_with_params\(",
        set(),
        "Call `core.rows.statement_of`: Django raises for a query that it knows to be empty.",
    ),
    "a day or an instant from outside": (
        r"fromisoformat|strptime|parsedate|parse_date|dateutil",
        {"schoolgate/core/days.py"},
        "Call `core.days`: what comes in has bounds, and what we stored is read within them.",
    ),
    "a number from a request": (
        r"web/.*\.is(?:digit|decimal|numeric)\(",
        {"schoolgate/web/frame/paging.py"},
        "Call `web.frame.paging`: int() refuses some digits (\u00b2), and 5,000 of any.",
    ),
    "our own page by its name": (
        r"""(?:=|\b(?:in|or) [\[(].*|\bin )\s?["']noticeboard["'](?<!name="noticeboard")""",
        {"schoolgate/networks/capabilities.py"},
        "Ask `capabilities(...).ours` (a view hands it to its template), or name `OURS` in a query.",
    ),
    "a form's field for a day": (
        r"forms\.(?:DateField|DateTimeField|SplitDateTimeField|DurationField)\b",
        {"schoolgate/web/frame/forms.py"},
        "Use `DayField` of `web/frame/forms.py`, and `TimeField` for a time of day.",
    ),
}
PURE = "schoolgate/rulebook/"
"""It imports nothing of ours, and reads only days that came through a door or stand in its packs."""


@cache
def named() -> list[tuple[str, str]]:
    """The files of the program and its templates, each with its text: each line says where it stands."""
    return [
        (name, "\n".join(f"{name}:{number}: {line}" for number, line in enumerate(lines_of(path), start=1)))
        for path in own_files("schoolgate/*.py", "schoolgate/*.html")
        for name in [name_of(path)]
    ]


@pytest.mark.parametrize("what", WAYS)
def test_nothing_goes_around_the_one_way(what):
    pattern, may, why = WAYS[what]
    found = {
        text[: each.end()].rpartition("\n")[2]
        for name, text in named()
        if name not in may and not name.startswith(PURE)
        for each in re.finditer(pattern, text)
    }
    expect_none(found, why)
