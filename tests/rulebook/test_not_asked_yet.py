"""What no step of the program asks is told in the documentation: no clause more, and none less."""

import re
from pathlib import Path

from schoolgate.rulebook import book, books
from schoolgate.rulebook.coverage import coverage

TOLD = Path(__file__).parents[2] / "docs" / "rulebook.md"
AREAS = ("accounts", "people", "hosted_sites")
HEADING = "### Clauses on accounts, people and hosted sites that no step asks\n"


def test_the_clauses_on_accounts_people_and_sites_that_no_step_asks_are_told():
    section = TOLD.read_text(encoding="utf-8").split(HEADING)[1]
    table = [line.split("|")[1] for line in section.split("\n\n")[1].splitlines()[2:]]
    told = sorted(clause for cell in table for clause in re.findall(r"`([^`]+)`", cell))
    assert told == sorted(_not_asked())


def _not_asked() -> list[str]:
    return [
        one["id"]
        for key in books()
        for one in coverage(book(key))["by_clause"]
        if not one["wired"] and book(key).clause(one["id"]).area in AREAS
    ]
