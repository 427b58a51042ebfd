"""A release's page is read by people who run the program: it's short, and the long list is elsewhere."""

import re

from tests.gates.files import ROOT, expect_none, text_of

LONGEST = 60


def test_a_release_has_a_page_of_at_most_sixty_lines():
    pages = re.split(r"^## ", text_of(ROOT / "CHANGELOG.md"), flags=re.MULTILINE)[1:]
    lines = {page.split("\n", 1)[0]: len(page.strip().splitlines()) for page in pages}
    assert "0.2.0" in lines
    expect_none(
        {name: f"{count} lines" for name, count in lines.items() if count > LONGEST},
        f"Shorten its page in CHANGELOG.md to {LONGEST} lines: the long list is docs/history.md.",
    )


def test_no_line_of_the_history_goes_on_after_its_end():
    """What was left of two wordings, when both were kept: a full stop, and then the middle of a sentence."""
    leftover = re.findall(r"^.*\.\n  [a-z].*$", text_of(ROOT / "docs/history.md"), re.MULTILINE)
    expect_none(leftover, "Two wordings were both kept in docs/history.md: leave one, and end it.")
