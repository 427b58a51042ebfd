"""The button that undoes an act of a moment ago, and that both stay on record."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.models import LedgerRow
from schoolgate.core.moves import UNDO_FOR
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox.replying import close_item, open_closed_item
from schoolgate.publishing.approving import send_back, submit_post
from schoolgate.publishing.drafting import withdraw_post
from schoolgate.publishing.starting import take_back_approval, take_back_post, take_up_withdrawn_post
from schoolgate.publishing.taking_down import take_down
from tests.stories import rolled_back
from tests.web.inboxes import NOW as INBOX_NOW
from tests.web.inboxes import came_in, fresh, wild
from tests.web.posts_cast import NOW

__all__ = ["came_in", "fresh", "wild"]

DAY = timedelta(days=1)
SOON, LATER = UNDO_FOR, UNDO_FOR + timedelta(seconds=1)


def press_undo(browser, response):
    """Follow a redirect, and press the button of the message there."""
    html = browser.get(response.url).content.decode()
    assert "Undo" in html
    address = html.split('class="sg-undo" method="post" action="')[1].split('"')[0]
    form = html.split('class="sg-undo"')[1].split("</form>")[0]
    fields = {
        each.split('name="')[1].split('"')[0]: each.split('value="')[1].split('"')[0]
        for each in form.split("<input")[1:]
    }
    done = browser.post(address, {k: v for k, v in fields.items() if k != "csrfmiddlewaretoken"})
    assert done.status_code == 302, done.content.decode()[:500]
    return browser.get(done.url).content.decode()


def standing(federation, *kinds):
    with scope(federation.pk):
        rows = Duty.objects.filter(state__in=["open", "overdue"], kind__in=kinds).order_by("pk")
        return [(duty.kind, duty.role_key, duty.due_at) for duty in rows]


def events(federation) -> list[str]:
    with scope(federation.pk):
        return list(LedgerRow.objects.order_by("number").values_list("event", flat=True))


# --- The inbox


def test_what_was_closed_is_opened_again_with_the_time_it_had(wild, came_in, fresh):
    item = came_in()
    before = standing(wild.federation, "item.answer")

    closed = wild.ben.post(f"/inbox/{item.pk}/close", {"reason": "spam"})
    assert wild.amina.post(f"/inbox/{item.pk}/open-again").status_code == 404
    assert wild.gwen.post(f"/inbox/{item.pk}/open-again").status_code == 403
    assert fresh(item).state == "closed", "who may not answer opens nothing again"
    html = press_undo(wild.ben, closed)

    assert "Undone. It’s open again, with the same deadline." in html
    assert fresh(item).state == "open"
    assert standing(wild.federation, "item.answer") == before != []
    assert [each for each in events(wild.federation) if each in ("item.closed", "item.reopened")] == [
        "item.closed",
        "item.reopened",
    ]


def test_what_was_closed_long_ago_is_not_opened_by_one_touch(wild, came_in):
    item = came_in()
    with scope(wild.federation.pk):
        close_item(by=wild.people.ben, at=INBOX_NOW, item=item, reason="spam")
        with pytest.raises(NotNow, match="too late to undo"):
            open_closed_item(by=wild.people.ben, at=INBOX_NOW + LATER, item=item)
        assert open_closed_item(by=wild.people.ben, at=INBOX_NOW + SOON, item=item).state == "open"


def test_what_was_said_to_be_a_complaint_is_said_anew(wild, came_in, fresh):
    item = came_in()

    press_undo(wild.ben, wild.ben.post(f"/inbox/{item.pk}/kind", {"kind": "complaint"}))

    assert fresh(item).kind == "comment"


# --- Posts


def test_what_was_handed_in_is_a_draft_again_and_nobody_is_asked(stage):
    post = stage.draft()
    amina = stage.browser("amina")

    html = press_undo(amina, amina.post(reverse("post-submit", args=[post.pk])))

    assert "It’s a draft again" in html
    assert "Sending for approval undone" in html
    assert stage.read(post).state == "draft"
    assert standing(stage.federation, "post.approve") == []
    assert "post.taken_back" in events(stage.federation)


def test_after_a_while_what_was_handed_in_stays(stage):
    post, amina = stage.submitted(), stage.people["amina"]
    with scope(stage.federation.pk):
        with pytest.raises(NotNow, match="too late to undo"):
            take_back_post(by=amina, at=NOW + LATER, post=stage.read(post))
        assert take_back_post(by=amina, at=NOW + SOON, post=stage.read(post)).state == "draft"


def test_a_post_that_was_sent_back_is_asked_for_again_when_its_handing_in_is_undone(stage):
    post, amina, ben = stage.submitted(), stage.people["amina"], stage.people["ben"]
    with scope(stage.federation.pk):
        sent_back = send_back(by=ben, at=NOW, post=post, reason="Shorter, please.")
        handed_in = submit_post(by=amina, at=NOW + timedelta(minutes=1), post=sent_back)
        take_back_post(by=amina, at=NOW + timedelta(minutes=2), post=handed_in)

    assert [kind for kind, *_ in standing(stage.federation, "post.put_right", "post.approve")] == [
        "post.put_right"
    ]


def test_an_approval_is_taken_back_while_nothing_was_sent(stage):
    post = stage.submitted()
    ben = stage.browser("ben")
    page = ben.get(reverse("post", args=[post.pk]))

    approved = ben.post(reverse("post-approve", args=[post.pk]), {"seen": page.context["seen"]})
    assert stage.browser("cara").post(reverse("post-approval-take-back", args=[post.pk])).status_code == 403
    assert stage.read(post).state == "approved", "who approves nothing here withdraws none"
    html = press_undo(ben, approved)

    assert "Undone. It needs approval again and won’t be posted." in html
    assert "Approval withdrawn" in html
    assert "something changed" not in html
    assert stage.read(post).state == "submitted"
    assert standing(stage.federation, "post.approve") != []
    assert "post.approval_taken_back" in events(stage.federation)


def test_others_who_approve_here_withdraw_it_too_and_the_author_gets_a_draft(stage):
    """However long ago it was given."""
    post = stage.approved(planned_at=NOW + timedelta(days=2))
    for name, at, state in (
        ("ben", NOW + DAY, "submitted"), ("sam", NOW, "submitted"), ("amina", NOW, "draft"),
    ):  # fmt: skip
        with rolled_back():
            with scope(stage.federation.pk):
                taken = take_back_approval(by=stage.people[name], at=at, post=stage.read(post))
            assert taken.state == state, name
            assert [each.lapsed_at for each in stage.read(post).approvals.all()] == [at]


def test_an_approval_is_not_withdrawn_once_the_post_was_handed_over(stage):
    post = stage.read(stage.started()[0].post_id)
    with scope(stage.federation.pk):
        for name in ("ben", "amina"):
            with pytest.raises(NotNow, match="handed over") as refused:
                take_back_approval(by=stage.people[name], at=NOW, post=post)
            assert "Take the post down" in str(refused.value.next_step)


def test_what_was_withdrawn_is_taken_up_by_its_author_only(stage):
    post, amina = stage.draft(), stage.people["amina"]
    with scope(stage.federation.pk):
        withdraw_post(by=amina, at=NOW, post=post)
    withdrawn = stage.read(post)
    with scope(stage.federation.pk):
        with pytest.raises(NotAllowed, match="Only the author"):
            take_up_withdrawn_post(by=stage.people["ben"], at=NOW, post=withdrawn)
        with pytest.raises(NotNow, match="too late to undo"):
            take_up_withdrawn_post(by=amina, at=NOW + LATER, post=withdrawn)
        assert take_up_withdrawn_post(by=amina, at=NOW + SOON, post=withdrawn).state == "draft"


def test_what_somebody_had_taken_down_before_it_went_out_is_not_taken_up(stage):
    post = stage.approved(planned_at=NOW + timedelta(days=1))
    with scope(stage.federation.pk):
        take_down(by=stage.people["sam"], at=NOW, post=post, reason="safety")
    stopped = stage.read(post)

    assert stopped.state == "withdrawn"
    with scope(stage.federation.pk), pytest.raises(NotAllowed, match="asked for the post to be taken down"):
        take_up_withdrawn_post(by=stage.people["amina"], at=NOW, post=stopped)


def test_a_message_without_a_way_back_has_no_button(stage):
    amina = stage.browser("amina")
    html = amina.post(reverse("my-language"), {"language": "en"}, follow=True).content.decode()

    assert "Language saved." in html
    assert "Undo" not in html
