"""Where a comment waits and why, masked words, what is locked, lists of words: on the pages of the inbox."""

import re
from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse

from schoolgate.core.models import Country, Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import cancel, open_duty
from schoolgate.duties.models import Due
from schoolgate.inbox.models import Item, OwnPhrase
from schoolgate.incidents.models import Report
from schoolgate.triage import Lane, kinds
from schoolgate.web.frame.layout import LEADS, places_for
from schoolgate.web.inbox.wording import NAMES, reason_words
from tests.cast import someone
from tests.web.inboxes import NOW, came_in, fresh, seen, waits, wild
from tests.web.plain import shown_by

__all__ = ["came_in", "fresh", "wild"]

TELLS = "my dad hits me when he is drunk"
KNIFE = "ill bring a knife to school monday for him"
RUDE = "You are a stupid bitch"


@pytest.fixture
def dee(wild, sign_in):
    """The browser of the designated safeguarding lead, who runs no account."""
    with scope(wild.federation.pk):
        person = someone("Dee Lead")
        Safeguarder.objects.create(place="lead", person_id=person.pk, since=NOW)
    return sign_in(person)


def at(name: str, item: Item) -> str:
    return reverse(name, args=[item.pk])


@pytest.mark.browser
def test_every_row_of_what_a_lead_reads_first_is_on_the_screen(wild, came_in, dee, eyes):
    for number in range(4):
        came_in(TELLS, key=f"c{number}")
    with scope(wild.federation.pk):
        Item.objects.update(waits_quietly=True)
    shown = seen(dee.get(f"{reverse('inbox')}?as=locked"))
    assert shown.count("harm at home or by an adult") == 4
    assert eyes.wrong(shown) == []


def test_a_lead_opens_old_comments_of_danger_from_one_list_and_others_cannot_act_until_then(
    wild, came_in, dee
):
    item = came_in(TELLS)
    own = seen(wild.ben.get(at("item", item)))
    assert "Until they’ve read it, you can only hide it or report it" in own
    assert "Close without replying" not in own
    with scope(wild.federation.pk):
        Item.objects.update(waits_quietly=True)
        cancel(kind="item.danger", subject=item, because="kind_set", at=NOW)
    assert wild.ben.get(f"{reverse('inbox')}?as=locked").status_code == 403
    shown = seen(dee.get(f"{reverse('inbox')}?as=locked&account={item.account_id}"))
    assert "To read first" in shown
    assert "are less urgent" in shown
    assert "harm at home or by an adult" in shown
    assert at("item", item) in shown
    dee.get(at("item", item))
    assert "To read first" not in seen(dee.get(f"{reverse('inbox')}?as=locked"))
    own = seen(wild.ben.get(at("item", item)))
    assert "Until they’ve read it" not in own
    assert "Close without replying" in own


def test_what_is_in_danger_today_is_never_said_to_wait_for_the_morning(wild, came_in, dee):
    item = came_in(TELLS)
    with scope(wild.federation.pk):
        Item.objects.update(waits_quietly=True)
    locked = seen(dee.get(f"{reverse('inbox')}?as=locked"))
    assert "These can’t wait." in locked
    assert "are less urgent" not in locked
    assert locked.count(f"Comment or message {item.pk}") == 1


def test_who_is_told_of_danger_is_not_also_asked_to_reply(wild, came_in):
    """On duty it was there twice: *Read it now*, and *Read and reply* by tomorrow."""
    item = came_in(KNIFE)
    with scope(wild.federation.pk):
        owed = open_duty(
            kind="item.answer", subject=item, at=NOW, due=Due.at(NOW + timedelta(days=1)),
            person=wild.people.ben, school=wild.school,
        )  # fmt: skip

    def asked() -> list[str]:
        groups = wild.ben.get(reverse("today")).context["groups"]
        rows = [row.shown.duty for group in groups for row in group.duties]
        return [duty.kind for duty in rows if duty.subject == owed.subject]

    assert asked() == ["item.danger"]
    wild.ben.post(at("item-no-danger", item), {"words": "Only a game."})
    assert set(asked()) == {"item.answer"}, "no one is in danger: now it's one to reply to"


