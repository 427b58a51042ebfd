"""Pages for parents on the schools' own websites: what a look finds, what the policy makes of it, and who is
asked to put it right."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed
from schoolgate.core.models import School
from schoolgate.core.outside.client import CannotRead
from schoolgate.core.tenancy import in_scope, scope
from schoolgate.duties.models import Duty
from schoolgate.jobs.tasks import look_for_parents_page
from schoolgate.policy import guides, guiding
from schoolgate.policy.asking import verdict
from schoolgate.policy.guides import due_for_a_look, is_web_address, parents_pages, state_of
from schoolgate.policy.guiding import watch_parents_pages
from schoolgate.policy.models import PageState, ParentsPage
from tests.accounts.conftest import at_federation  # noqa: F401 - five federations
from tests.cast import someone
from tests.conftest import recorded

DAY = timedelta(days=1)
ADDRESS = "https://www.wildground.example/parents/online"


def entered(by, at, school=None, address=ADDRESS):
    return guiding.enter_parents_page(by=by, at=at, school=school, address=address)


def said(at):
    """What the policy in force says about the page for parents."""
    day = at.date()
    facts = guides.education_facts(guides.year_of(day), on=day)
    return [one.message for one in verdict("education.status", facts, on=day).at("parents_page")]


def tasks():
    rows = Duty.objects.filter(kind="policy.parents_page").order_by("pk")
    return [(row.state, row.role_key, row.clauses) for row in rows]


def test_a_page_that_was_found_is_what_the_policy_wants_and_evidence_of_its_clause(version, ben, at):
    assert said(at) == ["teaching.page_missing"]
    page = entered(ben, at)
    assert "teaching.parents_pages_found" not in said(at)  # nobody has looked yet
    guiding.note_parents_page(at=at, page=page, state=PageState.THERE)
    assert said(at) == ["teaching.parents_pages_found"]
    told = {one.event: one.clauses for one in recorded() if one.event.startswith("parentspage.")}
    assert told["parentspage.looked"] == ["wildground-parents-3"]
    assert tasks() == []


def test_a_page_that_is_gone_is_a_task_for_the_role_that_looks_after_the_policy_until_it_is_back(
    version, ben, at
):
    page = entered(ben, at)
    guiding.note_parents_page(at=at, page=page, state=PageState.MISSING)
    watch_parents_pages(at=at)
    assert tasks() == [("open", "slt", ["wildground-parents-3"])]
    guiding.note_parents_page(at=at + DAY, page=page, state=PageState.THERE)
    assert [state for state, _role, _clauses in tasks()] == ["discharged"]


def test_another_address_for_the_same_website_takes_the_place_of_the_first(version, ben, at):
    first = entered(ben, at)
    guiding.note_parents_page(at=at, page=first, state=PageState.MISSING)
    second = entered(ben, at + DAY, address=f"{ADDRESS}-safety")
    assert [one.pk for one in parents_pages()] == [second.pk]
    assert [state for state, _role, _clauses in tasks()] == ["discharged"]
    assert entered(ben, at + DAY, address=f" {ADDRESS}-safety ").pk == second.pk
    guiding.note_parents_page(at=at + DAY, page=first, state=PageState.THERE)  # a look that came too late
    assert ParentsPage.objects.get(pk=first.pk).state == PageState.MISSING


def test_a_page_that_is_taken_off_the_list_no_longer_counts(version, ben, at):
    page = entered(ben, at)
    guiding.note_parents_page(at=at, page=page, state=PageState.THERE)
    guiding.remove_parents_page(by=ben, at=at + DAY, page=page)
    assert parents_pages() == []
    assert said(at) == ["teaching.page_missing"]


def test_who_entered_none_is_asked_only_as_a_term_ends(version, ben, at):
    watch_parents_pages(at=at)
    assert tasks() == []
    watch_parents_pages(at=at, near=at.date() + 10 * DAY)
    watch_parents_pages(at=at, near=at.date() + 10 * DAY)
    assert tasks() == [("open", "slt", ["wildground-parents-3"])]


def test_boroughbridge_wants_one_on_each_schools_own_website(at_federation, at):  # noqa: F811
    with at_federation("boroughbridge") as cast:
        School.objects.get_or_create(slug="king-james", defaults={"name": "King James’s School"})
        first, *others = School.objects.order_by("name")
        page = entered(cast.owner, at, school=first, address="https://first.example/parents")
        guiding.note_parents_page(at=at, page=page, state=PageState.THERE)
        assert said(at) == ["teaching.schools_without_page"]
        assert [clauses for _state, _role, clauses in tasks()] == [["boroughbridge-parents-3"]]
        for school in others:
            page = entered(cast.owner, at, school=school, address=f"https://{school.slug}.example/parents")
            guiding.note_parents_page(at=at, page=page, state=PageState.THERE)
        assert said(at) == ["teaching.parents_pages_found"]
        assert [state for state, _role, _clauses in tasks()] == ["discharged"]


@pytest.mark.parametrize("key", ["learn-to-live", "wootton", "llanidloes"])
def test_a_policy_that_says_nothing_of_it_asks_nobody(at_federation, at, key):  # noqa: F811
    with at_federation(key) as cast:
        page = entered(cast.owner, at)
        guiding.note_parents_page(at=at, page=page, state=PageState.MISSING)
        watch_parents_pages(at=at, near=at.date())
        assert (tasks(), said(at)) == ([], [])


def test_only_who_looks_after_the_policy_or_oversees_it_enters_one(version, ben, at):
    page = entered(ben, at)
    ann = someone("Ann Other", "staff")
    with pytest.raises(NotAllowed):
        entered(ann, at)
    with pytest.raises(NotAllowed):
        guiding.remove_parents_page(by=ann, at=at, page=page)


@pytest.mark.parametrize(
    "address",
    ["", "wildground.example/parents", "http://wildground.example/parents", "https://localhost/parents",
     "https://me:word@wildground.example/", "https://wildground.example:8443/", "https://[::1",
     "https://wildground.example/a b", "https://wildground.example/" + "a" * 500],
)  # fmt: skip
def test_what_is_no_public_address_is_refused_beside_its_field(version, ben, at, address):
    with pytest.raises(BadInput) as error:
        entered(ben, at, address=address)
    assert list(error.value.fields) == ["address"]


def test_the_longest_address_that_fits_is_taken():
    start = "https://wildground.example/"
    assert is_web_address(start + "a" * (500 - len(start)))
    assert not is_web_address(start + "a" * (501 - len(start)))


# --- Looking


def fetching(why=None):
    def fetch(_address):
        if why is not None:
            raise CannotRead(why)
        return []

    return fetch


@pytest.mark.parametrize(
    ("why", "state"),
    [
        (None, PageState.THERE),
        ("not_there", PageState.MISSING),
        ("no_page", PageState.THERE),  # a PDF is a page for parents too
        ("too_large", PageState.THERE),
        ("refused", PageState.UNREADABLE),
        ("unreachable", PageState.UNREADABLE),
        ("no_such_host", PageState.UNREADABLE),
        ("too_slow", PageState.UNREADABLE),
    ],
)
def test_only_a_page_that_is_said_not_to_be_there_is_missing(why, state):
    assert state_of(ADDRESS, fetching(why)) is state


def test_what_cannot_be_read_is_neither_found_nor_missing(version, ben, at):
    page = entered(ben, at)
    guiding.note_parents_page(at=at, page=page, state=PageState.UNREADABLE)
    assert not {"teaching.page_missing", "teaching.parents_pages_found"} & set(said(at))
    assert tasks() == []


def test_it_is_looked_for_again_after_a_week_or_a_day_after_it_could_not_be_read(version, ben, at):
    page = entered(ben, at)
    assert due_for_a_look(at=at) == [page.pk]
    for state, wait in ((PageState.THERE, 7 * DAY), (PageState.UNREADABLE, DAY)):
        guiding.note_parents_page(at=at, page=page, state=state)
        assert due_for_a_look(at=at + wait - timedelta(seconds=1)) == []
        assert due_for_a_look(at=at + wait) == [page.pk]
    guiding.remove_parents_page(by=ben, at=at, page=page)
    assert due_for_a_look(at=at + 30 * DAY) == []


def test_the_job_fetches_outside_any_scope_and_notes_what_it_found(at_federation, at, monkeypatch):  # noqa: F811
    with at_federation("wildground") as cast:
        page = entered(cast.owner, at)

    def look(_address):
        assert not in_scope()
        return PageState.MISSING

    monkeypatch.setattr("schoolgate.jobs.tasks.state_of", look)
    look_for_parents_page(page.federation_id, page.pk)
    with scope(page.federation_id):
        assert ParentsPage.objects.get(pk=page.pk).state == PageState.MISSING


def test_another_federation_has_none_of_it(at_federation, at):  # noqa: F811
    with at_federation("wildground") as cast:
        entered(cast.owner, at)
    with at_federation("boroughbridge"):
        assert parents_pages() == []
        assert due_for_a_look(at=at) == []
