"""Taking rules away and shifting their values finds what no scenario proves, and only that."""

from dataclasses import replace
from datetime import date
from typing import Literal

import pytest
from pydantic import Field

from schoolgate.rulebook import book
from schoolgate.rulebook.book import Book, book_of
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.controls.base import Control, NoSettings
from schoolgate.rulebook.deciding import decide
from schoolgate.rulebook.one_file import from_yaml
from schoolgate.rulebook.packs import Binding
from schoolgate.rulebook.packs.building import Kept
from schoolgate.rulebook.scenarios import JudgingOnce, prove, read_scenarios, shifts

FRONT = """\
policy: {key: wildground, title: A policy, federation: A federation, schools: [], version: "1", reading: 1,
  adopted: null, ratified: null, review_due: null, review_every_months: null, owner: null}
roles:
- {name: SLT, key: slt, capacities: []}
- {name: Governors, key: governors, capacities: []}
tensions: []
clauses:
"""
CLAUSE = """\
- {{id: {0}, section: One, says: Someone decides., modality: must, actor: SLT, area: accounts, enforce: gate,
    parameters: {{}}}}
"""
TWO = "ask: account.propose, point: administrator_number, need: {case.administrators_named: {at_least: 2}}"
RULES = f"""
bindings:
- {{clauses: [a], control: decision.by_role, settings: {{roles: [SLT], perhaps: []}}}}
- {{clauses: [b], {TWO}}}
- {{clauses: [c], {TWO}}}
"""
TEXT = FRONT + "".join(CLAUSE.format(one) for one in "abc") + RULES

DECIDED = """
- name: the SLT decides
  situation: account.decide
  facts: {by: {key: x, relation: staff, roles: [SLT]}, act: approve}
  expect: {points: {decider: permitted}, clauses: [a]}
"""
SHORT = """
- name: one is too few
  situation: account.propose
  facts: {case: {administrators: [{key: x}]}}
  expect: {points: {administrator_number: hold}, clauses: [b, c]}
"""
ENOUGH = """
- name: two are enough
  situation: account.propose
  facts: {case: {administrators: [{key: x}, {key: y}]}}
  expect: {points: {administrator_number: permitted}, clauses: [b, c]}
"""


@pytest.fixture
def proof(tmp_path):

    def proving(text, cases, **changes):
        (tmp_path / "one.yaml").write_text(cases, "utf-8")
        under = book_of(replace(from_yaml(text), **changes))
        return prove(under, read_scenarios(tmp_path, "wildground"))

    return proving


def test_a_book_that_judges_once_asks_each_rule_once_of_a_case_and_says_the_same(tmp_path):
    (tmp_path / "one.yaml").write_text(SHORT, "utf-8")
    under, asked = book_of(from_yaml(TEXT)), []
    (case,) = read_scenarios(tmp_path, "wildground")
    for one in under.bound(case.situation):
        one.evaluate = lambda facts, one=one.id, says=one.evaluate: asked.append(one) or says(facts)
    once, other = JudgingOnce(under, [case.facts]), case.facts.model_copy()
    without = once.without("b@administrator_number/rule")
    told = [decide(book, case.situation, case.facts) for book in (once, without, once)]
    assert sorted(asked) == sorted(one.id for one in under.bound(case.situation))
    as_it_is = decide(under, case.situation, case.facts)
    assert told[0].to_json() == told[2].to_json() == as_it_is.to_json() != told[1].to_json()
    asked.clear()
    assert [decide(once, case.situation, other).points for _twice in "ab"] == [told[0].points] * 2
    assert len(asked) == 2 * len(under.bound(case.situation)), "of other facts it asks each time"


def test_a_rule_without_a_scenario_that_cites_it_is_not_proven(proof):
    found = proof(TEXT, DECIDED)
    assert found.kinds == {"a@decider/decision.by_role": "decided"}
    assert found.unproven == [f"{one}@administrator_number/rule" for one in "bc"]
    assert not found.complete
    uncited = DECIDED.replace(", clauses: [a]", "")
    assert "a@decider/decision.by_role" in proof(TEXT, uncited).unproven


def test_a_scenario_that_cites_a_rule_and_comes_out_alike_without_it_proves_nothing(proof):
    elsewhere = SHORT.replace("clauses: [b, c]", "at: {staff_number: [], administrator_number: [b]}")
    found = proof(TEXT, elsewhere)
    assert found.kinds == {"b@administrator_number/rule": "decided"}


