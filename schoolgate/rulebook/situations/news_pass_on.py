"""Somebody at a school knows of something worth telling. Is it to be passed on?"""

from typing import ClassVar, Literal

from schoolgate.rulebook.facts import Act, Name, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment("news.pass_on", _("There is something worth telling"), "news_wanted")
class NewsPassOn(Act, asked_of="news_bringer"):
    """`by`: who knows of it; `school`: at which school it happened; `kind`: what it is."""

    version: ClassVar[int] = 1

    school: Name | None = fact()
    kind: Literal["success", "news", "interesting project", "other"] | None = fact(
        _("what kind of news it is"), need="news_kind"
    )
