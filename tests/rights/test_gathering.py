"""A search for a request: what it finds and leaves, where it goes on, and what must not go meanwhile."""

from datetime import timedelta

import pytest

from schoolgate.core.data_map import entries
from schoolgate.core.disclosure import BY_PERSON, NOT_SEARCHED, Sought, Why, places
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.models import Safeguarder, VaultSecret
from schoolgate.core.retention import needed
from schoolgate.inbox.locking import lock_item, unlock_item
from schoolgate.inbox.models import Item, ItemVersion
from schoolgate.inbox.pasting import paste_in
from schoolgate.people.models import Membership, PersonTelephone
from schoolgate.publishing import queries
from schoolgate.publishing.hit_answers import note_for_leads
from schoolgate.pupils.keeping_off import end_keeping_off, keep_off
from schoolgate.pupils.models import Pupil
from schoolgate.rights import answering, requests
from schoolgate.rights.finding import found_for, progress_of, sought_of
from schoolgate.rights.models import Gathering
from schoolgate.rights.requests import PLACES_AT_ONCE
from schoolgate.rights.retention import subjects_needed
from tests.cast import someone
from tests.conftest import recorded
from tests.incidents.conftest import wrong
from tests.second_presses import done_already, not_done

HOUR = timedelta(hours=1)
COMMENTS = ["inbox.item"]
NOBODY_HERE = 999_999
"""The number of a person of another federation."""


@pytest.fixture
def wrote(cast, at):
    """`wrote("Is there parking?", author="A Parent")`: a comment."""

    def write(text, author="A Parent", ago=1):
        return paste_in(
            by=cast.ben,
            at=at,
            account=cast.facebook,
            text=text,
            author=author,
            appeared_at=at - ago * HOUR,
            private=False,
        )

    return write


def numbers(request, place):
    return [row.number for row in request.found.filter(place=place).order_by("number")]


def test_every_table_about_people_is_searched_or_there_is_a_reason():
    searched = {table for place in places().values() for table in place.tables}
    of_people = {one.table for one in entries.load().fields() if one.whose}
    in_the_record = of_people - searched - {*BY_PERSON, *NOT_SEARCHED}
    # Where people only ever did something, without a word of their own, the record has it.
    with_words = {
        one.table
        for one in entries.load().fields()
        if one.whose and one.kind in ("contact", "content", "safeguarding")
    }
    assert in_the_record & with_words == set()
    assert not {*BY_PERSON, *NOT_SEARCHED} & searched
    assert {*BY_PERSON, *NOT_SEARCHED} <= set(entries.load().tables)


def test_comments_are_found_by_who_wrote_them_and_whom_they_name_between_two_days(
    cast, enter, search, wrote, at
):
    """A name is whole words, without case and accents, in the index or not there yet."""
    days = 24 * 5
    on_the_day = (at - days * HOUR).date()
    own = wrote("When is the fair?", author="Miriam Secretwood", ago=days)
    naming = wrote("Ask Ms SECRETWOOD, Miriam will know", author="Someone Else", ago=days + 1)
    wrote("Ask Miriam from the office", author="Someone Else", ago=days + 2)
    accents = wrote("Thanks SIAN ELIS!", ago=days + 3)
    wrote("Thanks Sian Elisabeth!", ago=days + 4)
    not_yet = wrote("The fair is on Friday", ago=days + 5)
    Item.every.filter(pk=not_yet.pk).update(worded=False)
    said = {"text": "So says Miriam Secretwood", "seen_at": at}
    ItemVersion.objects.create(item=not_yet, number=2, version="2", **said)
    wrote("Miriam Secretwood the day before", ago=days + 24)
    wrote("Miriam Secretwood the day after", ago=days - 24)
    request = enter()

    search(request, "Miriam Secretwood\nSiân Elis", COMMENTS, since=on_the_day, until=on_the_day)

    found = {row.number: row.why for row in request.found.filter(place="inbox.item")}
    assert found.pop(own.pk) == Why.WROTE
    assert found == dict.fromkeys((naming.pk, accents.pk, not_yet.pk), Why.NAMED)


