"""What the program itself knows of a post for ready rules: tags, leavers, consents, when it goes out."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.core.models import Term
from schoolgate.core.tenancy import scope
from schoolgate.publishing.author_questions import asked_of_author
from schoolgate.publishing.facts import facts_of
from schoolgate.publishing.permissions import OnRecord
from schoolgate.publishing.planning import when_it_goes_out
from schoolgate.pupils.models import Consent, Pupil
from schoolgate.rulebook import decide
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.trying import CLAUSE, book_with_alone
from tests.publishing.five_policies import CHILD, federation_at_work
from tests.publishing.test_pupils_in_posts import agreed, pupil, showing


@pytest.fixture
def at_work(in_world, home, at):
    found = in_world(federation_at_work, at, "wildground").at_work
    with scope(found.federation.pk):
        yield found


def facts(post, at_work):
    ((_target, found),) = facts_of(post, at=at_work.at)
    return found


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Well done to all!", "no_one"),
        ("Write to office@north.example with questions.", "no_one"),
        ("Thank you @jane_davies for the cakes.", None),
        ("Diolch @museum.example!", None),
        ("@dosbarth3", None),
    ],
)
def test_a_text_that_names_no_account_tags_no_one_and_of_another_its_author_is_asked(at_work, text, known):
    post = at_work.draft(text=text, answers={})
    assert facts(post, at_work).tagged == known
    post = at_work.draft(text=text, answers={"tagged": "parent"})
    assert facts(post, at_work).tagged == (known or "parent")


def test_who_has_left_and_when_consent_was_given_is_read_from_the_schools_list(at_work):
    here, left = agreed(at_work, "Ava"), agreed(at_work, "Ben")
    Pupil.objects.filter(pk=left.pk).update(left_on=at_work.at.date())
    (ava, ben) = facts(showing(at_work, here, Pupil.objects.get(pk=left.pk)), at_work).people
    assert (ava.left_school, ben.left_school) == (False, True)
    assert [one.given_on for one in ava.consents] == [at_work.at.date() - timedelta(days=30)]


@pytest.mark.parametrize(("born", "known"), [("2013-01-19", 14), ("2013-01-20", 13), (None, None)])
def test_how_old_a_pupil_is_then_is_read_from_the_schools_list(at_work, born, known):
    ava = agreed(at_work, "Ava")
    Pupil.objects.filter(pk=ava.pk).update(born_on=born)
    (ava,) = facts(showing(at_work, Pupil.objects.get(pk=ava.pk)), at_work).people
    assert ava.age == known


@pytest.mark.parametrize(("ago", "answer"), [(10, True), (800, False)])
def test_consent_of_the_schools_list_counts_from_the_day_it_was_given(at_work, ago, answer):
    ready = ready_rules()["consent_renewed"]
    book = book_with_alone(ready, {"every": "years", "number": 1})
    ava = pupil(at_work, "Ava")
    Consent.objects.create(
        pupil=ava, use="picture", answer="given", giver="parent", form="paper", by=at_work.owner,
        at=at_work.at, from_day=at_work.at.date() - timedelta(days=ago),
    )  # fmt: skip
    decision = decide(book, "post.publish", facts(showing(at_work, ava), at_work))
    (found,) = [one for one in decision.findings if CLAUSE in one.clauses]
    assert (str(found.kind) == "met") is answer


@pytest.mark.parametrize("answer", [True, False])
def test_of_people_who_were_not_chosen_from_a_list_the_author_answers_once_for_all(at_work, answer):
    ((child,),) = (facts(at_work.draft(shows=CHILD, answers={}), at_work).people,)
    assert (child.left_school, child.consents[0].renewed) == (None, None)
    answers = {"shows_leaver": answer, "consent_renewed": not answer}
    (child,) = facts(at_work.draft(shows=CHILD, answers=answers), at_work).people
    assert (child.left_school, child.consents[0].renewed) == (answer, not answer)


@pytest.mark.parametrize(
    ("planned", "weekend", "school_day", "time"),
    [
        (datetime(2027, 1, 23, 9, tzinfo=UTC), True, False, 900),
        (datetime(2027, 1, 21, 23, 59, tzinfo=UTC), False, True, 2359),
        (datetime(2027, 4, 2, 6, 30, tzinfo=UTC), False, None, 730),
        (datetime(2027, 2, 17, 12, tzinfo=UTC), False, False, 1200),
        (datetime(2020, 1, 1, tzinfo=UTC), False, True, 1030),
    ],
    ids=["saturday", "late on a thursday", "after the terms, in summer time", "half-term", "overdue: now"],
)
def test_a_post_goes_out_when_it_is_planned_or_now(at_work, planned, weekend, school_day, time):
    Term.objects.all().delete()
    for first, last in (("2027-01-05", "2027-02-12"), ("2027-02-22", "2027-03-25")):
        Term.objects.create(school=at_work.school, name=first, first_day=first, last_day=last)
    post = at_work.draft(answers={})
    post.planned_at = planned
    found = when_it_goes_out(post, at=at_work.at)
    assert found == {"at_weekend": weekend, "on_school_day": school_day, "time_of_day": time}


def test_the_hour_is_read_only_where_the_policy_has_a_rule_on_it(at_work, monkeypatch):
    post = at_work.draft(answers={})
    assert facts(post, at_work).time_of_day is None
    asks = OnRecord.asks
    monkeypatch.setattr(OnRecord, "asks", lambda self, point: point == "posting_hours" or asks(self, point))
    assert facts(post, at_work).time_of_day == 1030


def test_under_a_policy_without_these_rules_no_author_is_asked_about_them(at_work):
    asked = asked_of_author(at_work.draft(text="@someone", answers={}), at=at_work.at)
    assert not {"trip", "shows_trip_place", "tagged", "political", "shows_leaver", "consent_renewed"} & {
        *asked
    }


@pytest.mark.parametrize(
    ("key", "text", "shows", "asked", "fine", "not_fine"),
    [
        ("trips", "Hello.", None, {"trip"}, {"trip": "over"}, {"trip": "under_way"}),
        ("trips", "Hello.", None, {"trip"}, {"trip": "none"}, {"trip": "to_come", "shows_trip_place": True}),
        ("no_politics", "Hello.", None, {"political"}, {"political": False}, {"political": True}),
        (
            "no_advertising", "Candles, 10% off", None, {"promotes", "promotes_outside"},
            {"promotes": False, "promotes_outside": False}, {"promotes": True, "promotes_outside": False},
        ),
        (
            "no_advertising", "Sponsor Kim’s run", None, {"promotes", "promotes_outside"},
            {"promotes": False, "promotes_outside": False}, {"promotes": False, "promotes_outside": True},
        ),
        (
            "no_personal_views", "I say.", None, {"personal_view"}, {"personal_view": False},
            {"personal_view": True},
        ),
        (
            "no_personal_details", "Aged 9, of 4B", None, {"tells_details"}, {"tells_details": False},
            {"tells_details": True},
        ),
        ("no_tags", "Hello @jane", None, {"tagged"}, {"tagged": "organisations"}, {"tagged": "staff"}),
        ("no_tags", "Hello.", None, set(), {}, None),
        (
            "leavers_pictures", "Hello.", CHILD, {"shows_leaver"}, {"shows_leaver": False},
            {"shows_leaver": True},
        ),
        (
            "consent_renewed", "Hello.", CHILD, {"consent_renewed"}, {"consent_renewed": True},
            {"consent_renewed": False},
        ),
    ],
)  # fmt: skip
def test_an_author_is_asked_what_the_rule_needs_and_its_answer_settles_it(
    at_work, monkeypatch, key, text, shows, asked, fine, not_fine
):
    ready = ready_rules()[key]
    book = book_with_alone(ready, ready.defaults)
    monkeypatch.setattr(
        "schoolgate.publishing.author_questions.verdicts",
        lambda situation, found, on: [decide(book, situation, one, on=on) for one in found],
    )
    assert {*asked_of_author(at_work.draft(text=text, shows=shows, answers={}), at=at_work.at)} == asked

    def said(answers):
        post = at_work.draft(text=text, shows=shows, answers=answers)
        found = decide(book, "post.publish", facts(post, at_work)).findings
        return {str(one.kind) for one in found if CLAUSE in one.clauses}

    assert said(fine) == {"met"}
    assert not_fine is None or said(not_fine) & {"forbids", "requires"}
