"""The form of a proposal page by page under each of the five policies: what is asked where and kept."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Proposal
from schoolgate.accounts.proposing import save_proposal, start_proposal
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.policy.queries import in_force
from tests.accounts.conftest import OWNER
from tests.accounts.test_wootton import appendix_b
from tests.cast import give, someone
from tests.stories import rolled_back
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
PROPOSES = {
    "wootton": ("site-author", "staff"),
    "boroughbridge": ("all-staff",),
    "learn-to-live": ("staff",),
    "llanidloes": ("staff",),
    "wildground": ("staff",),
}
PAGES = {
    "wootton": ["account", "1", "2", "3", "4", "5"],
    "boroughbridge": ["account", "1"],
    "learn-to-live": ["account", "weighed"],
    "llanidloes": ["account"],
    "wildground": ["account", "1"],
}
MOST_FIELDS = 14


@world()
def draft_begun(at: datetime, key: str) -> SimpleNamespace:
    """Ann, who may propose under this policy, with a draft of her own."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        owner = someone("Olwen Price", OWNER[key])
        adopt(by=owner, at=at)
        country = "wales" if key == "llanidloes" else "england"
        school = School.objects.create(name="Wootton Upper", slug="upper", country=country)
        people = SimpleNamespace(
            owner=owner,
            author=someone("Ann Field", *PROPOSES[key]),
            line_manager=someone("Lou Grant"),
            team=[someone("Di Rook", "administrator"), someone("Ed Shaw", "administrator")]
            if key == "wootton"
            else [],
        )
        if key == "wootton":
            give(people.line_manager, "line-manager", managed=people.author)
        draft = start_proposal(by=people.author, at=at)
        save_proposal(proposal=draft, by=people.author, at=at, name="Art club")
    return SimpleNamespace(federation=federation, school=school, people=people, pk=draft.pk)


@pytest.fixture
def at(in_world, sign_in):
    """`at("wootton")`: Ann, who may propose there, with a draft of her own; `.ann` her browser."""

    def enter(key: str) -> SimpleNamespace:
        cast = in_world(draft_begun, NOW, key)
        cast.ann = sign_in(cast.people.author)
        return cast

    return enter


def part(cast, key: str) -> str:
    return reverse("proposal-part", args=[cast.pk, key])


def typed_on(cast, key: str, form) -> dict[str, object]:
    """What Ann fills in on one page of Appendix B."""
    answers = appendix_b(cast.people, NOW)
    typed: dict[str, object] = {}
    if key == "account":
        typed = {
            "name": "Art club", "school": cast.school.pk, "network": "noticeboard", "kind": "school",
            "pupils_in_audience": "no",
        }  # fmt: skip
    for name in form.fields:
        value = answers.get(name.removeprefix("point-"))
        if name.endswith("_date") and value:
            typed[name] = str(value)
        elif value is not None:
            typed[name] = {False: "no", True: "yes"}[value] if isinstance(value, bool) else value
    return typed


@pytest.mark.parametrize("key", PAGES)
def test_each_policy_has_its_pages_and_none_is_empty_or_long(at, key):
    cast = at(key)
    listed = cast.ann.get(reverse("proposal", args=[cast.pk]))
    check_page(listed.content.decode())
    assert [task.key for task in listed.context["tasks"]] == PAGES[key]

    for page in PAGES[key]:
        shown = cast.ann.get(part(cast, page))
        check_page(shown.content.decode())
        parts = [one for section in shown.context["sections"] for one in section.parts]
        assert 0 < len(parts) <= MOST_FIELDS


