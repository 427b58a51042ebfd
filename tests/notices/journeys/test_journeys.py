"""How many mails each journey makes: exactly these, to whom, of which kind."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from schoolgate.accounts.deciding import decide_proposal
from schoolgate.accounts.proposing import submit_proposal
from schoolgate.core.calendars import set_calendar
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.duties.actions import sweep
from schoolgate.inbox.replying import write_answer
from schoolgate.notices.models import ReadUpTo
from schoolgate.people.leaving import record_departure
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_post, submit_post
from tests.accounts.conftest import case, drafted, ready, seen
from tests.cast import someone_leads
from tests.inbox.test_answering import SAID
from tests.notices.conftest import lines_of, london
from tests.notices.mails import Collected, mails_of

HOUR = timedelta(hours=1)
TOMORROW = london(7, 30, date(2027, 1, 20))


class Post:
    """What the people of the federation in scope get, one look after the other."""

    def __init__(self) -> None:
        self.way = Collected()

    def comes(self, at: datetime) -> Counter:
        """Everything that goes out by now, as (to whom, what); being asked to read the policy is left out."""
        found = mails_of(current_scope().federation_id, at, way=self.way)
        said = Counter((one.to_name, lines_of(one.body) or one.subject.partition(": ")[2]) for one in found)
        return Counter({each: n for each, n in said.items() if "read our social media policy" not in each[1]})

    def begin(self, at: datetime) -> "Post":
        """Leave behind what the beginning of the federation itself brings."""
        ReadUpTo.objects.update_or_create(defaults={"number": 0, "mornings_until": at})
        self.comes(at)
        return self


def at_work(school, at):
    year = [("Spring", date(2027, 1, 4), date(2027, 3, 25))]
    set_calendar(school=school, at=at, terms=year)


def test_a_post_approved_and_published(cast, draft, at):
    at_work(cast.school, at)
    someone_leads()
    mail = Post().begin(at)
    post = submit_post(by=cast.amina, at=at, post=draft())
    assert mail.comes(at) == {}, "an approval without a time waits for the morning"
    may_approve = ("Ben Carter", "Sam Slater", "Opener of bluesky", "Opener of facebook")
    assert mail.comes(TOMORROW) == dict.fromkeys(
        ((name, "Posts that need approval: 1") for name in may_approve), 1
    )
    approve_post(by=cast.ben, at=TOMORROW, post=post, seen=queries.seen_now(post, at=TOMORROW))
    assert mail.comes(TOMORROW + HOUR) == {}


def test_a_proposal_decided(at_federation, at):
    from tests.cast import someone

    with at_federation("wildground") as here:
        amina, bryn = someone("Amina Khan", "staff"), someone("Bryn Ellis", "staff", "lead-staff-member")
        someone("Mari Lewis", "administrator-moderator")
        at_work(here.school, at)
        for person in (amina, bryn):
            ready(person, here.version, trained_by=here.owner, at=at)
        mail = Post().begin(at)
        answers = case(amina, bryn)
        proposal = drafted(amina, at, school=here.school, answers=answers)
        submit_proposal(proposal=proposal, by=amina, at=at)
        assert mail.comes(at) == {}
        assert mail.comes(TOMORROW) == {
            ("Olwen Price", "Proposals and requests waiting for a decision: 1"): 1
        }
        decide_proposal(proposal=proposal, by=here.owner, at=TOMORROW, approve=True, seen=seen(proposal))
        assert mail.comes(TOMORROW + HOUR) == {}, "what is to be set up waits for the next morning"


def test_a_comment_answered(cast, comment, drive_answer, at):
    with scope(cast.federation.pk):
        mail = Post().begin(at + HOUR)
        answer = write_answer(
            by=cast.ben,
            at=at + 2 * HOUR,
            item=comment,
            text="Their PE kit.",
            version=comment.version,
            said=SAID,
        )
        drive_answer(answer, now=at + 2 * HOUR)
        assert mail.comes(at + 3 * HOUR) == {}
        assert not any("Comments" in lines for _name, lines in mail.comes(TOMORROW))


def test_a_comment_that_nobody_answers_goes_to_the_first_and_the_second_at_once(cast, comment, at):
    from schoolgate.duties.models import Duty

    with scope(cast.federation.pk):
        mail = Post().begin(at + HOUR)
        duty = Duty.objects.get(kind="item.answer")
        late = duty.due_by + timedelta(minutes=1)
        mail.comes(late - HOUR)  # the morning mail of that day
        sweep(at=late)
        assert mail.comes(late) == {
            ("Ben Carter", "Overdue. Comments and messages to deal with: 1"): 1,
            ("Sam Slater", "Passed to you because it is overdue. Comments and messages to deal with: 1"): 1,
        }
        assert mail.comes(late + HOUR) == {}


def test_a_leaver_gets_nothing_more_and_their_mail_goes_nowhere(cast, draft, at):
    at_work(cast.school, at)
    someone_leads()
    mail = Post().begin(at)
    submit_post(by=cast.amina, at=at, post=draft())
    record_departure(by=cast.sam, at=at, person=cast.ben, left_on=at.date())
    went = mail.comes(at) + mail.comes(TOMORROW)
    assert [each for each in went if each[0] == "Ben Carter"] == []


def test_an_invitation_is_one_mail_and_a_second_one_another(house, at):
    from schoolgate.people.persons import add_person, invite

    with house.within():
        dan = add_person(by=house.ada, at=at, name="Dan", email="dan@school.example", relation="staff")
        invite(by=house.ada, at=at, person=dan)
    assert [(letter.to_name, letter.subject) for letter in house.mails(at)] == [
        ("Dan", "Wildground: choose your password")
    ]
    assert house.mails(at + HOUR) == []
    with house.within():
        invite(by=house.ada, at=at + HOUR, person=dan)
    first, second = house.mails(at + HOUR) + house.way.letters[:1]
    assert first.body != second.body, "another link"


@pytest.fixture(autouse=True)
def _own_home(home):
    """Keys and files of these journeys lie in a home of their own."""
