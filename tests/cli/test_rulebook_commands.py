"""`schoolgate situations`, `decide` and `policy`: exact answers, one clear line where a question is wrong."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema_rs
import pytest

from schoolgate.cli import deciding, policy
from schoolgate.cli.main import main
from schoolgate.rulebook import SITUATIONS, books, situation
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.one_file import from_yaml
from schoolgate.rulebook.packs import load_pack, own_policies_in
from schoolgate.rulebook.rules.conditions import compiled
from schoolgate.rulebook.rules.offered import readable
from schoolgate.rulebook.rules.reading import Scope
from tests.policies.scenarios import scenarios

OWN_POLICIES = Path(__file__).parents[1] / "own_policies"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


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
    assert [one["situation"] for one in json.loads(out)] == list(SITUATIONS)


def test_situations_are_found_by_plain_words(capsys):
    status, out, _ = say(capsys, "situations", "--find", "a parent complains in a comment")
    assert status == 0
    assert "item.received" in out
    status, out, _ = say(capsys, "situations", "--find", "a parent complains in a comment", "--json")
    assert "item.received" in [one["situation"] for one in json.loads(out)]
    for risk in ("May I delete a post? A child is at risk", "Ga i rannu neges: mae plentyn mewn perygl"):
        assert say(capsys, "situations", "--find", risk)[1].startswith("incident.report"), risk
    status, _, err = say(capsys, "situations", "--find", "xyzzy")
    assert (status, err.count("\n")) == (1, 1)
    assert say(capsys, "situations", "post.publish", "--find", "a post")[0] == 2


def test_a_situation_prints_the_schema_of_its_facts_and_its_points(capsys):
    status, out, _ = say(capsys, "situations", "post.publish", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["points"]["naming"] == "policy"
    assert told["points"]["second_person"] == "house"
    assert told["facts"]["properties"]["author"]


def test_a_situation_is_told_with_what_a_rule_can_read(capsys):
    _, out, _ = say(capsys, "situations", "incident.report")
    _points, readable, stated, _hint = out.partition("\n\n")[2].split("\n\n")
    lines = readable.splitlines()
    assert "  breach: discovered | suspected | none (incident.breach of incident.reporter)" in lines
    assert "  perhaps_a_child: true or false (incident.child of incident.reporter)" in lines
    assert "  told: list of parts (incident.told of incident.reporter)" in lines
    assert "  told each roles: list of text" in lines
    assert "noticed_at" not in readable
    assert "noticed_at" in stated


def test_what_is_said_to_be_readable_can_be_read():
    for one in SITUATIONS.values():
        plain = [fact for fact in readable(one.facts) if " each " not in fact.path and fact.how != "no"]
        assert plain
        for fact in plain:
            asked = {"known": True} if fact.how == "compared" else {"stated": True}
            compiled({fact.path: asked}, Scope(one.facts, {}, one.facts))


def test_the_words_of_rules_are_listed_with_what_they_mean(capsys):
    _, out, _ = say(capsys, "policy", "words", "the school office")
    assert "who is asked or required to do it (of, who, supplied_by):" in out
    assert "  office: " in out
    assert "write_post" in say(capsys, "policy", "words")[1]
    assert json.loads(say(capsys, "policy", "words", "WRITE_post", "--json")[1])["capacities"] == {
        "write_post": ""
    }


def test_the_kinds_that_can_be_bound_are_listed_with_their_settings(capsys):
    _, out, _ = say(capsys, "policy", "kinds", "decision.by_role")
    assert "settings: roles, perhaps" in out
    kinds = [one["kind"] for one in json.loads(say(capsys, "policy", "kinds", "--json")[1])]
    assert kinds == sorted(set(CONTROLS) - {"rule"})


def test_a_decision_leaves_with_0_whatever_its_outcome(capsys, tmp_path):
    facts = facts_file(
        tmp_path, {"author": {"key": "a"}, "approvals": [{"by": "a", "of_this_version": True}]}
    )
    status, out, err = say(
        capsys, "decide", "post.publish", "--policy", "wildground", "--facts", facts, "--json"
    )
    assert (status, err) == (0, "")
    assert json.loads(out)["outcome"] == "not_permitted"


def test_what_an_own_policy_says_in_so_many_words_to_the_question_comes_first(
    capsys, tmp_path, monkeypatch, request
):
    request.addfinalizer(lambda: own_policies_in(tmp_path / "nowhere"))
    monkeypatch.setattr(deciding, "own_policies_in", lambda _folder: own_policies_in(OWN_POLICIES))
    facts = facts_file(
        tmp_path, {"now": "2027-01-13T10:00:00+00:00", "received_at": "2027-01-13T09:00:00+00:00"}
    )
    asked = ("--policy", "st-annes", "--facts", facts, "--asked", "By when must we answer a comment?")
    status, out, _ = say(capsys, "decide", "item.received", *asked)
    assert (status, out.splitlines()[0]) == (0, "In so many words: What must be done: st-annes-comments-1")
    told = json.loads(say(capsys, "decide", "item.received", *asked, "--json")[1])
    assert told["plainly"] == {"answer": "to_do", "clauses": ["st-annes-comments-1"]}
    bare = json.loads(say(capsys, "decide", "item.received", *asked[:-2], "--json")[1])
    assert "plainly" not in bare


def test_facts_come_from_standard_input(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"act": "approve"}')))
    status, out, _ = say(capsys, "decide", "account.decide", "--policy", "learn-to-live", "--facts", "-")
    assert status == 0
    assert out.startswith(
        "Not yet: something is still needed: account.decide under learn-to-live (no_rule)\n"
    )


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
            "schoolgate decide: unknown situation 'post.burn'; is it ",
        ),
        (
            "post.publish",
            "atlantis",
            {},
            "schoolgate decide: unknown policy 'atlantis'; known: boroughbridge, ",
        ),
        ("post.publish", "wildground", {"moon": 1}, "schoolgate decide: facts: moon: no such fact"),
        ("post.publish", "wildground", {"signed": "no"}, "schoolgate decide: facts: signed: "),
        ("post.publish", "wildground", "[]", "schoolgate decide: facts: the facts must be a JSON object"),
        ("post.publish", "wildground", "{", "schoolgate decide: facts: not JSON: "),
        (
            "post.publish",
            "wildground",
            '{"signed": true, "signed": false}',
            "schoolgate decide: facts: a name appears twice",
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


@pytest.mark.parametrize("day", ["yesterday", "2027-02-30", "20270505", "2027-W01-1", "2027-5-5", ""])
def test_a_day_that_is_none_is_refused(capsys, day):
    words = ["decide", "post.publish", "--policy", "wildground", "--facts", "-", "--on", day]
    status, out, err = say(capsys, *words)
    assert (status, out) == (2, "")
    assert err == f"schoolgate decide: --on: {day!r} is not a date such as 2027-05-05\n"


@pytest.mark.parametrize(
    "instant", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "1899-12-31T00:00Z"]
)
def test_an_instant_from_which_nothing_can_be_counted_is_refused(capsys, tmp_path, instant):
    facts = facts_file(tmp_path, {"received_at": instant, "kind": "comment", "account_is_official": True})
    status, _, err = say(capsys, "decide", "item.received", "--policy", "wildground", "--facts", facts)
    line = "schoolgate decide: facts: received_at: a date or time from 1900 to 2200\n"
    assert (status, err) == (2, line)


@pytest.mark.parametrize("key", SITUATIONS)
def test_the_facts_of_a_situation_are_described_by_a_valid_schema(capsys, key):
    _, out, _ = say(capsys, "situations", key, "--json")
    schema = json.loads(out)["facts"]
    jsonschema_rs.meta.validate({"$schema": DRAFT, **schema})
    valid = jsonschema_rs.validator_for({"$schema": DRAFT, **schema})
    assert valid.is_valid({})
    assert not valid.is_valid({"moon": 1})


def test_the_schemas_take_what_the_program_takes():
    asked = [each for key in books() for each in scenarios(key)[::10]]
    assert len(asked) > 300
    schemas = {key: jsonschema_rs.validator_for(schema_of(key)) for key in {each.situation for each in asked}}
    for scenario in asked:
        facts = scenario.facts.model_dump(mode="json", exclude_unset=True)
        wrong = [str(error) for error in schemas[scenario.situation].iter_errors(facts)]
        assert wrong == [], scenario


def schema_of(key):
    return {"$schema": DRAFT, **situation(key).facts.model_json_schema()}


def test_a_decision_prints_exactly_what_is_promised(capsys, tmp_path):
    facts = facts_file(
        tmp_path,
        {
            "received_at": "2025-03-11T16:20:00Z", "kind": "message", "account_is_official": True,
            "from_press": False, "found_to_be": ["offensive"],
        },
    )  # fmt: skip
    words = ["decide", "item.received", "--policy", "wildground", "--facts", facts, "--on", "2025-03-11"]
    told = json.loads(say(capsys, *words, "--json")[1])
    assert list(told) == [
        "answer",
        "policy", "version", "reading", "situation", "outcome", "silent_because",
        "unread", "ruled", "points", "findings",
        "duties", "facts_digest",
    ]  # fmt: skip
    assert list(told["points"]) == list(situation("item.received").points)
    names = [
        "kind", "point", "about", "basis", "control", "clauses", "section", "message", "needs",
        "overridden_by", "lifts_on",
    ]  # fmt: skip
    assert {tuple(one) for one in told["findings"]} == {tuple(names)}
    assert {tuple(need) for one in told["findings"] for need in one["needs"]} == {("what", "from")}
    assert {tuple(one) for one in told["duties"]} == {("who", "what", "due", "clauses", "section")}
    assert told["duties"][0]["due"] == {"none_promised": True}


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


@pytest.mark.parametrize("key", books())
def test_lint_finds_nothing_and_every_clause_is_fulfilled(capsys, key):
    assert say(capsys, "policy", "lint", key, "--complete")[:2] == (0, f"{key}: no problems found\n")


def test_lint_leaves_with_1_where_a_clause_is_fulfilled_by_nothing(capsys, monkeypatch):
    bindings = load_pack("llanidloes").bindings
    alone = next(one for one in bindings if sum(one.clauses[0] in each.clauses for each in bindings) == 1)
    without = replace(load_pack("llanidloes"), bindings=tuple(one for one in bindings if one is not alone))
    monkeypatch.setattr(policy, "load_pack", lambda key: without)
    status, out, _ = say(capsys, "policy", "lint", "llanidloes", "--complete", "--json")
    assert status == 1
    assert json.loads(out)["problems"] == [{"where": alone.clauses[0], "what": "nothing fulfils it"}]


def test_coverage_tells_of_every_clause_what_proves_it(capsys):
    _, out, _ = say(capsys, "policy", "coverage", "wildground", "--json")
    told = json.loads(out)
    whole = ["policy", "clauses", "proven", "attested_only", "rests", "reached", "evidenced", "by_clause"]
    clause = ["id", "enforce", "proof", "bindings", "group", "rests", "asked", "evidenced"]
    assert (list(told), list(told["by_clause"][0])) == (whole, clause)
    assert told["proven"] + told["attested_only"] == told["clauses"] == 150
    assert (told["reached"], told["evidenced"]) == (None, None)
    printed = say(capsys, "policy", "coverage", "wildground")[1]
    assert "proven: " in printed
    assert "on someone's word alone: " in printed
    assert "not measured; name a federation" in printed
    assert "not asked yet" not in printed


def test_coverage_without_a_name_prints_every_policy_and_the_totals(capsys):
    whole = json.loads(say(capsys, "policy", "coverage", "--json")[1])
    assert [one["policy"] for one in whole["policies"]] == list(books())
    assert whole["clauses"] == sum(whole["rests"].values()) == 950
    assert (whole["reached"], whole["rests"]["name"]) == (None, 0)
    lines = say(capsys, "policy", "coverage")[1].splitlines()
    assert {one["id"] for part in whole["policies"] for one in part["by_clause"]} <= {
        line.split()[0] for line in lines if line.strip()
    }
    assert lines[lines.index("all: 950 clauses") + 1].startswith(f"  on rows: {whole['rests']['rows']} (")


@pytest.mark.parametrize(
    "more", [["wootton", "--all"], ["--all", "--federation", "a"], ["--federation", "a"]]
)
def test_coverage_is_of_one_policy_or_of_all(capsys, more):
    status, _, err = say(capsys, "policy", "coverage", *more)
    assert status == 2
    assert "name one policy, or all" in err


def test_knockout_proves_every_rule_and_notices_every_shift(capsys):
    status, out, _ = say(capsys, "policy", "knockout", "llanidloes", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["proven"] == told["bindings"] == len(load_pack("llanidloes").bindings)
    assert told["noticed"] == told["shifted"] > 0
    assert [told[name] for name in ("unproven", "moved", "unnoticed", "not_shown")] == [[], [], [], []]


def test_knockout_leaves_with_1_and_says_what_nothing_proves(capsys, tmp_path):
    (tmp_path / "llanidloes").mkdir()
    words = [
        "policy",
        "knockout",
        "llanidloes",
        "--scenarios",
        str(tmp_path),
        "--only",
        "llanidloes-public-1@",
    ]
    status, out, _ = say(capsys, *words)
    assert status == 1
    assert "no scenario that cites it has a different result without it\n  llanidloes-public-1@" in out


def test_compare_tells_where_the_policies_differ(capsys, tmp_path):
    for key in books():
        (tmp_path / key).mkdir()
    case = {"name": "a", "situation": "contact.accept", "expect": {"outcome": "not_permitted"}, "facts": {
        "on": "2025-05-05", "person": {"bound_as": "staff"}, "channel": "personal", "act": "follow",
        "other": {"relation": "former_pupil", "family": False, "left_on": "2024-07-19"},
    }}  # fmt: skip
    (tmp_path / "wildground" / "a.yaml").write_text(json.dumps([case]), "utf-8")
    words = ["policy", "compare", "--scenarios", str(tmp_path)]
    told = json.loads(say(capsys, *words, "--json")[1])
    assert told["scenarios"] == 1
    found = {one["point"]: one["answers"] for one in told["differences"]}
    outcomes = {key: answer["outcome"] for key, answer in found["former_pupil"].items()}
    assert outcomes == {
        "wildground": "hold", "boroughbridge": "not_permitted", "learn-to-live": "not_permitted",
        "wootton": "silent", "llanidloes": "silent",
    }  # fmt: skip
    assert "learn-to-live  not allowed" in say(capsys, *words)[1]


def test_a_policy_is_exported_as_one_file(capsys):
    _, out, _ = say(capsys, "policy", "export", "wildground")
    assert from_yaml(out) == load_pack("wildground")
    assert (
        json.loads(say(capsys, "policy", "export", "wildground", "--json")[1])["yaml"].strip() == out.strip()
    )


@pytest.mark.parametrize("what", ["knockout", "compare"])
def test_scenarios_that_are_not_there_are_missed_in_one_line(capsys, tmp_path, what):
    words = ["policy", what, *(["wildground"] if what == "knockout" else []), "--scenarios", str(tmp_path)]
    status, out, err = say(capsys, *words)
    assert (status, out) == (2, "")
    assert err.endswith("there is no such scenario folder\n")


@pytest.mark.parametrize("what", ["show", "lint", "coverage", "knockout", "export"])
def test_an_unknown_policy_leaves_with_2_and_one_line(capsys, what):
    status, out, err = say(capsys, "policy", what, "atlantis")
    assert (status, out) == (2, "")
    assert err.startswith("schoolgate policy: unknown policy 'atlantis'")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "work",
    [
        pytest.param("from schoolgate.cli.main import main; main(['policy', 'list'])", id="the-rulebook"),
        pytest.param("import schoolgate.cli.up", id="the-supervisor"),
    ],
)
def test_what_needs_no_database_reads_neither_django_nor_the_driver(work):
    code = (
        f"import sys; {work}; "
        "print(sorted(name for name in ('django', 'procrastinate', 'psycopg') if name in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_a_school_that_is_typed_otherwise_is_an_error_that_names_the_right_one(capsys, tmp_path):
    facts = facts_file(tmp_path, {"account": {"school": "Llanidloes high school"}})
    status, _, err = say(capsys, "decide", "post.publish", "--policy", "llanidloes", "--facts", facts)
    assert status == 2
    assert "account.school" in err
    assert "did you mean Llanidloes High School" in err
    assert say(capsys, "decide", "post.publish", "--policy", "wildground", "--facts", facts)[0] == 0


def test_a_policy_is_rehearsed_with_what_is_wrong_before_its_stories(capsys):
    status, out, _ = say(capsys, "policy", "rehearse", "wildground")
    assert status == 1  # something forbidden would pass
    assert out.index("Nothing in this policy stops this") < out.index("A post about the cake sale")
    status, out, _ = say(capsys, "policy", "rehearse", "wildground", "--json")
    told = json.loads(out)
    assert {"not_stopped", "not_covered"} <= {one["what"] for one in told["wrong"]}
    assert len(told["cases"]) == len({one["case"] for one in told["cases"]}) == 30
    status, _, err = say(capsys, "policy", "rehearse", "nowhere")
    assert (status, "nowhere" in err) == (2, True)