def test_of_several_dangers_a_lead_sees_when_each_came_and_what_it_may_be(wild, came_in, dee):
    """Five rows said *Read it now*, and no more: which was the knife? What a child tells comes first, even if
    it came in last."""
    knife = came_in("ill bring a knife to school monday for him", key="c2")
    told = came_in("my uncle rapes me and i cant tell anyone")
    today = dee.get(reverse("today"))
    rows = [row for group in today.context["groups"] if group.key == "danger" for row in group.duties]
    assert [row.shown.about.partition(" · ")[2] for row in rows] == [
        f"harm at home or by an adult · Comment {told.pk}",
        f"a weapon · Comment {knife.pk}",
    ]
    assert all(row.since for row in rows)
    assert f'href="{reverse("today")}#group-danger"' in today.content.decode()
    locked = seen(dee.get(f"{reverse('inbox')}?as=locked"))
    assert "harm at home or by an adult" in locked


def test_all_dangers_are_on_one_page_of_today_however_many(wild, came_in, dee):
    """The banner said *View all 33* and led to twenty, the oldest."""
    for number in range(22):
        came_in(KNIFE, key=f"k{number}")
    came_in("my uncle rapes me and i cant tell anyone", key="last")
    groups = dee.get(reverse("today")).context["groups"]
    rows = [row for group in groups if group.key == "danger" for row in group.duties]
    assert len(rows) == 23
    assert "harm at home" in rows[0].shown.about


def test_concerns_counts_what_the_lead_reads_first_and_does_not_say_that_nothing_is_here(wild, came_in, dee):
    assert "Nothing here" in seen(dee.get(reverse("wrong-reports")))
    for number in range(3):
        came_in(KNIFE, key=f"k{number}")
    shown = seen(dee.get(reverse("wrong-reports")))
    assert "Comments to read first: 3" in shown
    assert "Nothing here" not in shown
    places = [place.key for place in places_for(frozenset({LEADS}), current="reports")]
    assert places[:2] == ["today", "reports"], "four of them are the bar of a phone, after *Danger*"


def test_a_threat_to_others_leads_to_999_and_the_head_and_what_a_child_tells_does_not(wild, came_in, dee):
    knife = seen(dee.get(at("item", came_in(KNIFE))))
    assert "Someone may be about to hurt others</h1>" in knife
    order = [knife.index(words) for words in ("999", "bring a knife", "Report and lock", "Hand over")]
    assert order == sorted(order), "what it is and what to do, then its words, then the rest"
    assert "Why this deadline" not in knife
    assert "Childline" not in knife
    assert "As safeguarding lead you get it as a concern" in knife
    assert "reported to the safeguarding lead" not in knife
    assert "Tell the headteacher and everyone on site." in knife
    child = seen(dee.get(at("item", came_in("my uncle rapes me and i cant tell anyone", key="c2"))))
    assert "A child’s disclosure</h1>" in child
    assert "everyone on site" not in child


def test_a_family_in_hiding_is_called_what_it_is_and_a_colleagues_name_brings_who_to_ring(wild, came_in, dee):
    hiding = seen(
        dee.get(at("item", came_in("Please take it down, her father must not find out where we are")))
    )
    assert "A family may be hiding from someone</h1>" in hiding
    assert "A child’s disclosure" not in hiding
    assert "Don’t question them, the child or anyone who saw it." not in hiding
    where = (
        "Freya and her mum are in hiding at 4 Dock Road. The caretaker told me, her dad knows where they are"
    )
    shown = seen(dee.get(at("item", came_in(where, key="c3"))))
    assert "A family may be hiding from someone</h1>" in shown
    assert "Hide it if it says where the family is." in shown
    assert "LADO" not in shown
    assert "everyone on site" not in shown
    said = seen(dee.get(at("item", came_in("mr carter hits me and keeps me behind", key="c2"))))
    for words in ("designated officer (LADO)", "Don’t question them, the child or anyone who saw it."):
        assert words in said


