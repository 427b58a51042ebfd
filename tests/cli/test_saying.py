"""What a start prints is short, and ends with the address."""

import json
import subprocess
from types import SimpleNamespace

import pytest

from schoolgate.cli import up
from schoolgate.cli.demo import lines
from schoolgate.cli.demo.cast import sign_ins
from schoolgate.cli.examples import EXAMPLES, REAL_HOME, ExampleSignIn
from schoolgate.core.env import env
from schoolgate.core.home import NOTE_OF_UP, logs, typed
from schoolgate.core.postgres import server
from schoolgate.core.processes import command_line
from schoolgate.core.surroundings import SurroundingsTrouble
from schoolgate.people.models import User
from tests.cli.machine import wait_for

CODE = "SCHOOLGATE_HOME=/srv/s .venv/bin/schoolgate code"


def one(name: str, *, second: bool) -> ExampleSignIn:
    email = f"{name}@wildground.example"
    return ExampleSignIn(
        federation="Wildground Federation", name=name.title(), role="Staff", email=email,
        password="willow", second_step=f"{CODE} {email}" if second else "",
    )  # fmt: skip


def test_sign_ins_say_the_password_and_how_to_get_a_code_once():
    text = lines([one("helen", second=True), one("tom", second=False), one("joe", second=True)])
    assert text == [
        "  password: willow",
        f"  * also needs a code: {CODE} EMAIL",
        "  Wildground Federation",
        "  * helen@wildground.example  Helen, Staff",
        "    tom@wildground.example    Tom, Staff",
        "  * joe@wildground.example    Joe, Staff",
    ]


def test_without_sign_ins_nothing_is_said_nor_of_codes_where_no_one_needs_any():
    assert lines([]) == []
    assert not any("code" in line for line in lines([one("tom", second=False)]))


def test_no_one_of_an_example_that_is_half_made_is_listed(make_federation):
    make_federation("wildground", "wildground", is_example=True)  # what a run that was cut off has left
    assert sign_ins() == []
    User.objects.create(email="tom@wildground.example")
    assert [one.email for one in sign_ins()] == ["tom@wildground.example"]


@pytest.fixture
def supervisor(tmp_path, monkeypatch):
    """One whose parts are not begun."""
    monkeypatch.setenv("SCHOOLGATE_HOME", str(tmp_path))
    env.cache_clear()
    made = up.Supervisor(tmp_path, examples=True)
    (tmp_path / "run").mkdir(exist_ok=True)
    for step in ("_migrate", "_add", "_make_first_example", "_wait_until_it_serves", "_print_set_up_address"):
        monkeypatch.setattr(made, step, lambda *_: None)
    made.nursery, made.embedded = None, False
    monkeypatch.setattr(up, "check_port", lambda *_: None)
    monkeypatch.setattr(made, "_printed_by", lambda *_: "  password: willow")
    yield made
    env.cache_clear()


def test_the_address_and_how_to_stop_it_come_last(supervisor, capsys):
    supervisor.start()
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == f"schoolgate: ready after 0 s: {up.address()} (`{typed('down')}` stops it)"


def test_what_is_no_setting_and_a_disk_that_is_nearly_full_are_said_first(supervisor, capsys, monkeypatch):
    monkeypatch.setenv("SCHOOLGATE_PROT", "8000")
    monkeypatch.setattr(up, "free_at", lambda _home: 300_000_000)
    supervisor.start()
    first, second, *_ = capsys.readouterr().out.splitlines()
    meant = "SCHOOLGATE_PROT is not a setting, so it changes nothing. Did you mean PORT?"
    assert first == f"schoolgate: {meant}"
    assert second.startswith("schoolgate: only 300 MB are free on the disk of ")


def test_a_new_home_on_a_full_disk_is_not_begun(supervisor, monkeypatch):
    monkeypatch.setattr("schoolgate.core.postgres.server.free_at", lambda _home: 300_000_000)
    supervisor.embedded = True
    with pytest.raises(server.ServerTrouble, match="make 1 GB free, then start again"):
        supervisor.start()
    assert not supervisor.server.data.exists()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("schoolgate: This installation has been used with a newer release.", "This installation has been"),
        ("KeyError: 'x'", "The database migrations failed. The end of "),
        ("", "The database migrations failed. The end of "),
    ],
)
def test_why_migrations_cannot_run_is_said_without_what_else_a_log_has(
    supervisor, monkeypatch, written, said
):
    log = logs() / "migrate.log"
    log.write_text("an old line\n")

    def begin(*_words: str) -> SimpleNamespace:
        log.write_text(f"{log.read_text()}{written}\n")
        return SimpleNamespace(poll=lambda: 1)

    monkeypatch.setattr(supervisor, "_copy", begin)
    with pytest.raises(server.ServerTrouble) as trouble:
        up.Supervisor._migrate(supervisor)
    assert str(trouble.value).startswith(said)
    assert "old line" not in str(trouble.value)


