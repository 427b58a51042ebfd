"""The Mastodon client against a real server, GoToSocial: the contract, and what such a server does otherwise.

Without that server (SCHOOLGATE_TEST_GOTOSOCIAL names the folder of its source, with the program built in it)
the tests play what it answered when `scripts/mastodon_server.py` recorded it: their names say which.
"""

import itertools
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schoolgate.networks.checks import IN_FULL
from schoolgate.networks.handshake import Intent
from schoolgate.networks.mastodon.client import Mastodon
from schoolgate.networks.port import OutgoingReply, Ref
from tests.network.asking import ask
from tests.network.fault_proxy import Trouble, fault_proxy
from tests.network.gotosocial import gotosocial
from tests.networks import tape as recorded
from tests.networks.contract import (
    NetworkContract,
    a_picture,
    a_post,
    comments,
    eventually,
    new_key,
    now,
    the_comment,
)
from tests.networks.mastodon_world import MASTODON, MastodonWorld, refused
from tests.networks.walking import FOUND, SENT_AGAIN, walk

pytestmark = pytest.mark.usefixtures("own_server")
SOURCE = os.environ.get("SCHOOLGATE_TEST_GOTOSOCIAL", "")
RECORDS = "SCHOOLGATE_TEST_RECORD" in os.environ
HOW = "real server" if SOURCE else "recorded"


@pytest.fixture(scope="module")
def tapes():
    """By test, what was recorded."""
    return {} if SOURCE else recorded.read()["tapes"]


@pytest.fixture(scope="module")
def server(tapes):
    """The real server, or nothing where there is none."""
    if not SOURCE:
        yield None
        return
    with gotosocial(Path(SOURCE)) as made:
        yield made
        if RECORDS:
            told = {"server": f"GoToSocial {made.version}", "recorded": f"{datetime.now(UTC):%Y-%m-%d}"}
            recorded.write(told | {"tapes": {**recorded.read()["tapes"], **tapes}})


@pytest.fixture(params=[HOW])
def tape(request, server, tapes):
    name = f"{request.node.parent.name} {request.node.name}".replace(f"{HOW}-", "").replace(f"[{HOW}]", "")
    assert server or name in tapes, "Not recorded yet: scripts/mastodon_server.py does it."
    with recorded.recording(server) if server else recorded.playing(tapes[name]) as made:
        yield made
    if server:
        tapes[name] = recorded.kept(made)
    assert made.unknown == [], "Asked for what was not recorded: scripts/mastodon_server.py records again."


class RealWorld(MastodonWorld):
    patience = 20.0

    def picture(self, words):
        """The stranger uploads a picture; gives its id."""
        made = a_picture(words)
        headers = {"Authorization": f"Bearer {self.stranger.token}"}
        file = {"file": ("picture.png", made.data, made.media_type)}
        form = {"description": words}
        answer = ask("POST", f"{self.server.origin}/api/v2/media", data=form, files=file, headers=headers)
        return answer.json()["id"]


@pytest.fixture
def world(tape):
    return RealWorld(tape)


class TestARealServer(NetworkContract):
    takes_keys = False
    finds = False
    own_text = (5000, IN_FULL)
    numbers = itertools.count(1)
    described = "Picture {}:\ndŵr & 'r"
    shown = {
        "html": "<script>alert('x')</script> & <b>bold</b> & https://school.test/?a=1&b=2",
        "lines": "One\n\nTwo\nthree",
    }


def test_a_key_that_may_only_read_is_refused_although_the_server_tells_no_scopes(tape, world):
    reader = tape.key_of(world.member.name, "read")

    error = refused(Mastodon(MASTODON, replace(world.credential, secret=reader.token)).profile)

    assert (error.code, error.what_next, error.detail) == (
        "too_few_rights", "reconnect", "write:blocks write:media write:reports write:statuses",
    )  # fmt: skip
    assert world.network.profile().handle == f"{world.member.name}@social.test"