def test_page_after_page_until_all_are_completed_and_then_changed_from_part_to_part(at):
    """All pages together ask what the policy asks. What is changed while it waits is carried until it is
    saved."""
    cast, asked, first = at("wootton"), set(), {}
    every = {"point-contributors": ["own_pupils", "public"], "point-host": "third_party", "name": "Art"}
    cast.ann.post(reverse("proposal-edit", args=[cast.pk]), every)
    where = part(cast, "account")
    while "/edit/" in where:
        page = where.rstrip("/").rpartition("/")[2]
        form = cast.ann.get(where).context["form"]
        asked |= set(form.fields)
        if page == "5":
            offered = [value for value, _label in form.fields["point-contributors.what_each_may_do"].choices]
            with scope(cast.federation.pk):
                assert offered == Proposal.objects.get().answers["contributors"], "of others nothing is asked"
        typed = typed_on(cast, page, form)
        first = typed if page == "1" else first
        answer = cast.ann.post(where, typed)
        assert answer.status_code == 302
        where = answer["Location"]
    assert where == reverse("proposal-check", args=[cast.pk])
    with scope(cast.federation.pk):
        points = {f"point-{point.key}" for point in in_force(NOW.date()).book.proposal_form}
    assert points <= asked

    listed = cast.ann.get(reverse("proposal", args=[cast.pk]))
    assert [str(task.status) for task in listed.context["tasks"]] == ["Completed"] * 6
    checked = cast.ann.get(where)
    check_page(checked.content.decode())
    assert checked.context["missing"] == 0
    back = f"{part(cast, '4')}?then=check"
    assert back in checked.content.decode()
    assert 'name="go" value="check">Save and check' in cast.ann.get(back).content.decode()
    assert cast.ann.post(reverse("proposal-submit", args=[cast.pk])).status_code == 302

    there = reverse("proposal-change", args=[cast.pk])
    check_page(cast.ann.get(there).content.decode())
    check_page(cast.ann.get(there, {"part": "1"}).content.decode())
    typed = {**first, "point-aim": "To sell tickets."}
    away = cast.ann.post(there, {**typed, "page": "1", "opened": "1", "go": "4"})
    check_page(away.content.decode())
    assert ("point-aim", "To sell tickets.") in away.context["carried"]
    assert list(away.context["opened"]) == ["1", "4"]
    with scope(cast.federation.pk):
        assert Proposal.objects.get().answers["aim"] == first["point-aim"], "nothing is saved on the way"

    fourth = cast_typed(away)
    saved = cast.ann.post(
        there, {**typed, **fourth, "point-hours_per_week": "5", "page": "4", "opened": ["1", "4"]}
    )
    assert saved.status_code == 302
    with scope(cast.federation.pk):
        answers = Proposal.objects.get().answers
    assert (answers["aim"], answers["hours_per_week"]) == ("To sell tickets.", 5)
    assert answers["administrators"] == [one.pk for one in cast.people.team], "other parts stay as they were"


def test_each_page_is_saved_on_its_own_and_refuses_what_cannot_be_used(at):
    cast = at("wootton")
    kept = {"1": "aim", "2": "audience", "4": "effort_weighed", "5": "under_age_response"}
    for key, wrong in {
        "account": {"name": "", "network": "noticeboard"},
        "1": {"point-department": "x" * 1001, "point-aim": "To sing."},
        "2": {"point-audience": ["own_pupils"], "point-audience.pupil_ages": "young"},
        "3": {"point-go_live_date": "2027-02-31"},
        "4": {"point-hours_per_week": "many", "point-effort_weighed": "Little."},
        "5": {"point-contributors.what_each_may_do": ["nobody"], "point-under_age_response": "We ask."},
    }.items():
        with rolled_back():
            refused = cast.ann.post(part(cast, key), wrong)
            assert refused.status_code == 422, key
            check_page(refused.content.decode())
            with scope(cast.federation.pk):
                proposal = Proposal.objects.get()
                assert proposal.name == "Art club", key
                assert kept.get(key) is None or kept[key] in proposal.answers, key

            typed = typed_on(cast, key, cast.ann.get(part(cast, key)).context["form"])
            assert cast.ann.post(part(cast, key), typed).status_code == 302, key
            with scope(cast.federation.pk):
                saved = Proposal.objects.get()
                assert set(saved.answers) <= {name.removeprefix("point-") for name in typed}, key


