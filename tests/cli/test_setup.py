"""`schoolgate setup`: from a file and in a conversation, again without harm; no examples in a real home."""

import argparse
import json
from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.cli import demo, setup
from schoolgate.cli.demo import telling
from schoolgate.cli.examples import EXAMPLES, REAL_HOME
from schoolgate.cli.setup import slug_of, talk
from schoolgate.cli.setup_steps import read_file
from schoolgate.cli.up import Supervisor
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.home import folder, typed
from schoolgate.core.models import Federation, LedgerRow, Safeguarder, School, Term
from schoolgate.core.setting_up import kept_link, link_of
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.policy.models import PolicyVersion

NOW = datetime.now(UTC)
TODAY = local_day(NOW)
LAST = TODAY + timedelta(days=60)
WANTED = """
federation: {name: Oakhill Federation, address: oakhill, policy: wildground}
schools:
  - {name: Oakhill Juniors, address: juniors, calendar: terms.csv}
first: {name: Olu Head, email: olu@oakhill.example.org, role: SLT}
second: {name: Dora Deputy, email: dora@oakhill.example.org, role: SLT}
by: olu@oakhill.example.org
policy: {adopted_on: 2026-10-12, minute: "Governors, item 7"}
roles:
  - {name: Tom Teacher, email: tom@oakhill.example.org, role: Lead staff member, school: juniors}
safeguarding:
  - {email: dora@oakhill.example.org, place: lead}
"""


@pytest.fixture
def run(own_database, home, capsys, tmp_path):
    """`run("--list")`: the status and what was printed."""

    def call(*words: str) -> tuple[int, str]:
        parser = argparse.ArgumentParser()
        setup.setup_arguments(parser)
        status = setup.run_setup(parser.parse_args(words))
        said = capsys.readouterr()
        return status, said.out + said.err

    return call


@pytest.fixture
def wanted(tmp_path):
    """The file, with its calendar beside it."""
    days = f"Term,{TODAY.day}/{TODAY.month}/{TODAY.year},{LAST.day}/{LAST.month}/{LAST.year}\n"
    (tmp_path / "terms.csv").write_text("What,From,To\nSpring " + days)
    path = tmp_path / "oakhill.yaml"
    path.write_text(WANTED)
    return path


def counts() -> list[int]:
    with scope(Federation.objects.get().pk):
        rows = (School, Term, Person, RoleAssignment, PolicyVersion, Safeguarder)
        return [each.objects.count() for each in rows]


def test_a_file_sets_a_home_up_and_done_again_it_changes_nothing(run, wanted):
    status, said = run("--file", str(wanted))
    assert (status, "[x] Policy adopted" in said) == (0, True)
    assert counts() == [1, 1, 3, 3, 1, 1]
    assert Federation.objects.get().is_example is False
    with scope(Federation.objects.get().pk):
        before = LedgerRow.objects.count()
    assert run("--file", str(wanted))[0] == 0
    assert counts() == [1, 1, 3, 3, 1, 1]
    with scope(Federation.objects.get().pk):
        assert LedgerRow.objects.count() == before


def test_a_file_that_breaks_off_keeps_what_was_done_and_goes_on_once_it_is_put_right(run, wanted):
    wanted.write_text(WANTED.replace("terms.csv", "missing.csv"))
    status, said = run("--file", str(wanted))
    assert (status, "there is no such file" in said) == (1, True)
    assert counts() == [1, 0, 1, 1, 0, 0]
    wanted.write_text(WANTED)
    assert run("--file", str(wanted))[0] == 0
    assert counts() == [1, 1, 3, 3, 1, 1]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("policy: wildground", "policy: no-such"), "choose one of"),
        (("address: oakhill", "address: set-up"), "slug"),
        (("role: SLT}", "role: Queen}"), "choose one of"),
        (("name: Oakhill F", "nome: Oakhill F"), "federation.nome"),
        (("policy: wildground", "policy: [x"), "file"), (("by: olu@", "by: eve@"), "give the email address"),
    ],
)  # fmt: skip
def test_a_file_with_something_wrong_is_refused_by_its_place(run, wanted, change, says):
    right, wrong = change
    wanted.write_text(WANTED.replace(right, wrong, 1))
    status, said = run("--file", str(wanted))
    assert (status, says in said) == (1, True), said


def test_aliases_that_would_swell_are_not_read(wanted):
    wanted.write_text("federation: &a [x, x]\nschools: [*a, *a]\n")
    with pytest.raises(BadInput) as refusal:
        read_file(wanted)
    assert refusal.value.fields == {"file": "aliases are not supported: write out the values"}


def test_the_list_tells_a_program_as_well_what_is_open_and_by_whom(run, wanted):
    run("--file", str(wanted))
    status, said = run("--list", "--json")
    points = {each["key"]: each for each in json.loads(said)}
    assert (status, points["policy"]["done"], points["mail"]["done"]) == (0, True, False)
    assert points["administrators"]["who"] == ["Dora Deputy", "Olu Head"]
    assert run("--list", "--federation", "nowhere")[0] == 2


