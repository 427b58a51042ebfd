"""The pages of accounts that were there before: the list, the look, the register, leave to go on."""

import csv
import io
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schoolgate.accounts.models import Account, GoingOn
from schoolgate.accounts.proposing import let_go_on
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.rules import problems_of
from tests.accounts.there import taken_in
from tests.cast import someone, someone_leads
from tests.people.workbooks import workbook
from tests.publishing.conftest import ANSWERS
from tests.web.plain import check_page, shown_by
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
HEAD = ["Network", "Address", "School", "Since", "Who runs it", "Pupils", "Kind"]
COLUMNS = {
    "network": "Network", "address": "Address", "school": "School", "since": "Since",
    "run_by": "Who runs it", "pupils": "Pupils", "kind": "Kind", "name_of_mapping": "Our accounts",
}  # fmt: skip


@world()
def juniors_at_work(at):
    """Wildground with its policy: Sam decides, Amina writes and runs the pages."""
    federation = enter_federation()
    with scope(federation.pk):
        sam, amina = someone("Sam Slater", "slt"), someone("Amina Khan", "staff")
        adopt(by=sam, at=at - DAY)
        school = School.objects.create(name="Juniors", slug="juniors")
    return SimpleNamespace(federation=federation, school=school, sam=sam, amina=amina)


@pytest.fixture
def juniors(in_world, home, sign_in):
    """That world, with a browser for each: the office's is Sam's, Amina's is the staff's."""
    there = in_world(juniors_at_work, NOW)
    there.office, there.staff = sign_in(there.sam), sign_in(there.amina)
    return there


def row(name, **more):
    said = {
        "Network": "Facebook", "Address": f"https://www.facebook.com/{name}", "School": "Juniors",
        "Since": "9/2016", "Who runs it": "Amina Khan", "Pupils": "no", "Kind": "school",
    } | more  # fmt: skip
    return [said[head] for head in HEAD]


def upload(browser, *rows, name="accounts.csv", content=None):
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    file = SimpleUploadedFile(name, content or out.getvalue().encode())
    return browser.post(reverse("accounts-import"), {"file": file})


def there(juniors, *names):
    """These pages, on the register as there before."""
    head = "Facebook,https://www.facebook.com/{0},Juniors,9/2016,Amina Khan,,{0},,,no,,school,"
    with scope(juniors.federation.pk):
        return taken_in(juniors.sam, NOW, *[head.format(name) for name in names])


def test_a_list_is_brought_explained_looked_at_and_taken_in(juniors):
    office = juniors.office
    check_page(office.get(reverse("accounts-import")).content.decode())
    sent = upload(office, row("one"), row("two", **{"Who runs it": "Gandalf"}))
    columns = office.get(sent.url)
    check_page(columns.content.decode())
    assert columns.context["form"]["run_by"].initial == "Who runs it"
    assert 'value="Our accounts"' in columns.content.decode()
    look = office.get(office.post(sent.url, COLUMNS).url)
    check_page(look.content.decode())
    assert "Add them under People first" in look.content.decode()
    assert b"Import this list" in look.content, "the other row can be taken in"

    address = upload(office, row("one"), row("two")).url
    assert not address.endswith("columns"), "the same headings are read like the ones before"
    report = office.get(f"{address}/report").content.decode("utf-8-sig")
    assert [line[3] for line in csv.reader(io.StringIO(report))] == ["Result", "New", "New"]
    seen = office.get(address).context["plan"].seen
    done = office.post(f"{address}/confirm", {"seen": seen}, follow=True)
    check_page(done.content.decode())
    assert "2 accounts" in done.content.decode()
    with scope(juniors.federation.pk):
        assert Account.objects.count() == 2
    public = office.get(f"/{juniors.federation.slug}/register").content.decode()
    check_page(public)
    assert public.count("Existed before Schoolgate, since September 2016.") == 2
    data = office.get(f"/{juniors.federation.slug}/register.json").json()
    assert {one["there_since"] for one in data["accounts"]} == {"2016-09"}
    assert "Now on our register:" in office.get(f"/{juniors.federation.slug}/register.atom").content.decode()


def test_a_workbook_is_taken_and_what_is_none_is_refused(juniors):
    book = workbook([HEAD, row("one")])
    assert upload(juniors.office, name="accounts.xlsx", content=book).url.endswith("/columns")
    assert upload(juniors.office, content=b"\x00\x01\x02").status_code == 422
    assert upload(juniors.office, content=b"Address,Since\n").status_code == 422


