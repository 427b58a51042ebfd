"""What a parent and the office read of each copy that has to go, in each state it can be in."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.models import Delivery, PostPerson, TakeDown
from schoolgate.publishing.taking_down import remove
from schoolgate.publishing.withdrawn import Gone, list_withdrawn
from schoolgate.pupils import linking
from schoolgate.pupils.linking import WORDS
from schoolgate.pupils.models import Pupil, Withdrawal
from tests.conftest import deliver_all
from tests.stories import rolled_back
from tests.web.plain import check_page
from tests.web.posts_cast import NOW, TEXT, Stage, no_browser, wildground_at_work
from tests.worlds import world

ADDRESS = "https://www.facebook.com/wildground/posts/1234567890"
THERE = {"network": "facebook", "id": ADDRESS, "address": ADDRESS}


@world(wildground_at_work)
def consent_given(cast, at):
    """Ava's mother Ann said yes to pictures of her."""
    with scope(cast.federation.pk):
        ava = Pupil.objects.create(school=cast.school, key="A1", first_name="Ava", last_name="Thomas")
        link = linking.make_link(by=cast.people["sam"], at=at, pupil=ava, giver="parent", who="Ann Thomas")
        linking.answer_by_link(at=at, link=link, uses=["picture"], answer="given")
    return SimpleNamespace(cast=cast, ava=ava, link=link, copies={})


def in_a_post(before, network):
    """Ava is in a post that is sent to this network."""
    one = Withdrawing(Stage(**vars(before.cast), sign_in=no_browser), before)
    (copy,) = one.stage.started(TEXT, network)
    one.shows(copy.post)
    before.copies[network] = copy.pk
    return before


@world(consent_given)
def sent_to_bluesky(before, at):
    return in_a_post(before, "bluesky")


@world(consent_given)
def sent_to_facebook(before, at):
    return in_a_post(before, "facebook")


class Withdrawing:
    """Ava is in a post; her mother Ann withdraws her consent."""

    def __init__(self, stage, begun):
        self.stage, self.ava, self.link, self.copies = stage, begun.ava, begun.link, begun.copies

    def sent(self, network):
        with scope(self.stage.federation.pk):
            return queries.delivery(self.copies[network])

    def shows(self, post):
        with scope(self.stage.federation.pk):
            PostPerson.objects.create(post=post, place=1, pupil=self.ava, shown=True, named="no")
        return post

    def says_no(self, channel=""):
        with scope(self.stage.federation.pk):
            linking.answer_by_link(
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
        code = linking.code_of(self.link)
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
def from_world(in_world, home, sign_in):
    """`from_world(sent_to_bluesky)`: Ava's post is sent there, and consent not withdrawn yet."""

    def enter(of):
        begun = in_world(of, NOW)
        return Withdrawing(Stage(**vars(begun.cast), sign_in=sign_in), begun)

    return enter


@pytest.fixture
def withdrawing(from_world):
    """With a post that somebody puts out on Facebook."""
    return from_world(sent_to_facebook)


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
    "marked, not removed yet": (sent_to_bluesky, _waits_for_its_turn, Gone.NOT_YET),
    "about to be sent": (sent_to_bluesky, _not_sent_yet, Gone.NEVER),
    "being sent": (sent_to_bluesky, _being_sent, Gone.GOING),
    "no answer": (sent_to_bluesky, _no_answer, Gone.GOING),
    "live, being removed": (sent_to_bluesky, _out, Gone.GOING),
    "gone": (sent_to_bluesky, _gone, Gone.REMOVED),
    "overdue": (sent_to_bluesky, _overdue, Gone.STUCK),
    "waits for a hand": (sent_to_facebook, _waits_for_a_hand, Gone.LOOKED_FOR),
    "put out by hand all the same": (sent_to_facebook, _put_out_by_hand, Gone.BY_HAND),
}


@pytest.mark.parametrize("state", STATES)
def test_the_parent_reads_what_is_so_in_both_languages_and_the_office_too(from_world, state):
    """By turns she said no to it everywhere, or on that network alone."""
    begins, bring, gone = STATES[state]
    one = from_world(begins)
    copy = bring(one, [*STATES].index(state) % 2 == 0)
    for language in ("en", "cy"):
        with translation.override(language):
            words = [str(WORDS[each.value]).partition("{day}")[0] for each in Gone]
            own = str(WORDS[gone.value]).partition("{day}")[0]
        html = one.parent(language)
        assert html.count(own) == 1
        assert [each for each in words if each in html and each not in own] == []
    html = one.office()
    assert (copy.account.name in html, str(gone.label) in html) == (True, True)


