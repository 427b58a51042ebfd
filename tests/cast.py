"""People in roles, entered straight into their tables, for tests of the areas above."""

from datetime import UTC, date, datetime

from allauth.mfa.models import Authenticator

from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import current_scope
from schoolgate.people.models import LeadChange, Membership, Person, RoleAssignment, User

LONG_AGO = date(2020, 1, 1)
SINCE = datetime(2020, 1, 1, tzinfo=UTC)


def someone(
    name: str, *role_keys: str, relation: str = "staff", school: School | None = None, language: str = "en"
) -> Person:
    """A person of the federation in scope, who has signed in with a second step, holding these roles of its
    policy, everywhere or in one school."""
    email = f"{name.lower().replace(' ', '.')}.{current_scope().federation_id}@example.org"
    user = User.objects.create(email=email, password="!", last_login=SINCE)
    person = Person.objects.create(name=name, email=email, user=user, relation=relation, language=language)
    Membership.objects.create(user=user, federation_id=person.federation_id, person_id=person.pk, since=SINCE)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    for role_key in role_keys:
        give(person, role_key, school=school)
    return person


def lose_second_steps() -> None:
    """Take away the second steps of `someone`: they aren't sealed, so no key of the vault opens them."""
    Authenticator.objects.all().delete()


def someone_leads() -> None:
    """Let there be a deputy lead if no one leads on safeguarding: else the first post doesn't go out."""
    if not Safeguarder.objects.filter(ended_at=None).exists():
        Safeguarder.objects.create(place="deputy", person_id=someone("Dilys Deputy").pk, since=SINCE)


def let_go(person: Person, at: datetime) -> None:
    """Let two people have agreed that a safeguarding lead may go."""
    LeadChange.objects.create(person=person, place="goes", second=person, at=at, state="agreed", state_at=at)


def give(
    person: Person, role_key: str, *, school: School | None = None, managed: Person | None = None
) -> RoleAssignment:
    """Give a person a role, over the whole federation unless a school or a managed person is named."""
    kind = "school" if school else "line_manager_of" if managed else "federation"
    return RoleAssignment.objects.create(
        person=person, role_key=role_key, scope_kind=kind, school=school, managed=managed, from_day=LONG_AGO,
        leads_since=SINCE,
    )  # fmt: skip
