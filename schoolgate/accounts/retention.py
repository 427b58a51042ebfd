"""Closed accounts, proposals, quick requests, and pages that others run, once they are over: what is due, and
how it goes.

Their rows stay: who proposed, signed and decided, and when.
"""

from __future__ import annotations

from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import (
    FAKE_STANDS,
    FOUND_ENDS,
    Account,
    AccountClass,
    AccountKey,
    AccountState,
    AimResult,
    Archive,
    ArchiveState,
    AssociatedPage,
    Closing,
    Condition,
    Evaluation,
    Fake,
    FakeNote,
    FoundPage,
    GoingOn,
    Handover,
    Notice,
    PagePicture,
    PaperKey,
    Proposal,
    ProposalEdition,
    ProposalState,
    Seen,
    SentBack,
    Signature,
    SiteCare,
    SiteLook,
    SiteWord,
    SmallProposal,
    SmallState,
)
from schoolgate.core.retention import NUMBERED, SIX_YEARS, Area, Declared, Part, Public, Row, unless_empty
from schoolgate.policy.models import DECIDED_ON


class Proposals(Declared):
    """Proposals for accounts that came to nothing, or whose account is closed."""

    key, number, endings = "proposals", 16, ("proposal_period",)
    area = Area.ACCOUNTS
    public = Public.NOWHERE
    name = _("Proposals for accounts")
    thing = _("Proposal")
    counted = _("From the day it was decided or withdrawn.")
    goes = _(
        "Its name, answers and earlier versions, the reasons and conditions, and the answers that decisions "
        "were based on."
    )
    stays = _(
        "The proposal’s network, dates and outcome, and who signed and decided. The proposal "
        "for an account stays until the account is closed."
    )
    because = SIX_YEARS
    first = _("Decide on it or withdraw it, and finish every task about it. Close its account first.")
    row = Row(
        Proposal,
        over=Q(state__in=(ProposalState.REFUSED, ProposalState.WITHDRAWN))
        | Q(account__state=AccountState.CLOSED),
        since=("decided_at", "saved_at"),
        empties={
            "name": NUMBERED, "answers": {}, "considered": {}, "youngest_pupil": None,
            "reason": unless_empty("reason"),
        },
        parts=(
            Part(ProposalEdition, "proposal", {"said": {}}),
            Part(Signature, "proposal", {"leaves_out": []}),
            Part(SentBack, "proposal", {"words": "-"}),
            Part(Condition, "proposal", {"words": "-"}),
            DECIDED_ON,
        ),
    )  # fmt: skip


class QuickRequests(Declared):
    """Quick requests that are over."""

    key, number, endings = "quick", 17, ("quick_period",)
    area = Area.ACCOUNTS
    public = Public.NOWHERE
    name = _("Quick requests")
    thing = _("Quick request")
    counted = _("From the day it was done, decided or withdrawn.")
    goes = _("The plan, the address, the reasons, and the answers that decisions were based on.")
    stays = _(
        "The request’s kind, dates and outcome, and who decided. An approved one stays until it is done."
    )
    because = SIX_YEARS
    first = _("Decide on it, withdraw it or record it as done, and finish every task about it.")
    row = Row(
        SmallProposal,
        over=~Q(state__in=(SmallState.WAITING, SmallState.APPROVED)),
        since=("done_at", "decided_at", "submitted_at"),
        empties={
            "name": NUMBERED, "address": "", "words": "-", "open_points": [],
            "reason": unless_empty("reason"),
        },
        parts=(DECIDED_ON,),
    )  # fmt: skip


class FakeAccounts(Declared):
    """Reported fake accounts that are over."""

    key, number, endings = "fakes", 18, ("fake_period",)
    area = Area.ACCOUNTS
    public = Public.FIRST
    name = _("Reported fake accounts")
    thing = _("Reported fake account")
    counted = _("From the day it ended.")
    goes = _("The address, what was reported and seen, the pictures, and the network’s reference number.")
    stays = _("The report’s reference, network, dates and outcome, and who dealt with it.")
    because = SIX_YEARS
    first = _("End it, and finish every task about it.")
    row = Row(
        Fake,
        over=~Q(state__in=FAKE_STANDS),
        since="ended_at",
        empties={"address": "", "key": "", "told_case": "", "address_shown": False},
        parts=(
            Part(
                FakeNote, "fake", {"words_ref": None, "picture_ref": None},
                sealed=("words_ref", "picture_ref"),
            ),
            DECIDED_ON,
        ),
    )  # fmt: skip


