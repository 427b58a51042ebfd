"""What people do on a network's own pages, and what they say of how it stands there."""

import pytest
from django.urls import reverse

from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.queries import about
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.states import PostState
from schoolgate.web.frame.duty_words import names_of
from tests.publishing.conftest import account_on
from tests.web.plain import check_page, shown_by
from tests.web.posts_cast import NOW, TEXT, Stage, act, set_up

BY_HAND = "/posts?show=by-hand"

NAMED = "Wildground Juniors · Our sports day is on Friday at 10. Families are welcome on …"
ADDRESS = "https://www.facebook.com/wildground/posts/1234567890"


def at(name: str, pk: int) -> str:
    return reverse(name, args=[pk])


def html(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def hand(stage) -> Delivery:
    """A post that somebody has to put out on Facebook, with a picture."""
    return stage.started(TEXT, "facebook", pictures=[stage.picture()])[0]


def move(stage: Stage, delivery: Delivery, state: str, **more: object) -> None:
    with scope(stage.federation.pk):
        Delivery.objects.filter(pk=delivery.pk).update(state=state, **more)


def now(stage: Stage, delivery: Delivery) -> Delivery:
    with scope(stage.federation.pk):
        return Delivery.objects.get(pk=delivery.pk)


def test_the_card_has_all_that_is_needed(stage, hand):
    page = html(stage.browser("amina").get(at("delivery", hand.pk)))
    picture = reverse("picture", args=[stage.read(hand.post_id).pictures[0].pk])
    wanted = (TEXT, "An empty playing field in the sun.", f"{picture}?download", "https://www.facebook.com/")
    assert [each for each in wanted if each not in page] == []
    check_page(page)


def test_what_was_put_out_is_kept_with_its_address_and_who_said_so(stage, hand):
    answer = stage.browser("amina").post(at("delivery-done", hand.pk), {"address": f" {ADDRESS} "})
    assert answer["Location"] == at("post", hand.post_id)
    page = html(stage.browser("ben").get(at("post", hand.post_id)))
    assert f'href="{ADDRESS}"' in page
    assert "Posted by hand. Confirmed by: Amina Khan." in page
    assert stage.read(hand.post_id).state == PostState.PUBLISHED


@pytest.mark.parametrize(
    "address",
    [
        "",
        "facebook",
        "javascript:alert(1)",
        "https://example.org/",
        "http://www.facebook.com/a/posts/1",
        "x" * 3000,
    ],
)
def test_an_address_that_is_none_of_a_post_there_is_refused_beside_its_field(stage, hand, address):
    answer = stage.browser("amina").post(at("delivery-done", hand.pk), {"address": address})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["address"])
    assert now(stage, hand).state == "written"


def test_somebody_without_a_part_cannot_say_that_it_is_out(stage, hand):
    answer = stage.browser("sam").get(at("delivery", hand.pk))
    assert answer.status_code == 200
    with scope(stage.federation.pk):
        from tests.cast import someone

        stage.people["overseer"] = someone("Olwen Oversees", "federation-leadership-team")
    refused = stage.browser("overseer").post(at("delivery-done", hand.pk), {"address": ADDRESS})
    assert (refused.status_code, now(stage, hand).state) == (403, "written")


def test_what_the_program_does_itself_is_not_done_by_hand(stage):
    delivery = stage.started()[0]
    address = "https://bsky.app/profile/a.test/post/3k"
    assert (
        stage.browser("amina").post(at("delivery-done", delivery.pk), {"address": address}).status_code == 409
    )


def test_a_removal_by_hand_is_looked_at_by_somebody_other_than_who_did_it(stage, hand):
    amina, ben = stage.browser("amina"), stage.browser("ben")
    amina.post(at("delivery-done", hand.pk), {"address": ADDRESS})
    amina.post(act("take-down", hand.post_id), {"reason": "mistake"})
    with scope(stage.federation.pk):
        removal = Delivery.objects.get(of=hand)

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


def test_after_one_card_comes_the_next(stage, hand):
    following = stage.started("Another", "facebook")[0]
    answer = stage.browser("amina").post(at("delivery-done", hand.pk), {"address": ADDRESS})
    assert answer["Location"] == at("delivery", following.pk)


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


def test_a_pasted_address_is_put_right_and_both_stand_there(stage, hand):
    amina, better = stage.browser("amina"), f"{ADDRESS}9"
    amina.post(at("delivery-done", hand.pk), {"address": ADDRESS})
    assert amina.post(at("delivery-address", hand.pk), {"address": "nonsense"}).status_code == 422
    assert amina.post(at("delivery-address", hand.pk), {"address": better}).status_code == 302
    page = html(amina.get(at("delivery", hand.pk)))
    assert (f'href="{better}"' in page, "Before:" in page) == (True, True)
    check_page(page)


def test_the_list_has_what_waits_oldest_first(stage, hand):
    second = stage.started("Another", "facebook")[0]
    page = stage.browser("amina").get(BY_HAND)
    assert [row["delivery"].pk for row in page.context["rows"]] == [hand.pk, second.pk]
    check_page(html(page))


def test_the_list_costs_the_same_for_one_and_for_fifty(stage, hand, same_queries):
    browser = stage.browser("amina")
    browser.get(BY_HAND)

    def grow():
        for number in range(24):
            stage.started(f"Post {number}", "facebook")

    same_queries(lambda: browser.get(BY_HAND), grow)


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


