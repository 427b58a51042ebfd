"""A home that was restored, on a phone: what is to be looked at first is read, then it is released."""

from datetime import UTC, datetime, timedelta

from schoolgate.core.restored import awaiting_release
from schoolgate.core.tenancy import scope
from schoolgate.jobs.minutely import send_due
from schoolgate.publishing.models import Post
from schoolgate.reports.after_restore import look
from tests.restored import restore_here
from tests.web.posts_cast import NOW, TEXT
from tests.web.scriptless import bring_session, expect, open_context, wrong_with
from tests.working import do_jobs

HOUR = timedelta(hours=1)


def test_the_administrator_reads_what_is_to_be_looked_at_and_releases_it(
    own_database, stage, sign_in, cast, federation
):
    due = stage.approved(TEXT, "noticeboard", planned_at=NOW + HOUR)
    stage.submitted(TEXT, "facebook")
    restore_here(backup_at=NOW, at=NOW + 2 * HOUR, lost={str(federation.pk): 3})
    context = open_context()
    bring_session(context, sign_in(cast("Ada Min", "slt")))
    ada = context.new_page()
    ada.goto("/today")
    ada.get_by_role("link", name="See what to check first").click()
    expect(
        ada.get_by_text(
            "Schoolgate hasn’t checked with the networks yet. It takes a minute, then you can release it"
        )
    ).to_be_visible()
    expect(
        ada.get_by_text(
            "People who approve, reply or post by hand can’t see this list. Tell them what to check first."
        )
    ).to_be_visible()
    assert wrong_with(ada) == []

    look(clock=lambda: NOW + 2 * HOUR)
    ada.reload()
    assert wrong_with(ada) == []
    ada.get_by_role("link", name="Release restored installation").click()
    assert wrong_with(ada) == []
    ada.get_by_role("button", name="Release").click()
    expect(ada.get_by_text("Released. Schoolgate is working again.")).to_be_visible()
    assert wrong_with(ada) == []
    assert awaiting_release() is None
    send_due(NOW + 3 * HOUR)
    do_jobs(NOW + 3 * HOUR, clock=lambda: datetime.now(UTC))
    with scope(federation.pk):
        assert Post.objects.get(pk=due.pk).state == "not_sent"
