"""Rules that are data: conditions, what is not known, and what a wrong line is told."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from schoolgate.rulebook import book
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.one_file import from_yaml, to_yaml
from schoolgate.rulebook.rules.reading import BadCondition
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.situations.contacts import MessageSend
from schoolgate.rulebook.situations.posts import PostingWithdraw
from tests.rulebook.test_conditions import Fete


def says(rule, **facts):
    return Rule.model_validate(rule).for_facts(MessageSend)(MessageSend.model_validate(facts))


def only(rule, **facts):
    (said,) = says(rule, **facts)
    return said


# --- Verbs -----------------------------------------------------------------------------------------

BAN = {"when": {"way": "social"}, "forbid": {"from_account": "personal"}, "say": "message.school_from_own"}


def test_a_ban_forbids_is_kept_or_asks():
    assert only(BAN, way="social", from_account="personal").kind is Kind.FORBIDS
    assert only(BAN, way="social", from_account="official").kind is Kind.MET
    assert only(BAN, way="social").needs[0].what == "message_from_account"
    assert says(BAN, way="email", from_account="personal") == ()


def test_whether_a_rule_applies_is_asked_only_where_it_would_stop_something():
    assert only(BAN, from_account="personal").needs[0].what == "message_way"
    assert says(BAN, from_account="official") == ()
    assert only(BAN).needs[0].what == "message_way"


def test_a_permission_and_an_exception_ask_for_what_they_lack():
    permit = {"permit": {"approved_account": True}, "say": "message.approved_account"}
    assert only(permit).needs[0].what == "message_approved_account"
    assert only(permit, approved_account=True).kind is Kind.PERMITS
    assert says(permit, approved_account=False) == ()
    keep = {"keep": {"approved_account": True}}
    assert says(keep) == ()
    assert only({**keep, "exception": True}).needs[0].what == "message_approved_account"


def test_what_the_policy_says_it_covers_is_asked_for():
    cover = {"cover": {"approved_account": True}, "say": "message.approved_account"}
    assert only(cover).needs[0].what == "message_approved_account"
    assert only(cover, approved_account=True).kind is Kind.MET
    assert says(cover, approved_account=False) == ()


OPEN = {"id": "t", "clauses": ["a", "b"], "what": "Which of them?", "ruled_by": "Chair"}


def test_a_rule_may_ask_what_was_ruled_on_its_tension():
    rule = {"tension": OPEN, "steps": [
        {"keep": {"ruled": "refuses"}},
        {"refer": {"not": {"ruled": "allows"}}, "say": "message.to_group", "to": "Chair"},
    ]}  # fmt: skip
    ruling = {"tension": "t", "allows": False, "role": "Chair", "by": "p", "from_day": "2027-01-01"}
    assert only(rule).kind is Kind.REFERS
    assert only(rule, on="2027-01-01", rulings=[ruling]).kind is Kind.MET
    assert only(rule, on="2026-12-31", rulings=[ruling]).kind is Kind.REFERS
    assert only(rule, on="2027-01-01", rulings=[{**ruling, "role": "Head"}]).kind is Kind.REFERS
    assert says(rule, on="2027-01-01", rulings=[{**ruling, "allows": True}]) == ()


@pytest.mark.parametrize("rule", [
    {"forbid": {"ruled": "allows"}, "say": "message.to_group"},
    {"tension": OPEN, "forbid": {"ruled": True}, "say": "message.to_group"},
])  # fmt: skip
def test_a_ruling_needs_a_tension_and_a_word(rule):
    with pytest.raises(BadCondition):
        says(rule)


def test_the_first_step_that_speaks_is_the_answer():
    steps = [
        {"keep": {"pupils": {"at_least": 2}}, "say": "message.to_group"},
        {"forbid": True, "say": "message.one_pupil", "turns": {"in_public": True}},
    ]
    assert only({"steps": steps}, pupils=2).kind is Kind.MET
    assert only({"steps": steps}).needs[0].what == "message_pupils"
    assert only({"steps": steps}, pupils=1).needs[0].what == "message_in_public"
    assert only({"steps": steps}, pupils=1, in_public=True).turns is True
    assert only({"steps": steps}, pupils=1, in_public=False).turns is False


def test_a_need_says_what_it_waits_for():
    need = {"need": {"notes": {"includes": "implications_note"}}, "say": "message.no_implications_note",
            "ask_for": {"what": "implications_note", "of": "message_writer"}}  # fmt: skip
    waiting = only(need, notes=[])
    assert (waiting.kind, waiting.unknown) == (Kind.REQUIRES, False)
    assert [*waiting.needs] == [("implications_note", "message_writer")]
    assert only(need, notes=["implications_note"]).kind is Kind.MET


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        ({"advise": True, "say": "message.children_in_mind"}, Kind.ADVISES),
        ({"must_be": {"approved_account": True}, "say": "message.unapproved_account"}, Kind.BREACHED),
        ({"refer": True, "to": "SLT", "say": "contact.children"}, Kind.REFERS),
        ({"oblige": {"who": "SLT", "what": "ruling"}, "say": "contact.children"}, Kind.OBLIGES),
    ],
)
def test_each_verb_says_what_it_is_for(verb, kind):
    assert only(verb, approved_account=False).kind is kind


def test_an_exclusion_says_that_it_is_not_covered():
    assert only({"exclude": {"purpose": "private"}}, purpose="private").excludes
    assert says({"exclude": {"purpose": "private"}}, purpose="other") == ()


def test_a_person_whom_the_policy_does_not_bind_is_told_so():
    rule = {"steps": [{"keep": {"by.relation": "staff"}}, {"not_bound": True}]}
    assert only(rule, by={"key": "p", "relation": "pupil"}).unbound
    assert only(rule, by={"key": "p"}).needs[0].what == "relation"
    assert not only(rule, by={"key": "p", "relation": "staff"}).unbound


def test_a_sentence_takes_some_words_of_a_list():
    words = {"fact": "notes", "among": ["implications_note", "other"], "prefix": "note."}
    rule = {"keep": True, "say": "contact.children", "args": {"what": words}}
    assert only(rule, notes=["implications_note", "appropriateness_reason"]).args == {
        "what": ["note.implications_note"]
    }
    assert only(rule).needs[0].what == "message_notes"


def test_a_sentence_names_who_ruled_and_what_is_asked_for():
    ruling = {"tension": "t", "allows": True, "role": "Chair", "by": "p"}
    rule = {"tension": OPEN, "keep": True, "say": "contact.children", "args": {"role": {"ruling": "role"}}}
    assert only(rule, rulings=[ruling]).args == {"role": "Chair"}
    assert only(rule).args == {"role": ""}
    need = {
        "need": {"all": [{"way": "social"}, {"purpose": "other"}]},
        "ask_for": [{"what": "message_way", "of": "office"}, {"what": "message_purpose", "of": "office"}],
        "say": "contact.children",
        "args": {"what": {"asked": "what"}},
    }
    assert only(need, way="email", purpose="other").args == {"what": ["message_way"]}


@pytest.mark.parametrize("wrong", [{"fakt": "way"}, {"fact": "way", "among": "social"}, {"ruling": "role"}])
def test_what_goes_into_a_sentence_is_checked(wrong):
    with pytest.raises(BadCondition):
        says({"keep": True, "say": "contact.children", "args": {"what": wrong}})


def test_a_sentence_names_what_is_not_among_the_words_and_of_whom_it_is_asked():
    lacks = {"fact": "notes", "lacks": ["implications_note", "other"], "prefix": "note."}
    rule = {"keep": True, "say": "contact.children", "args": {"what": lacks}}
    assert only(rule, notes=["implications_note"]).args == {"what": ["note.other"]}
    need = {
        "need": {"all": [{"way": "social"}, {"purpose": "other"}]},
        "ask_for": [{"what": "message_way", "of": "office"}, {"what": "message_purpose", "of": "Head"}],
        "say": "contact.children",
        "args": {"who": {"asked": "of"}},
    }
    assert only(need, way="social", purpose="private").args == {"who": ["Head"]}


def test_a_duty_falls_due_only_where_its_condition_holds():
    duty = {"who": "office", "what": "fete_safe", "where": {"way": "social"}}
    rule = {"steps": [{"oblige": duty, "say": "message.to_group"}, {"keep": True}]}
    assert only(rule, way="social").kind is Kind.OBLIGES
    assert only(rule, way="email").kind is Kind.MET
    assert only(rule).needs[0].what == "message_way"


def test_each_part_may_be_judged_by_what_is_said_of_the_situation():
    rule = {
        "each": "channel_leaves",
        "when": {"way": "social", "written": {"stated_as": [True]}},
        "forbid": True,
        "say": "message.email_written",
    }
    assert only(rule, way="social", channel_leaves=[{"by": "a", "written": True}]).kind is Kind.FORBIDS
    assert only(rule, way="social").needs[0].what == "message_channel_leave"
    assert [*says(rule, way="email")] == []


def test_a_permission_may_rest_on_what_the_federation_chose():
    assert only({"permit": True, "say": "contact.children", "chosen": True}).chosen


def test_each_part_of_a_list_is_judged_by_itself():
    rule = Rule.model_validate({
        "each": "channel_leaves", "forbid": {"roles": {"includes": "SLT"}}, "say": "message.email_written",
    })  # fmt: skip
    evaluate = rule.for_facts(MessageSend)
    told = evaluate(
        MessageSend.model_validate({"channel_leaves": [{"by": "a"}, {"by": "b", "roles": ["SLT"]}]})
    )
    assert [(one.kind, one.about) for one in told] == [
        (Kind.MET, "channel_leaves[0]"),
        (Kind.FORBIDS, "channel_leaves[1]"),
    ]
    assert evaluate(MessageSend(channel_leaves=())) == []
    (asked,) = evaluate(MessageSend())
    assert asked.unknown


def test_a_sentence_takes_its_words_from_the_facts_and_waits_for_them():
    rule = {"forbid": True, "say": "contact.children", "args": {"day": {"fact": "host.until"}, "who": "x"}}
    evaluate = Rule.model_validate(rule).for_facts(Fete)
    (said,) = evaluate(Fete.model_validate({"host": {"until": "2027-05-05"}}))
    assert said.args == {"day": date(2027, 5, 5), "who": "x"}
    (asked,) = evaluate(Fete.model_validate({"host": {}}))
    assert asked.needs[0].what == "guest_until"


def test_a_fact_may_have_a_sentence_of_its_own_that_asks_for_it():
    evaluate = Rule.model_validate({"forbid": {"safe": False}, "say": "contact.children"}).for_facts(Fete)
    (asked,) = evaluate(Fete())
    assert (asked.message, asked.unknown) == ("message.email_written", True)


def test_what_is_not_there_is_asked_for_part_by_part():
    """Known or not, the answer names everything that is still to come, and nothing else."""
    rule = {
        "need": {"all": [{"host.name": {"known": True}}, {"host.comes": True}, {"safe": True}]},
        "ask_for": [{"what": what, "of": "office"} for what in ("guest_name", "guest_comes", "fete_safe")],
        "say": "contact.children",
    }
    evaluate = Rule.model_validate(rule).for_facts(Fete)
    seen = {"answer": True, "by": "a", "at": "2027-05-05T09:00:00Z", "of_this_version": True}
    (said,) = evaluate(Fete.model_validate({"host": {"name": "a", "comes": False}, "safe": seen}))
    assert ([need.what for need in said.needs], said.unknown) == (["guest_comes"], False)
    (said,) = evaluate(Fete.model_validate({"host": {"comes": True}, "safe": seen}))
    assert ([need.what for need in said.needs], said.unknown) == (["guest_name"], True)
    (said,) = evaluate(Fete())
    assert [need.what for need in said.needs] == ["guest_name", "guest_comes", "fete_safe"]
    (said,) = evaluate(Fete.model_validate({"host": {"name": "a", "comes": True}, "safe": seen}))
    assert said.kind is Kind.MET


def test_a_duty_is_due_by_the_time_that_a_fact_tells():
    rule = {
        "oblige": {"who": "office", "what": "fete_safe", "due": "clean_up_by"},
        "say": "contact.children",
        "chosen": True,
    }
    evaluate = Rule.model_validate(rule).for_facts(Fete)
    (said,) = evaluate(Fete.model_validate({"host": {"until": "2027-05-05"}}))
    assert (said.due, said.chosen) == (Due(day=date(2027, 5, 5)), True)
    (said,) = evaluate(Fete.model_validate({"host": {"comes": False}}))
    assert (said.due, said.chosen) == (Due.none_promised(), False)
    (said,) = evaluate(Fete())
    assert (said.kind, said.needs[0].what) == (Kind.REQUIRES, "fete_host")


def due_after(model, facts, **due):
    duty = {"oblige": {"who": "office", "what": "fete_safe", "due": due}, "say": "contact.children"}
    (said,) = Rule.model_validate(duty).for_facts(model)(model.model_validate(facts))
    return said


def test_a_duty_is_due_so_many_days_after_a_day():
    host = {"until": "2027-03-27"}
    assert due_after(Fete, {"host": host}, after="host.until", days=3).due == Due(day=date(2027, 3, 30))
    assert due_after(Fete, {"host": {}}, after="host.until", days=3).needs[0].what == "guest_until"


def test_a_duty_is_due_so_many_hours_after_a_time_whatever_the_clocks_do():
    told = {"told_at": "2027-03-28T00:30:00Z"}
    by_then = datetime(2027, 3, 28, 2, 30, tzinfo=UTC)
    assert due_after(PostingWithdraw, told, after="told_at", hours=2).due == Due(instant=by_then)
    assert due_after(PostingWithdraw, {}, after="told_at", hours=2).due == Due.none_promised()


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ({"after": "host.until", "hours": 3}, "host.until is no time"),
        ({"after": "host.name", "days": 3}, "host.name is no day"),
        ({"after": "host.untill", "days": 3}, "did you mean until"),
    ],
)
def test_a_duty_is_due_after_a_time_or_a_day_and_nothing_else(due, said):
    with pytest.raises(BadCondition, match=said):
        due_after(Fete, {}, **due)


@pytest.mark.parametrize(
    "due", [{"after": "day"}, {"after": "day", "days": 1, "hours": 1}, {"after": "day", "days": 0}]
)
def test_a_duty_is_due_after_one_number_of_hours_or_days(due):
    with pytest.raises(ValidationError):
        due_after(Fete, {}, **due)


# --- Wrong lines -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"when": {"way": "social"}}, "one of forbid, need"),
        ({"forbid": True, "permit": True, "say": "x"}, "one of forbid, need"),
        ({"forbid": True}, "forbid wants a sentence"),
        ({"forbid": True, "say": "x", "ask_for": {"what": "aim", "of": "applicant"}}, "ask_for"),
        ({"refer": True, "say": "x"}, "says who rules"),
        ({"forbidd": True, "say": "x"}, "forbidd"),
    ],
)
def test_a_rule_without_one_clear_verb_is_refused(rule, said):
    with pytest.raises(ValidationError, match=said):
        Rule.model_validate(rule)


def spoiled(key, old, new):
    text = to_yaml(book(key).pack)
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("in_public: true", "in_pubic: true", "did you mean in_public"),
        ("way: social", "way: socials", "did you mean social"),
        ("ask:\n  - message.send", "ask:\n  - message.sent", "message.sent"),
    ],
)
def test_a_pack_with_a_wrong_rule_is_refused_with_its_line(old, new, said):
    with pytest.raises(BadPack) as refused:
        from_yaml(spoiled("boroughbridge", old, new))
    assert said in refused.value.why
    assert "line" in refused.value.where
