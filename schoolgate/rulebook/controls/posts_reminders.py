"""What is to be borne in mind when a post is written: how it sounds, for whom it is, who answers for it."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import Control, NoSettings, Said, advises, met, requires
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.post_publish import PostPublish


class KeyWord(Control):
    """How a post should sound, in one word of the policy.

    Settings: `key_word`; `platforms` - on which networks that suits (None: on all). Where nobody said which
    network it goes out on, the word is shown with "where that suits"."""

    key = "post.key_word"
    listens_to = ("post.publish",)
    points = ("tone",)

    class Settings(NoSettings):
        key_word: Literal["engaging", "conversational", "informative", "friendly", "informal, conversational"]
        platforms: tuple[str, ...] | None

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        network = facts.account.network
        suited = None if settings.platforms is None else [one.casefold() for one in settings.platforms]
        if suited is not None and network is not None and network.casefold() not in suited:
            return
        lacking = [kind for kind in ("no_day", "no_place") if kind in facts.marks_by_kind]
        if settings.key_word == "informative" and lacking:
            yield advises("tone.event_without", what=tuple(f"mark.{kind}" for kind in lacking))
        else:
            yield advises(f"tone.{settings.key_word}")


class WrittenFor(Control):
    """Whom it is written for, before the author's eyes. Settings: `fits` - what it has to suit."""

    key = "post.written_for"
    listens_to = ("post.publish",)
    points = ("written_for",)

    class Settings(NoSettings):
        fits: Literal["audience"]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        audience = facts.account.intended_audience
        if audience:
            yield advises("post.written_for", audience=audience)
        else:
            yield advises("post.written_for_its_readers")


class Reminder(Control):
    """One thing to bear in mind at the moment of writing. Settings: `topic` - which."""

    key = "post.reminder"
    listens_to = ("post.publish",)
    points = ("good_name", "tone")
    plumbing = frozenset({"topic"})

    class Settings(NoSettings):
        topic: Literal["good_name", "think_of_name", "reflects_on_school", "as_on_a_stage"]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        yield advises(f"reminder.{settings.topic}")


class FollowsPolicy(Control):
    """Which rules of the policy this post comes under: with a picture those on pictures as well.

    Settings: `conform_to`."""

    key = "post.follows_policy"
    listens_to = ("post.publish",)
    points = ("policies_kept",)

    class Settings(NoSettings):
        conform_to: Literal["this policy"]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        pictured = facts.has_picture is True or facts.picture is not None
        yield advises("post.follows_policy_on_pictures" if pictured else "post.follows_policy")


class Answerable(Control):
    """Is it known who answers in person for it, however many use the account?"""

    key = "post.answerable"
    listens_to = ("post.publish",)
    points = ("answerability",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        if facts.author is None:
            yield requires("post.nobody_answers", Need("post_author", "office"))
        else:
            yield met("post.author_answers")


class Readers(Control):
    """Who may read it, and for how long. Settings: `audiences` - in the policy's words."""

    key = "post.readers"
    listens_to = ("post.publish",)
    points = ("answerability",)

    class Settings(NoSettings):
        audiences: tuple[str, ...]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        yield advises("post.readers", audiences=tuple(f"readers.{one}" for one in settings.audiences))


class Consequences(Control):
    """What may follow from content of one's own, or from content that is passed on.

    Settings: `content` - made or passed on. Where it is known that nothing is passed on, there is nothing to
    think of."""

    key = "post.consequences"
    listens_to = ("post.publish",)
    points = ("answerability",)

    class Settings(NoSettings):
        content: Literal["created", "shared"]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        passed_on = facts.materials is None or any(one.origin != "own" for one in facts.materials)
        if settings.content == "shared" and not passed_on:
            return
        yield advises(f"consequences.{settings.content}")


class SourcesCited(Control):
    """Can readers find what it cites? A link that leads nowhere waits for the right one."""

    key = "post.sources_cited"
    listens_to = ("post.publish",)
    points = ("sources_cited",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        if not facts.links:
            yield advises("post.cite_sources")
        for position, link in enumerate(facts.links or ()):
            about = f"links[{position}]"
            if link.found is None:
                yield advises("post.cite_sources", about)
            elif link.found:
                yield met("post.source_found", about)
            else:
                yield requires("post.source_not_found", Need("right_address", "reader"), about=about)
