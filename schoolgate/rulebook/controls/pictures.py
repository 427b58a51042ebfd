"""Who may be shown and named, with whose consent, and what has to be judged of a picture."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    by_role,
    forbids,
    met,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.facts import Attested
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.post_publish import PersonShown, Picture, PostPublish


def persons(facts: PostPublish) -> Iterator[tuple[str, PersonShown]]:
    """Everybody shown or named, with where they stand in the facts."""
    for position, person in enumerate(facts.people or ()):
        yield f"people[{position}]", person


def picture_or_unknown(facts: PostPublish) -> Picture | Said | None:
    """The picture, None where there is none, or the saying that it is not known."""
    if facts.picture is not None or facts.has_picture is False:
        return facts.picture
    return unknown("picture", "author")


def people_unknown(facts: PostPublish) -> Said | None:
    """The saying that it is not known who is shown or named, where that matters; None where it is known."""
    if facts.people is None:
        return unknown("people", "author")
    return None


class NameBesidePicture(Control):
    """May the name of a child stand beside the picture that shows them? Here never, whatever has been agreed.

    Settings: `consent_overrides` - False. Where somebody has agreed to the very naming, the policy's words do
    not say whether that counts, and the federation has to rule."""

    key = "picture.name_beside"
    listens_to = ("post.publish",)
    points = ("naming",)

    class Settings(NoSettings):
        consent_overrides: Literal[False]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        missing = people_unknown(facts)
        if missing:
            yield missing
        for about, person in persons(facts):
            if person.relation not in ("pupil", None) or person.shown is False or person.named == "no":
                continue
            if person.shown is None or person.named is None or person.relation is None:
                what = "shown" if person.shown is None else "named" if person.named is None else "relation"
                yield unknown(what, "author", about)
            elif person.named == "initials":
                yield met("picture.not_named", about)
            else:
                agreed = any("naming" in one.covers for one in person.consents or ())
                yield forbids("picture.child_named", about, turns=agreed)
        if not missing and not any(
            person.shown and person.relation == "pupil" for _, person in persons(facts)
        ):
            return
        if not missing and all(
            person.named == "no" for _, person in persons(facts) if person.relation == "pupil"
        ):
            yield met("picture.not_named")


class PupilRecognisable(Control):
    """On a site made for pupils, can no pupil be recognised?

    A full name does it, and a first name beside the picture.
    """

    key = "picture.pupil_recognisable"
    listens_to = ("post.publish",)
    points = ("naming",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        if facts.account.pupil_site is None:
            yield unknown("pupil_site", "office")
            return
        if not facts.account.pupil_site:
            return
        missing = people_unknown(facts)
        if missing:
            yield missing
        for about, person in persons(facts):
            if person.relation not in ("pupil", None):
                continue
            if (
                person.relation is None
                or person.named is None
                or (person.named == "first" and person.shown is None)
            ):
                what = "relation" if person.relation is None else "named" if person.named is None else "shown"
                yield unknown(what, "author", about)
            elif person.named == "full" or (person.named == "first" and person.shown):
                yield forbids("picture.pupil_recognisable", about)
            else:
                yield met("picture.not_named", about)


class Consent(Control):
    """Is there consent of this form, by one of these, for every pupil who is shown? Nothing on record is no.

    Settings: `form` - "written", or None where any will do; `by` - who may give it, in the policy's words.
    """

    key = "picture.consent"
    listens_to = ("post.publish",)
    points = ("photo_consent",)

    class Settings(NoSettings):
        form: Literal["written"] | None
        by: tuple[Literal["parent", "carer"], ...]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        yield from _about_shown_people(facts)
        for about, person in persons(facts):
            if person.relation not in ("pupil", None) or not person.shown:
                continue
            if person.consents is None or person.relation is None:
                yield unknown("consent" if person.relation else "relation", "office", about)
                continue
            given = [one.written if settings.form else True for one in by_role(person.consents, settings.by)]
            if True in given:
                yield met("picture.consent_there", about)
            elif None in given:
                yield unknown("consent_form", "office", about)
            else:
                yield requires("picture.no_consent", Need("written_consent", settings.by[0]), about=about)


class PermissionSought(Control):
    """Is a permission on record for every pupil who is shown, however it was given?"""

    key = "picture.permission"
    listens_to = ("post.publish",)
    points = ("image_permission",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        yield from _about_shown_people(facts)
        for about, person in persons(facts):
            if not person.shown:
                continue
            if person.consents is None:
                yield unknown("consent", "office", about)
            elif person.consents:
                yield met("picture.permission_there", about)
            else:
                yield requires("picture.no_permission", Need("permission", "person_shown"), about=about)


def _about_shown_people(facts: PostPublish) -> Iterator[Said]:
    """What has to be known before it can be said who is shown: that there is a picture, and who is in it."""
    picture = picture_or_unknown(facts)
    if isinstance(picture, Said):
        yield picture
    elif picture is not None and picture.shows_people is not False:
        if facts.people is None:
            yield unknown("people", "author")
        for about, person in persons(facts):
            if person.shown is None:
                yield unknown("shown", "author", about)


class LeadershipConsent(Control):
    """Has a member of the leadership agreed to every picture of these people taking part in school
    activities?

    Settings: `subject` - of whom the clause speaks; `role` - whose agreement; `least` - how many of them.
    """

    key = "picture.leadership_consent"
    version = 2
    listens_to = ("post.publish",)
    points = ("leadership_consent",)
    _whom = {"employees": ("staff",), "children": ("pupil",), "governors": ("governor",)}

    class Settings(NoSettings):
        subject: Literal[
            "employees", "children", "governors", "anyone directly connected with the federation"
        ]
        role: str
        least: int

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        yield from _about_shown_people(facts)
        for about, person in persons(facts):
            meant = self._meant(person, settings)
            if not person.shown or meant is False:
                continue
            if meant is None:
                yield unknown("relation" if person.relation is None else "connected", "author", about)
            elif person.at_school_activity is None:
                yield unknown("at_school_activity", "author", about)
            elif not person.at_school_activity:
                continue
            elif person.leadership is None:
                yield unknown("leadership_consent", settings.role, about)
            elif len({one.by for one in by_role(person.leadership, (settings.role,))}) >= settings.least:
                yield met("picture.leadership_agreed", about, role=settings.role)
            else:
                yield requires(
                    "picture.leadership_not_asked", Need("leadership_consent", settings.role), about=about,
                    role=settings.role,
                )  # fmt: skip

    def _meant(self, person: PersonShown, settings: Settings) -> bool | None:
        """Whether the clause speaks of this person; None where it is not known what they are here."""
        if person.relation is None:
            return None
        named = self._whom.get(settings.subject)
        if named is not None:
            return person.relation in named
        if person.relation in ("staff", "pupil", "governor"):
            return False
        return True if person.relation in ("parent", "volunteer") else person.connected


class DoNotPublish(Control):
    """Is nobody shown who stands on the list of children not to be published? No consent and no leave lifts
    it."""

    key = "picture.do_not_publish"
    listens_to = ("post.publish",)
    points = ("do_not_publish",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        yield from _about_shown_people(facts)
        for about, person in persons(facts):
            if not person.shown or person.relation not in ("pupil", None):
                continue
            if person.do_not_publish is None:
                yield unknown("do_not_publish", "office", about)
            elif person.do_not_publish:
                yield forbids("picture.on_the_list", about)
            else:
                yield met("picture.not_on_the_list", about)


class OptOut(Control):
    """Is everybody left out who does not want to be photographed or filmed? No reason is asked."""

    key = "picture.opt_out"
    listens_to = ("post.publish",)
    points = ("opt_out",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        yield from _about_shown_people(facts)
        for about, person in persons(facts):
            if not person.shown:
                continue
            if person.opted_out is None:
                yield unknown("opted_out", "office", about)
            elif person.opted_out:
                yield forbids("picture.opted_out", about)
            else:
                yield met("picture.not_opted_out", about)


class Judged(Control):
    """Has somebody judged the picture, as it stands, in this way?

    Settings: `question` - which judgement; `good` - the answer that lets it out; `only_pupils` - whether it
    is asked only of pictures that show pupils."""

    key = "picture.judged"
    listens_to = ("post.publish",)
    points = ("image_judged", "dress", "ridicule")
    plumbing = frozenset({"question", "good", "only_pupils"})
    attested = True

    class Settings(NoSettings):
        question: Literal["fit", "dressed", "ridicules"]
        good: bool
        only_pupils: bool

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        picture = picture_or_unknown(facts)
        if picture is None:
            return
        if isinstance(picture, Said):
            yield picture
            return
        if settings.only_pupils:
            if picture.shows_pupils is None and picture.shows_people is not False:
                yield unknown("shows_pupils", "author")
                return
            if not picture.shows_pupils:
                return
        given: Attested | None = getattr(picture, settings.question)
        answer = standing_answer(given)
        if answer is None:
            yield requires("picture.not_judged", Need(settings.question, "author"), what=settings.question)
        elif answer is settings.good:
            yield met("picture.judged", what=settings.question)
        else:
            yield forbids("picture.judged_unfit", what=settings.question)


class ShowsSecurity(Control):
    """Does the picture show nothing that could weaken security? Settings: `label` - the mark that stops
    it."""

    key = "picture.security"
    listens_to = ("post.publish",)
    points = ("security",)

    class Settings(NoSettings):
        label: Literal["shows security"]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        picture = picture_or_unknown(facts)
        if isinstance(picture, Said):
            yield picture
        elif picture is not None:
            if picture.shows_security is None:
                yield unknown("shows_security", "author")
            elif picture.shows_security:
                yield forbids("picture.shows_security")
            else:
                yield met()


class ColleaguePermission(Control):
    """Is nothing posted about a colleague without their permission in this form? Settings: `form`."""

    key = "people.colleague_permission"
    listens_to = ("post.publish",)
    points = ("colleague",)

    class Settings(NoSettings):
        form: Literal["written"]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        missing = people_unknown(facts)
        if missing:
            yield missing
        author = facts.author.key if facts.author is not None else None
        for about, person in persons(facts):
            if person.relation not in ("staff", None) or (person.key is not None and person.key == author):
                continue
            if person.relation is None:
                yield unknown("relation", "author", about)
            elif person.consents is None:
                yield unknown("permission", "person_shown", about)
            elif any(one.written and "self" in one.roles for one in person.consents):
                yield met("people.colleague_agreed", about)
            else:
                yield requires(
                    "people.colleague_not_asked", Need("written_permission", "person_shown"), about=about
                )
