"""The pages of versions, reviews and suggestions."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.policy.adopting import adopt, start_version
from schoolgate.policy.models import PolicyVersion, Review, Suggestion
from schoolgate.pupils.models import Pupil
from schoolgate.rulebook import book
from schoolgate.rulebook.one_file import to_yaml
from schoolgate.web.frame.carrying import carried_here
from tests.cast import someone
from tests.days import today
from tests.web.plain import check_page
from tests.web.sheet import Sheet
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
OWNS = frozenset({"own_policy"})
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@world()
def adopted_by_sian(at: datetime) -> SimpleNamespace:
    """Wildground's policy in force since yesterday; Sian looks after it."""
    federation = enter_federation()
    with scope(federation.pk):
        sian = someone("Sian Parry", "slt")
        adopt(by=sian, at=at - timedelta(days=1))
    return SimpleNamespace(federation=federation, sian=sian, prepared=None)


@world(adopted_by_sian)
def next_prepared(before: SimpleNamespace, at: datetime) -> SimpleNamespace:
    """And its next version is being prepared."""
    with scope(before.federation.pk):
        before.prepared = start_version(
            by=before.sian, at=at, text=other_text(), material_changes="Each day, not often."
        ).pk
    return before


@pytest.fixture
def begun(in_world, home, request) -> SimpleNamespace:
    return in_world(next_prepared if "prepared" in request.fixturenames else adopted_by_sian, NOW)


@pytest.fixture
def federation(request):
    if "owner" in request.fixturenames:
        return request.getfixturevalue("begun").federation
    return request.getfixturevalue("make_federation")()


@pytest.fixture
def prepared(begun) -> int:
    """The version that is being prepared."""
    return begun.prepared


@pytest.fixture
def owner(begun, sign_in):
    return sign_in(begun.sian)


@pytest.fixture
def colleague(owner, cast, sign_in):
    return sign_in(cast("Amina Khan", "staff"))


def shown(browser, name, *args):
    answer = browser.get(reverse(name, args=args))
    assert answer.status_code == 200, answer.content.decode()
    html = answer.content.decode()
    check_page(html)
    return html


def other_text():
    was = book("wildground").clauses["wildground-monitoring-1"].says
    return to_yaml(book("wildground").pack).replace(was, "Accounts are looked at each day.")


def prepare(browser, text=None):
    text = text or other_text()
    sent = SimpleUploadedFile("policy.yaml", text if isinstance(text, bytes) else text.encode())
    return browser.post(reverse("version-start"), {"text": sent, "material_changes": "Each day, not often."})


def day(name, value: date):
    return {name: value.isoformat()}


def row(federation, number=2):
    with scope(federation.pk):
        return PolicyVersion.objects.get(number=number)


def test_a_version_is_prepared_from_a_file_and_shows_what_it_changes(owner, colleague, federation):
    """It's handed out letter by letter, and asks only for what the policy wants stated."""
    text = "# As agreed\n" + other_text()
    prepare(owner, text)
    pk = row(federation).pk
    html = shown(owner, "version", pk)
    assert "Accounts are looked at each day." in html
    assert "Each day, not often." in html
    assert "Being prepared" in html
    answer = colleague.get(reverse("version-text", args=[pk]))
    assert answer.content.decode() == text
    assert answer["Content-Type"] == "application/yaml; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    html = shown(owner, "version-adoption", pk)
    assert "Adopted by" in html
    for not_asked in ("Approved by", "Agreed by", "Authorised by", "Number of authors in the policy record"):
        assert not_asked not in html


def test_what_is_wrong_with_a_file_is_named_by_its_line_and_nothing_is_kept(owner, federation):
    """Nor of one that is too large or no text."""
    for text, said in (
        ("policy: [\n", "line 2"),
        ("#" * 2_000_001, "This file is too large (2 MB maximum). Choose the file again."),
        (b"\xff\xfe\x00policy", "This is not a text file. Choose the file again."),
    ):
        answer = prepare(owner, text)
        assert answer.status_code == 422, said
        assert said in answer.content.decode()
    with scope(federation.pk):
        assert PolicyVersion.objects.count() == 1


