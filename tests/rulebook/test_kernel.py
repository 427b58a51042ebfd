"""How a question is read and answered, whatever the policy: facts, exceptions, leave, rulings, who is
bound."""

import copy
import json
from dataclasses import replace
from datetime import date

import pytest

from schoolgate.rulebook import BadFacts, Outcome, UnknownPolicy, UnknownSituation, book, decide
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.controls.base import advises, met
from schoolgate.rulebook.kinds import Kind, Modality
from schoolgate.rulebook.packs import Binding
from schoolgate.rulebook.situations.posts import PostPublish

CONFIDENTIAL = {"materials": [{"what": "document", "labels": ["confidential"]}]}


def a_binding(clause, control, point, settings, situation="post.publish", **more):
    return Binding(
        id=f"{clause}@{point}/{control}",
        clauses=(clause,),
        control=control,
        settings=CONTROLS[control].Settings(**settings),
        point=point,
        situations=(situation,),
        **more,
    )


def a_book(*bindings, key="wildground", worded=None):
    """A policy with these rules alone. `worded`: the strength of the clause of the first, where another."""
    policy, *rest = book(key).packs
    first = bindings[0].clauses[0]
    clause = replace(policy.clauses[first], modality=worded or policy.clauses[first].modality)
    return Book((replace(policy, bindings=bindings, clauses={**policy.clauses, first: clause}), *rest))


def forbidding(**more):
    settings = {
        "each": "materials",
        "steps": [{"forbid": {"labels": {"includes": "confidential"}}, "say": "material.labelled"}],
    }
    return a_binding("wildground-legal-5", "rule", "confidential", settings, **more)


def test_an_unknown_situation_or_policy_is_named():
    with pytest.raises(UnknownSituation, match="burn"):
        decide(book("wildground"), "post.burn", {})
    with pytest.raises(UnknownPolicy, match="atlantis"):
        book("atlantis")
    with pytest.raises(UnknownPolicy, match="law"):
        book("law")


@pytest.mark.parametrize(
    ("facts", "path", "why"),
    [
        ({"moon": "full"}, "moon", "no such fact"),
        ({"account": {"colour": "red"}}, "account.colour", "no such fact"),
        ({"may_be_controversial": "yes"}, "may_be_controversial", "bool"),
        ({"may_be_controversial": 1}, "may_be_controversial", "bool"),
        ({"people": [{"named": "loudly"}]}, "people.0.named", "'no', 'initials', 'first' or 'full'"),
        ({"on": "2025-02-30"}, "on", "date"),
        ({"on": 20250230}, "on", "as text"),
        ({"now": "2025-03-10T10:00:00"}, "now", "timezone"),
        ({"account": {"youngest_pupil": -1}}, "account.youngest_pupil", "greater than or equal to 0"),
        ({"purpose": "a\x00b"}, "purpose", "NUL"),
    ],
)
def test_a_fact_with_an_unknown_name_or_a_wrong_value_is_refused(facts, path, why):
    with pytest.raises(BadFacts) as refused:
        decide(book("wildground"), "post.publish", facts)
    assert refused.value.path == path
    assert why in refused.value.why


def test_facts_of_another_situation_are_refused():
    with pytest.raises(BadFacts, match="another situation"):
        decide(book("wildground"), "account.open", PostPublish())


def test_text_that_is_no_json_is_refused():
    with pytest.raises(BadFacts):
        decide(book("wildground"), "post.publish", "{")


def test_ten_thousand_people_are_judged():
    people = [{"relation": "pupil", "shown": False, "named": "no"}] * 10_000
    assert (
        decide(book("learn-to-live"), "post.publish", {"people": people}).points["naming"] == Outcome.SILENT
    )


def test_a_ban_without_exception_is_not_permitted():
    decided = decide(a_book(forbidding()), "post.publish", CONFIDENTIAL)
    assert decided.points["confidential"] == Outcome.NOT_PERMITTED


def test_a_ban_cannot_be_left_but_advice_can():
    facts = {**CONFIDENTIAL, "leaves": [{"clause": "wildground-legal-5", "role": "SLT", "by": "helen"}]}
    assert decide(a_book(forbidding()), "post.publish", facts).points["confidential"] == Outcome.NOT_PERMITTED
    advised = decide(a_book(forbidding(), worded=Modality.SHOULD), "post.publish", facts)
    assert advised.points["confidential"] == Outcome.PERMITTED
    assert [finding.overridden_by for finding in advised.at("confidential")] == ["leave:SLT"]


def test_advice_in_the_same_words_stops_nothing():
    advised = decide(a_book(forbidding(), worded=Modality.ADVISED_NOT), "post.publish", CONFIDENTIAL)
    assert advised.points["confidential"] == Outcome.PERMITTED
    assert [finding.kind for finding in advised.at("confidential")] == [Kind.ADVISES_AGAINST]


