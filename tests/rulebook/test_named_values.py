"""Values that a rule names itself, times that it writes out, and times that the federation chose."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from schoolgate.rulebook import book, decide
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.lint import lint_pack
from schoolgate.rulebook.one_file import from_yaml, to_yaml
from schoolgate.rulebook.readings import Changes, changed
from schoolgate.rulebook.rules.reading import BadCondition
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.situations.account_run import AccountWatch
from schoolgate.rulebook.situations.policy import PolicyStatus

REVIEWED = {
    "latest": {
        "last_review": {
            "among": "reviews", "at": "on", "where": {"roles": {"includes": "Governors"}},
            "otherwise": "reviewed_before",
        }
    },
    "must_be": {"not": {"last_review": {"over": {"months": 12}}}},
    "say": "status.review_overdue",
    "args": {"role": "Governors", "day": {"after": "last_review", "months": 12}},
}  # fmt: skip
BY_GOVERNORS = {"roles": ["Governors"], "on": "2026-03-31"}
BY_OTHERS = {"roles": ["Head"], "on": "2026-09-01"}


def said_of(rule, model, **facts):
    return Rule.model_validate(rule).for_facts(model)(model.model_validate(facts))


def one_of(rule, model, **facts):
    (said,) = said_of(rule, model, **facts)
    return said


def reviewed(**facts):
    return one_of(REVIEWED, PolicyStatus, **facts)


# --- The latest of a list ----------------------------------------------------------------------------


def test_the_latest_day_counts_of_those_that_the_rule_speaks_of():
    reviews = [{**BY_GOVERNORS, "on": "2025-01-01"}, BY_GOVERNORS, BY_OTHERS]
    assert reviewed(on="2027-03-31", reviews=reviews).kind is Kind.MET
    late = reviewed(on="2027-04-01", reviews=reviews)
    assert (late.kind, late.args["day"]) == (Kind.BREACHED, date(2027, 3, 31))


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        ({"on": "2027-04-01"}, "policy.policy_reviews"),
        ({"on": "2027-04-01", "reviews": [BY_OTHERS]}, "policy.last_reviewed"),
        ({"reviews": [BY_GOVERNORS]}, "day"),
    ],
)
def test_what_the_latest_day_lacks_is_asked_for(facts, lacks):
    said = reviewed(**facts)
    assert (said.kind, said.needs[0].what) == (Kind.REQUIRES, lacks)


def test_where_there_is_none_another_fact_counts_and_a_month_lasts_to_its_end():
    facts = {"reviews": [], "last_reviewed": "2027-02"}
    assert reviewed(on="2028-02-29", **facts).kind is Kind.MET
    assert reviewed(on="2028-03-01", **facts).kind is Kind.BREACHED


SAY = "status.reviewed_since"
WATCHED = {
    "latest": {
        "last_read": {"among": "posts", "at": "oldest_unread", "where": {"author_relation": "staff"}},
    },
    "forbid": {"last_read": {"over": {"days": 1}}},
    "say": "watching.overdue",
    "args": {"last": {"day_of": "last_read"}},
}
SURE = {"author": "a", "author_relation": "staff", "oldest_unread": "2027-01-05T23:00:00Z"}


@pytest.mark.parametrize(
    ("posts", "said"),
    [
        ([SURE], "forbids"),
        ([SURE, {"author": "b", "oldest_unread": "2027-01-04T23:00:00Z"}], "forbids"),
        ([SURE, {"author": "b", "oldest_unread": "2027-01-06T23:00:00Z"}], "relation"),
        ([SURE, {"author": "b", "author_relation": "staff"}], "oldest_unread"),
        ([SURE, {"author": "b", "author_relation": "pupil"}], "forbids"),
        ([], "posts_with_unread"),
    ],
)
def test_only_what_may_be_later_is_asked_about(posts, said):
    found = one_of(WATCHED, AccountWatch, on="2027-01-08", posts=posts)
    assert (found.needs[0].what if found.needs else str(found.kind)) == said


def test_the_day_of_a_time_is_the_one_in_london():
    summer = {**SURE, "oldest_unread": "2027-07-05T23:30:00Z"}
    found = one_of(WATCHED, AccountWatch, on="2027-08-08", posts=[summer])
    assert found.args["last"] == date(2027, 7, 6)


# --- A fact of each part -----------------------------------------------------------------------------

MISSED = {
    "listed": {"missed": {"among": "posts", "take": "author", "where": {"unread": {"at_least": 2}}}},
    "when": {"missed": {"empty": False}},
    "forbid": True,
    "say": "watching.holidays_missed",
    "args": {"missed": {"fact": "missed"}},
}


def test_a_fact_of_each_part_is_listed_in_their_order():
    posts = [{"author": name, "unread": number} for name, number in (("c", 2), ("b", 1), ("a", 3))]
    assert one_of(MISSED, AccountWatch, posts=posts).args == {"missed": ("c", "a")}
    assert not said_of(MISSED, AccountWatch, posts=posts[1:2])


@pytest.mark.parametrize(
    ("facts", "lacks"), [({}, "posts_with_unread"), ({"posts": [{"author": "a"}]}, "unread_comments")]
)
def test_a_list_that_is_not_sure_is_asked_about(facts, lacks):
    assert one_of(MISSED, AccountWatch, **facts).needs[0].what == lacks


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ({"latest": {"last": {"among": "reviewz", "at": "on"}}}, "no fact reviewz"),
        ({"latest": {"last": {"among": "reviews", "at": "kind"}}}, "kind is no day and no time"),
        ({"latest": {"last": {"among": "reviews", "at": "on", "otherwise": "number"}}}, "may be unknown"),
        ({"latest": {"issued": {"among": "reviews", "at": "on"}}}, "issued is a fact: take another name"),
        ({"latest": {"last": {"among": "reviews", "at": "on", "where": {"rolez": True}}}}, "no fact rolez"),
        ({"listed": {"last": {"among": "reviews", "take": "roles"}}}, "roles is more than one value"),
        ({"listed": {"last": {"among": "measured", "take": "on"}}}, "a list of words has no parts"),
    ],
)
def test_a_wrong_name_is_refused_with_its_reason(named, why):
    rule = Rule.model_validate({**named, "advise": True, "say": SAY})
    with pytest.raises(BadCondition, match=why):
        rule.for_facts(PolicyStatus)


def test_a_rule_with_names_of_its_own_is_written_out_and_read_back():
    text = to_yaml(book("wootton").pack)
    assert "among: reviews" in text
    assert to_yaml(from_yaml(text)) == text


# --- Times that are written out ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("compare", "words", "days"),
    [
        ("earlier_than", "2023-05", {"2023-04-30": True, "2023-05-01": False}),
        ("later_than", "2023-05", {"2023-05-31": False, "2023-06-01": True}),
        ("later_than", "2023-05-17", {"2023-05-17": False, "2023-05-18": True}),
        ("earlier_than", "autumn 2024", {"2024-08-31": True, "2024-09-01": False}),
        ("later_than", "Autumn term 2024", {"2024-12-31": False, "2025-01-01": True}),
    ],
)
def test_a_day_is_compared_with_one_that_is_written_out(compare, words, days):
    rule = {"forbid": {"day": {compare: words}}, "say": SAY}
    for day, speaks in days.items():
        said = one_of(rule, PolicyStatus, on=day)
        assert (said.kind is Kind.FORBIDS) is speaks


def test_a_duty_is_due_on_the_last_day_that_is_written_out():
    rule = {
        "oblige": {"who": "office", "what": "policy.policy_review", "due": "2023-05"},
        "say": SAY,
    }
    assert one_of(rule, PolicyStatus).due == Due(day=date(2023, 5, 31))


def test_what_is_no_day_is_not_compared_with_one():
    rule = Rule.model_validate({"forbid": {"now": {"later_than": "2023-05"}}, "say": SAY})
    with pytest.raises(BadCondition, match="now is no day"):
        rule.for_facts(PolicyStatus)


def test_a_time_that_no_clause_holds_is_refused():
    text = to_yaml(book("boroughbridge").pack)
    spoiled = text.replace("earlier_than: 2023-05", "earlier_than: 2023-06")
    assert spoiled != text
    assert any("2023-06" in problem.what for problem in lint_pack(from_yaml(spoiled)))


# --- Times and numbers that the federation chose -----------------------------------------------------

LOOKED = {
    "looks": [{"at": "2027-01-05T09:00:00Z", "by": "p"}],
    "watched_from": "2027-01-05",
    "posts": [],
}


def watched(read, **facts):
    return decide(read, "account.watch", {**LOOKED, **facts}).at("looked_at")[0]


def test_a_time_among_the_facts_counts_where_the_federation_chose_one():
    choice = {"what": "looks", "hours": 48, "by": "q"}
    policy = book("boroughbridge")
    assert watched(policy, now="2027-01-09T09:00:00Z").message == "watching.regularly"
    for now, message in (("09:00:00Z", "watching.look_by"), ("09:00:01Z", "watching.overdue")):
        found = watched(policy, now=f"2027-01-07T{now}", choices=[choice])
        assert (found.message, str(found.basis)) == (message, "chosen")
    later = {**choice, "from_day": "2027-01-08"}
    assert watched(policy, now="2027-01-07T09:00:01Z", choices=[later]).message == "watching.regularly"


def test_a_time_that_counts_working_days_waits_for_the_calendar():
    choice = {"what": "looks", "days": 2, "counting": "school_days", "by": "q"}
    found = watched(book("boroughbridge"), now="2027-01-09T09:00:00Z", choices=[choice])
    assert [need.what for need in found.needs] == ["calendar"]


def test_a_number_of_a_reading_goes_before_a_time_among_the_facts():
    settings = {"boroughbridge-monitoring-1@looked_at/rule": {"check_interval_hours": 24}}
    read = book_of(changed(book("boroughbridge").pack, Changes(settings=settings)))
    choice = {"what": "looks", "hours": 48, "by": "q"}
    found = watched(read, now="2027-01-06T09:00:01Z", choices=[choice])
    assert (found.message, str(found.basis)) == ("watching.overdue", "chosen")


def test_a_reading_fills_no_number_that_the_words_settle():
    settings = {"wildground-monitoring-2@days_looked_at/rule": {"check_days_per_week": 5}}
    with pytest.raises(BadPack, match="the policy's own words settle this"):
        changed(book("wildground").pack, Changes(settings=settings))


def test_staff_are_told_by_when_once_the_federation_chose_the_hours():
    told = {
        "writer": {"key": "w", "relation": "staff"},
        "breaks_policy": {"answer": True, "by": "p", "at": "2027-01-05T09:00:00Z", "of_this_version": True},
        "told": True,
        "told_at": "2027-01-05T09:00:00Z",
    }
    settings = {"wootton-scope-13@told_to_take_down/rule": {"removal_deadline_hours": 3}}
    read = book_of(changed(book("wootton").pack, Changes(settings=settings)))
    for policy, due in (
        (book("wootton"), Due.none_promised()),
        (read, Due(instant=datetime(2027, 1, 5, 12, tzinfo=UTC))),
    ):
        (duty,) = decide(policy, "posting.withdraw", told).duties
        assert duty.due == due


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({"last_reminded": []}, "2027-01-05"),
        ({"last_reminded": [{"topic": "connections", "on": "2027-01-01"}]}, "2027-01-05"),
        ({"last_reminded": [{"topic": "settings", "on": "2027-01-01"}]}, "2027-01-31"),
    ],
)
def test_staff_are_reminded_after_the_days_that_a_reading_names(facts, due):
    settings = {"boroughbridge-appendix-personal-4@own_settings_review/rule": {"reminder_interval_days": 30}}
    read = book_of(changed(book("boroughbridge").pack, Changes(settings=settings)))
    asked = {"on": "2027-01-05", "by": {"key": "p", "relation": "staff"}, "chosen": [], **facts}
    found = next(one for one in decide(read, "personal.reminder", asked).duties if one.what == "own_settings")
    assert found.due == Due(day=date.fromisoformat(due))


def test_a_hint_comes_after_the_replies_that_a_reading_names():
    settings = {"llanidloes-tone-8@needless_argument/rule": {"hint_after_own_replies": 4}}
    read = book_of(changed(book("llanidloes").pack, Changes(settings=settings)))
    asked = {"by": {"key": "p", "relation": "staff"}}
    for replies, message in ((3, "courtesy.no_argument"), (4, "courtesy.end_it_here")):
        (found,) = decide(read, "item.answer", {**asked, "own_replies": replies}).at("needless_argument")
        assert (found.message, str(found.basis)) == (message, "chosen")


def test_a_number_stands_as_a_condition_only_by_its_name():
    with pytest.raises(BadCondition, match="a condition is a fact"):
        Rule.model_validate({"when": 5, "advise": True, "say": SAY}).for_facts(PolicyStatus)
    with pytest.raises(ValidationError, match="is not listed"):
        Rule.model_validate({"when": {"number": "interval_days"}, "advise": True, "say": SAY})
