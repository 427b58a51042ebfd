"""What goes with a removal, on an item's page and on the public one."""

from django.core.cache import cache
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Appeal, NoticeWording, Removal, RemovalNotice
from schoolgate.inbox.removals import as_written
from tests.web.counted import counted_as
from tests.web.inboxes import fresh, hidden, seen, waiting, wild
from tests.web.test_inbox_sight import ask, there

__all__ = ["fresh", "hidden", "waiting", "wild"]

SAID = {
    "notice-said-to_relation": "parent",
    "notice-said-from_press": "no",
    "notice-said-asks_for_comment": "no",
    "notice-said-in_doubt": "no",
}
WHY = "It was a fair question about parking."


def code(wild):
    with scope(wild.federation.pk):
        return as_written(Removal.objects.get().code)


def why(client, federation, **given):
    return client.post(reverse("why-removed", args=[federation.slug]), given)


def appeal(client, wild, words=WHY):
    return why(client, wild.federation, **{"code": code(wild), "appeal-words": words})


def send(browser, item, **given):
    sent = {"version": item.version, "notice-wording": "own", "notice-language": "en", "notice-text": "Why."}
    return browser.post(reverse("item-notice", args=[item.pk]), {**sent, **SAID, **given}, follow=True)


# --- On the item's page


def test_the_copy_is_shown_with_its_digest_and_that_the_record_has_the_same(wild, hidden):
    html = seen(wild.ben.get(reverse("item", args=[hidden.pk])))
    assert "Matches the record" in html
    assert code(wild) in html


def test_what_may_show_the_abuse_of_a_child_is_not_copied_and_the_page_says_what_to_do(wild, waiting):
    ask(wild.ben, waiting, "hidden", because="child", abuse="on")
    html = seen(wild.ben.get(reverse("item", args=[waiting.pk])))
    assert "No copy was kept: it may show the abuse of a child" in html
    assert "Matches the record" not in html


def test_a_notice_is_sent_and_what_is_missing_stays_in_the_form(wild, waiting):
    ask(wild.ben, waiting, "removed")
    assert "Write why it was removed." in seen(send(wild.ben, waiting, **{"notice-text": " "}), 422)
    assert send(wild.gwen, waiting).status_code == 403
    assert "The notice is being sent." in seen(send(wild.ben, waiting))
    with scope(wild.federation.pk):
        answer = RemovalNotice.objects.get().answer
        assert (answer.below_post, answer.text.startswith("Why.\n\n")) == (True, True)
    assert code(wild) in answer.text


def test_no_wording_is_adopted_where_the_policy_prescribes_no_notice(wild, hidden):
    address = reverse("item-notice-wording", args=[hidden.pk])
    given = {"wording-language": "cy", "wording-words": "Tynnwyd y sylw hwn."}
    assert wild.sam.post(address, given).status_code == 409
    assert wild.ben.post(address, given).status_code == 403
    with scope(wild.federation.pk):
        assert not NoticeWording.objects.exists()


# --- The public page


def test_with_the_code_anyone_reads_why_and_nothing_about_anyone_and_a_bot_leaves_no_appeal(
    wild, hidden, client
):
    answer = why(client, wild.federation, code=code(wild).lower())
    html = seen(answer)
    assert "It’s improper or offensive" in html
    assert "Is there parking?" not in html
    assert "Ben Carter" not in html
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Cache-Control"] == "no-store"

    seen(why(client, wild.federation, **{"code": code(wild), "appeal-words": "Buy now", "website": "x"}))
    with scope(wild.federation.pk):
        assert not Appeal.objects.exists(), "it fell into the trap"


def test_another_code_or_that_of_another_federation_opens_nothing_and_none_is_tried_without_end(
    wild, hidden, client, make_federation
):
    for typed in ("", "ABCD-EFGH-JKLM", "' or 1=1", "\x00"):
        assert "It’s improper" not in seen(why(client, wild.federation, code=typed), 422), typed
    assert why(client, make_federation("oakfield"), code=code(wild)).status_code == 422

    cache.clear()
    with counted_as(29):
        why(client, wild.federation, code="ABCD-EFGH-JK10")
    told = [why(client, wild.federation, code=f"ABCD-EFGH-JK{n}").status_code for n in (11, 12)]
    assert told == [422, 429]


# --- The appeal


def test_an_appeal_from_the_page_is_heard_by_another_and_shown_again(wild, hidden, client, fresh):
    assert "Your appeal has been sent" in seen(appeal(client, wild))
    assert "an appeal already" in seen(appeal(client, wild), 409)

    decide = reverse("item-appeal-decision", args=[hidden.pk])
    given = {"do": "uphold", "decision-reasons": "A fair question."}
    assert WHY in seen(wild.ben.get(reverse("item", args=[hidden.pk])))
    assert wild.ben.post(decide, given).status_code == 403
    assert "Give your reasons" in seen(wild.sam.post(decide, {**given, "decision-reasons": ""}), 422)
    html = seen(wild.sam.post(decide, given, follow=True))
    assert "Appeal upheld. The comment is being shown again." in html
    assert (there(wild), fresh(hidden).kept_back) == ("released", "")
    assert "A fair question." in seen(why(client, wild.federation, code=code(wild)))
    assert wild.sam.post(decide, given).status_code == 409


def test_the_office_enters_an_appeal_and_it_is_dismissed_with_reasons(wild, hidden, client, fresh):
    address = reverse("item-appeal", args=[hidden.pk])
    assert wild.gwen.post(address, {"appeal-words": WHY}).status_code == 403
    assert "Say why it should be shown" in seen(wild.ben.post(address, {"appeal-words": ""}), 422)
    assert "Appeal saved." in seen(wild.ben.post(address, {"appeal-words": WHY}, follow=True))
    decide = reverse("item-appeal-decision", args=[hidden.pk])
    given = {"do": "dismiss", "decision-reasons": "It is off the subject."}
    assert "Appeal dismissed." in seen(wild.sam.post(decide, given, follow=True))
    assert (there(wild), fresh(hidden).kept_back) == ("hidden", "hidden")
    assert "It is off the subject." in seen(why(client, wild.federation, code=code(wild)))


def test_what_was_deleted_cannot_come_back_and_the_page_says_so(wild, waiting, client):
    ask(wild.ben, waiting, "removed")
    appeal(client, wild)
    given = {"do": "uphold", "decision-reasons": "We were wrong."}
    wild.sam.post(reverse("item-appeal-decision", args=[waiting.pk]), given)
    assert "can’t bring back a deleted comment" in seen(why(client, wild.federation, code=code(wild)))