def test_who_may_bring_no_list_is_told_whose_it_is(juniors):
    for answer in (juniors.staff.get(reverse("accounts-import")), upload(juniors.staff, row("one"))):
        assert answer.status_code == 403
        assert (
            "The people who manage people or accounts here must import the accounts list."
            in answer.content.decode()
        )
    assert b"Import existing accounts" not in juniors.staff.get(reverse("accounts")).content
    assert b"Import existing accounts" in juniors.office.get(reverse("accounts")).content


def test_before_a_leave_the_page_says_what_has_to_be_known_first_and_by_whom(juniors):
    (one,) = there(juniors, "one")
    leave = reverse("account-go-on", args=[one.pk])
    first = "First we need to know whether pupils will read the account"
    assert first not in juniors.office.get(leave).content.decode()
    with scope(juniors.federation.pk):
        Account.objects.filter(pk=one.pk).update(pupils_in_audience=None)
        opener = someone("Priya Nair", "administrator-moderator")
    html = juniors.office.get(leave).content.decode()
    check_page(html)
    assert first in html
    assert opener.name in html


def test_leave_is_given_on_the_page_of_the_account_and_shown_wherever_it_counts(juniors):
    one, _two = there(juniors, "one", "two")
    page, leave = reverse("account", args=[one.pk]), reverse("account-go-on", args=[one.pk])
    card = juniors.staff.get(page).content.decode()
    check_page(card)
    assert "This account can’t post yet" in card
    assert leave not in card
    assert juniors.staff.post(leave).status_code == 403
    office = juniors.office
    assert leave in office.get(page).content.decode()
    check_page(office.get(leave).content.decode())
    until = local_day(NOW) + 30 * DAY
    typed = {"until": f"{until:%Y-%m-%d}", "reason": "Form sent."}
    assert office.post(leave, typed | {"reason": ""}).status_code == 422
    done = office.post(leave, typed, follow=True).content.decode()
    check_page(done)
    assert "Permission to continue until" in done
    assert "go_on" not in shown_by(done)
    for address in (reverse("accounts") + "?show=health", reverse("accounts") + "?show=leave"):
        shown = office.get(address).content.decode()
        check_page(shown)
        assert "Permission to continue until" in shown
    evidence = office.get(reverse("evidence"))
    assert (evidence.context["there"].by_permission, evidence.context["there"].waiting) == (1, 1)
    assert "Permission to continue" in evidence.content.decode()
    check_page(evidence.content.decode())
    with scope(juniors.federation.pk):
        given = GoingOn.objects.get()
    back = office.post(reverse("account-go-on-end", args=[one.pk, given.pk]), follow=True).content.decode()
    assert "This account can’t post yet" in back


def test_what_it_is_for_is_said_and_the_decision_asked_for(juniors):
    (one,) = there(juniors, "one")
    about = reverse("account-about", args=[one.pk])
    check_page(juniors.staff.get(about).content.decode())
    juniors.staff.post(about, {"purpose": "News", "audience": "Families", "pupils": "yes", "youngest": "14"})
    with scope(juniors.federation.pk):
        one.refresh_from_db()
        assert (one.purpose, one.pupils_in_audience, one.youngest_pupil) == ("News", True, 14)
    begun = juniors.staff.post(reverse("account-propose-there", args=[one.pk]))
    assert "/accounts/proposals/" in begun.url
    check_page(juniors.staff.get(begun.url).content.decode())
    assert "Its proposal" in juniors.office.get(reverse("account", args=[one.pk])).content.decode()


def test_the_list_of_those_there_asks_as_much_for_one_as_for_many(juniors, same_queries):
    there(juniors, "one")
    juniors.office.get(reverse("accounts") + "?show=there")  # the first page of a session writes it down
    same_queries(
        lambda: juniors.office.get(reverse("accounts") + "?show=there"),
        lambda: there(juniors, "two", "three", "four"),
    )


def test_a_post_waits_for_the_account_and_goes_on_with_its_leave(juniors):
    one, two = there(juniors, "one", "two")
    on = local_day(NOW)
    with scope(juniors.federation.pk):
        someone_leads()
        given = {"by": juniors.amina, "at": NOW, "school": juniors.school, "answers": ANSWERS}
        posts = [draft_post(targets=[TargetText(account, "Hello.")], **given) for account in (one, two)]
        for post in posts:
            with pytest.raises(BadInput) as told:
                submit_post(by=juniors.amina, at=NOW, post=post)
            assert "doesn’t meet the policy" in str(told.value.fields["accounts"])
        let_go_on(account=one, by=juniors.sam, at=NOW, until=on + DAY, reason="The form is on its way.")
        assert problems_of(posts[0], on=on) == {}
        assert set(problems_of(posts[1], on=on)) == {"accounts"}
        assert set(problems_of(posts[0], on=on + 2 * DAY)) == {"accounts"}
