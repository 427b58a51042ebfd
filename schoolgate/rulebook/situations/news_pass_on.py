"""Somebody at a school knows of something worth telling. Is it to be passed on?"""

from typing import Annotated, ClassVar, Literal

from schoolgate.rulebook.facts import Act, Ask, Name
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class NewsPassOn(Act):
    """`by`: who knows of it; `school`: at which school it happened; `kind`: what it is."""

    version: ClassVar[int] = 1

    school: Annotated[Name | None, Ask("school", "news_bringer")] = None
    kind: Annotated[
        Literal["success", "news", "interesting project", "other"] | None,
        Ask("news_kind", "news_bringer", gettext_noop("what kind of news it is")),
    ] = None


NEWS_PASS_ON = Situation(
    key="news.pass_on",
    title=gettext_noop("There is something worth telling"),
    facts=NewsPassOn,
    points=points("news_wanted"),
)