def test_an_allegation_by_an_adult_is_called_that_and_becomes_the_concern_that_it_is(wild, came_in, dee):
    item = came_in("One of your staff pushed my son into a wall today. Disgusting")
    page = seen(dee.get(at("item", item)))
    assert "An allegation against an adult here</h1>" in page
    assert "say nothing to the adult it’s about" in page
    assert "It may be about someone who works or helps here" in page
    assert "designated officer (LADO)" in page
    assert "A child’s disclosure" not in page
    assert "Talk to them at school" not in page
    dee.post(at("item-tells-of-harm", item), {"mark": "a mark"})
    with scope(wild.federation.pk):
        report = Report.objects.get()
        assert (report.said, report.about_unknown) == (["child_treated"], True), "two seats get it"
    concern = seen(dee.get(reverse("wrong-report", args=[report.pk])))
    assert "designated officer (LADO)" in concern
    assert "may be an allegation against an adult here" in concern
    locked = seen(dee.get(at("item", item)))
    assert "Talk to them at school" not in locked
    assert "the local authority says who talks to the child" in locked


def test_in_wales_it_is_the_authoritys_own_officer(wild, came_in, dee):
    with scope(wild.federation.pk):
        School.objects.update(country=Country.WALES)
    page = seen(dee.get(at("item", came_in("One of your staff pushed my son into a wall today"))))
    assert "Designated Officer for Safeguarding (DOS)" in page
    assert "within 24 hours" in page
    assert "LADO" not in page


def test_where_it_is_not_said_who_did_it_no_colleague_is_presumed_and_the_lead_is_asked(wild, came_in, dee):
    item = came_in("He has hurt her. Please take the photo down")
    page = seen(dee.get(at("item", item)))
    assert "Someone may have harmed a child</h1>" in page
    assert "Is it about someone who works or helps here? If it may be:" in page
    assert "about to hurt others" not in page
    dee.post(at("item-tells-of-harm", item), {"mark": "one"})
    with scope(wild.federation.pk):
        assert not Report.objects.get().about_unknown
    other = came_in("He hurt my girl", key="c2")
    dee.post(at("item-tells-of-harm", other), {"mark": "two", "of_staff": "yes"})
    with scope(wild.federation.pk):
        assert Report.objects.latest("pk").about_unknown
    assert "the local authority says who talks to the child" in seen(dee.get(at("item", other)))


def test_a_no_to_a_picture_shows_the_way_to_the_pupils_page(wild, came_in):
    item = came_in("Please take down the photo of my son")
    own = seen(wild.ben.get(at("item", item)))
    assert "Take the picture down today" in own
    assert f'href="{reverse("pupils")}"' in own
    assert "it refuses consent to a picture" in own
    assert "Take the picture down today" not in seen(wild.ben.get(at("item", came_in("Lovely!", key="c2"))))


# --- Why it is where it is ---------------------------------------------------------------------------------


def test_the_list_and_the_comment_say_why_it_is_at_the_top(wild, came_in, monkeypatch):
    """The pages of the list go on past what leads it, and what goes by its deadline says nothing of its
    place."""
    late, item = came_in("The bus was late."), came_in(TELLS, key="c2")
    page = seen(wild.ben.get(reverse("inbox")))
    assert page.index(TELLS) < page.index("The bus was late.")
    assert "May be in danger" in page
    assert "harm at home or by an adult" in page

    own = seen(wild.ben.get(at("item", item)))
    assert "Near the top of the list because:" in own
    assert "hits me" in own
    assert "Schoolgate found this automatically. You decide." in own
    assert "because:" not in shown_by(seen(wild.ben.get(at("item", late))))

    monkeypatch.setattr("schoolgate.web.inbox.views.PAGE", 1)
    first = seen(wild.gwen.get(reverse("inbox")))
    assert "The bus was late." not in first
    following = re.search(r'href="(\?[^"]*after=[^"]+)"', first)
    assert following is not None
    second = seen(wild.gwen.get(reverse("inbox") + following[1].replace("&amp;", "&")))
    assert "The bus was late." in second
    for broken in ("x", "1_x_2", "0_2026-01-01", "_", "0__"):
        assert wild.gwen.get(reverse("inbox"), {"after": broken}).status_code == 404, broken


