"""The list of what came in shows each person what they may read, page by page, and stays quick."""

from datetime import timedelta

import pytest
from django.db import connection

from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox import listing
from schoolgate.inbox.listing import Filters, Order
from schoolgate.inbox.models import Item, ItemState
from schoolgate.inbox.pasting import paste_in
from schoolgate.people.models import RoleAssignment
from tests.cast import LONG_AGO, give, someone
from tests.conftest import as_owner
from tests.inbox.conftest import waiting
from tests.plans import plans_of
from tests.publishing.conftest import account_on

HOUR = timedelta(hours=1)


@pytest.fixture
def came_in(cast, terms, at):
    """`came_in(3)`: that many comments on the school's Facebook page, the last one an hour ago."""

    def enter(number: int, account=None) -> list[Item]:
        return [
            paste_in(
                by=cast.ben,
                at=at,
                account=account or cast.facebook,
                text=f"Comment {index}",
                appeared_at=at - (number - index) * HOUR,
                private=False,
            )
            for index in range(number)
        ]

    return enter


def pages(read, *, limit):
    """All pages, one after the other."""
    key, found = None, []
    while True:
        rows, key = read(key, limit)
        found += [row.pk for row in rows]
        assert len(rows) <= limit
        if key is None:
            return found


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_every_item_stands_on_one_page_newest_first(cast, came_in, at, limit):
    made = [item.pk for item in came_in(5)]

    read = lambda key, most: listing.newest(cast.ben, on=at.date(), before=key, limit=most)  # noqa: E731
    assert pages(read, limit=limit) == made[::-1]


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_what_waits_stands_by_its_time_and_what_has_none_stands_last(cast, came_in, at, limit):
    first, second, third, fourth, fifth = came_in(5)
    Item.objects.filter(pk=first.pk).update(due_words="no_rule", due_at=None)
    Item.objects.filter(pk=second.pk).update(due_words="day", due_at=None, due_day="2027-01-18")
    Item.objects.filter(pk=third.pk).update(due_at=fourth.due_at)
    Item.objects.filter(pk=fifth.pk).update(state="answering")

    read = lambda key, most: waiting(cast.ben, on=at.date(), after=key, limit=most)  # noqa: E731
    assert pages(read, limit=limit) == [second.pk, third.pk, fourth.pk, first.pk]


def test_a_day_is_over_at_midnight_in_london_in_summer_too(cast, came_in):
    [item] = came_in(1)
    Item.objects.filter(pk=item.pk).update(due_words="day", due_at=None, due_day="2027-07-05")

    item.refresh_from_db()
    assert item.answer_by.isoformat() == "2027-07-05T23:00:00+00:00"


@pytest.fixture
def south(scoped) -> School:
    return School.objects.create(name="South", slug="south")


def test_a_role_in_one_school_reads_that_school_only(cast, came_in, south, at):
    here = came_in(2)
    there = came_in(2, account=account_on("instagram", south, at))
    sid = someone("Sid South", "lead-staff-member", school=south)

    assert [row.pk for row in listing.newest(sid, on=at.date())[0]] == [row.pk for row in there[::-1]]
    assert [row.pk for row in waiting(sid, on=at.date())[0]] == [row.pk for row in there]
    with pytest.raises(NotFound):
        listing.item_for(sid, here[0].pk, on=at.date())
    assert listing.item_for(sid, there[0].pk, on=at.date()) == there[0]


def test_a_role_on_one_account_reads_that_account_only_and_nothing_twice(cast, came_in, south, at):
    came_in(1)
    insta = account_on("instagram", south, at)
    [there] = came_in(1, account=insta)
    ida = someone("Ida Insta", "lead-staff-member", school=south)
    RoleAssignment.objects.create(
        person=ida, role_key="lead-staff-member", scope_kind="account", account_id=insta.pk, from_day=LONG_AGO
    )
    assert [row.pk for row in listing.newest(ida, on=at.date())[0]] == [there.pk]

    RoleAssignment.objects.filter(person=ida, scope_kind="school").delete()
    assert [row.pk for row in listing.newest(ida, on=at.date())[0]] == [there.pk]


@pytest.mark.parametrize("role", ["staff", "relevant-senior-member-of-staff"])
def test_a_role_that_does_not_answer_reads_nothing(cast, came_in, at, role):
    [item] = came_in(1)
    cara = someone("Cara Colleague", role)

    assert listing.newest(cara, on=at.date()) == ([], None)
    with pytest.raises(NotFound):
        listing.item_for(cara, item.pk, on=at.date())


def test_a_role_that_has_ended_reads_nothing(cast, came_in, at):
    came_in(1)
    cara = someone("Cara Colleague")
    give(cara, "lead-staff-member")
    RoleAssignment.objects.filter(person=cara).update(to_day=at.date() - timedelta(days=1))

    assert listing.newest(cara, on=at.date()) == ([], None)


def test_the_list_shows_the_first_words_of_the_newest_text_only(cast, comment, server, poll, at):
    server.edit(next(iter(server.comments.values())), "x" * 100_000)
    poll(now=at + 2 * HOUR)

    [row] = listing.newest(cast.ben, on=at.date())[0]
    assert row.words == "x" * listing.FIRST_WORDS
    assert [target.words for target in row.post.texts] == ["Sports day is on Friday."]


def test_the_list_asks_as_often_for_fifty_as_for_one(cast, came_in, at, same_queries):
    came_in(1)

    same_queries(
        lambda: [
            (row.account.name, row.words, row.post and row.post.texts)
            for row in listing.newest(cast.ben, on=at.date(), limit=50)[0]
        ],
        lambda: came_in(50),
    )


