"""What a concern is about is stopped from its own page, with one touch, as on the thing's own page."""

from datetime import UTC, datetime

from django.urls import reverse

from schoolgate.accounts.keys import keep_key
from schoolgate.accounts.models import KeyChange
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Moderation
from schoolgate.incidents import handling
from schoolgate.incidents.models import Report
from schoolgate.publishing.models import Delivery, Purpose
from tests.incidents.conftest import wrong
from tests.web.inboxes import came_in, wild
from tests.web.plain import check_page
from tests.web.test_inbox_sight import waiting

__all__ = ["came_in", "waiting", "wild"]


def concern(federation, person, reporter, **given) -> Report:
    at = datetime.now(UTC)
    with scope(federation.pk):
        report = wrong(at, reporter=reporter, **given)
    with scope(federation.pk, person.pk):
        handling.take(report=report, by=person, at=at)
    return report


def steps(federation, report) -> list[str]:
    with scope(federation.pk):
        return [one.kind for one in report.steps.order_by("pk") if one.kind.startswith("contain")]


def touch(browser, report, how, status=302, **more):
    page = browser.get(reverse("wrong-report", args=[report.pk])).content.decode()
    check_page(page, "en")
    answer = browser.post(reverse("wrong-contain", args=[report.pk]), {"how": how, **more})
    assert answer.status_code == status
    return page


def test_a_comment_is_hidden_with_the_policys_answer_and_both_steps_are_written(wild, waiting):
    report = concern(wild.federation, wild.people.sam, wild.people.amina, page=f"item-{waiting.pk}")
    assert "Hide the comment" in touch(wild.sam, report, "hide", because="improper")
    with scope(wild.federation.pk):
        assert Moderation.objects.get().decision
    assert steps(wild.federation, report) == ["containing", "contained"]


def test_a_post_is_taken_down_from_the_concern_about_it(stage):
    (delivery,) = stage.started()
    stage.advance(delivery)
    sam = stage.people["sam"]
    report = concern(stage.federation, sam, stage.people["amina"], page=f"post-{delivery.post_id}")
    assert "Take down the post" in touch(stage.browser("sam"), report, "take_down")
    with scope(stage.federation.pk):
        assert Delivery.objects.filter(purpose=Purpose.TAKE_DOWN).count() == 1
    assert steps(stage.federation, report) == ["containing", "contained"]


def test_the_keys_of_the_account_are_asked_to_be_changed_and_nothing_is_done_that_it_is_not_about(
    wild, came_in
):
    report = concern(wild.federation, wild.people.sam, wild.people.amina, page=f"item-{came_in('Hello').pk}")
    for how in ("take_down", "keys", "nonsense"):
        touch(wild.sam, report, how, status=422 if how == "nonsense" else 409)
    assert steps(wild.federation, report) == []

    with scope(wild.federation.pk):
        keep_key(
            by=wild.people.ben,
            at=datetime.now(UTC),
            account=wild.bluesky,
            kind="password",
            secret="Rain-4!",
            the_schools_own=True,
        )
    report = concern(wild.federation, wild.people.sam, wild.people.amina, page=f"account-{wild.bluesky.pk}")
    assert "Have the account’s passwords changed" in touch(wild.sam, report, "keys")
    with scope(wild.federation.pk):
        assert KeyChange.objects.count() == 1