def test_advice_waits_for_nothing_that_is_not_known():
    decided = decide(a_book(forbidding(), worded=Modality.ADVISED_NOT), "post.publish", {})
    assert [(one.kind, one.needs) for one in decided.at("confidential")] == [(Kind.ADVISES, ())]
    assert decide(a_book(forbidding()), "post.publish", {}).points["confidential"] == Outcome.HOLD


def test_leave_from_what_is_not_known_is_no_answer():
    facts = {"leaves": [{"clause": "wildground-legal-5", "role": "SLT", "by": "helen"}]}
    decided = decide(a_book(forbidding(), worded=Modality.SHOULD), "post.publish", facts)
    assert decided.points["confidential"] == Outcome.HOLD


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        ("2025-03-09", Outcome.NOT_PERMITTED),
        ("2025-03-10", Outcome.PERMITTED),
        ("2025-03-11", Outcome.PERMITTED),
        ("2025-03-12", Outcome.NOT_PERMITTED),
    ],
)
def test_a_leave_counts_from_its_first_day_to_its_last(day, outcome):
    leave = {
        "clause": "wildground-legal-5",
        "role": "SLT",
        "by": "helen",
        "from_day": "2025-03-10",
        "to_day": "2025-03-11",
    }
    advised = a_book(forbidding(), worded=Modality.SHOULD)
    decided = decide(advised, "post.publish", {**CONFIDENTIAL, "leaves": [leave]}, on=date.fromisoformat(day))
    assert decided.points["confidential"] == outcome


def test_who_is_not_bound_is_told_so():
    decided = decide(
        a_book(forbidding(binds=("staff",))),
        "post.publish",
        {**CONFIDENTIAL, "author": {"key": "a", "relation": "parent"}},
    )
    assert decided.points["confidential"] == Outcome.SILENT
    assert decided.silent_because == "not_bound"
    assert decided.silent_points["confidential"] == "not_bound"
    assert decided.silent_points["naming"] == "no_rule"


def test_it_holds_until_it_is_known_whether_somebody_is_bound():
    decided = decide(
        a_book(forbidding(binds=("staff",))), "post.publish", {**CONFIDENTIAL, "author": {"key": "a"}}
    )
    assert decided.points["confidential"] == Outcome.HOLD


ASKS_FIRST = {
    "need": {"permissions": {"some": {"roles": {"includes": "headteacher"}}}},
    "ask_for": {"what": "permission", "of": "headteacher"},
    "say": "open.ask_first",
    "args": {"role": "headteacher"},
}
ON_HWB = {
    "permit": {"placed.platform": "hwb"},
    "say": "open.exempt_platform",
    "args": {"platforms": ["Hwb"]},
}
NOT_REJECTED = {"forbid": {"decision.outcome": "rejected"}, "say": "open.rejected"}


def open_with(network, *, overrides):
    permission = a_binding("llanidloes-public-1", "rule", "approved", ASKS_FIRST, "account.open")
    exempt = a_binding(
        "llanidloes-public-2",
        "rule",
        "approved",
        {**ON_HWB, "exception": overrides},
        "account.open",
        overrides=("llanidloes-public-1",) if overrides else (),
    )
    facts = {"placed": {"network": network}, "permissions": [], "decision": {"outcome": "waiting"}}
    return decide(a_book(permission, exempt, key="llanidloes"), "account.open", facts)


def test_an_exception_with_precedence_takes_the_place_of_the_rule():
    decided = open_with("hwb", overrides=True)
    assert decided.points["approved"] == Outcome.PERMITTED
    assert [finding.overridden_by for finding in decided.at("approved")] == ["llanidloes-public-2", None]


def test_without_precedence_the_rule_still_waits():
    assert open_with("hwb", overrides=False).points["approved"] == Outcome.HOLD


def test_an_exception_that_is_not_known_to_apply_asks_for_what_it_needs():
    decided = open_with(None, overrides=True)
    assert decided.points["approved"] == Outcome.HOLD
    assert {need.what for finding in decided.findings for need in finding.needs} >= {"network", "permission"}


def clashing(rulings=()):
    """A ban and a permission at one point of account.open that name no precedence."""
    rejected = a_binding("llanidloes-personal-17", "rule", "approved", NOT_REJECTED, "account.open")
    exempt = a_binding("llanidloes-images-1", "rule", "approved", ON_HWB, "account.open")
    facts = {"placed": {"network": "hwb"}, "decision": {"outcome": "rejected"}, "rulings": list(rulings)}
    return decide(a_book(rejected, exempt, key="llanidloes"), "account.open", facts)


def a_ruling(allows):
    return {"tension": "llanidloes-tension-4", "allows": allows, "role": "headteacher", "by": "head"}


def test_forbidden_and_permitted_in_words_refers_with_both_clauses_and_decides_nothing():
    decided = clashing()
    assert decided.points["approved"] == Outcome.REFER
    referring = [finding for finding in decided.findings if finding.kind == "refers"]
    assert [finding.clauses for finding in referring] == [("llanidloes-personal-17", "llanidloes-images-1")]
    assert referring[0].needs == (("ruling", "federation"),)


