"""Searches for candidates: shortlisted only, told beforehand, all alike or none, not by the panel."""

from datetime import timedelta

import pytest

from schoolgate.core import holds
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.models import VaultSecret
from schoolgate.duties.models import Duty
from schoolgate.policy.models import DecisionFacts, DecisionRecord
from schoolgate.policy.queries import decision_for
from schoolgate.searches import queries, recruiting
from schoolgate.searches.models import Candidate, PanelMember, Vacancy
from tests.conftest import recorded

DAY = timedelta(days=1)
SILENT = ["wildground", "boroughbridge", "learn-to-live", "llanidloes"]


def tasks(kind: str) -> list[tuple[str, object]]:
    """The open tasks of this kind: whose, and due on which day."""
    rows = Duty.objects.filter(kind=f"searches.{kind}", state="open").select_related("person")
    return [(row.person.name, row.due_day) for row in rows]


def told(here, **changed) -> Vacancy:
    vacancy = here.vacancy(**changed)
    return recruiting.record_telling(
        by=here.hannah, at=here.at, vacancy=vacancy, told_on=here.on, told_how="email"
    )


def searching(here, **changed) -> Vacancy:
    return recruiting.start_search(by=here.hannah, at=here.at, vacancy=told(here, **changed))


def searched(here, *, same_terms: bool = True, **changed) -> Vacancy:
    vacancy = searching(here, **changed)
    for number, found in ((1, "Insults pupils in a public post"), (2, "")):
        recruiting.record_search(
            by=here.dev, at=here.at, candidate=queries.candidate_of(vacancy, number), same_terms=same_terms,
            found=found, relevant="Works with children" if found else "",
        )  # fmt: skip
    vacancy.refresh_from_db()
    return vacancy


def test_told_candidates_are_all_searched_for_read_answered_and_destroyed(house):
    with house("wootton") as here:
        vacancy = searching(here)
        own = {f"wootton-recruitment-{number}" for number in (1, 2, 3)}
        assert set(vacancy.decision.clauses) == {*own, "law-candidates-1", "house-8"}
        assert tasks("search") == [("Dev Network", None)]

        vacancy = searched(here)
        assert vacancy.state == "searched"
        results = recruiting.read_results(by=here.nora, at=here.at, vacancy=vacancy)
        assert results[1]["found"] == "Insults pupils in a public post"
        assert results[2] == {}
        first = queries.candidate_of(vacancy, 1)
        recruiting.record_answer(by=here.hannah, at=here.at, candidate=first, answer="It was my brother")
        assert (
            recruiting.read_results(by=here.hannah, at=here.at, vacancy=vacancy)[1]["answer"]
            == "It was my brother"
        )

        recruiting.decide_appointment(
            by=here.hannah, at=here.at, vacancy=vacancy, decided_on=here.on, appointed=[2]
        )
        assert vacancy.delete_on == here.on + 30 * DAY
        duty = Duty.objects.get(kind="searches.destroy_results", subject=f"searches.vacancy:{vacancy.pk}")
        assert (duty.person, duty.due_day) == (here.hannah, vacancy.delete_on)
        assert duty.clauses == ["wootton-recruitment-2", "law-candidates-2"]

        about = VaultSecret.objects.filter(about=f"searches.vacancy:{vacancy.pk}")
        assert about.count() == 4
        recruiting.destroy_results(by=here.hannah, at=here.at + 30 * DAY, vacancy=vacancy)
        assert not about.exists()
        assert (vacancy.state, vacancy.destroyed_by) == ("destroyed", here.hannah)
        assert [one.name for one in queries.candidates_of(vacancy)] == ["", ""]
        duty.refresh_from_db()
        assert duty.state == "discharged"
        with pytest.raises(NotNow):
            recruiting.destroy_results(by=here.hannah, at=here.at + 30 * DAY, vacancy=vacancy)


@pytest.mark.parametrize("key", SILENT)
def test_a_policy_that_says_nothing_lets_no_search_through_and_the_answer_is_kept(house, key):
    with house(key) as here:
        vacancy = told(here)
        with pytest.raises(Refused, match="Nothing in your policy allows this") as refused:
            recruiting.start_search(by=here.hannah, at=here.at, vacancy=vacancy)
        assert refused.value.kept.outcome == "silent"
        assert DecisionRecord.objects.filter(
            pk=refused.value.kept.pk, situation="recruitment.search"
        ).exists()
        assert (Vacancy.objects.get().state, tasks("search")) == ("planned", [])
        assert recorded()[-1].event == "vacancy.refused"


def test_no_search_before_the_candidates_are_told(house):
    with house("wootton") as here:
        vacancy = here.vacancy()
        with pytest.raises(Refused) as refused:
            recruiting.start_search(by=here.hannah, at=here.at, vacancy=vacancy)
        assert "wootton-recruitment-2" in refused.value.kept.clauses
        with pytest.raises(BadInput):
            recruiting.record_telling(
                by=here.hannah, at=here.at, vacancy=vacancy, told_on=here.on + DAY, told_how="email"
            )


