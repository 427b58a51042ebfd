"""Build the facts of `post.publish` from the rows of a post and its people, one set for each of its
accounts."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_instant
from schoolgate.core.subjects import person_key
from schoolgate.media.models import ConsentCheck, film_of
from schoolgate.media.pictures import newest_checks, oldest_list
from schoolgate.networks.capabilities import OURS
from schoolgate.networks.normal import find_links
from schoolgate.people.models import Person as PersonRow
from schoolgate.people.queries import roles_of
from schoolgate.policy.queries import school_in_rules
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.hits import PostHits, hits_of
from schoolgate.publishing.models import Post, PostMark, PostPerson, PostTarget
from schoolgate.publishing.of_pupils import (
    Standings,
    film_in,
    how_named,
    seen_and_heard,
    shown_as,
    standings_in,
    words_on,
)
from schoolgate.publishing.owners import materials_of, partner_facts
from schoolgate.publishing.permissions import (
    FACTS_CHECKED,
    LEADERSHIP,
    RELEASE,
    REUSE,
    SOURCES_CHECKED,
    TALK,
    OnRecord,
    leadership_of,
    on_record,
)
from schoolgate.publishing.planning import when_it_goes_out
from schoolgate.publishing.post_parts import wrote
from schoolgate.publishing.questions import COMPANY, QUESTIONS, is_about_content
from schoolgate.pupils.consents import Said, Standing
from schoolgate.pupils.models import Form, Use, Why
from schoolgate.pupils.models import Giver as SaidBy
from schoolgate.rulebook.facts import LONDON, Attested, Given, Person
from schoolgate.rulebook.situations.marks import Mark
from schoolgate.rulebook.situations.posts import (
    Consent,
    ConsentListCheck,
    Link,
    Material,
    PersonShown,
    Picture,
    PostAccount,
    PostPublish,
)

# What is true of all pictures of a post together, for facts that have one word on its picture. Pure. A rule
# asks whether the post's picture shows pupils, or whether the consent list was checked for it. Of several
# pictures the answer is the one that protects best: what one shows, the post shows; what one lacks, the
# post lacks; what is not known of one is not known, unless another settles it.


@dataclass(frozen=True)
class Known:
    """What is known of a picture, or of all together. `checked`: that everyone shown may be, by the consent
    list and for one network."""

    alt_text: str | None
    shows_people: bool | None
    shows_pupils: bool | None
    checked: ConsentListCheck | None


def together(pictures: Sequence[Known]) -> Known:
    """Return what is known of these pictures taken together; of a single one, exactly what is known of it.
    Raises ValueError without pictures."""
    if not pictures:
        raise ValueError("nothing is known of no picture")
    if len(pictures) == 1:
        return pictures[0]
    return Known(
        alt_text=_all_described(pictures),
        shows_people=_any(each.shows_people for each in pictures),
        shows_pupils=_any(
            False if each.shows_people is False and each.shows_pupils is None else each.shows_pupils
            for each in pictures
        ),
        checked=_weakest_check(pictures),
    )


def _all_described(pictures: Sequence[Known]) -> str | None:
    """The descriptions, one below the other; None where one is missing."""
    said = [each.alt_text for each in pictures]
    return "\n".join(text for text in said if text) if all(said) else None


def _any(answers: Iterable[bool | None]) -> bool | None:
    """Yes if one is yes, else not known if one is not known, else no."""
    found = set(answers)
    if True in found:
        return True
    return None if None in found else False


def _weakest_check(pictures: Sequence[Known]) -> ConsentListCheck | None:
    """The check that proves least, of the pictures not known to show no one; None where one of them has none,
    or where they are for different networks."""
    needed = [each.checked for each in pictures if each.shows_people is not False]
    found = [each for each in needed if each is not None]
    if not found or len(found) < len(needed) or len({each.channel for each in found}) > 1:
        return None
    return min(found, key=_proves)


def _proves(check: ConsentListCheck) -> tuple[bool, bool, date]:
    """More is better: of this version, with a list not dated after the check, of a newer list."""
    made = check.at.astimezone(LONDON).date()
    return check.of_this_version is True, check.list_dated <= made, check.list_dated


def people_of(
    post: Post,
    record: OnRecord,
    answers: Mapping[str, Any],
    *,
    own: Collection[str],
    approvals: Iterable[Given] = (),
) -> tuple[PersonShown, ...] | None:
    """Return the people listed, one for each entry: people with the same answers are judged once. None if the
    list is empty and it is not known that the post shows and names no one.

    `own`: the roles of its author, whose word for the leadership counts only as one of them. Of the approvals
    those of the leadership say that it agreed: they saw who is shown.
    """
    role = leadership_of(record.book)
    others, left, renewed = (tri(answers, name) for name in ("connected", "shows_leaver", "consent_renewed"))
    agreed = record.given(post, LEADERSHIP)
    agreed += tuple(each for each in approvals if each.of_this_version and role in each.roles)
    speaks = role if role in own else None
    said = {"connected": others, "left": left, "renewed": renewed}
    listed = tuple(_person(row, speaks, said, agreed) for row in post.people.all())
    if listed:
        return listed
    nobody_shown = all(each.shows_people is False for each in post.pictures)
    nobody_named = answers.get("names_somebody", {}).get("answer") is False
    return () if nobody_shown and nobody_named else None


def _person(
    row: PostPerson, speaks: str | None, said: Mapping[str, bool | None], agreed: tuple[Given, ...]
) -> PersonShown:
    """Return one of the list. `speaks`: the leadership's role, if the author has it; `said`: what the author
    answered once for all: whether people from outside the school belong to it too (`connected`), whether a
    pupil has left (`left`), whether each consent is recent enough (`renewed`); `agreed`: the leadership's own
    word on this picture."""
    consents: tuple[Consent, ...] | None = None
    if row.consent is False:
        consents = ()
    elif row.consent:
        given = Consent(
            by=f"somebody-{row.place}",
            roles=(row.consent_by,) if row.consent_by else (),
            written=row.consent_written,
            renewed=said["renewed"],
        )
        consents = (given,)
    leadership: tuple[Given, ...] | None = agreed or None
    if leadership is None and speaks is not None and row.leadership_agrees is not None:
        leadership = (Given(by="leadership", roles=(speaks,)),) if row.leadership_agrees else ()
    return PersonShown(
        key=f"person-{row.place}",
        relation=cast("Any", row.relation or None),
        shown=row.shown,
        named=cast("Any", row.named or None),
        consents=consents,
        leadership=leadership,
        opted_out=row.opted_out,
        do_not_publish=row.do_not_publish,
        at_school_activity=row.at_school_activity,
        connected=True if row.relation in ("pupil", "staff", "governor") else said["connected"],
        left_school=said["left"] if row.relation == "pupil" else False,
    )


def people_on(
    people: tuple[PersonShown, ...] | None, post: Post, target: PostTarget, may: Standings, hits: PostHits
) -> tuple[PersonShown, ...] | None:
    """Return the people listed as they are on one account: of a pupil of the school's list, what that list
    says for its network. With them come pupils who are named there and aren't listed."""
    if people is None:
        return None
    found = people
    if may:
        found = tuple(
            pupil_shown(person, row, target, may[row.pupil_id][target.account.network])
            if row.pupil_id
            else person
            for person, row in zip(people, post.people.all(), strict=True)
        )
    return (*found, *named_there(hits, target))


