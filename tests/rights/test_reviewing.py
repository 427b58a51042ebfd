"""Deciding on what was found: read, given, covered, left out; and how the request ends by it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.disclosure import File
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.leaving import Said, WordsHeld, answering
from schoolgate.core.models import LedgerRow, Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.queries import standing
from schoolgate.inbox.locking import lock_item
from schoolgate.inbox.models import Item, ItemVersion
from schoolgate.inbox.pasting import paste_in
from schoolgate.incidents.handling import open_report
from schoolgate.incidents.models import KeptOut
from schoolgate.publishing.models import WordAnswer
from schoolgate.pupils.keeping_off import keep_off
from schoolgate.pupils.models import Pupil
from schoolgate.rights import finding, requests
from schoolgate.rights.answering import check_ready, close, make_answer, outcome_of, outcomes_for
from schoolgate.rights.finding import BLOCK, _pieces, covered, together
from schoolgate.rights.finding import shown as shown_of
from schoolgate.rights.models import EXEMPTIONS, Kind, Outcome, exemptions_for
from tests.cast import someone
from tests.conftest import recorded
from tests.inbox.conftest import give_terms
from tests.incidents.conftest import wrong
from tests.publishing.conftest import adopted
from tests.rights.conftest import enter_one, search_to_the_end
from tests.stories import rolled_back
from tests.worlds import world

TEXT = "Miriam Secretwood and Priya Nair were late. Ring 01632 960001."


@world(adopted)
def searched(before, at):
    """A request for which a comment was found that names the person who asks, a pupil, and a telephone
    number."""
    cast = before.cast
    with scope(cast.federation.pk):
        give_terms(cast, at)
        Pupil.objects.create(school=cast.school, key="P1", first_name="Priya", last_name="Nair")
        before.item = paste_in(
            by=cast.ben, at=at, account=cast.facebook, text=TEXT, author="Olive Other",
            appeared_at=at - timedelta(hours=1), private=False,
        )  # fmt: skip
        before.request = enter_one(cast, at)
        search_to_the_end(cast, at, before.request, "Miriam Secretwood")
    return before


@world(adopted)
def concern_found(before, at):
    """A request about Amina, for which a concern was found that she reported. Dee leads on safeguarding."""
    cast = before.cast
    with scope(cast.federation.pk):
        before.dee = lead_of(at)
        before.report = wrong(at, reporter=cast.amina)
        before.request = enter_one(cast, at)
        search_to_the_end(cast, at, before.request, "", person=cast.amina)
    return before


@world(adopted)
def by_words(before, at):
    """A request for which nothing was found by a name. Dee leads on safeguarding."""
    cast = before.cast
    with scope(cast.federation.pk):
        before.dee = lead_of(at)
        before.report = wrong(at, what="Miriam Secretwood was followed home.", reporter=cast.amina)
        before.other = wrong(at, what="Nothing about her.", reporter=cast.amina)
        before.request = enter_one(cast, at)
        search_to_the_end(cast, at, before.request, "Miriam Secretwood")
    return before


def lead_of(at):
    person = someone("Dee Lead")
    Safeguarder.objects.create(place="lead", person_id=person.pk, since=at)
    return person


WORLDS = {"request_": searched, "of_amina": concern_found, "by_name": by_words}


@pytest.fixture
def beginning(in_world, request, at):
    """As far on as what the test asks for."""
    asked = request.fixturenames
    return in_world(next((world for name, world in WORLDS.items() if name in asked), adopted), at)


@pytest.fixture
def item(beginning, cast):
    return beginning.item


@pytest.fixture
def request_(beginning, cast):
    """`searched`."""
    return beginning.request


@pytest.fixture
def of_amina(beginning, cast):
    """`concern_found`: its request."""
    return beginning.request


@pytest.fixture
def by_name(beginning, cast):
    """`by_words`: its request."""
    return beginning.request


@pytest.fixture
def dee(beginning, cast, at):
    """The designated safeguarding lead."""
    return getattr(beginning, "dee", None) or lead_of(at)


@pytest.fixture
def read(cast, request_, at):
    """`read()`: the comment as Sam reads it."""

    def go(by=None):
        rows = list(request_.found.values_list("pk", flat=True))
        return requests.read_found(by=by or cast.sam, at=at, request=request_, rows=rows)

    return go


def words(shown):
    return {
        text.text[begins:ends]
        for text in shown.piece.texts
        for begins, ends in shown.proposals.get(text.part, ())
    }


# --- Reading


def test_reading_is_in_the_record_without_a_word_and_proposes_to_cover_other_people(request_, read, cast):
    [shown] = read()
    assert TEXT in [text.text for text in shown.piece.texts]
    row = recorded()[-1]
    assert (row.event, row.details["number"]) == ("rights.found_read", 1)
    assert "Secretwood" not in str([vars(one) for one in LedgerRow.objects.all()])

    assert words(shown) >= {"Priya Nair", "01632 960001", "Olive Other"}
    assert not any("Secretwood" in one for one in words(shown))
    assert shown.spans == {}

    # Who doesn't decide on requests reads nothing.
    with pytest.raises(NotAllowed):
        read(by=cast.amina)


# --- Covering


def cover(cast, request, shown, at, *hidden):
    spans = {}
    for text in shown.piece.texts:
        for one in hidden:
            if one in text.text:
                begins = text.text.index(one)
                spans.setdefault(text.part, []).append((begins, begins + len(one)))
    return requests.cover(
        by=cast.sam, at=at, request=request, row=shown.found.pk, spans=spans, digest=shown.digest
    )


def test_covered_words_are_not_in_what_is_given(cast, request_, read, at):
    [shown] = read()
    cover(cast, request_, shown, at, "Priya Nair", "Olive Other")

    [piece] = [one.piece for one in finding.given(request_)]
    said = " ".join(text.text for text in piece.texts)
    assert not any(name in said for name in ("Priya", "Nair", "Olive"))
    assert f"Miriam Secretwood and {BLOCK} were late" in said
    assert outcome_of(request_) == Outcome.PART


def test_what_changed_since_it_was_read_is_not_covered_or_given(cast, request_, read, at, item):
    [shown] = read()
    ItemVersion.objects.create(item=item, number=2, version="2", text="Miriam Secretwood again", seen_at=at)
    with pytest.raises(NotNow):
        cover(cast, request_, shown, at, "Priya Nair")

    [shown] = read()
    cover(cast, request_, shown, at, "Priya Nair")
    ItemVersion.objects.create(item=item, number=3, version="3", text="And again", seen_at=at)
    assert list(finding.given(request_)) == []
    assert finding.changed_since(request_) == [shown.found.pk]
    [shown] = read()
    assert shown.changed
    with pytest.raises(NotNow):
        check_ready(request_, by=cast.sam)


def test_only_words_of_the_text_are_covered(cast, request_, read, at):
    [shown] = read()
    nowhere = [(0, 0), (-1, 3), (5, 4), (0, 10_000)]
    for spans in (*({shown.piece.texts[0].part: [one]} for one in nowhere), {"elsewhere": [(0, 1)]}, {}):
        with pytest.raises(BadInput):
            requests.cover(
                by=cast.sam, at=at, request=request_, row=shown.found.pk, spans=spans, digest=shown.digest
            )


@given(st.text(max_size=60), st.data())
def test_nothing_of_what_is_covered_stays_and_all_else_does(text, data):
    spans = []
    for _ in range(data.draw(st.integers(0, 4))):
        if text:
            begins = data.draw(st.integers(0, len(text) - 1))
            spans.append((begins, data.draw(st.integers(begins + 1, len(text)))))
    hidden = {place for begins, ends in spans for place in range(begins, ends)}
    shown = "".join(letter for place, letter in enumerate(text) if place not in hidden)
    result = covered(text, spans)
    blocks = len(together(spans, length=len(text)))
    assert result.replace(BLOCK, "") == shown.replace(BLOCK, "")
    assert len(result) == len(shown) + blocks * len(BLOCK)


# --- Another child's name


def test_another_childs_name_is_given_only_with_a_reason_also_when_many_are_given_at_once(
    cast, request_, read, at, dee
):
    rows = list(request_.found.values_list("pk", flat=True))
    with pytest.raises(WordsHeld) as error:
        requests.decide(by=cast.sam, at=at, request=request_, rows=rows, decision="given")
    (held,) = error.value.held
    assert (held.words, held.replies, held.needs_reason) == ("Priya Nair", ("not_pupil", "may_name"), True)
    assert request_.found.exclude(decision="undecided").count() == 0

    [shown] = read()
    with pytest.raises(WordsHeld):
        cover(cast, request_, shown, at, "Olive Other")
    cover(cast, request_, shown, at, "Priya Nair")

    with answering({held.key: Said("may_name", "Her sister: the same parents ask.")}):
        requests.decide(by=cast.sam, at=at, request=request_, rows=rows, decision="given")
    assert WordAnswer.objects.get().words == "Her sister: the same parents ask."


@pytest.mark.parametrize("where", ["title", "file"])
def test_another_childs_name_in_a_title_or_the_name_of_a_file_is_asked_about_too(
    cast, request_, at, monkeypatch, where
):
    rows = list(request_.found.values_list("pk", flat=True))

    def has_only(title="A form", file="scan.pdf"):
        def found(request, rows):
            whole = {"title": title, "texts": (), "files": (File("0" * 64, file),)}
            return [replace(one, piece=replace(one.piece, **whole)) for one in shown_of(request, rows)]

        monkeypatch.setattr("schoolgate.rights.requests.shown", found)

    def give():
        return requests.decide(by=cast.sam, at=at, request=request_, rows=rows, decision="given")

    has_only(**{where: "Priya Nair.pdf"})
    with pytest.raises(WordsHeld) as error:
        give()
    assert [held.words for held in error.value.held] == ["Priya Nair"]
    has_only()
    assert give() == len(rows)


@pytest.mark.parametrize("where", ["title", "file"])
def test_a_title_or_the_name_of_a_file_that_changed_since_the_decision_is_decided_again(
    cast, request_, at, monkeypatch, where
):
    """What a file is called and what a thing is called leave with the answer."""
    [row] = request_.found.all()
    now = {"title": "A form", "file": "scan.pdf"}
    read = _pieces

    def pieces(rows, sought):
        for of, place, piece in read(rows, sought):
            files = (File("0" * 64, now["file"]),)
            yield of, place, replace(piece, title=now["title"], texts=(), files=files)

    monkeypatch.setattr("schoolgate.rights.finding._pieces", pieces)
    requests.decide(by=cast.sam, at=at, request=request_, rows=[row.pk], decision="given")
    assert finding.changed_since(request_) == []
    now[where] = "Priya Nair.pdf"
    assert finding.changed_since(request_) == [row.pk]
    with pytest.raises(NotNow):
        check_ready(request_, by=cast.sam)


def test_what_changed_since_it_was_read_is_not_given(cast, request_, read, at, item):
    [shown] = read()
    given = {"by": cast.sam, "at": at, "request": request_, "rows": [shown.found.pk], "decision": "given"}
    ItemVersion.objects.create(item=item, number=2, version="2", text="Miriam Secretwood again", seen_at=at)
    with pytest.raises(NotNow, match="changed since you opened it"):
        requests.decide(**given, seen={shown.found.pk: shown.digest})
    [shown] = read()
    with rolled_back(), pytest.raises(WordsHeld):
        requests.decide(**given, seen={shown.found.pk: shown.digest})


def test_the_name_of_a_child_who_must_not_be_published_is_given_by_a_lead_alone(cast, request_, at, dee):
    keep_off(by=dee, at=at, pupil=Pupil.objects.get(key="P1"), why="")
    rows = list(request_.found.values_list("pk", flat=True))
    with pytest.raises(WordsHeld) as error:
        requests.decide(by=cast.sam, at=at, request=request_, rows=rows, decision="given")
    (held,) = error.value.held
    assert (held.lead_only, held.may_answer) == (True, False)
    with answering({held.key: Said("may_name", "I know them.")}), pytest.raises(WordsHeld):
        requests.decide(by=cast.sam, at=at, request=request_, rows=rows, decision="given")


def test_the_pupil_that_the_request_is_about_is_no_question(cast, request_, at, search):
    search(request_, "Miriam Secretwood\nPriya Nair")
    rows = list(request_.found.values_list("pk", flat=True))
    assert requests.decide(by=cast.sam, at=at, request=request_, rows=rows, decision="given") == len(rows)


# --- Deciding, and how it ends


def give(cast, request, at, rows):
    """Give these things, with a reason for each name of another pupil."""
    try:
        requests.decide(by=cast.sam, at=at, request=request, rows=rows, decision="given")
    except WordsHeld as error:
        said = {one.key: Said("may_name", "They ask together.") for one in error.held}
        with answering(said):
            requests.decide(by=cast.sam, at=at, request=request, rows=rows, decision="given")


def test_giving_all_is_all_given_and_leaving_out_is_part(cast, request_, read, at, enter):
    rows = list(request_.found.values_list("pk", flat=True))
    assert outcome_of(request_) is None
    give(cast, request_, at, rows)
    assert outcome_of(request_) == Outcome.GIVEN
    requests.decide(by=cast.sam, at=at, request=request_, rows=rows, decision="left_out", exemption="others")
    assert outcome_of(request_) == Outcome.REFUSED
    requests.decide(
        by=cast.sam, at=at, request=request_, rows=rows, decision="left_out", exemption="not_asked"
    )
    assert outcome_of(request_) == Outcome.NOTHING
    assert [row.event for row in recorded()].count("rights.decided") == 3
    requests.decide(by=cast.sam, at=at, request=request_, rows=rows, decision="undecided")
    assert outcome_of(request_) is None


def test_what_is_no_decision_of_this_kind_is_refused(cast, request_, at):
    rows = list(request_.found.values_list("pk", flat=True))
    for decision, exemption, field in (
        ("covered", "", "decision"), ("burned", "", "decision"), ("left_out", "", "exemption"),
        ("left_out", "commercial", "exemption"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as error:
            requests.decide(
                by=cast.sam, at=at, request=request_, rows=rows, decision=decision, exemption=exemption
            )
        assert list(error.value.fields) == [field], decision


def test_a_request_ends_as_was_decided_and_not_otherwise(cast, request_, at, today):
    def end_as(outcome):
        return close(
            by=cast.sam, at=at, request=request_, outcome=outcome, on=today, words="Others are in it"
        )

    with pytest.raises(NotNow):
        end_as("given")
    rows = list(request_.found.values_list("pk", flat=True))
    give(cast, request_, at, rows)
    assert set(outcomes_for(request_)) == {"given", "refused", "withdrawn", "mistake"}
    with pytest.raises(BadInput):
        end_as("nothing")
    assert end_as("given").outcome == "given"
    with pytest.raises(NotNow):
        requests.decide(by=cast.sam, at=at, request=request_, rows=rows, decision="undecided")


def test_every_exemption_has_its_place_in_the_law_and_a_kind_of_request():
    assert len({one.key for one in EXEMPTIONS}) == len(EXEMPTIONS)
    for kind in (Kind.ACCESS, Kind.INFORMATION):
        for one in exemptions_for(kind):
            assert bool(one.source) == bool(one.kind)
            assert one.kind in ("", kind)


# --- An answer that was made


@pytest.fixture
def answered(cast, request_, at):
    """The answer that is being made once everything is to be given."""
    rows = list(request_.found.values_list("pk", flat=True))
    give(cast, request_, at, rows)
    return make_answer(by=cast.sam, at=at, request=request_, language="en", letter="Dear Miriam")


def state(answer):
    answer.refresh_from_db()
    return answer.state


def test_an_answer_goes_once_a_decision_changes(cast, request_, answered, read, at):
    assert state(answered) == "making"
    [shown] = read()
    assert state(answered) == "making"
    cover(cast, request_, shown, at, "Priya Nair")
    assert state(answered) == "gone"
    again = make_answer(by=cast.sam, at=at, request=request_, language="en", letter="Dear Miriam")
    requests.decide(
        by=cast.sam, at=at, request=request_, rows=[shown.found.pk], decision="left_out", exemption="others"
    )
    assert state(again) == "gone"


def test_an_answer_goes_once_something_in_it_is_locked(cast, dee, item, answered, at):
    lock_item(by=cast.sam, at=at, item=Item.objects.get(pk=item.pk))
    assert state(answered) == "gone"


# --- The safeguarding leads


def test_a_concern_waits_for_the_leads_who_write_what_the_answer_says(cast, dee, of_amina, beginning, at):
    request, report = of_amina, beginning.report
    row = request.found.get(place="incidents.report")
    assert (row.number, row.lead) == (report.pk, True)

    assert requests.read_found(by=cast.sam, at=at, request=request, rows=[row.pk]) == []
    assert requests.decide(by=cast.sam, at=at, request=request, rows=[row.pk], decision="given") == 0
    assert finding.counts_of(request).waits_for_lead == 1

    with pytest.raises(BadInput):
        requests.decide(by=dee, at=at, request=request, rows=[row.pk], decision="given")
    said = "You reported a concern in January."
    assert requests.decide(by=dee, at=at, request=request, rows=[row.pk], decision="given", words=said) == 1
    [piece] = [one.piece for one in finding.given(request) if one.found.pk == row.pk]
    assert [text.text for text in piece.texts] == [said]
    others = request.found.exclude(pk=row.pk).values_list("pk", flat=True)
    assert requests.decide(by=dee, at=at, request=request, rows=list(others), decision="given") == 0


def test_who_gave_something_about_safeguarding_does_not_finish_the_answer_alone(cast, dee, of_amina, at):
    request = of_amina
    lead = list(request.found.filter(lead=True).values_list("pk", flat=True))
    rest = list(request.found.filter(lead=False).values_list("pk", flat=True))
    requests.decide(by=cast.sam, at=at, request=request, rows=rest, decision="given")
    with pytest.raises(NotNow, match="haven’t finished searching concerns"):
        check_ready(request, by=cast.sam)
    requests.decide(by=dee, at=at, request=request, rows=lead, decision="given", words="You reported it.")

    with pytest.raises(NotNow, match="another person"):
        check_ready(request, by=dee)
    check_ready(request, by=cast.sam)


def test_a_lead_finds_a_concern_by_its_words_and_no_one_else_does(cast, dee, by_name, beginning, at):
    request, report, other = by_name, beginning.report, beginning.other
    assert not request.found.filter(place="incidents.report").exists()
    with pytest.raises(NotAllowed):
        requests.search_as_lead(by=cast.sam, at=at, request=request)
    with scope(cast.federation.pk, dee.pk):
        # Only what a lead has opened is open to their search.
        assert requests.search_as_lead(by=dee, at=at, request=request) == 0
        for one in (report, other):
            open_report(report=one, by=dee, at=at)
        assert requests.search_as_lead(by=dee, at=at, request=request) == 1

    row = request.found.get(place="incidents.report")
    assert (row.number, row.why, row.lead) == (report.pk, "named", True)
    on = at.date()
    assert not finding.found_for(cast.sam, request, on=on).filter(pk=row.pk).exists()
    assert requests.read_found(by=cast.sam, at=at, request=request, rows=[row.pk]) == []
    assert list(finding.found_for(dee, request, on=on, lead=True)) == [row]


def test_a_lead_does_not_find_a_concern_that_may_be_about_them(cast, dee, by_name, beginning, at):
    request, report = by_name, beginning.report
    with scope(cast.federation.pk, dee.pk):
        open_report(report=report, by=dee, at=at)
        KeptOut.objects.create(report=report, person=dee)
        assert requests.search_as_lead(by=dee, at=at, request=request) == 0


def test_only_a_lead_searches_as_lead(cast, dee, enter, by_name, at):
    with pytest.raises(NotNow):
        requests.search_as_lead(by=dee, at=at, request=enter())
    request = by_name
    with pytest.raises(NotAllowed):
        requests.search_as_lead(by=cast.sam, at=at, request=request)
    assert requests.search_as_lead(by=dee, at=at, request=request) == 0
    assert "rights.searched_as_lead" in [row.event for row in recorded()]


def test_the_leads_get_a_task_once_the_search_has_ended_until_nothing_waits(cast, dee, enter, of_amina, at):
    def asked(request=of_amina):
        return [duty.person for duty in standing("rights.leads", [request])[f"rights.request:{request.pk}"]]

    request = of_amina
    assert asked(enter()) == []
    assert asked() == [dee]
    requests.search_as_lead(by=dee, at=at, request=request)
    assert asked() == [dee]
    rows = list(request.found.filter(lead=True).values_list("pk", flat=True))
    requests.decide(by=dee, at=at, request=request, rows=rows, decision="given", words="You reported it.")
    assert asked() == []


def test_a_closed_request_asks_nothing_of_the_leads(cast, dee, by_name, at, today):
    request = by_name
    assert standing("rights.leads", [request])[f"rights.request:{request.pk}"]
    close(by=cast.sam, at=at, request=request, outcome="withdrawn", on=today)
    assert not standing("rights.leads", [request])[f"rights.request:{request.pk}"]


def test_what_may_be_about_the_only_lead_is_decided_by_who_takes_their_part_and_by_no_one_else(
    cast, dee, enter, at, beginning
):
    chair = someone("Carys Chair", "federation-leadership-team")
    report = wrong(at, what="Dee Lead hit me.", kinds=["child_told"])
    request = enter()
    search_to_the_end(cast, at, request, "", ["incidents.report"], person=dee)
    (row,) = request.found.filter(lead=True)
    with scope(cast.federation.pk, dee.pk):
        assert requests.read_found(by=dee, at=at, request=request, rows=[row.pk]) == []
        requests.search_as_lead(by=dee, at=at, request=request)
    asked = standing("rights.leads", [request])[f"rights.request:{request.pk}"]
    assert {one.person.name for one in asked} == {"Carys Chair"}
    with scope(cast.federation.pk, chair.pk):
        open_report(report=report, by=chair, at=at)
        assert finding.found_for(chair, request, on=at.date(), lead=True).get() == row
        given = {"rows": [row.pk], "decision": "given", "words": "You are named in a concern."}
        requests.decide(by=chair, at=at, request=request, **given)
    assert standing("rights.leads", [request])[f"rights.request:{request.pk}"] == []
    assert not finding.found_for(chair, request, on=at.date(), lead=True).exists(), "with the task it ends"
    other = someone("Other Governor", "federation-leadership-team")
    assert not finding.found_for(other, request, on=at.date(), lead=True).exists()