def test_what_is_about_a_person_is_found_without_a_word_about_the_room_and_needed_meanwhile(
    cast, enter, search, draft, make_federation, at, today
):
    """Amina's sign-in has a place in another federation too: what that says stays there."""
    number = PersonTelephone.objects.create(
        person=cast.amina, number="01632 960001", given_by=cast.sam, at=at
    )
    own, naming = draft("Sports day."), draft("Well done to Priya Nair of Year 6.", by=cast.ben)
    other = make_federation("other")
    Membership.objects.create(user=cast.amina.user, federation_id=other.pk, person_id=NOBODY_HERE, since=at)
    report = wrong(at, reporter=cast.amina)
    concern, elsewhere = f"incidents.report:{report.pk}", f"publishing.post:{naming.pk + 1}"
    recorded()
    request, untouched = enter(), enter()

    assert subjects_needed([concern, elsewhere]) == set()
    requests.start_gathering(by=cast.sam, at=at, request=request, lines="", person=cast.amina)
    assert subjects_needed([concern, elsewhere]) == {concern, elsewhere}
    requests.stop_gathering(by=cast.sam, at=at, request=request)
    search(request, "Priya Nair", person=cast.amina)

    found = {row.number: row.why for row in request.found.filter(place="publishing.post")}
    assert set(found) == {own.pk, naming.pk}
    assert (found[own.pk] != Why.NAMED, found[naming.pk]) == (True, Why.NAMED)
    assert untouched.found.count() == 0
    assert numbers(request, "people.person") == [cast.amina.pk]
    assert numbers(request, "people.persontelephone") == [number.pk]
    assert request.found.filter(place="people.roleassignment").count() == 1
    assert request.found.filter(place="people.user").count() == 1
    [member] = request.found.filter(place="people.membership")
    assert Membership.objects.get(pk=member.number).federation_id == cast.federation.pk
    [row] = request.found.filter(place="core.ledgerrow")  # what they did, month by month
    [piece] = places()["core.ledgerrow"].read([row.number], Sought(person=cast.amina.pk))
    assert "publishing.post:" in piece.texts[0].text

    assert subjects_needed([concern, elsewhere]) == {concern}
    answering.close(by=cast.sam, at=at, request=request, outcome="withdrawn", on=today)
    assert subjects_needed([concern, elsewhere]) == set()


# --- Starting, stopping, going on


def test_pieces_go_on_where_the_last_one_ended_and_are_one_step_of_the_request(
    cast, enter, wrote, at, monkeypatch
):
    """Nothing comes twice, and whose data it is stays sealed."""
    monkeypatch.setattr("schoolgate.rights.requests.AT_ONCE", 2)
    items = [wrote(f"Miriam Secretwood {number}", ago=number + 1).pk for number in range(5)]
    request = enter()
    lines = "Miriam Secretwood\nmsecretwood"
    row = requests.start_gathering(by=cast.sam, at=at, request=request, lines=lines)
    steps = 0
    while requests.gather_some(at=at, gathering=row.pk):
        steps += 1
    row.refresh_from_db()

    assert numbers(request, "inbox.item") == sorted(items)
    whole = len(places()) // PLACES_AT_ONCE
    assert steps in (whole + 2, whole + 3)  # two more for comments, and one if there is a rest
    assert requests.gather_some(at=at, gathering=row.pk) is False
    assert [step.kind for step in request.steps.order_by("pk")][-2:] == ["searching", "searched"]
    assert request.steps.filter(kind="searched").count() == 1
    assert sought_of(row).lines == ("Miriam Secretwood", "msecretwood")
    for secret in VaultSecret.objects.all():
        assert b"msecretwood" not in bytes(secret.sealed)
    assert "Secretwood" not in str([vars(one) for one in recorded()])
    progress = progress_of(request)
    assert progress.done == progress.places > 50


def test_a_search_that_was_stopped_goes_no_further(cast, enter, at, wrote):
    wrote("Miriam Secretwood")
    request = enter()
    row = requests.start_gathering(by=cast.sam, at=at, request=request, lines="Miriam Secretwood")
    requests.stop_gathering(by=cast.sam, at=at, request=request)

    assert requests.gather_some(at=at, gathering=row.pk) is False
    assert request.found.count() == 0
    with done_already():
        requests.stop_gathering(by=cast.sam, at=at, request=request)
    with not_done("isn’t running"):
        requests.stop_gathering(by=cast.sam, at=at, request=enter())


def test_while_a_search_runs_the_same_is_told_as_running_and_another_waits(cast, enter, at):
    request = enter()
    requests.start_gathering(by=cast.sam, at=at, request=request, lines="Miriam Secretwood")
    with done_already("running already"):
        requests.start_gathering(by=cast.sam, at=at, request=request, lines="Miriam Secretwood")
    with not_done("Another search"):
        requests.start_gathering(by=cast.sam, at=at, request=request, lines="Nye Otherwood")


