"""The card of a post's link: read once by a job, approved as it is, sent as it was approved."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest

from schoolgate.core import files
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.cards import ask_for_cards_again, choose_cards, note_card, note_no_card, read_card
from schoolgate.publishing.drafting import TargetText, edit_post, try_out
from schoolgate.publishing.facts import facts_of
from schoolgate.publishing.models import READS_FOR, CardChoice, CardState, LinkCard
from schoolgate.publishing.post_parts import MOST_CARDS, card_for, cards_going_out, first_link, links_wanted
from schoolgate.publishing.sending import outgoing
from schoolgate.publishing.starting import begin_sending
from tests.publishing.cards import LINK, PICTURE, SEEN, TEXT
from tests.publishing.conftest import ANSWERS as PLAIN
from tests.publishing.conftest import account_on

ANSWERS = {**PLAIN, "links_own_business": False}


@pytest.fixture
def draft(draft):
    return partial(draft, answers=ANSWERS)


def edited(cast, at, post, text=TEXT, **more):
    given = {
        "pictures": post.pictures,
        "planned_at": None,
        "answers": ANSWERS,
        "asked_again": ANSWERS,
        **more,
    }
    targets = [TargetText(each.account, text) for each in post.targets.all()]
    return edit_post(by=cast.amina, at=at, post=post, version=post.version, targets=targets, **given)


# --- Which links


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (TEXT, LINK),
        ("Two: https://a.example/1 and https://b.example/2", "https://a.example/1"),
        ("None, only #science and @school.example", ""),
        (f"https://a.example/{'x' * 1_980}", f"https://a.example/{'x' * 1_980}"),
        (f"https://a.example/{'x' * 1_990}", ""),
    ],
)
def test_the_first_link_of_a_text_gets_the_card(text, link):
    assert first_link(text) == link


def test_saving_a_draft_has_the_page_of_its_link_read_once(draft, cast, at):
    post = draft(TEXT)
    (card,) = post.link_cards.all() or LinkCard.objects.filter(post=post)
    assert (card.address, card.state) == (LINK, CardState.ASKED)

    edited(cast, at, queries.post(post.pk), f"Changed words. {LINK}")
    assert LinkCard.objects.get(post=post).pk == card.pk


def test_a_text_without_a_link_has_no_card(draft):
    assert not LinkCard.objects.filter(post=draft()).exists()


def test_a_network_that_makes_the_card_itself_is_sent_none(draft, cast):
    assert not LinkCard.objects.filter(post=draft(TEXT, accounts=[cast.facebook])).exists()
    assert [key for key, each in all_capabilities().items() if each.sends_link_card] == [
        "noticeboard",
        "bluesky",
    ]


def test_each_account_has_the_card_of_its_own_text(cast, at, draft, school):
    board = account_on("noticeboard", school, at, handle="north")
    post = draft(TEXT, accounts=[cast.bluesky])
    other = TargetText(board, "Gwyddoniaeth: https://science.example/cy", "cy")
    post = edit_post(
        by=cast.amina, at=at, post=queries.post(post.pk), version=post.version,
        targets=[TargetText(cast.bluesky, TEXT), other], pictures=(), planned_at=None, answers=ANSWERS,
    )  # fmt: skip
    for card in LinkCard.objects.filter(post=post):
        note_card(at=at, pk=card.pk, seen=replace(SEEN, title=card.address), digest="")
    post = queries.post(post.pk)
    assert {card_for(post, each).title for each in post.targets.all()} == {LINK, "https://science.example/cy"}


def test_a_post_has_at_most_four_cards():
    targets = [
        SimpleNamespace(text=f"https://a.example/{n}", account=SimpleNamespace(network="bluesky"))
        for n in range(9)
    ]
    post = SimpleNamespace(pictures=[], emergency_text_id=None, targets=SimpleNamespace(all=lambda: targets))
    assert len(links_wanted(post)) == MOST_CARDS
    assert links_wanted(SimpleNamespace(**{**vars(post), "emergency_text_id": 7})) == []
    assert links_wanted(SimpleNamespace(**{**vars(post), "pictures": ["one"]})) == []


def test_a_changed_link_removes_the_card_and_asks_for_the_new_one(cast, at, draft, card_of):
    post = draft(TEXT)
    card_of(post)
    edited(cast, at, queries.post(post.pk), "Now https://other.example/")
    (card,) = LinkCard.objects.filter(post=post)
    assert (card.address, card.state) == ("https://other.example/", CardState.ASKED)

    edited(cast, at, queries.post(post.pk), "No link any more.")
    assert not LinkCard.objects.filter(post=post).exists()


def test_trying_out_a_text_leaves_no_card_behind(cast, at, school):
    try_out(by=cast.amina, at=at, school=school, post=None, targets=[TargetText(cast.bluesky, TEXT)])
    assert not LinkCard.objects.exists()


@pytest.mark.parametrize(
    "link", ["https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv", "https://a.example/join?token=s3cretS3cret9"]
)
def test_a_private_link_is_not_opened(draft, link):
    (card,) = LinkCard.objects.filter(post=draft(f"Join {link}"))
    assert (card.state, card.why) == (CardState.NONE, "private_link")


# --- The job


def test_nothing_is_fetched_inside_a_transaction(cast, draft, at):
    (card,) = LinkCard.objects.filter(post=draft(TEXT))
    with pytest.raises(RuntimeError):
        read_card(cast.federation.pk, card.pk, clock=lambda: at, see=lambda address: SEEN)


def test_what_was_found_is_kept(draft, card_of, at):
    card = card_of(draft(TEXT), picture=True)
    assert (card.title, card.description, card.state, card.shown) == (
        *("Science week", "Talks and rockets."),
        *(CardState.READ, CardChoice.PICTURE),
    )
    assert card.has_picture
    assert card.read_at == at


def test_a_page_that_can_not_be_read_leaves_the_post_as_it_was(cast, draft, at):
    post = draft(TEXT)
    (card,) = LinkCard.objects.filter(post=post)
    note_no_card(at=at, pk=card.pk, why="too_slow")

    submit_post(by=cast.amina, at=at, post=queries.post(post.pk))
    card.refresh_from_db()
    assert (card.state, card.why) == (CardState.NONE, "too_slow")
    assert cards_going_out(queries.post(post.pk)) == []


@pytest.mark.parametrize(
    ("why", "there"),
    [
        ("not_there", False),
        ("no_such_host", False),
        ("no_page", True),
        ("nothing_to_show", True),
        ("too_slow", None),
    ],
)
def test_whether_the_page_of_a_link_is_there_is_known_where_it_answered(draft, at, why, there):
    post = draft(TEXT)
    (card,) = LinkCard.objects.filter(post=post)
    note_no_card(at=at, pk=card.pk, why=why)

    ((_target, asked),) = facts_of(queries.post(post.pk), at=at)
    assert [link.found for link in asked.links] == [there]


def test_a_page_that_was_read_is_there_and_one_that_was_not_asked_is_not_known(draft, card_of, at):
    text = f"{TEXT} See also https://science.example/more."
    post = draft(text)
    card_of(post)

    ((_target, asked),) = facts_of(queries.post(post.pk), at=at)
    assert [link.found for link in asked.links] == [True, None]


def test_a_second_answer_changes_nothing(draft, card_of, at):
    card = card_of(draft(TEXT))
    assert not note_card(at=at, pk=card.pk, seen=replace(SEEN, title="Another"), digest="")
    note_no_card(at=at, pk=card.pk, why="too_slow")
    card.refresh_from_db()
    assert (card.title, card.state) == ("Science week", CardState.READ)


def test_a_card_that_was_removed_meanwhile_is_left_alone(cast, draft, at):
    post = draft(TEXT)
    (card,) = LinkCard.objects.filter(post=post)
    edited(cast, at, queries.post(post.pk), "No link.")
    assert not note_card(at=at, pk=card.pk, seen=SEEN, digest="")


@pytest.mark.parametrize(("seconds", "reading"), [(119, True), (120, False)])
def test_a_page_counts_as_unread_after_two_minutes(draft, at, seconds, reading):
    (card,) = LinkCard.objects.filter(post=draft(TEXT))
    assert timedelta(minutes=2) == READS_FOR
    assert card.reading(at + timedelta(seconds=seconds)) is reading


# --- The author's choice


def test_the_author_may_leave_the_card_away(cast, at, draft, card_of):
    post = draft(TEXT)
    card = card_of(post)
    post = choose_cards(by=cast.amina, at=at, post=queries.post(post.pk), chosen={card.pk: "nothing"})
    assert cards_going_out(post) == []


@pytest.mark.parametrize("wrong", ["picture", "", "all of it"])
def test_only_what_is_offered_can_be_chosen(cast, at, draft, card_of, wrong):
    post = draft(TEXT)
    card = card_of(post)
    with pytest.raises(BadInput):
        choose_cards(by=cast.amina, at=at, post=queries.post(post.pk), chosen={card.pk: wrong})


def test_only_a_writer_of_the_post_chooses_or_asks_again(cast, at, draft, card_of):
    post = draft(TEXT)
    card = card_of(post)
    for act, more in ((choose_cards, {"chosen": {card.pk: "nothing"}}), (ask_for_cards_again, {})):
        with pytest.raises(NotAllowed):
            act(by=cast.ben, at=at, post=queries.post(post.pk), **more)


def test_the_page_can_be_read_again_but_not_while_it_is_being_read(cast, at, draft, card_of):
    post = draft(TEXT)
    with pytest.raises(NotNow):
        ask_for_cards_again(by=cast.amina, at=at, post=queries.post(post.pk))
    card_of(post, picture=True)

    ask_for_cards_again(by=cast.amina, at=at, post=queries.post(post.pk))

    card = LinkCard.objects.get(post=post)
    assert (card.state, card.title, card.digest, card.shown) == (CardState.ASKED, "", "", CardChoice.WORDS)


def test_the_card_of_a_post_that_waits_for_approval_stays(cast, at, draft, card_of):
    post = draft(TEXT)
    card = card_of(post)
    post = submit_post(by=cast.amina, at=at, post=queries.post(post.pk))
    with pytest.raises(NotNow):
        ask_for_cards_again(by=cast.amina, at=at, post=post)
    with pytest.raises(NotNow):
        choose_cards(by=cast.amina, at=at, post=post, chosen={card.pk: "nothing"})


# --- Approved and sent


def approve(cast, at, post):
    post = submit_post(by=cast.amina, at=at, post=queries.post(post.pk))
    return approve_post(by=cast.ben, at=at, post=post, seen=queries.seen_now(post, at=at))


def test_what_was_approved_is_what_is_sent(cast, at, draft, card_of, advance, server):
    post = draft(TEXT)
    card_of(post, picture=True)
    (delivery,) = begin_sending(at=at, post=approve(cast, at, post))

    out = outgoing(delivery)
    assert (out.link_card.title, out.link_card.data) == ("Science week", PICTURE.content)
    assert advance(delivery).state == "confirmed"
    (held,) = server.ours.values()
    assert held.normal.link_card == out.link_card.normal()


def test_a_card_without_its_picture_sends_none(cast, at, draft, card_of):
    post = draft(TEXT)
    card_of(post, picture=True, faces=3)
    (delivery,) = begin_sending(at=at, post=approve(cast, at, post))
    assert (outgoing(delivery).link_card.title, outgoing(delivery).link_card.data) == ("Science week", b"")


def test_a_card_that_was_left_away_is_not_sent(cast, at, draft, card_of):
    post = draft(TEXT)
    card = card_of(post)
    choose_cards(by=cast.amina, at=at, post=queries.post(post.pk), chosen={card.pk: "nothing"})
    (delivery,) = begin_sending(at=at, post=approve(cast, at, post))
    assert (delivery.card, outgoing(delivery).link_card) == ({}, None)


def test_a_card_that_comes_after_the_approval_stays_away(cast, at, draft, card_of):
    post = approve(cast, at, draft(TEXT))
    card = card_of(post)

    assert (card.state, card.why) == (CardState.NONE, "late")
    (delivery,) = begin_sending(at=at, post=queries.post(post.pk))
    assert delivery.card == {}


def test_a_card_that_changes_after_the_approval_asks_for_approval_again(cast, at, draft, card_of):
    post = draft(TEXT)
    card = card_of(post)
    post = approve(cast, at, post)
    LinkCard.objects.filter(pk=card.pk).update(title="Something else")

    assert begin_sending(at=at, post=queries.post(post.pk)) == []
    assert queries.post(post.pk).state == "submitted"


def test_a_card_that_comes_while_the_approver_reads_makes_the_approver_look_again(cast, at, draft, card_of):
    post = submit_post(by=cast.amina, at=at, post=draft(TEXT))
    seen = queries.seen_now(queries.post(post.pk), at=at)
    card_of(post)
    with pytest.raises(NotNow):
        approve_post(by=cast.ben, at=at, post=queries.post(post.pk), seen=seen)


def test_a_lost_picture_of_a_card_stops_the_sending(cast, at, draft, card_of, advance):
    post = draft(TEXT)
    card = card_of(post, picture=True)
    (delivery,) = begin_sending(at=at, post=approve(cast, at, post))
    files.remove(card.digest, federation_id=cast.federation.pk)
    assert advance(delivery).because == "picture_lost"
