"""My messages; how mail goes out; an address that fails; the mails of an example."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.notices import mail_server
from schoolgate.notices.kinds import Reason
from schoolgate.notices.mail_server import MailTrouble
from schoolgate.notices.models import BadAddress, CaughtMail, Mail, MorningTime, PushDevice, Wish
from schoolgate.notices.sending import note_bad_address
from schoolgate.notices.ways import public_key
from schoolgate.policy.adopting import adopt
from tests.conftest import as_owner
from tests.notices.push_service import Browser
from tests.web.plain import check_page


def html(answer) -> str:
    return answer.content.decode()


def test_my_messages_can_be_read_in_both_languages(cast, sign_in):
    for name, language in (("Cara", "en"), ("Carys", "cy")):
        page = sign_in(cast(name, "staff", language=language)).get("/messages")
        assert page.status_code == 200
        check_page(html(page), language)


def test_being_asked_for_ones_word_is_there_only_where_the_policy_wants_it(cast, sign_in, federation):
    ada = cast("Ada", "slt")
    page = html(sign_in(ada).get("/messages"))
    assert "Policy: your declaration is needed" not in page, "no policy has been adopted"
    with scope(federation.pk):
        adopt(by=ada, at=now())
    page = html(sign_in(ada).get("/messages"))
    assert "Policy: your declaration is needed" in page
    assert "What our policy says" in page
    check_page(page, "en")


def test_a_choice_is_kept_and_shown(cast, sign_in, federation):
    cara = cast("Cara", "staff")
    browser = sign_in(cara)
    done = browser.post(
        "/messages", {"posts": "page", "comments": "at_once", "morning": "06:30"}, follow=True
    )
    assert "Choice saved." in html(done)
    with scope(federation.pk):
        assert dict(Wish.objects.values_list("kind", "urgency")) == {"posts": "page", "comments": "at_once"}
        assert f"{MorningTime.objects.get(person=cara).time:%H:%M}" == "06:30"
    browser.post("/messages", {"posts": "morning", "morning": ""})
    with scope(federation.pk):
        assert not MorningTime.objects.exists()


LESS = (
    {"incidents": "morning"},
    {"policy.read": "page"},
    {"posts": "never"},
    {"posts": "page", "morning": "05:00"},
)


def test_less_than_is_needed_cannot_be_chosen(browser, federation):
    for wrong in LESS:
        answer = browser.post("/messages", wrong)
        assert answer.status_code == 422, wrong
        assert "Your choice was not saved" in html(answer)
    with scope(federation.pk):
        assert not Wish.objects.exists()


def test_the_last_fifty_are_shown_and_nobody_elses(cast, sign_in, federation, same_queries):
    cara, dan = cast("Cara", "staff"), cast("Dan", "staff")
    at = now()

    def more(person=cara, number=20):
        with scope(federation.pk):
            for n in range(number):
                Mail.objects.create(
                    person=person, urgency="at_once", made_at=at, next_try_at=at, message_id=f"<{n}@x>",
                    state="sent", ended_at=at, lists=[["posts", "overdue", 7 if person == dan else 1]],
                )  # fmt: skip

    more(number=1)
    browser = sign_in(cara)
    browser.get("/messages")
    same_queries(lambda: browser.get("/messages"), more)
    more(number=40)
    more(dan, 1)
    shown = html(browser.get("/messages"))
    assert shown.count("Overdue. Posts to deal with: 1") == 50
    assert "Posts to deal with: 7" not in shown


def test_how_mail_goes_out_is_for_administrators(cast, sign_in):
    assert sign_in(cast("Cara", "staff")).get("/messages?of=federation").status_code == 403
    page = sign_in(cast("Ada", "slt")).get("/messages?of=federation")
    check_page(html(page), "en")
    assert "No email server has been set up." in html(page)


def test_an_administrator_sets_the_time(cast, sign_in, federation):
    browser = sign_in(cast("Ada", "slt"))
    assert "Time saved." in html(browser.post("/messages?of=federation", {"morning": "08:00"}, follow=True))
    assert browser.post("/messages?of=federation", {"morning": "12:00"}).status_code == 422
    with scope(federation.pk):
        assert f"{MorningTime.objects.get(person=None).time:%H:%M}" == "08:00"


def test_mail_that_stands_still_is_told_to_administrators_on_today(cast, sign_in):
    mail_server.note_trouble(MailTrouble("password"), now() - timedelta(hours=1))
    ada, cara = sign_in(cast("Ada", "slt")), sign_in(cast("Cara", "staff"))
    assert "Emails aren’t being sent" in html(ada.get("/today"))
    assert "Emails aren’t being sent" not in html(cara.get("/today"))


def test_an_address_that_fails_is_mended_on_its_page(cast, sign_in, federation):
    ada, cara = cast("Ada", "slt"), cast("Cara", "staff")
    browser, at = sign_in(ada), now()
    with scope(federation.pk):
        note_bad_address(person=cara, because=Reason.BAD_ADDRESS, at=at)
    assert "Cara" in html(browser.get("/messages?of=federation"))
    assert "Emails don’t reach you" in html(sign_in(cara).get("/messages"))
    path = f"/people/{cara.pk}/contact"
    check_page(html(browser.get(path)), "en")
    assert "don’t reach this person" in html(browser.get(f"/people/{cara.pk}"))
    assert browser.post(path, {"address": "nothing"}).status_code == 422
    assert browser.post(path, {"address": "cara@new.example"}).status_code == 302
    with scope(federation.pk):
        assert not BadAddress.objects.exists()
    shown = html(sign_in(cara).get(path))
    assert 'name="number"' in shown
    assert 'name="address"' not in shown
    assert sign_in(cara).post(path, {"address": "cara@own.example", "number": ""}).status_code == 302
    with scope(federation.pk):
        cara.refresh_from_db()
        assert cara.email == "cara@new.example"


def test_a_new_number_leaves_an_address_that_fails_as_it_is(cast, sign_in, federation):
    ada, cara = sign_in(cast("Ada", "slt")), cast("Cara", "staff")
    with scope(federation.pk):
        note_bad_address(person=cara, because=Reason.BAD_ADDRESS, at=now())
    typed = {"address": cara.email, "number": "01632 960001"}
    assert ada.post(f"/people/{cara.pk}/contact", typed).status_code == 302
    with scope(federation.pk):
        assert BadAddress.objects.exists()
    assert ada.post(f"/people/{cara.pk}/contact", typed).status_code == 302
    with scope(federation.pk):
        assert not BadAddress.objects.exists()


def test_a_mail_that_came_back_is_entered_by_hand(cast, sign_in, federation):
    cara = cast("Cara", "staff")
    path = f"/people/{cara.pk}/contact/bounced"
    assert sign_in(cara).post(path).status_code == 403
    assert sign_in(cast("Ada", "slt")).post(path).status_code == 302
    with scope(federation.pk):
        assert BadAddress.objects.get().because == "bounced"


def caught(federation):
    with scope(federation.pk):
        CaughtMail.objects.create(
            to_name="Tess", to_address="tess@x.example", subject="Wildground: <b>hello</b>",
            body="See https://x.example/today", caught_at=now(), message_id="<1@x>",
        )  # fmt: skip


def test_a_real_federation_has_no_page_of_mails(cast, sign_in, federation):
    caught(federation)
    assert sign_in(cast("Cara", "staff")).get("/messages?of=demo").status_code == 404


def test_an_example_shows_its_mails(own_database, cast, sign_in, federation):
    caught(federation)
    with as_owner() as owner:
        owner.execute("UPDATE core_federation SET is_example = true")
    page = html(sign_in(cast("Cara", "staff")).get("/messages?of=demo"))
    check_page(page, "en")
    assert "Wildground: &lt;b&gt;hello&lt;/b&gt;" in page
    assert 'href="https://x.example/today"' in page


# --- Notifications on devices -------------------------------------------------------------------------------


def subscription(address="https://fcm.googleapis.com/fcm/send/x") -> str:
    return Browser(address).subscription


def test_a_device_is_turned_on_and_off_again(cast, sign_in, federation):
    tess = sign_in(cast("Tess", "staff"))
    shown = html(tess.get(reverse("messages")))
    check_page(shown)
    assert f'data-push="{public_key()}"' in shown
    agent = "Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Mobile Safari/537.36"
    answer = tess.post(reverse("device-add"), {"subscription": subscription()}, HTTP_USER_AGENT=agent)
    assert answer["Location"] == reverse("messages")
    shown = html(tess.get(reverse("messages")))
    assert "Chrome, Android" in shown
    assert "fcm.googleapis.com" not in shown
    with scope(federation.pk):
        device = PushDevice.objects.get()
    assert tess.post(reverse("device-remove", args=[device.pk])).status_code == 302
    with scope(federation.pk):
        assert not PushDevice.objects.exists()


@pytest.mark.parametrize("given", ["", "x", subscription("https://127.0.0.1/x")])
def test_what_is_no_device_is_refused(cast, sign_in, federation, given):
    tess = sign_in(cast("Tess", "staff"))
    assert tess.post(reverse("device-add"), {"subscription": given}).status_code == 422
    with scope(federation.pk):
        assert not PushDevice.objects.exists()


def test_nothing_leaves_an_example(own_database, cast, sign_in, federation):
    with as_owner() as owner:
        owner.execute("UPDATE core_federation SET is_example = true")
    tess = sign_in(cast("Tess", "staff"))
    assert "data-push=" not in html(tess.get(reverse("messages")))
    assert tess.post(reverse("device-add"), {"subscription": subscription()}).status_code == 422
