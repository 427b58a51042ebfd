"""What every network must do in the same way, run over the noticeboard, the fake and a real Bluesky network.

A suite inherits `NetworkContract` and gives a `world`: the account under test, and hands for a stranger.
"""

from __future__ import annotations

import io
import itertools
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

import pytest
from PIL import Image

from schoolgate.networks.capabilities import ACTIONS, Way
from schoolgate.networks.normal import digest_of_captions
from schoolgate.networks.port import (
    IncomingItem,
    Network,
    NetworkError,
    OutgoingFilm,
    OutgoingPicture,
    OutgoingPost,
    OutgoingReply,
    Reactions,
    Receipt,
    Ref,
    intent_key,
)
from tests.filming import CAPTIONS, a_film

T = TypeVar("T")
_numbers = itertools.count(1)


class World(Protocol):
    """One account and one stranger on a network."""

    network: Network
    patience: float

    def comment(self, receipt: Receipt, text: str) -> str:
        """The stranger writes below our post; gives the comment's id."""

    def edit(self, item: IncomingItem, text: str) -> bool:
        """The stranger changes the comment; False where nobody can."""

    def delete(self, item: IncomingItem) -> None:
        """The comment is deleted by its writer."""


def now() -> datetime:
    return datetime.now(UTC)


def new_key() -> str:
    return intent_key(at=now(), about=f"contract:{next(_numbers)}")


def a_post(text: str = "Open day on Friday at ten.", **more: object) -> OutgoingPost:
    return OutgoingPost(intent_key=new_key(), text=text, created_at=now(), **more)  # type: ignore[arg-type]


def a_picture(alt: str = "An empty hall, the chairs in rows.", kind: str = "PNG") -> OutgoingPicture:
    colour = (next(_numbers) % 256, 120, 60)
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(buffer, kind)
    return OutgoingPicture(buffer.getvalue(), f"image/{kind.lower()}", alt, 40, 30)


def outgoing_film() -> OutgoingFilm:
    return OutgoingFilm(
        a_film(seconds=1, colour=next(_numbers) % 256), "Runners set off.", CAPTIONS, "en", 64, 48, 1000,
        a_picture("Runners set off."),
    )  # fmt: skip


class _Large(bytes):
    """Bytes that say they are so many, so that a test of the limit needs no memory."""

    def __new__(cls, number: int) -> _Large:
        made = super().__new__(cls)
        made.number = number  # type: ignore[attr-defined]
        return made

    def __len__(self) -> int:
        return self.number  # type: ignore[attr-defined, no-any-return]


def eventually(world: World, read: Callable[[], T], good: Callable[[T], bool]) -> T:
    """Read until it is as wanted or the network's delay is over; gives what was read last."""
    end = time.monotonic() + world.patience
    while not good(found := read()) and time.monotonic() < end:
        time.sleep(0.2)
    return found


def comments(world: World, ref: Ref) -> list[IncomingItem]:
    return [item for item in world.network.replies(ref) if not item.ours]


def the_comment(world: World, receipt: Receipt, text: str = "Is there parking?") -> IncomingItem:
    comment_id = world.comment(receipt, text)
    found = eventually(world, lambda: comments(world, receipt.ref), bool)
    assert [item.ref.id for item in found] == [comment_id]
    return found[0]


