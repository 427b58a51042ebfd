"""What the tests of this room share."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

import pytest
import pytest_socket

from schoolgate.core.clock import LONDON
from schoolgate.core.env import env
from schoolgate.core.models import Federation, School, Term
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import Then, open_duty
from schoolgate.duties.models import Due, Duty
from schoolgate.notices.models import ReadUpTo
from schoolgate.people.models import Person
from tests.cast import someone
from tests.notices.mails import Collected, mails_of

DAY = date(2027, 1, 19)


def london(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    """That time in London; January needs no summer time."""
    return datetime.combine(day, time(hour, minute), LONDON)


@pytest.fixture
def loopback(as_in_tests, private_hosts):
    """This machine may be spoken to."""
    private_hosts("localhost,127.0.0.1,[::1]")
    pytest_socket.enable_socket()
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


@pytest.fixture
def no_mail_in_surroundings(monkeypatch, home):
    """Nobody named an email server on this machine."""
    monkeypatch.delenv("SCHOOLGATE_DELIVER_FOR_REAL", raising=False)
    env.cache_clear()
    return home


@dataclass
class House:
    """Wildground with an administrator, a teacher and a second person; what happens in it, told by mail."""

    federation: Federation
    school: School
    ada: Person
    tess: Person
    sol: Person
    way: Collected = field(default_factory=Collected)
    count: int = 0

    def within(self):
        return scope(self.federation.pk)

    def duty(self, at: datetime, kind: str = "item.answer", **more) -> Duty:
        """Somebody has to do something; the teacher, where nobody else is said."""
        self.count += 1
        due = more.pop("due", Due.none_promised())
        if "role" not in more:
            more.setdefault("person", self.tess)
        with self.within():
            return open_duty(kind=kind, subject=f"inbox.item:{self.count}", at=at, due=due, **more)

    def mails(self, at: datetime):
        return mails_of(self.federation.pk, at, way=self.way)

    def told(self, at: datetime) -> list[tuple[str, str]]:
        """What went out now, as (to whom, the lines that tell)."""
        return [(letter.to_name, lines_of(letter.body)) for letter in self.mails(at)]


def lines_of(body: str) -> str:
    """What a mail lists."""
    return "; ".join(line for line in body.splitlines() if line.rpartition(": ")[2].isdigit())


@pytest.fixture
def house(new_house, at) -> House:
    """The round of this morning is over."""
    with new_house.within():
        ReadUpTo.objects.create(number=0, mornings_until=at)
    return new_house


@pytest.fixture
def new_house(make_federation) -> House:
    """A school with terms, and three people, of whom nothing was ever told."""
    federation = make_federation()
    with scope(federation.pk):
        school = School.objects.create(name="Wildground Juniors", slug="juniors")
        Term.objects.create(
            school=school, name="Spring", first_day=date(2027, 1, 4), last_day=date(2027, 2, 12)
        )
        return House(
            federation,
            school,
            ada=someone("Ada Hall", "slt"),
            tess=someone("Tess Moor", "staff"),
            sol=someone("Sol West", "staff"),
        )


def then(house: House) -> Then:
    """Sol comes second."""
    from schoolgate.duties.models import Basis

    return Then(Basis.HOUSE, person=house.sol)