class UnofficialPages(Declared):
    """Unofficial pages that are over."""

    key, number, endings = "unofficial", 19, ("unofficial_period",)
    area = Area.ACCOUNTS
    public = Public.NOWHERE
    name = _("Unofficial pages")
    thing = _("Unofficial page")
    counted = _("From the day it ended.")
    goes = _("Its name and address, who may run it, and the answers that decisions were based on.")
    stays = _("The page’s network, dates and outcome, and who dealt with it.")
    because = SIX_YEARS
    first = _("End it, and finish every task about it.")
    row = Row(
        FoundPage,
        over=Q(state__in=FOUND_ENDS),
        since="ended_at",
        empties={
            "address": "", "key": "", "name": "", "made_by": "", "comparable_to": None, "whose_ref": None,
        },
        sealed=("whose_ref",),
        parts=(DECIDED_ON,),
    )  # fmt: skip


class PagesAroundTheSchool(Declared):
    """Pages of a PTA or of Friends that are no longer listed."""

    key, number, endings = "pta", 20, ("pta_period",)
    area = Area.ACCOUNTS
    public = Public.FIRST
    name = _("PTA and Friends pages")
    thing = _("PTA page")
    counted = _("From the day it was taken off the list.")
    goes = _("Its name, address, purpose and contact.")
    stays = _("The page’s network and dates, and who entered it.")
    because = SIX_YEARS
    first = _("Take it off the list first.")
    row = Row(
        AssociatedPage,
        over=Q(ended_at__isnull=False),
        since="ended_at",
        empties={"name": NUMBERED, "address": "", "purpose": "", "contact": ""},
    )


class ClosedAccounts(Declared):
    """Accounts that were closed, with what people wrote about them."""

    key, number, endings = "accounts", 25, ("account_period",)
    area = Area.ACCOUNTS
    public = Public.FIRST
    name = _("Closed accounts")
    thing = _("Account")
    counted = _("From the day it was closed.")
    goes = _(
        "Its contact, the archive with its posts and comments, pictures of its page, and what people wrote "
        "when it was set up, checked, reviewed, handed over and closed."
    )
    stays = _(
        "The account’s name, address, purpose and dates, who ran it, and who had its "
        "passwords. What is still on the network isn’t deleted."
    )
    because = SIX_YEARS
    first = _("Close the account, and finish every task and concern about it.")
    row = Row(
        Account,
        over=Q(state=AccountState.CLOSED),
        since="closed_at",
        empties={"contact": ""},
        parts=(
            Part(Notice, "account", {"identity": "", "address": ""}),
            Part(GoingOn, "account", {"reason": "-"}),
            Part(AimResult, "evaluation__account", {"aim": "-", "words": unless_empty("words")}),
            Part(Evaluation, "account", {"words": unless_empty("words")}),
            Part(
                Archive, "account",
                {
                    "digest": "",
                    "state": Case(
                        When(state=ArchiveState.READY, then=Value(ArchiveState.GONE)), default=F("state")
                    ),
                },
                files=("digest",),
            ),
            Part(Closing, "account", {"who": "", "content": "", "followers": ""}),
            Part(Seen, "account", {"value": None}),
            Part(PagePicture, "account", {"digest": ""}, files=("digest",)),
            Part(Handover, "account", {"keeps": None}),
            Part(AccountKey, "account", {"note": ""}),
            Part(PaperKey, "account", {"place": "", "why": unless_empty("why")}),
            Part(
                SiteCare, "account",
                {
                    "answers_given_by": [], "started_by": "", "answers_for_moderation": "",
                    "reporting_route": "", "steps_in_how": "", "own_plan": "", "friends_note": "",
                    "suits": {},
                },
            ),
            Part(SiteLook, "account", {"note": ""}),
            Part(
                SiteWord, "account",
                {"words": "", "team": "", "guidance": "", "replaces": "", "open_points": []},
            ),
            Part(AccountClass, "account", {"label": "", "was": unless_empty("was")}),
            DECIDED_ON,
        ),
    )  # fmt: skip
