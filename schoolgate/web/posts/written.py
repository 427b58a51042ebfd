"""What the page of writing shows: its form, the pictures and people, what the policy says about it, what it
still needs before it can be sent for approval, and how it will look on each network, with the card of its
link: text, links, hashtags, length. No network's own artwork.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.forms import ChoiceField
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from schoolgate.accounts.models import Account
from schoolgate.core.errors import Text
from schoolgate.core.models import School
from schoolgate.people.safeguarding import leads_at
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing import queries
from schoolgate.publishing.author_questions import AskedBy
from schoolgate.publishing.digest import order_of
from schoolgate.publishing.hits import NOTHING, PostHits
from schoolgate.publishing.models import Post
from schoolgate.publishing.of_pupils import pupils_in, words_on
from schoolgate.publishing.queries import Judged, kept_back
from schoolgate.publishing.questions import JOINED, QUESTIONS, questions_for
from schoolgate.publishing.rules import LEAD, PEOPLE
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.adviser.fitting import with_the_near_to
from schoolgate.rulebook.kinds import REFUSED
from schoolgate.screening import Kind
from schoolgate.screening.written_names import has_written_name
from schoolgate.web.frame.doors import Visit, opens
from schoolgate.web.frame.shown import ShownClause, ShownVerdict
from schoolgate.web.frame.strongest import strongest
from schoolgate.web.frame.wording import clause_shown, federation_of, need_in_words, quote_from
from schoolgate.web.posts.co_writing import Conflict, beside
from schoolgate.web.posts.filled_in import (
    ADDED,
    ADULTS_HERE,
    OF_ADULTS,
    RELATIONS,
    STAFF,
    pupils_said,
    usual,
)
from schoolgate.web.posts.forms import PostForm
from schoolgate.web.posts.library import ShownOwners, over_wanted, owners_shown, statement_beside
from schoolgate.web.posts.pictures import room_beside, rows_of
from schoolgate.web.posts.previews import card_shown, cards_of, previews
from schoolgate.web.posts.screening import open_hits, screening_shown
from schoolgate.web.posts.wording import (
    ShownThread,
    basis_of,
    marks_shown,
    shown_account,
    thread_of,
)


@dataclass(frozen=True)
class ShownAnswer:
    """One question to the author, with the clauses that ask it. `again`: its answer was about other words.
    `open`: not answered. `statement`: what is confirmed in its place together with others; `other`: it was
    answered otherwise. `own_words`: what was answered before the policy's answers were chosen from."""

    name: str
    field: BoundField
    kind: str
    clauses: Sequence[ShownClause]
    again: bool = False
    open: bool = False
    statement: str | Promise = ""
    other: bool = False
    own_words: str = ""


@dataclass(frozen=True)
class Line:
    """One sentence that the author confirms, and the questions that it answers."""

    statement: str | Promise
    answers: Sequence[ShownAnswer]

    @property
    def name(self) -> str:
        """Return what the line is called on the page."""
        return self.answers[0].name

    @property
    def open(self) -> bool:
        """Return whether it isn't confirmed."""
        return any(each.open for each in self.answers)

    @property
    def other(self) -> bool:
        """Return whether it was answered otherwise."""
        return any(each.other for each in self.answers)


def lines_of(together: Sequence[ShownAnswer]) -> list[Line]:
    """Return what is confirmed together: statements that are asked for as one, and not answered otherwise, in
    one sentence."""
    usual = {each.name: each for each in together if each.statement == QUESTIONS[each.name].statement}
    joined = {
        names[0]: Line(sentence, [usual[name] for name in names])
        for names, sentence in JOINED
        if all(name in usual and not usual[name].other for name in names)
    }
    within = {each.name for line in joined.values() for each in line.answers}
    return [
        joined.get(each.name) or Line(each.statement, [each])
        for each in together
        if each.name in joined or each.name not in within
    ]


def kind_of(name: str, field: BoundField) -> str:
    """Return how a question is drawn: one in the author's own words as a choice where there is one."""
    kind = QUESTIONS[name].kind
    return "choice" if kind == "text" and isinstance(field.field, ChoiceField) else kind


@dataclass(frozen=True)
class ShownVerdicts:
    """One answer of the policy, and the accounts that it applies to."""

    accounts: Sequence[str]
    verdict: ShownVerdict


REASONS = frozenset({"do_not_publish", "opt_out"})
"""Points that say why a pupil may not be shown. That none may is at the points that ask for consent."""


def verdicts_shown(
    judged: Sequence[Judged], *, at: datetime, kept_back: Sequence[Text] = ()
) -> list[ShownVerdicts]:
    """The answers for all accounts; where several get the same one it is shown once. Why a pupil of the
    school's list may not be shown is left out: only those who keep consents see that. `kept_back`: what else
    keeps the post from going out, so that no answer is a yes. Clauses without a rule come first that have
    words of the text."""
    found: list[tuple[ShownVerdict, list[str]]] = []
    for each in judged:
        decision = _without_reasons(each.decision, [row.place for row in pupils_in(each.target.post)])
        decision = with_the_near_to(book_in_scope(), decision, words_on(each.target))
        shown, name = strongest(decision, kept_back, at=at), each.target.account.name
        same = next((names for known, names in found if known == shown), None)
        if same is None:
            found.append((shown, [name]))
        else:
            same.append(name)
    return [ShownVerdicts(names, shown) for shown, names in found]