def test_all_of_the_shortlist_or_none(house):
    with house("wootton") as here:
        vacancy = told(here, on_shortlist=3)
        with pytest.raises(Refused) as refused:
            recruiting.start_search(by=here.hannah, at=here.at, vacancy=vacancy)
        assert "wootton-recruitment-3" in refused.value.kept.clauses
        assert recruiting.start_search(by=here.hannah, at=here.at, vacancy=told(here)).state == "searching"


def test_what_a_panel_member_found_or_other_terms_showed_is_not_read(house):
    with house("wootton") as here:
        with pytest.raises(NotNow, match="searcher"):
            searching(here, panel=[here.dev, here.nora])
        for same_terms in (True, False):
            vacancy = searched(here, same_terms=same_terms)
            if same_terms:  # someone found a way around that
                PanelMember.objects.create(vacancy=vacancy, person=here.dev)
            with pytest.raises(Refused) as refused:
                recruiting.read_results(by=here.hannah, at=here.at, vacancy=vacancy)
            assert "wootton-recruitment-3" in refused.value.kept.clauses
            assert Vacancy.objects.get(pk=vacancy.pk).state == "searched"


def test_results_are_read_only_once_all_were_searched_for_and_never_by_the_searcher(house):
    with house("wootton") as here:
        vacancy = searching(here)
        with pytest.raises(Refused):
            recruiting.read_results(by=here.hannah, at=here.at, vacancy=vacancy)
        vacancy = searched(here)
        for person in (here.dev, here.cara):
            with pytest.raises(NotAllowed):
                recruiting.read_results(by=person, at=here.at, vacancy=vacancy)


def test_only_the_searcher_records_and_only_what_is_relevant_to_the_job(house):
    with house("wootton") as here:
        vacancy = searching(here)
        one = queries.candidate_of(vacancy, 1)
        with pytest.raises(NotAllowed):
            recruiting.record_search(by=here.nora, at=here.at, candidate=one, same_terms=True)
        with pytest.raises(BadInput) as wrong:
            recruiting.record_search(
                by=here.dev, at=here.at, candidate=one, same_terms=True, found="Likes cats"
            )
        assert set(wrong.value.fields) == {"relevant"}
        recruiting.record_search(by=here.dev, at=here.at, candidate=one, same_terms=True)
        assert Candidate.objects.get(pk=one.pk).found_ref is None
        with pytest.raises(NotNow):
            recruiting.record_search(by=here.dev, at=here.at, candidate=one, same_terms=True)


def test_only_shortlisted_candidates_are_entered(house):
    with house("wootton") as here:
        for changed, field in (
            ({"shortlisted_on": here.on + DAY}, "shortlisted_on"),
            ({"on_shortlist": 1}, "on_shortlist"),
            ({"names": [" "]}, "names"),
            ({"names": ["x"] * 41, "on_shortlist": 41}, "names"),
            ({"panel": []}, "panel"),
            ({"terms": ""}, "terms"),
        ):
            with pytest.raises(BadInput) as wrong:
                here.vacancy(**changed)
            assert set(wrong.value.fields) == {field}
        assert not Vacancy.objects.exists()


def test_without_a_number_of_days_the_task_has_no_day_and_the_page_says_so(house):
    with house("wootton", days=False) as here:
        vacancy = searched(here)
        recruiting.decide_appointment(
            by=here.hannah, at=here.at, vacancy=vacancy, decided_on=here.on, appointed=[]
        )
        assert (vacancy.delete_on, tasks("destroy_results")) == (None, [("Hannah Head", None)])


def test_nothing_is_destroyed_before_the_decision_or_while_someone_asked_for_it(house):
    with house("wootton") as here:
        vacancy = searched(here)
        with pytest.raises(NotNow):
            recruiting.destroy_results(by=here.hannah, at=here.at, vacancy=vacancy)
        with pytest.raises(BadInput):
            recruiting.decide_appointment(
                by=here.hannah, at=here.at, vacancy=vacancy, decided_on=here.on - DAY, appointed=[]
            )
        recruiting.decide_appointment(
            by=here.hannah, at=here.at, vacancy=vacancy, decided_on=here.on, appointed=[1]
        )
        hold = holds.place(subject=vacancy, because="subject_access", by=here.hannah, at=here.at)
        with pytest.raises(NotNow):
            recruiting.destroy_results(by=here.hannah, at=here.at, vacancy=vacancy)
        holds.lift(hold=hold, by=here.hannah, at=here.at)
        assert recruiting.destroy_results(by=here.hannah, at=here.at, vacancy=vacancy).state == "destroyed"


def test_candidates_are_known_to_people_with_a_part_only_and_sealed_everywhere(house):
    with house("wootton") as here:
        vacancy = searched(here)
        for person in (here.hannah, here.nora, here.dev):
            assert queries.vacancy_for(person, vacancy.pk, on=here.on) == vacancy
        with pytest.raises(NotFound):
            queries.vacancy_for(here.cara, vacancy.pk, on=here.on)
        with pytest.raises(NotFound):
            decision_for(here.cara, vacancy.decision_id, on=here.on)
        facts = str(list(DecisionFacts.objects.values_list("facts", flat=True)))
        told_of = str([vars(row) for row in recorded()])
        for words in ("Ida", "Muster", "Insults"):
            assert words not in facts + told_of
        with pytest.raises(NotAllowed):
            recruiting.enter_vacancy(by=here.dev, at=here.at, entered=None)
