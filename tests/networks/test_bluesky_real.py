"""The Bluesky client against a real Bluesky network on loopback; the stranger uses the `atproto` package."""

import inspect
from datetime import timedelta

import pytest
from atproto import Client, Request, models

from schoolgate.networks.bluesky.client import Bluesky
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.fake import FakeNetwork
from schoolgate.networks.port import Credential, NetworkError, OutgoingReply, Ref
from tests.network.asking import ask
from tests.networks.contract import (
    NetworkContract,
    a_post,
    comments,
    eventually,
    new_key,
    now,
    the_comment,
)

pytestmark = pytest.mark.bluesky


class BlueskyWorld:
    patience = 120.0
    """A second usually. Waiting ends with what is waited for, so only what is wrong takes so long."""

    def __init__(self, running):
        self.running = running
        account = running.new_account("oakwood")
        self.account = account
        self.credential = Credential(account.handle, account.app_password, running.pds)
        self.network = Bluesky(all_capabilities()["bluesky"], self.credential)
        self.stranger_account = running.new_account("stranger")
        self.stranger = Client(base_url=f"{running.pds}/xrpc", request=Request(timeout=60))
        self.stranger.login(
            self.stranger_account.handle, self.stranger_account.password, fetch_bsky_profile=False
        )
        self.wait_for_profile(account.did)

    def wait_for_profile(self, did):
        """The AppView knows an account only some moments after it was made."""

        def known():
            answer = ask(
                "GET",
                f"{self.running.appview}/xrpc/app.bsky.actor.getProfile",
                params={"actor": did},
                timeout=60,
            )
            return answer.is_success

        assert eventually(self, known, bool)

    def comment(self, receipt, text, root=None):
        # The AppView makes no notification of an answer that it sees before the post it answers.
        eventually(self, lambda: self.seen(receipt.ref), bool)
        place = models.ComAtprotoRepoStrongRef.Main(uri=receipt.ref.id, cid=receipt.ref.version)
        top = root and models.ComAtprotoRepoStrongRef.Main(uri=root.id, cid=root.version)
        top = top or place
        record = models.AppBskyFeedPost.Record(
            text=text,
            created_at=now().isoformat().replace("+00:00", "Z"),
            reply=models.AppBskyFeedPost.ReplyRef(root=top, parent=place),
        )
        return self.stranger.app.bsky.feed.post.create(self.stranger_account.did, record).uri

    def seen(self, ref):
        return self.network.look_again([ref])[ref.id]

    def elsewhere(self, text):
        record = models.AppBskyFeedPost.Record(text=text, created_at=now().isoformat().replace("+00:00", "Z"))
        return self.stranger.app.bsky.feed.post.create(self.stranger_account.did, record).uri

    def edit(self, item, text):
        repo, collection, key = item.ref.id.removeprefix("at://").split("/")
        held = self.stranger.com.atproto.repo.get_record(
            {"repo": repo, "collection": collection, "rkey": key}
        )
        record = held.value.model_copy(update={"text": text})
        self.stranger.com.atproto.repo.put_record(
            {"repo": repo, "collection": collection, "rkey": key, "record": record.model_dump(by_alias=True)}
        )
        return True

    def delete(self, item):
        self.stranger.app.bsky.feed.post.delete(self.stranger_account.did, item.ref.id.rsplit("/", 1)[-1])


@pytest.fixture(scope="module")
def bluesky_world(bluesky_network):
    return BlueskyWorld(bluesky_network)


class TestBluesky(NetworkContract):
    @pytest.fixture
    def world(self, bluesky_world):
        return bluesky_world


def test_another_door_sees_what_was_published(bluesky_world):
    receipt = bluesky_world.network.publish(a_post("Dŵr: see https://school.test/x #Ysgol"))

    held = bluesky_world.stranger.com.atproto.repo.get_record(
        {
            "repo": bluesky_world.account.did,
            "collection": "app.bsky.feed.post",
            "rkey": receipt.intent_key,
        }
    ).value

    features = [(facet.index.byte_start, facet.index.byte_end, facet.features[0]) for facet in held.facets]
    assert (held.text, held.langs) == ("Dŵr: see https://school.test/x #Ysgol", ["en"])
    assert [(start, end, getattr(one, "uri", getattr(one, "tag", ""))) for start, end, one in features] == [
        (10, 31, "https://school.test/x"),
        (32, 38, "Ysgol"),
    ]


def test_a_mention_points_to_the_account_and_one_of_nobody_stays_text(bluesky_world):
    handle = bluesky_world.stranger_account.handle
    receipt = bluesky_world.network.publish(a_post(f"Thanks @{handle} and @nobody-at-all.test"))

    held = bluesky_world.stranger.com.atproto.repo.get_record(
        {
            "repo": bluesky_world.account.did,
            "collection": "app.bsky.feed.post",
            "rkey": receipt.intent_key,
        }
    ).value

    assert [facet.features[0].did for facet in held.facets] == [bluesky_world.stranger_account.did]


def test_a_session_is_kept_so_that_the_next_client_does_not_sign_in(bluesky_world):
    first = Bluesky(all_capabilities()["bluesky"], bluesky_world.credential)
    first.look_up(new_key())
    kept = first.session_to_keep()
    no_secret = Credential(bluesky_world.account.handle, "", bluesky_world.running.pds, kept)

    second = Bluesky(all_capabilities()["bluesky"], no_secret)

    assert (second.look_up(new_key()), second.session_to_keep(), first.session_to_keep()) == (
        None,
        None,
        None,
    )


