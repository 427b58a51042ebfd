"""Rules that a form writes are lines of a pack: read as they are written, changed part by part."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from schoolgate.rulebook import BadPack, Outcome, decide
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.kinds import Enforce, Modality
from schoolgate.rulebook.packs import load_pack, pack_keys, read_pack
from schoolgate.rulebook.readings import Changes, changed, differences, rules_for, taken_over
from schoolgate.rulebook.rules import making
from schoolgate.rulebook.rules.offered import (
    BESIDE,
    COMPARISONS,
    about,
    checked,
    option_of,
    points_of,
    ruled_on,
)
from schoolgate.rulebook.rules.reading import BadCondition
from schoolgate.rulebook.rules.step import VERBS
from schoolgate.rulebook.rules.tree import (
    Compared,
    compared,
    inner_of,
    lists_on,
    part_at,
    parts_of,
    with_part,
)
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.web.policy.own_conditions import ConditionForm

ST_ANNES = Path(__file__).parents[1] / "own_policies" / "st-annes"
VOLUNTEER = {"author.relation": "volunteer"}
A, B, C = {"way": "social"}, {"to_relation": "parent"}, {"pupils": {"at_least": 2}}


@pytest.fixture(scope="module")
def pack():
    return read_pack(ST_ANNES)


def rule(clause="st-annes-posts-1", **more):
    return {"clauses": [clause], "ask": "post.publish", "point": "author_shown", "forbid": VOLUNTEER, **more}


# --- A reading with rules ----------------------------------------------------------------------------


def test_a_reading_with_the_rules_that_the_text_has_changes_nothing(pack):
    same = {clause: rules_for(pack, Changes(), clause) for clause in pack.clauses}
    written = Changes(rules={clause: tuple(rules) for clause, rules in same.items() if rules})
    laid = changed(pack, written)
    assert {one.id: one for one in laid.bindings} == {one.id: one for one in pack.bindings}
    assert laid.tensions == pack.tensions
    assert list(differences(pack, Changes(), written)) == []


def test_a_rule_of_a_reading_decides(pack):
    clause = "st-annes-posts-3"
    laid = changed(pack, Changes(rules={clause: (rule(clause),)}))
    facts = {"author": {"key": "p", "relation": "volunteer"}}
    before = decide(book_of(pack), "post.publish", facts)
    after = decide(book_of(laid), "post.publish", facts)
    assert before.points["author_shown"] is Outcome.SILENT
    assert after.points["author_shown"] is Outcome.NOT_PERMITTED
    assert clause in after.clauses


def test_a_rule_of_a_reading_takes_the_place_of_the_clauses_own(pack):
    clause = "st-annes-pictures-6"
    facts = {"by": {"key": "p", "relation": "staff"}, "with_pupils": True, "device": "own"}
    assert decide(book_of(pack), "equipment.use", facts).points["device_with_pupils"] is Outcome.NOT_PERMITTED
    laid = changed(pack, Changes(rules={clause: ()}))
    assert decide(book_of(laid), "equipment.use", facts).points["device_with_pupils"] is Outcome.SILENT


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"ask": "post.publsh"}, "post.publsh"),
        ({"forbid": {"author.relation": "volunter"}}, "did you mean volunteer"),
        ({"forbid": {"author.relatoin": "pupil"}}, "relation"),
        ({"point": "nowhere"}, "nowhere"),
        ({"clauses": ["st-annes-posts-2"]}, "names it first"),
        ({"permit": True}, "one of forbid"),
    ],
)
def test_a_rule_that_is_none_is_refused_with_its_place_and_the_nearest_words(pack, wrong, says):
    clause = "st-annes-posts-1"
    with pytest.raises(BadPack) as refused:
        changed(pack, Changes(rules={clause: ({**rule(clause), **wrong},)}))
    assert "rules of st-annes-posts-1" in refused.value.where
    assert says in str(refused.value)


def test_rules_for_a_clause_that_is_not_there_are_refused(pack):
    with pytest.raises(BadPack, match="unknown clause"):
        changed(pack, Changes(rules={"st-annes-nothing-1": ()}))


def test_rules_go_with_their_clause_into_the_next_version_while_it_says_the_same(pack):
    chosen = Changes(rules={"st-annes-posts-3": (rule("st-annes-posts-3"),)})
    assert taken_over(pack, pack, chosen) == (chosen, [])


def test_rules_of_a_clause_that_says_something_else_by_now_are_left_behind(pack):
    from dataclasses import replace

    clause = "st-annes-posts-3"
    words = {**pack.clauses, clause: replace(pack.clauses[clause], says="No post gives a name.")}
    fits, left = taken_over(pack, replace(pack, clauses=words), Changes(rules={clause: (rule(clause),)}))
    assert fits.nothing
    assert [(one.what, one.about) for one in left] == [("rule", clause)]


# --- What a form can offer ---------------------------------------------------------------------------


@pytest.mark.parametrize("key", SITUATIONS)
def test_each_comparison_that_a_form_offers_is_one_that_the_loader_reads(key):
    for fact in about(key).facts.values():
        for option in fact.comparisons:
            one = made_up(about(key), fact, option)
            if one is not None:
                checked(key, one.written)
                assert compared(one.written) == one
                assert about(key).shown(one) == fact
                assert option_of(one, fact) == option


def made_up(here, fact, option):
    """A comparison of this kind; None where nothing can be compared so."""
    compare, turned = option.removeprefix("not ").removesuffix(" no"), option.startswith("not ")
    if compare in ("known", "empty", "stated"):
        return Compared(fact.path, compare, not option.endswith(" no"), turned)
    if compare in BESIDE:
        others = [one.path for one in here.beside(fact)]
        return Compared(fact.path, compare, others[0], turned) if others else None
    if compare == "over":
        whole = here.scope.fact(fact.path, ())
        return Compared(fact.path, compare, {"days": 2}, turned) if not whole.many else None
    if compare in ("some", "every"):
        return Compared(fact.path, compare, True, turned)
    if compare.startswith("count"):
        return Compared(fact.path, "count", {compare.removeprefix("count "): 2}, turned)
    if fact.kind not in ("yes_no", "word", "words", "number", "roles"):
        return None  # texts that only a person can think of
    value = {"yes_no": True, "number": 2, "roles": "headteacher"}.get(fact.kind) or [*fact.choices, ""][0]
    alone = compare in ("is", "at_least", "at_most")
    return Compared(fact.path, compare, value if alone else [value], turned)


def test_a_word_that_a_fact_cannot_have_is_refused_with_the_nearest():
    with pytest.raises(BadCondition, match="did you mean volunteer"):
        checked("post.publish", {"author.relation": "volunter"})


# --- Every condition of every policy -------------------------------------------------------------------

NOT_IN_A_FORM = {
    ("llanidloes-stance-3", "when"): "an empty text, and a line of a form can't be empty",
    ("wootton-related-17", "steps-0"): "the same",
    ("wootton-a2-18", "need"): "the same",
}
"""Conditions that stay as they are, by clause and part of the rule, with the reason."""


def every_condition():
    """The condition of each part of each rule: policy, rule, part."""
    packs = [load_pack(key) for key in pack_keys()]
    for one in (*packs, *(read_pack(ST_ANNES.parent / key) for key in ("st-annes", "stourhaven"))):
        for clause in one.clauses:
            for rule in rules_for(one, Changes(), clause):
                yield from ((one, rule, part) for part in (making.WHEN, *making.steps_of(rule)))


def places(written, way=()):
    """The way to each single comparison of a condition, lists and their parts included."""
    for place, one in enumerate(parts_of(written)[1] if not isinstance(written, bool) else []):
        inner = inner_of(one)
        if compared(one) is not None:
            yield (*way, place)
        if inner is not None:
            yield from places(inner, (*way, place))


@pytest.mark.slow
def test_every_condition_of_every_policy_opens_in_the_form_and_saves_back_unchanged():
    opened, wrong = [0, 0], []
    for one, rule, part in every_condition():
        assert making.can_be_shown(rule)
        written = making.condition_of(rule, part)
        subject = making.subject_of(rule)
        opened[1] += 1
        good = True
        for way in places(written):
            here, said = subject.inside_all(lists_on(written, way[:-1])), compared(part_at(written, way))
            fact = here.shown(said)
            good &= fact is not None and with_part(written, way, sent_back(here, fact, said, one)) == written
        good &= making.with_condition(rule, part, written) == rule
        opened[0] += good
        if not good and (rule["clauses"][0], part) not in NOT_IN_A_FORM:
            wrong.append((one.meta.key, rule["clauses"], part, written))
    print(f"{opened[0]} of {opened[1]} conditions open in the form")
    assert wrong == []
    assert opened[1] - opened[0] == len(NOT_IN_A_FORM)


def sent_back(here, fact, said, one):
    """What the form saves where it is sent back as it was shown."""
    form = ConditionForm(None, about=here, fact=fact, roles=one.roles, now=said)
    shown = {name: value for name, value in form.initial.items() if value not in (None, "")}
    again = ConditionForm(
        QueryDict(urlencode(shown, doseq=True)), about=here, fact=fact, roles=one.roles, now=said
    )
    return again.compared().written if again.is_valid() else again.errors


def test_every_situation_that_a_rule_can_be_about_has_a_point_of_the_policys():
    assert all(points_of(key) for key in ruled_on())
    assert set(COMPARISONS) >= {fact.kind for key in ruled_on() for fact in about(key).facts.values()}


# --- A rule from a form ------------------------------------------------------------------------------


def begin(pack, verb, clause="st-annes-posts-1", **more):
    step = making.step_begun(verb, **more)
    return making.begun(pack.clauses[clause], step, ask="message.send", point="children_in_mind")


@pytest.mark.parametrize("verb", VERBS)
def test_a_rule_of_each_kind_is_one_that_the_loader_reads_from_the_start(pack, verb):
    more = {
        "need": {"fact": about("message.send").facts["approved_account"]},
        "refer": {"of": "headteacher"},
        "oblige": {"of": "headteacher", "duty": "approval"},
    }.get(verb, {})
    written = begin(pack, verb, **more)
    changed(pack, Changes(rules={"st-annes-posts-1": (written,)}))
    assert making.verb_of(written) == verb
    assert making.can_be_shown(written)


def needing(pack):
    """A rule that waits for the school's approval of an account, which the headteacher gives."""
    fact = about("message.send").facts["approved_account"]
    return making.with_supplier(begin(pack, "need", fact=fact), fact, "headteacher")


