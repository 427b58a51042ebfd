"""The repository file of an account on a real Bluesky network: what our reader finds is what was posted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from schoolgate.networks.archives.port import LeftOut
from schoolgate.networks.archives.reading import open_download
from tests.network.accounts import Account
from tests.network.fixtures import RunningNetwork

pytestmark = pytest.mark.bluesky
POSTS = 60
"""Enough for a tree of several levels."""
FIRST = datetime(2023, 9, 4, 8, 0, tzinfo=UTC)


def call(pds: str, account: Account, method: str, **body: object) -> dict[str, str]:
    """One call of the server's own interface."""
    answer = httpx.post(
        f"{pds}/xrpc/{method}", json=body, headers={"Authorization": f"Bearer {account.token}"}, timeout=60
    )
    answer.raise_for_status()
    return dict(answer.json())


def test_a_real_repository_file_gives_every_post_that_stands(bluesky_network: RunningNetwork, tmp_path):
    pds, account = bluesky_network.pds, bluesky_network.new_account("archive")
    texts = [f"Post {n}: Côr yr ysgol 🎵" for n in range(POSTS)]
    records = [
        {
            "$type": "com.atproto.repo.applyWrites#create",
            "collection": "app.bsky.feed.post",
            "value": {
                "$type": "app.bsky.feed.post", "text": text, "langs": ["cy"],
                "createdAt": (FIRST + timedelta(days=n)).isoformat().replace("+00:00", "Z"),
            },
        }
        for n, text in enumerate(texts)
    ]  # fmt: skip
    made = call(pds, account, "com.atproto.repo.applyWrites", repo=account.did, writes=records)
    uris = [result["uri"] for result in made["results"]]  # type: ignore[index]
    gone = uris.pop().rpartition("/")[2]
    call(
        pds, account, "com.atproto.repo.deleteRecord",
        repo=account.did, collection="app.bsky.feed.post", rkey=gone,
    )  # fmt: skip
    call(
        pds, account, "com.atproto.repo.createRecord",
        repo=account.did, collection="app.bsky.feed.repost",
        record={"subject": {"uri": uris[0], "cid": made["results"][0]["cid"]},  # type: ignore[index]
                "createdAt": "2024-01-01T00:00:00Z"},
    )  # fmt: skip
    answer = httpx.get(f"{pds}/xrpc/com.atproto.sync.getRepo", params={"did": account.did}, timeout=60)
    path = tmp_path / "repo.car"
    path.write_bytes(answer.content)

    with open_download(path, "bluesky") as download:
        found = list(download.posts())
        assert download.owner.id == account.did

    posts = [one for one in found if not isinstance(one, LeftOut)]
    assert [one.why for one in found if isinstance(one, LeftOut)] == ["shared"]
    assert {post.key for post in posts} == set(uris)
    assert sorted(post.text for post in posts) == sorted(texts[:-1])
    assert min(post.written_at for post in posts) == FIRST
    assert {post.language for post in posts} == {"cy"}
