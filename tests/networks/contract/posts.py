"""Texts, keys, look-ups and take-downs."""

from __future__ import annotations

import pytest

from schoolgate.networks.capabilities import Way
from schoolgate.networks.port import NetworkError
from tests.networks.contract.world import STRANGE, World, a_post, eventually, longest_text


class Posts:
    """`takes_keys`: a second call under one key makes no second post. `proves`: what is not found is not
    there. `own_text`: how long a text the server takes, and counted in what, where it differs from the
    network's."""

    post = staticmethod(a_post)
    takes_keys = True
    proves = True
    own_text: tuple[int, str] | None = None

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

    def test_the_account_has_a_profile_and_limits(self, world):
        limits = world.network.limits()
        profile = eventually(world, lambda: _profile(world), bool)

        assert (bool(profile.id), bool(profile.handle)) == (True, True)
        theirs = (world.network.capabilities.number("text"), world.network.capabilities.text_unit)
        assert (limits.text_max, limits.text_unit) == (self.own_text or theirs)


def _profile(world: World):
    try:
        return world.network.profile()
    except NetworkError:
        return None
