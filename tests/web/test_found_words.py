"""Words that wait for an answer: one page for every form, which loses nothing that was typed."""

from __future__ import annotations

import pytest

from schoolgate.core.leaving import Held, WordsHeld
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Answer, GroupMessage, Item
from schoolgate.publishing.models import WordAnswer
from schoolgate.pupils.keeping_off import keep_off
from schoolgate.pupils.models import Pupil
from schoolgate.web.frame.found_words import words_page
from tests.web.inboxes import NOW, came_in, hidden, waiting, waits, wild
from tests.web.plain import check_page, shown_by

__all__ = ["came_in", "hidden", "waiting", "wild"]
NAMED = "Thank Osian Prydderch for us."


@pytest.fixture
def osian(wild) -> Pupil:
    with scope(wild.federation.pk):
        return Pupil.objects.create(
            school=wild.school, key="O1", first_name="Osian", last_name="Prydderch", form="4B", year="4"
        )


def typed(item, text=NAMED, **more):
    said = {"said-to_relation": "parent", "said-from_press": "no", "said-asks_for_comment": "no",
            "said-in_doubt": "no"}  # fmt: skip
    return {
        "text": text,
        "version": item.version,
        "language": "en",
        "do": "send",
        "after": "0",
        **said,
        **more,
    }


def test_a_reply_with_a_pupils_name_waits_for_a_reason_and_then_goes(wild, came_in, osian):
    item = came_in()
    to = f"/inbox/{item.pk}/answer"
    page = wild.ben.post(to, typed(item))
    assert page.status_code == 422
    html = page.content.decode()
    check_page(html)
    said = shown_by(html)
    for words in (": name of a pupil", "One pupil has this name.", "It’s not this pupil"):
        assert words in said
    assert f'action="{to}"' in html
    assert '<input type="hidden" name="said-to_relation" value="parent">' in html
    assert NAMED in html
    with scope(wild.federation.pk):
        assert not Answer.objects.exists()
    key = html.partition('name="hit-')[2].partition('"')[0]
    again = wild.ben.post(to, typed(item, **{f"hit-{key}": "not_pupil"}))
    assert again.status_code == 422
    assert "say why in a short sentence" in shown_by(again.content.decode())
    half = wild.ben.post(to, typed(item, **{f"hit-{key}-words": "The caretaker of that name."}))
    html = half.content.decode()
    told = ("Choose an answer." in html, 'value="The caretaker of that name."' in html)
    assert (half.status_code, told) == (422, (True, True))
    contrary = {f"hit-{key}": "not_pupil", f"hit-{key}-words": "Her mother asked us to write about it."}
    told = shown_by(wild.ben.post(to, typed(item, **contrary)).content.decode())
    assert "doesn’t show that someone else is meant. Say who is meant, or take the words out." in told
    answered = {f"hit-{key}": "not_pupil", f"hit-{key}-words": "The caretaker of that name."}
    assert wild.ben.post(to, typed(item, **answered)).status_code == 302
    with scope(wild.federation.pk):
        assert Answer.objects.get().text == NAMED
        assert WordAnswer.objects.get().words == "The caretaker of that name."


def test_the_words_can_be_changed_on_the_page_itself(wild, came_in, osian):
    item = came_in()
    to = f"/inbox/{item.pk}/answer"
    assert wild.ben.post(to, typed(item)).status_code == 422
    assert wild.ben.post(to, typed(item, "Thank him for us.")).status_code == 302


def test_a_comment_with_a_pupils_name_is_shown_only_with_a_reason_also_among_several(wild, waiting):
    with scope(wild.federation.pk):
        Pupil.objects.create(school=wild.school, key="T1", first_name="Taliesin", last_name="Parking")
        waiting.author_name = "Taliesin Parking"
        waiting.save(update_fields=["author_name"])
    page = wild.ben.post(f"/inbox/{waiting.pk}/sight", {"how": "released", "version": waiting.version})
    assert page.status_code == 422
    assert "Taliesin Parking" in shown_by(page.content.decode())
    several = {"items": [waiting.pk], f"version-{waiting.pk}": waiting.version, "do": "released"}
    told = shown_by(wild.ben.post("/inbox/several", several, follow=True).content.decode())
    assert "may name a child" in told


