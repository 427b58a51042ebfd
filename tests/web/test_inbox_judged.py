"""What is wrong with a comment, the report of it and the steps with its author, on its page."""

from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox.models import Judgement, WriterStep
from tests.web.inboxes import NOW, fresh, seen, waiting, wild
from tests.web.test_inbox_sight import ask

__all__ = ["fresh", "waiting", "wild"]

PARENT = {"said-relation": "parent"}
TODAY = NOW.date().isoformat()


def say(browser, item, because="improper", **more):
    given = {"do": "judge", "version": item.version, "judge-because": because, "judge-relation": "parent"}
    return browser.post(reverse("item-found", args=[item.pk]), {**given, **more}, follow=True)


def step(browser, item, what, *, on=TODAY, words=""):
    given = {"do": "step", "what": what, f"step-{what}-on": on, f"step-{what}-words": words}
    return browser.post(reverse("item-found", args=[item.pk]), given, follow=True)


def test_what_is_wrong_is_said_and_the_page_shows_what_the_policy_asks_for_now(wild, waiting, fresh):
    """The moderator can say that it goes unasked."""
    html = seen(say(wild.ben, waiting))
    assert "Judged by Ben Carter" in html
    assert "Asked to delete it" in html
    assert "Invited to talk" in html
    assert html.count("Not done yet") == 2

    assert "Enter a real date" in seen(step(wild.ben, waiting, "asked", on="soon"), 422)
    with scope(wild.federation.pk):
        assert not WriterStep.objects.exists()
    for given in ({"do": "shout"}, {"do": "step", "what": "shout"}):
        assert wild.ben.post(reverse("item-found", args=[waiting.pk]), given).status_code == 404, given

    seen(ask(wild.ben, waiting, "removed", **PARENT, **{"said-without_asking": "yes"}))
    assert fresh(waiting).kept_back == "removed"


def test_the_form_asks_its_moderator_what_this_policy_reads_besides_and_the_task_cites_its_clause(
    wild, waiting
):
    assert "Choose what is wrong with it" in seen(say(wild.ben, waiting, ""), 422)
    assert say(wild.gwen, waiting).status_code in (403, 404)
    with scope(wild.federation.pk):
        assert not Judgement.objects.exists()
    html = seen(wild.ben.get(reverse("item", args=[waiting.pk])))
    assert "Has the conversation become abusive?" in html
    assert "Is it from a friend of the site?" not in html
    html = seen(say(wild.ben, waiting, **{"judge-relation": "other", "judge-abusive": "yes"}))
    with scope(wild.federation.pk):
        assert [(row.abusive, row.friend) for row in Judgement.objects.all()] == [(True, None)]
        (task,) = Duty.objects.filter(kind="item.take_down").distinct("subject")
        assert "wildground-abuse-3" in task.clauses


def test_a_parent_is_asked_first_and_each_step_is_kept_with_its_day(wild, waiting, fresh):
    say(wild.ben, waiting)
    html = seen(ask(wild.ben, waiting, "removed", **PARENT), 422)
    assert "Delete it before asking its author to?" in html
    assert fresh(waiting).kept_back == ""
    assert "They said no." in seen(step(wild.ben, waiting, "asked", words="They said no."))
    seen(step(wild.ben, waiting, "invited", words="Tuesday at four"))
    assert "Which version" in seen(step(wild.ben, waiting, "referred"), 422)
    html = seen(ask(wild.ben, waiting, "removed", **PARENT))
    assert fresh(waiting).kept_back == "removed"
    assert "Not done yet" not in html


def test_who_wrote_it_is_asked_before_it_is_deleted(wild, waiting, fresh):
    assert "Who wrote it?" in seen(ask(wild.ben, waiting, "removed", **{"said-relation": ""}), 422)
    assert fresh(waiting).kept_back == ""
    seen(ask(wild.ben, waiting, "removed", **{"said-relation": "other"}))
    assert fresh(waiting).kept_back == "removed"
