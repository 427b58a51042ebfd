"""The pages on which a school sets how long records are kept, sees what would go, and finds certificates."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.core.models import Destruction, Hold, Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import Item
from schoolgate.inbox.replying import close_item
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.people.leaving import record_departure
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from schoolgate.records import destroying
from schoolgate.records.destroying import destroy_due, erase_one
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.records import made
from tests.records.conftest import SECRET, kind
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=3 * 366)
RECORDS = "/evidence?as=records"
PAGES = {
    "posts": "/posts/{}", "concerns": "/wrong/reports/{}", "press": "/inbox?as=press&enquiry={}",
    "requests": "/evidence?as=requests&request={}",
    "breaches": "/breaches/{}", "checks": "/searches/checks/{}", "vacancies": "/searches/vacancies/{}",
    "proposals": "/accounts/proposals/{}", "quick": "/accounts/approvals/{}", "fakes": "/accounts/fakes/{}",
    "unofficial": "/accounts/found/{}", "watches": "/inbox?as=listening&watch={}",
}  # fmt: skip
LISTS = (
    "/searches?show=vacancies", "/accounts/proposals", "/accounts/unofficial",
    "/accounts/unofficial?show=fakes", "/inbox?as=listening", "/inbox?as=messages",
    "/posts?as=permissions", "/posts?as=texts", "/posts?as=texts&show=retired",
)  # fmt: skip
COMMENTS = f"{RECORDS}&kind=comments"


@world()
def comment_closed_long_ago(at):
    """Wildground with a comment that was closed over three years ago."""
    federation = enter_federation()
    with scope(federation.pk):
        people = SimpleNamespace(
            sam=someone("Sam Slater", "slt"),
            ben=someone("Ben Carter", "lead-staff-member"),
            cara=someone("Cara", "staff"),
        )
        adopt(by=people.sam, at=LONG_AGO)
        account = account_on("bluesky", School.objects.create(name="North", slug="north"), LONG_AGO)
        each = IncomingItem(
            "bluesky",
            Ref("bluesky", "c1"),
            Author("did:1", "o", "Osian"),
            SECRET,
            LONG_AGO,
            attachments=(),
            visibility="public",
        )
        ingest(at=LONG_AGO, account=account, items=[each])
        item = Item.objects.get()
        close_item(by=people.ben, at=LONG_AGO, item=item, reason="no_answer_needed")
    return SimpleNamespace(federation=federation, item=item, people=people)


@pytest.fixture
def wild(in_world, sign_in):
    """That world, and a browser for each person."""
    found = in_world(comment_closed_long_ago, NOW)
    for name, person in vars(found.people).items():
        setattr(found, name, sign_in(person))
    return found


def read(browser, address, status=200):
    response = browser.get(address)
    assert response.status_code == status
    html = response.content.decode()
    check_page(html)
    return html


def sent(browser, address, **values):
    return browser.post(address, values)


def setting(wild):
    with scope(wild.federation.pk):
        return destroying.in_force(kind()).setting


def test_the_page_first_shows_what_would_go_and_asks(wild):
    listed = read(wild.sam, RECORDS)
    assert "Not started" in listed
    assert "75 years" in listed
    assert "900 months" not in listed
    html = read(wild.sam, COMMENTS)
    assert "1 record, from" in html
    assert "Start destroying" in html
    assert "Nothing is destroyed until you start" in html
    assert SECRET not in html


def test_started_swept_and_certified(wild):
    answer = sent(wild.sam, COMMENTS, do="start", seen="", months="36")
    assert (answer.status_code, answer["Location"]) == (302, COMMENTS)
    assert "Destroyed when due" in read(wild.sam, RECORDS)
    assert destroy_due(wild.federation.pk, at=NOW) == 1
    html = read(wild.sam, RECORDS)
    assert "Comments and replies, 1 record, from" in html
    csv = wild.sam.get(f"{RECORDS}&file=csv")
    assert csv["Content-Type"].startswith("text/csv")
    with scope(wild.federation.pk):
        assert Destruction.objects.get().ids_digest in csv.content.decode()
    gone = wild.sam.get(f"/inbox/{wild.item.pk}")
    assert gone.status_code == 404
    assert "was destroyed" in gone.content.decode()
    assert wild.sam.get("/inbox").status_code == 200


def test_a_period_is_set_with_a_reason(wild):
    refused = sent(wild.sam, COMMENTS, do="set", seen="", how="months", months="24", reason="")
    assert refused.status_code == 422
    assert "this isn’t the suggested period" in refused.content.decode()
    assert sent(wild.sam, COMMENTS, do="set", seen="", how="months", months="", reason="x").status_code == 422
    assert sent(wild.sam, COMMENTS, do="set", seen="", how="", months="3", reason="x").status_code == 422
    assert setting(wild) is None
    given = {"do": "set", "seen": "", "how": "months", "months": "24", "reason": "Our schedule"}
    assert sent(wild.sam, COMMENTS, **given).status_code == 302
    assert (setting(wild).months, setting(wild).runs) == (24, False)
    assert sent(wild.sam, COMMENTS, **given).status_code == 409  # the page is old
    html = read(wild.sam, COMMENTS)
    assert "Our schedule" in html


def test_kept_until_we_decide(wild):
    sent(wild.sam, COMMENTS, do="set", seen="", how="keep", months="", reason="The governors will decide")
    assert setting(wild).months is None
    html = read(wild.sam, COMMENTS)
    assert "Until you decide" in html
    assert "Start destroying" not in html


def test_a_hold_is_placed_shown_and_lifted(wild):
    for number in ("", str(wild.item.pk)):
        assert sent(wild.sam, COMMENTS, do="hold", because="claim", number=number).status_code == 302
    html = read(wild.sam, RECORDS)
    assert "Must be kept" in html
    assert "A legal claim, made or likely" in html
    with scope(wild.federation.pk):
        numbers = list(Hold.objects.values_list("pk", flat=True))
    assert len(numbers) == 2
    for number in numbers:
        assert sent(wild.sam, RECORDS, hold=str(number)).status_code == 302
    assert "Nothing yet" in read(wild.sam, RECORDS)
    assert sent(wild.sam, RECORDS, hold=str(numbers[0])).status_code == 409


def test_refused_and_unknown(wild):
    assert wild.cara.get(RECORDS).status_code == 403
    assert sent(wild.cara, COMMENTS, do="start", seen="", months="36").status_code == 403
    assert sent(wild.sam, COMMENTS, do="hold", because="", number="").status_code == 422
    assert sent(wild.sam, COMMENTS, do="hold", because="claim", number="99999").status_code == 404
    assert sent(wild.sam, COMMENTS, do="nothing").status_code == 404
    assert sent(wild.sam, RECORDS, hold="x").status_code == 404
    assert wild.sam.get(f"{RECORDS}&kind=nothing").status_code == 404
    assert setting(wild) is None


# --- Erasing one before its time


def test_a_comment_is_found_by_its_number_looked_at_and_erased(wild):
    number = str(wild.item.pk)
    html = read(wild.sam, f"{COMMENTS}&number={number}")
    assert f"Erase: Comment or message {number}" in html
    assert "Erase now" in html
    assert SECRET not in html
    answer = sent(wild.sam, f"{COMMENTS}&number={number}", because="asked", words="Her mother asked.")
    assert (answer.status_code, answer["Location"]) == (302, RECORDS)
    assert f"number {number}, erased early" in read(wild.sam, RECORDS)
    assert "The person asked for it" in wild.sam.get(f"{RECORDS}&file=csv").content.decode()
    assert wild.sam.get(f"/inbox/{number}").status_code == 404
    assert wild.sam.get(f"{COMMENTS}&number={number}").status_code == 404


def test_without_a_reason_nothing_is_erased_nor_what_must_be_kept(wild):
    """Which has no button, and tells what to do first. A number that is none is asked for again."""
    for number in ("", "x", "0", "-3", "9" * 30):
        html = read(wild.sam, f"{COMMENTS}&number={number}", status=422)
        assert "Erase a record early" in html, number
    answer = sent(wild.sam, f"{COMMENTS}&number={wild.item.pk}", because="")
    assert answer.status_code == 422
    with scope(wild.federation.pk):
        assert Item.every.get(pk=wild.item.pk).destroyed_at is None

    sent(wild.sam, COMMENTS, do="hold", because="claim", number=str(wild.item.pk))
    html = read(wild.sam, f"{COMMENTS}&number={wild.item.pk}")
    assert "There is a ban on deleting this." in html
    assert "Erase now" not in html
    assert (
        sent(
            wild.sam, f"{COMMENTS}&number={wild.item.pk}", because="asked", words="Her mother asked."
        ).status_code
        == 409
    )


def test_only_people_who_oversee_see_and_send_it(wild):
    assert "Erase a record early" not in wild.ben.get(COMMENTS).content.decode()
    for browser in (wild.ben, wild.cara):
        assert browser.get(f"{COMMENTS}&number={wild.item.pk}").status_code == 403
        assert (
            sent(
                browser, f"{COMMENTS}&number={wild.item.pk}", because="asked", words="Her mother asked."
            ).status_code
            == 403
        )


def test_a_person_who_left_is_erased_from_their_page(wild):
    with scope(wild.federation.pk):
        lena = someone("Lena Leaver", "staff")
        sam = Person.objects.get(name="Sam Slater")
        record_departure(by=sam, at=NOW, person=lena, left_on=local_day(NOW))
    page = f"/people/{lena.pk}"
    there = f"{RECORDS}&kind=people&number={lena.pk}"
    assert there.replace("&", "&amp;") in read(wild.sam, page)
    assert "Lena Leaver" in read(wild.sam, there)
    assert sent(wild.sam, there, because="not_needed").status_code == 422, "without a reason"
    assert sent(wild.sam, there, because="not_needed", words="He left long ago.").status_code == 302
    assert "He left long ago." in wild.sam.get("/evidence?as=records").content.decode()
    html = read(wild.sam, page)
    assert "Lena" not in html
    assert f"Person {lena.pk}" in html
    assert "Record their return" not in html


def test_the_page_of_what_was_destroyed_says_so(wild):
    for key, page in PAGES.items():
        html = read(wild.sam, page.format(destroyed(wild, key).pk))
        assert "What was written here was destroyed on" in html, key
        assert "Osian" not in html, key
        assert "no longer be opened" not in html, key


def test_lists_leave_out_what_was_destroyed_and_stay_readable(wild):
    for key in ("messages", "ready", "owners", "watches", "pta", "fakes", "vacancies", "proposals"):
        destroyed(wild, key)
    for page in LISTS:
        reader = wild.ben if page.startswith("/posts") else wild.sam
        assert "Osian" not in read(reader, page), page


def test_a_pupil_who_was_destroyed_has_no_page(wild):
    assert wild.sam.get(f"/pupils/{destroyed(wild, 'pupils').pk}").status_code == 404


def destroyed(wild, key):
    """A thing of this kind, erased by Sam, who leads on safeguarding too."""
    with scope(wild.federation.pk):
        sam = Person.objects.get(name="Sam Slater")
        Safeguarder.objects.get_or_create(place="lead", person_id=sam.pk, defaults={"since": LONG_AGO})
        who = SimpleNamespace(by=sam, school=School.objects.get(), account=Account.objects.get())
        one = made.MAKERS[key](who, LONG_AGO)
    with scope(wild.federation.pk):
        erase_one(by=sam, at=NOW, kind=kind(key), pk=one.pk, because="asked", words="Her mother asked.")
    return one


def test_an_old_post_still_opens_after_the_person_who_approved_it_was_erased(stage):
    post = stage.advance(stage.started()[0]).post
    ben, sam = stage.people["ben"], stage.people["sam"]
    page = f"/posts/{post.pk}"
    assert ben.name in stage.browser("sam").get(page).content.decode()
    with scope(stage.federation.pk):
        Person.objects.filter(pk=ben.pk).update(left_on=local_day(NOW))
        erase_one(by=sam, at=NOW, kind=kind("people"), pk=ben.pk, because="asked", words="Her mother asked.")

    answer = stage.browser("sam").get(page)
    html = answer.content.decode()
    check_page(html)
    assert answer.status_code == 200
    assert ben.name not in html
    assert f"Person {ben.pk}" in html
    report = stage.browser("sam").get("/evidence?as=report&file=csv").content.decode("utf-8-sig")
    assert "Posts published without a second person’s approval,Posts and refusals,0" in report
    assert "Posts published,Posts and refusals,1" in report
