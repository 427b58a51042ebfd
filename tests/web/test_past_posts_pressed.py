"""Old posts brought on a phone by who leads the account, and searched by a colleague at a desk."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.urls import reverse

from schoolgate.accounts.models import TeamMember
from schoolgate.core.tenancy import scope
from schoolgate.publishing import past_import
from schoolgate.publishing.models import PastImport
from tests.networks.archives.makers import tweet
from tests.publishing.conftest import account_on
from tests.publishing.past.conftest import archive
from tests.web.posts_cast import NOW, Stage
from tests.web.scriptless import bring_session, expect, open_context, wrong_with


def worker(stage: Stage) -> None:
    """The worker's turn."""
    with scope(stage.federation.pk):
        newest = PastImport.objects.latest("pk").pk
    for work in (past_import.read, past_import.take):
        work(stage.federation.pk, newest, clock=lambda: datetime.now(UTC))


def test_old_posts_are_brought_on_a_phone_and_found_at_a_desk(stage: Stage, tmp_path: Path):
    with scope(stage.federation.pk):
        x = account_on(
            "x", stage.school, NOW, name="Juniors on X", handle="oakwood", address="https://x.com/oakwood"
        )
        TeamMember.objects.create(account=x, person=stage.people["ben"], part="lead", from_day=NOW.date())
    file = tmp_path / "twitter.zip"
    said = [tweet(1, "Our Côr sings on Friday", lang="cy"), tweet(2, "Sports day"), tweet(3, "RT @pat: x")]
    file.write_bytes(archive(*said, handle="oakwood_primary"))
    with open_context() as context:
        bring_session(context, stage.browser("ben"))
        page = context.new_page()
        page.goto(reverse("account", args=[x.pk]))
        page.get_by_text("Posts from before Schoolgate", exact=True).click()
        page.get_by_role("link", name="Import the network’s download").click()
        assert wrong_with(page) == []
        page.get_by_label("Download file").set_input_files(file)
        page.get_by_role("button", name="Preview the file").click()
        expect(page.get_by_text("Reading the file")).to_be_visible()
        worker(stage)
        page.get_by_role("link", name="Check again").click()
        expect(page.get_by_text("The file says it belongs to another account")).to_be_visible()
        assert wrong_with(page) == []
        page.locator("input[type=date]").fill(f"{NOW:%Y-%m-%d}")
        page.get_by_role("button", name="Import these posts").click()
        expect(page.get_by_text("Say how you know these are this account’s posts.").first).to_be_visible()
        assert wrong_with(page) == []
        page.get_by_label("How do you know these are this account’s posts?").fill(
            "We were called that until March."
        )
        page.get_by_role("button", name="Import these posts").click()
        worker(stage)
        page.get_by_role("link", name="Check again").click()
        expect(page.get_by_text("2 new posts imported")).to_be_visible()
        assert wrong_with(page) == []
    with open_context() as context:
        bring_session(context, stage.browser("amina"))
        page = context.new_page()
        page.goto(reverse("posts"))
        page.get_by_role("link", name="Before Schoolgate", exact=True).click()
        page.get_by_label("Words").fill("cor fri")
        page.get_by_role("main").get_by_role("button", name="Search").click()
        expect(page.get_by_text("Our Côr sings on Friday")).to_be_visible()
        expect(page.get_by_text("Sports day")).not_to_be_visible()
        assert "cor" not in page.url
        assert wrong_with(page) == []