MANY = 20_000
FILL = (
    """INSERT INTO inbox_item (federation_id, account_id, school_id, network_id, ref, kind, private, released,
         kept_back, version, versions_seen, received_at, first_seen_at, due_words, due_at, state, state_at,
         close_reason, author_id_there, author_handle, author_name)
       SELECT %(federation)s, %(account)s, %(school)s, 'n' || n, '{}', 'comment', false, true, '', 'v', 1,
         now() - n * interval '1 minute', now(), 'instant', now() + n * interval '1 minute',
         CASE WHEN n %% 2 = 0 THEN 'open' ELSE 'answered' END, now(), '', '', '', 'A parent'
       FROM generate_series(1, %(many)s) n""",
    """INSERT INTO inbox_itemversion (federation_id, item_id, number, version, text, seen_at)
       SELECT %(federation)s, i.id, 1, 'v', 'Hello', now() FROM inbox_item i""",
)
TABLES = {"inbox_item", "inbox_itemversion"}


def test_the_list_reads_no_whole_table(own_database, make_federation, at):
    federation, today = make_federation(), at.date()
    with scope(federation.pk):
        north, south = (School.objects.create(name=name, slug=name) for name in ("north", "south"))
        accounts = {
            school: account_on(network, school, at)
            for network, school in (("facebook", north), ("instagram", south))
        }
        ben = someone("Ben Carter", "lead-staff-member")
        sid = someone("Sid South", "lead-staff-member", school=south)
        with connection.cursor() as cursor:
            for school, many in ((north, MANY), (south, 100)):
                given = {"federation": federation.pk, "account": accounts[school].pk, "school": school.pk}
                cursor.execute(FILL[0].replace("'n' || n", f"'{school.slug}' || n"), given | {"many": many})
            cursor.execute(FILL[1], {"federation": federation.pk})
    with as_owner() as owner:
        for table in TABLES:
            owner.execute(f"ANALYZE {table}")
    with scope(federation.pk):
        item = Item.objects.get(network_id=f"north{MANY // 2}")
        middle, key = item.pk, (item.goes_first, item.answer_by, item.pk)
        seen = [
            plans_of(lambda: listing.newest(ben, on=today)),
            plans_of(lambda: listing.newest(ben, on=today, before=middle)),
            plans_of(lambda: listing.newest(ben, on=today, state="open", before=middle)),
            plans_of(lambda: waiting(ben, on=today)),
            plans_of(lambda: waiting(ben, on=today, after=key)),
            plans_of(lambda: listing.newest(sid, on=today)),
            plans_of(lambda: waiting(sid, on=today)),
        ]
    assert [plans.whole_tables & TABLES for plans in seen] == [set()] * len(seen)
    assert max(plans.most_rows for plans in seen) < 1000


def test_an_order_has_one_direction():
    with pytest.raises(ValueError, match="one direction"):
        Order(("answer_by", "-pk"))


@pytest.mark.parametrize("fields", [("answer_by", "pk"), ("-answer_by", "-pk"), ("state", "answer_by", "pk")])
def test_the_page_after_each_row_begins_with_the_next_one(cast, came_in, at, fields):
    came_in(4)
    Item.objects.update(due_words="no_rule", due_at=None)
    Item.objects.filter(pk=came_in(6)[-1].pk).update(due_words="day", due_day="2027-01-18", due_at=None)
    order = Order(fields)
    keys = list(Item.objects.order_by(*fields).values_list(*order.names))

    for place, key in enumerate(keys):
        after = Item.objects.filter(order.beyond(key)).order_by(*fields).values_list(*order.names)
        assert list(after) == keys[place + 1 :]


@pytest.mark.parametrize("by_due", [False, True])
@pytest.mark.parametrize("reads_first", [0, 2, 250])
def test_a_filter_shows_every_item_once_however_few_rows_are_read_first(
    cast, came_in, at, monkeypatch, by_due, reads_first
):
    monkeypatch.setattr(listing, "READ_FIRST", reads_first)
    made = [item.pk for item in came_in(9)]
    Item.objects.filter(pk__in=made[::2]).update(kind="complaint", language="cy")
    chosen = Filters(kind="complaint", language="cy", assigned="none")

    found = pages(
        lambda key, most: listing.narrowed(
            cast.ben, chosen, on=at.date(), state=ItemState.OPEN, by_due=by_due, after=key, limit=most
        ),
        limit=2,
    )
    assert sorted(found) == made[::2]


def test_a_school_and_a_period_show_that_school_and_that_period_only(cast, came_in, south, at):
    came_in(3)
    there = [item.pk for item in came_in(4, account=account_on("instagram", south, at))]
    Item.objects.filter(pk=there[0]).update(received_at=at - timedelta(days=9))
    chosen = Filters(school=south.pk, since=at.date() - timedelta(days=2))
    sid = someone("Sid South", "lead-staff-member", school=south)

    for person in (cast.ben, sid):
        rows, key = listing.narrowed(person, chosen, on=at.date())
        assert ([row.pk for row in rows], key) == (there[:0:-1], None)
    north = Filters(school=cast.facebook.school_id, since=chosen.since)
    assert listing.narrowed(sid, north, on=at.date())[0] == []


def test_a_network_without_an_account_has_no_comment(cast, came_in, at):
    made = came_in(2)
    by_network = {
        network: len(listing.narrowed(cast.ben, Filters(network=network), on=at.date())[0])
        for network in ("facebook", "mastodon")
    }
    assert by_network == {"facebook": len(made), "mastodon": 0}
