"""Check who may write, approve, send back, take down and stop, and whether a post can go out: the
conditions of its accounts, its film, and the first post of a federation."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Exists, QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState, Condition, ConditionWord
from schoolgate.accounts.opening_facts import waits, waits_in_words
from schoolgate.accounts.proposals import use_facts
from schoolgate.core import stops
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.models import School, Stop
from schoolgate.core.reading_once import read_once
from schoolgate.core.rows import ask
from schoolgate.core.stops import is_stopped
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import current_scope
from schoolgate.media.models import Film
from schoolgate.media.pictures import check_may_vouch
from schoolgate.networks import checks
from schoolgate.networks.capabilities import Capabilities, Way, all_capabilities
from schoolgate.networks.intents import IntentRow
from schoolgate.networks.normal import byte_length
from schoolgate.networks.port import Limits, NetworkError
from schoolgate.networks.told import limits_with
from schoolgate.people.models import Person
from schoolgate.people.rules import check_capacity
from schoolgate.people.safeguarding import entered_here, holders_who_lead, leads_at
from schoolgate.policy.asking import record_decisions
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import book_in_scope, in_force
from schoolgate.publishing.digest import content_digest, welsh_is_read
from schoolgate.publishing.hits import PostHit, PostHits, hits_of, why_stopped, why_words_wait
from schoolgate.publishing.models import CAN_BE_CHANGED, Post, PostMark, PostState, PostTarget
from schoolgate.publishing.of_pupils import (
    described_with_children,
    film_in,
    hears_no_one_listed,
    noes_in,
    seen_against_the_pictures,
)
from schoolgate.publishing.permissions import FROM_THE_LIST, has_paper_pupils
from schoolgate.publishing.post_parts import offered, parts_of, writes_too, wrote
from schoolgate.publishing.questions import GAIN, declared
from schoolgate.rulebook.facts import Facts

WENT_OUT = (PostState.PUBLISHED, PostState.TAKING_DOWN, PostState.TAKEN_DOWN)
LEAD = "safeguarding-lead"
"""The field of what is wrong while no one leads."""
NO_LEAD = _(
    "No one leads on safeguarding here yet. Before the first post, someone who looks after people and roles "
    "names a safeguarding lead under Set up."
)


def posts_that_went_out() -> QuerySet[Post]:
    """Return the posts of this federation that have gone out, even if they were taken down since."""
    return Post.objects.filter(state__in=WENT_OUT)


def waits_for_lead(*, on: date) -> bool:
    """Return whether this federation's first post waits until a safeguarding lead is named. One query."""

    def asked() -> bool:
        known = {
            "entered": Exists(entered_here(on)), "holds": Exists(holders_who_lead(book_in_scope(), on)),
            "out": Exists(posts_that_went_out()),
        }  # fmt: skip
        return not any(ask(**known).values())

    return read_once(("publishing.waits_for_lead", on), asked)


def check_lead_named(*, on: date) -> None:
    """Raise NotNow while the first post waits for a safeguarding lead."""
    if waits_for_lead(on=on):
        raise NotNow(
            _("No one leads on safeguarding here yet, so the first post can’t go out."),
            _("Someone who looks after people and roles names a safeguarding lead under Set up."),
        )


SAY_WHO_IS_HEARD: Final = _("Say whether a pupil can be heard in this film.")
SAY_WHAT_IS_SAID: Final = _("This film has sound. Add captions, or say that no one speaks in it.")
_WHY: Final = {
    "film_bytes": _("{network} takes films of up to {most} MB. Choose a smaller one, or leave it out."),
    "film_seconds": _("{network} takes films of up to {most} seconds. Cut it, or leave this account out."),
}


