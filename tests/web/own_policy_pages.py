"""What tests do on the pages on which a policy's owner writes: read them, begin a rule, add to it, press."""

import re

from django.urls import reverse

from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.policy.writing import writing
from tests.web.own_policy_cast import CLAUSE, NOW
from tests.web.plain import check_page

WORDS = {
    "section": "4. Posts", "says": "Volunteers do not post for the school.", "modality": "must_not",
    "actor": "staff", "numbers": "",
}  # fmt: skip
START = {"about": "message.send", "point": "parents_from_own", "verb": "forbid"}


def text_of(browser, name, *args, language="en", query=""):
    answer = browser.get(reverse(name, args=args) + query, headers={"accept-language": language})
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    html = answer.content.decode()
    check_page(html, language)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def hidden(browser, path, name):
    html = browser.get(path).content.decode()
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    return found[1] if found else ""


def writing_now():
    """What the owner of St Anne's policy is writing, as the next page would show it."""
    with scope(Federation.objects.get(slug="st-annes").pk):
        return writing(NOW.date())


def edition(clause=CLAUSE) -> int:
    """What the forms of a clause's rules carry."""
    return writing_now().about(clause).edition


def rules(there, clause=CLAUSE):
    with scope(there.federation.pk):
        return writing(NOW.date()).rules(clause)


def begin(browser, clause=CLAUSE, **more):
    """A rule from the first page to the last."""
    query = "&".join(f"{key}={value}" for key, value in {**START, **more}.items())
    path = reverse("own-rule-new", args=[clause]) + f"?{query}"
    return browser.post(path, {"edition": edition(clause)})


def add(browser, clause=CLAUSE, *, part="forbid", at="", how="all", fact="from_account", more=True, **said):
    path = reverse("own-condition", args=[clause, 1])
    path += f"?part={part}&at={at}&how={how}&fact={fact}" + ("&more=1" if more else "")
    return browser.post(path, {"edition": edition(clause), **said})


def press(browser, act, clause=CLAUSE, **more):
    path = reverse("own-rule", args=[clause, 1])
    return browser.post(path, {"edition": edition(clause), "act": act, **more})
