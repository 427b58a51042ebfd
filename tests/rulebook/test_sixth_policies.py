"""Policies of schools that are none of the five: folders of data in tests/own_policies, no line of code."""

from pathlib import Path

import pytest

from schoolgate.cli.new_policy import tried
from schoolgate.rulebook import book, decide
from schoolgate.rulebook.lint import lint
from schoolgate.rulebook.one_file import from_yaml, to_yaml
from schoolgate.rulebook.packs import own_policies_in
from schoolgate.rulebook.scenarios import STORED, read_file, read_scenarios

SIXTH = Path(__file__).parents[1] / "own_policies"
KEYS = sorted(path.parent.name for path in SIXTH.glob("*/policy.yaml"))
FIVE = (
    ("wildground", "item.received"),
    ("learn-to-live", "post.publish"),
    ("boroughbridge", "contact.accept"),
)
FEWEST_CASES = 25


def answer(policy, situation):
    """What a policy answers to the first stored scenario of its own on this situation."""
    case = next(one for one in read_scenarios(STORED, policy) if one.situation == situation)
    return decide(book(policy), situation, case.facts).to_json()


@pytest.fixture(params=KEYS)
def key(request, tmp_path):
    own_policies_in(SIXTH)
    yield request.param
    own_policies_in(tmp_path / "nowhere")


def test_lint_finds_nothing_wrong_with_it(key):
    assert lint(key) == []


def test_each_of_its_examples_comes_out_as_expected(key):
    lines, good = tried(key)
    assert good, "\n".join(line for line in lines if not line.startswith("as expected"))
    assert sum(line.startswith("as expected") for line in lines) >= FEWEST_CASES


def test_no_two_examples_of_it_have_one_name(key):
    files = sorted((SIXTH / key / "examples").glob("*.yaml"))
    names = [case.name for path in files for case in read_file(path, key)]
    assert len(names) == len(set(names))


def test_it_goes_into_one_file_and_comes_back_the_same(key):
    pack = book(key).pack
    assert from_yaml(to_yaml(pack)) == pack


@pytest.mark.parametrize(("policy", "situation"), FIVE)
def test_the_five_answer_beside_it_as_they_do_alone(policy, situation, tmp_path):
    own_policies_in(tmp_path / "nowhere")
    alone = answer(policy, situation)
    own_policies_in(SIXTH)
    try:
        assert [book(key).meta.key for key in KEYS] == KEYS
        assert answer(policy, situation) == alone
    finally:
        own_policies_in(tmp_path / "nowhere")
