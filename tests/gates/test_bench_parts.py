"""What `make bench` prints was measured: each part can start, a part that fails is named, and no error page
passes for the page that was meant."""

import asyncio
import inspect
import json
import sys
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
from django.db import connection

from bench import __main__ as bench
from bench import figures
from bench.machine import NotMeasured, check_count
from bench.pages import browser_of
from bench.warm_page import check_is_the_page, check_opens, heading_of
from tests.gates.files import expect_none


@pytest.mark.parametrize("name", bench.PARTS)
def test_each_part_can_be_started_with_its_smallest_sizes(name):
    part = import_module(f"bench.{name}")
    needed = [
        each
        for each in inspect.signature(part.run).parameters.values()
        if each.default is inspect.Parameter.empty
    ]
    expect_none(needed, f"Give it a default in `run` of bench/{name}.py: `make bench` names no sizes.")
    sizes = [size for size in getattr(part, "SMALLEST", {}) if not hasattr(part, size)]
    expect_none(sizes, f"bench/{name}.py has no such size: take it out of SMALLEST there.")


@pytest.fixture
def kept(monkeypatch, tmp_path):
    """A store with a row of `first` and one by hand, and a page of its own."""
    monkeypatch.setattr(figures, "STORE", tmp_path / "figures.json")
    monkeypatch.setattr(figures, "PAGE", tmp_path / "figures.md")
    row = figures.Figure(
        what="decisions", wanted="5 a second", found="6 a second", date="2026-11-20", commit="abc",
        machine="m", load="3", how="python -m bench first", shows="{a_second} a second",
    )  # fmt: skip
    figures.save([row, replace(row, what="taps", found="3", how="by hand", shows="")])
    monkeypatch.setattr(figures, "sizes", lambda _part: ["ROWS=9"])
    return figures.stored


@pytest.fixture
def bench_of(monkeypatch, capsys):
    """`bench_of(parts, *options)`: the exit status, what was printed and what was said beside."""

    def run(parts, *options):
        monkeypatch.setattr(bench, "PARTS", tuple(parts))
        monkeypatch.setattr(
            bench, "import_module", lambda name: SimpleNamespace(run=parts[name.removeprefix("bench.")])
        )
        monkeypatch.setattr(sys, "argv", ["bench", *options])
        status = bench.main()
        told = capsys.readouterr()
        return status, json.loads(told.out), told.err

    return run


def broken():
    raise TypeError("takes 1 positional argument but 2 were given")


def test_a_part_that_fails_is_named_and_the_others_run(bench_of):
    status, found, said = bench_of({"first": broken, "second": lambda: {"a_second": 7}})
    assert status == 1
    assert found["first"] == {"failed": "TypeError: takes 1 positional argument but 2 were given"}
    assert found["second"] == {"a_second": 7}
    assert "failed: first" in said


def test_where_all_parts_run_the_status_is_0_and_small_sizes_give_no_figures(bench_of):
    assert bench_of({"first": lambda: {"a_second": 7}})[0] == 0
    status, found, _said = bench_of({"first": lambda: {"a_second": 7}}, "--small")
    assert (status, found["first"]) == (0, "runs")


def test_what_is_kept_becomes_the_row_with_day_commit_machine_load_and_command_and_the_page_follows(
    kept, bench_of
):
    bench_of({"first": lambda: {"a_second": 7, "reached": True}}, "--keep")
    new, by_hand = kept()
    assert (new.found, new.how, new.part) == ("7 a second", "ROWS=9 python -m bench first", "first")
    assert new.date > "2026-11-20"
    assert "" not in (new.commit, new.machine, new.load)
    assert (by_hand.found, by_hand.date) == ("3", "2026-11-20")
    assert "| 7 a second |" in figures.PAGE.read_text()


def test_what_was_missed_is_kept_as_missed(kept, bench_of):
    bench_of({"first": lambda: {"a_second": 4, "reached": False}}, "--keep")
    assert kept()[0].found == "missed: 4 a second"
    bench_of({"first": lambda: {"a_second": 4, "reached": {"speed": True, "memory": False}}}, "--keep")
    assert kept()[0].found == "missed: 4 a second"


def test_a_part_that_returns_something_else_than_its_row_shows_fails_and_keeps_nothing(kept, bench_of):
    status, found, _said = bench_of({"first": lambda: {"pages": 7}}, "--keep")
    assert (status, found["first"]) == (1, {"failed": "KeyError: 'a_second'"})
    assert kept()[0].found == "6 a second"


def test_small_sizes_keep_nothing(kept, bench_of):
    bench_of({"first": lambda: {"a_second": 7}}, "--small")
    assert kept()[0].found == "6 a second"
    with pytest.raises(SystemExit):
        bench_of({"first": lambda: {"a_second": 7}}, "--small", "--keep")


@pytest.mark.parametrize("status", [302, 400, 403, 404, 500])
def test_a_page_that_does_not_open_is_not_measured(status):
    with pytest.raises(NotMeasured, match=str(status)):
        check_opens("/today", status)
    with pytest.raises(NotMeasured, match=str(status)):
        check_is_the_page("/today", status=status, shown="Today", wanted="Today")


@pytest.mark.parametrize("shown", ["Sorry, there’s a problem", "", "Sign in"])
def test_another_page_in_its_place_is_not_measured(shown):
    with pytest.raises(NotMeasured, match="/today shows"):
        check_is_the_page("/today", status=200, shown=shown, wanted="Today")
    with pytest.raises(NotMeasured):
        check_is_the_page("/today", status=200, shown="", wanted="")
    check_is_the_page("/today", status=200, shown=" Today\n", wanted="Today")


def test_the_heading_of_a_page_is_read_as_a_person_reads_it():
    assert heading_of('<main><h1 class="a">Tom&#x27;s\n <span>posts</span></h1><h1>x</h1>') == "Tom's posts"
    assert heading_of('<h1><span class="sg-head__caption">Juniors</span> Post</h1>') == "Post"
    assert heading_of("<h2>Bad Request (400)</h2>") == ""


def test_fewer_or_more_rows_than_the_figure_says_are_not_measured():
    check_count("posts", 500, 500)
    for found in (499, 501):
        with pytest.raises(NotMeasured, match=f"{found} posts, not 500"):
            check_count("posts", found, 500)


def test_a_part_with_a_browser_leaves_no_connection_to_the_next(own_database, monkeypatch):
    """Beside a loop Django has other connections; the next part would get one to a database that is gone."""

    @contextmanager
    def with_its_loop():
        asyncio._set_running_loop(loop)
        try:
            yield MagicMock()
        finally:
            asyncio._set_running_loop(None)

    loop = asyncio.new_event_loop()
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    monkeypatch.setattr("playwright.sync_api.sync_playwright", with_its_loop)
    monkeypatch.setattr("bench.pages.shutil.which", lambda name: name)
    with browser_of():
        connection.ensure_connection()
        assert connection.connection is not None
    with with_its_loop():
        assert connection.connection is None
    loop.close()
