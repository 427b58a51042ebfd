"""A concern reported from a comment that is then locked: it's kept to the safeguarding leads with it."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import NotFound
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox.locking import lock_item, unlock_item
from schoolgate.inbox.seeing import item as item_by_id
from schoolgate.incidents import casework, gathering, handling, queries
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import new_mark
from schoolgate.incidents.reporting import disclose
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import decision_for
from schoolgate.reports.evidence import hidden_from
from tests.cast import someone
from tests.conftest import recorded
from tests.inbox.test_five_policies import inbox_of_one
from tests.incidents.conftest import OWNERS, wrong
from tests.publishing.five_policies import KEYS

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WORDS = "What should they wear?"
OPEN = ("open", "overdue")


class Told:
    """A comment, a concern reported from it, and the people. Dee leads on safeguarding; she passed the
    concern to Una, who runs things there, deals with it, and added evidence."""

    def __init__(self, inbox, key, at):
        self.federation = inbox.at_work.federation
        with scope(self.federation.pk):
            self.item, self.now, self.moderator = inbox.item, inbox.now, inbox.at_work.answerer
            self.on = self.now.date()
            self.dee, self.una = someone("Dee Lead", "staff"), someone("Una Deals", OWNERS[key])
            Safeguarder.objects.create(place="lead", person_id=self.dee.pk, since=at)

    def reported(self, **given):
        with scope(self.federation.pk):
            page = f"item-{self.item.pk}"
            return wrong(self.now, page=page, reporter=self.moderator, **given)

    def passed_to_una(self, report):
        with scope(self.federation.pk, self.dee.pk):
            handling.take(report=report, by=self.dee, at=self.now + MINUTE)
            handling.hand_on(report=report, by=self.dee, at=self.now + MINUTE, to=self.una)
        with scope(self.federation.pk, self.una.pk):
            when = self.now + 2 * MINUTE
            handling.take(report=report, by=self.una, at=when)
            said = {"said": WORDS, "source": "our page"}
            gathering.add_quotation(report=report, by=self.una, at=when, obtained_at=self.now, words=said)
        return report

    def lock(self, by=None):
        with scope(self.federation.pk):
            lock_item(by=by or self.moderator, at=self.now + HOUR, item=self.item)

    def give_back(self):
        with scope(self.federation.pk):
            unlock_item(
                by=self.dee, at=self.now + 2 * HOUR, item=item_by_id(self.item.pk), words="It was a joke."
            )

    def reads(self, person, report):
        """The copied words and the quotations that a person comes to on the concern's own pages."""
        with scope(self.federation.pk, person.pk):
            found = queries.report_for(person, report.pk, on=self.on)
            handling.open_report(report=found, by=person, at=self.now + 3 * HOUR)
            copies = [one.words["thing"]["texts"] for one in queries.steps_of(found)[:1]]
            quoted = [one.words["said"] for one in gathering.evidence_of(found)]
            return [text["text"] for texts in copies for text in texts], quoted

    def tasks(self, report, person):
        with scope(self.federation.pk):
            rows = Duty.objects.filter(subject=f"incidents.report:{report.pk}", state__in=OPEN, person=person)
            return sorted(rows.values_list("kind", flat=True))

    def its_decisions_and_its_rows_in_the_record_are_kept_from_una(self, report):
        with scope(self.federation.pk):
            about = {row.number for row in recorded() if row.subject == f"incidents.report:{report.pk}"}
            assert about <= set(hidden_from(self.una, on=self.on))
            assert not about & set(hidden_from(self.dee, on=self.on))
            kept = list(DecisionRecord.objects.filter(subject=f"incidents.report:{report.pk}"))
            assert kept
            for row in kept:
                with pytest.raises(NotFound):
                    decision_for(self.una, row.pk, on=self.on)

    def again(self, report):
        with scope(self.federation.pk):
            return Report.objects.get(pk=report.pk)


@pytest.fixture
def told(request, in_world, home, at):
    key = getattr(request, "param", "wildground")
    return Told(in_world(inbox_of_one, at, key).inbox, key, at)


EACH = pytest.mark.parametrize("told", KEYS, indirect=True)