def test_an_access_token_that_no_longer_counts_is_renewed(bluesky_world):
    first = Bluesky(all_capabilities()["bluesky"], bluesky_world.credential)
    first.look_up(new_key())
    spoilt = first.session_to_keep().replace('"access": "', '"access": "x')
    no_secret = Credential(bluesky_world.account.handle, "", bluesky_world.running.pds, spoilt)
    second = Bluesky(all_capabilities()["bluesky"], no_secret)

    receipt = second.publish(a_post())

    assert second.read_back(receipt.ref) is not None
    assert second.session_to_keep() not in (None, spoilt)


@pytest.mark.parametrize("secret", ["wrong-wrong-wrong", ""])
def test_a_wrong_key_says_connect_again(bluesky_world, secret):
    wrong = Credential(bluesky_world.account.handle, secret, bluesky_world.running.pds)

    with pytest.raises(NetworkError) as refused:
        Bluesky(all_capabilities()["bluesky"], wrong).publish(a_post())

    assert (refused.value.code, refused.value.what_next, refused.value.outcome_unknown) == (
        "sign_in",
        "reconnect",
        False,
    )


def test_a_revoked_app_password_says_connect_again(bluesky_world):
    account = bluesky_world.running.new_account("leaver")
    credential = Credential(account.handle, account.app_password, bluesky_world.running.pds)
    network = Bluesky(all_capabilities()["bluesky"], credential)
    network.publish(a_post())
    answer = ask(
        "POST",
        f"{bluesky_world.running.pds}/xrpc/com.atproto.server.revokeAppPassword",
        json={"name": "schoolgate"},
        headers={"Authorization": f"Bearer {account.token}"},
        timeout=60,
    )
    kept = network.session_to_keep().replace('"access": "', '"access": "x')
    again = Credential(account.handle, account.app_password, bluesky_world.running.pds, kept)

    with pytest.raises(NetworkError) as refused:
        Bluesky(all_capabilities()["bluesky"], again).publish(a_post())

    assert (answer.status_code, refused.value.code, refused.value.what_next) == (200, "sign_in", "reconnect")


def test_an_answer_deeper_in_the_thread_is_a_comment_too(bluesky_world):
    receipt = bluesky_world.network.publish(a_post())
    item = the_comment(bluesky_world, receipt)
    answer = OutgoingReply(new_key(), "Yes.", now(), Ref("bluesky", item.ref.id), receipt.ref)
    sent = bluesky_world.network.reply(answer)
    eventually(bluesky_world, lambda: bluesky_world.seen(sent.ref), bool)
    place = models.ComAtprotoRepoStrongRef.Main(uri=sent.ref.id, cid=sent.ref.version)
    root = models.ComAtprotoRepoStrongRef.Main(uri=receipt.ref.id, cid=receipt.ref.version)
    record = models.AppBskyFeedPost.Record(
        text="Thank you!",
        created_at=now().isoformat().replace("+00:00", "Z"),
        reply=models.AppBskyFeedPost.ReplyRef(root=root, parent=place),
    )
    deeper = bluesky_world.stranger.app.bsky.feed.post.create(bluesky_world.stranger_account.did, record).uri

    found = eventually(
        bluesky_world, lambda: comments(bluesky_world, receipt.ref), lambda items: len(items) == 2
    )

    assert [(one.ref.id, one.parent, one.kind) for one in found] == [
        (item.ref.id, receipt.ref.id, "comment"),
        (deeper, sent.ref.id, "comment"),
    ]


def test_a_mention_elsewhere_is_read_from_the_notifications(bluesky_world):
    started = now() - timedelta(seconds=2)
    text = f"Well done @{bluesky_world.account.handle}"
    facet = models.AppBskyRichtextFacet.Main(
        index=models.AppBskyRichtextFacet.ByteSlice(byte_start=10, byte_end=len(text)),
        features=[models.AppBskyRichtextFacet.Mention(did=bluesky_world.account.did)],
    )
    record = models.AppBskyFeedPost.Record(
        text=text, created_at=now().isoformat().replace("+00:00", "Z"), facets=[facet]
    )
    uri = bluesky_world.stranger.app.bsky.feed.post.create(bluesky_world.stranger_account.did, record).uri

    found = eventually(bluesky_world, lambda: bluesky_world.network.mentions(started), bool)

    assert [(one.ref.id, one.kind, one.text) for one in found] == [(uri, "mention", text)]


def test_a_report_reaches_the_moderation_service(bluesky_world):
    receipt = bluesky_world.network.publish(a_post())
    item = the_comment(bluesky_world, receipt, "Rude words")

    assert bluesky_world.network.report(item, reason="rude", note="See the school's policy.").isdigit()


def test_somebody_who_is_blocked_is_not_seen_below_our_posts_any_more(bluesky_network):
    world = BlueskyWorld(bluesky_network)
    receipt = world.network.publish(a_post())
    item = the_comment(world, receipt)
    key = new_key()

    world.network.block(item.author, intent_key=key, at=now())
    world.network.block(item.author, intent_key=key, at=now())

    assert eventually(world, lambda: comments(world, receipt.ref), lambda items: not items) == []


def test_nobody_elses_post_can_be_taken_down(bluesky_world):
    receipt = bluesky_world.network.publish(a_post())
    item = the_comment(bluesky_world, receipt)

    with pytest.raises(NetworkError, match="not_allowed"):
        bluesky_world.network.take_down(item.ref)

    assert bluesky_world.seen(item.ref).ref == item.ref


def test_the_fake_speaks_like_the_real_one():
    def signatures(kind):
        names = [name for name in dir(kind) if not name.startswith("_")]
        methods = {name: getattr(kind, name) for name in names if callable(getattr(kind, name))}
        return {name: str(inspect.signature(method)) for name, method in methods.items()}

    assert signatures(FakeNetwork) == signatures(Bluesky)