def test_only_a_safeguarding_lead_may_let_the_name_out_of_who_must_not_be_published(wild, came_in, osian):
    with scope(wild.federation.pk):
        lead = wild.people.gwen
        Safeguarder.objects.create(place="lead", person_id=lead.pk, since=NOW)
        keep_off(by=lead, at=NOW, pupil=osian)
    item = came_in()
    html = wild.ben.post(f"/inbox/{item.pk}/answer", typed(item)).content.decode()
    assert "Only a safeguarding lead can allow these words." in shown_by(html)
    assert 'type="radio"' not in html


def test_a_message_is_held_as_well_and_nothing_is_kept(wild, osian):
    given = {"account": wild.bluesky.pk, "to": "parent", "group": "Year 4", "people": "30",
             "purpose": "school_business", "text": NAMED}  # fmt: skip
    assert wild.ben.post("/inbox/messages", given).status_code == 422
    with scope(wild.federation.pk):
        assert not GroupMessage.objects.exists()


def test_a_private_message_asks_who_wrote_it(wild, came_in):
    item = came_in()
    with scope(wild.federation.pk):
        Item.objects.filter(pk=item.pk).update(private=True)
    to = f"/inbox/{item.pk}/answer"
    page = wild.ben.post(to, typed(item, "See you then.", **{"said-to_relation": ""}))
    assert page.status_code == 422
    assert 'name="said-to_relation"' in page.content.decode()
    refused = wild.ben.post(to, typed(item, "See you then.", **{"said-to_relation": "pupil"}))
    assert "no official account writes to one pupil alone" in shown_by(refused.content.decode())
    assert wild.ben.post(to, typed(item, "See you then.")).status_code == 302


def test_of_a_long_list_only_what_has_something_in_it_is_shown(rf):
    held = Held("k", "Osian Prydderch", "pupil", "stop", ("name-7",), ("not_pupil",), number=1)
    texts = {f"name-{number}": f"Account {number}" for number in range(40)}
    error = WordsHeld(texts | {"name-7": "Osian Prydderch’s news"}, [held])
    html = words_page(rf.post("/accounts/list", {"seen": "abc"}), error).content.decode()
    assert "Osian Prydderch’s news" in html
    assert "Account 8" not in html
    assert '<input type="hidden" name="seen" value="abc">' in html


def test_in_welsh_the_page_is_welsh(wild, came_in, osian):
    item = came_in()
    wild.ben.cookies["django_language"] = "cy"
    html = wild.ben.post(f"/inbox/{item.pk}/answer", typed(item)).content.decode()
    assert "Darllenwch y geiriau hyn eto" in html
    check_page(html, "cy")


ABUSE = "You are an idiot and a liar"


def test_a_comment_that_is_marked_as_abuse_is_shown_with_a_reason_alone_below_the_clauses_about_it(wild):
    item = waits(wild, ABUSE)
    page = shown_by(wild.ben.get(f"/inbox/{item.pk}").content.decode())
    assert "What the policy says about comments that aren’t shown" in page
    to, given = f"/inbox/{item.pk}/sight", {"how": "released", "version": item.version}
    held = wild.ben.post(to, given)
    html = held.content.decode()
    check_page(html)
    assert (held.status_code, "may insult or abuse someone" in shown_by(html)) == (422, True)
    key = html.partition('name="hit-')[2].partition('"')[0]
    for words, status in (("", 422), ("ok", 422), ("The governors asked that this one is answered.", 302)):
        said = {f"hit-{key}": "right", f"hit-{key}-words": words}
        assert wild.ben.post(to, {**given, **said}).status_code == status, words
    with scope(wild.federation.pk):
        assert WordAnswer.objects.get().kind == "abuse"
        assert Item.objects.get(pk=item.pk).released


def test_a_kind_comment_is_shown_at_once_and_the_clauses_are_folded(wild, waiting):
    html = wild.ben.get(f"/inbox/{waiting.pk}").content.decode()
    folded = html.partition("What the policy says about comments that aren’t shown")[0].rpartition("<details")
    assert " open" not in folded[2]
    given = {"how": "released", "version": waiting.version}
    assert wild.ben.post(f"/inbox/{waiting.pk}/sight", given).status_code == 302
