"""The page on which a policy's owner says how it is read here."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.policy import readings
from schoolgate.policy.adopting import adopt, replace_text, start_version
from schoolgate.policy.asking import record_decision
from schoolgate.policy.books import text_of as text_of_version
from schoolgate.policy.choices import choose_working_day
from schoolgate.policy.models import PolicyVersion, Reading, ReadingDraft
from schoolgate.policy.readings import try_draft
from schoolgate.rulebook import book
from schoolgate.rulebook.readings import CHOSEN_BY_US
from schoolgate.rulebook.working_time import DaysThatCount
from schoolgate.web.policy.reading import WORDS
from tests.cast import someone
from tests.policy.test_taking_over import replaced
from tests.policy.timed import other_words, printed, with_a_time
from tests.stories import rolled_back
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
HOURS = "boroughbridge-listening-2@reply_due/clock.timed.response_hours"
TAKES_PART = "boroughbridge-roles-15@part_in_watching/rule.interval_days"
SAYS = "boroughbridge-listening-2"
COMMENT = {
    "now": NOW, "received_at": NOW, "kind": "comment", "account_is_official": True, "from_relation": "parent",
}  # fmt: skip


@world()
def one_decision(at: datetime) -> SimpleNamespace:
    """Boroughbridge's policy in force, looked after by Dilys; it decided about a comment."""
    federation = enter_federation("boroughbridge", "boroughbridge")
    with scope(federation.pk):
        dilys = someone("Dilys Moss", "staff-lead-director-of-business-services")
        cara = someone("Cara Colleague", "all-staff")
        adopt(by=dilys, at=at - timedelta(hours=2))
        record_decision("item.received", COMMENT, at=at - timedelta(hours=1), by=None, subject="inbox.item:1")
    return SimpleNamespace(federation=federation, dilys=dilys, cara=cara)


@world(one_decision)
def version_coming(found: SimpleNamespace, at: datetime) -> SimpleNamespace:
    """A version being prepared in which a response is due in two days."""
    text = other_words(with_a_time(printed(), 48), "Whoever writes gets a response in two days.")
    with scope(found.federation.pk):
        found.coming = start_version(by=found.dilys, at=at, text=text, material_changes="Two days.").pk
    return found


@pytest.fixture
def begun(in_world, request) -> SimpleNamespace:
    return in_world(version_coming if "coming" in request.fixturenames else one_decision, NOW)


@pytest.fixture
def there(begun):
    return begun.federation


@pytest.fixture
def owner(begun, sign_in):
    return sign_in(begun.dilys)


@pytest.fixture
def colleague(begun, sign_in):
    return sign_in(begun.cara)


@pytest.fixture
def coming(begun, there) -> PolicyVersion:
    with scope(there.pk):
        return PolicyVersion.objects.get(pk=begun.coming)


def text_of(browser, language="en"):
    answer = browser.get(reverse("reading"), headers={"accept-language": language})
    assert answer.status_code == 200
    html = answer.content.decode()
    check_page(html, language)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def press(browser, act, **more):
    return browser.post(reverse("reading"), {"act": act, "edition": edition(), **more})


def edition() -> int:
    """What the forms on the page carry."""
    with scope(Federation.objects.get(slug="boroughbridge").pk):
        draft = ReadingDraft.objects.first()
    return draft.edition if draft else 0


def test_what_is_left_open_stands_there_with_its_clause_before_anybody_chose(owner, colleague):
    """Everybody sees how it is read, and only the owner changes it."""
    text = text_of(owner)
    assert "Hours until a response is due" in text
    assert "Not set (" in text
    assert "Not signed This rule came with Schoolgate and applies in addition." in text
    assert "Start a new interpretation" in text
    assert "Start a new interpretation" not in text_of(colleague)
    assert press(colleague, "start").status_code == 403