def test_every_reason_that_triage_gives_has_words():
    for lane, found in kinds().items():
        for kind in found:
            assert str(reason_words(lane, kind, 0))
    assert set(NAMES) == set(Lane)
    assert str(reason_words(Lane.PERSONAL_DATA, "uln", 0))
    assert str(reason_words(Lane.NAMES_PUPIL, "pupil", 0))


def test_complaints_have_their_own_heading(wild, came_in):
    came_in("I want to make a formal complaint about the bus")
    came_in("When does it start?", key="c2")
    page = seen(wild.ben.get(reverse("inbox"), {"show": "complaints"}))
    assert "formal complaint" in page
    assert "When does it start?" not in page


def test_a_person_says_that_no_one_is_in_danger(wild, came_in, fresh):
    item = came_in(TELLS)
    response = wild.ben.post(at("item-no-danger", item), {"words": "Only a game."}, follow=True)
    assert "you think no one is in danger" in shown_by(seen(response))
    assert fresh(item).goes_first == 6
    seen(wild.amina.post(at("item-no-danger", item), {"words": "Only a game."}), 404)


def test_a_moderator_who_says_so_is_told_that_the_leads_still_read_it_and_they_do(wild, came_in, dee, fresh):
    item = came_in(TELLS)
    page = shown_by(seen(wild.ben.post(at("item-no-danger", item), {"words": "Only a game."}, follow=True)))
    assert "Only your own task ends" in page
    assert "Until they’ve read it, you can only hide it or report it" in page
    assert fresh(item).waits_for_lead_since is not None
    seen(dee.get(at("item", item)))
    page = shown_by(seen(dee.post(at("item-no-danger", item), {"words": "Only a game."}, follow=True)))
    assert "Its usual deadline now applies" in page


def test_a_journalist_is_suggested_and_marked_in_one_tap(wild, came_in, fresh):
    item = came_in("I am a reporter from the BBC working on a story about the fire")
    page = seen(wild.ben.get(at("item", item)))
    assert "Is this from the press?" in page
    assert page.count(at("item-press", item)) == 1
    wild.ben.post(at("item-press", item))
    assert fresh(item).from_press is True
    assert "Is this from the press?" not in seen(wild.ben.get(at("item", item)))


# --- Masked words, and care --------------------------------------------------------------------------------


def test_abusive_words_are_masked_until_a_reader_wants_them_and_handed_over_in_one_tap(wild, came_in):
    item = came_in(RUDE)
    page = seen(wild.ben.get(reverse("inbox")))
    assert "b***" in page
    assert "bitch" not in page
    own = seen(wild.ben.get(at("item", item)))
    assert own.index("b***") < own.index("Show the words as written") < own.index("bitch")
    assert "Hand over" in shown_by(own)

    wild.ben.post(reverse("inbox-care"), {"words": "show"})
    assert "bitch" in seen(wild.ben.get(reverse("inbox")))
    assert "bitch" not in seen(wild.sam.get(reverse("inbox")))
    wild.ben.post(reverse("inbox-care"), {"words": "mask"})
    assert "bitch" not in seen(wild.ben.get(reverse("inbox")))

    response = wild.ben.post(at("item-hand-over", item), follow=True)
    assert "Handed over." in shown_by(seen(response))
    came_in("You are a bitch, really", key="c1")
    own = seen(wild.ben.get(at("item", item)))
    assert "Hand over" not in shown_by(own)
    assert re.sub(r"(?s)<details.*?</details>", "", own).count("bitch") == 0, "earlier versions too"
    seen(wild.ben.post(at("item-hand-over", item)), 409)


def test_after_five_hard_comments_in_a_day_the_page_suggests_a_pause(wild, came_in):
    items = [came_in(RUDE, key=f"c{n}") for n in range(5)]
    wild.ben.get(at("item", items[0]))
    for item in items[:4]:
        assert "distressing comments today" not in seen(wild.ben.get(at("item", item)))
    page = shown_by(seen(wild.ben.get(at("item", items[4]))))
    assert "You’ve opened 5 distressing comments today" in page
    assert "distressing comments today" not in seen(wild.sam.get(at("item", items[4])))


# --- What is locked ----------------------------------------------------------------------------------------


