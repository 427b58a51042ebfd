"""What a parent and the office read of each copy that has to go, in each state it can be in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.actions.removing import remove
from schoolgate.publishing.actions.withdrawing import list_withdrawn
from schoolgate.publishing.models import Delivery, PostPerson, TakeDown
from schoolgate.publishing.withdrawn import Gone
from schoolgate.pupils import actions, links
from schoolgate.pupils.models import Pupil, Withdrawal
from schoolgate.pupils.words import WORDS
from tests.conftest import deliver_all
from tests.web.plain import check_page
from tests.web.posts_cast import NOW, TEXT

ADDRESS = "https://www.facebook.com/wildground/posts/1234567890"
THERE = {"network": "facebook", "id": ADDRESS, "address": ADDRESS}
EVERYWHERE_OR_THERE = pytest.mark.parametrize("everywhere", [True, False], ids=["everywhere", "one network"])


class Withdrawing:
    """Ava is in a post; her mother Ann withdraws her consent."""

    def __init__(self, stage):
        self.stage = stage
        with scope(stage.federation.pk):
            sam = stage.people["sam"]
            self.ava = Pupil.objects.create(
                school=stage.school, key="A1", first_name="Ava", last_name="Thomas"
            )
            given = {"giver": "parent", "who": "Ann Thomas"}
            self.link = actions.make_link(by=sam, at=NOW, pupil=self.ava, **given)
            actions.answer_by_link(at=NOW, link=self.link, uses=["picture"], answer="given")

    def sent(self, network):
        (copy,) = self.stage.started(TEXT, network)
        self.shows(copy.post)
        return copy

    def shows(self, post):
        with scope(self.stage.federation.pk):
            PostPerson.objects.create(post=post, place=1, pupil=self.ava, shown=True, named="no")
        return post

    def says_no(self, channel=""):
        with scope(self.stage.federation.pk):
            actions.answer_by_link(
                at=NOW, link=self.link, uses=["picture"], answer="refused", channel=channel
            )

    def listed(self):
        with scope(self.stage.federation.pk):
            list_withdrawn(at=NOW, withdrawal=Withdrawal.objects.get())

    def goes(self, copy):
        with scope(self.stage.federation.pk):
            remove(at=NOW, copy=queries.delivery(copy.pk))
            return queries.delivery(copy.pk)

    def set(self, copy, **fields):
        with scope(self.stage.federation.pk):
            Delivery.objects.filter(pk=copy.pk).update(**fields)

    def parent(self, language="en"):
        """What the parent reads."""
        code = links.code_of(self.link)
        page, client = reverse("consent", args=[self.stage.federation.slug, code]), Client()
        client.post(reverse("language"), {"language": language, "next": page})
        html = client.get(page).content.decode()
        check_page(html, language)
        return html

    def office(self):
        html = self.stage.browser("sam").get(reverse("pupil", args=[self.ava.pk])).content.decode()
        check_page(html)
        return html


@pytest.fixture
def withdrawing(stage):
    return Withdrawing(stage)


def _waits_for_its_turn(one, everywhere):
    copy = one.sent("bluesky")
    one.says_no("" if everywhere else "bluesky")
    one.listed()
    return copy


def _being_sent(one, everywhere):
    copy = one.sent("bluesky")
    one.set(copy, state="sent", sent_at=NOW, attempts=1)
    one.says_no("" if everywhere else "bluesky")
    one.listed()
    return one.goes(copy)


def _no_answer(one, everywhere):
    copy = _being_sent(one, everywhere)
    one.set(copy, state="unknown")
    return one.goes(copy)


def _not_sent_yet(one, everywhere):
    return one.goes(_waits_for_its_turn(one, everywhere))


def _out(one, everywhere):
    copy = one.stage.advance(one.sent("bluesky"))
    one.says_no("" if everywhere else "bluesky")
    one.listed()
    return one.goes(copy)


def _gone(one, everywhere):
    copy = _out(one, everywhere)
    with scope(one.stage.federation.pk):
        removal = copy.take_downs.get()
    one.stage.advance(removal)
    return copy


def _overdue(one, everywhere):
    copy = _out(one, everywhere)
    with scope(one.stage.federation.pk):
        TakeDown.objects.update(due_at=NOW)
    return copy


def _waits_for_a_hand(one, everywhere):
    copy = one.sent("facebook")
    one.says_no("" if everywhere else "facebook")
    one.listed()
    return one.goes(copy)


def _put_out_by_hand(one, everywhere):
    copy = _waits_for_a_hand(one, everywhere)
    path = reverse("delivery-done", args=[copy.pk])
    assert one.stage.browser("amina").post(path, {"address": ADDRESS}).status_code == 302
    return copy


STATES = {
    "marked, not removed yet": (_waits_for_its_turn, Gone.NOT_YET),
    "about to be sent": (_not_sent_yet, Gone.NEVER),
    "being sent": (_being_sent, Gone.GOING),
    "no answer": (_no_answer, Gone.GOING),
    "live, being removed": (_out, Gone.GOING),
    "gone": (_gone, Gone.REMOVED),
    "overdue": (_overdue, Gone.STUCK),
    "waits for a hand": (_waits_for_a_hand, Gone.LOOKED_FOR),
    "put out by hand all the same": (_put_out_by_hand, Gone.BY_HAND),
}


@EVERYWHERE_OR_THERE
@pytest.mark.parametrize("state", STATES)
def test_the_parent_reads_what_is_so_in_both_languages_and_the_office_too(withdrawing, state, everywhere):
    bring, gone = STATES[state]
    copy = bring(withdrawing, everywhere)
    for language in ("en", "cy"):
        with translation.override(language):
            words = [str(WORDS[each.value]).partition("{day}")[0] for each in Gone]
            own = str(WORDS[gone.value]).partition("{day}")[0]
        html = withdrawing.parent(language)
        assert html.count(own) == 1
        assert [each for each in words if each in html and each not in own] == []
    html = withdrawing.office()
    assert (copy.account.name in html, str(gone.label) in html) == (True, True)


def test_every_outcome_has_a_state_that_shows_it():
    assert {gone for _bring, gone in STATES.values()} == set(Gone)


@EVERYWHERE_OR_THERE
@pytest.mark.parametrize("planned", [None, NOW + timedelta(days=2)], ids=["approved", "planned"])
def test_a_post_that_is_not_out_goes_back_for_approval_and_the_parent_reads_of_no_post(
    withdrawing, everywhere, planned
):
    changes = {"planned_at": planned} if planned else {}
    post = withdrawing.shows(withdrawing.stage.approved(TEXT, "bluesky", **changes))
    withdrawing.says_no("" if everywhere else "bluesky")
    deliver_all(withdrawing.stage.federation.pk, NOW)
    assert withdrawing.stage.read(post).state == "submitted"
    for language in ("en", "cy"):
        with translation.override(language):
            none = str(WORDS["none"])
        assert none in withdrawing.parent(language)


@EVERYWHERE_OR_THERE
def test_who_may_have_posted_it_reads_not_to_and_can_paste_its_link_or_say_that_it_is_not_there(
    withdrawing, everywhere
):
    copy = _waits_for_a_hand(withdrawing, everywhere)
    ben, path = withdrawing.stage.browser("ben"), reverse("delivery", args=[copy.pk])
    html = ben.get(path).content.decode()
    check_page(html)
    for words in ("Don’t post this", "Check the network and record what you see", "paste its link"):
        assert words in html
    assert ben.post(reverse("delivery-look", args=[copy.pk]), {"there": "no"}).status_code == 302
    assert withdrawing.stage.browser("ben").get(path).content.decode().count("It’s posted already") == 1
    assert str(WORDS["never"]) in withdrawing.parent()
    done = reverse("delivery-done", args=[copy.pk])
    assert ben.post(done, {"address": "https://example.org/elsewhere"}).status_code == 422
    assert ben.post(done, {"address": ADDRESS}).status_code == 302
    assert "A member of staff will remove it by" in withdrawing.parent()


def posted(one, copy, door="delivery-done", **said):
    """Amina's card was open before the No; what she reads at once after pressing."""
    answer = one.stage.browser("amina").post(
        reverse(door, args=[copy.pk]), {"address": ADDRESS, **said}, follow=True
    )
    html = answer.content.decode()
    check_page(html)
    return answer.redirect_chain[-1][0], html