def _without_reasons(decision: Decision, pupils: Collection[int]) -> Decision:
    """Return a decision without the points that give the reason for a pupil's no; all of them, so that what
    is left out says nothing either."""
    if not pupils:
        return decision
    abouts = {f"people[{place}]" for place in pupils}
    kept = tuple(
        each
        for each in decision.findings
        if each.point not in REASONS or (each.about or "").partition(".")[0] not in abouts
    )
    left = {each.point for each in kept}
    points = {
        point: outcome for point, outcome in decision.points.items() if point not in REASONS or point in left
    }
    return replace(decision, findings=kept, points=points)


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
    to_confirm: int = 0,
    owners: Sequence[str] = (),
    threads: Mapping[int, ShownThread | None] | None = None,
    lead_at: str = "",
) -> list[Demand]:
    """Everything that is missing, in the order of the form's fields, each once. `to_confirm`: how many
    sentences the author hasn't confirmed. `threads`: by account, the
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
    still_owed = set(questions_for(what for what, _about in needs))
    found += [
        Demand(
            gettext("Your answer stops this post: {question}").format(question=QUESTIONS[each.name].label),
            f"#id_answer-{each.name}",
        )
        for each in asked
        if not each.open and each.name in still_owed
    ]
    if to_confirm:
        words = ngettext("Confirm {number} statement", "Confirm {number} statements", to_confirm)
        found.append(Demand(words.format(number=to_confirm), "#id_confirmed"))
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
        elif name == PEOPLE:
            href = f"#{name}"
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


@dataclass(frozen=True)
class Desk:
    """What the writing page needs to know before anything is typed."""

    school: School
    post: Post | None
    book: Book
    accounts: list[Account]
    columns: list[str]
    languages: list[str]

    @property
    def action(self) -> str:
        """The page's own address."""
        return (
            reverse("post-edit", args=[self.post.pk])
            if self.post
            else reverse("post-new", args=[self.school.pk])
        )

    @property
    def preview(self) -> str:
        """Return the address that checks the policy while a person writes."""
        if self.post:
            return reverse("post-edit-preview", args=[self.post.pk])
        return reverse("post-preview", args=[self.school.pk])


@dataclass(frozen=True)
class Written:
    """What is on the page: the form with its pictures, and what the policy says about it. `pressed`: the
    button, where it only changed the page. `lapsed`: questions whose answers were about other words."""

    visit: Visit
    desk: Desk
    form: PostForm
    asked: Mapping[str, tuple[AskedBy, ...]] = field(default_factory=dict)
    judged: Sequence[queries.Judged] = ()
    problems: Mapping[str, Text] = field(default_factory=dict)
    lapsed: Collection[str] = ()
    pressed: str = ""
    hits: PostHits = NOTHING
    conflict: Conflict | None = None


def _verdicts(written: Written) -> list[ShownVerdicts]:
    at = written.visit.at
    back = kept_back(
        written.judged,
        school=written.desk.school.pk,
        problems=written.problems,
        left=written.hits.to_approve,
        at=at,
    )
    return verdicts_shown(written.judged, at=at, kept_back=back)


def context_of(written: Written) -> dict[str, Any]:
    """Return what the template of the page is given."""
    visit, desk, form = written.visit, written.desk, written.form
    chosen = {str(pk) for pk in form["accounts"].value() or []}
    owners = _owners(written, chosen)
    questions = [_question(written, name, by, owners) for name, by in written.asked.items()]
    together = lines_of([each for each in questions if each.statement])
    cards = cards_of(desk.post, form.data)
    texts = [(account, form.sent_on(account)[0]) for account in desk.accounts]
    threads = {account.pk: thread_of(account, own, chosen=form.as_thread(account)) for account, own in texts}
    return {
        "visit": visit,
        "desk": desk,
        "school": desk.school,
        "post": desk.post,
        "marks": marks_shown(desk.post),
        "form": form,
        "pictures": rows_of(form, written.pressed),
        "room": room_beside(form.chosen),
        "accounts": [
            {
                "account": shown_account(account, own),
                "field": form[f"text-{account.pk}"],
                "chosen": str(account.pk) in chosen,
                "order": ",".join(order_of(account, desk.school)),
                "thread": threads[account.pk],
            }
            for account, own in texts
        ],
        "previews": previews(
            (each for each in texts if str(each[0].pk) in chosen and each[1]),
            None if form.chosen else cards,
            threads=threads,
            visit=visit,
        ),
        "cards": [] if form.chosen else [card_shown(each, visit) for each in cards],
        "people": _entries(written),
        "owners": owners,
        "questions": questions,
        "apart": [each for each in questions if not each.statement],
        "together": together,
        "confirmed": bool(together) and not any(each.open for each in together),
        "shown": ",".join(written.asked),
        "lapsed": written.lapsed,
        "choosing": form.choosing,
        "pupils": pupils_said(
            form.choosing,
            on=visit.on,
            targets=_words_out(form, [each for each in texts if str(each[0].pk) in chosen] or texts),
            accounts=desk.accounts,
            pictures=form.chosen,
            shown=form.pupils_seen,
            judged=written.judged,
            places=form.pupil_places(desk.post),
        ),
        **beside(visit, desk.post, form),
        "conflict": written.conflict,
        "verdicts": _verdicts(written),
        "problems": written.problems,
        "screening": screening_shown(
            written.hits,
            form.data,
            own_text=form.has_own_text,
            leads=leads_at(visit.person, desk.school.pk, on=visit.on),
        ),
        "found_open": len(written.hits.hints),
        "missing": demands(
            form,
            post=desk.post,
            judged=written.judged,
            problems=written.problems,
            asked=[Asked(each.name, each.open, bool(each.statement)) for each in questions],
            hits=written.hits,
            to_confirm=sum(each.open for each in together),
            owners=over_wanted(owners, written.judged),
            threads=threads,
            lead_at=reverse("set-up-step", args=["safeguarding"]) if opens(visit, "set-up") else "",
        ),
    }


