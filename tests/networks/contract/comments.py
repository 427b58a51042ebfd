"""What others write below our posts, and what is done about it."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from datetime import timedelta

import pytest

from schoolgate.networks.capabilities import ACTIONS, Way
from schoolgate.networks.port import NetworkError, OutgoingReply, Reactions, Ref
from tests.networks.contract.world import STRANGE, a_post, comments, eventually, new_key, now, the_comment


class Comments:
    """`post` makes what this network takes; `numbers` tell what is searched for apart.
    `shown`: by name of `STRANGE`, what others see of a text that the server changes. `finds`: a search finds
    what strangers write."""

    post = staticmethod(a_post)
    shown: Mapping[str, str] = {}
    finds = True
    numbers = itertools.count(int(time.time()))

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

        assert the_comment(world, receipt, STRANGE[name]).text == self.shown.get(name, STRANGE[name])

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

    def test_who_is_blocked_is_not_seen_and_is_seen_again_once_the_block_ends(self, world):
        receipt = world.network.publish(self.post())
        item = the_comment(world, receipt)
        key = new_key()
        if world.network.capabilities.way("block") is not Way.PROGRAM:
            with pytest.raises(NetworkError, match="not_offered"):
                world.network.unblock(item.author, block_key=key)
            return

        for _ in range(2):
            world.network.block(item.author, intent_key=key, at=now())
        assert eventually(world, lambda: comments(world, receipt.ref), lambda items: not items) == []

        for _ in range(2):
            world.network.unblock(item.author, block_key=key)
        found = eventually(world, lambda: comments(world, receipt.ref), bool)
        assert [one.ref.id for one in found] == [item.ref.id]

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

    def test_a_post_elsewhere_is_found_by_its_words_and_not_before_it_was_written(self, world):
        if world.network.capabilities.way("search") is not Way.PROGRAM:
            with pytest.raises(NetworkError, match="not_offered"):
                world.network.search("Oakwood Primary")
            return
        before, name = now() - timedelta(minutes=1), f"Oakwood Primary {next(self.numbers)}"
        there = world.elsewhere(f"Parking at {name} is a disgrace.")
        world.elsewhere("Nothing to do with any school.")

        if not self.finds:
            assert world.network.search(name, before) == []
            return
        found = eventually(world, lambda: world.network.search(name, before), bool)

        assert [(one.ref.id, one.ref.address != "", one.ours, one.root) for one in found] == [
            (there, True, False, "")
        ]
        assert [one.ref.id for one in world.network.search(name, now() + timedelta(days=1))] == []

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


def _replies(told: dict[str, Reactions], refs: list[Ref]) -> list[int | None]:
    return [told[ref.id].replies if ref.id in told else None for ref in refs]
