"""An approver's part of a post: what each network gets, what changed, what its author claims, comments
and marks on words, and the decision, alone or as one of several in a sitting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.media.models import Film, Picture, film_of
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.normal import find_links
from schoolgate.people.rules import can
from schoolgate.policy.queries import in_force
from schoolgate.publishing import approving, queries, reviewing, rules
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import (
    CAN_BE_CHANGED,
    LONGEST_COMMENT,
    LONGEST_PASSAGE,
    PassageComment,
    Post,
    PostPerson,
    PostState,
)
from schoolgate.publishing.of_pupils import Standings, film_in, pupils_in, standings_in, uses_of, words_on
from schoolgate.publishing.questions import Markable, markable
from schoolgate.publishing.reviewing import (
    GONE,
    LONGEST_NOTE,
    SAME,
    Changes,
    Run,
    changes_between,
    comments_on,
    content_of,
    is_in,
    last_look,
    place_of,
    sentences_of,
    texts_of,
)
from schoolgate.pupils.models import Pupil, Use
from schoolgate.rulebook import Book
from schoolgate.rulebook.messages import SENTENCES
from schoolgate.rulebook.situations.marks import MARK_KINDS
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.shown import ShownClause
from schoolgate.web.frame.twice import Undo, undo_by
from schoolgate.web.frame.wording import clause_shown, federation_of, point_label, quote_from
from schoolgate.web.posts.acts import sent
from schoolgate.web.posts.previews import Preview, previews
from schoolgate.web.posts.sitting import further, next_of, sitting_of, skipped, told, way_on
from schoolgate.web.posts.wording import (
    WHOM,
    approved_in_words,
    basis_of,
    kind_in_words,
    marks_shown,
    thread_of,
)


@dataclass(frozen=True)
class PupilClaimed:
    """A pupil chosen from the list. `uses`: how they appear, in words; `may`, `may_not`: the networks where
    consent is there for all of that, and the others."""

    pupil: Pupil
    uses: list[str]
    may: list[str]
    may_not: list[str]


@dataclass(frozen=True)
class PictureClaimed:
    """A picture, and whether it may be one that must not be shown."""

    picture: Picture
    withheld: bool


def claims_of(post: Post, visit: Visit) -> Mapping[str, Any]:
    """Return what an approver is shown of it."""
    withheld = {n for each in hits_of(post, on=visit.on).hits if each.is_withheld for n in each.pictures}
    return {
        "claimed": [PictureClaimed(each, n in withheld) for n, each in enumerate(post.pictures, start=1)],
        "film": film_in(post),
        "pupils": _pupils(post, on=visit.on),
        "left_out": post.left_out.all(),
        "writer": post.writer,
    }


def _pupils(post: Post, *, on: date) -> list[PupilClaimed]:
    may, film = standings_in(post, on=on), film_in(post)
    return [_claimed(post, row, row.pupil, film, may) for row in pupils_in(post) if row.pupil is not None]


def _claimed(post: Post, row: PostPerson, pupil: Pupil, film: Film | None, may: Standings) -> PupilClaimed:
    uses: dict[str, str] = {}
    networks: dict[str, bool] = {}
    for target in post.targets.all():
        network = target.account.network
        here = uses_of(row, words_on(target), film)
        uses |= {use: str(Use(use).label) for use in here}
        name = str(all_capabilities()[network].name)
        networks[name] = networks.get(name, True) and all(may[pupil.pk][network][use].may for use in here)
    return PupilClaimed(
        pupil,
        list(uses.values()),
        [name for name, yes in networks.items() if yes],
        [name for name, yes in networks.items() if not yes],
    )


NOT_SAID = ("", _("No one, or I’m not sure"))


@dataclass(frozen=True)
class Choice:
    """One thing that a text can be marked for."""

    kind: str
    label: str


@dataclass(frozen=True)
class Group:
    """The choices under one heading, with the sentences and the clauses of their rules."""

    heading: str
    choices: Sequence[Choice]
    rules: Sequence[str]
    clauses: Sequence[ShownClause]


class MarkForm(SchoolForm):
    """What is wrong, who it is about, and a note for the reader."""

    kind = forms.ChoiceField(
        label=_("What did you notice?"),
        error_messages={
            "required": _("Choose what you noticed."),
            "invalid_choice": _("Choose something the policy covers."),
        },
        choices=[(kind, kind) for kind in MARK_KINDS],
    )
    whom = forms.ChoiceField(label=_("Who is it about?"), choices=[NOT_SAID, *WHOM.items()], required=False)
    note = forms.CharField(
        label=_("Note for the reader"),
        help_text=_("Optional. Say which words you mean. Don’t name pupils."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_NOTE,
        required=False,
    )


def marks_of_page(visit: Visit, post: Post) -> dict[str, Any]:
    """Return what the section of comments on the text shows on a post's page, and what this person may do
    there."""
    shown = marks_shown(post)
    can_still = post.state in CAN_BE_CHANGED
    judges = bool(shown) and can_still and can(rules.check_may_judge, visit.person, post, on=visit.on)
    speaks = markable(in_force(visit.on).book, relation=post.author.relation) if can_still else {}
    seen = content_digest(post) if shown else ""
    return {
        "marks": shown,
        "content_seen": seen,
        "may_mark": bool(speaks),
        "judgeable": [
            each.mark.pk
            for each in shown
            if judges and can(rules.check_may_judge_again, visit.person, post, each.mark, seen=seen)
        ],
        "ask_whom": [
            each.mark.pk
            for each in shown
            if not each.mark.whom and each.mark.kind in speaks and speaks[each.mark.kind].asks_whom
        ],
        "whom_choices": WHOM.items(),
    }


def groups_for(visit: Visit, found: Post) -> list[Group]:
    """Return what the text may be marked for. Raises NotNow where it takes no comments."""
    rules.check_takes_marks(found)
    book = in_force(visit.on).book
    speaks = markable(book, relation=found.author.relation)
    if not speaks:
        raise NotNow(
            _("This policy has no rules about text, so there is nothing to comment on."),
            _("Tell the author or the approver."),
        )
    return _groups(book, list(speaks.values()))


@page(methods=("POST",))
def judge(request: HttpRequest, visit: Visit, pk: int, mark_pk: int) -> HttpResponseBase:
    """Say, having read the text as it was shown, whether it holds what it was marked for."""
    found = queries.mark_of(queries.post_for(visit.person, pk, on=visit.on), mark_pk)
    said = request.POST.get("found", "")
    if said not in ("yes", "no"):
        raise BadInput({"found": _("Choose whether it’s a problem or meets the policy.")})
    reviewing.judge_mark(
        by=visit.person,
        at=visit.at,
        mark=found,
        found=said == "yes",
        seen=request.POST.get("seen", ""),
        whom=request.POST.get("whom", ""),
    )
    if said == "yes":
        return done(request, _("Saved: it’s a problem. The policy check has been updated."), "post", pk=pk)
    return done(request, _("Saved: it meets the policy. The policy check has been updated."), "post", pk=pk)


def _groups(book: Book, speaks: Sequence[Markable]) -> list[Group]:
    """Return the choices under plain headings, in the order of the policy."""
    federation, quote = federation_of(book.key), quote_from(book)
    found: dict[str, list[Markable]] = {}
    for each in speaks:
        found.setdefault(each.point, []).append(each)
    return [
        Group(
            heading=point_label(point),
            choices=[Choice(each.kind, kind_in_words(each.kind)) for each in here],
            rules=[
                gettext(SENTENCES[rule]) for rule in dict.fromkeys(each.rule for each in here if each.rule)
            ],
            clauses=[
                clause_shown(clause, basis=basis_of(book, clause), federation=federation, quote=quote)
                for clause in dict.fromkeys(clause for each in here for clause in each.clauses)
            ],
        )
        for point, here in found.items()
    ]


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text that is drawn alike. `change`: added, gone or same. `comment`: the number of the
    comment on it, 0 for none; `ends`: the comment ends with it."""

    text: str
    link: bool = False
    change: str = SAME
    comment: int = 0
    ends: bool = False