def _entries(written: Written) -> list[dict[str, Any]]:
    last = written.form.rows - 1 if written.pressed in ADDED else None
    return [_entry(written.form, number, added=number == last) for number in range(written.form.rows)]


def _entry(form: PostForm, number: int, *, added: bool) -> dict[str, Any]:
    """Return what is shown of a person listed. What can't be asked of an adult isn't, nor what the button for
    staff has said. `go_to`: where an entry just added begins."""
    of = {column: form[f"person-{number}-{column}"] for column in form.columns}
    said = {column: str(field.value() or "") for column, field in of.items()}
    left = set(OF_ADULTS) if said.get("relation") in ADULTS_HERE else set()
    of_staff = {column: value for column, value in ADDED[STAFF].items() if column in of}
    known = set(of_staff) if of_staff.items() <= said.items() else set()
    fields = [field for column, field in of.items() if column not in left | known]
    open_ones = [field.html_name for field in fields if not field.value()]
    return {
        "number": number + 1,
        "what": dict(RELATIONS).get(said.get("relation", ""), "") if "relation" in known else "",
        "known": [of[column] for column in of if column in known],
        "fields": fields,
        "go_to": next(iter(open_ones), "") if added else "",
        "alike": form[f"person-{number}-number"],
        "gone": form[f"person-{number}-gone"],
    }


def _owners(written: Written, chosen: Collection[str]) -> ShownOwners:
    form, post = written.form, written.desk.post
    typed: Any = form.data  # empty, and then without lists, where nothing was sent
    return owners_shown(
        written.visit,
        written.desk.school,
        post,
        ticked=typed.getlist("owner") if form.is_bound else None,
        planned_at=form.planned_at if form.is_bound else post.planned_at if post else None,
        accounts=[each for each in written.desk.accounts if str(each.pk) in chosen],
    )


def _words_out(form: PostForm, texts: Sequence[tuple[Account, str]]) -> list[tuple[Account, str]]:
    """Return all words that go out on each account: its text, and what was typed about each picture."""
    described = [str(form[f"alt-{picture.pk}"].value() or "") for picture in form.chosen]
    return [(account, "\n".join((text, *described))) for account, text in texts]


def _question(written: Written, name: str, by: tuple[AskedBy, ...], owners: ShownOwners) -> ShownAnswer:
    asked, said, again = QUESTIONS[name], written.form.said(name), name in written.lapsed
    return ShownAnswer(
        name=name,
        field=written.form[f"answer-{name}"],
        kind=kind_of(name, written.form[f"answer-{name}"]),
        clauses=clauses_that_ask(written.desk.book, by),
        again=again,
        open=again or not said,
        statement=statement_beside(name, owners, "" if _is_open(name, written) else asked.statement),
        other=bool(asked.statement) and not again and bool(said) and said != usual(name),
        own_words=written.form.own_words(name),
    )


def _is_open(name: str, written: Written) -> bool:
    """Return whether a sentence isn't put before the author to confirm, because words of the post speak
    against it; where no list of pupils was looked through, also what only looks like a name."""
    kinds = {each.hit.kind for each in written.hits.hits}
    if name == "names_somebody":
        unread = (written.form.sent_on(account)[0] for account in written.desk.accounts)
        looks_so = not written.hits.number and any(map(has_written_name, unread))
        return looks_so or not kinds.isdisjoint((Kind.PUPIL, Kind.CLUE))
    return name == "tells_details" and Kind.CLUE in kinds


def clauses_that_ask(book: Book, by: tuple[AskedBy, ...]) -> list[ShownClause]:
    """Return the clauses that ask a question, each with its words."""
    federation, quote = federation_of(book.key), quote_from(book)
    return [
        clause_shown(each.clause, basis=basis_of(book, each.clause), federation=federation, quote=quote)
        for each in by
    ]
