"""Journalists, news and promotion."""

from typing import ClassVar, Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Attested,
    Facts,
    Given,
    Instant,
    Name,
    Person,
    Roles,
    Tri,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment


def in_writing(advice: tuple[Given, ...] | None) -> tuple[Given, ...] | None:
    """What of it is in writing and names the text that is about to be sent."""
    return None if advice is None else tuple(one for one in advice if one.written and one.of_this_version)


@moment(
    "media.enquiry",
    _("Contact from a journalist"),
    "pass_on answer request_for_comment media_policy",
    asks=Asks.ACT,
)
class MediaEnquiry(Act, asked_of="moderator"):
    """`passed_to`: roles that already have the enquiry. `advice`: its `written` and `of_this_version` (naming
    the text about to be sent) tell its kind."""

    by: Person | None = fact(need="writer", of="office")
    act: Literal["pass_on", "answer"] | None = fact(
        _("whether you will answer the enquiry or pass it on"), need="media_act", of="writer"
    )
    received_at: Instant | None = fact(need="item_received_at")
    from_press: Tri = fact()
    about_posts: Tri = fact(_("whether the enquiry is about posts"), _("Is it about what was posted?"))
    asks_for_comment: Tri = fact(_("whether they ask for a comment for publication"))
    passed_to: Roles | None = fact(_("who the enquiry was passed on to"), of="writer")
    advice: tuple[Given, ...] | None = Field(None, description=_("the advice on the reply"))
    media_policy_steps: Attested | None = fact(
        _("the steps of the media policy"), of="writer", say="media.policy_first"
    )

    @derived("press_advice", of="office")
    def advice_on_record(self, _facts: Facts) -> tuple[Given, ...] | None:
        """Advice and approval for an answer to the press."""
        return self.advice

    @derived("written_approval", of="office")
    def written_advice(self, _facts: Facts) -> tuple[Given, ...] | None:
        """That of it which is in writing and names this text."""
        return in_writing(self.advice)


@moment("media.expected", _("A site or post that may attract the press"), "press_expected", asks=Asks.DUTY)
class MediaExpected(Act):
    """`by` makes it. `what`: a site or content. `may_be_controversial`: marked so by a person."""

    what: Literal["site", "content"] | None = Field(None, description=_("what it is about"))
    may_be_controversial: Tri = Field(None, description=_("whether the post may be controversial"))


@moment("news.pass_on", _("Something worth sharing"), "news_wanted", asks=Asks.DUTY)
class NewsPassOn(Act, asked_of="news_bringer"):
    """`by`: who knows of it; `school`: at which school it happened; `kind`: what it is."""

    version: ClassVar[int] = 1

    school: Name | None = fact()
    kind: Literal["success", "news", "interesting project", "other"] | None = fact(
        _("what kind of news it is"), need="news_kind"
    )


Canvassing = Literal[
    "commercial solicitation",
    "personal solicitation",
    "religious solicitation",
    "political solicitation",
    "promotion of unrelated outside organisation",
]


@moment("promotion.ask", _("Canvassing for something or promoting someone"), "canvassing", asks=Asks.ACT)
class PromotionAsk(Act, asked_of="promoter"):
    """`by` would post it or pass it on, on an account of the school, over its systems, or on an account of
    their own from home. `kind`: None where not stated."""

    version: ClassVar[int] = 1

    where: Literal["official_account", "school_systems", "own_account"] | None = fact(
        _("where it will be posted"), _("Where would it be?"), need="promotion_where"
    )
    kind: Canvassing | None = fact(
        _("what the post campaigns for, if anything"), _("What is it about?"), need="promotion_kind"
    )
    none_of_these: Tri = Field(None, description=_("whether this is none of these purposes"))
    linked_to_work: Tri = fact(
        _("whether this organisation is connected with the school’s work"),
        _("Is that organisation linked to the school’s work?"),
    )

    @derived("promotion_kind")
    def kind_meant(self, _facts: Facts) -> Canvassing | Literal["none"] | None:
        """What it is canvassing for; "none" where it is no canvassing and no promotion."""
        return "none" if self.none_of_these else self.kind
