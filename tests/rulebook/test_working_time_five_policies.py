"""The same question put to the five policies gives the answers that their registers give."""

from datetime import UTC, date, datetime

import pytest

from schoolgate.rulebook import Outcome, book, books, decide
from schoolgate.rulebook.situations.items import ItemReceived
from schoolgate.rulebook.working_time import Calendar, Days

CALENDAR = Calendar(
    country="england",
    bank_holidays_known=Days(date(2026, 1, 1), date(2027, 12, 31)),
    bank_holidays=(date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)),
    terms_known=Days(date(2026, 9, 1), date(2027, 8, 31)),
    terms=(Days(date(2026, 11, 2), date(2026, 12, 18)), Days(date(2027, 1, 4), date(2027, 2, 12))),
)
PRESS = {
    "by": {"key": "person:5", "relation": "staff"},
    "act": "answer",
    "received_at": "2026-11-24T13:00:00Z",
    "from_press": True,
    "about_posts": True,
    "asks_for_comment": False,
    "passed_to": [],
    "advice": [],
}


def a_query(received_at: datetime) -> ItemReceived:
    return ItemReceived(
        received_at=received_at,
        kind="query",
        account_is_official=True,
        from_press=False,
        improper=False,
        found_to_be=(),
        contains_personal_details=False,
        calendar=CALENDAR,
    )


def owed(key: str, received_at: datetime) -> tuple[str, list[tuple[str, dict[str, str | bool]]]]:
    """The outcome at the point of the reply, and what is owed by when."""
    decision = decide(book(key), "item.received", a_query(received_at))
    return str(decision.points["reply_due"]), [(duty.what, duty.due.to_json()) for duty in decision.duties]


def test_five_policies_are_asked() -> None:
    assert books() == ["boroughbridge", "learn-to-live", "llanidloes", "wildground", "wootton"]


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        (
            "wildground",
            (
                "permitted",
                [
                    ("reply", {"instant": "2026-11-25T16:20:00+00:00"}),
                    ("response", {"none_promised": True}),
                ],
            ),
        ),
        ("boroughbridge", ("permitted", [("response", {"none_promised": True})])),
        ("learn-to-live", ("silent", [])),
        ("llanidloes", ("silent", [])),
        ("wootton", ("silent", [])),
    ],
)
def test_a_query_on_a_tuesday(key: str, answer: object) -> None:
    assert owed(key, datetime(2026, 11, 24, 16, 20, tzinfo=UTC)) == answer


def test_a_query_on_a_saturday_is_later_at_wildground_and_nowhere_else() -> None:
    tuesday, saturday = datetime(2026, 11, 24, 16, 20, tzinfo=UTC), datetime(2026, 11, 28, 16, 20, tzinfo=UTC)

    assert owed("wildground", saturday) == (
        "permitted",
        [("response", {"none_promised": True}), ("reply", {"day": "2026-11-30"})],
    )
    for key in books():
        if key != "wildground":
            assert owed(key, saturday) == owed(key, tuesday)


@pytest.mark.parametrize("key", ["learn-to-live", "llanidloes", "wootton"])
def test_where_a_policy_is_silent_it_says_that_it_has_no_rule(key: str) -> None:
    decision = decide(book(key), "item.received", a_query(datetime(2026, 11, 24, 16, 20, tzinfo=UTC)))

    assert (decision.outcome, decision.silent_because, decision.findings) == (Outcome.SILENT, "no_rule", ())


@pytest.mark.parametrize(
    ("key", "outcome", "clauses"),
    [
        ("wildground", "hold", ("wildground-behaviour-15",)),
        ("boroughbridge", "not_permitted", ("boroughbridge-behaviour-15",)),
        ("learn-to-live", "silent", ()),
        ("llanidloes", "silent", ()),
        ("wootton", "hold", ("wootton-a3-18", "wootton-a3-19")),
    ],
)
def test_an_answer_to_a_journalist(key: str, outcome: str, clauses: tuple[str, ...]) -> None:
    decision = decide(book(key), "media.enquiry", PRESS)

    assert (str(decision.outcome), decision.clauses) == (outcome, clauses)


@pytest.mark.parametrize("key", ["boroughbridge", "learn-to-live", "llanidloes", "wildground", "wootton"])
def test_no_clause_of_another_policy_is_cited(key: str) -> None:
    received = decide(book(key), "item.received", a_query(datetime(2026, 11, 27, 16, 20, tzinfo=UTC)))
    answered = decide(book(key), "media.enquiry", PRESS)

    assert {clause.startswith(f"{key}-") for clause in received.clauses + answered.clauses} <= {True}
