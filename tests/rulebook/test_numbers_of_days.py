"""Where a policy gives no number of days, a federation may fill it in by its reading; rules count by it."""

import pytest

from schoolgate.rulebook import book, decide
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.readings import Changes, changed

WAITING = {"on": "2025-03-31", "received_on": "2025-03-10", "decided": False}
STATUS = {"on": "2025-05-31", "last_post_on": "2025-05-21", "last_visit_on": "2025-05-21", "unanswered": 1}
COPY = {"on": "2025-07-01", "act": "retain", "of_staff": False, "on_systems": True, "copied_on": "2025-01-01"}


def read_with(key, binding, **settings):
    """The policy as a reading has it that fills these settings."""
    return book_of(changed(book(key).pack, Changes(settings={binding: settings})))


def kinds(decided, point):
    return {(str(one.kind), str(one.basis)) for one in decided.at(point)}


@pytest.mark.parametrize(("days", "due"), [(20, "2025-03-30"), (21, "2025-03-31")])
def test_a_decision_is_due_after_the_days_that_a_reading_names(days, due):
    read = read_with(
        "wildground",
        "wildground-accounts-11@decision_owed/rule",
        decision_deadline_days=days,
    )
    decided = decide(read, "account.awaits", WAITING)
    assert [duty.due.to_json() for duty in decided.duties] == [{"day": due}]
    assert kinds(decided, "decision_owed") == {("obliges", "chosen")}


@pytest.mark.parametrize(("days", "said"), [(10, ("obliges", "chosen")), (11, ("met", "chosen"))])
def test_an_account_is_stale_after_the_days_that_a_reading_names(days, said):
    read = read_with("wootton", "wootton-a1-9@kept_fresh/rule", stale_after_days=days)
    assert kinds(decide(read, "account.status", STATUS), "kept_fresh") == {said}


@pytest.mark.parametrize(("days", "said"), [(10, ("breached", "chosen")), (11, ("met", "chosen"))])
def test_an_account_is_left_alone_after_the_days_that_a_reading_names(days, said):
    read = read_with("wootton", "wootton-a1-16@not_left_alone/rule", neglected_after_days=days)
    assert kinds(decide(read, "account.status", STATUS), "not_left_alone") == {said}


@pytest.mark.parametrize(("days", "said"), [(180, ("breached", "chosen")), (181, ("permits", "chosen"))])
def test_copies_are_kept_for_the_days_that_the_federation_chose(days, said):
    chosen = {**COPY, "retention_days": days}
    assert kinds(decide(book("wootton"), "systems.monitor", chosen), "copies") == {said}


def test_a_thousand_signatures_are_each_judged():
    signed = [
        {"role": role, "by": f"p{number}", "dated": "2025-06-03", "on": "2025-06-03",
         "aims_unchanged": True, "content_unchanged": True}
        for number in range(500) for role in ("Line Manager", "Other Senior Manager")
    ]  # fmt: skip
    decided = decide(book("wootton"), "account.sign", {"on": "2025-06-10", "signed": signed})
    assert decided.outcome == "permitted"
    assert len({one.about for one in decided.at("signature_dated")}) == 1_000