@dataclass(frozen=True)
class ShownPicture:
    """A picture as the network gets it, with its description; `film`: that it is the cover of. `number`: its
    place."""

    pk: int
    number: int
    alt: str
    width: int
    height: int
    changed: str = ""
    described: Sequence[Run] = ()
    film: Film | None = None


@dataclass(frozen=True)
class ForNetwork:
    """Everything that one account gets. `language`: empty for a text in two. `too_many`: more pictures than
    the network takes. `alike`: the previews of all accounts that get just this."""

    preview: Preview
    language: str
    stretches: Sequence[Stretch]
    pictures: Sequence[ShownPicture]
    too_many: bool
    alike: Sequence[Preview] = ()


def for_networks(
    post: Post, *, changes: Changes | None, comments: Sequence[PassageComment], visit: Visit
) -> list[ForNetwork]:
    """Return what each account of the post gets, in their order, those together that get the same."""
    targets = list(post.targets.all())
    pictures = _pictures(post, changes)
    numbered = {number: each.passage for number, each in enumerate(comments, start=1) if each.done_at is None}
    threads = {t.account_id: thread_of(t.account, t.text, chosen=t.as_thread) for t in targets}
    cards = None if pictures else list(post.link_cards.all())
    shown = previews(((each.account, each.text) for each in targets), cards, threads=threads, visit=visit)
    return _together(
        ForNetwork(
            preview=preview,
            language="" if "," in target.language else target.language,
            stretches=stretches_of(target.text, _runs(target.account_id, changes), numbered),
            pictures=pictures,
            too_many=preview.most_pictures is not None and len(pictures) > preview.most_pictures,
        )
        for target, preview in zip(targets, shown, strict=True)
    )


