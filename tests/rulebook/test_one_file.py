"""A policy as one file: the same again after a round trip, and one clear error with file and line where it is
no policy."""

import tracemalloc

import pytest
import yaml

from schoolgate.rulebook import BadPack, book, decide
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.one_file import from_yaml, to_yaml
from schoolgate.rulebook.packs import load_pack, pack_keys
from schoolgate.rulebook.readings import Changes, changed
from tests.policies.scenarios import ask, scenarios


@pytest.mark.parametrize("key", pack_keys())
def test_a_pack_comes_back_identically(key):
    text = to_yaml(load_pack(key))
    again = from_yaml(text)
    assert again == load_pack(key)
    assert to_yaml(again) == text
    assert list(again.clauses) == list(load_pack(key).clauses)


def test_a_policy_from_one_file_answers_as_before():
    again = book_of(from_yaml(to_yaml(load_pack("llanidloes"))))
    for scenario in scenarios("llanidloes"):
        assert ask(scenario, again).to_json() == ask(scenario, book("llanidloes")).to_json()


def test_a_kind_of_rule_that_is_gone_leaves_its_clause_to_its_reader_where_the_text_is_in_force():
    old = to_yaml(from_yaml(SMALL)).replace("control: decision.by_role", "control: kind.of_then")
    with pytest.raises(BadPack, match=r"unknown control kind\.of_then"):
        from_yaml(old)
    pack = from_yaml(old, adopted=True)
    asked = book_of(pack)
    decided = decide(asked, "account.decide", {"act": "approve", "by": {"key": "p", "roles": ["SLT"]}})
    assert decided.points["decider"] == "refer"
    chosen = Changes(settings={"b@decider/kind.of_then": {"hours": 2}})
    assert changed(pack, chosen) == pack


SMALL = """\
policy: {key: small, title: A policy, federation: A federation, schools: [], version: "1", reading: 1,
  adopted: null, ratified: null, review_due: null, review_every_months: null, owner: null}
roles:
- {name: SLT, key: slt, capacities: [decide_account]}
tensions: []
clauses:
- {id: a, section: One, says: The SLT decides., modality: must, actor: SLT, area: accounts, enforce: gate,
    parameters: {}}
- {id: b, section: Two, says: So it does., modality: must, actor: SLT, area: accounts, enforce: gate,
    parameters: {}}
bindings:
- {clauses: [a], control: decision.by_role, settings: {roles: [SLT], perhaps: []}}
- {clauses: [b], control: decision.by_role, settings: {roles: [SLT], perhaps: []}}
kept: []
"""


def test_a_small_policy_is_read():
    pack = from_yaml(SMALL)
    assert list(pack.clauses) == ["a", "b"]
    assert [one.id for one in pack.bindings] == ["a@decider/decision.by_role", "b@decider/decision.by_role"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "mine: no policy: its parts are "),
        ("[1, 2]", "mine: no policy"),
        ("policy: {", "mine, line 2: "),
        ("\x00", "mine: "),
        (SMALL.replace("[b]", "[c]"), "mine, line 13: unknown clause c"),
        (SMALL.replace("{id: b", "{id: a"), "mine, line 9: a stands there twice"),
        (SMALL.replace("[b]", "[a]"), "mine, line 13: a@decider/decision.by_role is bound twice"),
        (SMALL.replace("reading: 1", 'reading: "1"'), "mine, line 1: policy.reading: "),
        (SMALL.replace("adopted: null", "adopted: 2024-01-01"), "mine, line 2: policy.adopted: "),
        (SMALL.replace("adopted: null", "adopted: 2025-02-30"), "mine, line 2: day is out of range"),
        (SMALL.replace("reading: 1", "reading: " + "9" * 5_000), "mine, line 1: a number that long"),
        (SMALL.replace("parameters: {}", "parameters: []", 1), "mine, line 8: parameters: "),
        (SMALL.replace("actor: SLT", "actor: 7", 1), "mine, line 7: actor: "),
        (SMALL.replace("modality: must", "modality: maybe", 1), "mine, line 7: unknown modality 'maybe'"),
        (SMALL.replace("area: accounts, ", "", 1), "mine, line 7: area is missing"),
        (SMALL.replace("section: One", "sektion: One"), "mine, line 7: "),
        (SMALL.replace("roles: [SLT]", "rolls: [SLT]", 1), "mine, line 12: roles is missing"),
        (SMALL.replace("roles: [SLT]", "roles: 3", 1), "mine, line 12: roles: "),
        (SMALL.replace("decision.by_role", "decision.by_dice", 1), "mine, line 12: unknown control"),
        (SMALL + "colour: red\n", "mine, line 15: unknown word colour"),
        (SMALL + "kept: []\n", "mine, line 1: a key stands twice"),
        (SMALL.replace("area: accounts", "on: accounts", 1), 'mine, line 7: write "on" in quotes'),
        (SMALL.replace("kept: []", "kept: {}"), "mine, line 14: kept: a list is wanted"),
        (SMALL.replace("kept: []", "kept: [{clauses: [a], kind: hope, says: x}]"), "unknown kind 'hope'"),
        (SMALL.replace("kept: []", "kept: [{clauses: [c], kind: attested, says: x}]"), "unknown clause c"),
        (SMALL.replace("kept: []", "kept: [{clauses: [a], kind: record, says: x}]"), "names the tests"),
        (SMALL.replace("kept: []", "kept: [{clauses: [a], kind: invariant, says: x}]"), "what varies"),
        (SMALL.replace("kept: []", "form: 3"), "mine, line 14: form: a mapping is wanted"),
        (SMALL.replace("key: slt", "key: slt, colour: red"), "mine, line 4: unknown word roles.0.colour"),
        (
            SMALL.replace("perhaps: []}}", "perhaps: []}, overrides: [b]}", 1).replace(
                "perhaps: []}}", "perhaps: []}, overrides: [a]}", 1
            ),
            "mine, line 12: contradictory precedence: a over b over a",
        ),
        (SMALL.replace("parameters: {}", "parameters: {a: &x [1], b: *x}", 1), "mine, line 8: aliases"),
        (SMALL.replace("parameters: {}", "parameters: {a: " + "[" * 60 + "]" * 60 + "}", 1), "too deeply"),
        (SMALL.replace("parameters: {}", "parameters: !!python/name:os.system {}", 1), "mine, line 8: "),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, why):
    with pytest.raises(BadPack) as refused:
        from_yaml(text, "mine")
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)


def a_bomb():
    levels = [f"{chr(97 + n)}: &{chr(97 + n)} [{', '.join([f'*{chr(96 + n)}'] * 9)}]" for n in range(1, 12)]
    return "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(levels)


@pytest.mark.parametrize(
    "text",
    [b"# " + b"x" * 10_000_000, a_bomb(), "[" * 1_000_000, "{a: " * 100_000, b"\xff\xfe\x00", "- " * 50_000],
)
def test_a_file_that_would_blow_up_is_refused_at_once(text):
    tracemalloc.start()
    with pytest.raises(BadPack, match="mine"):
        from_yaml(text, "mine")
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_what_is_exported_has_no_alias():
    text = to_yaml(load_pack("wootton"))
    assert not [event for event in yaml.parse(text) if isinstance(event, yaml.AliasEvent)]
