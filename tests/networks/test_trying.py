"""An account is tried step by step on each network's own server here: what works is said, nothing stays, and
where the network refuses its own words stand in the line."""

import pytest

from schoolgate.networks.trying import BAD, Result, Trial
from tests.networks.contract import now
from tests.networks.own_server import Instead
from tests.networks.trials import WORLDS, on, tried
from tests.networks.x_server import refusal

pytestmark = pytest.mark.usefixtures("own_server")

POSTED = {
    "read the account", "read its limits", "post", "read the post back", "find it after a lost answer",
}  # fmt: skip
DOES = {
    "mastodon": {"read reactions", "read comments", "answer a comment", "delete the post"},
    "facebook": {"read comments", "delete the post"},
    "instagram": {"read comments", "delete the post"},
    "threads": {"read reactions", "read comments", "answer a comment", "hide a comment", "delete the post"},
    "youtube": {"read reactions", "read comments", "answer a comment", "hide a comment", "delete the post"},
    "googlebusiness": {"delete the post"},
    "linkedin": {"read reactions", "read comments", "answer a comment", "delete the post"},
    "x": {"read reactions", "read comments", "delete the post"},
}


@pytest.mark.parametrize("network", WORLDS)
def test_each_step_says_whether_it_works_and_nothing_stays(network):
    with on(network) as (_server, world):
        trial, told = tried(world, comments=network != "googlebusiness")

        works = {name for name, (result, _words) in told.items() if result is Result.WORKS}
        assert not [each for each in trial.steps if each.result in BAD]
        of_an_answer = {"read the answer back", "delete the answer"} if "answer a comment" in works else set()
        assert works == POSTED | DOES[network] | of_an_answer
        assert trial.left == []


def test_what_the_network_says_where_it_refuses_stands_in_its_line_and_the_post_goes_all_the_same():
    with on("x") as (server, world):
        server.instead = [Instead(r"GET /2/tweets/search/recent", 403, refusal(403, "Not in your plan."))]
        trial, told = tried(world)

        assert told["read comments"][0] is Result.FAILS
        assert "HTTP 403" in told["read comments"][1]
        assert told["answer a comment"] == (Result.NOT_HERE, "a person does it on the network")
        assert (told["delete the post"][0], trial.left) == (Result.WORKS, [])
        assert not [each for each in server.posts.values() if each.by is world.user and not each.gone]


def test_a_post_whose_answer_was_lost_is_found_and_deleted_and_a_person_who_breaks_it_off_leaves_nothing():
    with on("facebook") as (server, world):
        server.instead = [Instead(r"POST \d+/feed", 503, {}, after=True)]
        _trial, told = tried(world, comments=False)
        assert (told["post"][0], told["find it after a lost answer"][0]) == (Result.FAILS, Result.WORKS)
        assert told["delete the post"][0] is Result.WORKS

        def breaks_off(_address):
            raise KeyboardInterrupt

        trial = Trial(world.network, lambda _step: None, now(), comment=breaks_off, patience=0)
        with pytest.raises(KeyboardInterrupt):
            trial.post()
        assert (trial.steps[-1].name, trial.steps[-1].result) == ("delete the post", Result.WORKS)


def test_a_key_that_no_longer_counts_ends_it_at_the_first_step():
    with on("threads") as (_server, world):
        world.member.revoked = True
        trial = Trial(world.network, lambda _step: None, now(), patience=0)

        assert trial.read() is None
        assert [(each.name, each.result) for each in trial.steps] == [("read the account", Result.FAILS)]