def _together(each_gets: Iterable[ForNetwork]) -> list[ForNetwork]:
    """Return those as one that show the same: the same words, links and card, and no thread."""
    found: list[ForNetwork] = []
    for one in each_gets:
        same = next((n for n, other in enumerate(found) if _shows(other) == _shows(one)), None)
        if same is None or one.preview.thread:
            found.append(replace(one, alike=(one.preview,)))
        else:
            found[same] = replace(found[same], alike=(*found[same].alike, one.preview))
    return found


def _shows(one: ForNetwork) -> tuple[object, ...]:
    shown = one.preview
    return one.language, one.stretches, one.too_many, shown.thread, shown.card, shown.site, shown.card_said


def stretches_of(text: str, runs: Sequence[Run], comments: Mapping[int, str]) -> list[Stretch]:
    """Cut a text where a link, a change or a commented passage begins or ends, with what went in its place.
    Of comments on the same words the last is drawn."""
    links = _links(text)
    commented = {
        number: place
        for number, passage in comments.items()
        if (place := place_of(passage, text)) is not None
    }
    changed, gone = _changed(text, runs)
    cuts = {0, len(text), *gone}
    for begin, end in (*links, *commented.values(), *((begin, end) for begin, end, _kind in changed)):
        cuts |= {begin, end}
    found: list[Stretch] = []
    places = sorted(cuts)
    for begin, end in zip(places, [*places[1:], len(text)], strict=True):
        found += [Stretch(each, change=GONE) for each in gone.get(begin, ())]
        if begin == end:
            continue
        inside = [n for n, (first, last) in commented.items() if first <= begin and end <= last]
        number = inside[-1] if inside else 0
        found.append(
            Stretch(
                text[begin:end],
                link=any(first <= begin and end <= last for first, last in links),
                change=next(
                    (kind for first, last, kind in changed if first <= begin and end <= last), "same"
                ),
                comment=number,
                ends=bool(number) and commented[number][1] == end,
            )
        )
    return found


def _links(text: str) -> list[tuple[int, int]]:
    """Return where links, mentions and hashtags are, in characters."""
    raw = text.encode(errors="surrogatepass")

    def place(byte: int) -> int:
        return len(raw[:byte].decode(errors="surrogatepass"))

    return [(place(each.start), place(each.end)) for each in find_links(text)]