@EACH
def test_until_the_comment_is_given_back_the_leads_alone_read_it_and_are_asked_to_deal_with_it(told):
    report = told.passed_to_una(told.reported())
    assert told.reads(told.una, report) == ([WORDS], [WORDS])
    assert told.tasks(report, told.una) == ["incidents.finish"]

    told.lock()

    with pytest.raises(NotFound):
        told.reads(told.una, report)
    assert told.reads(told.dee, report) == ([WORDS], [WORDS])
    with scope(told.federation.pk, told.una.pk):
        for rows in (queries.reports, queries.waiting, queries.taken_by):
            assert not rows(told.una, on=told.on).exists()
        # The database gives what was written to no one else.
        assert queries.steps_of(report)[0].words == {}
        assert gathering.evidence_of(report) == []
    assert told.tasks(report, told.una) == []
    assert "incidents.take" in told.tasks(report, told.dee)
    assert told.again(report).goes_up_at is not None
    told.its_decisions_and_its_rows_in_the_record_are_kept_from_una(report)

    told.give_back()
    assert told.tasks(report, told.una) == ["incidents.take"]
    assert told.reads(told.una, report) == ([WORDS], [WORDS])
    with scope(told.federation.pk, told.una.pk):
        handling.take(report=told.again(report), by=told.una, at=told.now + 3 * HOUR)
    assert told.again(report).taken_by_id == told.una.pk
    with scope(told.federation.pk):
        rows = [row.event for row in recorded() if row.subject == f"incidents.report:{report.pk}"]
    assert [one for one in rows if one in ("report.restricted", "report.given_back")] == [
        "report.restricted",
        "report.given_back",
    ]


def test_what_a_lead_took_meanwhile_stays_theirs(told):
    report = told.passed_to_una(told.reported())
    told.lock()
    with scope(told.federation.pk, told.dee.pk):
        handling.take(report=told.again(report), by=told.dee, at=told.now + HOUR + MINUTE)
    told.give_back()
    assert told.again(report).taken_by_id == told.dee.pk
    assert told.tasks(report, told.una) == []
    assert told.reads(told.una, report) == ([WORDS], [WORDS])


def test_a_lead_who_deals_with_it_goes_on(told):
    report = told.reported()
    with scope(told.federation.pk, told.dee.pk):
        handling.take(report=report, by=told.dee, at=told.now + MINUTE)
    told.lock()
    assert told.again(report).state == "taken"
    assert told.tasks(report, told.dee) == ["incidents.finish"]


def test_one_that_waits_for_a_second_person_to_close_it_waits_for_no_one_else(told):
    report = told.passed_to_una(told.reported(danger="yes"))
    with scope(told.federation.pk, told.una.pk):
        second = someone("Seth Second", OWNERS["wildground"])
        Report.objects.filter(pk=report.pk).update(state="closing", closes_first=told.una)
    told.lock()
    again = told.again(report)
    assert (again.state, again.closes_first) == ("handed_on", None)
    assert told.tasks(report, second) == []


@pytest.mark.parametrize("state", ["closed", "not_for_us"])
def test_one_that_has_ended_is_kept_to_the_leads_and_asks_no_one(told, state):
    report = told.passed_to_una(told.reported())
    with scope(told.federation.pk, told.una.pk):
        handling.end_report(
            report=report, by=told.una, at=told.now + 3 * MINUTE, words="It belongs to another school."
        )
        Report.objects.filter(pk=report.pk).update(state=state)
    told.lock()
    with pytest.raises(NotFound):
        told.reads(told.una, report)
    assert told.tasks(report, told.dee) == []
    told.give_back()
    assert told.reads(told.una, report) == ([WORDS], [WORDS])
    assert told.tasks(report, told.una) == []


def test_one_that_a_lead_kept_to_the_leads_stays_that_when_the_comment_is_given_back(told):
    report = told.reported()
    with scope(told.federation.pk, told.dee.pk):
        handling.take(report=report, by=told.dee, at=told.now + MINUTE)
        casework.restrict(report=report, by=told.dee, at=told.now + MINUTE)
    told.lock()
    told.give_back()
    assert told.again(report).restricted_at == told.now + MINUTE


def test_the_concern_that_is_made_with_the_lock_stays_with_the_leads(told):
    earlier = told.reported()
    with scope(told.federation.pk):
        made = disclose(by=told.moderator, at=told.now + HOUR, item=told.item, mark=new_mark())
    assert told.again(earlier).restricted_at == told.now + HOUR
    told.give_back()
    assert told.again(earlier).restricted_at is None
    assert told.again(made.report).restricted_at == told.now + HOUR


def test_a_concern_about_another_comment_or_none_stays_as_it_is(told):
    with scope(told.federation.pk):
        others = [wrong(told.now), wrong(told.now, page=f"post-{told.item.post_id}")]
    told.lock()
    assert [told.again(one).restricted_at for one in others] == [None, None]


@pytest.mark.parametrize("who", ["dee", "una"])
def test_no_one_takes_a_concern_about_a_lead_or_the_head_from_others_by_locking_the_comment(told, who):
    report = told.reported(about_people=[getattr(told, who)])
    told.lock(by=told.moderator)
    assert told.again(report).restricted_at is None


def test_the_reporter_still_sees_whether_someone_deals_with_it(told):
    report = told.reported()
    told.lock()
    with scope(told.federation.pk, told.moderator.pk):
        assert queries.reported_by(told.moderator).get() == report
