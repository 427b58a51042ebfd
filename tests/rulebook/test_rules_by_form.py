"""Rules that a form writes are lines of a pack: read as they are written, changed part by part."""

from pathlib import Path

import pytest

from schoolgate.rulebook import BadPack, Outcome, decide
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.packs import pack_keys, read_pack
from schoolgate.rulebook.readings import Changes, changed, differences, rules_for, taken_over
from schoolgate.rulebook.rules import making
from schoolgate.rulebook.rules.fact_at import BadCondition
from schoolgate.rulebook.rules.offered import COMPARISONS, checked, offered, points_of, ruled_on, shown
from schoolgate.rulebook.rules.step import VERBS
from schoolgate.rulebook.rules.tree import (
    Compared,
    compared,
    is_group,
    joined,
    part_at,
    parts_of,
    turned_over,
    with_more,
    with_part,
)
from schoolgate.rulebook.situations import SITUATIONS

ST_ANNES = Path(__file__).parents[1] / "own_policies" / "st-annes"
VOLUNTEER, PUPIL = {"author.relation": "volunteer"}, {"author.relation": "pupil"}


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


# --- Conditions as trees -----------------------------------------------------------------------------

A, B, C = {"way": "social"}, {"to_relation": "parent"}, {"pupils": {"at_least": 2}}


def test_the_parts_of_a_condition_put_together_again_are_the_same_condition():
    for written in (True, A, {**A, **B}, {"any": [A, B]}, {"all": [A, {"any": [B, C]}]}, {"not": A}):
        assert joined(*parts_of(written)) == written


def test_facts_that_all_have_to_be_true_are_written_side_by_side():
    assert with_more(with_more(True, (), A), (), B) == {**A, **B}


def test_the_same_fact_twice_is_written_as_a_list():
    assert with_more(A, (), {"way": "email"}) == {"all": [A, {"way": "email"}]}


def test_an_alternative_to_one_condition_leaves_the_others_as_they_are():
    written = with_more({**A, **B}, (1,), C, how="any")
    assert written == {"all": [A, {"any": [B, C]}]}
    assert part_at(written, (1, 0)) == B
    assert with_part(written, (1, 1), None) == {**A, **B}


def test_all_becomes_any_and_back():
    assert turned_over({**A, **B}, (), "any") == {"any": [A, B]}
    assert turned_over({"any": [A, B]}, (), "all") == {**A, **B}


def test_without_its_last_part_a_condition_is_always_true():
    assert with_part(A, (0,), None) is True


def test_a_part_that_no_form_can_show_stays_as_it_is():
    strange = {"channel_leaves": {"some": {"written": True}}}
    written = with_part({"all": [strange, A]}, (1,), B)
    assert parts_of(written)[1][0] == strange
    assert is_group({**A, **B})
    assert not is_group(strange)


def test_a_place_that_is_not_there_is_no_part():
    with pytest.raises(LookupError):
        with_part(A, (3,), B)
    with pytest.raises(LookupError):
        part_at({**A, **B}, (0, 4))


# --- What a form can offer ---------------------------------------------------------------------------


@pytest.mark.parametrize("key", SITUATIONS)
def test_each_comparison_that_a_form_offers_is_one_that_the_loader_reads(key):
    for fact in offered(key).values():
        for compare, turned in fact.comparisons:
            value = {
                "yes_no": True,
                "word": [*fact.choices[:1]] if compare != "known" else True,
                "words": [*fact.choices[:1]] if compare != "empty" else True,
                "number": 2,
                "day": True if compare == "known" else fact.path,
                "roles": ["headteacher"],
            }[fact.kind]
            one = Compared(fact.path, compare, value, turned)
            checked(key, one.written)
            assert compared(one.written) == one
            assert shown(key, one) == fact


def test_a_word_that_a_fact_cannot_have_is_refused_with_the_nearest():
    with pytest.raises(BadCondition, match="did you mean volunteer"):
        checked("post.publish", {"author.relation": "volunter"})


def test_a_form_can_show_most_conditions_of_the_packs_and_says_so_of_the_rest():
    seen = [0, 0]
    for key in pack_keys():
        from schoolgate.rulebook.packs import load_pack

        pack = load_pack(key)
        for clause in pack.clauses:
            for one in rules_for(pack, Changes(), clause):
                seen[making.can_be_shown(one)] += 1
    assert seen[1] > seen[0]


def test_every_situation_that_a_rule_can_be_about_has_a_point_of_the_policys():
    assert all(points_of(key) for key in ruled_on())
    assert set(COMPARISONS) >= {fact.kind for key in ruled_on() for fact in offered(key).values()}


# --- A rule from a form ------------------------------------------------------------------------------


def begin(pack, verb, clause="st-annes-posts-1", **more):
    return making.begun(pack.clauses[clause], ask="message.send", point="children_in_mind", verb=verb, **more)


@pytest.mark.parametrize("verb", VERBS)
def test_a_rule_of_each_kind_is_one_that_the_loader_reads_from_the_start(pack, verb):
    more = {
        "need": {"fact": offered("message.send")["approved_account"]},
        "refer": {"of": "headteacher"},
        "oblige": {"of": "headteacher", "duty": "approval"},
    }.get(verb, {})
    written = begin(pack, verb, **more)
    changed(pack, Changes(rules={"st-annes-posts-1": (written,)}))
    assert making.verb_of(written) == verb
    assert making.can_be_shown(written)


def test_a_clause_that_only_advises_is_bound_as_advice(pack):
    advised = next(one for one in pack.clauses.values() if one.modality in making.ONLY_ADVISED)
    written = making.begun(advised, ask="message.send", point="children_in_mind", verb="forbid")
    assert written["strength"] == "should"
    assert "strength" not in begin(pack, "forbid")


def test_what_a_need_asks_for_follows_its_condition(pack):
    facts = offered("message.send")
    written = begin(pack, "need", fact=facts["approved_account"], of="headteacher")
    assert written["ask_for"]["of"] == "headteacher"
    both = making.with_condition(written, "need", {"approved_account": True, "pupil_site": True})
    assert both["need"] == {"all": [{"approved_account": True}, {"pupil_site": True}]}
    assert [one["of"] for one in both["ask_for"]] == ["headteacher", facts["pupil_site"].ask.of]
    changed(pack, Changes(rules={"st-annes-posts-1": (both,)}))


def test_a_need_of_one_or_the_other_is_refused(pack):
    written = begin(pack, "need", fact=offered("message.send")["approved_account"])
    with pytest.raises(BadCondition):
        making.with_condition(written, "need", {"any": [{"approved_account": True}, {"pupil_site": True}]})
    with pytest.raises(BadCondition):
        making.with_condition(written, "need", True)


def test_where_a_rule_applies_stands_before_what_it_does(pack):
    written = making.with_condition(begin(pack, "forbid"), "when", A)
    assert list(written) == ["clauses", "ask", "point", "when", "forbid"]
    assert making.with_condition(written, "when", True) == begin(pack, "forbid")


def test_the_facts_of_a_rule_are_named_once_each(pack):
    written = {**begin(pack, "forbid"), "when": {"all": [A, {"not": B}]}, "forbid": {"any": [A, C]}}
    assert making.facts_of(written) == ["way", "to_relation", "pupils"]
