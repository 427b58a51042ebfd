"""Threads: where a network has them, a long text goes out as several posts in order; elsewhere none does."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest

from schoolgate.networks import threads
from schoolgate.networks.port import NetworkError, OutgoingPost
from tests.networks.contract.cards import outgoing_card
from tests.networks.contract.world import a_picture, a_post, eventually, outgoing_film

TEXT = "\n\n".join(
    f"Day {number} at camp #Camp{number}: dŵr, tents, see https://school.test/camp/{number} and @oak.test. "
    + "We walked up the hill. " * 7
    for number in range(1, 4)
)


class Threads:
    """A network without threads refuses one before it is asked."""

    post = staticmethod(a_post)
    takes_keys = True

    def thread(self, world, **more) -> OutgoingPost | None:
        limits = world.network.limits()
        if limits.parts == 1:
            out = self.post(TEXT, parts=("One 1/2", "Two 2/2"), **more)
            with pytest.raises(NetworkError, match="too_long") as refused:
                world.network.publish(out)
            assert (refused.value.what_next, refused.value.outcome_unknown) == ("give_up", False)
            return None
        small = replace(limits, text_max=300)
        return a_post(TEXT, parts=threads.split(TEXT, small), **more)

    def test_a_thread_comes_back_as_it_was_meant_part_by_part(self, world):
        out = self.thread(world)
        if out is None:
            return
        receipt = world.network.publish(out)

        alone = [world.network.read_back(each) for each in threads.refs_of(receipt.ref)]
        assert [each.normal.text for each in alone] == [*out.parts]
        assert (len(out.parts), receipt.ref.whole) == (3, True)
        for found in (
            world.network.read_back(receipt.ref),
            world.network.look_up(out.intent_key, out.normal()),
        ):
            assert (out.normal().differences(found.normal), found.ref) == ((), receipt.ref)

    def test_a_link_card_goes_with_the_first_part(self, world):
        if not world.network.capabilities.sends_link_card:
            return
        out = self.thread(world, link_card=outgoing_card())
        if out is None:
            return
        receipt = world.network.publish(out)

        alone = [world.network.read_back(each).normal for each in threads.refs_of(receipt.ref)]
        assert [each.link_card is not None for each in alone] == [True, False, False]
        for found in (
            world.network.read_back(receipt.ref),
            world.network.look_up(out.intent_key, out.normal()),
        ):
            assert out.normal().differences(found.normal) == ()

    def test_pictures_go_with_the_first_part(self, world):
        out = self.thread(world, pictures=(a_picture(),))
        if out is None:
            return
        receipt = world.network.publish(out)

        alone = [world.network.read_back(each).normal for each in threads.refs_of(receipt.ref)]
        assert [len(each.pictures) for each in alone] == [1, 0, 0]
        assert out.normal().differences(world.network.read_back(receipt.ref).normal) == ()

    def test_a_film_goes_with_the_first_part(self, world):
        out = self.thread(world, film=outgoing_film())
        if out is None:
            return
        receipt = world.network.publish(out)

        alone = [world.network.read_back(each).normal for each in threads.refs_of(receipt.ref)]
        assert [each.film is not None for each in alone] == [True, False, False]

    def test_a_part_that_is_removed_on_the_network_is_noticed(self, world):
        out = self.thread(world)
        if out is None:
            return
        receipt = world.network.publish(out)

        world.network.take_down(receipt.ref.rest[0])

        found = world.network.read_back(receipt.ref)
        assert "text" in out.normal().differences(found.normal)
        assert threads.refs_of(found.ref) == threads.refs_of(receipt.ref)

    def test_a_thread_is_taken_down_as_a_whole_and_may_be_taken_down_again(self, world):
        out = self.thread(world)
        if out is None:
            return
        receipt = world.network.publish(out)

        world.network.take_down(receipt.ref)
        world.network.take_down(receipt.ref)

        assert [world.network.read_back(each) for each in threads.refs_of(receipt.ref)] == [None] * 3
        assert (
            world.network.read_back(receipt.ref),
            world.network.look_up(out.intent_key, out.normal()),
        ) == (
            None,
            None,
        )

    def test_publishing_a_thread_twice_under_one_key_leaves_one(self, world):
        out = self.thread(world)
        if out is None:
            return
        receipt = world.network.publish(out)
        if not self.takes_keys:  # see Posts
            world.network.publish(out)
            with pytest.raises(NetworkError, match="not_offered"):
                world.network.look_up(out.intent_key, out.normal())
            return
        with suppress(NetworkError):
            assert world.network.publish(out).ref == receipt.ref

        assert world.network.look_up(out.intent_key, out.normal()).ref == receipt.ref

    def test_what_is_written_below_any_part_arrives_and_our_own_parts_are_ours(self, world):
        out = self.thread(world)
        if out is None:
            return
        receipt = world.network.publish(out)
        last = receipt.ref.rest[-1]

        comment = world.comment(replace(receipt, ref=last), "Lovely!", root=receipt.ref)

        found = eventually(
            world,
            lambda: [each for each in world.network.replies(receipt.ref) if not each.ours],
            bool,
        )
        assert [(each.ref.id, each.parent, each.root, each.kind) for each in found] == [
            (comment, last.id, receipt.ref.id, "comment")
        ]
        ours = {each.ref.id for each in world.network.replies(receipt.ref) if each.ours}
        assert ours == {each.id for each in receipt.ref.rest}

    def test_more_posts_than_a_thread_may_have_are_refused_before_the_network_is_asked(self, world):
        most = world.network.limits().parts
        parts = tuple(f"Part {number}" for number in range(most + 1))
        out = self.post("Part", parts=parts)

        with pytest.raises(NetworkError, match="too_long"):
            world.network.publish(out)

    def test_reactions_are_told_for_each_part_and_our_own_parts_are_no_replies(self, world):
        out = self.thread(world)
        if out is None or not world.network.capabilities.tells_reactions:
            return
        receipt = world.network.publish(out)
        last = receipt.ref.rest[-1]
        world.comment(replace(receipt, ref=last), "Lovely!", root=receipt.ref)

        def read():
            told = world.network.reactions(threads.refs_of(receipt.ref))
            found = threads.reactions_of(receipt.ref, told)
            return [each.replies if each is not None else None for each in found]

        assert eventually(world, read, lambda now: now == [0, 0, 1]) == [0, 0, 1]
