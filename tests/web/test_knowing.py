"""The pages on who knows the policy: one's own word, links, questions, the overview, papers, training."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy import links
from schoolgate.policy.actions import (
    adopt,
    adopt_version,
    ask_who_is_bound,
    attest,
    plan_session,
    record_training,
    start_version,
)
from schoolgate.policy.models import (
    Asking,
    Attestation,
    PaperAnswer,
    PolicyVersion,
    TrainingRecord,
    UnderstandingCheck,
)
from schoolgate.policy.questions import questions_for
from schoolgate.rulebook import book
from schoolgate.web.question_words import CODES
from tests.accounts.conftest import OWNER
from tests.cast import give, someone
from tests.web.plain import check_page
from tests.web.test_policy_versions import PDF, other_text

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
CODE_OF = {str(outcome): code for code, outcome in CODES.items()}


@pytest.fixture
def sian(federation, cast, home):
    """A member of the SLT, who looks after the policy; it is in force since yesterday."""
    who = cast("Sian Parry", "slt")
    with scope(federation.pk):
        adopt(by=who, at=NOW - DAY)
    return who


@pytest.fixture
def owner(sian, sign_in):
    return sign_in(sian)


@pytest.fixture
def amina(cast, sian):
    return cast("Amina Khan", "staff")


@pytest.fixture
def hers(amina, sign_in):
    return sign_in(amina)


@pytest.fixture
def link(federation, amina):
    """The address that was mailed to Amina, and its token."""
    with scope(federation.pk):
        ask_who_is_bound(at=NOW)
        token = links.mint(Asking.objects.select_related("person").get(person=amina), at=NOW)
    return reverse("policy-by-link", args=[federation.slug, token]), token


def shown(browser, address, status=200):
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()
    html = answer.content.decode()
    check_page(html)
    return html


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def version_on(html):
    return re.search(r'name="version" value="(\d+)"', html)[1]


def words_of(federation):
    with scope(federation.pk):
        return list(
            Attestation.objects.order_by("id").values_list("about_person__name", "kind", "answer", "on_paper")
        )


def test_i_read_the_whole_text_and_say_so_at_its_end(hers, federation):
    html = shown(hers, reverse("policy-word"))
    assert html.index("Each staff member has to know what the policy says.") < html.index(
        "I have read this policy"
    )
    assert "no part of a contract" in html

    hers.post(reverse("policy-word"), {"version": version_on(html), "to_end": "yes", "answer": "yes"})

    assert words_of(federation) == [("Amina Khan", "policy_read", True, False)]
    assert "You have said that you have read it." in shown(hers, reverse("policy"))


def test_i_decline_and_who_looks_after_the_policy_sees_it(hers, amina, owner, federation):
    html = shown(hers, reverse("policy-word"))
    hers.post(reverse("policy-word"), {"version": version_on(html), "answer": "no"})

    assert words_of(federation) == [("Amina Khan", "policy_read", False, False)]
    assert "You can still say yes." in shown(hers, reverse("policy-word"))
    assert "Talk with somebody who declined" in shown(owner, reverse("today"))
    page = shown(owner, reverse("known-person", args=[amina.pk]))
    assert "They have declined to say that they have read the policy." in page
    assert owner.post(reverse("known-talked", args=[amina.pk])).status_code == 302
    assert "Talk with somebody who declined" not in shown(owner, reverse("today"))


def test_a_page_of_an_earlier_version_is_answered_by_nobody(hers, federation):
    assert hers.post(reverse("policy-word"), {"version": "999999", "answer": "yes"}).status_code == 409
    assert words_of(federation) == []


def test_what_changed_since_the_version_i_read_stands_first(hers, sian, federation):
    html = shown(hers, reverse("policy-word"))
    hers.post(reverse("policy-word"), {"version": version_on(html), "to_end": "yes", "answer": "yes"})
    with scope(federation.pk):
        made = start_version(by=sian, at=NOW, text=other_text(), material_changes="Each day.")
        adopt_version(by=sian, at=NOW, version=made, adopted_on=NOW.date(), stated={}, before_us=True)

    page = shown(hers, reverse("policy-word"))
    assert "What has changed since version 1, which you read last" in page
    assert page.index("Accounts are looked at each day.") < page.index("I have read this policy")


@pytest.mark.parametrize("key", sorted(OWNER))
def test_each_policy_asks_as_its_own_words_ask(make_federation, sign_in, key):
    asks = "Nobody is asked" if key in ("learn-to-live", "llanidloes") else "Why you are asked"
    with scope(make_federation(key, key).pk):
        head, tom = someone("Olwen Price", OWNER[key]), someone("Tom Teacher")
        adopt(by=head, at=NOW - DAY)
    browser = sign_in(tom)

    html = shown(browser, reverse("policy-word"))
    assert asks in html
    assert ("I have read this policy" in html) == (key in ("boroughbridge", "wildground"))
    assert ("Answer five short questions first" in html) == (key == "wootton")
    assert ("I understand this policy" in html) == (key in ("boroughbridge", "wildground"))
    overview = shown(sign_in(head), reverse("known"))
    assert ("Nobody is asked" in overview) == (asks == "Nobody is asked")


def test_at_wootton_i_answer_the_questions_then_say_so(make_federation, sign_in):
    federation = make_federation("wootton", "wootton")
    with scope(federation.pk):
        head, tom = someone("Olwen Price", "principal"), someone("Tom Teacher")
        version = adopt(by=head, at=NOW - DAY)
    browser = sign_in(tom)
    early = browser.post(reverse("policy-word"), {"version": version.pk, "to_end": "yes", "answer": "yes"})
    right = {
        f"question_{position}": CODE_OF[str(one.answer)]
        for position, one in enumerate(
            questions_for(book("wootton"), person=tom.pk, version=version.pk, number=1)
        )
    }

    result = browser.post(reverse("policy-check"), {"number": "1", **right})
    check_page(result.content.decode())
    html = shown(browser, reverse("policy-word"))
    late = browser.post(reverse("policy-word"), {"version": version.pk, "to_end": "yes", "answer": "yes"})

    assert (early.status_code, late.status_code) == (409, 302)
    assert "You got 5 of 5 right." in result.content.decode()
    assert "It is kept that you have understood the policy." in result.content.decode()
    assert "I have read this policy" in html
    assert {(kind, answer) for _who, kind, answer, _paper in words_of(federation)} == {
        ("policy_understood", True),
        ("policy_read", True),
    }


def test_a_question_without_an_answer_is_named(hers, federation):
    html = shown(hers, reverse("policy-check"))
    assert html.count('type="radio"') == 20
    missing = hers.post(reverse("policy-check"), {"number": "1", "question_0": "yes"})

    page = missing.content.decode()
    check_page(page)
    assert missing.status_code == 422
    assert ["Question 1: choose" in page, "Question 2: choose an answer" in page] == [False, True]
    with scope(federation.pk):
        assert not UnderstandingCheck.objects.exists()


def test_where_no_test_is_asked_for_the_result_is_ones_own(hers, federation):
    given = {f"question_{position}": "yes" for position in range(5)}
    result = hers.post(reverse("policy-check"), {"number": "1", **given}).content.decode()

    check_page(result)
    assert "It is kept that you have understood" not in result
    assert "Wildground" in result
    assert hers.post(reverse("policy-check"), {"number": "1", **given}).status_code == 409
    assert words_of(federation) == []


def test_the_link_opens_the_text_and_takes_one_answer(link, amina, federation):
    address, _token = link
    stranger = Client()
    answer = stranger.get(address)
    html = answer.content.decode()
    check_page(html)
    assert amina.name not in html
    assert (answer["Cache-Control"], answer["Referrer-Policy"], answer["X-Robots-Tag"]) == (
        "no-store", "no-referrer", "noindex",
    )  # fmt: skip

    said = stranger.post(address, {"version": version_on(html), "to_end": "yes", "answer": "yes"})
    check_page(said.content.decode())
    again = stranger.get(address)

    assert "Thank you." in said.content.decode()
    assert (again.status_code, "You have answered already" in again.content.decode()) == (409, True)
    assert words_of(federation) == [("Amina Khan", "policy_read", True, False)]


def test_the_link_takes_a_no(link, federation):
    html = shown(Client(), link[0])
    said = Client().post(link[0], {"version": version_on(html), "answer": "no"})

    assert "You have declined." in said.content.decode()
    assert words_of(federation) == [("Amina Khan", "policy_read", False, False)]


def test_the_page_of_a_link_is_in_the_language_of_its_person(federation, sian, cast):
    cara = cast("Cara Cook", language="cy")
    with scope(federation.pk):
        ask_who_is_bound(at=NOW)
        token = links.mint(Asking.objects.select_related("person").get(person=cara), at=NOW)
    html = Client().get(reverse("policy-by-link", args=[federation.slug, token])).content.decode()

    check_page(html, "cy")
    assert 'lang="cy"' in html


def test_the_link_of_another_federation_or_of_nobody_is_not_there(link, federation, make_federation):
    elsewhere = make_federation("elsewhere", "wildground")
    for slug, token in ((elsewhere.slug, link[1]), (federation.slug, "x" * 43), ("nowhere", link[1])):
        assert Client().get(reverse("policy-by-link", args=[slug, token])).status_code == 404
        assert Client().get(reverse("policy-by-link-check", args=[slug, token])).status_code == 404


def test_a_link_that_was_ended_says_what_to_do(link, owner, amina):
    assert owner.post(reverse("known-link-end", args=[amina.pk])).status_code == 302

    answer = Client().get(link[0])
    assert (answer.status_code, "Ask the school for a new one." in answer.content.decode()) == (409, True)


def test_who_tries_links_is_soon_told_to_wait(link, federation):
    guess = Client()
    found = {
        guess.get(reverse("policy-by-link", args=[federation.slug, f"guess{number}"])).status_code
        for number in range(62)
    }

    assert found == {404, 429}


def test_the_questions_come_by_the_link_too(link, federation):
    address = reverse("policy-by-link-check", args=[federation.slug, link[1]])
    shown(Client(), address)
    given = {f"question_{position}": "nothing" for position in range(5)}
    result = Client().post(address, {"number": "1", **given})

    check_page(result.content.decode())
    assert result.status_code == 200
    with scope(federation.pk):
        assert UnderstandingCheck.objects.count() == 1


def test_who_looks_after_the_policy_sees_how_many_know_it_by_school(
    owner, sian, amina, federation, school_of
):
    with scope(federation.pk):
        give(amina, "staff", school=school_of)
        version = PolicyVersion.objects.get()
        attest(kind="policy_read", about=version, by=amina, at=NOW, seen={})
        someone("Pat Parent", relation="parent")

    html = shown(owner, reverse("known"))
    assert "People whom the policy binds: 2" in html
    assert "<svg" in html
    assert "The figures as a table" in html
    row = text(html[html.index("North") : html.index("In no one school")])
    assert re.findall(r"\d+", row) == ["1", "1", "0", "0"]
    listed = shown(owner, reverse("known-people"))
    assert "The policy does not bind them" in listed
    assert "by their own sign-in" in listed


@pytest.fixture
def school_of(federation):
    with scope(federation.pk):
        return School.objects.create(name="North", slug="north")


def test_governors_who_oversee_look_and_staff_do_not(sian, cast, sign_in, hers, amina):
    overseer = sign_in(cast("Gwen Chair", "federation-leadership-team", relation="governor"))
    shown(overseer, reverse("known"))
    page = shown(overseer, reverse("known-person", args=[amina.pk]))

    assert "Enter what they signed on paper" not in page
    assert overseer.get(reverse("known-paper", args=[amina.pk])).status_code == 403
    for name, args in (("known", []), ("known-people", []), ("known-person", [amina.pk])):
        assert hers.get(reverse(name, args=args)).status_code == 403


def test_the_list_pages_by_name_with_the_same_number_of_queries(owner, federation, queries):
    def count():
        with queries() as seen:
            shown(owner, reverse("known-people"))
        return len(seen)

    with scope(federation.pk):
        someone("Bea First")
    count()
    before = count()
    with scope(federation.pk):
        for number in range(30):
            someone(f"Teacher {number:02}")
    assert count() == before
    following = re.search(r'href="\?(after=\d+)"', shown(owner, reverse("known-people")))[1]
    assert "Teacher 29" in shown(owner, f"{reverse('known-people')}?{following}")
    assert owner.get(f"{reverse('known-people')}?after=x").status_code == 404


def test_a_paper_is_entered_with_its_day_and_scan(owner, amina, federation):
    address = reverse("known-paper", args=[amina.pk])
    today = {"dated_0": str(NOW.day), "dated_1": str(NOW.month), "dated_2": str(NOW.year)}
    sent = {"answer": "yes", **today, "scan": SimpleUploadedFile("paper.pdf", PDF)}
    shown(owner, address)
    late = owner.post(address, {**sent, "dated_2": "2099", "scan": SimpleUploadedFile("paper.pdf", PDF)})
    wrong = owner.post(address, {**sent, "scan": SimpleUploadedFile("paper.exe", b"MZ")})
    assert (late.status_code, wrong.status_code) == (422, 422)

    assert owner.post(address, {**sent, "scan": SimpleUploadedFile("paper.pdf", PDF)}).status_code == 302

    assert words_of(federation) == [("Amina Khan", "policy_read", True, True)]
    html = shown(owner, reverse("known-person", args=[amina.pk]))
    assert "on paper, entered by: Sian Parry" in html
    with scope(federation.pk):
        paper = PaperAnswer.objects.get()
    assert b"".join(owner.get(reverse("known-scan", args=[paper.pk])).streaming_content) == PDF


def test_what_somebody_is_engaged_as_decides_whether_they_are_bound(make_federation, sign_in):
    with scope(make_federation("wootton", "wootton").pk):
        head, clerk = someone("Olwen Price", "principal"), someone("Una Clerk", relation="governor")
        adopt(by=head, at=NOW - DAY)
    browser = sign_in(head)
    page = reverse("known-person", args=[clerk.pk])
    assert "Not known whether it binds them" in shown(browser, page)
    assert "Before they are given a part" in shown(browser, page)
    shown(browser, reverse("known-engagement", args=[clerk.pk]))

    browser.post(reverse("known-engagement", args=[clerk.pk]), {"works_as": ["consultant"]})

    assert "The policy binds them" in shown(browser, page)


def test_a_manager_says_that_they_have_told_somebody_and_others_do_not(make_federation, sign_in):
    with scope(make_federation("wootton", "wootton").pk):
        head, lead, tom = someone("Olwen Price", "principal"), someone("Lead Lowe"), someone("Tom Teacher")
        give(lead, "line-manager", managed=tom)
        adopt(by=head, at=NOW - DAY)
    address = reverse("known-team", args=[tom.pk])

    html = shown(sign_in(lead), address)
    assert "Managers see to it that all staff know what conduct is expected of them." in html
    assert sign_in(head).get(address).status_code == 404
    assert sign_in(tom).post(reverse("known-talked", args=[tom.pk])).status_code == 403


def test_a_session_is_planned_filled_and_listed(owner, amina, hers, federation):
    today = {"on_0": str(NOW.day), "on_1": str(NOW.month), "on_2": str(NOW.year)}
    shown(owner, reverse("training-plan"))
    assert owner.post(reverse("training-plan"), {**today, "topics": ""}).status_code == 422
    made = owner.post(reverse("training-plan"), {**today, "topics": "Comments, pictures", "place": "Hall"})
    address = made["Location"]
    shown(owner, f"{address}/places")
    owner.post(f"{address}/places", {"person": [amina.pk]})
    assert "Go to the training you have a place at" in shown(hers, reverse("today"))
    assert "Comments, pictures, Hall" in text(shown(hers, reverse("training-mine")))
    assert "Who was there?" in shown(owner, address)

    owner.post(address, {"present": [amina.pk]})

    assert "Was there" in shown(owner, address)
    assert "Held, list entered" in shown(owner, reverse("training-sessions"))
    with scope(federation.pk):
        row = TrainingRecord.objects.get()
        assert (row.person, row.topics, row.version.number) == (amina, ["Comments", "pictures"], 1)
    assert hers.get(reverse("training-sessions")).status_code == 403


def test_a_list_is_shown_before_it_is_taken_over(owner, amina, federation):
    address = reverse("training-list")
    lines = f"Name;Day;Topic\n{amina.email};1/9/2025;Comments\nNobody Known;1/9/2025;x\nAmina Khan;soon;x\n"
    shown(owner, address)
    preview = owner.post(address, {"file": SimpleUploadedFile("list.csv", lines.encode("cp1252"))})
    html = preview.content.decode()
    check_page(html)
    with scope(federation.pk):
        assert not TrainingRecord.objects.exists()
    assert "1 record can be taken over" in html
    assert "Nobody here has this name or address." in html
    assert "The second column is no day, such as 1/9/2026." in html

    rows = re.search(r'name="rows" value="([^"]+)"', html)[1]
    assert owner.post(address, {"rows": rows}).status_code == 302
    assert owner.post(address, {"rows": "made-up"}).status_code == 422

    with scope(federation.pk):
        row = TrainingRecord.objects.get()
        assert (row.person, row.imported, row.on.isoformat(), row.version) == (
            amina,
            True,
            "2025-09-01",
            None,
        )
    assert "Taken over from a list" in shown(owner, reverse("known-person", args=[amina.pk]))


@pytest.mark.parametrize("content", [b"\x00\x01", b"", b"\n" * 5, b"x;" * 600_000])
def test_a_file_that_is_no_list_is_refused_beside_its_field(owner, content):
    answer = owner.post(reverse("training-list"), {"file": SimpleUploadedFile("list.csv", content)})

    assert answer.status_code == 422
    check_page(answer.content.decode())


def test_the_sessions_page_costs_the_same_for_one_and_for_many(owner, sian, federation, queries):
    def count():
        with queries() as seen:
            shown(owner, reverse("training-sessions"))
        return len(seen)

    def plan(number):
        with scope(federation.pk):
            for day in range(number):
                plan_session(by=sian, at=NOW, on=(NOW + day * DAY).date(), topics=["Comments"])
                record_training(person=sian, by=sian, at=NOW)

    plan(1)
    count()
    before = count()
    plan(5)
    assert count() == before