def test_the_owner_chooses_a_time_sees_what_would_differ_and_signs(owner, there, begun):
    """Not before it was tried. What was chosen stands in the next version's form, with a sentence why."""
    press(owner, "start")
    chosen = {HOURS: "48", TAKES_PART: "7", "because": "Two days is what we can do."}
    assert press(owner, "save", **chosen).status_code == 302
    answer = press(owner, "sign")
    assert answer.status_code == 409
    assert "No one has checked yet what this changes." in answer.content.decode()
    press(owner, "try")
    html = owner.get(reverse("reading")).content.decode()
    assert f'name="edition" value="{edition()}"' in html
    text = text_of(owner)
    assert "Past decisions with a different result: 1 of 1." in text
    assert "Now: The federation: a worthwhile response, no deadline in the policy. New: " in text
    assert "was due" not in text
    assert "Carried over" not in text

    assert press(owner, "sign").status_code == 302

    text = text_of(owner)
    assert "In force: interpretation 2 Signed Signed by Dilys Moss." in text
    assert "Two days is what we can do." in text
    with scope(there.pk):
        assert list(Reading.objects.values_list("number", flat=True).order_by("number")) == [1, 2]
        replaced(begun.dilys, NOW, hours=24)

    text = text_of(owner)

    assert "Carried over from version 1" in text
    assert "These choices no longer fit and are not in the form: Hours until a response is due: 48" in text
    html = owner.get(reverse("reading")).content.decode()
    assert re.search(rf'name="{re.escape(TAKES_PART)}" value="7"', html)
    assert "Chosen under version 1, and still valid." in html
    assert "No changes yet. Choose something above and save it." not in text


def test_a_time_that_is_none_is_refused_beside_its_field(owner, there):
    """And a reading that was begun can be put aside."""
    press(owner, "start")
    for hours in ("0", "-1", "soon", "100001", "1.5"):
        assert press(owner, "save", **{HOURS: hours, "because": "Why."}).status_code == 422, hours
    with scope(there.pk):
        assert ReadingDraft.objects.get().changes == {}
    press(owner, "drop")
    with scope(there.pk):
        assert ReadingDraft.objects.count() == 0


def test_the_printed_words_and_what_a_role_may_do_are_changed_by_a_signed_reading(owner):
    key = book("boroughbridge").roles[0].key
    owner.post(reverse("reading-part", args=["words", SAYS]), {"words": "We aim to respond."})
    owner.post(reverse("reading-part", args=["roles", key]), {"capacities": ["advise"]})
    press(owner, "save", because="Exact wording. They only advise.")
    press(owner, "try")
    press(owner, "sign")

    assert _checked(owner, key) == ["advise"]
    sections = list(dict.fromkeys(one.section for one in book("boroughbridge").clauses.values()))
    number = sections.index(book("boroughbridge").clauses[SAYS].section) + 1
    html = owner.get(f"{reverse('policy')}?section={number}").content.decode()
    assert "We aim to respond." in html
    assert "In our wording" in html
    assert f"data-quoted>{book('boroughbridge').clauses[SAYS].says}</span></li>" not in html


def _checked(browser, key):
    html = browser.get(reverse("reading-part", args=["roles", key])).content.decode()
    boxes = re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", html)
    return [re.search(r'value="([^"]+)"', box)[1] for box in boxes if "checked" in box]


def test_everything_that_may_be_chosen_has_words():
    assert set(WORDS) == CHOSEN_BY_US


@pytest.fixture
def long_trial(owner, there, monkeypatch):
    """The trial of a reading, three decisions long, of which the first is asked."""
    with scope(there.pk):
        for number in (2, 3):
            record_decision(
                "item.received", COMMENT, at=NOW - timedelta(hours=1), by=None, subject=f"inbox.item:{number}"
            )
    monkeypatch.setattr(readings, "PIECE", 1)
    press(owner, "start")
    press(owner, "save", **{HOURS: "48", "because": "Two days is what we can do."})
    press(owner, "try")
    return owner


def part(browser):
    return browser.get(reverse("reading-trial"), headers={"hx-request": "true"})


def goes_on(there):
    with scope(there.pk):
        draft = ReadingDraft.objects.get()
        try_draft(by=None, at=NOW, draft=draft, edition=draft.edition)