def test_every_outcome_has_a_state_that_shows_it():
    assert {gone for _begins, _bring, gone in STATES.values()} == set(Gone)


@pytest.mark.parametrize(
    ("planned", "channel"), [(None, ""), (NOW + timedelta(days=2), "bluesky")], ids=["approved", "planned"]
)
def test_a_post_that_is_not_out_goes_back_for_approval_and_the_parent_reads_of_no_post(
    from_world, planned, channel
):
    one, changes = from_world(consent_given), {"planned_at": planned} if planned else {}
    post = one.shows(one.stage.approved(TEXT, "bluesky", **changes))
    one.says_no(channel)
    deliver_all(one.stage.federation.pk, NOW)
    assert one.stage.read(post).state == "submitted"
    for language in ("en", "cy"):
        with translation.override(language):
            none = str(WORDS["none"])
        assert none in one.parent(language)


@pytest.mark.parametrize("everywhere", [True, False], ids=["everywhere", "one network"])
def test_who_may_have_posted_it_reads_not_to_and_can_paste_its_link_or_say_that_it_is_not_there(
    withdrawing, everywhere
):
    copy = _waits_for_a_hand(withdrawing, everywhere)
    ben, path = withdrawing.stage.browser("ben"), reverse("delivery", args=[copy.pk])
    html = ben.get(path).content.decode()
    check_page(html)
    for words in ("Don’t post this", "Check the network and record what you see", "paste its link"):
        assert words in html
    look, amina = reverse("delivery-look", args=[copy.pk]), withdrawing.stage.browser("amina")
    assert ben.post(look, {"there": "no"}).status_code == 302
    assert "a colleague will check" in ben.get(path).content.decode()
    assert str(WORDS["never"]) not in withdrawing.parent()
    assert "didn’t find it. If you don’t find it either" in amina.get(path).content.decode()
    assert amina.post(look, {"there": "no"}).status_code == 302
    assert ben.get(path).content.decode().count("It has already been posted") == 1
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


def test_who_posts_after_the_no_reads_first_to_take_it_down_and_is_led_there(withdrawing):
    """Who corrects its link then, or finds it there, is led to the same."""
    copy = _waits_for_a_hand(withdrawing, False)
    withdrawing.stage.started(TEXT, "facebook")  # the next one waits
    with rolled_back():
        _where, html = posted(withdrawing, copy, "delivery-look", there="yes")
        assert "Take this post down on" in html
        assert "Thank you" not in html
    where, html = posted(withdrawing, copy)
    with scope(withdrawing.stage.federation.pk):
        assert where == reverse("delivery", args=[copy.take_downs.get().pk])
    assert "Take this post down on" in html
    assert "A pupil in this post may no longer be shown or named there." in html
    assert "Thank you" not in html
    _where, html = posted(withdrawing, copy, "delivery-address", address=f"{ADDRESS}1")
    assert "Take this post down on" in html
    assert "Thank you" not in html


def test_who_posts_before_the_no_was_followed_reads_it_too_and_who_posts_what_may_stay_is_thanked(
    withdrawing,
):
    copy = withdrawing.sent("facebook")
    with rolled_back():
        assert "Thank you. Saved under your name." in posted(withdrawing, copy)[1]
    withdrawing.says_no()
    where, html = posted(withdrawing, copy)
    assert where == reverse("post", args=[copy.post_id])
    assert "This post must come off" in html
    assert "Thank you" not in html


def test_a_check_made_before_the_no_is_said_to_hold_no_more_and_no_one_is_asked_to_permit_it(from_world):
    one = from_world(consent_given)
    stage = one.stage
    post = one.shows(stage.draft(pictures=[stage.picture(shows_people=True, shows_pupils=True)]))
    amina, form = stage.browser("amina"), {"list_dated": f"{NOW:%Y-%m-%d}", "everybody_may": "yes"}
    checked = stage.browser("ben").post(
        f"{reverse('post', args=[post.pk])}?act=consent-list", form | {"channels": ["bluesky"]}
    )
    assert checked.status_code == 302
    for no in (False, True):
        if no:
            one.says_no()
        page = amina.get(reverse("post", args=[post.pk]))
        html = page.content.decode()
        check_page(html)
        asks = page.context["asks"]
        assert [each.covers for each in (*asks.wanted, *asks.advised) if each.can_ask] == []
        ask = reverse("post-ask", args=[post.pk])
        assert amina.post(ask, {"covers": "wildground-images-3"}).status_code == 409
        assert ("This check no longer applies" in html) is no
        assert "everyone may be shown" in html.lower()
        assert "Checked by: Ben" in html
        assert ("Remove pupils who may not be shown" in html) is no
