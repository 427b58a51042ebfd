"""A pack with something wrong is refused in one line that says where."""

import shutil

import pytest

from schoolgate.rulebook import BadPack, UnknownPolicy
from schoolgate.rulebook.lint import lint, lint_folder
from schoolgate.rulebook.packs import FOLDER, read_pack

BINDING = (
    "- {clauses: [wildground-roles-10], control: decision.by_role, settings: {roles: [SLT], perhaps: []}}\n"
)


@pytest.fixture
def pack(tmp_path):
    shutil.copytree(FOLDER / "wildground", tmp_path / "wildground")
    for path in (tmp_path / "wildground" / "bindings").glob("*.yaml"):
        path.unlink()
    return tmp_path / "wildground"


def problems(pack, binding):
    (pack / "bindings" / "one.yaml").write_text(binding, "utf-8")
    return [f"{problem.where}: {problem.what}" for problem in lint_folder(pack)]


def test_a_good_binding_has_no_problem(pack):
    assert problems(pack, BINDING) == []


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
        (BINDING.replace("settings:", "strength: perhaps, settings:"), "unknown strength 'perhaps'"),
        (BINDING * 2, "is bound twice"),
        (BINDING.replace("[SLT]", "[SLT, Headteacher]"), "'Headteacher' is no role of this policy"),
        (BINDING.replace("[SLT]", "[Staff]"), "no parameter of its clauses holds 'Staff'"),
        (BINDING.replace("settings:", "strength: should, settings:"), "is bound as advice"),
        (
            BINDING.replace("settings:", "tension: wildground-tension-6, settings:"),
            "does not speak of its clauses",
        ),
        (
            (
                "- {clauses: [wildground-accounts-7], control: proposal.number_of_people, "
                "point: staff_number, settings: {who: run_by, least: 3, staff_only: true}, "
                "strength: should}\n"
            ),
            "setting least: no parameter of its clauses holds 3",
        ),
        (
            (
                "- {clauses: [wildground-accounts-7], control: proposal.number_of_people, "
                "point: staff_number, settings: {who: run_by, least: 2, staff_only: true}}\n"
            ),
            "is bound as compulsory, but wildground-accounts-7 only says should",
        ),
        ("- {clauses: [wildground-roles-10], control: house.own_proposal}\n", "is no point of policy"),
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


def test_a_policy_that_does_not_exist_is_named():
    with pytest.raises(UnknownPolicy, match="atlantis"):
        lint("atlantis")
