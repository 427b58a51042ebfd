"""Messages from official accounts to groups, on their page."""

from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import GroupMessage
from tests.web.inboxes import came_in, fresh, seen, wild
from tests.web.test_inbox_reported import learn

__all__ = ["came_in", "fresh", "learn", "wild"]

TO_CLASS = {
    "to": "pupil", "group": "Year 9 maths", "people": "24", "purpose": "teaching_and_learning",
    "text": "Bring a ruler on Friday.", "reason": "It is homework.", "implications": "None.",
}  # fmt: skip


def write(browser, account, **more):
    given = {"account": account.pk, **TO_CLASS, **more}
    return browser.post(reverse("message-write"), given, follow=True)


def listed(browser, status=200):
    return seen(browser.get(reverse("inbox"), {"as": "messages"}), status)


def test_a_message_is_written_sent_by_hand_and_marked_as_sent(wild):
    assert "Messages to groups" in seen(wild.ben.get(reverse("inbox")))
    html = seen(write(wild.ben, wild.bluesky))
    assert "Bring a ruler on Friday." in html
    assert "Not sent yet" in html
    with scope(wild.federation.pk):
        row = GroupMessage.objects.get()
    html = seen(wild.ben.post(reverse("message-sent", args=[row.pk]), follow=True))
    assert "Not sent yet" not in html
    assert wild.ben.post(reverse("message-sent", args=[row.pk])).status_code == 409


def test_what_is_missing_stays_in_the_form_and_who_replies_nowhere_writes_none(wild):
    missing = ("to", "group", "people", "purpose", "text")
    refused = write(wild.ben, wild.bluesky, **dict.fromkeys(missing, ""))
    assert "It is homework." in seen(refused, 422)
    assert set(refused.context["form"].errors) == set(missing)
    assert write(wild.amina, wild.bluesky).status_code == 403
    with scope(wild.federation.pk):
        assert not GroupMessage.objects.exists()
    assert wild.ben.post(reverse("message-sent", args=[987654])).status_code == 404


def test_a_refusal_names_its_clause_and_keeps_what_was_written(learn):
    """This policy wants no process for replies elsewhere either."""
    with scope(learn.federation.pk):
        account = learn.item.account
    html = seen(write(learn.mo, account), 409)
    assert "Bring a ruler on Friday." in html
    assert "2. School-sanctioned use of social media" in html
    assert "messages" in html[html.index("2. School-sanctioned") :][:600]
    assert "How we reply on other people’s pages" not in listed(learn.mo)
    with scope(learn.federation.pk):
        assert not GroupMessage.objects.exists()


def test_the_policys_owner_adopts_the_process_for_replies_elsewhere(wild):
    assert "None is adopted yet." in listed(wild.ben)
    given = {"process-words": "The office replies within a day, or says why not."}
    assert wild.ben.post(reverse("reply-process"), given).status_code == 403
    seen(wild.sam.post(reverse("reply-process"), {"process-words": " "}), 422)
    seen(wild.sam.post(reverse("reply-process"), given, follow=True))
    assert "The office replies within a day" in listed(wild.ben)