def test_a_need_asks_for_each_fact_of_those_who_supply_it_here(pack):
    facts, written = about("message.send").facts, needing(pack)
    assert written["supplied_by"] == {"approved_account": "headteacher"}
    both = making.with_condition(written, "need", {"approved_account": True, "pupil_site": True})
    assert [one["of"] for one in making.asked_by(both, both)] == [
        "headteacher",
        facts["pupil_site"].ask.of,
    ]
    laid = book_of(changed(pack, Changes(rules={"st-annes-posts-1": (both,)})))
    for known in ({}, {"approved_account": False}):
        answer = decide(laid, "message.send", {**known, "pupil_site": True})
        (finding,) = (one for one in answer.findings if one.clauses[0] == "st-annes-posts-1")
        assert [one.source for one in finding.needs] == ["headteacher"]


def test_what_a_need_asks_for_in_words_of_its_own_goes_with_facts_that_people_choose(pack):
    ask = about("message.send").facts["approved_account"].ask
    own = {"need": {"approved_account": True}, "ask_for": {"what": ask.need, "of": "headteacher"}}
    rule = {name: one for name, one in needing(pack).items() if name != "supplied_by"}
    written = making.with_condition({**rule, **own}, "need", {"approved_account": False})
    assert (written["supplied_by"], "ask_for" in written) == ({"approved_account": "headteacher"}, False)
    either = {**own, "need": {"any": [{"approved_account": True}, {"all": [A, B]}]}}
    written = making.with_condition({**rule, **either}, "need", {"any": [A, B]})
    assert written["ask_for"] == own["ask_for"]


