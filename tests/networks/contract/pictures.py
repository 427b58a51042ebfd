"""Pictures: their bytes, descriptions, order and number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schoolgate.networks.port import NetworkError, OutgoingPicture
from tests.networks.contract.world import a_picture, a_post


class Pictures:
    """`post` and `picture` make what this network takes, `described` is a description that it keeps."""

    post = staticmethod(a_post)
    described = "Picture {}: dŵr & <b>"
    picture = staticmethod(a_picture)

    def takes_no_pictures(self, world):
        """A network of films alone refuses a picture before it is asked."""
        if world.network.limits().pictures != 0:
            return False
        with pytest.raises(NetworkError, match="too_many_pictures") as refused:
            world.network.publish(a_post(pictures=(a_picture(),)))
        assert (refused.value.what_next, refused.value.outcome_unknown) == ("give_up", False)
        return True

    def told(self, world, description):
        """What comes back of a description: nothing where the network has no place for it."""
        return None if world.network.limits().alt_max == 0 else description

    def test_a_picture_comes_back_with_its_bytes_and_its_alternative_text(self, world):
        if self.takes_no_pictures(world):
            return
        out = self.post(pictures=(self.picture(),))

        receipt = world.network.publish(out)

        found = world.network.read_back(receipt.ref)
        assert found is not None
        [(digest, alt)] = found.normal.pictures
        assert alt == self.told(world, "An empty hall, the chairs in rows.")
        assert digest in (out.pictures[0].digest, "")  # empty: a network that draws pictures again
        assert out.normal().differences(found.normal) == ()

    def test_as_many_pictures_as_it_takes_come_back_in_order_with_their_descriptions(self, world):
        if self.takes_no_pictures(world):
            return
        most = min(world.network.limits().pictures, 4)
        pictures = tuple(self.picture(self.described.format(number)) for number in range(1, most + 1))
        out = self.post(pictures=pictures)

        receipt = world.network.publish(out)
        again = world.network.look_up(out.intent_key, out.normal())

        for found in (world.network.read_back(receipt.ref), again):
            assert [alt for _digest, alt in found.normal.pictures] == [
                self.told(world, each.alt) for each in pictures
            ]
            assert out.normal().differences(found.normal) == ()

    def test_the_same_pictures_in_another_order_are_another_post(self, world):
        if self.takes_no_pictures(world) or world.network.limits().pictures == 1:
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

    def test_a_picture_of_another_kind_is_refused(self, world):
        if self.takes_no_pictures(world):
            return
        out = self.post(pictures=(OutgoingPicture(b"%PDF-1.7", "application/pdf", "A letter"),))

        with pytest.raises(NetworkError, match="picture_refused"):
            world.network.publish(out)