def named_there(hits: PostHits, target: PostTarget) -> Iterator[PersonShown]:
    """Yield the pupils who aren't chosen from the list and who, a person said, may be named here.
    None is in a picture: where one shows pupils and names are judged, that can't be said."""
    ours = f"text-{target.account_id}"
    for number, each in enumerate(hits.named):
        if any(name == ours or not name.startswith("text-") for name in each.fields):
            consent = Consent(by=f"giver-of-name-{number}", covers=("naming",))
            yield PersonShown(
                key=f"named-{number}", relation="pupil", shown=False, opted_out=False, do_not_publish=False,
                named="full" if each.hit.in_full else "first", consents=(consent,), connected=True,
            )  # fmt: skip


def pupil_shown(
    person: PersonShown, row: PostPerson, target: PostTarget, may: Mapping[str, Standing]
) -> PersonShown:
    """Return a pupil of the school's list as a fact: what parents and the pupil answered, and none of
    the author's own answers.

    `consents` has those for this network and for what the post does: for the picture and, where the pupil is
    named, for the name ("naming" in `covers`); without one for the picture of a pupil who is shown it is
    empty. An answer on paper, by message or in the school's records counts as written, because the person who
    imports a list is told to leave out what wasn't; one in person or by phone doesn't.
    """
    film, name = film_in(target.post), may[Use.NAME]
    uses = seen_and_heard(row, film) or shown_as(film)
    picture = next((may[use] for use in uses if not may[use].may), may[uses[0]])
    named = how_named(row, words_on(target))
    shown = row.shown is not False
    consents = _consents(row, picture, "picture") if shown else ()
    if name.may and named not in ("", "no") and (picture.may or not shown):
        consents += _consents(row, name, "naming")
    return person.model_copy(
        update={
            "relation": "pupil",
            "named": named or None,
            "consents": consents,
            "opted_out": picture.refused,
            "do_not_publish": picture.why == Why.LISTED,
            "connected": True,
            "left_school": picture.why == Why.LEFT,
            "age": picture.age,
        }
    )


