"""Check who confirms marks of an account, who handles a fake, and who looks after associated pages."""

from __future__ import annotations

from datetime import date

from schoolgate.accounts.models import Account, Fake, TeamMember
from schoolgate.core.errors import NotFound
from schoolgate.people.confined import not_meant
from schoolgate.people.holding import holders
from schoolgate.people.models import Person
from schoolgate.people.queries import assignments as assignments_of
from schoolgate.people.rules import check_capacity
from schoolgate.rulebook import Book, Decision


def named_role(decision: Decision | None, book: Book) -> str:
    """Return the key of the role that the policy itself assigns to handle a page in its name; empty where it
    names none."""
    for duty in decision.duties if decision else ():
        for role in book.roles:
            if role.name == duty.who:
                return role.key
    return ""


def role_for(named: str, book: Book, *, on: date) -> str:
    """Return the role that is asked to act: the one that the policy names, else the first administering role
    that a person holds. That second half is a rule of this program, and pages say so."""
    if named:
        return named
    administers = [role.key for role in book.pack.roles_with("administer")]
    return next((key for key in administers if holders(key, on=on)), administers[0])


def permission_for_associated_pages(book: Book) -> dict[str, str]:
    """Return, for each thing of ours (name, logo) that a Friends page may use only with permission, the role
    that gives it. A page that is not proposed has no form, so a signature can't replace the permission."""
    found: dict[str, str] = {}
    for bound in book.at("account.open", "name_and_logo"):
        given = [one for one in bound.stated("permissions") if one in bound.roles_named]
        found |= {thing: role for thing in bound.stated("covers") for role in given if thing not in found}
    return found


def check_may_handle(by: Person, fake: Fake, *, on: date) -> None:
    """Raise NotFound where it may be about the person, NotAllowed unless they have the role that the policy
    names, or administer where it names none."""
    if not Fake.objects.filter(not_meant("accounts.fake", by), pk=fake.pk).exists():
        raise NotFound
    if fake.role_key and assignments_of(by, on=on).filter(role_key=fake.role_key).exists():
        return
    check_capacity(by, "administer", on=on, school=fake.school, anywhere=fake.school is None)


def check_may_keep_register(by: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person administers somewhere in the federation: found pages and the pages
    of Friends are theirs to settle. A rule of this program."""
    check_capacity(by, "administer", on=on, anywhere=True)


def check_may_vouch(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person runs this account, or opens accounts there."""
    if TeamMember.objects.filter(account=account, person=by, to_day=None).exists():
        return
    check_capacity(by, "open_account", on=on, school=account.school, account=account)
