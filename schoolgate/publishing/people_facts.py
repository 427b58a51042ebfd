"""The people of a post as facts: those its author listed, and pupils of the school's list as their parents
and they themselves answered."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, cast

from schoolgate.publishing.hits import PostHits
from schoolgate.publishing.models import Post, PostPerson, PostTarget
from schoolgate.publishing.of_pupils import Standings, film_in, how_named, seen_and_heard, shown_as, words_on
from schoolgate.publishing.on_paper import leadership_of
from schoolgate.publishing.record import LEADERSHIP, OnRecord
from schoolgate.pupils.consents import Said, Standing
from schoolgate.pupils.models import Form, Use, Why
from schoolgate.pupils.models import Giver as SaidBy
from schoolgate.rulebook.facts import Given
from schoolgate.rulebook.situations.post_parts import Consent, PersonShown


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
