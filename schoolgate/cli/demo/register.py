"""The public register of an example federation: what shows an account is ours, a fake, a page of Friends."""

from schoolgate.accounts.models import Account, AccountState, AssociatedPage, Mark
from schoolgate.accounts.register import (
    enter_associated,
    give_code,
    permission_for_associated_pages,
    vouch_for_mark,
)
from schoolgate.accounts.unofficial import confirm_fake, report_fake, told_network
from schoolgate.cli.demo.stage import Stage
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import subject_of
from schoolgate.networks.capabilities import OURS
from schoolgate.people.actions import give_permission
from schoolgate.people.holding import holders
from schoolgate.people.models import Person
from schoolgate.policy.queries import book_in_scope

FAKE = "https://www.facebook.com/{slug}-tickets"
FRIENDS = "https://www.facebook.com/{slug}-friends"


def tell_register(stage: Stage) -> None:
    """Add a fake account that was reported and announced, a PTA page known to the school, a code in a
    profile."""
    keeper = stage.people[stage.cast.first.key]
    _proves(stage)
    _fake(stage, keeper)
    _friends(stage, keeper)


def _proves(stage: Stage) -> None:
    account = Account.objects.filter(state=AccountState.OPEN).exclude(network=OURS).first()
    if account is None:
        return
    opener = stage.who("opener")
    give_code(account=account, by=opener, at=stage.later(20))
    vouch_for_mark(account=account, by=opener, at=stage.later(5), mark=Mark.TEXT, there=True)


def _fake(stage: Stage, keeper: Person) -> None:
    fake = report_fake(
        at=stage.later(30),
        address=FAKE.format(slug=stage.schools[0].slug),
        words="It offers tickets for the summer fair and asks for card numbers.",
        school=stage.schools[0],
        where=lambda _account: "",
    )
    confirm_fake(fake=fake, by=keeper, at=stage.later(25), show_address=True)
    told_network(fake=fake, by=keeper, at=stage.later(10))


def _friends(stage: Stage, keeper: Person) -> None:
    school = stage.schools[0]
    page = enter_associated(
        by=keeper,
        at=stage.later(15),
        name=f"Friends of {school.name}",
        address=FRIENDS.format(slug=school.slug),
        school=school,
        purpose="Fairs and quiz nights that raise money for the school.",
        contact="The chair of the Friends, through the school office",
        uses_name=True,
        uses_logo=False,
    )
    _allow(stage, page)


def _allow(stage: Stage, page: AssociatedPage) -> None:
    """Written leave for the name, where this policy wants it, from the role that gives it."""
    book = book_in_scope()
    role = permission_for_associated_pages(book).get("name")
    if role is None:
        return
    at = stage.later(40)
    key = book.role(role).key
    give_permission(
        by=holders(key, on=local_day(at))[0], at=at, role_key=key, written=True, covers="name",
        subject=subject_of(page), from_day=local_day(at),
    )  # fmt: skip
