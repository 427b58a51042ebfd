"""The policy is asked about giving out what staff shared on social networks as an answer is made."""

from contextlib import contextmanager

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.disclosure import Why
from schoolgate.core.errors import NotNow
from schoolgate.core.tenancy import scope
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord
from schoolgate.rights import answering, requests
from schoolgate.rights.answering import SHARED, record_disclosing
from schoolgate.rights.models import Found, Gathering, GatheringState
from tests.conftest import recorded
from tests.incidents.conftest import under
from tests.rights.asking import SECRET, entered

__all__ = ["under"]
POST, GROUP, COMMENT = "publishing.post", "inbox.groupmessage", "inbox.item"
CLAUSES = {
    ("learn-to-live", "access"): "learn-to-live-scope-5",
    ("learn-to-live", "information"): "learn-to-live-scope-6",
    ("llanidloes", "access"): "llanidloes-legislation-2",
    ("llanidloes", "information"): "llanidloes-legislation-3",
}
PRIVATE = {"learn-to-live": "learn-to-live-scope-9", "llanidloes": "llanidloes-legislation-6"}


@pytest.fixture
def asked(under, at):
    """`with asked("llanidloes", "access", [("publishing.post", "given")]) as request`: what was found for a
    request that was searched to the end."""

    @contextmanager
    def make(key, kind, found):
        federation, school = under(key)
        with scope(federation.pk):
            owner = Person.objects.get(name="Olive Owner")
            words = {"kind": kind, "received_on": local_day(at), "lead": owner, "school": school}
            request = requests.enter(by=owner, at=at, entered=entered(**words))
            row = Gathering.objects.create(
                request=request, by=owner, at=at, sought_ref=0, state=GatheringState.DONE, ended_at=at
            )
            for number, (place, decision) in enumerate(found, start=1):
                Found.objects.create(
                    request=request, gathering=row, place=place, number=number, why=Why.values[0],
                    decision=decision, exemption="others" if decision == "left_out" else "",
                    by=None if decision == "undecided" else owner,
                    decided_at=None if decision == "undecided" else at,
                )  # fmt: skip
            yield request

    return make


@pytest.mark.parametrize(("key", "kind"), CLAUSES)
def test_a_post_that_is_given_is_within_reach_of_the_law_that_was_used(asked, at, key, kind):
    with asked(key, kind, [(POST, "given"), (COMMENT, "given")]) as request:
        [kept] = record_disclosing(request, at=at)
        assert kept.clauses == [CLAUSES[key, kind]]
        assert kept.subject == f"rights.request:{request.pk}"


@pytest.mark.parametrize("key", PRIVATE)
def test_a_message_to_a_group_is_within_reach_though_it_is_private(asked, at, key):
    with asked(key, "access", [(GROUP, "covered")]) as request:
        [kept] = record_disclosing(request, at=at)
        assert PRIVATE[key] in kept.clauses


@pytest.mark.parametrize("found", [[], [(COMMENT, "given")], [(POST, "left_out")], [(GROUP, "undecided")]])
def test_what_staff_did_not_share_or_is_not_given_asks_nothing(asked, at, found):
    with asked("llanidloes", "access", found) as request:
        assert record_disclosing(request, at=at) == []


@pytest.mark.parametrize("key", ["wildground", "boroughbridge", "wootton"])
def test_a_policy_that_says_nothing_of_it_saves_nothing(asked, at, key):
    with asked(key, "access", [(POST, "given"), (GROUP, "given")]) as request:
        assert record_disclosing(request, at=at) == []
        assert not DecisionRecord.objects.filter(situation="record.disclose").exists()


@pytest.fixture
def searched(under, at):
    """`with searched("llanidloes") as request`: a request for which a post on the school's noticeboard was
    found, and nothing is decided yet."""

    @contextmanager
    def make(key):
        federation, school = under(key)
        with scope(federation.pk):
            owner = Person.objects.get(name="Olive Owner")
            NoticeboardPost.objects.create(
                school=school, key="abc", text=f"Well done, {SECRET}!", published_at=at, languages=["en"]
            )
            words = {"kind": "access", "received_on": local_day(at), "lead": owner, "school": school}
            request = requests.enter(by=owner, at=at, entered=entered(**words))
            row = requests.start_gathering(by=owner, at=at, request=request, lines=SECRET)
            while requests.gather_some(at=at, gathering=row.pk):
                pass
            yield request

    return make


def answers(request, at):
    return answering.make_answer(by=request.entered_by, at=at, request=request, language="en", letter="Dear")


def asked_events():
    return [one for one in recorded() if one.event == "rights.answer_asked"]


@pytest.mark.parametrize(
    ("key", "clauses"),
    [
        ("llanidloes", ["llanidloes-legislation-2"]),
        ("learn-to-live", ["learn-to-live-scope-5"]),
        ("wootton", []),
    ],
)
def test_making_the_answer_asks_the_policy_and_the_record_names_its_clauses(searched, at, key, clauses):
    with searched(key) as request:
        owner, rows = request.entered_by, list(request.found.values_list("pk", flat=True))
        assert list(request.found.values_list("place", flat=True)) == ["networks.noticeboardpost"]
        with pytest.raises(NotNow):
            answers(request, at)
        assert asked_events() == []
        assert not DecisionRecord.objects.filter(situation="record.disclose").exists()

        requests.decide(by=owner, at=at, request=request, rows=rows, decision="given")
        answers(request, at)
        [told] = asked_events()
        assert told.clauses == clauses
        kept = DecisionRecord.objects.filter(situation="record.disclose")
        assert [one.pk for one in kept] == ([told.decision] if clauses else [])


def test_an_answer_that_gives_no_post_asks_the_policy_nothing(searched, at):
    with searched("llanidloes") as request:
        rows = list(request.found.values_list("pk", flat=True))
        left = {"decision": "left_out", "exemption": "others"}
        requests.decide(by=request.entered_by, at=at, request=request, rows=rows, **left)
        answers(request, at)
        assert [one.clauses for one in asked_events()] == [[]]
        assert not DecisionRecord.objects.filter(situation="record.disclose").exists()


def test_every_place_of_what_staff_shared_is_one_that_is_searched():
    from schoolgate.core.disclosure import places

    assert set(SHARED) <= set(places())
