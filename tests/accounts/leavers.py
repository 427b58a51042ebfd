"""Somebody leaves who is on an account's team, for the tests of what follows."""

from datetime import timedelta

import pytest

from schoolgate.accounts.models import Account, Handover, TeamMember
from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.people.leaving import act_on_leavings, record_departure
from tests.cast import someone
from tests.conftest import deliver_all

DAY = timedelta(days=1)


class House:
    """One federation, entered and left as the program does, so that what follows an event can follow."""

    def __init__(self, at_federation, key, at):
        self.at, self.on, self._enter = at, local_day(at), at_federation
        with at_federation(key) as cast:
            self.cast, self.id = cast, current_scope().federation_id
            self.head = cast.owner

    def account(self, *team, part="lead", name="Year 4", **more):
        account = Account.objects.create(
            school=self.cast.school, name=name, network="noticeboard", kind="school", state="open",
            made_at=self.at, opened_at=self.at, opened_by=self.head, **more,
        )  # fmt: skip
        for person in team:
            TeamMember.objects.create(account=account, person=person, part=part, from_day=self.on)
        return account

    def leaves(self, person, *, days=0, by=None):
        with scope(self.id):
            person.refresh_from_db()
            record_departure(by=by or self.head, at=self.at, person=person, left_on=self.on + days * DAY)
        return self.happens()

    def happens(self, *, days=0):
        deliver_all(self.id, self.at + days * DAY)

    def day_comes(self, days):
        with scope(self.id):
            act_on_leavings(at=self.at + days * DAY)
        self.happens(days=days)

    def handover(self, **which):
        return Handover.objects.select_related("account__school", "leaver", "successor").get(**which)


@pytest.fixture
def house(at_federation, at):
    return lambda key: House(at_federation, key, at)


@pytest.fixture
def wildground(house):
    home = house("wildground")
    with scope(home.id):
        home.priya = someone("Priya Nair", "staff", "lead-staff-member")
        home.joe = someone("Joe Lister", "administrator-moderator")
        home.tom = someone("Tom Ellery", "staff")
        home.forest = home.account(home.priya)
    return home