def test_its_adoption_with_minute_and_signed_copy_puts_it_in_force(owner, federation, prepared):
    """A file that is no copy of a page is refused beside its field."""
    copy = SimpleUploadedFile("signed.pdf", b"MZ\x00 not a page")
    answer = owner.post(
        reverse("version-adoption", args=[prepared]), {**day("adopted_on", today()), "scan": copy}
    )
    assert answer.status_code == 422
    assert "This file is not a PDF or a picture. Choose the file again." in answer.content.decode()
    assert row(federation).state == "draft"

    copy = SimpleUploadedFile("signed.pdf", PDF)
    sent = {**day("adopted_on", today()), "minute_reference": "Minute 12", "adopted": "SLT", "scan": copy}
    answer = owner.post(reverse("version-adoption", args=[row(federation).pk]), sent)
    assert answer.status_code == 302, answer.content.decode()

    found = row(federation)
    assert (found.state, found.minute_reference, found.scan_type) == (
        "in_force",
        "Minute 12",
        "application/pdf",
    )
    assert "Minute 12" in shown(owner, "version", found.pk)
    back = owner.get(reverse("version-scan", args=[found.pk]))
    assert (b"".join(back.streaming_content), back["Content-Disposition"][:10]) == (PDF, "attachment")
    assert row(federation, 1).state == "superseded"


def test_a_signed_copy_is_kept_while_words_found_in_the_policy_are_answered(owner, federation):
    """A note of it that someone changed carries nothing."""
    with scope(federation.pk):
        school = School.objects.create(name="Juniors", slug="juniors")
        Pupil.objects.create(
            school=school, key="W", first_name="Osian", last_name="Prydderch", form="4B", year="4"
        )
    prepare(owner, other_text().replace("Accounts are", "Accounts of Osian Prydderch are"))
    to = reverse("version-adoption", args=[row(federation).pk])
    copy = SimpleUploadedFile("signed.pdf", PDF)
    page = owner.post(to, {**day("adopted_on", today()), "adopted": "SLT", "scan": copy})
    assert page.status_code == 422
    html = page.content.decode()
    assert "The file you chose isn’t kept." not in html
    (form,) = [one for one in Sheet(html, to).forms if one.action == to]
    sent = {name: value for name, value in form.as_it_stands if name != "csrfmiddlewaretoken"}
    assert "carried-scan" in sent
    keys = {each.partition('"')[0] for each in html.split('name="hit-')[1:]}
    answers = {f"hit-{key}": "A member of staff." if key.endswith("-words") else "not_pupil" for key in keys}
    forged = sent | answers | {"carried-scan": sent["carried-scan"][::-1]}
    assert carried_here(RequestFactory().post(to, forged), "scan", federation_id=federation.pk) is None
    stranger = RequestFactory().post(to, sent)
    assert carried_here(stranger, "scan", federation_id=federation.pk + 1) is None
    assert owner.post(to, sent).status_code == 422
    assert owner.post(to, sent | answers).status_code == 302
    assert (row(federation).state, row(federation).scan_type) == ("in_force", "application/pdf")


def test_one_for_a_day_to_come_waits_and_can_be_put_aside(owner, federation, prepared):
    pk = prepared
    sent = {**day("adopted_on", today()), **day("in_force_on", today() + timedelta(days=9))}
    assert owner.post(reverse("version-adoption", args=[pk]), sent).status_code == 302
    assert "comes into force automatically" in shown(owner, "version", pk)

    owner.post(reverse("version-aside", args=[pk]))
    assert (row(federation).state, row(federation, 1).state) == ("withdrawn", "in_force")


def test_everybody_reads_the_versions_and_only_the_owner_makes_one(owner, colleague, federation):
    """The text in force is handed out as a file that is read back."""
    versions = shown(colleague, "versions")
    assert "Version 1" in versions
    assert "Prepare the next version" not in versions
    assert prepare(colleague).status_code == 403
    answer = colleague.get(reverse("version-text", args=[row(federation, 1).pk]))
    assert answer.content.decode() == to_yaml(book("wildground").pack)