def check_film(film: Film, capabilities: Capabilities) -> None:
    """Raise BadInput where this network, or a person on it, can't publish the film: on `film`, or on
    `captions-<picture id>` where captions are missing or too long.

    House rule, as for descriptions of pictures: sound goes with captions, unless no one speaks; and the
    author says whether a pupil is heard (`hears-<picture id>`).
    """
    wrong: dict[str, Text] = {}
    if not capabilities.films:
        said = _("{network} doesn’t allow films. Remove the film, or leave this account out.")
        wrong["film"] = format_lazy(said, network=capabilities.name)
    most = capabilities.number("film_bytes")
    if most is not None and film.size > most:
        said = _WHY["film_bytes"]
        wrong["film"] = format_lazy(said, network=capabilities.name, most=most // 1_000_000)
    most = capabilities.number("film_seconds")
    if most is not None and film.milliseconds > most * 1000:
        wrong["film"] = format_lazy(_WHY["film_seconds"], network=capabilities.name, most=most)
    if film.may_be_heard and film.hears_pupils is None:
        wrong[f"hears-{film.cover_id}"] = SAY_WHO_IS_HEARD
    most = capabilities.number("caption_bytes")
    if film.needs_captions:
        wrong[f"captions-{film.cover_id}"] = SAY_WHAT_IS_SAID
    elif most is not None and byte_length(film.captions) > most:
        wrong[f"captions-{film.cover_id}"] = format_lazy(
            _("These captions are too long for {network}. Shorten them."), network=capabilities.name
        )
    if wrong:
        raise BadInput(wrong)


def conditions_of_post(post: Post, *, on: date) -> list[Condition]:
    """Return the conditions on the approvals of its accounts, if the policy in force has conditions. One
    query at most."""
    proposals = {target.account.proposal_id for target in post.targets.all()} - {None}
    if not proposals or not in_force(on).book.bound("account.use"):
        return []
    rows = Condition.objects.filter(proposal__in=proposals, ended_at=None)
    return list(rows.select_related("proposal", "by").order_by("pk"))


def said_of(post: Post, conditions: Sequence[Condition]) -> dict[int, ConditionWord]:
    """Return condition -> the newest answer about the current text. One query, none without conditions."""
    if not conditions:
        return {}
    rows = ConditionWord.objects.filter(
        about=subject_of(post), seen=content_digest(post), condition__in=list(conditions)
    )
    return {row.condition_id: row for row in rows.select_related("by").order_by("pk")}


def still_to_say(post: Post, *, on: date) -> list[Condition]:
    """Return the conditions that are unanswered for the current text."""
    conditions = conditions_of_post(post, on=on)
    said = said_of(post, conditions)
    return [row for row in conditions if row.pk not in said]


def keep_use(post: Post, *, at: datetime) -> list[DecisionRecord]:
    """Ask account.use of each account whose approval carries conditions, and save the answers."""
    on = local_day(at)
    conditions = conditions_of_post(post, on=on)
    if not conditions:
        return []
    said, book = said_of(post, conditions), in_force(on).book
    asked: list[tuple[Facts, Post]] = []
    for target in post.targets.all():
        own = [row for row in conditions if row.proposal_id == target.account.proposal_id]
        if own:
            facts = use_facts(target.account, own, said, by=post.author, book=book, at=at, act="post")
            asked.append((facts, post))
    return record_decisions("account.use", asked, at=at, by=post.author)


LATEST = timedelta(minutes=30)
"""House rule: a post that could not start within half an hour of its time (a stop, a machine that was off)
does not go out unasked; it waits for a new time. So lifting a stop sends nothing in a burst."""

LONGEST_TEXT = 20_000
"""Characters that the program accepts; each network has its own limit as well."""
MOST_ALIKE = 999
"""Most people that one entry covers: the whole school on the field."""
PUPILS = "pupils-chosen"
PEOPLE = "people-part"
"""The field of what is wrong with the pupils chosen from the school's list."""
CONTROLS = _("The text contains hidden characters that networks can’t show. Type it again.")


def check_may_write(person: Person, school: School, *, on: date) -> None:
    """Raise NotAllowed unless `person` writes posts for this school."""
    check_capacity(person, "write_post", on=on, school=school)


def check_may_check_list(person: Person, post: Post, *, on: date) -> None:
    """Raise NotAllowed unless `person` checks the consent list for pictures here and wrote none of the
    post."""
    check_may_vouch(person, post.school, on=on)
    if wrote(person, post):
        raise NotAllowed(
            _("Someone other than the author must check the consent list."), _("Ask a colleague.")
        )


def check_may_set_slots(person: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless `person` writes posts for this account's school; for a federation's account,
    in any of its schools."""
    check_capacity(person, "write_post", on=on, school=account.school, anywhere=account.school_id is None)


def check_may_change(person: Person, post: Post, *, on: date) -> None:
    """Raise NotAllowed unless `person` is the author, or a colleague added as a writer, and still
    writes for this school."""
    if post.author_id != person.pk and not writes_too(person, post):
        raise NotAllowed(
            _("Only the author can change a post."), _("Request changes instead, and give your reason.")
        )
    check_may_write(person, post.school, on=on)


def check_may_approve(person: Person, post: Post, *, on: date) -> None:
    """Raise NotAllowed for the author and everyone who wrote part of it, in every interface, and for anyone
    without the right to approve."""
    if post.author_id == person.pk:
        raise NotAllowed(
            _("Someone other than the author must approve this post."),
            _("Ask a colleague who approves posts."),
        )
    check_capacity(person, "approve_post", on=on, school=post.school, about=post.author)
    if wrote(person, post):
        raise NotAllowed(
            _("You’ve written part of this post, so someone else must approve it."),
            _("Ask a colleague who approves posts."),
        )


def check_may_judge(person: Person, post: Post, *, on: date) -> None:
    """Raise NotAllowed unless `person` wrote the post, approves posts of its author here, or leads on
    safeguarding."""
    if post.author_id == person.pk:
        check_may_write(person, post.school, on=on)
    elif not leads_at(person, post.school_id, on=on):
        check_capacity(person, "approve_post", on=on, school=post.school, about=post.author)


def words_to_answer(post: Post, *, on: date) -> list[PostHit]:
    """Return what was found in the post and must be answered before it goes out. An emergency text was looked
    through when it was approved beforehand: then only what keeps any approved post back does."""
    return left_to_answer(post, hits_of(post, on=on))


def left_to_answer(post: Post, found: PostHits) -> list[PostHit]:
    """Return the same of what was found in the post."""
    return found.holds if post.emergency_text_id is not None else found.to_approve


def check_words_answered(post: Post, *, on: date) -> None:
    """Raise BadInput before an approval while words found in it wait for an answer."""
    if left := words_to_answer(post, on=on):
        raise BadInput({"screening": why_words_wait(left)})


UNREAD_WELSH = _(
    "This post has Welsh text. If you read Welsh, say so. If not, ask a colleague who does to read it first."
)


def check_welsh_read(person: Person, post: Post) -> None:
    """Raise BadInput before an approval by someone who doesn't read the post's Welsh, unless a reader did."""
    if not welsh_is_read(post, person):
        raise BadInput({"welsh": UNREAD_WELSH})


def check_may_judge_again(person: Person, post: Post, mark: PostMark, *, seen: str) -> None:
    """Raise NotAllowed if an author would override a colleague's judgement of the current text. `seen`: the
    digest of the current content; or clear what they declared themselves. House rule, as authors never
    approve their own posts."""
    if person.pk == post.author_id and mark.judged_seen == seen and mark.judged_by_id != person.pk:
        raise NotAllowed(
            _("Someone else has already checked this text. Their decision applies until the text changes."),
            _("Change the text, or ask them to read it again."),
        )
    if person.pk == post.author_id and mark.kind == GAIN and declared(post):
        raise NotAllowed(
            _("You said a link leads to a business of yours. An approver decides if it may stay."),
            _("Wait for their answer, or take the link out."),
        )


def check_takes_marks(post: Post) -> None:
    """Raise NotNow once the post is on its way, out or withdrawn."""
    if post.state not in CAN_BE_CHANGED:
        raise NotNow(
            _("This post is no longer waiting to be posted, so you can’t comment on its text."),
            _("If something is wrong with it, take it down."),
        )


def check_takes_answers(post: Post) -> None:
    """Raise NotNow once the post is on its way, out or withdrawn."""
    if post.state not in CAN_BE_CHANGED:
        raise NotNow(
            _("This post is no longer waiting to be posted."),
            _("If something is wrong with it, take it down."),
        )


def check_may_take_down(person: Person, post: Post, *, on: date) -> None:
    """Raise NotAllowed unless `person` wrote it, approves posts here, may stop everything, or leads on
    safeguarding."""
    if leads_at(person, post.school_id, on=on):
        return
    if post.author_id == person.pk:
        check_may_write(person, post.school, on=on)
        return
    try:
        check_capacity(person, "stop_everything", on=on, school=post.school)
    except NotAllowed:
        check_capacity(person, "approve_post", on=on, school=post.school, about=post.author)


def check_may_stop(person: Person, school: School | None, *, on: date) -> None:
    """Raise NotAllowed unless `person` may stop everything in this school; None: in the whole federation."""
    check_capacity(person, "stop_everything", on=on, school=school)


def stopped(school_id: int | None, *, at: datetime) -> bool:
    """Whether a stop applies to a school of the federation in scope, the federation or the installation."""
    return is_stopped(current_scope().federation_id, school_id, at)


def latest_start(row: IntentRow) -> datetime:
    """Return the instant after which what waits to be sent is given up."""
    return (row.not_before or row.written_at) + LATEST


def late(row: IntentRow, *, at: datetime) -> bool:
    """Return whether what waits to be sent should have started more than LATEST ago, because of a stop or an
    outage."""
    return at > latest_start(row)


def check_not_stopped(post: Post, *, at: datetime) -> None:
    """Raise NotNow during a stop of this post's school, its federation or the installation."""
    if stopped(post.school_id, at=at):
        raise NotNow(
            _("Posting is stopped here, so nothing can start."),
            _("Wait until the stop is lifted, then decide again."),
        )


def problems_of(post: Post, *, on: date) -> dict[str, Text]:
    """Return what prevents the networks from taking the post, or the post from going out on its accounts on a
    day: a sentence by field."""
    targets = list(post.targets.all())
    if not targets:
        return {"accounts": _("Choose at least one account.")}
    waiting = waits([target.account_id for target in targets], on=on)
    wrong: dict[str, Text] = {}
    for target in targets:
        try:
            _check_target(post, target, waiting)
        except BadInput as error:
            wrong = {**error.fields, **wrong}
    if waits_for_lead(on=on):
        wrong[LEAD] = NO_LEAD
    if noes_in(post, on=on):
        wrong[PUPILS] = _("Remove pupils who may not be shown, heard or named where this post goes.")
    elif hears_no_one_listed(post):
        wrong[PUPILS] = _("Choose the pupils who can be heard in the film.")
    elif has_paper_pupils(post):
        wrong[PUPILS] = FROM_THE_LIST
    if seen_against_the_pictures(post):
        wrong[PEOPLE] = _(
            "An entry says someone can be seen, and every picture says they can’t. Who can be seen? "
            "Change the entry or a picture."
        )
    elif described_with_children(post):
        wrong[PEOPLE] = _(
            "A picture is marked “Adults only”, and its description has a child in it. Who can be seen? "
            "Change the answer or the description."
        )
    if still_to_say(post, on=on):
        wrong["conditions"] = _("First say whether it meets the conditions of its accounts’ approval.")
    found = hits_of(post, on=on)
    if stops := found.holds if post.emergency_text_id is not None else found.stops:
        wrong["screening"] = why_stopped(stops)
    return wrong


def waits_for_order(post: Post, *, on: date) -> bool:
    """Return whether one of its accounts existed before Schoolgate and may not publish on that day."""
    return bool(waits([target.account_id for target in post.targets.all()], on=on))


def _check_target(post: Post, target: PostTarget, waiting: Container[int]) -> None:
    found = all_capabilities()[target.account.network]
    check_open(target.account)
    if target.account_id in waiting:
        raise BadInput({"accounts": waits_in_words(target.account)})
    check_publishable(found)
    limits = limits_with(target.account.network, target.account.told_limits)
    field, thread = f"text-{target.account_id}", 0
    if post.emergency_text_id is None:  # one goes out word for word, in one piece
        thread = len(offered(target.account, target.text))
    for text in parts_of(target) or (target.text,):
        check_text(text, field=field, capabilities=found, limits=limits, thread=thread)
    check_pictures(post, found, limits)


def check_open(account: Account) -> None:
    """Raise BadInput while nothing may go out on this account."""
    if account.state != AccountState.OPEN:
        raise BadInput(
            {
                "accounts": format_lazy(
                    _("{account} is not open yet. Choose another account, or wait until it is."),
                    account=account.name,
                )
            }
        )


def check_text(
    text: str, *, field: str, capabilities: Capabilities, limits: Limits | None = None, thread: int = 0
) -> None:
    """Raise BadInput on `field` where `text` cannot go out on this network: empty, too long, or not
    readable. `limits`: those of the account's server, where it tells its own; `thread`: of how many posts it
    could be one."""
    if len(text) > LONGEST_TEXT:
        raise BadInput({field: _("Text can be up to 20,000 characters.")})
    limits = limits or checks.limits_of(capabilities)
    try:
        checks.check_text(text, limits)
    except NetworkError as error:
        if error.code == "empty":
            raise BadInput({field: _("Write the text of the post.")}) from error
        if error.code == "too_long":
            raise BadInput({field: _too_long(text, limits, capabilities, thread)}) from error
        if error.code == "sign_refused":
            said = _("{network} doesn’t allow {signs} in a text. Leave them out.")
            signs = " ".join(limits.text_without)
            raise BadInput({field: format_lazy(said, network=capabilities.name, signs=signs)}) from error
        raise BadInput({field: CONTROLS}) from error


def _too_long(text: str, limits: Limits, capabilities: Capabilities, thread: int) -> Promise:
    if thread:
        return format_lazy(
            _("This text is too long for {network}. Shorten it, or send it as a thread of {number} posts."),
            network=capabilities.name,
            number=thread,
        )
    if limits.text_max is None or checks.length(text, limits.text_unit) <= limits.text_max:
        return format_lazy(_("This text is too long for {network}. Shorten it."), network=capabilities.name)
    return format_lazy(
        _("{network} allows up to {most} characters, and this text has {length}."),
        network=capabilities.name,
        most=limits.text_max,
        length=checks.length(text, limits.text_unit),
    )


def check_publishable(capabilities: Capabilities) -> None:
    """Raise BadInput if neither the program nor a person can publish on this network."""
    if capabilities.way("publish") is Way.NO:
        raise BadInput(
            {
                "accounts": format_lazy(
                    _("You can’t publish on {network}. Choose another account."),
                    network=capabilities.name,
                )
            }
        )


def check_pictures(post: Post, capabilities: Capabilities, limits: Limits) -> None:
    """Raise BadInput where a picture or film is missing that the network needs, where the post has more than
    it takes, or where one is too large for it, has no description or one too long for it."""
    pictures, film = post.pictures, film_in(post)
    if film is None and capabilities.film_required:
        said = _("{network} only allows films. Add one, or leave this account out.")
        raise BadInput({"pictures": format_lazy(said, network=capabilities.name)})
    most = limits.pictures if film is None else None
    if not pictures and capabilities.picture_required:
        raise BadInput(
            {
                "pictures": format_lazy(
                    _("{network} needs a picture. Add one, or leave this account out."),
                    network=capabilities.name,
                )
            }
        )
    if most is not None and len(pictures) > most:
        raise BadInput({"pictures": _too_many(len(pictures), most, capabilities)})
    if film is not None:
        check_film(film, capabilities)
    large = [n for n, each in enumerate(pictures, start=1) if each.size > (limits.picture_bytes or each.size)]
    if large and film is None:
        raise BadInput({"pictures": _too_large(large[0], limits, capabilities)})
    longest, wrong = limits.alt_max, dict[str, Text]()
    for place, picture in enumerate(pictures, start=1):
        if not picture.alt.strip():
            wrong[f"alt-{picture.pk}"] = (
                _("Describe the picture for people who can’t see it.")
                if len(pictures) == 1
                else format_lazy(_("Describe picture {number} for people who can’t see it."), number=place)
            )
        elif longest and len(picture.alt) > longest:
            wrong[f"alt-{picture.pk}"] = format_lazy(
                _("{network} allows descriptions of up to {most} characters. Shorten it."),
                network=capabilities.name,
                most=longest,
            )
    if wrong:
        raise BadInput(wrong)


def _too_large(place: int, limits: Limits, capabilities: Capabilities) -> Promise:
    return format_lazy(
        _("{network} takes pictures of up to {most} kB. Crop picture {number}, or leave this account out."),
        network=capabilities.name,
        most=(limits.picture_bytes or 0) // 1000,
        number=place,
    )


def _too_many(number: int, most: int, capabilities: Capabilities) -> Promise:
    if most == 0:
        return format_lazy(
            _("{network} doesn’t allow pictures. Remove them, or leave this account out."),
            network=capabilities.name,
        )
    return format_lazy(
        _("{network} takes up to {most} pictures, and this post has {number}. Remove some."),
        network=capabilities.name,
        most=most,
        number=number,
    )


Said = tuple[bool | None, bool | None]


@action
def say_of_conditions(*, by: Person, at: datetime, post: Post, said: Mapping[int, Said]) -> None:
    """Record, for each condition (by its number), whether it applies to the post and whether it is met. The
    answers count for the current text.

    Raises NotAllowed (only the author), NotFound (no conditions), NotNow (on its way), BadInput
    (`touched-<number>`, `fulfilled-<number>`).
    """
    check_may_change(by, post, on=local_day(at))
    if post.state not in CAN_BE_CHANGED:
        raise NotNow(
            _("This post is already live or being sent."), _("If something is wrong with it, take it down.")
        )
    conditions = conditions_of_post(post, on=local_day(at))
    if not conditions:
        raise NotFound
    wrong: dict[str, Text] = {}
    for row in conditions:
        touched, fulfilled = said.get(row.pk, (None, None))
        if touched is None:
            wrong[f"touched-{row.pk}"] = _("Choose whether the condition applies to this post.")
        elif touched and row.type == "requirement" and fulfilled is None:
            wrong[f"fulfilled-{row.pk}"] = _("Choose whether the post includes what the condition asks for.")
    if wrong:
        raise BadInput(wrong)
    seen = content_digest(post)
    for row in conditions:
        touched, fulfilled = said[row.pk]
        ConditionWord.objects.create(
            condition=row, about=subject_of(post), seen=seen, touched=bool(touched),
            fulfilled=fulfilled if touched and row.type == "requirement" else None, by=by, at=at,
        )  # fmt: skip
    record("post.conditions_said", subject=post, at=at, actor=by, conditions=len(conditions))


@action
def stop_everything(
    *, by: Person, at: datetime, reason: str, school: School | None = None, until: datetime | None = None
) -> Stop:
    """Stop all posting in one school, or in the whole federation where none is given.

    Raises NotAllowed, BadInput (`reason`, `until`), AlreadyDone (`core.stops.stop`).
    """
    check_may_stop(by, school, on=local_day(at))
    return stops.stop(reason=reason, by=by, at=at, school=school, until=until)


@action
def lift_stop(*, by: Person, at: datetime, stop: Stop) -> Stop:
    """End a stop. This sends nothing: posts that waited too long need a new time.

    Raises NotAllowed, NotNow (lifted already).
    """
    check_may_stop(by, stop.school, on=local_day(at))
    return stops.lift(stop=stop, by=by, at=at)
