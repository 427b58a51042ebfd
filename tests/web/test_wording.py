"""Decisions in words: the same keys, said in English and in Welsh, never with the rulebook's own words."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from schoolgate.rulebook import book as book_of
from schoolgate.rulebook import books, decide
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.kinds import Basis, Outcome
from schoolgate.rulebook.messages import NEEDS, SOURCES
from schoolgate.web.frame import wording
from schoolgate.web.frame.wording import (
    KINDS,
    ClauseWords,
    answer_in_short,
    answer_in_words,
    outcome_in_words,
)
from tests.web.plain import forbidden_in

AT = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)


def quote(clause: str) -> ClauseWords:
    return ClauseWords("Monitoring", f"Words of {clause}.", own_words=clause == "own-1")


def finding(**changes):
    return {
        "kind": "requires",
        "point": "consent",
        "about": None,
        "basis": "policy",
        "control": "x",
        "clauses": ["wildground-monitoring-1"],
        "section": "Monitoring",
        "message": "",
        "key": "kernel.met",
        "args": {},
        "needs": [],
        "overridden_by": None,
        "lifts_on": None,
        **changes,
    }


def body(outcome="hold", points=None, findings=(), **changes):
    return {
        "policy": "wildground",
        "version": "1",
        "reading": 2,
        "situation": "post.publish",
        "outcome": outcome,
        "silent_because": None,
        "points": points or {"consent": outcome},
        "findings": list(findings),
        "duties": [],
        **changes,
    }


def shown(*args, **kwargs):
    return wording.verdict_of(body(*args, **kwargs), at=AT, quote=quote)


@pytest.mark.parametrize(
    ("outcome", "title", "kind"),
    [
        ("permitted", "This is allowed", "good"),
        ("hold", "Not ready yet", "wait"),
        ("refer", "This needs a ruling", "ask"),
        ("not_permitted", "This isn’t allowed", "no"),
        ("breached", "This doesn’t meet the requirements", "no"),
        ("silent", "The policy says nothing about this", "plain"),
    ],
)
def test_each_outcome_has_a_plain_title(outcome, title, kind):
    verdict = shown(outcome)
    assert (verdict.title, verdict.kind) == (title, kind)


def test_every_outcome_has_words_in_both_languages_and_none_is_forbidden():
    for language in ("en", "cy"):
        with translation.override(language):
            said = [outcome_in_words(outcome) for outcome in Outcome]
            said += [words(one) for words in (answer_in_words, answer_in_short) for one in Answer]
        assert [forbidden_in(text, language) for text in said] == [[]] * len(said)


def test_what_is_waited_for_names_what_and_from_whom():
    needs = [{"what": "a thing", "from": "SLT"}, {"what": "a thing", "from": "SLT"}]
    verdict = shown(findings=[finding(needs=needs)])
    assert verdict.points[0].needs == ["Waiting for a thing from SLT."]
    assert verdict.needs == ["Waiting for a thing from SLT."]


@pytest.mark.parametrize(
    ("what", "source", "said"),
    [
        ("approval", "approver", "Waiting for approval from someone who may approve it."),
        ("trained", "runner", "Waiting for training from the person who will run it."),
        (
            "has_read",
            "runner",
            "Needed from the person who will run it: that they have read the policy in force.",
        ),
        (
            "names_partner",
            "author",
            "Needed from the author: whether the post mentions an outside organisation.",
        ),
        ("fit", "author", "Needed from the author: is it suitable to publish?"),
        ("promotion", "applicant", "Needed from the person proposing it: How people will hear about it."),
        (
            "weighed.legal responsibilities",
            "applicant",
            "Needed from the person proposing it: how this was considered: the law.",
        ),
    ],
)
def test_what_somebody_has_to_say_and_what_they_have_to_give_read_as_sentences(what, source, said):
    assert wording.need_in_words(what, source) == said


@pytest.mark.parametrize(
    ("situation", "what", "source", "said"),
    [
        ("account.open", "host", "applicant", "the person setting it up"),
        ("account.create", "practice", "applicant", "the person setting it up"),
        ("account.propose", "host", "applicant", "the person proposing it"),
        ("account.decide", "talks", "applicant", "the person it was discussed with"),
        ("account.decide", "host", "applicant", "the person proposing it"),
        ("account.open", "notice", "SLT", "SLT"),
    ],
)
def test_what_waits_is_asked_of_whoever_gives_it_at_that_moment(situation, what, source, said):
    waits = finding(needs=[{"what": what, "from": source}])
    [need] = shown("hold", findings=[waits], situation=situation).needs
    assert said in need


def test_a_ruling_is_asked_of_the_role_that_the_policy_names():
    needs = [{"what": "ruling", "from": "SLT"}]
    assert shown("refer", findings=[finding(kind="refers", needs=needs)]).needs == [
        "Needs a ruling from SLT."
    ]


def test_what_another_clause_overrides_is_not_waited_for():
    needs = [{"what": "a thing", "from": "SLT"}]
    overridden = finding(needs=needs, overridden_by="wildground-monitoring-2")
    point = shown("permitted", findings=[overridden]).points[0]
    assert point.needs == []
    assert point.sentences[0].more == "The last of these clauses applies here instead:"
    assert point.sentences[0].clauses[-1].words == "Words of wildground-monitoring-2."


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("leave:head", "Permission for this was given by head."),
        ("ruling:SLT", "SLT has ruled that this may be done."),
    ],
)
def test_leave_and_rulings_are_named(by, said):
    assert shown("permitted", findings=[finding(overridden_by=by)]).points[0].sentences[0].more == said


def test_what_is_allowed_by_an_agreement_says_whose_it_is():
    permission = finding(kind="permits", needs=[], agreed_by="head")
    assert shown("permitted", findings=[permission]).points[0].sentences[0].more == (
        "Permission for this was given by head."
    )


def test_the_day_that_lifts_a_prohibition_is_written_out():
    sentence = shown("not_permitted", findings=[finding(lifts_on="2027-07-19")]).points[0].sentences[0]
    assert sentence.more == "Not before Monday 19 July 2027."


def test_the_worst_point_comes_first_and_what_is_in_order_is_folded_away():
    points = {"a": "permitted", "b": "hold", "c": "not_permitted", "d": "silent"}
    verdict = shown("not_permitted", points)
    assert [point.key for point in verdict.points] == ["c"]
    assert [point.key for point in verdict.waiting] == ["b"]
    assert [point.key for point in verdict.in_order] == ["a"]
    assert verdict.unsaid == [wording.point_label("d")]


def test_many_points_in_order_are_folded_away_below_the_answer():
    points = dict.fromkeys(("a", "b", "c", "d"), "permitted")
    verdict = shown("permitted", points, [finding(point=key, needs=[]) for key in points])
    assert (verdict.points, [point.key for point in verdict.in_order]) == ([], ["a", "b", "c", "d"])


def test_who_decides_finds_what_is_to_be_read_unfolded_and_the_nearest_first():
    many = shown("permitted", {"a": "permitted"}, unread=[f"own-{number}" for number in range(9)])
    assert many.is_open
    assert [one.id for one in many.read_at_once] == ["own-0", "own-1", "own-2", "own-3"]
    assert [*many.read_at_once, *many.read_besides] == [*many.read]
    few = shown("permitted", {"a": "permitted"}, unread=["own-1", "own-2"])
    assert ([one.id for one in few.read_at_once], [*few.read_besides]) == (["own-1", "own-2"], [])
    assert not shown("permitted", {"a": "permitted"}).is_open
    assert not shown("hold", {"a": "hold"}).is_open, "it waits for that very decision"
    assert shown("not_permitted", {"a": "not_permitted"}).is_open


def test_a_policy_with_clauses_to_read_is_not_said_to_say_nothing():
    law = {"points": {"a": "hold"}, "silent_because": "no_rule"}
    assert shown("hold", **law).note == "The policy itself says nothing about this."
    assert shown("hold", **law, unread=["own-1"]).note == ""
    assert shown("hold", **{**law, "silent_because": "not_bound"}, unread=["own-1"]).note


def test_a_rule_of_the_programs_own_that_is_stricter_is_named_beside_the_clauses_that_fit():
    ours = finding(basis="house", clauses=["house-1"], kind="requires")
    verdict = shown("hold", {"a": "hold"}, [ours], first=["own-1"])
    assert verdict.stricter.startswith("Schoolgate’s own rule applies even where the policy allows more: ")
    assert quote("house-1").says in verdict.stricter
    assert shown("hold", {"a": "hold"}, [ours]).stricter == "", "no clause fits the question"
    assert shown("hold", {"a": "hold"}, [finding(kind="requires")], first=["own-1"]).stricter == ""


def test_the_same_said_twice_at_a_point_is_read_once():
    verdict = shown("permitted", {"a": "permitted"}, [finding(point="a"), finding(point="a")])
    assert len(verdict.points[0].sentences) == 1


def test_where_everything_is_in_order_it_is_shown():
    verdict = shown("permitted", {"a": "permitted"})
    assert ([point.key for point in verdict.points], verdict.in_order) == (["a"], [])


def test_what_is_not_known_is_said_once_as_what_is_waited_for():
    needs = [{"what": "a thing", "from": "SLT"}]
    unknown = finding(key="kernel.unknown", args={"what": "a thing"}, needs=needs)
    verdict = shown(findings=[unknown])
    assert (verdict.needs, verdict.waiting) == (["Needed from SLT: a thing."], [])
    assert [each.text for each in verdict.points[0].sentences] == [""]
    assert verdict.points[0].sentences[0].clauses, "its clause stands in the open"


def test_what_several_points_wait_for_is_said_once_at_the_head():
    needs = [{"what": "a thing", "from": "SLT"}]
    points = {"a": "hold", "b": "hold"}
    findings = [finding(point=point, needs=needs) for point in points]
    assert shown("hold", points, findings).needs == ["Waiting for a thing from SLT."]


def test_whom_something_is_wanted_from_is_never_mistaken_for_what_is_wanted():
    with_both = [key for key in SOURCES if key in NEEDS and SOURCES[key] != NEEDS[key]]
    assert [wording.who(key) for key in with_both] == [SOURCES[key] for key in with_both]
    assert wording.who("Senior Leadership Team") == "Senior Leadership Team"


@pytest.mark.parametrize(
    ("basis", "heading", "whose"),
    [
        ("policy", "Wildground Federation's policy, Monitoring", "Our wording of this section."),
        ("law", "The law: Monitoring", ""),
        ("house", "Schoolgate’s own rule: Monitoring", ""),
        ("chosen", "Your federation’s own choice: Monitoring", ""),
    ],
)
def test_each_clause_says_on_whose_word_it_stands(basis, heading, whose):
    clause = shown(findings=[finding(basis=basis)]).points[0].sentences[0].clauses[0]
    assert (clause.heading, clause.whose, clause.basis) == (heading, whose, basis)


def test_every_basis_has_a_heading():
    assert [
        wording.clause_shown("x", basis=basis, federation="F", quote=quote).basis for basis in Basis
    ] == list(Basis)


def test_words_that_the_federation_pasted_are_called_its_own():
    clause = wording.clause_shown("own-1", basis="policy", federation="F", quote=quote)
    assert clause.whose == "The policy’s own words."


def test_which_of_several_people_is_meant_is_counted_from_one():
    sentence = shown(findings=[finding(about="people[0]")]).points[0].sentences[0]
    assert sentence.text == "Person 1: This is as the policy requires."


@pytest.mark.parametrize(
    ("reason", "cited", "said"),
    [
        ("no_rule", [], "The policy says nothing about this"),
        ("not_bound", ["a-1"], "The policy doesn’t apply to this person"),
        ("not_bound", [], "The policy’s rules on this are for other people"),
        ("excluded", ["a-1"], "The policy leaves this out"),
    ],
)
def test_why_a_policy_says_nothing_is_said(reason, cited, said):
    """That it doesn't apply to someone is only said where its own words say so: a rule for parents says
    nothing of the head."""
    assert shown("silent", silent_because=reason, excluded_by=cited).title == said


def test_silence_is_never_told_as_a_yes():
    assert shown("silent", silent_because="no_rule").summary == "That is not a yes. Ask before you do it."


def test_a_due_time_is_said_in_london_and_none_promised_is_said_too():
    due = {"instant": "2027-07-20T09:00:00+00:00"}
    assert wording.due_of(due, at=AT).text == "by Tuesday 20 July 2027, 10am"
    assert wording.due_of({"day": "2027-01-20"}, at=AT).text == "by the end of Wednesday 20 January 2027"
    assert wording.due_of({"none_promised": True}, at=AT).text == "no deadline in the policy"


def test_a_duty_names_who_what_and_when():
    duty = {"who": "lead staff member", "what": "answer it", "due": {"none_promised": True}}
    assert wording.duty_in_words(duty, at=AT) == "Lead staff member: answer it, no deadline in the policy."


def test_a_duty_to_tell_people_names_them_where_the_policy_does():
    when = {"due": {"day": "2027-01-20"}, "clauses": ["x"]}
    duty = {"who": "incident.reporter", "what": "incident.report", **when}
    by = ", by the end of Wednesday 20 January 2027."
    assert wording.duty_in_words(duty, at=AT, named=["DSL"]).endswith("telling DSL" + by)
    assert wording.duty_in_words(duty, at=AT).endswith("telling the people named in the policy" + by)
    told = next(one for one in book_of("boroughbridge").bound("incident.report") if one.stated("roles"))
    duty["clauses"] = list(told.clauses)
    assert wording.told_by("boroughbridge", "incident.report", duty) == ("Relevant senior member of staff",)
    assert wording.told_by("boroughbridge", "incident.report", {**duty, "what": "incident.tell_leads"}) == ()
    assert wording.told_by("gone", "incident.report", duty) == ()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2027-07-19", "Monday 19 July 2027"),
        (date(2027, 7, 19), "Monday 19 July 2027"),
        ("2027-07-19 09:00:00+00:00", "Monday 19 July 2027, 10am"),
        (["a", "b"], "a, b"),
        ("2027-13-45x", "2027-13-45x"),
        (3, "3"),
    ],
)
def test_arguments_are_put_into_words(value, said):
    assert wording.plain(value) == said


def test_braces_in_an_argument_stay_as_they_are():
    assert wording.sentence("kernel.unknown", {"what": "{secret}"}).endswith("{secret}.")


def test_a_clause_that_no_book_knows_stands_for_itself():
    assert wording.quote_from(book_of("wildground"))("gone-1") == ClauseWords("", "gone-1")


@pytest.mark.parametrize("policy", books())
@pytest.mark.parametrize("situation", ["post.publish", "account.propose", "item.received"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_decision_about_nothing_known_can_be_shown_under_every_policy(policy, situation, language):
    decision = decide(book_of(policy), situation, {}, on=date(2027, 1, 19))
    with translation.override(language):
        verdict = wording.verdict(decision, at=AT)
    assert verdict.kind == KINDS[answer_of(decision)]
    ours = [
        verdict.title,
        verdict.summary,
        verdict.note,
        *verdict.unsaid,
        *[need for point in verdict.points for need in point.needs],
    ]
    assert [forbidden_in(text, language) for text in ours] == [[]] * len(ours)


@pytest.mark.parametrize("typed", ["Families of our pupils", "Families of our pupils."])
def test_words_that_end_with_a_full_stop_get_no_second_one(typed):
    said = wording.sentence("post.written_for", {"audience": typed})
    assert said.endswith("Families of our pupils.")
