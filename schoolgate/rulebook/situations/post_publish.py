"""A post is about to go out on an official account. May it, as it stands?"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from schoolgate.rulebook.facts import (
    Ask,
    Attested,
    Day,
    Facts,
    Given,
    Instant,
    Name,
    Part,
    Person,
    Text,
    Tri,
    Whole,
)
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.marks import Mark, MarkKind

Shown = Literal["pupil", "staff", "governor", "parent", "volunteer", "other"]


class PostAccount(Part):
    """The account it goes out on. `pupil_site`: made for pupils to use and write on. `pupils_may_read`: its
    audience includes pupils. `ages`: of the pupils it is meant for. `logo_allowed`: leave for logo, brand and
    slogans is on record for it. `content_approved_once`: the content of the site as a whole was approved.
    `intended_audience`: whom it is for, as stated when it was proposed."""

    key: Name | None = None
    network: Name | None = None
    official: Tri = None
    hosting: Literal["school", "third_party"] | None = None
    visibility: Literal["open", "private_closed"] | None = None
    pupils_may_read: Tri = None
    pupil_site: Tri = None
    youngest_pupil: Whole | None = None
    school: Name | None = None
    says_who_runs_it: Tri = None
    logo_allowed: Tri = None
    content_approved_once: Tri = None
    intended_audience: Text | None = None


class PersonShown(Part):
    """Somebody whom a picture shows or a text names.

    `named`: how the post names them, anywhere in it. `consents`: consents on record for this use, each with
    who gave it in `roles` ("parent", "carer", "self"); an empty list means none. `leadership`: agreement of
    members of the leadership to this picture of them. `opted_out`: asked not to be photographed or filmed.
    `at_school_activity`: shown taking part in one. `connected`: part of or directly linked with the school or
    federation."""

    key: Name | None = None
    relation: Shown | None = None
    shown: Tri = None
    named: Literal["no", "initials", "first", "full"] | None = None
    consents: tuple[Given, ...] | None = None
    leadership: tuple[Given, ...] | None = None
    opted_out: Tri = None
    do_not_publish: Tri = None
    at_school_activity: Tri = None
    connected: Tri = None


class ConsentListCheck(Part):
    """A named person's word that the school's consent list of a date was checked for this channel."""

    by: Name
    at: Instant
    list_dated: Day
    channel: Name
    of_this_version: Tri = None


class Picture(Part):
    """The picture. `fit`: somebody judged it fit to be published; `dressed`: pupils are properly dressed;
    `ridicules`: somebody shown could be made to look foolish; `shows_security`: it shows what could weaken
    security."""

    alt_text: str | None = None
    shows_people: Tri = None
    shows_pupils: Tri = None
    consent_list: ConsentListCheck | None = None
    fit: Attested | None = None
    dressed: Attested | None = None
    ridicules: Attested | None = None
    shows_security: Tri = None


class Material(Part):
    """Something that the post carries or passes on. `permission`: its owner's leave is on record. `labels`:
    how the document is marked ("confidential", "business-sensitive"). `release`: written leave for this use
    on record. `owner`: whose document it is."""

    what: Literal[
        "picture", "video", "text", "music", "document", "logo", "slogan", "trademark", "school_publication"
    ]
    origin: Literal["own", "licensed", "permission_obtained", "public_domain", "someone_elses"] | None = None
    permission: Tri = None
    credited: Tri = None
    labels: tuple[Name, ...] | None = None
    release: tuple[Given, ...] | None = None
    owner: Literal["school", "company", "other"] | None = None


class Link(Part):
    """A link or an embedded thing. `fitting`, `safe`: a person's judgement; `blocked`: on the school's list;
    `found`: its address answers; `own_business_of_author`: the author declared that it leads to a business of
    their own."""

    fitting: Attested | None = None
    safe: Attested | None = None
    blocked: Tri = None
    found: Tri = None
    own_business_of_author: Tri = None


class PostPublish(Facts):
    """`approvals`: by others or by the author (`by` their key), of the post as it stands or not.

    `signed`: the post itself shows who wrote it. `author_position`: it or the author's profile says what post
    they hold. `purpose`: from the school's own list. `subject_school`: whose affairs it is about,
    as seen from the school that it goes out for; "none": no school's.
    `author_in_doubt`, `rights_in_doubt`: the author said so. `names_partner`: it mentions an outside body;
    `partner_permission` is that body's leave, `partner_permission_written` its form.
    `speaks_as`: kinds of speaking for the school that it holds;
    `authorities` what the author was given authority for (`covers` naming the kind).
    `owner`: who looks after it; without one, its author does. `marks`: what the text was marked for; None
    where nobody and nothing has looked. `facts_checked`: somebody's word that what it says is correct.
    `talks`: talks held about its content, None where nobody was asked."""

    version: ClassVar[int] = 4

    account: PostAccount = PostAccount()
    author: Annotated[Person | None, Ask("post_author", "office")] = None
    approvals: tuple[Given, ...] | None = None
    people: tuple[PersonShown, ...] | None = None
    picture: Picture | None = None
    has_picture: Tri = None
    materials: tuple[Material, ...] | None = None
    links: tuple[Link, ...] | None = None
    suitable_for_children: Attested | None = None
    suitable_for_any_reader: Attested | None = None
    suits_ages: Attested | None = None
    professional: Attested | None = None
    confidentiality_kept: Attested | None = None
    privacy_kept: Attested | None = None
    may_be_controversial: Tri = None
    personal_view: Tri = None
    disclaimer: Tri = None
    signed: Tri = None
    author_position: Tri = None
    purpose: Name | None = None
    subject_school: Literal["own", "another", "none"] | None = None
    author_in_doubt: Tri = None
    rights_in_doubt: Tri = None
    tells_success_or_news: Tri = None
    names_partner: Tri = None
    partner_permission: Tri = None
    partner_permission_written: Tri = None
    knows_safeguarding: Tri = None
    speaks_as: tuple[Literal["disclose information", "make commitments"], ...] | None = None
    authorities: tuple[Given, ...] | None = None
    owner: Person | None = None
    marks: tuple[Mark, ...] | None = None
    facts_checked: Attested | None = None
    talks: tuple[Given, ...] | None = None

    @cached_property
    def marks_by_kind(self) -> Mapping[MarkKind, Sequence[tuple[str, Mark]]]:
        """The marks of each kind, each with where it stands in the facts."""
        found: dict[MarkKind, list[tuple[str, Mark]]] = {}
        for position, mark in enumerate(self.marks or ()):
            found.setdefault(mark.kind, []).append((f"marks[{position}]", mark))
        return found

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.author


POST_PUBLISH = Situation(
    key="post.publish",
    title=gettext_noop("A post is about to go out"),
    facts=PostPublish,
    points=points(
        """
        approval suitable_for_children suitable_for_any_reader suits_ages professional purpose own_affairs
        naming photo_consent leadership_consent do_not_publish opt_out image_permission image_judged dress
        ridicule security author_shown author_position disclaimer copyright permission credit
        school_material logo links_fitting links_safe links_blocked confidential
        doubt rights_doubt authority colleague partner confidentiality_asked privacy_asked
        safeguarding_known
        post_owner tone written_for respect_shown running_down text_details own_details confidences
        security_words good_name canvassing references_given sensitive_topics opinions opinion_manner truth
        sources_cited others_rights law_in_text policies_kept answerability talked_over school_purpose
        """,
        house="second_person consent_list",
    ),
)
