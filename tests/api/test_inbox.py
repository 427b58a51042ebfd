"""The inbox by its API: filters, order, paging and search as on the page, with the same refusals."""

from datetime import UTC, datetime

import pytest

from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.inbox import seeing
from schoolgate.inbox.models import Item
from schoolgate.incidents.reporting import disclose
from schoolgate.rulebook import book
from tests.api.conftest import LONG_BEFORE, Program, wildground
from tests.api.test_others import pasted, told
from tests.cast import someone
from tests.worlds import world

DANGER = "my dad hits me when he is drunk"
RUDE = "You are a stupid bitch"


@world(wildground)
def three_comments_in(before, at):
    """Ben's program brought three comments in."""
    ben = Program(before.keys["ben"])
    before.items = {
        text: ben.post("/inbox", pasted(before.world, text=text)).json()["id"]
        for text in ("Plain", RUDE, DANGER)
    }
    return before


@pytest.fixture
def beginning(in_world):
    """Wildground with three comments."""
    return in_world(three_comments_in, LONG_BEFORE)


@pytest.fixture
def items(beginning):
    """The ids of the three comments, by their text."""
    return beginning.items


def ids(answer) -> list[int]:
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["rows"]]


def test_each_row_says_its_lane_and_why_and_filters_narrow_the_list_and_the_search(world, ben, items):
    row = next(row for row in ben.get("/inbox").json()["rows"] if row["id"] == items[DANGER])
    assert (row["lane"], row["why"][0]["kind"], row["assigned_to"]) == ("danger", "abuse", None)
    assert "hits me" in DANGER[row["why"][0]["start"] : row["why"][0]["end"]]

    assert ids(ben.get("/inbox", lane="abuse")) == [items[RUDE]]
    assert ids(ben.get("/inbox", account=world.board.pk)) == []
    assert ids(ben.get("/inbox", network="facebook", since="2000-01-01")) == [*items.values()][::-1]
    assert ids(ben.post("/inbox/search", {"words": "stupid"})) == [items[RUDE]]
    assert ids(ben.post("/inbox/search", {"words": "stupid", "lane": "danger"})) == []

    made = ben.post("/inbox", pasted(world, text="Five stars", kind="review")).json()
    assert made["kind"] == "review"
    assert ids(ben.get("/inbox", kind="review")) == [made["id"]]
    assert ben.post("/inbox", pasted(world, text="Stars", kind="mention")).status_code == 422


def test_pages_lose_nothing_and_show_nothing_twice(ben, items):
    for given in ({}, {"order": "pressing"}, {"since": "2000-01-01"}, {"network": "facebook"}):
        found, after = [], {}
        for _page in range(10):
            answer = ben.get("/inbox", limit=1, **given, **after)
            found += ids(answer)
            if answer.json()["after"] is None:
                break
            after = {"after": answer.json()["after"]}
        assert sorted(found) == sorted(items.values()), given
        assert found[0] == items[DANGER], given


def test_what_no_list_and_no_search_can_use_is_refused(ben, items):
    """A value that there is not names its field; one of another type, and no words, are refused."""
    for given, field in [
        ({"network": "nowhere"}, "network"), ({"since": "1899-12-31"}, "since"),
        ({"until": "2200-01-01"}, "until"),
        ({"after": "x"}, "after"), ({"after": "0"}, "after"), ({"order": "pressing", "after": "7"}, "after"),
    ]:  # fmt: skip
        assert list(told(ben.get("/inbox", **given), 422)["fields"]) == [field], given
    for given in ({"lane": "x"}, {"assigned": "x"}, {"kind": "x"}, {"since": "x"}, {"order": "x"}):
        assert told(ben.get("/inbox", **given), 422), given
    for body in ({}, {"words": ""}, {"words": "x" * 201}, {"words": "a", "more": 1}):
        assert told(ben.post("/inbox/search", body), 422), body


def test_a_key_that_only_reads_may_search_and_change_nothing(world, items):
    reads = world.program(world.ben, may_write=False)
    assert ids(reads.post("/inbox/search", {"words": "plain"})) == [items["Plain"]]
    told(reads.post(f"/inbox/{items['Plain']}/close", {"reason": "spam"}), 403)


def test_what_is_locked_is_in_no_list_and_no_search(world, ben, items):
    with scope(world.federation.pk):
        lead = someone("Dee Lead")
        Safeguarder.objects.create(place="lead", person_id=lead.pk, since=datetime.now(UTC))
        disclose(by=world.ben, at=datetime.now(UTC), item=seeing.item(items[DANGER]), mark="m", danger=False)
    assert items[DANGER] not in ids(ben.get("/inbox"))
    assert ids(ben.get("/inbox", lane="danger")) == []
    assert ids(ben.post("/inbox/search", {"words": "drunk"})) == []
    told(ben.get(f"/inbox/{items[DANGER]}"), 404)


def test_what_whoever_sends_it_may_not_read_is_taken_in_and_says_nothing_but_its_number(world, ben):
    """A program was told that there is no such thing, and sent a disclosure again and again."""
    with scope(world.federation.pk):
        Safeguarder.objects.create(place="lead", person_id=someone("Dee Lead").pk, since=LONG_BEFORE)
    body = pasted(world, text=f"{world.ben.name} touched me in the changing room")
    taken, again = ben.post("/inbox", body), ben.post("/inbox", body)
    with scope(world.federation.pk):
        (pk,) = Item.every.filter(versions__text=body["text"]).values_list("pk", flat=True)
    assert [(each.status_code, each.json()) for each in (taken, again)] == [(202, {"id": pk})] * 2
    told(ben.get(f"/inbox/{pk}"), 404)


def test_another_federation_finds_nothing(items, make_federation, key):
    with scope(make_federation("wootton", "wootton").pk):
        stranger = Program(key(someone("Olga Other", *[role.key for role in book("wootton").roles])))
    assert ids(stranger.get("/inbox", lane="abuse")) == []
    assert ids(stranger.post("/inbox/search", {"words": "stupid"})) == []
