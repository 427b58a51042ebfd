"""Link cards: a network that is sent one gives it back as it was; the others refuse it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schoolgate.networks.normal import OutgoingCard
from schoolgate.networks.port import NetworkError
from tests.networks.contract.world import Large, a_picture, a_post


def outgoing_card() -> OutgoingCard:
    picture = a_picture(kind="JPEG")
    return OutgoingCard(
        "https://example.org/week",
        "Science week",
        "Talks & rockets.",
        picture.data,
        picture.media_type,
        40,
        30,
    )


class Cards:
    """A network that makes cards itself, or has none, is never sent one."""

    post = staticmethod(a_post)

    def test_a_link_card_comes_back_as_it_was_sent(self, world):
        """A network that makes the card itself is never sent one, and refuses it."""
        out = self.post("See https://example.org/week", link_card=outgoing_card())
        if not world.network.capabilities.sends_link_card:
            with pytest.raises(NetworkError, match="card_refused") as refused:
                world.network.publish(out)
            assert (refused.value.what_next, refused.value.outcome_unknown) == ("give_up", False)
            assert world.network.look_up(out.intent_key, replace(out, link_card=None).normal()) is None
            return

        receipt = world.network.publish(out)
        again = world.network.look_up(out.intent_key, out.normal())

        for found in (world.network.read_back(receipt.ref), again):
            assert out.normal().differences(found.normal) == ()
            assert found.normal.link_card.title == "Science week"
        changed = replace(out, link_card=replace(out.link_card, title="Another")).normal()
        assert changed.differences(again.normal) == ("link_card",)
        assert replace(out, link_card=None).normal().differences(again.normal) == ("link_card",)

    def test_a_link_card_without_a_picture_or_description_is_taken(self, world):
        card = replace(outgoing_card(), data=b"", media_type="", description="", width=0, height=0)
        out = self.post("See https://example.org/week", link_card=card)
        if world.network.capabilities.sends_link_card:
            receipt = world.network.publish(out)
            assert out.normal().differences(world.network.read_back(receipt.ref).normal) == ()

    @pytest.mark.parametrize(
        "wrong", [{"title": ""}, {"address": "javascript:x"}, {"media_type": "image/svg+xml"}, {"data": None}]
    )
    def test_a_link_card_that_it_does_not_take_is_refused_before_the_network_is_asked(self, world, wrong):
        if wrong == {"data": None}:
            wrong = {"data": Large(1_000_001)}
        out = self.post("See https://example.org/week", link_card=replace(outgoing_card(), **wrong))
        with pytest.raises(NetworkError, match="card_refused"):
            world.network.publish(out)
        assert world.network.look_up(out.intent_key, replace(out, link_card=outgoing_card()).normal()) is None

    def test_a_link_card_beside_a_picture_is_refused(self, world):
        out = self.post(
            "See https://example.org/", link_card=outgoing_card(), pictures=(a_picture(kind="JPEG"),)
        )
        refused = "card_refused" if world.network.limits().pictures != 0 else "too_many_pictures"
        with pytest.raises(NetworkError, match=refused):
            world.network.publish(out)