@pytest.mark.parametrize(("trouble", "steps"), [(Trouble.CUT_AFTER, FOUND), (Trouble.CUT_BEFORE, SENT_AGAIN)])
def test_a_post_whose_answer_is_lost_is_looked_for_before_anything_is_sent_again(tape, world, trouble, steps):
    """The server knows no key of ours: sent twice, it would be there twice."""
    out = a_post("Once and only once")
    with fault_proxy(tape.origin) as proxy:
        network = Mastodon(MASTODON, replace(world.credential, service=proxy.origin))
        network.limits()
        proxy.where, proxy.troubles = "POST /api/v1/statuses", [trouble]

        known, path = walk(network, out, MASTODON.pace)

    assert (known.state, path) == (Intent.CONFIRMED, steps)
    assert world.network.look_up(out.intent_key, out.normal()).ref == known.receipt  # it would refuse two


LENGTHS = [
    ("é" * 5000, True),
    ("é" * 5001, False),
    ("👩‍🏫" * 1666, True),
    ("👩‍🏫" * 1667, False),
    ("a" * 4679 + " https://school.test/" + "x" * 300, True),
    ("a" * 4680 + " https://school.test/" + "x" * 300, False),
    ("a" * 4969 + " @teacher@elsewhere.example.test", False),
]


@pytest.mark.parametrize(("text", "fits"), LENGTHS, ids=range(len(LENGTHS)))
def test_signs_are_counted_as_this_server_counts_them(world, text, fits):
    """A family of emoji counts each of its signs, and an address its whole length. What is too long by our
    count the server refuses, too."""
    out = a_post(text)
    if fits:
        assert world.network.read_back(world.network.publish(out).ref).normal.text == text
        return
    assert refused(lambda: world.network.publish(out)).code == "too_long"
    error = refused(lambda: world.network._post(out, out.intent_key, text, {"visibility": "public"}))
    assert error.words == "Bad Request: text with spoiler exceed max chars (5000)"


def test_a_description_that_the_server_changes_is_told_before_anything_is_posted(world):
    out = a_post(pictures=(a_picture("Pupils of <Year 3> on the stage."),))

    error = refused(lambda: world.network.publish(out))

    assert (error.code, error.what_next, error.outcome_unknown) == ("description_changed", "give_up", False)
    assert error.words == "Pupils of on the stage."
    assert world.network.look_up(out.intent_key, out.normal()) is None


def test_a_comment_without_words_says_what_it_has(world):
    receipt = world.network.publish(a_post())
    told = {"in_reply_to_id": receipt.ref.id, "visibility": "public"}
    poll = {"options": ["Yes", "Nac ydw"], "expires_in": 3600}
    picture = world.picture("A tent.")
    world.as_stranger("POST", "/api/v1/statuses", media_ids=[picture], **told)
    world.as_stranger("POST", "/api/v1/statuses", poll=poll, **told)

    found = eventually(world, lambda: comments(world, receipt.ref), lambda items: len(items) == 2)

    assert [
        (one.text, [(each.kind, each.words, each.options) for each in one.attachments]) for one in found
    ] == [("", [("picture", "A tent.", ())]), ("", [("poll", "", ("Yes", "Nac ydw"))])]


def test_what_was_written_to_us_alone_is_private_and_so_is_our_answer(world):
    seen = {"direct": "private", "private": "private", "unlisted": "public"}
    for visibility in seen:
        words = f"@{world.member.name} May I ask?"
        world.as_stranger("POST", "/api/v1/statuses", status=words, visibility=visibility)

    found = eventually(world, lambda: world.network.mentions(None), lambda items: len(items) == 3)
    assert [one.visibility for one in found] == [*seen.values()]

    direct = found[0]
    answer = OutgoingReply(new_key(), "Do ask.", now(), direct.ref, direct.ref)
    sent = world.network.reply(answer)
    theirs = world.as_stranger("GET", f"/api/v1/statuses/{sent.ref.id}")
    assert theirs["visibility"] == "direct"
    assert world.network.read_back(sent.ref).normal == answer.normal()


def test_what_the_server_says_of_a_refusal_is_kept(world):
    error = refused(lambda: world.network.publish(a_post(languages=("no tag",))))

    assert (error.code, error.what_next) == ("refused", "give_up")
    assert error.words.startswith("Bad Request: invalid language tag")


def test_a_comment_is_reported_to_the_people_of_our_own_server(world):
    receipt = world.network.publish(a_post())

    assert world.network.report(the_comment(world, receipt, "Buy now"), reason="spam", note="n" * 5000)


def test_nobody_elses_post_can_be_taken_down(world):
    there = world.elsewhere("Not yours.")

    assert refused(lambda: world.network.take_down(Ref(world.network.key, there))).code == "not_allowed"
