"""Showing, hiding and removing a comment on its page: done, refused, on its way, by hand, and afterwards."""

from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Item, Moderation
from schoolgate.inbox.moderating import moderate
from schoolgate.networks.noticeboard.client import Noticeboard
from schoolgate.networks.noticeboard.models import NoticeboardComment
from schoolgate.networks.port import NetworkError, Ref
from tests.web.inboxes import NOW, came_in, fresh, seen, waiting, waits, wild
from tests.web.plain import shown_by

__all__ = ["came_in", "fresh", "waiting", "wild"]


def ask(browser, item, how, *, because="improper", **more):
    given = {"how": how, "because": because, "version": item.version, "said-relation": "other", **more}
    return browser.post(reverse("item-sight", args=[item.pk]), given, follow=True)


def there(wild):
    with scope(wild.federation.pk):
        return NoticeboardComment.objects.get().state


def test_a_comment_is_shown_hidden_and_removed_and_the_page_says_so(wild, waiting, fresh):
    page = seen(wild.ben.get(reverse("item", args=[waiting.pk])))
    show, hide = page.index("Show comment"), page.index("Hide or delete")
    assert page.index("What do you want to do?") < show < hide
    assert 'id="evidence"' not in page, "it was never removed"
    assert "Everyone can read it now." in seen(ask(wild.ben, waiting, "released"))
    assert (there(wild), fresh(waiting).released) == ("released", True)
    assert "No one else can read it now. Your reason has been recorded." in seen(
        ask(wild.ben, waiting, "hidden")
    )
    assert (there(wild), fresh(waiting).kept_back) == ("hidden", "hidden")
    html = seen(ask(wild.ben, waiting, "removed"))
    assert (there(wild), fresh(waiting).kept_back) == ("removed", "removed")
    assert "After deleting the comment" in html
    assert reverse("item-sight-finish", args=[waiting.pk]) in html


def test_a_comment_that_looks_like_abuse_is_shown_by_a_button_below_the_other_steps(wild):
    page = seen(wild.ben.get(reverse("item", args=[waits(wild, "You stupid bitch").pk])))
    show, hide = page.index("Show comment"), page.index("Hide or delete")
    assert page.index("What do you want to do?") < hide < show


def test_what_was_just_asked_to_be_shown_says_so_and_offers_no_second_press(wild, waiting):
    with scope(wild.federation.pk):
        moderate(by=wild.people.ben, at=NOW, item=waiting, how="released", version=waiting.version)
    page = shown_by(seen(wild.ben.get(reverse("item", args=[waiting.pk]))))
    assert all(
        words in page for words in ("Shown soon", "This comment will be shown soon", "This takes a minute")
    )
    assert not any(
        words in page
        for words in ("Show comment", "until you show it", "still hidden", "Awaiting moderation")
    )


def test_what_is_hidden_as_spam_is_closed_in_the_same_press_and_one_undo_takes_both_back(
    wild, waiting, fresh
):
    html = seen(ask(wild.ben, waiting, "hidden", because="spam"))
    assert "Hidden and closed as spam." in html
    assert (fresh(waiting).kept_back, fresh(waiting).state) == ("hidden", "closed")
    assert "Show comment" in html
    ask(wild.ben, fresh(waiting), "released")
    assert (fresh(waiting).kept_back, fresh(waiting).state) == ("", "open")


def test_a_button_below_the_list_counts_before_the_list_of_reasons(wild, waiting, fresh):
    page = seen(wild.ben.get(reverse("inbox"), {"show": "hidden"}))
    assert all(f'name="do" value="{value}"' in page for value in ("released", "take"))
    given = {"items": [waiting.pk], f"version-{waiting.pk}": waiting.version, "do": ["released", ""]}
    wild.ben.post(reverse("inbox-several"), given)
    assert there(wild) == "released"


def test_several_are_shown_or_hidden_at_once_and_each_is_decided_by_itself(wild, waiting, came_in, fresh):
    other = came_in()
    chosen = {"items": [waiting.pk, other.pk], f"version-{waiting.pk}": waiting.version}
    assert [row["item"].pk for row in wild.ben.get(reverse("inbox"), {"show": "hidden"}).context["rows"]] == [
        waiting.pk
    ]
    html = seen(wild.ben.post(reverse("inbox-several"), {**chosen, "do": "released"}, follow=True))
    assert (there(wild), html.count("Not changed:"), "It isn’t a comment on one of our posts." in html) == (
        "released", 1, True,
    )  # fmt: skip
    wild.ben.post(reverse("inbox-several"), {"items": [waiting.pk], "do": "hidden:improper"})
    assert (there(wild), fresh(waiting).kept_back) == ("hidden", "hidden")


