"""Finding old posts: folded, by beginnings, with all the words, by who may see them, and among very many."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection

from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.publishing import past_posts
from tests.cast import someone
from tests.conftest import as_owner
from tests.networks.archives.makers import tweet
from tests.plans import plans_of
from tests.publishing.conftest import account_on
from tests.publishing.past.conftest import archive

POSTS = {
    1: "Our Côr sings on Friday. Well done Tomasz Łuk!",
    2: "Sports day is on FRIDAY at 10.",
    3: "Cornish pasties for lunch",
    4: "Łódź trip: O'Brien's bus leaves at 7",
}


@pytest.fixture
def filled(world):
    world.take(archive(*(tweet(n, text, f"Mon May 0{n} 09:30:00 +0000 2024") for n, text in POSTS.items())))
    return world


def found(world, typed: str, **more: object) -> list[int]:
    with scope(world.federation.pk):
        page = past_posts.posts_page(accounts=[world.x.pk], typed=typed, **more)
        return [int(post.key) for post in page.rows]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("", [4, 3, 2, 1]),
        ("cor", [3, 1]),
        ("Côr", [3, 1]),
        ("friday", [2, 1]),
        ("friday cor", [1]),
        ("tomasz luk", [1]),
        ("łuk", [1]),
        ("lodz", [4]),
        ("obrien", [4]),
        ("o'brien", [4]),
        ("friday lunch", []),
        ("nothing", []),
        ("10", [2]),
        ("7", [4]),
        ("%", []),
        ("c_r", []),
        ("   ", [4, 3, 2, 1]),
    ],
)
def test_words_are_found_folded_and_by_their_beginnings(filled, typed, keys):
    assert found(filled, typed) == keys


def test_accounts_that_are_not_asked_for_are_not_searched(filled):
    with scope(filled.federation.pk):
        assert past_posts.posts_page(accounts=[filled.x.pk + 1], typed="friday").rows == []
        assert past_posts.posts_page(accounts=[], typed="friday").rows == ()


def test_pages_follow_one_another_and_show_each_post_once(world, many):
    world.take(many(60))
    for typed in ("", "post"):
        seen, before = [], None
        with scope(world.federation.pk):
            while True:
                page = past_posts.posts_page(accounts=[world.x.pk], typed=typed, before=before, limit=25)
                seen += [post.key for post in page.rows]
                before = page.older
                if before is None:
                    break
        assert (len(seen), len(set(seen))) == (60, 60)


def test_a_page_looks_at_so_many_posts_and_says_that_there_are_more(world, monkeypatch):
    monkeypatch.setattr(past_posts, "LOOKED_AT", 20)
    world.take(archive(*(tweet(n + 1, "alpha" if n < 50 else "beta") for n in range(100))))
    pages, before = 0, None
    with scope(world.federation.pk):
        while True:
            page = past_posts.posts_page(accounts=[world.x.pk], typed="alpha beta", before=before)
            pages, before = pages + 1, page.older
            assert (page.rows, page.further) == ([], before is not None)
            if before is None:
                break
    assert pages == 3


def test_more_words_than_one_page_looks_for_are_told(world):
    world.take(archive(*(tweet(n + 1, f"pre{chr(97 + n % 26)}{n}") for n in range(30))))
    with scope(world.federation.pk):
        assert list(past_posts.posts_page(accounts=[world.x.pk], typed="pre").beginnings) == ["pre"]
        assert list(past_posts.posts_page(accounts=[world.x.pk], typed="prea").beginnings) == []


def test_who_sees_an_accounts_posts_sees_its_old_ones_and_nobody_else(filled):
    on = local_day(filled.at)
    with scope(filled.federation.pk):
        for somebody, sees in ((filled.ben, True), (filled.amina, True), (filled.dan, False)):
            names = [one.pk for one in past_posts.accounts_with_posts(somebody, on=on)]
            assert (filled.x.pk in names) is sees
        nobody = someone("Nobody")
        assert past_posts.accounts_with_posts(nobody, on=on) == []


def test_another_federations_posts_are_not_found(filled, make_federation):
    other = make_federation("oakfield", "wildground")
    with scope(other.pk):
        assert list(past_posts.posts_page(accounts=[filled.x.pk], typed="friday").rows) == []


def test_searching_costs_the_same_for_few_and_for_many(filled, many, same_queries):
    def read():
        with scope(filled.federation.pk):
            past_posts.posts_page(accounts=[filled.x.pk], typed="friday sports")

    more = archive(*(tweet(n + 10, f"Sports on Friday {n}") for n in range(60)))
    same_queries(read, lambda: filled.take(more))


def test_long_texts_and_many_words_stay_within_bounds():
    assert len(past_posts.tokens(" ".join(f"w{n}" for n in range(5000)))) == past_posts.MOST_TOKENS
    assert past_posts.tokens("x" * 500) == ["x" * past_posts.LONGEST_TOKEN]
    assert past_posts.words_asked("one two three four five six seven") == [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
    ]


MANY = 10_000
FILL = (
    """INSERT INTO publishing_pastpost (federation_id, account_id, source_id, key, version, address, at, text,
              words, pictures, reply, language, taken_at)
       SELECT %(federation)s, CASE WHEN n %% 100 = 0 THEN %(small)s ELSE %(account)s END, %(source)s,
              n::text, '', '', timestamptz '2015-01-01' + n * interval '1 hour', 'Sports day',
              ' sports day word' || n %% 5000 || ' club' || n %% 40 || ' ', 0, false, 'en', now()
       FROM generate_series(1, %(many)s) n""",
    """INSERT INTO publishing_pastword (federation_id, token, at, post_id)
       SELECT p.federation_id, one.token, p.at, p.id
       FROM publishing_pastpost p, unnest(string_to_array(btrim(p.words), ' ')) one(token)""",
)
TABLES = {"publishing_pastpost", "publishing_pastword", "publishing_pastimport"}


def test_no_search_among_very_many_reads_a_whole_table(own_database, make_federation, at):
    federation = make_federation()
    with scope(federation.pk), connection.cursor() as cursor:
        school = School.objects.create(name="North", slug="north")
        x, small = account_on("x", school, at), account_on("facebook", school, at)
        cursor.execute(
            "INSERT INTO publishing_pastimport (federation_id, account_id, by_id, at, content, size, file,"
            " state, state_at, heard_at, because, found, owner, whose, whose_because, pieces, done, taken,"
            " already, left_out) VALUES (%s, %s, %s, now(), '', 1, '', 'found', now(), now(), '', '{}', '{}',"
            " 'same', '', 0, 0, 0, 0, '{}') RETURNING id",
            [federation.pk, x.pk, x.opened_by_id],
        )
        given = {
            "federation": federation.pk, "account": x.pk, "small": small.pk, "many": MANY,
            "source": cursor.fetchone()[0],
        }  # fmt: skip
        for statement in FILL:
            cursor.execute(statement, given)
    with as_owner() as owner:
        for table in TABLES:
            owner.execute(f"ANALYZE {table}")
    middle = (datetime(2015, 1, 1, tzinfo=UTC) + timedelta(hours=MANY // 2), 1)
    both, plans = [x.pk, small.pk], []
    asked = (
        (both, ""), ([small.pk], ""), (both, "sports"), (both, "word77"), (both, "sports word77"),
        (both, "clu"), (both, "zebra"), ([small.pk], "word77 sports"),
    )  # fmt: skip
    with scope(federation.pk):
        for accounts, typed in asked:
            for before in (None, middle):
                look = partial(past_posts.posts_page, accounts=accounts, typed=typed, before=before)
                plans.append(plans_of(look))
    assert [plan.whole_tables & TABLES for plan in plans if plan.whole_tables & TABLES] == []
    assert max(plan.most_rows for plan in plans) <= 25 * past_posts.LOOKED_AT
