"""`schoolgate replay`: the same decisions under another policy, alone or by several processes, give one
answer."""

import json
import os
import signal
import sys
from contextlib import nullcontext
from datetime import timedelta
from types import SimpleNamespace

import pytest
from distributed import KilledWorker, LocalCluster

from schoolgate.cli import replay
from schoolgate.cli.main import main
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.policy.asking import forget_facts, record_decisions
from schoolgate.policy.readings import REPLAYED_AT_ONCE, Tally, pieces_of, replayed
from schoolgate.rulebook.scenarios import scenarios_of
from tests.cast import someone
from tests.worlds import enter_federation, world

PAIR = ("wildground", "wootton")


@pytest.fixture(autouse=True)
def prepared(monkeypatch):
    """The test's own database stands already."""
    monkeypatch.setattr("schoolgate.cli.main.prepare", lambda *_, **__: None)


@world()
def all_decided(at):
    """Every twentieth stored case of Wildground, decided there on one day, and one more a day later."""
    federation = enter_federation()
    cases = [(one.situation, one.facts) for one in scenarios_of("wildground")[::20]]
    with scope(federation.pk):
        adopt(by=someone("Ben Carter", "slt"), at=at)
        rows = [row for situation, facts in cases for row in ask(situation, facts, at)]
        rows += ask(*cases[0], at + timedelta(days=1))
    return SimpleNamespace(federation=federation, decided=rows)


@pytest.fixture
def beginning(in_world, at):
    return in_world(all_decided, at)


@pytest.fixture
def federation(beginning):
    return beginning.federation


@pytest.fixture
def decided(beginning):
    return beginning.decided


def ask(situation, facts, at):
    """Put one case to the policy in force and keep the decision."""
    return record_decisions(situation, [(facts, "test.case:1")], at=at, by=None)


def say(capsys, *words):
    """Run the command; returns its status, what it printed and its errors."""
    status = main(["replay", *words])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_a_policy_against_itself_differs_nowhere(decided, federation, capsys):
    status, out, _ = say(
        capsys, "--policy", "1", "--against", "1.1", "--federation", federation.slug, "--json"
    )
    told = json.loads(out)
    assert status == 0
    assert (told["asked"], told["differ"], told["by_clause"]) == (len(decided), 0, [])


def test_each_difference_is_counted_with_its_clauses_and_some_decisions(decided, federation, capsys):
    status, out, _ = say(
        capsys, "--policy", "wildground", "--against", "wootton", "--federation", federation.slug, "--json"
    )
    told = json.loads(out)
    assert status == 0
    assert 0 < told["differ"] <= told["asked"] == len(decided)
    counts = [one["decisions"] for one in told["by_clause"]]
    assert counts == sorted(counts, reverse=True)
    policies = {one["clause"].partition("-")[0] for one in told["by_clause"]}
    assert {"wildground", "wootton"} <= policies
    known = {row.pk for row in decided}
    assert all(set(one["examples"]) <= known and len(one["examples"]) <= 3 for one in told["by_clause"])


def test_what_is_printed_names_the_way_each_clause_moved(decided, federation, capsys):
    _, out, _ = say(capsys, "--policy", "wildground", "--against", "wootton", "--federation", federation.slug)
    assert out.splitlines()[0] == f"{federation.slug}: wildground against wootton"
    assert "(such as decision " in out
    assert " -> " in out


def test_pieces_of_any_size_and_order_add_up_to_the_same(decided, federation):
    def added(size, turned):
        with scope(federation.pk):
            pieces = list(pieces_of(PAIR, size=size))
        total = Tally()
        for piece in reversed(pieces) if turned else pieces:
            total.add(replayed(piece))
        return total.to_json()

    whole = added(REPLAYED_AT_ONCE, turned=False)
    assert added(1, turned=False) == added(7, turned=True) == whole


def test_the_days_bound_what_is_repeated_on_both_sides(decided, federation, at, capsys):
    words = ("--policy", "1", "--against", "1", "--federation", federation.slug, "--json")
    day = at.date()

    def asked(*more):
        return json.loads(say(capsys, *words, *more)[1])["asked"]

    assert asked("--to", f"{day}") == len(decided) - 1
    assert asked("--from", f"{day + timedelta(days=1)}") == 1
    assert asked("--from", f"{day}", "--to", f"{day + timedelta(days=1)}") == len(decided)
    assert asked("--to", f"{day - timedelta(days=1)}") == 0


def test_a_decision_whose_facts_are_erased_is_counted_and_not_guessed(decided, federation, capsys):
    with scope(federation.pk):
        forget_facts(decided[0])
    told = json.loads(
        say(capsys, "--policy", "1", "--against", "1", "--federation", federation.slug, "--json")[1]
    )
    assert (told["gone"], told["asked"]) == (1, len(decided) - 1)