def test_the_neighbours_of_a_number_want_a_scenario_on_both_sides(proof):
    where = "@administrator_number/rule: steps.0.need.case.administrators_named.at_least: 2 ->"
    assert proof(TEXT, DECIDED + SHORT).unnoticed == [
        f"{clause}{where} {other}" for clause in "bc" for other in (1, 3)
    ]
    both = proof(TEXT, DECIDED + SHORT + ENOUGH)
    assert both.unnoticed == [f"{clause}{where} 1" for clause in "bc"]  # the other rule still asks for two


def test_what_two_rules_say_alike_is_shifted_together_where_they_are_a_group(proof):
    grouped = TEXT.replace(TWO, f"{TWO}, group: two of them")
    found = proof(grouped, DECIDED + SHORT + ENOUGH)
    assert found.unnoticed == []
    assert found.complete


def test_or_where_a_scenario_says_what_each_of_them_says(proof):
    each = SHORT.replace("clauses: [b, c]", "findings: {b: requires, c: requires}")
    assert proof(TEXT, DECIDED + each + ENOUGH).unnoticed == []


def test_one_of_a_group_is_proven_by_a_scenario_that_cites_another(proof):
    grouped = TEXT.replace(TWO, f"{TWO}, group: two of them")
    only_b = DECIDED + (SHORT + ENOUGH).replace("clauses: [b, c]", "clauses: [b]")
    assert proof(grouped, only_b).unproven == []
    assert proof(TEXT, only_b).unproven == ["c@administrator_number/rule"]


def test_a_role_is_shifted_to_another_role_of_the_policy(proof):
    said = "a@decider/decision.by_role: roles.0: SLT -> Governors"
    unnoticing = DECIDED.replace("points: {decider: permitted}, ", "")
    assert said in proof(TEXT, unnoticing).unnoticed
    assert said not in proof(TEXT, DECIDED).unnoticed


def test_an_invariant_wants_a_scenario_in_which_its_facts_vary(proof):
    kept = (Kept(("b",), "invariant", "whatever the day", varies=("on",), situation="account.propose"),)
    assert proof(TEXT, SHORT, kept=kept).not_shown == ["b"]
    varied = SHORT + "  varies: {on: ['2025-01-01', '2025-01-02']}\n"
    found = proof(TEXT, varied, kept=kept)
    assert (found.not_shown, found.shown) == ([], {"b": "one.yaml: one is too few"})


class Neighbours(NoSettings):
    number: int
    least: int = Field(ge=2)
    share: float | None
    day: date
    written_day: str
    role: str
    roles: tuple[str, ...]
    only: tuple[str, ...]
    word: Literal["SLT", "nobody"]
    yes: bool
    hidden: int
    parts: tuple[tuple[str, int], ...]


class Shifted(Control):
    key = "test.shifted"
    plumbing = frozenset({"hidden"})
    Settings = Neighbours


def test_the_neighbours_of_every_kind_of_value(monkeypatch):
    monkeypatch.setitem(CONTROLS, "test.shifted", Shifted())
    settings = Neighbours(
        number=0, least=2, share=None, day=date(2025, 3, 1), written_day="2024-12-31", role="SLT",
        roles=("SLT", "Governors"), only=("Parents",), word="SLT", yes=True, hidden=3, parts=(("x", 7),),
    )  # fmt: skip
    binding = Binding("a@x", ("a",), "test.shifted", settings, "x", ("account.decide",))
    found = {str(shift): changed for shift, changed in shifts(binding, ["SLT", "Governors", "Parents"])}
    assert list(found) == [
        "number: 0 -> -1",
        "number: 0 -> 1",
        "least: 2 -> 3",
        "day: 2025-03-01 -> 2025-02-28",
        "day: 2025-03-01 -> 2025-03-02",
        "written_day: 2024-12-31 -> 2024-12-30",
        "written_day: 2024-12-31 -> 2025-01-01",
        "role: SLT -> Governors",
        "roles.0: SLT -> Parents",
        "roles.0: SLT left out",
        "roles.1: Governors -> Parents",
        "roles.1: Governors left out",
        "only.0: Parents -> SLT",
        "parts.0.1: 7 -> 6",
        "parts.0.1: 7 -> 8",
    ]
    assert found["roles.0: SLT left out"].roles == ("Governors",)
    assert found["parts.0.1: 7 -> 8"].parts == (("x", 8),)
    assert settings.roles == ("SLT", "Governors")


def test_a_changed_book_leaves_the_other_as_it_was():
    as_it_is = book("wildground")
    gone = as_it_is.pack.bindings[0]
    without = as_it_is.without(gone.id)
    assert isinstance(without, Book)
    situation = gone.situations[0]
    assert gone.id not in [one.id for one in without.bound(situation)]
    assert gone.id in [one.id for one in as_it_is.bound(situation)]
    assert without.control_versions == as_it_is.control_versions
