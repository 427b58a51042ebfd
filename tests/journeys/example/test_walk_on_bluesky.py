"""A post, a comment and its reply between the program's pages, its sweeps and a real Bluesky network.

The test lets minutes pass, and waits for the network alone. How an account comes to be, and what is done by
hand, `test_walk.py` shows; what a real browser adds, too. That the program's own processes do it on their own
timetable, killed or not, the storms show (`tests/faults/test_storm.py`, `test_storm_bluesky.py`).
"""

import httpx
import pytest
from atproto import Client, Request, models

from schoolgate.accounts.models import Account
from schoolgate.core.ledger import verify
from schoolgate.core.tenancy import scope
from tests.cli.machine import wait_for
from tests.journeys.example import steps

pytestmark = [pytest.mark.bluesky, pytest.mark.timeout(900)]
SCHOOL = "Wildground Juniors"
BOARD = "noticeboard/wildground-juniors/"
ASKED = "We shall bring our own beans to compare."
ANSWER = "Please do, there is a prize for the longest."
PATIENCE = 120.0
"""The network's own index is a second behind. Waiting ends with what is waited for."""


class Garden:
    """The account and a parent's as the network itself shows them: never through the program."""

    def __init__(self, network):
        self.network = network
        self.account = network.new_account("garden")
        self.parent_account = network.new_account("parent")
        self.parent = Client(base_url=f"{network.pds}/xrpc", request=Request(timeout=60))
        self.parent.login(self.parent_account.handle, self.parent_account.password, fetch_bsky_profile=False)

    def posts(self):
        """What the network's index shows of the account: text and address of each post."""
        found = self._ask("app.bsky.feed.getAuthorFeed", actor=self.account.did, filter="posts_no_replies")
        return {each["post"]["record"]["text"]: each["post"] for each in found.get("feed", [])}

    def answers(self, post):
        """The texts below a post, answers to answers too, with who wrote them."""

        def below(node):
            for reply in node.get("replies", []):
                yield reply["post"]["author"]["did"], reply["post"]["record"]["text"]
                yield from below(reply)

        found = self._ask("app.bsky.feed.getPostThread", uri=post["uri"], depth=5)
        return set(below(found.get("thread", {})))

    def comment(self, post, text):
        """The parent answers a post."""
        place = models.ComAtprotoRepoStrongRef.Main(uri=post["uri"], cid=post["cid"])
        record = models.AppBskyFeedPost.Record(
            text=text,
            created_at=self.parent.get_current_time_iso(),
            reply=models.AppBskyFeedPost.ReplyRef(root=place, parent=place),
        )
        self.parent.app.bsky.feed.post.create(self.parent_account.did, record)

    def _ask(self, method, **words):
        answer = httpx.get(f"{self.network.appview}/xrpc/{method}", params=words, timeout=60)
        return answer.json() if answer.is_success else {}


@pytest.fixture
def garden(bluesky_network):
    garden = Garden(bluesky_network)
    yield garden
    garden.parent.request.close()


@pytest.fixture
def account(wildground) -> Account:
    """The account on the network, as it's open and has no keys yet."""
    with scope(wildground.pk):
        like = Account.objects.select_related("school").get(network="noticeboard", school__name=SCHOOL)
        return Account.objects.create(
            name=steps.GARDEN, network="bluesky", school=like.school, kind="school", visibility="open",
            pupils_in_audience=False, state="open", made_at=like.made_at, opened_at=like.opened_at,
            opened_by=like.opened_by, setup=like.setup,
        )  # fmt: skip


def test_the_walk_on_bluesky(house, somebody, garden, account):
    joe, priya, tom = (somebody(house, key) for key in ("joe", "priya", "tom"))
    for person in (joe, priya, tom):
        person.sign_in()
    joe.open(f"/accounts/{account.pk}")
    steps.connect(joe, garden.account.handle, garden.account.app_password, garden.network.pds)

    steps.draft(priya, steps.TEXT, steps.BOARD, steps.GARDEN)
    post = steps.hand_in(priya)
    steps.approve(tom, post)
    assert garden.posts() == {}
    house.minute_passes()
    there = wait_for(lambda: garden.posts().get(steps.TEXT), PATIENCE)
    assert steps.TEXT in house.public(BOARD)
    steps.is_out(priya, post)

    garden.comment(there, ASKED)
    wait_for(lambda: (garden.parent_account.did, ASKED) in garden.answers(there), PATIENCE)
    steps.waits_in_inbox(tom, ASKED, house=house, patience=PATIENCE)
    steps.read(tom, ASKED)
    steps.answer(tom, ANSWER)
    house.minute_passes()
    wait_for(lambda: (garden.account.did, ANSWER) in garden.answers(there), PATIENCE)

    steps.take_down(tom, post)
    house.minute_passes()
    wait_for(lambda: steps.TEXT not in garden.posts(), PATIENCE)
    assert steps.TEXT not in house.public(BOARD)
    assert verify(account.federation_id).sound