def test_a_database_elsewhere_that_is_gone_is_said_once_and_when_it_is_back(supervisor, monkeypatch, capsys):
    answers = iter(["gone", "gone", "", ""])

    def look(*_: object) -> None:
        if said := next(answers):
            raise SurroundingsTrouble(said)

    monkeypatch.setattr(up, "check_database", look)
    supervisor.parts = [SimpleNamespace(name="worker", pid=1, look_after=lambda _now: "worker has ended")]
    for _ in range(4):
        supervisor._look_after_parts()
    ended = "schoolgate: worker has ended"
    said = [ended, "schoolgate: gone", ended, ended, "schoolgate: the database responds again", ended]
    assert capsys.readouterr().out.splitlines() == said


def ends(supervisor, key: str, status: int) -> None:
    """The making of an example ends with this status."""
    supervisor._making = (key, SimpleNamespace(poll=lambda: status))
    supervisor._end_example()


def in_the_background(supervisor, **statuses: int) -> None:
    """All examples but the first are made after a start; those that are named end with another status."""
    supervisor._examples_to_make = list(EXAMPLES[1:])
    supervisor.start()
    while supervisor._examples_to_make:
        key = supervisor._examples_to_make.pop(0)
        ends(supervisor, key, statuses.get(key, 0))


def test_examples_in_the_background_are_announced_and_their_end_too(supervisor, capsys):
    ends(supervisor, EXAMPLES[0], 0)
    in_the_background(supervisor)
    said = capsys.readouterr().out.splitlines()
    assert said[-3].endswith(
        "making examples in the background, which can take a few minutes: "
        "boroughbridge, learn-to-live, wootton, llanidloes"
    )
    assert said[-1] == f"schoolgate: all example federations are made; `{typed('sign-ins')}` lists everyone"


@pytest.mark.parametrize(("key", "status", "how"), [
    ("wootton", 1, "exit status 1"), ("llanidloes", -9, "signal SIGKILL"),
])  # fmt: skip
def test_an_example_that_could_not_be_made_is_named_with_what_to_do(supervisor, capsys, key, status, how):
    """Whether it's the last of them or not, and it counts as made nowhere."""
    ends(supervisor, EXAMPLES[0], 0)
    in_the_background(supervisor, **{key: status})
    said = capsys.readouterr().out
    told = f"the example federation {key} could not be made ({how}); see {logs() / 'demo.log'}. "
    assert f"schoolgate: {told}To try again: `{typed('demo', '--federation', key)}`\n" in said
    last = (
        f"schoolgate: examples that are not made: {key}; `{typed('sign-ins')}` lists everyone in the others\n"
    )
    assert said.endswith(last)
    assert "all example" not in said
    assert up.Supervisor(supervisor.home, examples=True)._examples_to_make == [key]  # the next start tries


def test_where_the_first_example_could_not_be_made_the_others_do_not_speak_for_it(supervisor, capsys):
    ends(supervisor, EXAMPLES[0], 1)
    in_the_background(supervisor)
    assert "examples that are not made: wildground;" in capsys.readouterr().out.splitlines()[-1]


def test_where_none_could_be_made_no_one_is_sent_to_the_list_of_people(supervisor, capsys):
    ends(supervisor, EXAMPLES[0], 1)
    in_the_background(supervisor, **dict.fromkeys(EXAMPLES, 1))
    assert capsys.readouterr().out.endswith("schoolgate: no example federation could be made\n")


def test_an_example_that_cannot_even_be_begun_stops_nothing_else(supervisor, capsys, monkeypatch):
    def fails(*_words: str) -> None:
        raise server.ServerTrouble("no more processes")

    ends(supervisor, EXAMPLES[0], 0)
    supervisor._examples_to_make = ["wootton"]
    supervisor.start()
    monkeypatch.setattr(supervisor, "_copy", fails)
    supervisor._begin_example()
    said = capsys.readouterr().out.splitlines()
    assert "wootton could not be made (no more processes)" in said[-2]
    assert "examples that are not made:" in said[-1]


def test_a_home_with_a_real_federation_is_told_that_it_gets_no_examples(supervisor, capsys):
    supervisor._examples_to_make = list(EXAMPLES[1:])
    supervisor.start()
    ends(supervisor, EXAMPLES[1], REAL_HOME)
    last = "schoolgate: this installation contains a real federation, so no examples are added"
    assert capsys.readouterr().out.splitlines()[-1] == last
    assert (supervisor.examples, supervisor._examples_to_make) == (False, [])


def test_what_was_left_is_named_and_how_long_it_may_take(supervisor, capsys):
    left = subprocess.Popen(["sh", "-c", "sleep 0.2; : schoolgate"])
    said = json.dumps({"parts": {"database": 1, "worker": left.pid}})
    (supervisor.home / "run" / NOTE_OF_UP).write_text(said)
    wait_for(lambda: command_line(left.pid))
    supervisor._end_what_was_left()
    left.wait()
    told = "schoolgate: waiting for the worker of an earlier run to end, 20 s at most\n"
    assert capsys.readouterr().out == told


def test_after_it_was_told_to_stop_it_says_when_it_has(supervisor, monkeypatch, capsys):
    def stopped() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(up, "Supervisor", lambda *_, **__: supervisor)
    monkeypatch.setattr(supervisor, "watch", stopped)
    monkeypatch.setattr(supervisor, "stop", lambda: None)
    monkeypatch.setattr(up.signal, "signal", lambda *_: None)
    assert up.run_up(SimpleNamespace(no_examples=False)) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == ["schoolgate: stopping", "schoolgate: stopped"]
