"""Abuse reported to SLT under Learn to Live's policy, on its pages."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import AbuseReport, Item
from schoolgate.networks.port import Ref
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.web.inboxes import NOW, incoming, seen
from tests.web.there import There
from tests.worlds import enter_federation, world


@world()
def comment_at_learn_to_live(at):
    """Learn to Live with a comment on its account, a moderator, an SLT member and a governor."""
    federation = enter_federation("learn-to-live", "learn-to-live")
    with scope(federation.pk):
        people = SimpleNamespace(
            head=someone("Hana Head", "headteacher"),
            mo=someone("Mo Moderates", "staff"),
            sue=someone("Sue Senior", "slt"),
        )
        adopt(by=people.head, at=at)
        school = School.objects.create(name="North", slug="north")
        account = account_on("facebook", school, at)
        comment = incoming("You are all useless.", network="facebook")
        post = Ref("facebook", "p1", "https://facebook.example/p1", "v1")
        ingest(at=at, account=account, items=[comment], root=post)
        item = Item.objects.get()
    return SimpleNamespace(federation=federation, item=item, people=people)


@pytest.fixture
def learn(in_world, sign_in):
    return There(**vars(in_world(comment_at_learn_to_live, NOW)), sign_in=sign_in)


def say(browser, item):
    given = {"do": "judge", "version": item.version, "judge-because": "improper"}
    return browser.post(reverse("item-found", args=[item.pk]), given, follow=True)


def read(browser, item):
    return browser.post(reverse("item-found", args=[item.pk]), {"do": "read"}, follow=True)


def test_what_is_found_improper_is_reported_to_slt_who_says_that_they_read_it(learn):
    html = seen(say(learn.mo, learn.item))
    assert "Reported to:" in html
    assert "Not read yet" in html
    assert "I’ve read this report" not in html
    assert "Deal with a comment that breaks the policy" in seen(learn.mo.get(reverse("today")))
    assert "Read a report of a comment" in seen(learn.sue.get(reverse("today")))
    page = seen(learn.sue.get(reverse("item", args=[learn.item.pk])))
    assert "You are all useless." in page
    assert "I’ve read this report" in page
    assert read(learn.mo, learn.item).status_code == 403, "only SLT"
    with scope(learn.federation.pk):
        assert AbuseReport.objects.get().read_at is None
    assert "Sue Senior" in seen(read(learn.sue, learn.item))
    assert "Read a report of a comment" not in seen(learn.sue.get(reverse("today")))


def test_hiding_it_by_hand_reports_it_with_its_evidence(learn):
    given = {"how": "hidden", "because": "improper", "version": learn.item.version}
    seen(learn.mo.post(reverse("item-sight", args=[learn.item.pk]), given, follow=True))
    page = seen(learn.sue.get(reverse("item", args=[learn.item.pk])))
    assert "Matches the record" in page
    assert "I’ve read this report" in page