def test_leaving_by_the_list_of_parts_loses_nothing(at):
    cast = at("wootton")
    away = cast.ann.post(part(cast, "1"), {"point-department": "Art", "go": "4"})
    assert away["Location"] == part(cast, "4")
    away = cast.ann.post(part(cast, "4"), {"point-hours_per_week": "2", "go": "list"})
    assert away["Location"] == reverse("proposal", args=[cast.pk])
    tasks = {task.key: str(task.status) for task in cast.ann.get(away["Location"]).context["tasks"]}
    assert (tasks["1"], tasks["2"], tasks["4"]) == ("In progress", "Not started", "In progress")
    with scope(cast.federation.pk):
        assert Proposal.objects.get().answers == {"department": "Art", "hours_per_week": 2}


def test_there_is_always_room_for_another_person(at):
    cast = at("wildground")
    with scope(cast.federation.pk):
        people = [someone(f"Sam {number}", "staff").pk for number in range(3)]
    assert boxes(cast) == 2, "the policy wants two people"
    more = cast.ann.post(part(cast, "1"), {"point-run_by": [*people, ""], "more": "point-run_by"})
    assert more["Location"] == part(cast, "1")
    assert boxes(cast) == 4
    with scope(cast.federation.pk):
        assert Proposal.objects.get().answers["run_by"] == people


def boxes(cast) -> int:
    parts = [one for section in cast.ann.get(part(cast, "1")).context["sections"] for one in section.parts]
    return next(len(one.boxes) for one in parts if one.field.name == "point-run_by")


def test_what_is_missing_leads_to_its_field(at):
    cast = at("wildground")
    cast.ann.post(part(cast, "1"), {"point-aim": "To show our work."})
    html = cast.ann.get(reverse("proposal-check", args=[cast.pk])).content.decode()
    assert f'href="{part(cast, "1")}?then=check#id_point-visibility_1"' in html
    assert f'href="{part(cast, "account")}?then=check#id_network"' in html
    assert "#id_point-aim" not in html
    fields = (
        cast.ann.get(part(cast, "1")).content.decode() + cast.ann.get(part(cast, "account")).content.decode()
    )
    for name in ("point-visibility_1", "network", "point-run_by", "point-promotion"):
        assert f'id="id_{name}"' in fields


def test_a_draft_has_a_name_before_anything_is_saved(at):
    cast = at("wildground")
    begun = cast.ann.post(reverse("proposal-new"), {"name": "Art club"})
    assert begun.status_code == 302
    refused = cast.ann.post(reverse("proposal-new"), {"name": "", "network": "noticeboard"})
    assert refused.status_code == 422
    with scope(cast.federation.pk):
        assert Proposal.objects.count() == 2
        assert reverse("proposal", args=[Proposal.objects.latest("pk").pk]) in begun["Location"]
        older = Proposal.objects.create(
            by=cast.people.author, school=cast.school, network="noticeboard", started_at=NOW, saved_at=NOW
        )
        assert str(older) == "Noticeboard, Wootton Upper"
    assert "Noticeboard, Wootton Upper" in cast.ann.get(reverse("proposals")).content.decode()


def test_a_link_to_the_whole_form_or_to_a_page_that_is_gone_leads_to_the_list(at):
    cast = at("llanidloes")
    there = reverse("proposal", args=[cast.pk])
    assert cast.ann.get(reverse("proposal-edit", args=[cast.pk]))["Location"] == there
    assert cast.ann.get(part(cast, "7"))["Location"] == there


def test_the_pages_of_a_draft_are_nobody_elses(at, sign_in):
    cast = at("wootton")
    with scope(cast.federation.pk):
        other = sign_in(someone("Pat Moor", "site-author", "staff"))
    assert other.get(part(cast, "1")).status_code == 404
    assert other.get(reverse("proposal-check", args=[cast.pk])).status_code == 404
    assert other.post(reverse("proposal-save", args=[cast.pk, "1"])).status_code == 404


def cast_typed(response) -> dict[str, object]:
    """What the fields of the page that is shown hold, as a browser would send it."""
    typed: dict[str, object] = {}
    for section in response.context["sections"]:
        for one in section.parts:
            value = one.field.value()
            if value is not None:
                typed[one.field.html_name] = value.isoformat() if hasattr(value, "day") else value
    return typed