def _consents(row: PostPerson, standing: Standing, covers: str) -> tuple[Consent, ...]:
    return tuple(
        Consent(
            by=f"giver-{row.place}-{number}",
            roles=("self",) if said.giver == SaidBy.PUPIL else ("parent",),
            written=_written(said),
            covers=(covers,),
            given_on=said.from_day,
        )
        for number, said in enumerate(standing.given)
    )


def tri(answers: Mapping[str, Any], name: str) -> bool | None:
    """Return the author's yes or no to a question; None for anything else."""
    answer = answers.get(name, {}).get("answer")
    return answer if isinstance(answer, bool) else None


def _written(said: Said) -> bool:
    return said.form in (Form.LIST, Form.PAPER, Form.MESSAGE)


APART = frozenset({
    "names_somebody", "others_work", "labelled", "school_publication", "uses_mark", "subject_school",
    "discloses", "commits", "starts_something", "calls_for_people",
})  # fmt: skip
"""Questions whose answers make a fact together with something else, or under another word."""
WAYS_TO_SPEAK: Mapping[str, str] = {
    "discloses": "disclose information",
    "commits": "make commitments",
    "starts_something": "start activities",
    "calls_for_people": "call for contributors",
}
"""The author's question -> the way of speaking for the school that it asks about."""
WHOSE_AFFAIRS: Mapping[Any, str] = {"own": "own", "other": "another", "none": "none"}
"""What the author answered -> the fact; what was not answered is not known."""


_HANDLE = re.compile(r"(?<![\w.])@\w")
"""The name of an account in a text; an email address is none."""
Asked = list[tuple[PostTarget, PostPublish]]
"""The facts for each account of a post."""


@dataclass(frozen=True)
class Approver:
    """A person who approves, or is about to: the policy's roles they hold, when, and for which content."""

    person: PersonRow
    roles: tuple[str, ...]
    at: datetime
    of_this_version: bool

    def given(self) -> Given:
        """As a fact: an approval in the program is always in writing."""
        return Given(
            by=person_key(self.person.pk),
            roles=self.roles,
            at=self.at,
            written=True,
            covers=("content",),
            of_this_version=self.of_this_version,
        )