@EVERYWHERE_OR_THERE
def test_who_posts_after_the_no_reads_first_to_take_it_down_and_is_led_there(withdrawing, everywhere):
    copy = _waits_for_a_hand(withdrawing, everywhere)
    withdrawing.stage.started(TEXT, "facebook")  # the next one waits
    where, html = posted(withdrawing, copy)
    with scope(withdrawing.stage.federation.pk):
        assert where == reverse("delivery", args=[copy.take_downs.get().pk])
    assert "Take this post down now" in html
    assert "A pupil in it may no longer be shown or named there." in html
    assert "Thank you" not in html


@pytest.mark.parametrize(
    ("door", "said"),
    [("delivery-look", {"there": "yes"}), ("delivery-address", {"address": f"{ADDRESS}1"})],
    ids=["found by a person", "link corrected"],
)
def test_who_finds_it_there_or_corrects_its_link_is_led_to_the_same(withdrawing, door, said):
    copy = _waits_for_a_hand(withdrawing, True)
    if door == "delivery-address":
        posted(withdrawing, copy)
    _where, html = posted(withdrawing, copy, door, **said)
    assert "Take this post down now" in html
    assert "Thank you" not in html


def test_who_posts_before_the_no_was_followed_reads_it_too(withdrawing):
    copy = withdrawing.sent("facebook")
    withdrawing.says_no()
    where, html = posted(withdrawing, copy)
    assert where == reverse("post", args=[copy.post_id])
    assert "This post must come off" in html
    assert "Thank you" not in html


@pytest.mark.parametrize("no", [False, True], ids=["may be shown", "may not any more"])
def test_a_check_made_before_the_no_is_said_to_hold_no_more_and_no_one_is_asked_to_permit_it(withdrawing, no):
    one, stage = withdrawing, withdrawing.stage
    post = one.shows(stage.draft(pictures=[stage.picture(shows_people=True, shows_pupils=True)]))
    form = {"list_dated": f"{NOW:%Y-%m-%d}", "everybody_may": "yes", "channels": ["bluesky"]}
    assert (
        stage.browser("ben").post(f"{reverse('post', args=[post.pk])}?act=consent-list", form).status_code
        == 302
    )
    if no:
        one.says_no()
    page = stage.browser("amina").get(reverse("post", args=[post.pk]))
    html = page.content.decode()
    check_page(html)
    asks = page.context["asks"]
    assert [each.covers for each in (*asks.wanted, *asks.advised) if each.can_ask] == []
    ask = reverse("post-ask", args=[post.pk])
    assert stage.browser("amina").post(ask, {"covers": "wildground-images-3"}).status_code == 409
    assert ("This check no longer applies" in html) is no
    assert "everyone may be shown" in html.lower()
    assert "Checked by: Ben" in html
    assert ("Remove pupils who may not be shown" in html) is no


def test_who_posts_what_may_stay_is_thanked(withdrawing):
    assert "Thank you. Saved under your name." in posted(withdrawing, withdrawing.sent("facebook"))[1]