def test_decisions_of_another_federation_are_not_repeated(decided, make_federation, at, capsys):
    other = make_federation("elsewhere", "wootton")
    with scope(other.pk):
        assert list(pieces_of(PAIR)) == []
    status, out, _ = say(
        capsys, "--policy", "wildground", "--against", "wootton", "--federation", "elsewhere", "--json"
    )
    assert (status, json.loads(out)["asked"]) == (0, 0)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--policy", "wildground", "--against", "atlantis"), "unknown policy 'atlantis'"),
        (("--policy", "1", "--against", "2"), "the federation has no version 2."),
        (("--policy", "1", "--against", "1.2"), "the federation has no version 1.2."),
        (
            ("--policy", "1", "--against", "1", "--from", "2026-09-02", "--to", "2026-09-01"),
            "the first day comes after the last one",
        ),
    ],
)
def test_what_cannot_be_repeated_is_told_in_one_line(decided, federation, capsys, words, says):
    status, out, err = say(capsys, *words, "--federation", federation.slug)
    assert (status, out) == (2, "")
    assert err.startswith(f"schoolgate replay: {says}") or says in err
    assert err.count("\n") == 1


def test_without_the_optional_part_a_cluster_is_refused_with_what_to_install(
    decided, federation, capsys, monkeypatch
):
    monkeypatch.setitem(sys.modules, "distributed", None)
    words = ("--policy", "1", "--against", "1", "--cluster", "tcp://127.0.0.1:1")
    status, _, err = say(capsys, *words, "--federation", federation.slug)
    assert status == 2
    assert err.startswith("schoolgate replay: to use a cluster, install `distributed`")


def test_a_cluster_whose_workers_are_killed_again_and_again_is_told_in_one_line(
    decided, federation, capsys, monkeypatch
):
    class Client(nullcontext):
        def __init__(self, address, timeout):
            super().__init__(self)

        def get_executor(self):
            return nullcontext(self)

        def map(self, piece_done, work):
            raise KilledWorker("piece-1", SimpleNamespace(address="tcp://10.0.0.7:4321"), 3)

    fake = SimpleNamespace(Client=Client, KilledWorker=KilledWorker)
    monkeypatch.setitem(sys.modules, "distributed", fake)
    words = ("--policy", "1", "--against", "1", "--cluster", "tcp://10.0.0.5:8786")
    status, out, err = say(capsys, *words, "--federation", federation.slug)
    assert (status, out) == (1, "")
    assert err.startswith("schoolgate replay: 4 workers of the cluster were stopped over the same decisions")
    assert "tcp://10.0.0.7:4321" in err
    assert err.endswith("Nothing was changed; run it again\n")
    assert err.count("\n") == 1


def test_an_unknown_federation_is_told(decided, capsys):
    status, _, err = say(capsys, "--policy", "1", "--against", "1", "--federation", "atlantis")
    assert (status, err) == (
        2, "schoolgate replay: there is no federation 'atlantis'. Use the name in its page addresses\n",
    )  # fmt: skip


@pytest.mark.parametrize("words", [["--workers", "0"], ["--workers", "65"], ["--from", "yesterday"]])
def test_a_number_or_day_that_is_none_is_refused(capsys, words):
    with pytest.raises(SystemExit):
        main(["replay", "--policy", "1", "--against", "1", "--federation", "x", *words])
    assert "is not a" in capsys.readouterr().err


@pytest.mark.processes
@pytest.mark.usefixtures("own_database")
class TestSeveralProcesses:
    """The work of one process, shared among others."""

    def test_two_processes_and_a_cluster_find_what_one_process_finds(self, decided, federation, capsys):
        words = (
            "--policy", "wildground", "--against", "wootton", "--federation", federation.slug, "--json",
        )  # fmt: skip
        alone = say(capsys, *words)[1]
        assert say(capsys, *words, "--workers", "2")[1] == alone
        with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
            assert say(capsys, *words, "--cluster", cluster.scheduler_address)[1] == alone

    def test_a_worker_that_is_killed_or_does_not_answer_changes_nothing_and_is_told(
        self, decided, federation, capsys, monkeypatch
    ):
        words = ("--policy", "1", "--against", "1", "--federation", federation.slug)
        monkeypatch.setattr(replay, "piece_done", killed)
        status, out, err = say(capsys, *words, "--workers", "2")
        assert (status, out) == (1, "")
        assert "Nothing was changed; run it again" in err

        monkeypatch.setattr(replay, "CONNECT_SECONDS", 1)
        status, out, err = say(capsys, *words, "--cluster", "tcp://127.0.0.1:1")
        assert (status, out) == (2, "")
        assert err.startswith("schoolgate replay: ")


def killed(work):
    """A worker that is stopped from outside at its first piece."""
    os.kill(os.getpid(), signal.SIGKILL)
