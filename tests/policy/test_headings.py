"""Numbered sections of a policy under its headings."""

import pytest

from schoolgate.policy.queries import by_heading, by_section
from schoolgate.rulebook.book import book

POLICIES = ("wildground", "boroughbridge", "learn-to-live", "wootton", "llanidloes")


@pytest.mark.parametrize("key", POLICIES)
def test_every_clause_keeps_its_place_and_its_section(key):
    clauses = list(book(key).clauses.values())
    found = by_heading(clauses)
    sections = [(name, of) for heading in found for _number, name, of in heading.sections]
    assert sections == by_section(clauses)
    assert [number for one in found for number, _name, _of in one.sections] == [*range(1, len(sections) + 1)]


def test_woottons_numbered_sections_are_under_its_headings():
    names = [heading.name for heading in by_heading(book("wootton").clauses.values())]
    assert names[:3] == ["Front page", "1 Policy statement", "2 Who is covered"]
    for name in (
        "9 Recruitment",
        "10.2 Protecting our reputation",
        "A.5 Contributors and moderation of content",
    ):
        assert name in names


@pytest.mark.parametrize("key", [key for key in POLICIES if key != "wootton"])
def test_where_each_section_has_its_own_title_nothing_changes(key):
    clauses = list(book(key).clauses.values())
    assert [heading.name for heading in by_heading(clauses)] == [name for name, _of in by_section(clauses)]