def longest_text(world: World) -> int:
    """How many é the network takes: two bytes each, where it counts these too."""
    limits = world.network.limits()
    return min(limits.text_max or 0, (limits.text_bytes or 10**9) // 2)


STRANGE = {
    "emoji only": "🎉👩‍🏫🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "right to left": "مرحبا بكم في المدرسة #مدرسة",
    "html": "<script>alert('x')</script> & <b>bold</b> &amp; https://school.test/?a=1&b=2",
    "welsh": "Mae'r ysgol ar gau ddydd Gwener: dŵr, tŷ, môr.",
    "lines": "One\n\nTwo\n  three",
    "links": "See https://school.test/open-day. #OpenDay, #2027 and @nobody-at-all.test",
}


class NetworkContract:
    """The tests; `world` comes from the suite.

    `takes_keys`: a second call under one key makes no second post. `proves`: what is not found is not there.
    `tells_captions`: reading a film back tells its captions.
    """

    post = staticmethod(a_post)
    picture = staticmethod(a_picture)
    takes_keys = True
    proves = True
    tells_captions = True

    @pytest.mark.parametrize("name", list(STRANGE))
    def test_any_text_comes_back_as_it_was_meant(self, world, name):
        out = self.post(STRANGE[name], languages=("cy", "en"))
        if set(STRANGE[name]) & set(world.network.limits().text_without):
            with pytest.raises(NetworkError, match="sign_refused"):
                world.network.publish(out)
            return

        receipt = world.network.publish(out)

        found = world.network.read_back(receipt.ref)
        assert found is not None
        assert (out.normal().differences(found.normal), found.ref) == ((), receipt.ref)

    def takes_no_pictures(self, world):
        """A network of films alone refuses a picture before it is asked."""
        if world.network.limits().pictures != 0:
            return False
        with pytest.raises(NetworkError, match="too_many_pictures") as refused:
            world.network.publish(a_post(pictures=(a_picture(),)))
        assert (refused.value.what_next, refused.value.outcome_unknown) == ("give_up", False)
        return True

    def test_a_picture_comes_back_with_its_bytes_and_its_alternative_text(self, world):
        if self.takes_no_pictures(world):
            return
        out = self.post(pictures=(self.picture(),))

        receipt = world.network.publish(out)

        found = world.network.read_back(receipt.ref)
        assert found is not None
        [(digest, alt)] = found.normal.pictures
        assert alt == "An empty hall, the chairs in rows."
        assert digest in (out.pictures[0].digest, "")  # empty: a network that draws pictures again
        assert out.normal().differences(found.normal) == ()

    def test_as_many_pictures_as_it_takes_come_back_in_order_with_their_descriptions(self, world):
        if self.takes_no_pictures(world):
            return
        most = min(world.network.limits().pictures, 4)
        pictures = tuple(self.picture(f"Picture {number}: dŵr & <b>") for number in range(1, most + 1))
        out = self.post(pictures=pictures)

        receipt = world.network.publish(out)
        again = world.network.look_up(out.intent_key, out.normal())

        for found in (world.network.read_back(receipt.ref), again):
            assert [alt for _digest, alt in found.normal.pictures] == [each.alt for each in pictures]
            assert out.normal().differences(found.normal) == ()

    def test_the_same_pictures_in_another_order_are_another_post(self, world):
        if self.takes_no_pictures(world):
            return
        pictures = (self.picture("One"), self.picture("Two"))
        out = self.post(pictures=pictures)

        receipt = world.network.publish(out)

        turned = replace(out, pictures=pictures[::-1]).normal()
        assert turned.differences(world.network.read_back(receipt.ref).normal) == ("pictures",)

    def test_one_picture_more_than_it_takes_is_refused_before_the_network_is_asked(self, world):
        most = world.network.limits().pictures
        out = self.post(pictures=tuple(self.picture() for _number in range(most + 1)))

        with pytest.raises(NetworkError, match="too_many_pictures") as refused:
            world.network.publish(out)

        assert (refused.value.what_next, refused.value.outcome_unknown) == ("give_up", False)
        assert world.network.look_up(out.intent_key, out.normal()) is None

    def test_a_look_up_by_our_key_finds_the_post_and_proves_absence(self, world):
        out = self.post()

        before = world.network.look_up(out.intent_key, out.normal())
        receipt = world.network.publish(out)
        after = world.network.look_up(out.intent_key, out.normal())

        assert world.network.capabilities.proves_absence is self.proves
        assert (before, after and after.ref) == (None, receipt.ref)

    def test_publishing_twice_under_one_key_leaves_one_post(self, world):
        out = self.post()
        receipt = world.network.publish(out)
        if not self.takes_keys:  # then only the handshake prevents it, and a look-up can't tell two apart
            world.network.publish(out)
            with pytest.raises(NetworkError, match="not_offered"):
                world.network.look_up(out.intent_key, out.normal())
            return

        try:
            again = world.network.publish(out)
        except NetworkError as error:
            again = receipt if error.outcome_unknown else None

        found = world.network.look_up(out.intent_key, out.normal())
        assert (again.ref, found and found.ref) == (receipt.ref, receipt.ref)

    def test_what_is_taken_down_is_gone_and_may_be_taken_down_again(self, world):
        out = self.post()
        receipt = world.network.publish(out)
        if world.network.capabilities.way("take_down") is not Way.PROGRAM:
            with pytest.raises(NetworkError, match="not_offered"):
                world.network.take_down(receipt.ref)
            return

        world.network.take_down(receipt.ref)
        world.network.take_down(receipt.ref)

        assert (
            world.network.read_back(receipt.ref),
            world.network.look_up(out.intent_key, out.normal()),
        ) == (None, None)

    def test_the_longest_text_is_taken(self, world):
        longest = longest_text(world)
        out = self.post("é" * longest)

        receipt = world.network.publish(out)

        assert world.network.read_back(receipt.ref).normal.text == "é" * longest

    def refuses(self, world, out):
        """A network that takes no film refuses it, and never sends the words without it."""
        with pytest.raises(NetworkError, match="film_refused") as refused:
            world.network.publish(out)
        assert (refused.value.what_next, refused.value.outcome_unknown) == ("give_up", False)
        assert world.network.look_up(out.intent_key, replace(out, film=None).normal()) is None

    def test_a_film_comes_back_with_its_description_and_its_captions(self, world):
        out = a_post(film=outgoing_film())
        if not world.network.limits().films:
            self.refuses(world, out)
            return

        receipt = world.network.publish(out)
        again = world.network.look_up(out.intent_key, out.normal())

        for found in (world.network.read_back(receipt.ref), again):
            assert out.normal().differences(found.normal) == ()
            described = "Runners set off." if world.network.limits().alt_max != 0 else None
            assert (found.normal.film.alt, found.normal.pictures) == (described, ())
            if world.network.capabilities.shows_captions and self.tells_captions:
                assert found.normal.film.captions == digest_of_captions(CAPTIONS)

    def test_another_film_or_other_captions_are_another_post(self, world):
        out = a_post(film=outgoing_film())
        if not world.network.limits().films:
            self.refuses(world, out)
            return
        receipt = world.network.publish(out)
        found = world.network.read_back(receipt.ref).normal

        if world.network.limits().alt_max != 0:
            other_words = replace(out, film=replace(out.film, alt="Runners arrive.")).normal()
            assert other_words.differences(found) == ("film",)
        assert replace(out, film=None).normal().differences(found) == ("film",)
        if world.network.capabilities.shows_captions and self.tells_captions:
            without = replace(out, film=replace(out.film, captions="")).normal()
            assert without.differences(found) == ("film",)

    @pytest.mark.parametrize("wrong", ["too large", "of another kind", "beside a picture", "without end"])
    def test_a_film_that_it_does_not_take_is_refused_before_the_network_is_asked(self, world, wrong):
        limits = world.network.limits()
        film, pictures = outgoing_film(), ()
        if not limits.films:
            return
        if wrong == "too large":
            film = replace(film, data=_Large(limits.film_bytes + 1))
        elif wrong == "of another kind":
            film = replace(film, media_type="video/quicktime")
        elif wrong == "beside a picture":
            pictures = (a_picture(),)
        elif limits.film_seconds is None:
            return
        else:
            film = replace(film, milliseconds=limits.film_seconds * 1000 + 1)
        out = a_post(film=film, pictures=pictures)

        with pytest.raises(NetworkError, match=r"film_refused|too_many_pictures") as refused:
            world.network.publish(out)

        assert (refused.value.what_next, refused.value.outcome_unknown) == ("give_up", False)
        small = replace(out, film=outgoing_film())
        assert world.network.look_up(out.intent_key, small.normal()) is None

    REFUSED = [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("a" * 100_000, "too_long"),
        ("bell \x07", "unreadable_text"),
        ("nul \x00", "unreadable_text"),
        ("half \ud83c", "unreadable_text"),
    ]

    @pytest.mark.parametrize(("text", "code"), REFUSED, ids=[code + str(len(text)) for text, code in REFUSED])
    def test_what_cannot_be_a_post_is_refused_before_the_network_is_asked(self, world, text, code):
        out = self.post(text)

        with pytest.raises(NetworkError) as refused:
            world.network.publish(out)

        assert (refused.value.code, refused.value.what_next, refused.value.outcome_unknown) == (
            code,
            "give_up",
            False,
        )
        assert world.network.look_up(out.intent_key, out.normal()) is None

    def test_one_sign_more_than_the_longest_text_is_refused(self, world):
        out = self.post("é" * (longest_text(world) + 1))

        with pytest.raises(NetworkError, match="too_long"):
            world.network.publish(out)

    def test_a_picture_of_another_kind_is_refused(self, world):
        if self.takes_no_pictures(world):
            return
        out = self.post(pictures=(OutgoingPicture(b"%PDF-1.7", "application/pdf", "A letter"),))

        with pytest.raises(NetworkError, match="picture_refused"):
            world.network.publish(out)

    def test_a_comment_arrives_once_with_its_writer_its_place_and_its_time(self, world):
        receipt = world.network.publish(self.post())
        started = now()

        item = the_comment(world, receipt)

        assert (item.text, item.parent, item.root, item.kind, item.ours, item.edited, item.hidden) == (
            "Is there parking?",
            receipt.ref.id,
            receipt.ref.id,
            "comment",
            False,
            False,
            False,
        )
        assert (item.ref.network, bool(item.author.id)) == (world.network.key, True)
        assert abs(item.created_at - started) < timedelta(minutes=1)
        assert item.released is not world.network.capabilities.premoderated

    def test_only_what_the_network_saw_since_then_is_given(self, world):
        receipt = world.network.publish(self.post())
        item = the_comment(world, receipt)

        at_the_instant = world.network.replies(receipt.ref, item.seen_at)
        after_it = world.network.replies(receipt.ref, item.seen_at + timedelta(milliseconds=1))

        assert ([one.ref.id for one in at_the_instant], after_it) == ([item.ref.id], [])

    @pytest.mark.parametrize("name", list(STRANGE))
    def test_any_comment_arrives_as_it_was_written(self, world, name):
        receipt = world.network.publish(self.post())

        assert the_comment(world, receipt, STRANGE[name]).text == STRANGE[name]

    def test_an_edited_comment_has_another_version(self, world):
        receipt = world.network.publish(self.post())
        item = the_comment(world, receipt)

        possible = world.edit(item, "Is there any parking?")
        now_there = eventually(
            world,
            lambda: world.network.look_again([item.ref])[item.ref.id],
            lambda found: not possible or (found is not None and found.version != item.version),
        )

        assert now_there.text == ("Is there any parking?" if possible else item.text)
        assert (now_there.version != item.version) is possible

    def test_a_deleted_comment_is_gone(self, world):
        receipt = world.network.publish(self.post())
        item = the_comment(world, receipt)

        world.delete(item)

        again = eventually(
            world, lambda: world.network.look_again([item.ref]), lambda found: not found[item.ref.id]
        )
        assert again == {item.ref.id: None}

    def test_an_answer_stands_below_the_comment_as_ours(self, world):
        receipt = world.network.publish(self.post())
        item = the_comment(world, receipt)
        answer = OutgoingReply(
            new_key(), "Yes, on the field. https://school.test/map", now(), item.ref, receipt.ref
        )
        if world.network.capabilities.way("reply") is not Way.PROGRAM:
            with pytest.raises(NetworkError, match="not_offered"):
                world.network.reply(answer)
            return

        sent = world.network.reply(answer)

        found = world.network.read_back(sent.ref)
        assert (
            answer.normal().differences(found.normal),
            world.network.look_up(answer.intent_key, answer.normal()).ref,
        ) == (
            (),
            sent.ref,
        )
        ours = eventually(
            world, lambda: [one for one in world.network.replies(receipt.ref) if one.ours], bool
        )
        assert [(one.ref.id, one.parent, one.root) for one in ours] == [
            (sent.ref.id, item.ref.id, receipt.ref.id)
        ]

    def test_a_hidden_comment_is_told_as_hidden_and_may_be_hidden_again(self, world):
        receipt = world.network.publish(self.post())
        item = the_comment(world, receipt)

        if world.network.capabilities.way("hide") is not Way.PROGRAM:
            with pytest.raises(NetworkError, match="not_offered"):
                world.network.hide(item)
            return

        world.network.hide(item)
        world.network.hide(item)

        found = eventually(world, lambda: comments(world, receipt.ref), lambda items: items[0].hidden)
        assert [(one.ref.id, one.hidden) for one in found] == [(item.ref.id, True)]

    def test_comments_can_be_closed_now_and_from_the_start(self, world):
        open_one = world.network.publish(self.post())
        if world.network.capabilities.way("close_comments") is not Way.PROGRAM:
            for call in (
                lambda: world.network.close_comments(open_one.ref, at=now()),
                lambda: world.network.publish(self.post(comments_open=False)),
            ):
                with pytest.raises(NetworkError, match="not_offered"):
                    call()
            return
        closed_one = world.network.publish(self.post(comments_open=False))
        before = world.network.read_back(open_one.ref).comments_open

        world.network.close_comments(open_one.ref, at=now())
        world.network.close_comments(open_one.ref, at=now())

        after = [world.network.read_back(receipt.ref).comments_open for receipt in (open_one, closed_one)]
        assert (before, after) == (True, [False, False])

    def test_what_the_network_does_not_offer_is_refused(self, world):
        receipt = world.network.publish(self.post())
        item = the_comment(world, receipt)
        calls = {
            "release": lambda: world.network.release(item),
            "remove": lambda: world.network.remove(item),
            "block": lambda: world.network.block(item.author, intent_key=new_key(), at=now()),
            "report": lambda: world.network.report(item, reason="other"),
        }
        denied = [
            name
            for name in ACTIONS
            if world.network.capabilities.way(name) is not Way.PROGRAM and name in calls
        ]

        for name in denied:
            with pytest.raises(NetworkError, match="not_offered"):
                calls[name]()

    def test_a_comment_that_everyone_can_read_is_counted(self, world):
        if not world.network.capabilities.tells_reactions:
            with pytest.raises(NetworkError, match="not_offered"):
                world.network.reactions([])
            return
        quiet, answered = (world.network.publish(self.post(text)) for text in ("Quiet.", "Answered."))
        item = the_comment(world, answered, "Good luck.")
        if world.network.capabilities.premoderated:
            world.network.release(item)
        refs = [quiet.ref, answered.ref]

        def read():
            return _replies(world.network.reactions(refs), refs)

        assert eventually(world, read, lambda now: now == [0, 1]) == [0, 1]

    def test_the_account_has_a_profile_and_limits(self, world):
        limits = world.network.limits()
        profile = eventually(world, lambda: _profile(world), bool)

        assert (bool(profile.id), bool(profile.handle)) == (True, True)
        assert (limits.text_max, limits.text_unit) == (
            world.network.capabilities.number("text"),
            world.network.capabilities.text_unit,
        )


def _replies(told: dict[str, Reactions], refs: list[Ref]) -> list[int | None]:
    return [told[ref.id].replies if ref.id in told else None for ref in refs]


def _profile(world: World):
    try:
        return world.network.profile()
    except NetworkError:
        return None
