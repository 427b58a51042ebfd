"""Kinds of tasks about accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import (
    Account,
    AccountKey,
    Admission,
    Fake,
    FoundPage,
    Handover,
    KeyKind,
    Offer,
    Proposal,
    SmallProposal,
)
from schoolgate.duties.kinds import Named, declare

ACCOUNTS, PROPOSALS, SMALL_PROPOSALS, FOUND_PAGES = map(Named, (Account, Proposal, SmallProposal, FoundPage))
HANDOVERS, OFFERS = Named(Handover, ("account__name",)), Named(Offer, ("account__name",))
FAKES = Named(Fake, ("reference",))
ADMISSIONS = Named(Admission, ("account__name",))
"""The account that a person asks to follow. Who asks is shown only on the request's own page."""
KEYS = Named(AccountKey, ("account__name", "kind"), lambda account, kind: f"{account}, {KeyKind(kind).label}")

# fmt: off
CHANGE_KEY = declare("accounts.change_key", _("Change a password on its network and save the new one"),
    _("View reason"),
    page="account-key", mail="accounts.keys", named=KEYS)
RENEW = declare("accounts.renew", _("Connect an account again: its connection ends within two weeks"),
    _("Go to the account"),
    page="account", mail="accounts.keys", named=ACCOUNTS)
RENEW_NOW = declare("accounts.renew_now",
    _("Connect an account again now: its connection ends within three days"), _("Go to the account"),
    page="account", mail="accounts.keys", named=ACCOUNTS)
NOT_CONNECTED = declare("accounts.not_connected",
    _("Connect an account again: until then its posts go out by hand"), _("Go to the account"),
    page="account", mail="accounts.keys", named=ACCOUNTS)
DECIDE = declare("accounts.decide", _("Decide on an account proposal"), _("Read and decide"),
    page="proposal", mail="accounts.decide", named=PROPOSALS)
SIGN = declare("accounts.sign", _("Sign your part of a proposal"), _("Read and sign"),
    page="proposal", mail="accounts.decide", named=PROPOSALS)
SIGN_AGAIN = declare("accounts.sign_again",
    _("A proposal you signed has changed, so your signature no longer counts"), _("View changes"),
    page="proposal", mail="accounts.decide", named=PROPOSALS)
PUT_RIGHT = declare("accounts.put_right", _("Changes requested to your proposal"), _("Read reason"),
    page="proposal", mail="accounts", named=PROPOSALS)
OPEN = declare("accounts.open", _("Set up and open an account"), _("Go to the account"),
    page="account", mail="accounts", named=ACCOUNTS)
REGULAR = declare("accounts.regular", _("Make an existing account meet the policy"), _("Go to the account"),
    page="account", mail="accounts", named=ACCOUNTS)
LEAVE_ENDS = declare("accounts.leave_ends", _("Decide whether an account still has permission to continue"),
    _("Go to the account"),
    page="account", mail="accounts", named=ACCOUNTS)
DECIDE_SMALL = declare("accounts.small_decide", _("Decide on a quick request"), _("Read and decide"),
    page="small-proposal", mail="accounts.decide", named=SMALL_PROPOSALS)
ADMISSION_LOOK = declare("accounts.admission_look", _("Check an access request"), _("See request"),
    page="admission", mail="accounts.decide", named=ADMISSIONS)
ADMISSION_DO = declare("accounts.admission_do", _("Add an approved person on the network and confirm it"),
    _("See who it is"),
    page="admission", mail="accounts", named=ADMISSIONS)
LOOK_INTO_FAKE = declare("accounts.fake", _("Look into a reported fake account"), _("View report"),
    page="fake", mail="accounts.pages", named=FAKES, harm=True)
REPORT_FAKE = declare("accounts.fake_network", _("Report a fake account to its network"),
    _("Show me the text and steps"),
    page="fake", mail="accounts.pages", named=FAKES)
SETTLE_FOUND = declare("accounts.found", _("Decide what to do about an unofficial page"), _("View page"),
    page="found-page", mail="accounts.pages", named=FOUND_PAGES)
REMIND_FOUND = declare("accounts.found_remind", _("Check whether a page has closed as requested"),
    _("View page"),
    page="found-page", mail="accounts.pages", named=FOUND_PAGES)
MARK_LOST = declare("accounts.mark_lost", _("Restore the proof that an account is genuine"),
    _("Go to the account"),
    page="account", mail="accounts.pages", named=ACCOUNTS)
HAND_OVER = declare("accounts.handover", _("Hand over an account: someone responsible for it is leaving"),
    _("See what to do"),
    page="handover", mail="accounts.handover", named=HANDOVERS, passed_on=False)
COVER = declare("accounts.cover", _("Name cover for an account during long leave"), _("Go to the account"),
    page="account", mail="accounts.handover", named=ACCOUNTS)
LOOK_IN = declare("accounts.look_in", _("Check an account (overdue)"), _("Check"),
    page="account-care", mail="accounts", named=ACCOUNTS)
READ_THROUGH = declare("accounts.read_through", _("Check what others contributed to an account (overdue)"),
    _("Check"),
    page="account-care", mail="accounts", named=ACCOUNTS)
READ_FRIENDS = declare("accounts.read_friends", _("Check friends’ comments on an account (overdue)"),
    _("Check"),
    page="account-care", mail="accounts", named=ACCOUNTS)
TAKE_PART = declare("accounts.take_part", _("Help to check an account"), _("Check"),
    page="account-care", mail="accounts", named=ACCOUNTS)
FRESHEN = declare("accounts.freshen", _("Deal with an account that is out of date"), _("View status"),
    page="account-care", mail="accounts", named=ACCOUNTS)
LEFT_ALONE = declare("accounts.left_alone", _("Deal with a neglected account"), _("View status"),
    page="account-care", mail="accounts", named=ACCOUNTS)
NEW_POST = declare("accounts.new_post", _("Post something new: an account is out of date"),
    _("View status"),
    page="account-care", mail="accounts", named=ACCOUNTS)
EVALUATE = declare("accounts.evaluate", _("Review an account"), _("Record outcome"),
    page="account-care", mail="accounts", named=ACCOUNTS)
CLOSE = declare("accounts.close", _("Close an account: its planned closing date is near"), _("View steps"),
    page="account-closing", mail="accounts", named=ACCOUNTS)
NOBODY = declare("accounts.nobody", _("Find a lead for an account without one"), _("Ask someone"),
    page="account-offers", mail="accounts.handover", named=ACCOUNTS)
TAKE_OVER = declare("accounts.take_over", _("Accept or decline a role in an account"), _("Read and reply"),
    page="account-offer", mail="accounts.handover", named=OFFERS)
# fmt: on

OF_CONNECTION = (RENEW, RENEW_NOW, NOT_CONNECTED)
"""Open while the connection through the operator's application ends soon, or has ended."""
OF_LOOKS = (LOOK_IN, READ_THROUGH, READ_FRIENDS, TAKE_PART)
OF_CARE = (*OF_LOOKS, *OF_CONNECTION, FRESHEN, LEFT_ALONE, NEW_POST, EVALUATE, CLOSE, NOBODY, TAKE_OVER)
"""What the care for an account opens: none of them outlives it."""