def test_a_conversation_asks_for_what_is_missing_and_a_wrong_answer_again(own_database, home, wanted):
    answers = iter([
        "9", "1", "Oakhill Federation", "", "n",
        "Oakhill Juniors", "n", "", "",
        "Olu Head", "not an address", "1", "olu@oakhill.example.org", "1",
        str(wanted.parent / "nothing.csv"), str(wanted.parent / "terms.csv"),
        "12/10/2026", "Governors, item 7",
    ])  # fmt: skip
    said: list[str] = []
    talk(say=said.append, at=NOW, ask=lambda _question: next(answers))
    assert counts() == [1, 1, 1, 1, 1, 0]
    assert "  number: choose 1 to 5" in said
    assert said[-1].startswith("\nSign in on the web pages to do the rest")
    talk(say=said.append, at=NOW, ask=lambda question: pytest.fail(f"asked again: {question}"))
    assert counts() == [1, 1, 1, 1, 1, 0]


def test_a_conversation_that_is_cut_off_goes_on_where_it_was(own_database, home):
    def until_the_school(answers: list[str]):
        def ask(question: str) -> str:
            if not answers:
                raise KeyboardInterrupt
            return answers.pop(0)

        return ask

    with pytest.raises(KeyboardInterrupt):
        talk(say=lambda _: None, at=NOW, ask=until_the_school(["1", "Oakhill", "", "n", "Juniors", "n", ""]))
    assert counts()[:3] == [1, 0, 0]
    rest = iter(["", "", ""])
    said: list[str] = []
    talk(say=said.append, at=NOW, ask=lambda _question: next(rest))
    assert "Continuing with Oakhill." in said
    assert said[-1].startswith(f"\nNo one can sign in yet. Run `{typed('setup')}` again")


def test_the_address_is_printed_once_kept_and_ended_when_somebody_has_begun(run, home, wanted):
    status, said = run("--link")
    token = kept_link(at=NOW)
    assert (status, f"/set-up/begin/{token}" in said) == (0, True)
    assert f"/set-up/begin/{token}" in run("--link", "--if-needed")[1]
    assert f"/set-up/begin/{token}" not in run("--link")[1]
    run("--file", str(wanted))
    with scope(Federation.objects.get().pk):
        user = Person.objects.order_by("pk").first().user
        user.set_password("three-brown-horses")
        user.save()
    token = kept_link(at=NOW)
    assert run("--link", "--if-needed") == (0, "")
    assert (link_of(token, at=NOW), run("--link")[0]) == (None, 1)


# --- Examples and real federations never live in one home


def test_demo_refuses_a_home_in_which_a_real_federation_lives(run, wanted, capsys):
    run("--file", str(wanted))
    status = demo.run_demo(argparse.Namespace(federation="wildground"))
    assert (
        status,
        "schoolgate demo: this installation contains a real federation, so no examples are added. Choose"
        in capsys.readouterr().err,
    ) == (REAL_HOME, True)
    assert Federation.objects.count() == 1


def test_the_story_of_an_example_is_never_told_in_a_real_federation_of_that_name(run, wanted):
    wanted.write_text(WANTED.replace("address: oakhill", "address: wildground"))
    run("--file", str(wanted))
    with pytest.raises(NotNow, match="Demo federations and real ones can’t share an installation"):
        telling.tell("wildground", now=NOW)
    with scope(Federation.objects.get().pk):
        assert set(Person.objects.values_list("email", flat=True)) == {
            "olu@oakhill.example.org", "dora@oakhill.example.org", "tom@oakhill.example.org",
        }  # fmt: skip


def test_setup_refuses_a_home_in_which_examples_live(run, wanted, make_federation):
    make_federation("wildground", is_example=True)
    status, said = run("--file", str(wanted))
    assert (status, "Demo federations and real ones can’t share an installation." in said) == (1, True)
    assert run("--link")[0] == 1
    with pytest.raises(NotNow, match="This installation contains example federations"):
        talk(say=lambda _: None, at=NOW, ask=lambda _question: "")
    assert Federation.objects.count() == 1


def test_a_word_for_addresses_is_made_of_a_name():
    assert slug_of("St Mary's & Oak Hill, Federation") == "st-marys-oak-hill-federation"


def test_a_home_that_was_begun_without_examples_never_gets_any(home):
    folder("run")
    assert Supervisor(home, examples=True)._examples_to_make == list(EXAMPLES)
    assert Supervisor(home, examples=False)._examples_to_make == []
    forgotten = Supervisor(home, examples=True)
    assert (forgotten.examples, forgotten._examples_to_make) == (False, [])


def test_a_home_with_examples_keeps_them_where_one_start_goes_without(home):
    (folder("examples") / EXAMPLES[0]).touch()
    Supervisor(home, examples=False)
    assert Supervisor(home, examples=True)._examples_to_make == list(EXAMPLES[1:])