def test_a_review_is_put_on_record_with_who_reviewed_and_what_came_of_it(owner, federation):
    sent = {**day("on", today() + timedelta(days=2)), "role": "SLT", "outcome": "keep"}
    answer = owner.post(reverse("policy-review"), sent)
    assert answer.status_code == 422
    assert "You can only record a review on or after the day it takes place." in answer.content.decode()

    sent = {**day("on", today()), "role": "SLT", "outcome": "keep", "words": "Nothing to change."}
    assert owner.post(reverse("policy-review"), sent).status_code == 302
    with scope(federation.pk):
        found = Review.objects.get()
    assert (found.role, found.outcome) == ("SLT", "keep")
    assert "Nothing to change." in shown(owner, "version", row(federation, 1).pk)


def test_a_suggestion_reaches_who_takes_it_and_its_answer_reaches_who_made_it(owner, colleague, federation):
    assert colleague.post(reverse("suggestions"), {"words": "Say what a working day is."}).status_code == 302
    with scope(federation.pk):
        found = Suggestion.objects.get()
        assert Duty.objects.get(kind="policy.suggestion").role_key == "slt"
    assert "Say what a working day is." in shown(owner, "suggestions")

    owner.post(
        reverse("suggestion", args=[found.pk]), {"take": "yes", "answer": "It will stand in the next."}
    )
    assert "It will stand in the next." in shown(colleague, "suggestions")
    with scope(federation.pk):
        assert Duty.objects.get(kind="policy.suggestion").state == "discharged"


def test_nobody_else_reads_or_answers_a_suggestion(owner, colleague, cast, sign_in, federation):
    colleague.post(reverse("suggestions"), {"words": "Say what a working day is."})
    with scope(federation.pk):
        pk = Suggestion.objects.get().pk
    other = sign_in(cast("Otto Other", "staff"))
    assert "Say what a working day is." not in shown(other, "suggestions")
    assert other.get(reverse("suggestion", args=[pk])).status_code == 404
    answer = colleague.post(reverse("suggestion", args=[pk]), {"take": "yes", "answer": "I say so."})
    assert answer.status_code == 403


def test_the_list_of_suggestions_asks_the_same_for_one_and_for_twenty(owner, federation, same_queries):
    with scope(federation.pk):
        by = someone("Sara Suggests", "staff")
        version = PolicyVersion.objects.get()

    def add(count):
        with scope(federation.pk):
            Suggestion.objects.bulk_create(
                Suggestion(version=version, by=by, at=NOW, state_at=NOW, words=f"Number {n}")
                for n in range(count)
            )

    add(1)
    owner.get(reverse("suggestions"))
    same_queries(lambda: owner.get(reverse("suggestions")), lambda: add(20))


def test_a_policy_that_names_who_adopts_it_is_not_in_force_without_them(make_federation, sign_in, home):
    there = make_federation("llanidloes", "llanidloes")
    text = to_yaml(book("llanidloes").pack)
    was = next(iter(book("llanidloes").clauses.values())).says
    with scope(there.pk):
        head = someone(
            "Helen Pryce", *[role.key for role in book("llanidloes").roles if OWNS & role.capacities]
        )
        adopt(by=head, at=NOW - timedelta(days=1))
    browser = sign_in(head)
    prepare(browser, text.replace(was, "The policy is for staff."))
    pk = row(there).pk
    stated = {
        **day("adopted_on", today()), **day("issued", today()), "authors": "1",
        "names": "Ffederasiwn Ysgolion Llanidloes Schools Federation\nLlanidloes Schools' Federation",
    }  # fmt: skip

    html = shown(browser, "version-adoption", pk)
    assert "Named in this policy: Governing Body." in html
    assert "Approved by" not in html

    refused = browser.post(reverse("version-adoption", args=[pk]), stated)
    assert refused.status_code == 409
    assert "Governing Body" in refused.content.decode()
    assert row(there).state == "draft"

    steps = {"agreed": "Governing Body", "authorised": "Chair of Governing Body"}
    taken = browser.post(reverse("version-adoption", args=[pk]), {**stated, **steps})
    assert taken.status_code == 302, taken.content.decode()
    assert row(there).state == "in_force"