def facts_of(post: Post, *, at: datetime, approvers: tuple[Approver, ...] = ()) -> Asked:
    """The facts for each account, in the order of the accounts. Nothing is asked twice however many there
    are."""
    targets = sorted(post.targets.all(), key=lambda each: each.account_id)
    seen = content_digest(post)
    author = Person(
        key=person_key(post.writer.pk),
        relation=cast("Any", post.writer.relation),
        roles=tuple(roles_of(post.writer, on=local_day(at), school=post.school)),
    )
    record = on_record(post, [target.account for target in targets], content=seen, on=local_day(at))
    answers = of_this_version(post.answers, seen=seen)
    hits = hits_of(post, on=local_day(at))
    if hits.names_pupil:  # the author's "no" is known to be wrong
        answers.pop("names_somebody", None)
    given = tuple(each.given() for each in approvers)
    people = people_of(post, record, answers, own=author.roles, approvals=given)
    may = standings_in(post, on=local_day(at))
    networks = [target.account.network for target in targets]
    checks = standing_checks(post, networks, on=local_day(at))
    answered = _answered(answers, seen=seen, by=author.key)
    materials = _materials(post, record, answers)
    shared = answered | {
        "now": at,
        "author": author,
        "approved_beforehand": post.emergency_text is not None,
        "approvals": (*given, *record.agreed(post)),
        "has_picture": bool(post.pictures),
        "speaks_as": _speaks_as(answers),
        "subject_school": WHOSE_AFFAIRS.get(answers.get("subject_school", {}).get("answer")),
        "authorities": record.authorities(post),
        "facts_checked": record.checked(post, FACTS_CHECKED),
        "sources_checked": record.checked(post, SOURCES_CHECKED),
        "talks": record.given(post, TALK) or None,
        "marks": marks_of(post, seen=seen),
        **({"has_film": any(map(film_of, post.pictures))} if record.asks("films") else {}),
        **(when_it_goes_out(post, at=at) if record.asks("posting_hours") else {}),
    }
    return [
        (
            target,
            PostPublish(
                **shared | partner_facts(post, target, answered, at=at) | _tags(target.text),
                account=_account(target, record),
                materials=materials_of(post, target, answers, beside=materials, at=at),
                people=people_on(people, post, target, may, hits),
                leaves=record.departures([post, target.account]),
                picture=_picture(post, answers, checks, target.account.network, seen=seen),
                links=_links(post, target.text, answers, seen=seen, by=author.key),
            ),
        )
        for target in targets
    ]


def of_this_version(answers: Mapping[str, Any], *, seen: str) -> dict[str, Any]:
    """Return the answers without those about other content (`is_about_content`). An attested one stays,
    because its fact names the version it was given for."""
    return {
        name: given
        for name, given in answers.items()
        if name not in QUESTIONS
        or QUESTIONS[name].kind == "attested"
        or given["seen"] == seen
        or not is_about_content(name, given["answer"])
    }


def _tags(text: str) -> dict[str, str]:
    """Return that a text which names no account tags no one; of another one only its author knows."""
    return {} if _HANDLE.search(text) else {"tagged": "no_one"}


def _account(target: PostTarget, record: OnRecord) -> PostAccount:
    account = target.account
    setup: Mapping[str, Any] = account.setup
    return PostAccount(
        key=f"account-{account.pk}",
        network=account.network,
        official=True,
        visibility=cast("Any", account.visibility or None),
        hosting="school" if account.network == OURS else "third_party",
        pupils_may_read=account.pupils_in_audience,
        youngest_pupil=account.youngest_pupil,
        intended_audience=account.audience or None,
        school=school_in_rules(account.school or target.post.school),
        says_who_runs_it=setup.get("says_who_runs_it"),
        real_name=setup.get("real_name"),
        function_stated=setup.get("function_stated"),
        pupil_site=setup.get("made_for_pupils"),
        logo_allowed=record.logo_allowed(account),
        content_approved_once=record.content_approved_once(account),
    )


def _picture(
    post: Post,
    answers: Mapping[str, Any],
    checks: Mapping[tuple[int, str], ConsentCheck],
    network: str,
    *,
    seen: str,
) -> Picture | None:
    """Return what is true of all its pictures together on this network; the author answers once for all."""
    if not post.pictures:
        return None
    known = together(
        [
            Known(
                alt_text=row.alt or None,
                shows_people=row.shows_people,
                shows_pupils=row.shows_pupils,
                checked=_checked(checks.get((row.pk, network))),
            )
            for row in post.pictures
        ]
    )
    by = person_key(post.writer.pk)
    return Picture(
        alt_text=known.alt_text,
        shows_people=known.shows_people,
        shows_pupils=known.shows_pupils,
        consent_list=known.checked,
        fit=_attested(answers, "fit", seen=seen, by=by),
        dressed=_attested(answers, "dressed", seen=seen, by=by),
        ridicules=_attested(answers, "ridicules", seen=seen, by=by),
        shows_security=tri(answers, "shows_security"),
        swimwear=tri(answers, "swimwear"),
    )


def standing_checks(post: Post, networks: Sequence[str], *, on: date) -> dict[tuple[int, str], ConsentCheck]:
    """Return the newest check of each picture, for each network, that counts: none by those who wrote the
    post, and none of a list that is too old by now."""
    checks = newest_checks(post.pictures, networks)
    oldest = oldest_list(post.school, on=on) if checks else on
    return {
        key: check
        for key, check in checks.items()
        if check.list_dated >= oldest and not wrote(check.by, post)
    }


