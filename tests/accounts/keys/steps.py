"""Who is there where keys of accounts are kept, and the steps that its tests share."""

from datetime import timedelta

from schoolgate.accounts.duty_kinds import CHANGE_KEY
from schoolgate.accounts.keys import keep_key, last_showing, show_key
from schoolgate.accounts.models import AccountKey, TeamMember
from schoolgate.core.clock import local_day
from schoolgate.duties.models import Duty
from schoolgate.people.models import RoleAssignment
from tests.conftest import recorded

PASSWORD = "brown-horse-73-Staple"
LETTERS = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def on_team(account, person, part, at):
    return TeamMember.objects.create(
        account=account, person=person, part=part, from_day=local_day(at - timedelta(days=30))
    )


def kept(cast, at, *, by=None, **more) -> AccountKey:
    given = {"kind": "password", "secret": PASSWORD, "the_schools_own": True, **more}
    return keep_key(account=cast.page, by=by or cast.joe, at=at, **given)


def shown(key, by, at):
    return show_key(key=key, by=by, at=at, seen=last_showing(key))


def events() -> list[str]:
    return [row.event for row in recorded()]


def standing(key) -> set[str]:
    rows = Duty.objects.filter(kind=CHANGE_KEY, subject=f"accounts.accountkey:{key.pk}", state="open")
    return {row.person.name if row.person else row.role_key for row in rows}


def give_for(person, account):
    return RoleAssignment.objects.create(
        person=person, role_key="administrator-moderator", scope_kind="account", account_id=account.pk,
        from_day=local_day(account.made_at),
    )  # fmt: skip