def test_a_need_of_one_or_the_other_asks_for_each_of_those_who_supply_it(pack):
    either = {"any": [{"approved_account": True}, {"pupil_site": True}]}
    facts = about("message.send").facts
    written = needing(pack)
    changed_to = making.with_condition(written, "need", either)
    assert (changed_to["need"], changed_to["supplied_by"]) == (either, {"approved_account": "headteacher"})
    laid = changed(pack, Changes(rules={"st-annes-posts-1": (changed_to,)}))
    answer = decide(book_of(laid), "message.send", {})
    (finding,) = (one for one in answer.findings if one.clauses[0] == "st-annes-posts-1")
    asked = {one.what: one.source for one in finding.needs}
    assert asked == {
        facts["approved_account"].ask.need: "headteacher",
        facts["pupil_site"].ask.need: facts["pupil_site"].ask.of,
    }
    there = decide(book_of(laid), "message.send", {"pupil_site": True})
    assert there.points["children_in_mind"] is Outcome.PERMITTED
    assert [one["of"] for one in making.asked_by(changed_to, changed_to)] == [
        "headteacher",
        facts["pupil_site"].ask.of,
    ]


@pytest.mark.parametrize("condition", [True, False, {"any": [{"moment": True}]}])
def test_a_need_of_nothing_that_people_can_be_asked_for_is_refused(pack, condition):
    written = needing(pack)
    with pytest.raises(BadCondition):
        making.with_condition(written, "need", condition)


STEPS = [
    {"permit": {"way": "social"}},
    {"need": {"approved_account": True}, "ask_for": {"what": "approved_account", "of": "office"}},
    {"forbid": True},
]