def test_a_ruling_answers_the_like_question():
    assert clashing([a_ruling(True)]).points["approved"] == Outcome.PERMITTED
    assert clashing([a_ruling(False)]).points["approved"] == Outcome.NOT_PERMITTED


def test_the_day_given_to_the_question_counts_before_that_of_the_facts():
    facts = PostPublish(on=date(2025, 3, 9))
    assert decide(book("wildground"), "post.publish", facts).facts.day == date(2025, 3, 9)
    assert decide(book("wildground"), "post.publish", facts, on=date(2025, 3, 10)).facts.day == date(
        2025, 3, 10
    )
    assert facts.day == date(2025, 3, 9)


def test_an_instant_late_in_the_evening_falls_on_londons_next_day_in_summer():
    assert PostPublish(now="2025-07-07T23:30:00Z").day == date(2025, 7, 8)
    assert PostPublish(now="2025-12-07T23:30:00Z").day == date(2025, 12, 7)


def test_a_decision_prints_exactly_these_names():
    printed = decide(book("wildground"), "account.decide", {}).to_json()
    assert list(printed) == [
        "policy",
        "version",
        "reading",
        "situation",
        "outcome",
        "silent_because",
        "unread",
        "ruled",
        "points",
        "findings",
        "duties",
        "facts_digest",
    ]
    assert list(printed["findings"][0]) == [
        "kind",
        "point",
        "about",
        "basis",
        "control",
        "clauses",
        "section",
        "message",
        "needs",
        "overridden_by",
        "lifts_on",
    ]
    assert list(printed["findings"][0]["needs"][0]) == ["what", "from"]
    json.dumps(printed)


def test_the_digest_is_of_the_facts_and_of_nothing_else():
    same = [
        decide(book(key), "post.publish", {"purpose": "news"}).facts_digest
        for key in ("wildground", "wootton")
    ]
    assert same[0] == same[1]
    assert decide(book("wildground"), "post.publish", {"purpose": "new"}).facts_digest != same[0]


def test_a_decision_names_the_version_of_every_control_it_may_have_asked():
    decided = decide(book("wildground"), "post.publish", {})
    assert {finding.control for finding in decided.findings} <= set(decided.control_versions)
    assert decided.facts_schema == PostPublish.version


def test_a_book_is_read_once_and_cannot_be_changed():
    assert book("wildground") is book("wildground")
    with pytest.raises(AttributeError):
        book("wildground").packs = ()


def test_whether_somebody_is_bound_is_not_asked_where_the_rule_is_kept_anyway():
    asked = {"materials": [{"what": "document", "labels": []}], "author": {"key": "a"}}
    decided = decide(a_book(forbidding(binds=("staff",))), "post.publish", asked)
    assert decided.points["confidential"] == Outcome.PERMITTED


def test_what_comes_in_is_nobodys_act_and_waits_for_whoever_deals_with_it():
    reminding = a_binding(
        "wildground-behaviour-15",
        "rule",
        "press",
        {
            "when": {"from_press": True},
            "oblige": {"who": "account_team", "what": "pass_on"},
            "say": "media.policy_first_reminder",
        },
        "item.received",
        binds=("staff",),
    )
    decided = decide(a_book(reminding), "item.received", {"from_press": None})
    assert [need.what for finding in decided.findings for need in finding.needs] == ["from_press"]


@pytest.mark.parametrize(
    ("rulings", "outcome"),
    [
        ([], Outcome.NOT_PERMITTED),
        ([{"allows": True, "role": "SLT"}], Outcome.PERMITTED),
        ([{"allows": False, "role": "SLT"}], Outcome.NOT_PERMITTED),
        ([{"allows": True, "role": "Staff"}], Outcome.NOT_PERMITTED),
    ],
)
def test_a_reading_that_the_register_takes_holds_until_a_ruling_says_otherwise(rulings, outcome):
    read_so = forbidding(tension="wildground-tension-1", until_ruled=True)
    given = [{"tension": "wildground-tension-1", "by": "helen", **one} for one in rulings]
    decided = decide(a_book(read_so), "post.publish", {**CONFIDENTIAL, "rulings": given})
    assert decided.points["confidential"] == outcome


def test_a_saying_that_is_always_the_same_is_made_once_and_kept():
    assert met() is met()
    assert advises("kernel.met") is advises("kernel.met") is not met("kernel.met")
    assert copy.deepcopy(met()) is met()
    assert met("kernel.met", "people[0]") is not met("kernel.met", "people[0]")
    with pytest.raises(AttributeError, match="many rules share"):
        met().chosen = True
    found = [decide(a_book(forbidding()), "post.publish", {"materials": []}).at("confidential") for _ in "ab"]
    assert found[0] == found[1]
