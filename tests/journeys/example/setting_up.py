"""Posts of the example federation brought, through the program's own actions, to where a journey begins."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from schoolgate.accounts.models import Account
from schoolgate.cli.demo.cast import give_second_step
from schoolgate.cli.demo.posts import ANSWERS, landscape
from schoolgate.core.clock import now
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.media.pictures import add_picture, store, take_in
from schoolgate.people.models import LeadState, Person
from schoolgate.policy.leads import agree_to_lead, may_agree, name_safeguarder
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import Post

ALT = "Green hills under a wide sky, with a line of coloured bunting across the top."


@contextmanager
def inside(house):
    """The scope of the example federation."""
    with scope(house.federation.pk):
        yield


def person(key: str) -> Person:
    """Somebody of the cast, inside the scope."""
    return Person.objects.get(email=f"{key}@wildground.example")


def leads(person: Person, *, by: Person, place: str = "lead") -> None:
    """Name a safeguarding lead or deputy, who sets up the second step that this asks for."""
    if person.pk == by.pk:  # named by others before the story begins: people don't name themselves
        Safeguarder.objects.filter(place=place, school=None, ended_at=None).update(ended_at=now())
        Safeguarder.objects.create(place=place, person_id=person.pk, since=now())
        give_second_step(person, at=now())
        return
    change = name_safeguarder(by=by, at=now(), person=person, place=place)
    if change.state == LeadState.ASKED:
        others = may_agree(change, at=now())
        agree_to_lead(by=others[0], at=now(), change=change, why="They lead on it at our school.")
    give_second_step(person, at=now())


def drafted(
    text: str,
    *networks: str,
    by: str = "priya",
    at: datetime | None = None,
    planned_at: datetime | None = None,
    picture: bool = False,
) -> Post:
    """A draft for Wildground Juniors, inside the scope."""
    at = at or now() - timedelta(minutes=5)
    school, author = School.objects.get(slug="wildground-juniors"), person(by)
    shown = []
    if picture:
        proven = take_in(landscape(ALT))
        shown = [add_picture(
            by=author, at=at, school=school, proven=proven, alt=ALT, shows_people=False, shows_pupils=False,
            digest=store(proven, federation_id=author.federation_id),
        )]  # fmt: skip
    accounts = [Account.objects.get(network=network, state="open") for network in networks]
    return draft_post(
        by=author, at=at, school=school, targets=[TargetText(account, text) for account in accounts],
        planned_at=planned_at, answers=ANSWERS, pictures=shown,
    )  # fmt: skip


def handed_in(text: str, *networks: str, by: str = "priya", at: datetime | None = None, **more: Any) -> Post:
    """The same, waiting for approval."""
    at = at or now() - timedelta(minutes=5)
    return submit_post(by=person(by), at=at, post=drafted(text, *networks, by=by, at=at, **more))


def approved(text: str, *networks: str, by: str = "tom", **more) -> Post:
    """The same, approved."""
    post = handed_in(text, *networks, **more)
    at = now() - timedelta(minutes=1)
    return approve_post(by=person(by), at=at, post=post, seen=queries.seen_now(post, at=at))


def state_of(house, post: Post) -> str:
    """Where a post stands now."""
    with inside(house):
        return queries.post(post.pk).state
