"""What the page of writing shows: its form, the pictures and people, and what the policy says about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from schoolgate.accounts.models import Account
from schoolgate.core.errors import Text
from schoolgate.core.models import School
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.safeguarding import leads_at
from schoolgate.publishing import queries
from schoolgate.publishing.author_questions import AskedBy
from schoolgate.publishing.digest import order_of
from schoolgate.publishing.hits import NOTHING, PostHits
from schoolgate.publishing.models import Post
from schoolgate.publishing.queries import kept_back
from schoolgate.publishing.questions import QUESTIONS
from schoolgate.rulebook import Book
from schoolgate.screening import Kind
from schoolgate.screening.written_names import has_written_name
from schoolgate.web.frame.doors import Visit, opens
from schoolgate.web.frame.shown import ShownClause
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from
from schoolgate.web.posts.co_writing import Conflict, beside
from schoolgate.web.posts.filled_in import usual
from schoolgate.web.posts.forms import PostForm
from schoolgate.web.posts.link_cards import card_shown, cards_of
from schoolgate.web.posts.marks_wording import marks_shown
from schoolgate.web.posts.missing import Asked, demands
from schoolgate.web.posts.owners import ShownOwners, over_wanted, owners_shown, statement_beside
from schoolgate.web.posts.pictures import (
    room_beside,
    rows_of,
)
from schoolgate.web.posts.previews import previews
from schoolgate.web.posts.pupils_chosen import (
    pupils_said,
)
from schoolgate.web.posts.screening import screening_shown
from schoolgate.web.posts.shown import ShownAnswer, ShownVerdicts, kind_of, verdicts_shown
from schoolgate.web.posts.threads import thread_of
from schoolgate.web.posts.wording import basis_of, shown_account


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
    together = [each for each in questions if each.statement]
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
                "unit": all_capabilities()[account.network].text_unit,
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
        "people": [_entry(form, number) for number in range(form.rows)],
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
            owners=over_wanted(owners, written.judged),
            threads=threads,
            lead_at=reverse("set-up-step", args=["safeguarding"]) if opens(visit, "set-up") else "",
        ),
    }


def _entry(form: PostForm, number: int) -> dict[str, Any]:
    return {
        "number": number + 1,
        "fields": [form[f"person-{number}-{column}"] for column in form.columns],
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
