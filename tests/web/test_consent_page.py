"""The parents' page: without an account, for one parent's own answers, and closed to everyone else."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from schoolgate.core.clock import local_day, now
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.notices.models import SignInMail
from schoolgate.publishing.models import OwnDetail, PastImport, PastPost
from schoolgate.publishing.withdrawn import list_withdrawn
from schoolgate.pupils import answering, linking
from schoolgate.pupils.models import (
    Consent,
    ConsentWords,
    NotPublished,
    ParentLink,
    Pupil,
    PupilImport,
    Withdrawal,
)
from schoolgate.web.pupils import consents
from tests.cast import someone
from tests.pdf_ua import check_pdf
from tests.publishing.conftest import account_on
from tests.web.counted import counted_as
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

NOW = now()


@world()
def two_parents(at):
    """Amina keeps consents, Cara teaches; one pupil, Ava, whose parents are Ann and Tom."""
    federation = enter_federation()
    with scope(federation.pk):
        school = School.objects.create(name="Wildground Juniors", slug="juniors")
        amina, cara = someone("Amina", "slt"), someone("Cara", "staff")
        ava = Pupil.objects.create(school=school, key="A1", first_name="Ava", last_name="Thomas", form="4B")
        made = {
            who: linking.make_link(by=amina, at=NOW, pupil=ava, giver="parent", who=who)
            for who in ("Ann", "Tom")
        }
        own = linking.make_link(by=amina, at=NOW, pupil=ava, giver="pupil")
    pages = {
        who: reverse("consent", args=[federation.slug, linking.code_of(link)])
        for who, link in {**made, "pupil": own}.items()
    }
    people = {"ava": ava, "who": amina, "cara": cara}
    return SimpleNamespace(federation=federation, office={**people, **pages, "links": made})


@pytest.fixture
def in_force(in_world, home):
    there = in_world(two_parents, NOW)
    cache.clear()
    return there


@pytest.fixture
def office(in_force, sign_in):
    there = in_force.office
    return {**there, "amina": sign_in(there["who"]), "cara": sign_in(there["cara"])}


def shown(path, language="en", client=None):
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    html = answer.content.decode()
    check_page(html, language)
    return html


def say(path, use="picture", answer="given", **more):
    return Client().post(path, {"use": use, "answer": answer, **more})


def test_a_parent_gives_and_withdraws_as_easily_on_a_page_that_leaks_nothing(office, federation):
    page = office["Ann"]
    answer = Client().get(page)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex"
    html = answer.content.decode()
    assert answer.status_code == 200
    check_page(html)
    assert "noindex" in html
    assert "Ava: pictures and names" in html
    assert "Thomas" not in html
    for answer in ("given", "refused", "given"):
        assert say(page, answer=answer).status_code == 302
    with scope(federation.pk):
        assert [row.answer for row in Consent.objects.order_by("id")] == ["given", "refused", "given"]
        assert Withdrawal.objects.count() == 1
    assert say(page, answer="not_asked").status_code == 422


def test_one_parent_never_sees_the_other_nor_the_list(office, federation, at):
    say(office["Tom"], answer="refused")
    with scope(federation.pk):
        NotPublished.objects.create(pupil=office["ava"], by=office["who"], at=at)
        list_withdrawn(at=at, withdrawal=Withdrawal.objects.get())
    html = shown(office["Ann"])
    assert html.count("No answer yet, which means no") == 4
    for secret in ("Tom", "disagree", "do-not-publish", "Posts you asked us to remove"):
        assert secret not in html
    assert "Posts you asked us to remove" in shown(office["Tom"])


def test_nothing_was_found_is_said_only_after_the_search_for_this_withdrawal(office, federation, at):
    found, looking = "We found no posts to remove", "We’re looking for posts to remove"
    pupil = reverse("pupil", args=[office["ava"].pk])
    for use in ("film", "picture"):
        say(office["Tom"], use=use, answer="refused")
        html = shown(office["Tom"])
        assert (looking in html, found in html) == (True, False)
        assert looking in shown(pupil, client=office["amina"])
        with scope(federation.pk):
            list_withdrawn(at=at, withdrawal=Withdrawal.objects.latest("id"))
        html = shown(office["Tom"])
        assert (looking in html, found in html) == (False, True)
        assert looking not in shown(pupil, client=office["amina"])


def test_wrong_revoked_expired_and_elsewhere_look_the_same(office, federation, make_federation):
    elsewhere = make_federation("elsewhere", "wildground")
    good = office["Ann"]
    with scope(federation.pk):
        linking.revoke_link(by=office["who"], at=NOW, link=office["links"]["Ann"])
        ParentLink.objects.filter(who="Tom").update(expires_at=NOW)
    tried = (
        good,
        office["Tom"],
        office["pupil"].replace(federation.slug, elsewhere.slug, 1),
        reverse("consent", args=[federation.slug, "2222-2222-2222"]),
        reverse("consent", args=[federation.slug, "x"]),
    )
    found = [Client().get(path) for path in tried]
    found += [say(path) for path in tried]
    assert {each.status_code for each in found} == {404}
    titles = {each.content.decode().split("<h1")[1].split("</h1>")[0] for each in found}
    assert len(titles) == 1


def test_a_guesser_is_soon_told_to_wait(office, federation):
    def guess(number: int) -> int:
        return Client().get(reverse("consent", args=[federation.slug, f"guess{number}"])).status_code

    with counted_as(29):
        assert guess(0) == 404
    assert [guess(1), guess(2)] == [404, 429]


def test_the_code_of_a_letter_leads_to_the_page(office, federation):
    entry = reverse("consent-code", args=[federation.slug])
    shown(entry)
    code = office["Ann"].rsplit("/", 1)[1]
    answer = Client().post(entry, {"code": code.lower().replace("-", " ")})
    assert (answer.status_code, answer.headers["Location"]) == (302, office["Ann"])
    for wrong in ("2222-2222-2222", "", "Ann"):
        assert Client().post(entry, {"code": wrong}).status_code == 422


def test_who_has_no_code_reads_how_to_reach_the_school(office, federation):
    entry, ways = reverse("consent-code", args=[federation.slug]), ("0115 496 0123", "office@oak.example")
    assert [each for each in ways if each in shown(entry)] == []
    with scope(federation.pk):
        school = School.objects.first()
        rows = [("email", ways[1], NOW), ("phone", ways[0], NOW), ("phone", "0115 496 0199", None)]
        for kind, words, agreed in rows:
            OwnDetail.objects.create(
                school=school, kind=kind, words=words, plain=words, by=office["who"], at=NOW,
                agreed_at=agreed, agreed_by=office["who"] if agreed else None,
            )  # fmt: skip
    html = shown(entry)
    assert [each for each in ways if each not in html] == []
    assert "0115 496 0199" not in html, "it waits for a second person"


def test_what_holds_is_shown_with_where_it_comes_from(office, federation):
    with scope(federation.pk):
        brought = PupilImport.objects.create(
            by=office["who"], at=NOW, file="0" * 64, content="0" * 64, lines=1
        )
        for use in ("picture", "name"):
            Consent.objects.create(
                pupil=office["ava"], use=use, answer="given", giver="list", form="list",
                from_day=local_day(NOW), by=office["who"], at=NOW, listed_in=brought,
            )  # fmt: skip
    records, yours, for_now = "the school’s records", "You answered “Yes” on", "It counts as no for now."
    html = shown(office["Ann"])
    assert (html.count(records), html.count("No answer yet")) == (2, 2)
    say(office["Tom"], answer="refused")
    assert shown(office["Ann"]).count(records) == 1
    say(office["Ann"])
    html = shown(office["Ann"])
    assert (html.count(yours), html.count(for_now)) == (1, 1)
    assert for_now not in shown(office["Tom"])


def test_no_to_everything_is_one_tap(office, federation):
    say(office["Ann"])
    assert Client().post(office["Ann"], {"do": "none"}).status_code == 302
    html = shown(office["Ann"])
    assert html.count("You answered “No” on") == 4
    with scope(federation.pk):
        assert sorted(Withdrawal.objects.get().uses) == ["film", "name", "picture", "voice"]


def test_a_pupil_takes_their_pictures_down_in_one_tap(office, federation):
    assert "Take my pictures down" in shown(office["pupil"])
    assert "Take my pictures down" not in shown(office["Ann"])
    assert Client().post(office["pupil"], {"do": "down"}).status_code == 302
    assert Client().post(office["Ann"], {"do": "down"}).status_code == 422
    with scope(federation.pk):
        assert {row.use for row in Consent.objects.filter(giver="pupil", answer="refused")} == {
            "picture",
            "film",
        }


def test_the_page_speaks_welsh_and_what_a_school_adds(office, federation):
    welsh = Client()
    welsh.cookies["schoolgate_language"] = "cy"
    welsh.post(reverse("language"), {"language": "cy", "next": office["Ann"]})
    assert 'lang="cy"' in shown(office["Ann"], "cy", welsh)
    said = {"do": "words", "language": "ur", "words-language": "اردو", "words-yes": "ہاں"}
    office["cara"].post(reverse("pupils"), said)
    with scope(federation.pk):
        assert not ConsentWords.objects.exists()
    assert office["amina"].post(reverse("pupils"), said).status_code == 302
    assert office["amina"].post(reverse("pupils"), {**said, "language": "Urdu!"}).status_code == 422
    html = Client().get(office["Ann"] + "?in=ur").content.decode()
    assert '<div lang="ur" dir="rtl">' in html
    assert "ہاں" in html
    assert 'dir="rtl"' not in Client().get(office["Ann"] + "?in=xx").content.decode()


def test_an_answer_for_one_network_and_the_hours_that_the_owner_chooses(office, federation):
    path = reverse("pupils")
    assert office["cara"].post(path, {"do": "hours", "hours": "4"}).status_code == 403
    assert office["amina"].post(path, {"do": "hours", "hours": "0"}).status_code == 422
    assert office["amina"].post(path, {"do": "hours", "hours": "4"}).status_code == 302
    assert "within 4 hours" in shown(path, client=office["amina"])
    assert "until 7 years after they leave" in shown(path, client=office["amina"])
    assert office["cara"].post(path, {"do": "leavers", "years": "2"}).status_code == 403
    assert office["amina"].post(path, {"do": "leavers", "years": "15"}).status_code == 422
    assert office["amina"].post(path, {"do": "leavers", "years": "2"}).status_code == 302
    assert "until 2 years after they leave" in shown(path, client=office["amina"])

    assert Client().get(office["Ann"] + "?on=nowhere").status_code == 404
    say(office["Ann"] + "?on=noticeboard", answer="refused")
    with scope(federation.pk):
        assert Consent.objects.get().channel == "noticeboard"


def test_the_office_makes_mails_prints_and_revokes_on_the_pupils_page(office, federation):
    path = reverse("pupil", args=[office["ava"].pk])
    given = {"do": "link", "giver": "parent", "who": "Eve", "email": "eve@example.org", "language": "cy"}
    amina = office["amina"]
    assert amina.post(path, given).status_code == 302
    with scope(federation.pk):
        link = ParentLink.objects.get(who="Eve")
        assert link.mailed_at
        assert SignInMail.objects.get().address == "eve@example.org"
    html = shown(path, client=amina)
    assert "eve@example.org" in html
    assert linking.code_of(link) not in html
    letter = amina.post(path, {"do": "print", "link": link.pk})
    assert letter.content.startswith(b"%PDF")
    assert amina.post(path, {"do": "revoke", "link": link.pk}).status_code == 302
    assert amina.post(path, {"do": "mail", "link": link.pk}).status_code == 404
    assert amina.post(path, {**given, "who": ""}).status_code == 422


def test_a_teacher_sees_no_links(office, federation):
    path = reverse("pupil", args=[office["ava"].pk])
    assert "Consent links" not in shown(path, client=office["cara"])
    for asked in ({"do": "letter"}, {"do": "link", "giver": "pupil"}, {"do": "print", "link": 1}):
        office["cara"].post(path, asked)
    with scope(federation.pk):
        assert not ParentLink.objects.filter(printed_at__isnull=False).exists()
        assert ParentLink.objects.count() == 3


def test_letters_for_a_class(office, federation):
    address, letters = reverse("pupils") + "?class=4B", {"do": "letters"}
    for language in ("en", "cy"):
        with scope(federation.pk):
            office["who"].language = language
            office["who"].save()
        answer = office["amina"].post(address, letters)
        assert answer["Content-Type"] == "application/pdf", language
        check_pdf(answer.content, language=language)
    assert office["cara"].post(address, letters)["Content-Type"] != "application/pdf"


def test_a_class_is_mailed_from_the_list(office, federation):
    path = reverse("pupils") + "?class=4B"
    with scope(federation.pk):
        ParentLink.objects.filter(who="Ann").update(email="ann@example.org")
    assert "Send 1 link" in shown(path, client=office["amina"])
    assert office["amina"].post(path, {"do": "mail-class"}).status_code == 302
    assert "still being sent" in shown(path, client=office["amina"])
    with scope(federation.pk):
        assert SignInMail.objects.count() == 1


def test_the_office_keeps_the_signed_paper_if_it_is_one(office, federation):
    path = reverse("pupil", args=[office["ava"].pk])
    said = {"do": "answer", "uses": ["picture"], "answer": "given", "giver": "parent", "who": "Ann"}
    said |= {"form": "paper"}
    wrong = SimpleUploadedFile("paper.pdf", b"<html>")
    assert office["amina"].post(path, {**said, "scan": wrong}).status_code == 422
    paper = SimpleUploadedFile("paper.txt", b"%PDF-1.7\n%%EOF\n")
    assert office["amina"].post(path, {**said, "scan": paper}).status_code == 302
    with scope(federation.pk):
        row = Consent.objects.get()
    assert row.scan_type == "application/pdf"
    asked = {"do": "scan", "answer": row.pk}
    assert b"".join(office["amina"].post(path, asked)).startswith(b"%PDF")
    assert office["amina"].post(path, {**asked, "answer": 0}).status_code == 404
    assert office["cara"].post(path, asked)["Content-Type"] != "application/pdf"


def test_page_and_letter_say_whose_they_are(office, federation, at):
    assert "This page is for Ann." in shown(office["Ann"])
    assert "This page is for" not in shown(office["pupil"])
    with scope(federation.pk):
        tom = Pupil.objects.create(school=office["ava"].school, key="A2", first_name="Tom", last_name="Ellis")
        letter = linking.print_links(by=office["who"], at=NOW, pupils=[tom])[0]
        letters = [consents._letter(each) for each in (office["links"]["Ann"], letter)]
    assert [(each["pupil"], each["whose"]) for each in letters] == [
        ("Ava Thomas, 4B", "This page is for Ann."), ("Tom Ellis", ""),
    ]  # fmt: skip
    page = reverse("consent", args=[federation.slug, linking.code_of(letter)])
    assert "This page is for" not in shown(page)


def test_a_childs_no_on_the_day_is_told_on_their_own_page(office, federation, at):
    with scope(federation.pk):
        answering.record_objection(by=office["who"], at=NOW, pupil=office["ava"])
        list_withdrawn(at=NOW, withdrawal=Withdrawal.objects.get())
    assert "We found no posts to remove" in shown(office["pupil"])
    assert "We found no posts to remove" not in shown(office["Ann"])


def test_older_posts_are_shown_with_the_time_by_which_a_person_deals_with_them(office, federation, at):
    who = office["who"]
    with scope(federation.pk):
        x = account_on("x", office["ava"].school, at)
        brought = PastImport.objects.create(
            account=x, by=who, at=at, content="0" * 64, size=1, state_at=at, heard_at=at
        )
        for key, text, pictures in (("1", "Ava Thomas and the beans", 0), ("2", "Beans", 1)):
            PastPost.objects.create(
                account=x, source=brought, key=key, version=key, at=at, text=text, pictures=pictures,
                taken_at=at,
            )  # fmt: skip
    Client().post(office["Ann"], {"do": "none"})
    with scope(federation.pk):
        for each in Withdrawal.objects.all():
            list_withdrawn(at=NOW, withdrawal=each)
    html = shown(office["Ann"])
    assert "We found no posts to remove" not in html
    assert "A member of staff will remove it by" in html
    assert "A member of staff will check by" in html
    assert "Older posts" in shown(reverse("pupil", args=[office["ava"].pk]), client=office["amina"])


def test_a_yes_where_a_member_of_staff_is_signed_in_or_was_is_no_parents(office, federation):
    amina = office["amina"]
    amina.get(reverse("pupils"))
    answer = amina.post(office["Ann"], {"use": "picture", "answer": "given"}, follow=True)
    assert "doesn’t count yet" in answer.content.decode()
    with scope(federation.pk):
        assert not Consent.objects.exists()
    amina.post(reverse("account_logout"))
    amina.post(office["Ann"], {"use": "picture", "answer": "given"})  # the same browser, signed out
    with scope(federation.pk):
        assert not Consent.objects.exists()
    amina.post(office["Ann"], {"use": "picture", "answer": "refused"})
    say(office["Tom"])
    with scope(federation.pk):
        assert list(Consent.objects.order_by("id").values_list("who", "answer")) == [
            ("Ann", "refused"), ("Tom", "given"),
        ]  # fmt: skip


def test_no_words_of_a_school_turn_a_no_into_a_yes(office, federation):
    amina = office["amina"]
    for key in ("picture", "yes", "no", "none_of_it", "down", "saved", "unanswered", "intro"):
        for language in ("en", "cy"):
            said = {"do": "words", "language": language, f"words-{key}": "Press this to agree"}
            assert amina.post(reverse("pupils"), said).status_code == 422
    with scope(federation.pk):  # as it was saved once
        words = {"yes": "No", "no": "Yes", "picture": "Shall we hide {name}?", "means": "Ring us."}
        ConsentWords.objects.create(language="en", words=words, by=office["who"], at=NOW)
        ConsentWords.objects.create(language="ur", words=words, by=office["who"], at=NOW)
    html = shown(office["Ann"])
    assert "Shall we hide" not in html
    assert "Ring us." in html
    urdu = Client().get(office["Ann"] + "?in=ur").content.decode()
    assert "No (Yes)" in urdu
    assert "Yes (No)" in urdu
    assert "Shall we hide Ava? (May we show Ava in pictures?)" in urdu
