"""A film with its captions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schoolgate.networks.normal import digest_of_captions
from schoolgate.networks.port import NetworkError
from tests.filming import CAPTIONS
from tests.networks.contract.world import Large, a_picture, a_post, outgoing_film


class Films:
    """Where a network takes none it refuses one. `tells_captions`: reading a film back tells its captions."""

    tells_captions = True

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
            film = replace(film, data=Large(limits.film_bytes + 1))
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