def _checked(check: ConsentCheck | None) -> ConsentListCheck | None:
    if check is None or not check.everybody_may:
        return None
    return ConsentListCheck(
        by=person_key(check.by_id),
        at=check.at,
        list_dated=check.list_dated,
        channel=check.channel,
        of_this_version=True,
    )


def marks_of(post: Post, *, seen: str) -> tuple[Mark, ...]:
    """Return the marks on a post's text as facts. `seen`: the digest of its content now."""
    return tuple(_mark(row, seen=seen) for row in post.marks.all())


def _mark(row: PostMark, *, seen: str) -> Mark:
    """Return a mark with its recorded judgement, and whether that was of the current content."""
    judged = None
    if row.found is not None and row.judged_by_id is not None and row.judged_at is not None:
        judged = Attested(
            answer=row.found,
            by=person_key(row.judged_by_id),
            at=row.judged_at,
            of_this_version=row.judged_seen == seen,
        )
    return Mark(kind=cast("Any", row.kind), whom=cast("Any", row.whom or None), judged=judged)


def _answered(answers: Mapping[str, Any], *, seen: str, by: str) -> dict[str, Any]:
    """The answers that are facts of the post as a whole, by the fact's name."""
    facts: dict[str, Any] = {}
    for name, question in QUESTIONS.items():
        if question.about != "post" or name in APART:
            continue
        match question.kind:
            case "attested":
                facts[name] = _attested(answers, name, seen=seen, by=by)
            case "tri":
                facts[name] = tri(answers, name)
            case _:
                facts[name] = answers.get(name, {}).get("answer") or None
    return facts


def _materials(post: Post, record: OnRecord, answers: Mapping[str, Any]) -> tuple[Material, ...] | None:
    """Return what the post passes on from others, what is marked in it, and what material of the school it
    reuses where this policy asks for that. None until all of it was answered."""
    passes_on, label = tri(answers, "others_work"), answers.get("labelled", {}).get("answer")
    reuses = tri(answers, "school_publication") if record.asks("school_material") else False
    mark = answers.get("uses_mark", {}).get("answer") if record.asks("logo") else "none"
    if passes_on is None or label is None or reuses is None or mark is None:
        return None
    found = []
    if passes_on:
        found.append(
            Material(
                what="text",
                origin=answers.get("origin", {}).get("answer") or None,
                permission=tri(answers, "permission"),
                credited=tri(answers, "credited"),
                labels=(),
            )
        )
    if label != "none":
        release = record.given(post, RELEASE)
        company = label == COMPANY
        found.append(
            Material(
                what="document",
                origin="own",
                labels=("proprietary" if company else label,),
                owner="company" if company else None,
                release=release,
            )
        )
    if reuses:
        release = record.given(post, REUSE)
        found.append(Material(what="school_publication", origin="own", labels=(), release=release))
    if mark != "none":
        found.append(Material(what=mark, origin="own", labels=()))
    return tuple(found)


def _speaks_as(answers: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Return the ways in which it speaks for the school. None until each was answered."""
    said = {way: tri(answers, name) for name, way in WAYS_TO_SPEAK.items()}
    return None if None in said.values() else tuple(way for way, does in said.items() if does)


def _links(post: Post, text: str, answers: Mapping[str, Any], *, seen: str, by: str) -> tuple[Link, ...]:
    said = {
        "fitting": _attested(answers, "links_fitting", seen=seen, by=by),
        "safe": _attested(answers, "links_safe", seen=seen, by=by),
        "blocked": tri(answers, "links_blocked"),
        "own_business_of_author": tri(answers, "links_own_business"),
    }
    there = {card.address: card.page_is_there for card in post.link_cards.all()}
    links = [link for link in find_links(text) if link.kind == "link"]
    return tuple(Link(found=there.get(link.target), **said) for link in links)


def _attested(answers: Mapping[str, Any], name: str, *, seen: str, by: str) -> Attested | None:
    given = answers.get(name)
    if given is None or given.get("answer") is None:
        return None
    return Attested(
        answer=given["answer"],
        by=by,
        at=stored_instant(given["at"]),
        of_this_version=given["seen"] == seen,
    )
