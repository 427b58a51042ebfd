"""An inbox with people and accounts around it, for the tests of its pages."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.accounts.connecting import client_for
from schoolgate.accounts.models import TeamMember
from schoolgate.core.calendars import set_calendar
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox import moderating
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import Item
from schoolgate.inbox.moderating import moderate
from schoolgate.networks.noticeboard.board import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.networks.contract import a_post
from tests.publishing.conftest import account_on
from tests.web.plain import check_page, shown_by
from tests.web.there import There
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


@world(inbox_of_wildground)
def comment_waiting(there, at) -> SimpleNamespace:
    """A visitor's comment on the noticeboard waits to be read."""
    there.waiting = waits(there, "Is there parking?")
    return there


@world(comment_waiting)
def comment_hidden(there, at) -> SimpleNamespace:
    """Ben hid it, because it's improper."""
    with scope(there.federation.pk):
        row = moderate(
            by=there.people.ben, at=at, item=there.waiting, how="hidden", because="improper",
            version=there.waiting.version, said={"relation": "other"},
        )  # fmt: skip
    moderating.advance(there.federation.pk, row.pk, clock=lambda: at)
    return there


def waits(there, text) -> Item:
    """A visitor's comment on the noticeboard, below a post of ours."""
    network = client_for(there.noticeboard)
    receipt = network.publish(a_post("Open day on Friday at ten."))
    with scope(there.federation.pk):
        leave_comment(post=NoticeboardPost.objects.get(), name="A parent", text=text, at=NOW)
    with scope(there.federation.pk):
        ingest(at=NOW, account=there.noticeboard, items=network.replies(receipt.ref), root=receipt.ref)
        return Item.objects.get(account=there.noticeboard)


FURTHEST = (("hidden", comment_hidden), ("waiting", comment_waiting))


@pytest.fixture
def wild(in_world, sign_in, request):
    """That inbox, as far on as what the test asks for; each of its people has a browser."""
    asked = request.fixturenames
    world = next((world for name, world in FURTHEST if name in asked), inbox_of_wildground)
    return There(**vars(in_world(world, NOW)), sign_in=sign_in)


@pytest.fixture
def waiting(wild) -> Item:
    """A visitor's comment on the noticeboard that waits to be read."""
    return wild.waiting


@pytest.fixture
def hidden(wild) -> Item:
    """The same, hidden by Ben."""
    return wild.waiting


@pytest.fixture
def came_in(wild):
    """`came_in("text", ...)`: something on the Bluesky account, an hour ago; the row that keeps it."""

    def enter(text=TEXT, *, account=None, **more) -> Item:
        account = account or wild.bluesky
        with scope(wild.federation.pk):
            each = incoming(text, **{"network": account.network, **more})
            ingest(at=NOW, account=account, items=[each])
            return Item.every.get(account=account, network_id=each.ref.id)

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
