"""An inbox with people and accounts around it, for the tests of its pages."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.accounts.models import TeamMember
from schoolgate.core.calendars import set_calendar
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.actions import ingest
from schoolgate.inbox.models import Item
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.policy.actions import adopt
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.web.plain import check_page, shown_by
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
TEXT = "What should they wear?"
NASTY = "<img src=x onerror=alert(1)> \u202eabc مرحبا \x07"


def incoming(text=TEXT, *, key="c1", at=NOW - HOUR, network="bluesky", **more):
    ref = Ref(network, key, f"https://{network}.example/{key}", f"v{len(text)}")
    return IncomingItem(
        network=network,
        ref=ref,
        author=Author("did:1", "parent.test", "A Parent"),
        text=text,
        created_at=at,
        **more,
        attachments=(),
        visibility="public",
    )


@world()
def inbox_of_wildground(at) -> SimpleNamespace:
    """Wildground with an account on Bluesky, one by hand and the noticeboard, and people for them."""
    federation = enter_federation()
    with scope(federation.pk):
        people = SimpleNamespace(
            sam=someone("Sam Slater", "slt"),
            ben=someone("Ben Carter", "lead-staff-member"),
            amina=someone("Amina Khan", "staff"),
            mari=someone("Mari Lewis", "administrator-moderator"),
            gwen=someone("Gwen Governor", "federation-leadership-team"),
        )
        adopt(by=people.sam, at=at)
        school = School.objects.create(name="North", slug="north")
        around = at.date()
        set_calendar(
            school=school, at=at, terms=[("Now", around - timedelta(days=60), around + timedelta(days=60))]
        )
        accounts = {key: account_on(key, school, at) for key in ("bluesky", "facebook", "noticeboard")}
        for account in accounts.values():
            for person, part in ((people.ben, "lead"), (people.sam, "runner")):
                TeamMember.objects.create(account=account, person=person, part=part, from_day=around)
    return SimpleNamespace(federation=federation, school=school, people=people, **accounts)


@pytest.fixture
def wild(in_world, sign_in):
    """That inbox; each of its people has a browser."""
    there = in_world(inbox_of_wildground, NOW)
    for name, person in vars(there.people).items():
        setattr(there, name, sign_in(person))
    return there


@pytest.fixture
def came_in(wild):
    """`came_in("text", ...)`: something on the Bluesky account, an hour ago; the row that keeps it."""

    def enter(text=TEXT, *, account=None, **more) -> Item:
        account = account or wild.bluesky
        with scope(wild.federation.pk):
            each = incoming(text, **{"network": account.network, **more})
            ingest(at=NOW, account=account, items=[each])
            return Item.objects.get(account=account, network_id=each.ref.id)

    return enter


@pytest.fixture
def fresh(wild):
    """`fresh(row)`: the row as it stands now."""

    def read(row):
        with scope(wild.federation.pk):
            return type(row).objects.select_related(None).get(pk=row.pk)

    return read


def seen(response, status=200):
    html = response.content.decode()
    assert response.status_code == status, shown_by(html)[:600]
    check_page(html)
    return html
