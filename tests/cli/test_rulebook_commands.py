"""`schoolgate situations`, `decide` and `policy`: exact answers, one clear line where a question is wrong."""

import io
import json
import subprocess
import sys

import pytest

from schoolgate.cli.main import main


def say(capsys, *words):
    status = main(list(words))
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def facts_file(tmp_path, facts):
    path = tmp_path / "facts.json"
    path.write_text(facts if isinstance(facts, str) else json.dumps(facts), "utf-8")
    return str(path)


def test_situations_are_listed(capsys):
    status, out, _ = say(capsys, "situations", "--json")
    assert status == 0
    assert [one["situation"] for one in json.loads(out)] == [
        "account.propose",
        "account.decide",
        "account.open",
        "post.publish",
        "item.received",
        "item.answer",
        "media.enquiry",
    ]


def test_a_situation_prints_the_schema_of_its_facts_and_its_points(capsys):
    status, out, _ = say(capsys, "situations", "post.publish", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["points"]["naming"] == "policy"
    assert told["points"]["second_person"] == "house"
    assert told["facts"]["properties"]["author"]


def test_a_decision_leaves_with_0_whatever_its_outcome(capsys, tmp_path):
    facts = facts_file(
        tmp_path, {"author": {"key": "a"}, "approvals": [{"by": "a", "of_this_version": True}]}
    )
    status, out, err = say(
        capsys, "decide", "post.publish", "--policy", "wildground", "--facts", facts, "--json"
    )
    assert (status, err) == (0, "")
    assert json.loads(out)["outcome"] == "not_permitted"


def test_facts_come_from_standard_input(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"act": "approve"}')))
    status, out, _ = say(capsys, "decide", "account.decide", "--policy", "learn-to-live", "--facts", "-")
    assert status == 0
    assert out.startswith("learn-to-live, account.decide: hold (no_rule)\n")


@pytest.mark.parametrize(("day", "outcome"), [("2024-04-10", "not_permitted"), ("2024-04-11", "permitted")])
def test_a_day_can_be_given(capsys, tmp_path, day, outcome):
    placed = {"network": "whatsapp", "country": "wales", "pupils_in_audience": True, "youngest_pupil": 15}
    facts = facts_file(tmp_path, {"placed": placed})
    words = ["decide", "account.propose", "--policy", "llanidloes", "--facts", facts, "--on", day, "--json"]
    _, out, _ = say(capsys, *words)
    assert json.loads(out)["points"]["network_age"] == outcome


@pytest.mark.parametrize(
    ("situation", "policy", "facts", "line"),
    [
        (
            "post.burn",
            "wildground",
            {},
            "schoolgate decide: unknown situation 'post.burn'; known: account.propose, ",
        ),
        (
            "post.publish",
            "atlantis",
            {},
            "schoolgate decide: unknown policy 'atlantis'; known: boroughbridge, ",
        ),
        ("post.publish", "wildground", {"moon": 1}, "schoolgate decide: facts: moon: no such fact"),
        ("post.publish", "wildground", {"signed": "no"}, "schoolgate decide: facts: signed: "),
        ("post.publish", "wildground", "[]", "schoolgate decide: facts: facts are a JSON object"),
        ("post.publish", "wildground", "{", "schoolgate decide: facts: not JSON: "),
        (
            "post.publish",
            "wildground",
            '{"signed": true, "signed": false}',
            "schoolgate decide: facts: a name stands",
        ),
        ("post.publish", "wildground", '{"people": ' + "[" * 100_000, "schoolgate decide: facts: not JSON: "),
    ],
)
def test_a_wrong_question_leaves_with_2_and_one_line(capsys, tmp_path, situation, policy, facts, line):
    words = ["decide", situation, "--policy", policy, "--facts", facts_file(tmp_path, facts), "--json"]
    status, out, err = say(capsys, *words)
    assert (status, out) == (2, "")
    assert err.startswith(line)
    assert err.count("\n") == 1


def test_a_file_that_is_not_there_is_named(capsys):
    status, _, err = say(
        capsys, "decide", "post.publish", "--policy", "wildground", "--facts", "/nowhere/facts.json"
    )
    assert status == 2
    assert err.count("\n") == 1
    assert "/nowhere/facts.json" in err


def test_a_day_that_is_none_is_refused(capsys):
    with pytest.raises(SystemExit) as left:
        main(["decide", "post.publish", "--policy", "wildground", "--facts", "-", "--on", "yesterday"])
    assert left.value.code == 2
    assert "'yesterday' is not a day" in capsys.readouterr().err


def test_the_five_policies_are_listed(capsys):
    _, out, _ = say(capsys, "policy", "list", "--json")
    assert [(one["key"], one["clauses"]) for one in json.loads(out)] == [
        ("boroughbridge", 211),
        ("learn-to-live", 113),
        ("llanidloes", 112),
        ("wildground", 150),
        ("wootton", 364),
    ]


def test_a_policy_is_shown_with_its_own_roles(capsys):
    _, out, _ = say(capsys, "policy", "show", "wootton", "--json")
    told = json.loads(out)
    assert told["policy"]["owner"] == "Principal"
    assert "Finance Director" in [role["name"] for role in told["roles"]]
    assert len(told["clauses"]) == 364


def test_lint_finds_nothing_and_coverage_tells_what_is_not_yet(capsys):
    assert say(capsys, "policy", "lint", "wildground")[:2] == (0, "wildground: nothing wrong\n")
    _, out, _ = say(capsys, "policy", "coverage", "wildground", "--json")
    told = json.loads(out)
    assert list(told) == ["policy", "clauses", "proven", "attested_only", "wired", "evidenced", "by_clause"]
    assert list(told["by_clause"][0]) == ["id", "enforce", "proof", "bindings", "group", "wired", "evidenced"]
    assert 0 < told["proven"] < told["clauses"]


@pytest.mark.parametrize("what", ["show", "lint", "coverage"])
def test_an_unknown_policy_leaves_with_2_and_one_line(capsys, what):
    status, out, err = say(capsys, "policy", what, "atlantis")
    assert (status, out) == (2, "")
    assert err.startswith("schoolgate policy: unknown policy 'atlantis'")
    assert err.count("\n") == 1


def test_these_commands_do_not_start_django():
    code = (
        "import sys; from schoolgate.cli.main import main; main(['policy', 'list']); "
        "print(sorted(name for name in ('django', 'procrastinate') if name in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