@pytest.mark.parametrize("state", ["asked", "different"])
def test_somebody_looks_and_says_that_it_is_there(stage, state):
    delivery = stage.started()[0]
    receipt = {
        "network": "bluesky",
        "id": "at://x",
        "address": "https://bsky.app/profile/bluesky.test/post/3k",
        "version": "",
    }
    move(stage, delivery, state, receipt=receipt)
    amina = stage.browser("amina")
    check_page(html(amina.get(at("delivery", delivery.pk))))
    assert amina.post(at("delivery-look", delivery.pk), {"there": "yes"}).status_code == 302
    page = html(amina.get(at("post", delivery.post_id)))
    assert "Seen on the network. Confirmed by: Amina Khan." in page


def test_somebody_looks_and_it_is_not_there_so_it_can_be_sent_again(stage):
    delivery = stage.started()[0]
    move(stage, delivery, "asked")
    amina = stage.browser("amina")
    amina.post(at("delivery-look", delivery.pk), {"there": "no"})
    assert "A person checked the network, and it isn’t there." in html(amina.get(at("delivery", delivery.pk)))

    assert amina.post(at("delivery-again", delivery.pk)).status_code == 302

    assert stage.read(delivery.post_id).state == PostState.SENDING


def test_that_it_is_there_without_an_address_is_refused_where_none_is_known(stage):
    delivery = stage.started()[0]
    move(stage, delivery, "asked")
    answer = stage.browser("amina").post(at("delivery-look", delivery.pk), {"there": "yes", "address": ""})
    assert (answer.status_code, list(answer.context["look_form"].errors)) == (422, ["address"])


def test_without_an_answer_nothing_is_kept(stage):
    delivery = stage.started()[0]
    move(stage, delivery, "asked")
    assert stage.browser("amina").post(at("delivery-look", delivery.pk)).status_code == 422
    assert now(stage, delivery).state == "asked"


def test_a_colleague_without_the_part_cannot_say_how_it_stands(stage):
    delivery = stage.started()[0]
    move(stage, delivery, "asked")
    assert stage.browser("cara").post(at("delivery-look", delivery.pk), {"there": "no"}).status_code == 403


def test_what_the_network_refused_says_why_and_what_next(stage):
    delivery = stage.started()[0]
    move(stage, delivery, "failed", because="sign_in", what_next="reconnect")
    said = shown_by(html(stage.browser("amina").get(at("post", delivery.post_id))))
    assert "The network no longer accepts this account’s access key." in said
    assert "Connect the account again" in said


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


def test_the_row_of_what_was_sent_again_offers_nothing_more(stage):
    delivery = stage.started()[0]
    move(stage, delivery, "failed", because="refused", what_next="give_up")
    amina, ben = stage.browser("amina"), stage.browser("ben")
    assert amina.post(at("delivery-again", delivery.pk)).status_code == 302

    assert "Send again" not in html(amina.get(at("delivery", delivery.pk)))
    assert "It was sent again: see below." in html(amina.get(at("post", delivery.post_id)))
    for browser in (amina, ben):
        assert browser.post(at("delivery-again", delivery.pk)).status_code == 409
    with scope(stage.federation.pk):
        assert Delivery.objects.filter(post=delivery.post_id).count() == 2


def test_what_did_not_fail_is_not_sent_again(stage):
    delivery = stage.started()[0]
    assert stage.browser("amina").post(at("delivery-again", delivery.pk)).status_code == 409


@pytest.mark.parametrize(
    ("state", "more", "sentence"),
    [
        ("written", {}, "Waiting to be sent"),
        ("written", {"because": "unreachable"}, "Schoolgate will try again automatically."),
        ("sent", {}, "Sent. Schoolgate is checking that it appears on the network."),
        ("unknown", {"because": "timed_out"}, "The network did not respond in time."),
        ("asked", {}, "Check the network and record what you see. It won’t be sent again until then."),
        ("different", {}, "It’s live, but not as it was approved."),
        (
            "failed",
            {"because": "too_long", "what_next": "give_up"},
            "Sending it again unchanged won’t help.",
        ),
        ("cancelled", {}, "It was cancelled before it was sent."),
        (
            "confirmed",
            {"because": "answered"},
            "Checked on the network: it matches the approved version.",
        ),
    ],
)
def test_each_state_is_told_in_plain_words(stage, state, more, sentence):
    delivery = stage.started()[0]
    move(stage, delivery, state, **more)
    on_post = html(stage.browser("amina").get(at("post", delivery.post_id)))
    on_card = html(stage.browser("amina").get(at("delivery", delivery.pk)))
    assert sentence in shown_by(on_card)
    assert sentence in shown_by(on_post) or "Published" in shown_by(on_post)
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


@pytest.mark.parametrize("query", ["after=x", "after=99999999999999999999"])
def test_a_made_up_place_in_the_list_is_not_found(stage, query):
    assert stage.browser("amina").get(f"{BY_HAND}&{query}").status_code == 404


def test_the_day_on_which_it_was_written_is_shown(stage, hand):
    page = html(stage.browser("amina").get(BY_HAND))
    assert NOW.isoformat() in page


def test_two_posts_for_one_account_are_told_apart_among_the_tasks(stage, hand):
    with scope(stage.federation.pk):
        assert names_of(about(hand)) == {subject_of(hand): NAMED}


def test_the_task_of_a_removal_names_the_post_that_it_undoes(stage, hand):
    amina = stage.browser("amina")
    amina.post(at("delivery-done", hand.pk), {"address": ADDRESS})
    amina.post(act("take-down", hand.post_id), {"reason": "mistake"})
    with scope(stage.federation.pk):
        removal = Delivery.objects.get(of=hand)
        assert names_of(about(removal)) == {subject_of(removal): NAMED}