@pytest.fixture
def locked(wild, came_in, dee):
    item = came_in(TELLS)
    response = wild.ben.post(at("item-tells-of-harm", item), {"danger": "yes"}, follow=True)
    assert "Only they can find it now." in shown_by(seen(response))
    return item


def test_a_childs_disclosure_is_reported_in_one_tap_and_no_one_else_finds_it(wild, dee, locked):
    with scope(wild.federation.pk):
        report = Report.objects.get()
    assert (report.danger, report.restricted_at is not None) == ("yes", True)
    assert TELLS not in seen(wild.ben.post(reverse("inbox"), {"words": "drunk"}))
    for browser in (wild.ben, wild.sam, wild.mari, wild.gwen):
        assert TELLS not in seen(browser.get(reverse("inbox"), {"show": "all"}))
        seen(browser.get(at("item", locked)), 404)

    page = seen(dee.get(at("item", locked)))
    assert TELLS in page
    assert "Restricted to safeguarding leads" in page


def routes():
    """Every address below one item."""
    found = []

    def walk(resolver, before=""):
        for pattern in resolver.url_patterns:
            route = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                walk(pattern, route)
            elif route.startswith("inbox/<int:pk>") and "photo_pk" not in route:
                found.append(pattern.name)

    walk(get_resolver("schoolgate.config.urls"))
    return found


def test_every_address_of_a_locked_comment_says_that_there_is_none_until_a_lead_gives_it_back(
    wild, dee, locked
):
    names = routes()
    assert len(names) > 15
    for name in names:
        status = wild.ben.post(at(name, locked)).status_code
        assert (wild.ben.get(at(name, locked)).status_code if status == 405 else status) == 404, name

    assert at("item", locked) in seen(dee.get(reverse("inbox"), {"as": "locked"}))
    seen(wild.ben.get(reverse("inbox"), {"as": "locked"}), 403)

    for words in ("", "ok"):
        assert dee.post(at("item-unlock", locked), {"words": words}).status_code == 422
        assert wild.ben.get(at("item", locked)).status_code == 404
    response = dee.post(at("item-unlock", locked), {"words": "It was a joke."})
    assert response.status_code == 302
    assert "It was a joke." in seen(wild.ben.get(at("item", locked)))


def test_the_lead_may_open_what_may_be_danger_before_anyone_reports_it(wild, dee, came_in):
    item = came_in(TELLS)
    assert TELLS in seen(dee.get(at("item", item)))
    seen(dee.get(at("item", came_in("The bus was late.", key="c2"))), 404)


def test_what_may_accuse_an_adult_is_the_pages_once_the_lead_says_so_and_not_by_being_opened(
    wild, dee, came_in
):
    item = came_in("The man who posts here slapped my son")
    page = seen(dee.get(at("item", item)))
    assert "so the people who run this page can’t find it" in page
    assert all(button in page for button in ("Report and lock", "No one is in danger"))
    assert "Unlock it only if" not in page
    assert wild.ben.get(at("item", item)).status_code == 404
    assert dee.post(at("item-no-danger", item), {"words": "Only a game."}).status_code == 302
    assert "slapped my son" in seen(wild.ben.get(at("item", item)))
    assert "so the people who run this page" not in seen(dee.get(at("item", item)))


def test_without_a_lead_it_is_reported_once_and_the_page_says_that_it_is_not_locked(wild, came_in):
    item = came_in(TELLS)
    before = shown_by(seen(wild.ben.get(at("item", item))))
    assert "It can’t be locked: no safeguarding lead is named here" in before
    assert ("Report without locking" in before, "Report and lock" in before) == (True, False)
    report = at("item-tells-of-harm", item), {"mark": "0123456789abcdef"}
    response = wild.ben.post(*report, follow=True)
    assert "couldn’t be locked" in shown_by(seen(response))

    wild.ben.post(*report)
    with scope(wild.federation.pk):
        assert Report.objects.count() == 1


# --- Word lists ----------------------------------------------------------------------------------------


