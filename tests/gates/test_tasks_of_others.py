"""Lists and counts of other people's tasks leave out what the reader may not know of."""

import re

from tests.gates.files import expect_only, name_of, own_files, text_of

DIRECT = re.compile(r"\bDuty\.objects\b")
FIGURES = {
    "schoolgate/reports/frame.py": "if there is danger: the page asks for the reader's own",
    "schoolgate/reports/running.py": "numbers for the machine's monitoring, by state alone",
    "schoolgate/reports/governors_measures.py": "without concerns, breaches and what is locked",
}
"""Files that read tasks without asking who reads, and why that shows nobody anything."""


def test_pages_and_reports_start_from_what_the_reader_may_know_of():
    patterns = [
        f"schoolgate/{room}/{files}" for room in ("web", "reports", "api") for files in ("*.py", "**/*.py")
    ]
    expect_only(
        FIGURES,
        [name_of(path) for path in own_files(*patterns) if DIRECT.search(text_of(path))],
        "Start from duties.queries.known_to(reader, on): it leaves out what this reader may not know of.",
        listed="FIGURES here",
    )
