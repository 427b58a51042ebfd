"""Decisions are short and of one form, and the map of the docs names every page."""

import re

from tests.gates.files import ROOT, expect_none

DOCS = ROOT / "docs"
MOST_WORDS = 400
APART = {"README.md", "history.md"}


def test_a_decision_has_at_most_400_words_and_the_parts_of_one():
    wrong = []
    for page in sorted((DOCS / "adr").glob("0*.md")):
        text = page.read_text("utf-8")
        if len(text.split()) > MOST_WORDS:
            wrong.append(f"{page.name}: {len(text.split())} words")
        wrong += [f"{page.name}: no {part}" for part in ("## Context", "## Decision") if part not in text]
    expect_none(wrong, "What was measured stands in docs/figures.md, what came later in docs/history.md.")


def test_the_map_leads_to_every_page():
    linked = set(re.findall(r"\]\(([^)#]+\.md)", (DOCS / "README.md").read_text("utf-8")))
    pages = [*DOCS.glob("*.md"), *(DOCS / "how-to").glob("*.md")]
    names = (page.relative_to(DOCS).as_posix() for page in pages if page.name not in APART)
    expect_none(sorted(set(names) - linked), "Give it a line in docs/README.md.")