def test_a_long_trial_shows_how_far_it_is_and_looks_again_by_itself(long_trial, there, colleague):
    """Until all is checked, or it is stopped. Without scripts the part leads back to the page."""
    html = long_trial.get(reverse("reading")).content.decode()
    assert '<progress class="sg-progress" id="trial-progress" max="3" value="1"></progress>' in html
    assert "Checked 1 of 3 past decisions." in html
    assert f'hx-get="{reverse("reading-trial")}" hx-trigger="every 3s"' in html
    assert "Sign this interpretation" not in html
    assert 'value="1"></progress>' in part(long_trial).content.decode()
    answer = long_trial.get(reverse("reading-trial"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("reading"))
    assert part(colleague).status_code == 403
    assert "past decisions." not in text_of(colleague)

    with rolled_back():
        assert press(long_trial, "stop").status_code == 302
        with scope(there.pk):
            assert ReadingDraft.objects.get().tried is None
        assert "Try it on past decisions" in text_of(long_trial)

    for _ in range(3):
        goes_on(there)
    html = part(long_trial).content.decode()
    assert "<html" not in html
    assert ("All checked" in html, "hx-get" in html) == (True, False)
    assert 'id="sign" hx-swap-oob="true"' in html
    assert "Sign this interpretation" in html


def test_a_working_day_that_was_chosen_beside_any_reading_is_shown_as_our_choice(in_force, sign_in):
    browser = sign_in(in_force.sam)
    assert "Monday to Friday except bank holidays, including school holidays" not in text_of(browser)

    with scope(in_force.federation.pk):
        choose_working_day(by=in_force.sam, at=NOW, counting=DaysThatCount.WEEKDAYS, from_day=NOW.date())
    assert "Monday to Friday except bank holidays, including school holidays" in text_of(browser)


def at_trial(browser, coming, act):
    data = {"act": act, "edition": edition()}
    return browser.post(reverse("version-trial", args=[coming.pk]), data, follow=True).content.decode()


def test_a_version_is_tried_on_past_decisions_before_it_is_adopted(owner, there, coming, begun):
    """Again, once its text is replaced; with the same rules it differs in no decision."""
    html = at_trial(owner, coming, "try")
    check_page(html)
    assert "All checked" in html
    assert "Past decisions with a different result: 1 of 1." in html
    with scope(there.pk):
        decision = ReadingDraft.objects.get(version=coming).tried["past"]["clauses"][SAYS]
    assert decision["times"] == 1
    assert f'href="{reverse("decision", args=decision["such_as"])}"' in html
    assert "Past decisions with a different result, by clause" in html

    with scope(there.pk):
        text = text_of_version(coming).replace("in two days", "in two days at most")
        replace_text(by=begun.dilys, at=NOW, version=coming, text=text, material_changes="Words.")
        assert ReadingDraft.objects.get(version=coming).tried is None
        coming.refresh_from_db()
        text = other_words(printed(), "Write back.")
        replace_text(by=begun.dilys, at=NOW, version=coming, text=text, material_changes="Words.")
    html = at_trial(owner, coming, "try")
    assert "Past decisions with a different result: 0 of 1." in html
    assert "by clause" not in html.partition('id="trial"')[2]


def test_a_long_trial_of_a_version_is_watched_and_stopped(owner, there, coming, monkeypatch):
    monkeypatch.setattr(readings, "PIECE", 1)
    html = at_trial(owner, coming, "try")
    address = reverse("version-trial", args=[coming.pk])
    assert f'hx-get="{address}" hx-trigger="every 3s"' in html
    seen = owner.get(address, headers={"hx-request": "true"}).content.decode()
    assert ("<html" in seen, 'value="1"></progress>' in seen) == (False, True)
    assert owner.get(address).status_code == 302
    assert "Try it on past decisions" in at_trial(owner, coming, "stop")


def test_only_the_owner_tries_a_version_and_only_before_it_is_in_force(owner, there, coming, colleague):
    with scope(there.pk):
        adopted = PolicyVersion.objects.get(number=1)
    address = reverse("version-trial", args=[coming.pk])
    assert colleague.post(address, {"act": "try"}).status_code == 403
    page = reverse("version", args=[coming.pk])
    assert "Try it on past decisions" in owner.get(page).content.decode()
    assert "Try it on past decisions" not in colleague.get(page).content.decode()
    assert owner.post(reverse("version-trial", args=[adopted.pk]), {"act": "try"}).status_code == 409
    assert owner.post(address, {"act": "sign"}).status_code == 404