def test_a_phrase_is_added_and_removed(wild, came_in, fresh):
    given = {"lane": "complaint", "language": "en", "words": "the blue gate"}
    response = wild.mari.post(reverse("inbox-words"), given, follow=True)
    assert "the blue gate" in seen(response)
    assert fresh(came_in("Always the blue gate")).lane == "complaint"
    with scope(wild.federation.pk):
        row = OwnPhrase.objects.get()
    wild.mari.post(reverse("inbox-words-end", args=[row.pk]))
    assert "the blue gate" not in seen(wild.mari.get(reverse("inbox"), {"as": "words"}))


def test_ours_are_switched_off_with_a_reason_and_the_words_for_danger_are_the_leads_alone(wild, dee):
    page = shown_by(seen(wild.mari.get(reverse("inbox"), {"as": "words"})))
    assert "Only the safeguarding lead changes the lists for danger and threats." in page
    given = {"lane": "complaint", "language": "en", "words": "disgusting", "off": "on"}
    for because in ("", "ok"):
        refused = seen(wild.mari.post(reverse("inbox-words"), {**given, "because": because}), 422)
        assert "Write a short sentence that says why" in refused
    response = wild.mari.post(
        reverse("inbox-words"), {**given, "because": "Our play is called that"}, follow=True
    )
    assert "Switched off" in shown_by(seen(response))

    given = {"lane": "danger", "language": "en", "words": "the old quarry"}
    seen(wild.mari.post(reverse("inbox-words"), given), 422)
    assert "the old quarry" in seen(dee.post(reverse("inbox-words"), given, follow=True))
    seen(wild.amina.get(reverse("inbox"), {"as": "words"}), 403)


HIDES = "Please take her photo down, we moved here to get away and he must not know the school"


@pytest.mark.parametrize("words", [HIDES, TELLS])
def test_once_a_lead_has_read_it_the_safer_act_stands_first(wild, dee, words):
    """Ben found *Show comment* first, and as the page's main button, as soon as a lead had opened it."""
    item = waits(wild, words)
    dee.get(at("item", item))
    page = seen(wild.ben.get(at("item", item)))
    show, hide = page.index("Show comment"), page.index("Hide or delete")
    assert hide < show
    assert "govuk-button--secondary" in page[page.rindex("<button", 0, show) : show]
    if (send := page.find("Send reply")) >= 0:
        assert send < page.index("Send and show both")


def test_of_an_ordinary_comment_showing_it_stays_the_first_step(wild):
    page = seen(wild.ben.get(at("item", waits(wild, "What a lovely fair"))))
    assert page.index("Show comment") < page.index("Hide or delete")


@pytest.mark.parametrize(
    ("words", "led"),
    [
        ("My daughter left. I want everything about her gone: names, posts, your files.", True),
        ("Please take down the picture of my son", False),
    ],
)
def test_who_wants_everything_deleted_is_led_to_data_requests_and_who_means_a_picture_is_not(
    wild, words, led
):
    shown = seen(wild.sam.get(reverse("item", args=[waits(wild, words).pk])))
    assert ("They may want everything about them deleted" in shown) is led
    assert (f'href="{reverse("evidence")}?as=requests"' in shown) is led


def test_all_lists_of_danger_have_one_order_and_each_has_all_of_it(wild, came_in, dee):
    """*Read now* had five of sixteen, those that were locked, and the inbox began with the oldest."""
    other = came_in("everyone at school bullies me", key="other")
    harm = came_in("I will stab you", key="harm")
    soon = came_in(KNIFE, key="soon")
    tells = came_in(TELLS, key="tells")
    order = [tells.pk, soon.pk, harm.pk, other.pk]
    open_to_all = [soon.pk, harm.pk, other.pk]
    with scope(wild.federation.pk):
        Item.every.filter(pk__in=open_to_all).update(locked_at=None)

    groups = dee.get(reverse("today")).context["groups"]
    today = [row.shown.duty.subject for group in groups if group.key == "danger" for row in group.duties]
    assert today == [f"inbox.item:{pk}" for pk in order]
    assert [row["item"].pk for row in dee.get(f"{reverse('inbox')}?as=locked").context["now"]] == order
    assert [row["item"].pk for row in wild.ben.get(reverse("inbox")).context["rows"]] == open_to_all
