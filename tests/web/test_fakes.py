"""A fake that a visitor reported, on the pages of whoever looks into it."""

import io

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image

from schoolgate.accounts.models import Fake, FakeNote
from schoolgate.core.models import VaultSecret
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from tests.web.in_force import NOW, sam, wildground_in_force
from tests.web.plain import check_page
from tests.worlds import world

__all__ = ["sam"]
SHOP = "https://www.facebook.com/wildground-shop"
WORDS = "It sells tickets and shows Tomos from year four."


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    out.seek(0)
    out.name = "seen.png"
    return out


@world(wildground_in_force)
def fake_reported(there, at):
    """A visitor reported a page, with a picture."""
    sent = {"address": SHOP, "words": WORDS, "picture": picture()}
    assert Client().post("/wildground/register/fake", sent).status_code == 302
    with scope(there.federation.pk):
        there.fake = Fake.objects.get()
    return there


@pytest.fixture
def in_force(in_world, request):
    """The world in which the test begins: as far on as what it asks for."""
    there = in_world(fake_reported if "fake" in request.fixturenames else wildground_in_force, NOW)
    cache.clear()
    return there


@pytest.fixture
def fake(in_force) -> Fake:
    return in_force.fake


def test_a_visitors_report_is_a_task_at_once_promises_no_time_and_lies_sealed(fake, federation, client):
    with scope(federation.pk):
        duty = Duty.objects.get(kind="accounts.fake")

        assert (duty.role_key, duty.due_kind, duty.state) == ("slt", "none_promised", "open")
        note = FakeNote.objects.get()
        sealed = bytes(VaultSecret.objects.get(pk=note.words_ref).sealed)

        assert b"Tomos" not in sealed
        assert note.picture_ref is not None
        assert "Tomos" not in str(list(Fake.objects.values()) + list(FakeNote.objects.values()))

    client.post("/wildground/register/fake", {"address": f"m.{SHOP[12:]}/?fbclid=1", "words": "Me too."})
    with scope(federation.pk):
        assert Fake.objects.count() == 1, "a second report of the same page joins the first"
        assert FakeNote.objects.count() == 2
        assert Duty.objects.filter(kind="accounts.fake").count() == 1


def test_whoever_looks_into_it_reads_it_confirms_it_reports_it_and_closes_it(
    fake, federation, sam, sign_in, client
):
    browser, at = sign_in(sam), f"/accounts/fakes/{fake.pk}"
    html = browser.get(at).content.decode()
    check_page(html)
    assert WORDS in html
    assert f'href="{SHOP}' not in html
    with scope(federation.pk):
        note = FakeNote.objects.get()
    shown = browser.get(f"{at}/copies/{note.pk}")
    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store")

    assert browser.post(f"{at}/confirm", {"show_address": "yes"}).status_code == 302
    assert SHOP in client.get("/wildground/register").content.decode()
    html = browser.get(at).content.decode()
    check_page(html)
    assert "https://www.facebook.com/help/contact/" in html
    assert fake.reference in html

    assert browser.post(f"{at}/told", {"case": "F123"}).status_code == 302
    assert browser.post(f"{at}/evidence", {"words": "Still there at noon."}).status_code == 302
    assert browser.post(f"{at}/end", {"to": "gone"}).status_code == 302
    assert SHOP not in client.get("/wildground/register").content.decode()
    html = browser.get(at).content.decode()
    check_page(html)
    assert "Still there at noon." in html
    with scope(federation.pk):
        assert not Duty.objects.exclude(state__in=["discharged", "cancelled"]).exists()
    assert browser.post(f"{at}/confirm", {"show_address": "yes"}).status_code == 409


def test_in_welsh_and_on_the_list(fake, federation, cast, sign_in):
    nia = cast("Nia", "slt", language="cy")
    browser = sign_in(nia)
    for at in ("/accounts/unofficial?show=fakes", f"/accounts/fakes/{fake.pk}"):
        check_page(browser.get(at).content.decode(), "cy")
    assert fake.reference in browser.get("/accounts/unofficial?show=fakes").content.decode()


def test_who_does_not_look_into_fakes_reads_nothing_of_them(fake, browser, federation):
    at = f"/accounts/fakes/{fake.pk}"
    with scope(federation.pk):
        note = FakeNote.objects.get()
    for path in ("/accounts/unofficial?show=fakes", at, f"{at}/copies/{note.pk}"):
        assert browser.get(path).status_code == 403
    for act in ("confirm", "told", "evidence", "end"):
        assert browser.post(f"{at}/{act}").status_code == 403
    assert "Tomos" not in browser.get(at).content.decode()
    assert "Fake accounts" not in browser.get("/accounts/unofficial").content.decode()


MISSING = [
    ("end", {}, "Outcome"),
    ("end", {"to": "left"}, "Explain why we don’t act on it."),
    ("evidence", {"words": ""}, "in one or two sentences"),
    ("confirm", {}, "Choose one"),
]


def test_what_is_missing_is_said_beside_its_field(fake, sam, sign_in):
    browser = sign_in(sam)
    for act, typed, told in MISSING:
        answer = browser.post(f"/accounts/fakes/{fake.pk}/{act}", typed)

        assert answer.status_code == 422
        assert told in answer.content.decode(), told


def test_a_file_that_is_no_picture_is_refused_and_nothing_is_taken_up(in_force, client, federation):
    sent = {"address": SHOP, "words": "x", "picture": io.BytesIO(b"%PDF-1.7 not a picture")}
    sent["picture"].name = "x.png"
    answer = client.post("/wildground/register/fake", sent)

    assert answer.status_code == 422
    assert (
        "This file isn’t a picture we can use. Choose a JPEG, HEIC, PNG, WebP or AVIF picture."
        in answer.content.decode()
    )
    with scope(federation.pk):
        assert not Fake.objects.exists()


def test_the_list_asks_as_often_for_many_as_for_one(fake, federation, sam, sign_in, same_queries):
    browser = sign_in(sam)

    def grow():
        with scope(federation.pk):
            Fake.objects.bulk_create(
                Fake(reference=f"F-{n}", network="x", address=f"x.com/{n}", key=f"x:{n}", reported_at=NOW)
                for n in range(20)
            )

    browser.get("/accounts/unofficial?show=fakes")
    same_queries(lambda: browser.get("/accounts/unofficial?show=fakes"), grow)
