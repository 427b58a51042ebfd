"""What a post still needs before it can be sent for approval: each demand with the field that answers it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from schoolgate.core.errors import Text
from schoolgate.publishing.hits import PostHits
from schoolgate.publishing.models import Post
from schoolgate.publishing.queries import Judged
from schoolgate.publishing.questions import QUESTIONS, questions_for
from schoolgate.publishing.rules import LEAD
from schoolgate.rulebook.kinds import REFUSED
from schoolgate.web.frame.wording import need_in_words
from schoolgate.web.posts.forms import PostForm
from schoolgate.web.posts.screening import open_hits
from schoolgate.web.posts.threads import ShownThread

ABOUT_PICTURE = frozenset({"alt_text", "shows_people", "shows_pupils"})
FROM_THE_SCHOOL = frozenset({"author", "office"})
"""Who can say something of a person listed: the author, or the office that the author asks."""

SCREENING = "screening"
"""What is wrong with words that were found, or with an answer about them."""


@dataclass(frozen=True)
class Demand:
    """One thing that is missing, and the field that answers it; without an address there is none yet."""

    text: str | Promise
    href: str = ""


@dataclass(frozen=True)
class Asked:
    """A question to the author and whether it is open. `together`: answered by confirming a statement."""

    name: str
    open: bool
    together: bool


def demands(
    form: PostForm,
    *,
    post: Post | None,
    judged: Sequence[Judged],
    problems: Mapping[str, Text],
    asked: Collection[Asked],
    hits: PostHits,
    owners: Sequence[str] = (),
    threads: Mapping[int, ShownThread | None] | None = None,
    lead_at: str = "",
) -> list[Demand]:
    """Everything that is missing, in the order of the form's fields, each once. `threads`: by account, the
    one that its text could be. `lead_at`: where this visitor names a safeguarding lead."""
    of_list = {f"people[{place}]" for place in form.pupil_places(post)}
    needs = [each for each in _needs(judged) if each[1].partition(".")[0] not in of_list]
    of_content = {name: said for name, said in problems.items() if name != LEAD}
    found = [*_of_content(form, post, of_content, threads or {}), *_of_people(form, needs, hits)]
    of_hits = [Demand(words, href) for words, href in open_hits(hits)]
    found += of_hits or [
        Demand(str(said), "#screening") for name, said in problems.items() if name == SCREENING
    ]
    found += [Demand(words, "#id_owners") for words in owners]
    found += [
        Demand(
            gettext("Answer: {question}").format(question=QUESTIONS[each.name].label),
            f"#id_answer-{each.name}",
        )
        for each in asked
        if each.open and not each.together
    ]
    together = sum(each.open for each in asked if each.together)
    if together:
        words = ngettext("Confirm {number} statement", "Confirm {number} statements", together)
        found.append(Demand(words.format(number=together), "#id_confirmed"))
    if any(each.decision.outcome in REFUSED for each in judged):
        found.append(Demand(gettext("The policy doesn’t allow this post. See why"), "#policy"))
    found += _left_over(judged)
    if LEAD in problems:
        found.append(Demand(str(problems[LEAD]), lead_at))
    return list(dict.fromkeys(found))


def _of_content(
    form: PostForm,
    post: Post | None,
    problems: Mapping[str, Text],
    threads: Mapping[int, ShownThread | None],
) -> list[Demand]:
    found = []
    if not (form["text"].value() or "").strip() and not any(name.startswith("text-") for name in problems):
        found.append(Demand(gettext("Write the text"), "#id_text"))
    for name, said in problems.items():
        if name == SCREENING:
            continue  # each hit is a demand of its own
        if name == "conditions":
            href = f"{reverse('post', args=[post.pk])}?act=conditions" if post else ""
        elif name.startswith("text-"):
            thread = threads.get(int(name.removeprefix("text-")))
            own = name if form[name].value() else "text"
            href = f"#id_{thread.name if thread is not None and not thread.chosen else own}"
        else:
            href = f"#id_{name}"
        found.append(Demand(str(said), href))
    several = len(form.chosen) > 1
    listed = form["pupils"].value() or (form.choosing is not None and form.choosing.pupils)
    for place, picture in enumerate(form.chosen, start=1):
        if form[f"who-{picture.pk}"].value() or (listed and not several):
            continue
        words = gettext("Say who can be seen in the picture")
        if several:
            words = gettext("Say who can be seen in picture {number}").format(number=place)
        found.append(Demand(words, f"#id_who-{picture.pk}"))
    return found


def _of_people(form: PostForm, needs: Sequence[tuple[str, str]], hits: PostHits) -> list[Demand]:
    """Return who must be listed, and what is not known about the people listed."""
    entries = [number for number, _row in form.entries()] if form.is_bound else None
    seen_in_one = {form[f"who-{picture.pk}"].value() for picture in form.chosen}
    found = []
    for need, about in needs:
        if need == "people":
            seen = bool(seen_in_one - {"", "none", None})
            if "pupils" in seen_in_one:
                found.append(Demand(gettext("Say how many pupils can be seen"), "#id_pupils"))
            elif seen or hits.names_pupil or form.said("names_somebody") == "yes":
                found.append(Demand(gettext("List the people shown or named"), "#people-part"))
        elif about.startswith("people[") and form.columns:
            place = int(about.removeprefix("people[").partition("]")[0])
            number = entries[place] if entries is not None and place < len(entries) else place
            words = gettext("Complete entry {number}").format(number=(number or 0) + 1)
            found.append(Demand(words, "#people-part" if number is None else f"#person-{number}"))
    return found


def _needs(judged: Sequence[Judged]) -> list[tuple[str, str]]:
    """Return what the school itself must answer, and about which part of the post."""
    return [
        (need.what, finding.about or "")
        for each in judged
        for finding in each.decision.findings
        if finding.stands
        for need in finding.needs
        if need.source == "author"
        or (need.source in FROM_THE_SCHOOL and (finding.about or "").startswith("people["))
    ]


def _left_over(judged: Sequence[Judged]) -> list[Demand]:
    """Return what the author owes and no field of the form answers. Each links to the policy's answer."""
    return [
        Demand(need_in_words(what, "author"), "#policy")
        for what, about in _needs(judged)
        if what not in ABOUT_PICTURE
        and what != "people"
        and not about.startswith("people[")
        and not questions_for([what])
    ]
