"""A pack with something wrong is refused in one line that says where."""

import shutil

import pytest

from schoolgate.rulebook import BadPack, UnknownPolicy
from schoolgate.rulebook.lint import lint, lint_folder, unfulfilled
from schoolgate.rulebook.packs import FOLDER, read_pack

BINDING = (
    "- {clauses: [wildground-roles-10], control: decision.by_role, settings: {roles: [SLT], perhaps: []}}\n"
)


OF_A_ROLE = (
    "- {clauses: [wildground-roles-10], ask: account.decide, point: decider, when: {acting_role: SLT},"
    " forbid: {act: approve}, say: decision.wrong_role, args: {roles: [SLT]}}\n"
)
TELLING = (
    "- {clauses: [wildground-behaviour-17], control: telling.somebody, point: senior_told,"
    " settings: {roles: [Relevant senior member of staff], say: incident.conduct_to_senior}}\n"
)


@pytest.fixture
def pack(tmp_path):
    shutil.copytree(FOLDER / "wildground", tmp_path / "wildground")
    for room in ("bindings", "rules", "kept"):
        (tmp_path / "wildground" / room).mkdir(exist_ok=True)
        for path in (tmp_path / "wildground" / room).glob("*.yaml"):
            path.unlink()
    return tmp_path / "wildground"


def problems(pack, binding):
    (pack / "bindings" / "one.yaml").write_text(binding, "utf-8")
    found = [problem for problem in lint_folder(pack) if problem.where != "words"]
    return [f"{problem.where}: {problem.what}" for problem in found]


def test_a_good_binding_has_no_problem(pack):
    assert problems(pack, BINDING) == problems(pack, OF_A_ROLE) == problems(pack, TELLING) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (BINDING.replace("wildground-roles-10", "wildground-roles-99"), "unknown clause wildground-roles-99"),
        (BINDING.replace("[wildground-roles-10]", "[]"), "a binding without a clause"),
        (BINDING.replace("decision.by_role", "decision.by_dice"), "unknown control decision.by_dice"),
        (BINDING.replace("roles:", "rolls:"), "one.yaml, line 1: roles is missing"),
        (BINDING.replace("roles: [SLT]", "roles: [SLT], colour: red"), "unknown word colour"),
        (BINDING.replace("settings:", "point: naming, settings:"), "does not speak at 'naming'"),
        (
            BINDING.replace("settings:", "in: [post.publish], settings:"),
            "does not listen to ['post.publish']",
        ),
        (BINDING.replace("settings:", "moment: dawn, settings:"), "unknown word moment"),
        (BINDING.replace("settings:", "tension: none-such, settings:"), "unknown tension none-such"),
        (BINDING.replace("settings:", "overrides: [none-such], settings:"), "unknown clause none-such"),
        (BINDING.replace("settings:", "strength: should, settings:"), "unknown word strength"),
        (BINDING.replace("settings:", "binds: [staf], settings:"), "no one is 'staf'"),
        (BINDING * 2, "is bound twice"),
        (OF_A_ROLE.replace("role: SLT", "role: Slt"), "setting role: 'Slt' is no role of this policy"),
        (TELLING.replace("roles: [", "bodies: [police], roles: ["), "either roles or bodies"),
        (TELLING.replace("say:", "bodies: [polise], say:"), "unknown bodies.0 'polise'"),
        (BINDING.replace("[SLT]", "[SLT, Headteacher]"), "'Headteacher' is no role of this policy"),
        (BINDING.replace("[SLT]", "[Staff]"), "no parameter of its clauses holds 'Staff'"),
        (
            BINDING.replace("settings:", "tension: wildground-tension-6, settings:"),
            "does not speak of its clauses",
        ),
        (
            (
                "- {clauses: [wildground-accounts-7], ask: account.propose, point: staff_number, "
                "need: {case.staff_to_run_it: {at_least: 3}}}\n"
            ),
            "setting number: no parameter of its clauses holds 3",
        ),
        (
            "- {clauses: [wildground-roles-10], ask: account.decide, point: own_proposal, permit: true}\n",
            "is no point of policy",
        ),
        ("- {a: 1, a: 2}\n", "a key stands twice"),
        ("- {a: [}\n", "while parsing"),
    ],
)
def test_what_is_wrong_is_said(pack, wrong, said):
    found = problems(pack, wrong)
    assert any(said in one for one in found), found


def test_a_clause_that_stands_twice_is_refused(pack):
    clauses = pack / "clauses" / "01-rights.yaml"
    (pack / "clauses" / "99-again.yaml").write_bytes(clauses.read_bytes())
    with pytest.raises(
        BadPack, match=r"wildground/clauses/99-again.yaml, line 1: wildground-rights-1 stands"
    ):
        read_pack(pack)


def test_a_role_with_an_unknown_capacity_is_refused(pack):
    front = pack / "policy.yaml"
    front.write_text(front.read_text("utf-8").replace("decide_account", "decide_everything"), "utf-8")
    assert "unknown capacity decide_everything" in lint_folder(pack)[0].what


def test_a_clause_that_nothing_fulfils_is_named(pack):
    (pack / "bindings" / "one.yaml").write_text(BINDING, "utf-8")
    kept = "- {clauses: [wildground-rights-1], kind: attested, says: Only those who were there know.}\n"
    (pack / "kept" / "one.yaml").write_text(kept, "utf-8")
    without = {problem.where for problem in unfulfilled(read_pack(pack))}
    assert {"wildground-roles-10", "wildground-rights-1"} & without == set()
    assert len(without) == len(read_pack(pack).clauses) - 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("clauses: [wildground-rights-99]", "unknown clause wildground-rights-99"),
        ("kind: hope", "unknown kind 'hope'"),
        ("kind: record", "names the tests that show it"),
        ("kind: invariant", "says what varies in which situation"),
        ("kind: structure, tests: [test_x.py]", "a test is named as tests/room/test_file.py::test_sentence"),
        ("kind: structure, tests: test_x.py", "kept/one.yaml, line 1: tests: "),
        ("kind: invariant, varies: [now], in: post.burn", "unknown situation post.burn"),
        ("moment: dawn", "unknown word moment"),
        ('says: ""', "line 1: says: "),
    ],
)
def test_what_keeps_a_clause_is_checked(pack, wrong, said):
    entry = {"clauses": "[wildground-rights-1]", "kind": "attested", "says": "Only they know."}
    entry |= {word: text for word, _, text in (part.partition(": ") for part in wrong.split(", "))}
    line = "- {" + ", ".join(f"{word}: {text}" for word, text in entry.items()) + "}\n"
    (pack / "kept" / "one.yaml").write_text(line, "utf-8")
    with pytest.raises(BadPack) as refused:
        read_pack(pack)
    assert said in str(refused.value)


def test_a_policy_that_does_not_exist_is_named():
    with pytest.raises(UnknownPolicy, match="atlantis"):
        lint("atlantis")
