"""Commands begin as copies of one process that has read the program: they end as they would by themselves."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from schoolgate.cli.nursery import LOST, Nursery
from schoolgate.core.env import env
from schoolgate.core.processes import command_line
from tests import databases
from tests.cli.machine import wait_for

pytestmark = [pytest.mark.processes, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory, template_database: str) -> Iterator[Nursery]:
    name = databases.clone(template_database)
    with pytest.MonkeyPatch.context() as patch:
        databases.name_for_programs(patch, name)
        nursery = Nursery(tmp_path_factory.mktemp("nursery") / "nursery.log")
        nursery.start()
        yield nursery
        nursery.stop()
    env.cache_clear()
    databases.drop(name)


def shell(nursery: Nursery, log: Path, code: str):
    return nursery.begin(["shell", "--no-imports", "-v", "0", "-c", code], log)


def test_one_that_does_not_answer_in_time_is_ended_and_the_next_copy_comes_of_another(
    nursery, tmp_path, monkeypatch
):
    """The first test: the nursery of all others still has the program to read."""
    with monkeypatch.context() as patch:
        patch.setattr("schoolgate.cli.nursery.SECONDS_TO_READ_THE_PROGRAM", 0.05)
        with pytest.raises(TimeoutError):
            nursery.begin(["situations"], tmp_path / "late.log")
    assert nursery.begin(["situations"], tmp_path / "next.log").wait(60) == 0
    assert not (tmp_path / "late.log").exists()
    assert "post" in (tmp_path / "next.log").read_text()


def test_a_copy_runs_its_command_writes_into_its_log_and_tells_its_status(nursery, tmp_path):
    copy = nursery.begin(["situations"], tmp_path / "situations.log")
    assert copy.wait(60) == 0
    assert "post" in (tmp_path / "situations.log").read_text()
    assert nursery.begin(["situations", "--never"], tmp_path / "wrong.log").wait(60) == 2
    assert "unrecognized arguments: --never" in (tmp_path / "wrong.log").read_text()


def test_it_says_when_the_program_is_read(nursery, tmp_path):
    assert nursery.begin(["situations"], tmp_path / "log").wait(60) == nursery.poll() == 0


MAKES_A_PAGE = """
import sys
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import translation
from schoolgate.core.work import own_megabytes
from schoolgate.patterns import _MADE
print([each.pattern for each in _MADE if "compiled" not in vars(each)])
for language in ("en", "cy"):
    with translation.override(language):
        translation.gettext("Sign in"), reverse("account_login")
get_template("account/login.html")
print(own_megabytes())
before = set(sys.modules)
print(Client(SERVER_NAME="localhost").get(reverse("account_login")).status_code, *set(sys.modules) - before)
print("typst" in sys.modules)
"""


def test_a_copy_keeps_what_pages_need_in_the_memory_that_all_share(nursery, tmp_path):
    """So the first page reads no module more, and what few need is read where it's needed."""
    log, printed = tmp_path / "log", tmp_path / "printed"
    words = ["shell", "--no-imports", "-v", "0", "-c", MAKES_A_PAGE]
    assert nursery.begin(words, log, prints_to=printed).wait(60) == 0, log.read_text()
    not_compiled, megabytes, page, typesets = printed.read_text().splitlines()
    assert (not_compiled, page, typesets) == ("[]", "200", "False")
    assert float(megabytes) < 20


def test_what_a_copy_prints_may_go_elsewhere_than_its_errors(nursery, tmp_path):
    log, printed = tmp_path / "log", tmp_path / "printed"
    code = "import sys; print('said'); print('trouble', file=sys.stderr)"
    words = ["shell", "--no-imports", "-v", "0", "-c", code]
    assert nursery.begin(words, log, prints_to=printed).wait(60) == 0
    assert (printed.read_text(), log.read_text()) == ("said\n", "trouble\n")


def test_what_makes_tables_connects_as_their_owner_and_other_copies_as_the_application(nursery, tmp_path):
    """The program was read as the application, which may grant nothing."""
    made = nursery.begin(["migrate"], tmp_path / "migrate.log").wait(60)
    assert made == 0, (tmp_path / "migrate.log").read_text()
    asked = "from django.db import connection as c; print(c.cursor().execute('select user').fetchone()[0])"
    assert shell(nursery, tmp_path / "log", asked).wait(60) == 0
    assert (tmp_path / "log").read_text() == "schoolgate_app\n"


def test_a_list_of_processes_shows_which_command_a_copy_is(nursery, tmp_path):
    copy = shell(nursery, tmp_path / "log", "import time; time.sleep(60)")
    wait_for(lambda: (command_line(copy.pid) or "").startswith("schoolgate shell"))
    copy.kill()
    assert copy.wait(60) == -signal.SIGKILL


def test_a_command_that_breaks_leaves_its_trace_and_ends_with_1(nursery, tmp_path):
    copy = shell(nursery, tmp_path / "log", "raise RuntimeError('broken')")
    assert copy.wait(60) == 1
    assert "RuntimeError: broken" in (tmp_path / "log").read_text()


def test_one_that_is_waited_for_too_long_runs_on(nursery, tmp_path):
    copy = shell(nursery, tmp_path / "log", "import time; time.sleep(60)")
    with pytest.raises(subprocess.TimeoutExpired):
        copy.wait(0.1)
    assert copy.poll() is None
    copy.terminate()
    assert copy.wait(60) == -signal.SIGTERM


def test_two_copies_draw_different_numbers(nursery, tmp_path):
    logs = [tmp_path / "one.log", tmp_path / "other.log"]
    for log in logs:
        copy = shell(nursery, log, "import random, secrets; print(random.random(), secrets.token_hex())")
        assert copy.wait(60) == 0
    assert logs[0].read_text() != logs[1].read_text()


def test_the_nursery_itself_has_no_thread(nursery, tmp_path):
    copy = shell(nursery, tmp_path / "log", "import time; time.sleep(60)")
    assert psutil.Process(psutil.Process(copy.pid).ppid()).num_threads() == 1
    copy.kill()
    copy.wait(60)


def test_copies_end_with_their_nursery(nursery, tmp_path):
    copy = shell(nursery, tmp_path / "log", "import time; time.sleep(60)")
    wait_for(lambda: (command_line(copy.pid) or "").startswith("schoolgate shell"))
    os.kill(psutil.Process(copy.pid).ppid(), signal.SIGKILL)
    assert copy.wait(60) == LOST
