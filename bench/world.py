"""A federation to measure in: a policy in force, a school with its terms, people, an open account, a post."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from bench.database import connect_to, prepared

AT = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True)
class World:
    """Ids of what is there."""

    federation: int
    school: int
    account: int
    post: int
    person: int


@cache
def world() -> World:
    """Made once, in the database that copies are made of."""
    connect_to(prepared())
    from schoolgate.accounts.models import Account, TeamMember
    from schoolgate.core.calendars import set_calendar
    from schoolgate.core.models import Safeguarder, School
    from schoolgate.core.setting_up import add_federation
    from schoolgate.core.tenancy import scope
    from schoolgate.policy.adopting import adopt
    from schoolgate.publishing.models import Post

    federation = add_federation(slug="wild", name="Wildground", policy_key="wildground", languages=["en"])
    with scope(federation.pk):
        school = School.objects.create(name="Juniors", slug="juniors")
        set_calendar(
            school=school, at=AT,
            terms=[
                ("Autumn", date(2026, 9, 1), date(2026, 12, 18)),
                ("Spring", date(2027, 1, 4), date(2027, 3, 25)),
                ("Summer", date(2027, 4, 12), date(2027, 7, 20)),
            ],
        )  # fmt: skip
        sam, ben, amina = (someone(name, role) for name, role in PEOPLE)
        adopt(by=sam, at=AT)
        Safeguarder.objects.create(place="lead", person_id=sam.pk, since=AT)
        account = Account.objects.create(
            school=school, name="The school on bluesky", network="bluesky", handle="north.test",
            kind="school", visibility="open", pupils_in_audience=True, state="open", made_at=AT,
            opened_at=AT, opened_by=sam, setup={"says_who_runs_it": True},
        )  # fmt: skip
        for person, part in ((ben, "lead"), (sam, "runner")):
            TeamMember.objects.create(account=account, person=person, part=part, from_day=LONG_AGO)
        post = Post.objects.create(school=school, author=amina, state_at=AT, created_at=AT)
    return World(federation.pk, school.pk, account.pk, post.pk, sam.pk)


PEOPLE = (("Sam", "slt"), ("Ben", "lead-staff-member"), ("Amina", "staff"))


def someone(name: str, role: str) -> Any:
    """A person who holds this role everywhere."""
    from schoolgate.people.models import Membership, Person, RoleAssignment, User

    user = User.objects.create(email=f"{name.lower()}@example.org", password="!")
    person = Person.objects.create(name=name, email=user.email, user=user, relation="staff")
    Membership.objects.create(user=user, federation_id=person.federation_id, person_id=person.pk, since=AT)
    RoleAssignment.objects.create(person=person, role_key=role, scope_kind="federation", from_day=LONG_AGO)
    return person