def test_who_may_search_and_for_what(cast, enter, at):
    request = enter()
    with pytest.raises(NotAllowed):
        requests.start_gathering(by=cast.amina, at=at, request=request, lines="x")
    for mistaken in ({"lines": " "}, {"lines": "?!"}, {"lines": "\n".join(["name"] * 21)}):
        with pytest.raises(BadInput) as error:
            requests.start_gathering(by=cast.sam, at=at, request=request, **mistaken)
        assert list(error.value.fields) == ["lines"]
    requests.start_gathering(by=cast.sam, at=at, request=request, lines="\n".join(["name"] * 20))
    with pytest.raises(NotNow):
        requests.start_gathering(by=cast.sam, at=at, request=request, lines="x")
    for kind, given in (("correction", {}), ("access", {"identity": "not_yet"})):
        with pytest.raises(NotNow):
            requests.start_gathering(by=cast.sam, at=at, request=enter(kind, **given), lines="x")


# --- What was found


def test_what_was_found_is_decided_once_and_waits_until_the_request_is_closed(
    cast, enter, search, wrote, at, today
):
    """A second search adds what is new. A comment that is locked later is undecided, and for the leads."""
    dee = someone("Dee Lead")
    Safeguarder.objects.create(place="lead", person_id=dee.pk, since=at)
    first, other = wrote("Miriam Secretwood was there"), wrote("Nothing of hers", ago=2)
    request = enter()
    row = requests.start_gathering(by=cast.sam, at=at, request=request, lines="Miriam Secretwood")
    assert needed("comments", [first.pk, other.pk]) == {first.pk, other.pk}
    requests.stop_gathering(by=cast.sam, at=at, request=request)
    assert Gathering.objects.get(pk=row.pk).ended_at == at

    search(request, "Miriam Secretwood", COMMENTS)
    assert needed("comments", [first.pk, other.pk]) == {first.pk}
    row = request.found.get(place="inbox.item")
    requests.decide(by=cast.sam, at=at, request=request, rows=[row.pk], decision="given")
    second = wrote("Miriam Secretwood again", ago=3)
    search(request, "Miriam Secretwood", COMMENTS)
    decided = {one.number: one.decision for one in request.found.filter(place="inbox.item")}
    assert decided == {first.pk: "given", second.pk: "undecided"}

    lock_item(by=cast.sam, at=at, item=first)
    row.refresh_from_db()
    assert (row.lead, row.decision, row.by) == (True, "undecided", None)
    on = at.date()
    assert row.pk not in found_for(cast.sam, request, on=on).values_list("pk", flat=True)
    assert requests.read_found(by=cast.sam, at=at, request=request, rows=[row.pk]) == []
    assert list(found_for(dee, request, on=on, lead=True)) == [row]
    assert [one.found for one in requests.read_found(by=dee, at=at, request=request, rows=[row.pk])] == [row]
    unlock_item(by=dee, at=at, item=Item.every.get(pk=first.pk), words="It was a joke.")
    row.refresh_from_db()
    assert row.lead is False

    answering.close(by=cast.sam, at=at, request=request, outcome="withdrawn", on=today)
    assert needed("comments", [first.pk, other.pk, second.pk]) == set()


def test_a_draft_that_only_a_lead_lets_out_is_the_leads_and_comes_back_once_the_name_is_gone(
    cast, draft, enter, search, at
):
    """A father asked for all there was on his daughter, and where she had moved was in what was found."""
    dee = someone("Dee Lead")
    Safeguarder.objects.create(place="lead", person_id=dee.pk, since=at)
    freya = Pupil.objects.create(school=cast.school, key="1", first_name="Freya", last_name="Lund")
    post, request = draft("Freya Lund spoke first."), enter()
    search(request, "Freya Lund", ["publishing.post"])
    (row,) = request.found.all()
    assert found_for(cast.sam, request, on=at.date()).get() == row
    keep_off(by=dee, at=at, pupil=freya)
    note_for_leads(queries.post(post.pk), at=at)
    assert not found_for(cast.sam, request, on=at.date()).exists()
    assert found_for(dee, request, on=at.date(), lead=True).get() == row
    search(request, "Freya Lund", ["publishing.post"])
    assert not found_for(cast.sam, request, on=at.date()).exists(), "a new search finds it for the leads"
    end_keeping_off(by=dee, at=at, pupil=freya, why="The order has ended.")
    note_for_leads(queries.post(post.pk), at=at)
    assert found_for(cast.sam, request, on=at.date()).get() == row