def test_several_that_its_author_edited_or_by_those_without_the_part_are_not_changed(wild, waiting):
    chosen = {"items": [waiting.pk], f"version-{waiting.pk}": "an older one", "do": "released"}
    assert "The author has edited this since you opened it." in seen(
        wild.ben.post(reverse("inbox-several"), chosen, follow=True)
    )
    chosen[f"version-{waiting.pk}"] = waiting.version
    assert "Not changed:" in seen(wild.gwen.post(reverse("inbox-several"), chosen, follow=True))
    wild.amina.post(reverse("inbox-several"), chosen)
    assert there(wild) == "waiting"


def test_those_without_the_part_or_without_a_reason_change_nothing(wild, waiting):
    assert ask(wild.gwen, waiting, "hidden").status_code == 403
    assert ask(wild.amina, waiting, "hidden").status_code == 404
    assert "Choose a reason for hiding or deleting it." in seen(
        ask(wild.ben, waiting, "hidden", because=""), 422
    )
    assert there(wild) == "waiting"


def test_after_a_removal_its_moderator_says_that_readers_were_told_and_the_clause_shows_it(wild, waiting):
    ask(wild.ben, waiting, "removed")
    finish = reverse("item-sight-finish", args=[waiting.pk])
    assert wild.gwen.post(finish).status_code == 403
    assert "asks for nothing more" in seen(wild.ben.post(finish, follow=True))
    assert "After deleting the comment" not in seen(wild.ben.get(reverse("item", args=[waiting.pk])))
    assert wild.ben.post(finish).status_code == 409

    html = seen(wild.sam.get(reverse("clause-evidence", args=["wildground-abuse-4"])))
    assert "A comment was hidden or deleted, with a reason." in html
    assert "A moderator asked for a comment to be shown, hidden or deleted." in html


def test_what_the_network_does_not_do_is_said_and_tried_again(wild, waiting, monkeypatch):
    def fail(self, item):
        raise NetworkError("unreachable", what_next="try_again")

    monkeypatch.setattr(Noticeboard, "hide", fail)
    html = seen(ask(wild.ben, waiting, "hidden"))
    assert "This comment is not hidden yet" in html
    assert "The network could not be reached." in html
    assert "Schoolgate will try again automatically." in html
    assert there(wild) == "waiting"
    monkeypatch.undo()
    assert "No one else can read it now. Your reason has been recorded." in seen(
        ask(wild.ben, waiting, "hidden")
    )


def test_a_mistake_of_the_program_leaves_the_intent_for_the_sweep(wild, waiting, monkeypatch):
    monkeypatch.setattr(Noticeboard, "hide", lambda self, item: 1 / 0)
    assert "This comment is not hidden yet" in seen(ask(wild.ben, waiting, "hidden"))
    with scope(wild.federation.pk):
        assert Moderation.objects.get().state == "sent"


def test_by_hand_the_policy_is_asked_first_and_the_person_says_when_it_is_done(wild, came_in, fresh):
    item = came_in("Rude", account=wild.facebook)
    with scope(wild.federation.pk):
        Item.objects.filter(pk=item.pk).update(root=Ref("facebook", "root").to_json())
    html = seen(ask(wild.ben, item, "removed"))
    assert "Do it on the network now, then confirm here." in html
    assert "I’ve deleted it on the network" in html
    assert fresh(item).kept_back == ""

    done = reverse("item-sight-by-hand", args=[item.pk])
    assert wild.gwen.post(done).status_code == 403
    wild.ben.post(done)
    assert fresh(item).kept_back == "removed"
    assert "This has already been done." in seen(wild.ben.post(done, follow=True))


def test_a_question_after_a_family_is_shown_only_with_a_written_reason(wild):
    item = waits(wild, "Does the Lund family still live on Mill Lane?")
    html = seen(ask(wild.ben, item, "released"), 422)
    assert "may tell what shouldn’t be public about a child" in html
    assert there(wild) == "waiting"
    key = html.split('name="hit-')[1].split('"')[0]
    assert ask(wild.ben, item, "released", **{f"hit-{key}": "right"}).status_code == 422
    said = {f"hit-{key}": "right", f"hit-{key}-words": "They are the shop on the corner."}
    assert "Everyone can read it now." in seen(ask(wild.ben, item, "released", **said))
    assert there(wild) == "released"