def test_a_rule_of_one_step_given_more_and_left_with_one_is_the_same_rule(pack):
    written = making.with_condition(begin(pack, "forbid"), "when", A)
    more = making.with_steps(written, [*making.plain_steps(written), *STEPS])
    assert [*making.steps_of(more)] == ["steps-0", "steps-1", "steps-2", "steps-3"]
    changed(pack, Changes(rules={"st-annes-posts-1": (more,)}))
    for _ in STEPS:
        more = making.without_step(more, [*making.steps_of(more)][-1])
    assert more == written
    with pytest.raises(LookupError):
        making.without_step(written, "forbid")


def test_a_step_is_moved_up_and_down_and_not_beyond_the_others(pack):
    written = making.with_steps(begin(pack, "forbid"), STEPS)
    moved = making.with_step_moved(written, "steps-2", -1)
    assert making.plain_steps(moved) == [STEPS[0], STEPS[2], STEPS[1]]
    assert making.with_step_moved(moved, "steps-1", 1) == written
    for part, by in (("steps-0", -1), ("steps-2", 1), ("when", 1)):
        with pytest.raises(LookupError):
            making.with_step_moved(written, part, by)


def test_a_step_below_one_that_always_counts_never_does(pack):
    written = making.with_steps(begin(pack, "forbid"), STEPS)
    assert making.never_reached(written) == []
    assert making.never_reached(making.with_step_moved(written, "steps-2", -1)) == ["steps-2"]


def test_every_rule_of_every_policy_taken_apart_into_steps_and_put_together_is_the_same():
    for _pack, rule, part in every_condition():
        assert making.with_steps(rule, making.plain_steps(rule)) == rule
        assert making.with_exceptions(rule, rule.get("overrides", ())) == rule
        assert part == making.WHEN or part in making.steps_of(rule)


def test_where_a_rule_applies_stands_before_what_it_does(pack):
    written = making.with_condition(begin(pack, "forbid"), "when", A)
    assert list(written) == ["clauses", "ask", "point", "when", "forbid"]
    assert making.with_condition(written, "when", True) == begin(pack, "forbid")


def test_the_facts_of_a_rule_are_named_once_each(pack):
    written = {**begin(pack, "forbid"), "when": {"all": [A, {"not": B}]}, "forbid": {"any": [A, C]}}
    assert making.facts_of(written) == ["way", "to_relation", "pupils"]


def test_whoever_must_be_told_of_a_request_is_a_duty_beside_the_ban(pack):
    assert making.duties_in("contact.accept") == ("incident.report",)
    assert making.duties_in("login.choose") == ()
    told = {"who": "class teacher", "what": "incident.report"}
    rules = [
        {
            "clauses": ["st-annes-posts-1"], "ask": "contact.accept", "point": "pupil_contact",
            "when": {"other_kinds": {"includes": "pupil"}}, **step,
        }
        for step in ({"oblige": told}, {"forbid": {"act": "accept"}})
    ]  # fmt: skip
    laid = changed(pack, Changes(rules={"st-annes-posts-1": tuple(rules)}))
    asks = {
        "person": {"key": "p", "bound_as": "staff"}, "act": "accept", "channel": "personal",
        "other": {"key": "x", "relation": "pupil", "family": False, "also": []},
    }  # fmt: skip
    decision = decide(book_of(laid), "contact.accept", asks)
    assert decision.points["pupil_contact"] is Outcome.NOT_PERMITTED
    assert [(one.who, one.what) for one in decision.duties] == [("class teacher", "incident.report")]


@pytest.mark.parametrize(
    ("says", "when"),
    [
        (
            "The school's accounts must not follow parents, pupils or individual members of staff.",
            {"act": "follow", "channel": "official"},
        ),
        ("Staff must not accept pupils on their own accounts.", {"act": "accept", "channel": "personal"}),
        ("Staff must not accept or invite pupils.", None),
        ("Our accounts are never followed by staff from their own accounts.", None),
        ("Staff and pupils are not friends on social media.", None),
    ],
)
def test_a_rule_begins_where_its_clause_says_in_its_own_word_that_it_applies(says, when):
    clause = Clause("a-1", "1", says, Modality.MUST_NOT, "staff", "policy", Enforce.GUIDE, {})
    written = making.begun(clause, {"forbid": True}, ask="contact.accept", point="pupil_contact")
    assert written.get("when") == when
    assert [*written][-1] == "forbid"
    elsewhere = making.begun(clause, {"forbid": True}, ask="post.publish", point="author_shown")
    assert "when" not in elsewhere, "no fact there says so"
