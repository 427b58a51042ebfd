"""The formatter, the linter and the linters of templates are content."""

import re

from tests.gates.files import check, expect_only, name_of, own_files

BY_THE_CLOCK = re.compile(r"^\s*assert (?:time\.)?(?:monotonic|perf_counter|time)\(\) - \w+ <", re.MULTILINE)
MEASURED = {
    "tests/cli/test_children.py": "twenty that are waited for together, and not one after the other",
    "tests/core/work/test_running.py": "a limit of half a minute, where it would wait for ever",
}
"""Tests that may fail because something took long, with what they tell apart."""
MEND = "`make format` mends what can be mended by itself; the rest is said line by line above."


def test_every_file_is_formatted():
    check("ruff", "format", "--check", "--quiet", ".", then="`make format` does it.")


def test_the_linter_is_content():
    check("ruff", "check", "--quiet", "--output-format=concise", ".", then=MEND)


def test_templates_are_linted():
    check("djlint", "schoolgate", "--lint", "--quiet", then="Put right what is said line by line above.")


def test_templates_are_formatted():
    templates = [name_of(path) for path in own_files("schoolgate/*.html")]
    check("djade", "--check", "--target-version", "5.2", *templates, then="`make format` does it.")


def test_no_test_fails_because_the_machine_is_busy():
    expect_only(
        MEASURED,
        [
            name_of(path)
            for path in own_files("tests/*.py")
            if BY_THE_CLOCK.search(path.read_text(encoding="utf-8"))
        ],
        "Show it by what happened before what, or by how often something is done (tests/README.md).",
        listed="MEASURED here",
    )
