"""What a post carries, passes on and links to."""

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
from schoolgate.rulebook.facts import in_writing_before
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.post_publish import Material, PostPublish


def _materials(facts: PostPublish) -> Iterator[tuple[str, Material]]:
    for position, one in enumerate(facts.materials or ()):
        yield f"materials[{position}]", one


class Origin(Control):
    """Is it said of everything that the post carries where it comes from?"""

    key = "material.origin"
    listens_to = ("post.publish",)
    points = ("copyright",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        if facts.materials is None:
            yield unknown("materials", "author")
        for about, one in _materials(facts):
            if one.origin is None:
                yield requires("material.no_origin", Need("origin", "author"), about=about)
            else:
                yield met("material.origin_given", about)


class OwnersPermission(Control):
    """Where something is someone else's, is the owner's permission on record?"""

    key = "material.permission"
    listens_to = ("post.publish",)
    points = ("permission",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        if facts.materials is None:
            yield unknown("materials", "author")
        for about, one in _materials(facts):
            if one.origin is None:
                yield unknown("origin", "author", about)
            elif one.origin != "someone_elses":
                continue
            elif one.permission is None:
                yield unknown("owners_permission", "author", about)
            elif one.permission:
                yield met("material.permitted", about)
            else:
                yield requires("material.not_permitted", Need("owners_permission", "author"), about=about)


class Credit(Control):
    """Is whoever made something that is not the school's own named?"""

    key = "material.credit"
    listens_to = ("post.publish",)
    points = ("credit",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        if facts.materials is None:
            yield unknown("materials", "author")
        for about, one in _materials(facts):
            if one.origin is None:
                yield unknown("origin", "author", about)
            elif one.origin == "own":
                continue
            elif one.credited is None:
                yield unknown("credited", "author", about)
            elif one.credited:
                yield met("material.credited", about)
            else:
                yield requires("material.not_credited", Need("credited", "author"), about=about)


class Labelled(Control):
    """Does the post carry nothing that is marked like this?

    Settings: `labels` - the marks; `release` - the form of leave that lets it out all the same ("written"),
    or None where nothing does."""

    key = "material.labelled"
    listens_to = ("post.publish",)
    points = ("confidential",)

    class Settings(NoSettings):
        labels: tuple[str, ...]
        release: Literal["prior, written"] | None

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        if facts.materials is None:
            yield unknown("materials", "author")
        for about, one in _materials(facts):
            if one.labels is None:
                yield unknown("labels", "author", about)
                continue
            marked = [label for label in settings.labels if label in one.labels]
            if not marked:
                yield met("material.not_labelled", about)
            elif settings.release is not None and any(
                in_writing_before(leave, facts.now) for leave in one.release or ()
            ):
                yield met("material.released", about)
            else:
                yield forbids("material.labelled", about, label=marked[0])


class SchoolMaterial(Control):
    """Is other material that the school published reused only with this role's prior written leave?

    Settings: `role`, `form`, `prior`.
    """

    key = "material.school_publication"
    listens_to = ("post.publish",)
    points = ("school_material",)

    class Settings(NoSettings):
        role: str
        form: Literal["written"]
        prior: bool

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        if facts.materials is None:
            yield unknown("materials", "author")
        for about, one in _materials(facts):
            if one.what != "school_publication":
                continue
            if one.release is None:
                yield unknown("written_leave", settings.role, about)
            elif any(
                in_writing_before(leave, facts.now if settings.prior else None)
                for leave in by_role(one.release, (settings.role,))
            ):
                yield met("open.leave_given", about, role=settings.role)
            else:
                yield requires(
                    "material.needs_leave",
                    Need("written_leave", settings.role),
                    about=about,
                    role=settings.role,
                )


class Marked(Control):
    """Is a logo, slogan or trademark used only where leave for it is on record? Settings: `item`."""

    key = "material.logo"
    listens_to = ("post.publish",)
    points = ("logo",)

    class Settings(NoSettings):
        item: Literal["logo", "slogans", "other trademarks"]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        if facts.materials is None:
            yield unknown("materials", "author")
        what = {"logo": "logo", "slogans": "slogan", "other trademarks": "trademark"}[settings.item]
        for about, one in _materials(facts):
            if one.what != what:
                continue
            if facts.account.logo_allowed is None:
                yield unknown("logo_allowed", "office", about)
            elif facts.account.logo_allowed:
                yield met("material.logo_allowed", about)
            else:
                yield forbids("material.logo_not_allowed", about)


class LinkJudged(Control):
    """Has somebody judged every link in this way? Settings: `check` - fitting or safe."""

    key = "link.judged"
    listens_to = ("post.publish",)
    points = ("links_fitting", "links_safe")
    attested = True

    class Settings(NoSettings):
        check: Literal["appropriate", "safe"]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        if facts.links is None:
            yield unknown("links", "author")
        for position, link in enumerate(facts.links or ()):
            about = f"links[{position}]"
            answer = standing_answer(link.fitting if settings.check == "appropriate" else link.safe)
            if answer is None:
                yield requires("link.not_judged", Need(f"link_{settings.check}", "author"), about=about)
            elif answer:
                yield met("link.judged", about)
            else:
                yield forbids("link.unfit", about)


class LinkBlocked(Control):
    """Does no link lead to a site on the school's list of blocked ones?"""

    key = "link.blocked"
    listens_to = ("post.publish",)
    points = ("links_blocked",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        if facts.links is None:
            yield unknown("links", "author")
        for position, link in enumerate(facts.links or ()):
            about = f"links[{position}]"
            if link.blocked is None:
                yield unknown("link_blocked", "author", about)
            elif link.blocked:
                yield forbids("link.blocked", about)
            else:
                yield met("link.not_blocked", about)
