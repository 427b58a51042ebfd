"""The page on which a policy's owner says how it is read here."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.policy.actions import adopt
from schoolgate.policy.asking import keep
from schoolgate.policy.models import Reading, ReadingDraft
from schoolgate.rulebook import book
from schoolgate.rulebook.readings import CHOSEN_BY_US
from schoolgate.web.policy_reading import WORDS
from tests.cast import someone
from tests.web.plain import check_page

NOW = datetime.now(UTC)
HOURS = "boroughbridge-listening-2@reply_due/inbox.response_expected.response_hours"
SAYS = "boroughbridge-listening-2"


@pytest.fixture
def there(make_federation):
    federation = make_federation("boroughbridge", "boroughbridge")
    with scope(federation.pk):
        owner = someone("Dilys Moss", "staff-lead-director-of-business-services")
        adopt(by=owner, at=NOW - timedelta(hours=2))
        comment = {
            "now": NOW, "received_at": NOW, "kind": "comment", "account_is_official": True,
            "from_relation": "parent",
        }  # fmt: skip
        keep("item.received", comment, at=NOW - timedelta(hours=1), by=None, subject="inbox.item:1")
    return federation


@pytest.fixture
def owner(there, sign_in):
    with scope(there.pk):
        return sign_in(Person.objects.get(name="Dilys Moss"))


def text_of(browser, language="en"):
    answer = browser.get(reverse("reading"), headers={"accept-language": language})
    assert answer.status_code == 200
    html = answer.content.decode()
    check_page(html, language)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def press(browser, act, **more):
    data = {"act": act, "edition": _edition(browser), **more}
    return browser.post(reverse("reading"), data)


def _edition(browser):
    found = re.search(r'name="edition" value="(\d+)"', browser.get(reverse("reading")).content.decode())
    return found[1] if found else "0"


def test_what_is_left_open_stands_there_with_its_clause_before_anybody_chose(owner):
    text = text_of(owner)
    assert "Hours until a response is due" in text
    assert "left open" in text
    assert "Not signed yet by the owner of the policy." in text


def test_the_owner_chooses_a_time_sees_what_would_differ_and_signs(owner, there):
    press(owner, "start")
    assert press(owner, "save", **{HOURS: "48", "because": "Two days is what we can do."}).status_code == 302
    press(owner, "try")
    text = text_of(owner)
    assert "Past decisions that would differ: 1 of 1." in text
    assert "a response worth having, this policy promises no time. → " in text
    assert "was due" not in text

    assert press(owner, "sign").status_code == 302

    text = text_of(owner)
    assert "Signed by Dilys Moss. Two days is what we can do." in text
    with scope(there.pk):
        assert list(Reading.objects.values_list("number", flat=True).order_by("number")) == [1, 2]


def test_it_cannot_be_signed_before_it_was_tried(owner):
    press(owner, "start")
    press(owner, "save", **{HOURS: "48", "because": "Why."})
    answer = press(owner, "sign")
    assert answer.status_code == 409
    assert "Nobody has seen yet what this changes." in answer.content.decode()


@pytest.mark.parametrize("hours", ["0", "-1", "soon", "100001", "1.5"])
def test_a_time_that_is_none_is_refused_beside_its_field(owner, there, hours):
    press(owner, "start")
    assert press(owner, "save", **{HOURS: hours, "because": "Why."}).status_code == 422
    with scope(there.pk):
        assert ReadingDraft.objects.get().changes == {}


def test_a_reading_that_was_begun_can_be_put_aside(owner, there):
    press(owner, "start")
    press(owner, "drop")
    with scope(there.pk):
        assert ReadingDraft.objects.count() == 0


def test_everybody_sees_how_it_is_read_and_only_the_owner_changes_it(there, sign_in):
    with scope(there.pk):
        colleague = sign_in(someone("Cara Colleague", "staff"))
    assert "Begin the next reading" not in text_of(colleague)
    assert press(colleague, "start").status_code == 403


def test_the_printed_words_are_shown_as_the_policys_own_once_the_reading_is_signed(owner):
    owner.post(reverse("reading-words", args=[SAYS]), {"words": "We aim to respond."})
    press(owner, "save", because="The printed words.")
    press(owner, "try")
    press(owner, "sign")

    sections = list(dict.fromkeys(one.section for one in book("boroughbridge").clauses.values()))
    number = sections.index(book("boroughbridge").clauses[SAYS].section) + 1
    html = owner.get(f"{reverse('policy')}?section={number}").content.decode()
    assert "We aim to respond." in html
    assert book("boroughbridge").clauses[SAYS].says not in html.split("<section")[1]


def test_what_a_role_may_do_here_is_changed_by_a_signed_reading(owner, there):
    key = book("boroughbridge").roles[0].key
    owner.post(reverse("reading-role", args=[key]), {"capacities": ["advise"]})
    press(owner, "save", because="They only advise.")
    press(owner, "try")
    press(owner, "sign")
    assert _checked(owner, key) == ["advise"]


def _checked(browser, key):
    html = browser.get(reverse("reading-role", args=[key])).content.decode()
    boxes = re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", html)
    return [re.search(r'value="([^"]+)"', box)[1] for box in boxes if "checked" in box]


def test_everything_that_may_be_chosen_has_words():
    assert set(WORDS) == CHOSEN_BY_US