def _runs(account: int, changes: Changes | None) -> Sequence[Run]:
    return changes.texts.get(account, ()) if changes else ()


def _changed(text: str, runs: Sequence[Run]) -> tuple[list[tuple[int, int, str]], dict[int, list[str]]]:
    """Return where words were added, and what went before which place."""
    if not runs:
        return [], {}
    at, changed, gone = 0, list[tuple[int, int, str]](), dict[int, list[str]]()
    for run in runs:
        if run.kind == GONE:
            gone.setdefault(at, []).append(run.text)
            continue
        changed.append((at, at + len(run.text), run.kind))
        at += len(run.text)
    return (changed, gone) if at == len(text) else ([], {})


def _pictures(post: Post, changes: Changes | None) -> list[ShownPicture]:
    shown = [
        ShownPicture(each.pk, number, each.alt, each.width, each.height, film=film_of(each))
        for number, each in enumerate(post.pictures, start=1)
    ]
    if changes is None:
        return shown
    marked = []
    for each in shown:
        edited = each.number in changes.pictures_edited or (each.film and changes.film)
        change = "edited" if edited else ""
        change = "added" if each.number in changes.pictures_added else change
        marked.append(replace(each, changed=change, described=changes.described.get(each.number, ())))
    return marked


Page = Callable[..., HttpResponseBase]
MINUTE = timedelta(minutes=1)


