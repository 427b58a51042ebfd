"""docs/figures.md is what the bench writes from its store, and each row is short and whole."""

from collections import Counter

from bench import __main__ as bench
from bench import figures
from tests.gates.files import expect_none

GIVEN = ("wanted", "found", "date", "commit", "machine", "how")


def test_the_page_is_written_from_the_store():
    assert figures.PAGE.read_text("utf-8") == figures.written(figures.stored()), (
        "Run python -m bench figures."
    )


def test_each_row_is_short_and_says_when_where_and_how_it_was_measured():
    wrong = []
    for each in figures.stored():
        cells = (each.what, each.wanted, each.found)
        wrong += [f"{each.what}: {len(cell)} characters" for cell in cells if len(cell) > figures.LONGEST]
        lacking = [
            name
            for name in ("wanted", "found", "date", "commit", "machine", "how")
            if not getattr(each, name)
        ]
        wrong += [f"{each.what}: no {name}" for name in lacking]
        wrong += [f"{each.what}: | ends a cell"] if any("|" in cell for cell in cells) else []
    expect_none(wrong, "History belongs in docs/history.md; what is in a row is the newest figure alone.")


def test_a_figure_stands_once_and_each_part_of_the_bench_fills_one():
    rows = figures.stored()
    twice = [what for what, number in Counter(each.what for each in rows).items() if number > 1]
    expect_none(twice, "One row each: bench/figures.json.")
    filled = {each.part for each in rows if each.shows}
    expect_none(sorted(set(bench.PARTS) - filled), "Give it a row with `shows` in bench/figures.json.")
    expect_none(sorted(filled - set(bench.PARTS)), "The bench has no such part: bench/figures.json.")
