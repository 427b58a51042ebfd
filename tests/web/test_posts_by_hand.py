"""What people do on a network's own pages, and what they say of how it stands there."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.queries import about
from schoolgate.publishing.models import Delivery, PostState
from schoolgate.web.frame.duty_words import names_of
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.stories import rolled_back
from tests.web.plain import check_page, shown_by
from tests.web.posts_cast import NOW, TEXT, Stage, act, no_browser, set_up, wildground_at_work
from tests.worlds import world

BY_HAND = "/posts?show=by-hand"

NAMED = "Wildground Juniors · Our sports day is on Friday at 10. Families are welcome on …"
ADDRESS = "https://www.facebook.com/wildground/posts/1234567890"


def at(name: str, pk: int) -> str:
    return reverse(name, args=[pk])


def html(answer) -> str:
    return answer.content.decode()


@world(wildground_at_work)
def two_posts_begun(cast, at):
    """One that somebody has to put out on Facebook, with a picture; one that the program sends to Bluesky."""
    stage = Stage(**vars(cast), sign_in=no_browser)
    hand = stage.started(TEXT, "facebook", pictures=[stage.picture()])[0]
    sent = stage.started()[0]
    return SimpleNamespace(cast=cast, hand=now(stage, hand), sent=now(stage, sent))


@pytest.fixture
def begun(in_world, home):
    return in_world(two_posts_begun, NOW)


@pytest.fixture
def stage(begun, sign_in) -> Stage:
    return Stage(**vars(begun.cast), sign_in=sign_in)


@pytest.fixture
def hand(begun) -> Delivery:
    """A post that somebody has to put out on Facebook, with a picture."""
    return begun.hand


@pytest.fixture
def sent(begun) -> Delivery:
    """A post that the program sends."""
    return begun.sent


def move(stage: Stage, delivery: Delivery, state: str, **more: object) -> None:
    with scope(stage.federation.pk):
        Delivery.objects.filter(pk=delivery.pk).update(state=state, **more)


def now(stage: Stage, delivery: Delivery) -> Delivery:
    with scope(stage.federation.pk):
        return Delivery.objects.get(pk=delivery.pk)


def test_what_was_put_out_is_kept_with_its_address_and_who_said_so(stage, hand):
    """The card has all that is needed. After it comes the next; an address may be put right."""
    following = stage.started("Another", "facebook")[0]
    amina, better = stage.browser("amina"), f"{ADDRESS}9"
    page = html(amina.get(at("delivery", hand.pk)))
    picture = reverse("picture", args=[stage.read(hand.post_id).pictures[0].pk])
    wanted = (TEXT, "An empty playing field in the sun.", f"{picture}?download", "https://www.facebook.com/")
    assert [each for each in wanted if each not in page] == []
    check_page(page)

    answer = amina.post(at("delivery-done", hand.pk), {"address": f" {ADDRESS} "})
    assert answer["Location"] == at("delivery", following.pk)
    page = html(stage.browser("ben").get(at("post", hand.post_id)))
    assert f'href="{ADDRESS}"' in page
    assert "Posted by hand. Confirmed by: Amina Khan." in page
    assert stage.read(hand.post_id).state == PostState.PUBLISHED

    assert amina.post(at("delivery-address", hand.pk), {"address": "nonsense"}).status_code == 422
    assert amina.post(at("delivery-address", hand.pk), {"address": better}).status_code == 302
    page = html(amina.get(at("delivery", hand.pk)))
    assert (f'href="{better}"' in page, "Before:" in page) == (True, True)
    check_page(page)

    answer = amina.post(at("delivery-done", following.pk), {"address": f"{ADDRESS}8"})
    assert answer["Location"] == at("post", following.post_id), "nothing else waits"


def test_an_address_that_is_none_of_a_post_there_is_refused_beside_its_field(stage, hand):
    amina = stage.browser("amina")
    for address in (
        "",
        "facebook",
        "javascript:alert(1)",
        "https://example.org/",
        "http://www.facebook.com/a/posts/1",
        "x" * 3000,
    ):
        answer = amina.post(at("delivery-done", hand.pk), {"address": address})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["address"]), address
    assert now(stage, hand).state == "written"


def test_who_has_no_part_says_nothing_of_it_and_nobody_does_by_hand_what_the_program_does(stage, hand, sent):
    with scope(stage.federation.pk):
        stage.people["overseer"] = someone("Olwen Oversees", "federation-leadership-team")
    move(stage, sent, "asked")
    assert stage.browser("sam").get(at("delivery", hand.pk)).status_code == 200
    refused = stage.browser("overseer").post(at("delivery-done", hand.pk), {"address": ADDRESS})
    assert (refused.status_code, now(stage, hand).state) == (403, "written")
    assert stage.browser("cara").post(at("delivery-look", sent.pk), {"there": "no"}).status_code == 403

    amina, address = stage.browser("amina"), "https://bsky.app/profile/a.test/post/3k"
    assert amina.post(at("delivery-look", sent.pk)).status_code == 422, "without an answer"
    assert now(stage, sent).state == "asked"
    move(stage, sent, "written")
    assert amina.post(at("delivery-done", sent.pk), {"address": address}).status_code == 409
    assert amina.post(at("delivery-again", sent.pk)).status_code == 409, "it did not fail"


def test_a_removal_by_hand_is_looked_at_by_somebody_other_than_who_did_it(stage, hand):
    amina, ben = stage.browser("amina"), stage.browser("ben")
    amina.post(at("delivery-done", hand.pk), {"address": ADDRESS})
    amina.post(act("take-down", hand.post_id), {"reason": "mistake"})
    with scope(stage.federation.pk):
        removal = Delivery.objects.get(of=hand)
        assert names_of(about(removal)) == {subject_of(removal): NAMED}, "its task names the post"

    page = html(amina.get(at("delivery", removal.pk)))
    assert ("I’ve taken it down" in page, ADDRESS in page) == (True, True)
    check_page(page)
    assert amina.post(at("delivery-done", removal.pk)).status_code == 302
    own = html(amina.get(at("delivery", removal.pk)))
    assert "Waiting for a second check" in own
    assert amina.post(at("delivery-gone", removal.pk), {"gone": "yes"}).status_code == 403
    theirs = html(ben.get(at("delivery", removal.pk)))
    assert (ADDRESS in theirs, "Confirmed by: Amina Khan" in theirs) == (True, True)
    check_page(theirs)
    assert "Check that it’s gone" in html(ben.get(BY_HAND))
    assert ben.post(at("delivery-gone", removal.pk), {"gone": "perhaps"}).status_code == 422
    assert ben.post(at("delivery-gone", removal.pk), {"gone": "yes"}).status_code == 302
    assert stage.read(hand.post_id).state == PostState.TAKEN_DOWN


def test_the_accounts_of_one_post_stand_on_one_card(stage):
    with scope(stage.federation.pk):
        stage.accounts["pictures"] = account_on(
            "instagram", stage.school, NOW, name="Friends of Wildground", handle="friends.test"
        )
    one, other = stage.started(TEXT, "facebook", "pictures", pictures=[stage.picture()])
    amina = stage.browser("amina")
    page = html(amina.get(at("delivery", one.pk)))
    assert ("Friends of Wildground" in page, at("delivery-done", other.pk) in page) == (True, True)
    check_page(page)
    answer = amina.post(at("delivery-done", one.pk), {"address": ADDRESS})
    assert answer["Location"] == at("delivery", other.pk)


def test_the_list_has_what_waits_oldest_first_and_the_day_of_each(stage, hand, same_queries):
    """It costs the same for one and for many. A made-up place in it is not found."""
    browser, made = stage.browser("amina"), [hand]
    assert NOW.replace(microsecond=0).isoformat() in html(browser.get(BY_HAND))

    def grow():
        made.extend(stage.started(f"Post {number}", "facebook")[0] for number in range(4))

    same_queries(lambda: browser.get(BY_HAND), grow)
    page = browser.get(BY_HAND)
    assert [row["delivery"].pk for row in page.context["rows"]] == [each.pk for each in made]
    check_page(html(page))
    for query in ("after=x", "after=99999999999999999999"):
        assert browser.get(f"{BY_HAND}&{query}").status_code == 404, query
    with scope(stage.federation.pk):
        assert names_of(about(hand)) == {subject_of(hand): NAMED}, "told apart among the tasks"


def test_a_stop_is_told_on_the_card(stage, hand):
    stage.browser("ben").post(reverse("stop"), {"reason": "A bad day"})
    amina = stage.browser("amina")
    page = html(amina.get(at("delivery", hand.pk)))
    assert "Posting is stopped here, so nothing is being sent." in page
    assert "copy_text" not in page
    assert amina.post(at("delivery-done", hand.pk), {"address": ADDRESS}).status_code == 409
    check_page(page)
    assert (
        amina.post(at("delivery-done", hand.pk), {"address": ADDRESS, "before_stop": "yes"}).status_code
        == 302
    )
    assert stage.read(hand.post_id).state == PostState.PUBLISHED


# --- What nothing can prove --------------------------------------------------------------------------------


def test_somebody_looks_and_says_that_it_is_there(stage, sent):
    amina = stage.browser("amina")
    receipt = {
        "network": "bluesky",
        "id": "at://x",
        "address": "https://bsky.app/profile/bluesky.test/post/3k",
        "version": "",
    }
    move(stage, sent, "asked")
    answer = amina.post(at("delivery-look", sent.pk), {"there": "yes", "address": ""})
    assert (answer.status_code, list(answer.context["look_form"].errors)) == (422, ["address"]), "none known"
    for state in ("asked", "different"):
        with rolled_back():
            move(stage, sent, state, receipt=receipt)
            check_page(html(amina.get(at("delivery", sent.pk))))
            assert amina.post(at("delivery-look", sent.pk), {"there": "yes"}).status_code == 302, state
            page = html(amina.get(at("post", sent.post_id)))
            assert "Seen on the network. Confirmed by: Amina Khan." in page, state


def test_somebody_looks_and_it_is_not_there_so_it_can_be_sent_again(stage, sent):
    move(stage, sent, "asked")
    amina = stage.browser("amina")
    amina.post(at("delivery-look", sent.pk), {"there": "no"})
    assert "A person checked the network, and it isn’t there." in html(amina.get(at("delivery", sent.pk)))

    assert amina.post(at("delivery-again", sent.pk)).status_code == 302

    assert stage.read(sent.post_id).state == PostState.SENDING


def test_what_a_network_refused_is_under_needs_action_in_its_own_words(stage):
    first, second = sorted(stage.started(TEXT, "bluesky", "facebook"), key=lambda each: each.by_hand)
    move(stage, first, "failed", because="refused", what_next="give_up", said="<b>Text</b> is too long")
    amina = stage.browser("amina")

    listed = amina.get("/posts?show=stuck")
    assert [row["post"].pk for row in listed.context["rows"]] == [first.post_id]
    assert "Not sent everywhere" in html(listed)
    page = html(amina.get(at("post", first.post_id)))
    assert "Bluesky said:" in page
    assert "&lt;b&gt;Text&lt;/b&gt; is too long" in page
    card = html(amina.get(at("delivery", first.pk)))
    assert "&lt;b&gt;Text&lt;/b&gt; is too long" in card
    for each in (html(listed), page, card):
        check_page(each)

    assert amina.post(at("delivery-leave", first.pk)).status_code == 302
    assert [row["post"].pk for row in amina.get("/posts?show=stuck").context["rows"]] == []
    assert "The network refused it. Left out by: Amina Khan." in html(amina.get(at("post", first.post_id)))
    assert amina.post(at("delivery-leave", second.pk)).status_code == 409


def test_the_row_of_what_was_sent_again_offers_nothing_more(stage, sent):
    move(stage, sent, "failed", because="refused", what_next="give_up")
    amina, ben = stage.browser("amina"), stage.browser("ben")
    assert amina.post(at("delivery-again", sent.pk)).status_code == 302

    assert "Send again" not in html(amina.get(at("delivery", sent.pk)))
    assert "It was sent again: see below." in html(amina.get(at("post", sent.post_id)))
    for browser in (amina, ben):
        assert browser.post(at("delivery-again", sent.pk)).status_code == 409
    with scope(stage.federation.pk):
        assert Delivery.objects.filter(post=sent.post_id).count() == 2


def test_each_state_is_told_in_plain_words(stage, sent):
    amina = stage.browser("amina")
    for state, more, *sentences in [
        ("written", {}, "Waiting to be sent"),
        ("written", {"because": "unreachable"}, "Schoolgate will try again automatically."),
        ("sent", {}, "Sent. Schoolgate is checking that it appears on the network."),
        ("unknown", {"because": "timed_out"}, "The network did not respond in time."),
        ("asked", {}, "Check the network and record what you see. It won’t be sent again until then."),
        ("different", {}, "It’s live, but not as it was approved."),
        ("different", {"differences": ["pictures"]}, "What differs: Pictures or their descriptions."),
        ("failed", {"because": "too_long", "what_next": "give_up"}, "Sending it again unchanged won’t help."),
        (
            "failed",
            {"because": "sign_in", "what_next": "reconnect"},
            "The network no longer accepts this account’s access key.",
            "Connect the account again",
        ),
        ("cancelled", {}, "It was cancelled before it was sent."),
        (
            "confirmed",
            {"because": "answered"},
            "Checked on the network: it matches the approved version.",
        ),
    ]:
        move(stage, sent, state, **{"because": "", "what_next": "", **more})
        on_post = html(amina.get(at("post", sent.post_id)))
        on_card = html(amina.get(at("delivery", sent.pk)))
        for sentence in sentences:
            assert sentence in shown_by(on_card), (state, more)
            assert sentence in shown_by(on_post) or "Published" in shown_by(on_post), (state, more)
        check_page(on_post)
        check_page(on_card)


def test_another_federations_sending_is_not_found_at_any_address(stage, make_federation):
    other = set_up(make_federation("north", "wildground"), stage.sign_in)
    delivery = other.started(TEXT, "facebook")[0]
    sam = stage.browser("sam")
    assert sam.get(at("delivery", delivery.pk)).status_code == 404
    names = (
        "delivery-done",
        "delivery-look",
        "delivery-again",
        "delivery-leave",
        "delivery-rest",
        "delivery-gone",
        "delivery-address",
    )
    assert [sam.post(at(name, delivery.pk)).status_code for name in names] == [404] * len(names)