class PassageForm(SchoolForm):
    """A comment on words of the text: a sentence of the list, or words typed or selected."""

    sentence = forms.CharField(label=_("Sentence"), required=False, widget=forms.Select)
    passage = forms.CharField(
        label=_("Or the exact words"),
        help_text=_("Select words in the text above to fill this in, or type them."),
        max_length=LONGEST_PASSAGE,
        required=False,
    )
    comment = forms.CharField(
        label=_("Comment"),
        help_text=_("The author will see this. Don’t name pupils."),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your comment, in up to 1,000 characters.")},
    )

    def __init__(self, *args: Any, sentences: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sentence"]
        field.choices = [("", "–"), *((each, each) for each in sentences)]


class AnswerForm(SchoolForm):
    """The author's answer to a comment; or only that it is done."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@dataclass(frozen=True)
class ShownComment:
    """A comment for the page. `gone`: its words are in no text any more. `form`: for the author's answer."""

    row: PassageComment
    number: int
    gone: bool
    form: AnswerForm | None


def of_page(
    request: HttpRequest, visit: Visit, found: Post, *, answering: AnswerForm | None = None
) -> dict[str, Any]:
    """Return what an approver's part of the page shows, and remember that an approver was shown this
    version."""
    judged = found.state in CAN_BE_CHANGED
    approver = judged and can(rules.check_may_approve, visit.person, found, on=visit.on)
    changes = _looked(visit, found) if approver and found.state == PostState.SUBMITTED else None
    comments = comments_on(found)
    sitting = sitting_of(request, found.pk)
    return {
        "networks": for_networks(found, changes=changes, comments=comments, visit=visit) if judged else [],
        "changes": changes,
        "comments": _shown(visit, found, comments, answering),
        "comments_open": sum(each.done_at is None for each in comments),
        "may_comment": approver and bool(texts_of(found)[0].strip()),
        "passage_form": PassageForm(sentences=sentences_of(texts_of(found))) if approver else None,
        "may_take_back_approval": _may_take_back(visit, found, approver=approver),
        "sitting": sitting,
        "skip": skipped(sitting, visit) if sitting else None,
    }


def _looked(visit: Visit, found: Post) -> Changes | None:
    """Return what changed since the person's last look, and remember this one."""
    before = last_look(found, visit.person.pk)
    reviewing.look_at(by=visit.person, at=visit.at, post=found)
    if before is None:
        return None
    return changes_between(before.shown, content_of(found), since=before.at, version=before.version)


def _may_take_back(visit: Visit, found: Post, *, approver: bool) -> bool:
    """Return whether this person may withdraw an approval of the post: its author and those who approve here
    once it is approved, in between those who gave one."""
    if found.state == PostState.APPROVED:
        own = found.author_id == visit.person.pk
        return approver or (own and can(rules.check_may_change, visit.person, found, on=visit.on))
    given = any(each.by_id == visit.person.pk and each.lapsed_at is None for each in found.approvals.all())
    return approver and given and found.state == PostState.SUBMITTED


def _shown(
    visit: Visit, found: Post, comments: Sequence[PassageComment], answering: AnswerForm | None
) -> list[ShownComment]:
    """Return the comments with, for those who may answer or tick them, a form each."""
    may = found.state in CAN_BE_CHANGED and can(rules.check_may_judge, visit.person, found, on=visit.on)
    shown = []
    for number, each in enumerate(comments, start=1):
        form = AnswerForm(prefix=f"c{each.pk}") if may and each.done_at is None else None
        if form is not None and answering is not None and answering.prefix == form.prefix:
            form = answering
        shown.append(ShownComment(each, number, not is_in(each.passage, found), form))
    return shown


def comment(request: HttpRequest, visit: Visit, found: Post, draw: Page) -> HttpResponseBase:
    """Comment on words of the text."""
    rules.check_may_approve(visit.person, found, on=visit.on)
    rules.check_takes_marks(found)
    form = PassageForm(sent(request), sentences=sentences_of(texts_of(found)))

    def add(typed: dict[str, Any]) -> PassageComment:
        words = typed["passage"].strip() or typed["sentence"]
        return reviewing.comment_on(
            by=visit.person, at=visit.at, post=found, passage=words, comment=typed["comment"]
        )

    if form.save(add):
        sitting = sitting_of(request, found.pk)
        back = (sitting.address(found.pk),) if sitting else ("post", found.pk)
        return done(request, _("Comment added. The author can see it beside these words."), *back)
    return draw(request, visit, found, act="comment", form=form)


def answer(request: HttpRequest, visit: Visit, found: Post, draw: Page) -> HttpResponseBase:
    """Answer a comment on the words, or tick it as done."""
    if request.method != "POST":
        raise NotFound
    pk = number_in(request.POST.get("comment", ""))
    form = AnswerForm(request.POST, prefix=f"c{pk}")
    ticked = request.POST.get("do") == "done"
    if form.save(
        lambda typed: reviewing.answer_comment(
            by=visit.person, at=visit.at, post=found, comment_id=pk, answer=typed["answer"], done=ticked
        )
    ):
        return done(request, _("Comment done.") if ticked else _("Answer saved."), "post", found.pk)
    return draw(request, visit, found, answering=form)


@page(methods=("POST",))
def approve(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Approve exactly what the page showed; in a sitting, go on to the next post."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    approved = approving.approve_post(
        by=visit.person, at=visit.at, post=found, seen=request.POST.get("seen", ""),
        discussed=request.POST.get("discussed") == "yes",
    )  # fmt: skip
    undo: Undo | None = undo_by("post-approval-take-back", pk)
    said: str | Promise
    if approved.state == PostState.EXPIRED:
        undo = None
        said = _("Not approved, because its scheduled time has passed. The author needs to set a new time.")
    elif approved.state == PostState.SUBMITTED:
        said = _("Approved. Another role must still agree before it is posted.")
    else:
        said = approved_in_words(approved, visit)
    return decided(request, visit, pk, said, undo=undo)


def decided(
    request: HttpRequest, visit: Visit, pk: int, said: Any, *, undo: Undo | None = None
) -> HttpResponseBase:
    """Go to the next post of the sitting after a decision on this one, or to the next that waits for the
    person; where none does, stay on it."""
    sitting = sitting_of(request, pk) or further(pk, visit)
    if sitting is None:
        return done(request, said, "post", pk=pk, undo=undo)
    return done(
        request, told(said, more=next_of(sitting, visit) is not None), way_on(sitting, visit), undo=undo
    )


urlpatterns = [
    path("posts/<int:pk>/marks/<int:mark_pk>/judge", judge, name="post-mark-judge"),
    path("posts/<int:pk>/approve", approve, name="post-approve"),
]
