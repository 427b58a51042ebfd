"""Accounts: proposed, decided on, opened, looked at, handed over, and their passwords."""

from schoolgate.rulebook.capacities import Capacity
from schoolgate.rulebook.rehearsal.case import (
    Case,
    ago,
    by_each_that_may,
    calendar,
    changed,
    day,
    person,
    roles_that_may,
    signed_by_each_that_may,
    yes,
)
from schoolgate.rulebook.sentences import gettext_noop as _

_TEACHER = person("teacher", Capacity.PROPOSE_ACCOUNT, but_not=Capacity.DECIDE_ACCOUNT)
_DECIDER = person("decider", Capacity.DECIDE_ACCOUNT)
_RUNNER = {
    "relation": "staff",
    "has_read": True,
    "has_understood": True,
    "trained": True,
}
_TEAM = [{"key": "teacher", **_RUNNER}, {"key": "office", **_RUNNER}]
_PLAN = {
    "aim": "to show families what pupils do",
    "purpose_reason": "parents asked for it",
    "content_description": "news of trips and lessons",
    "intended_audience": "families",
    "promotion": "a line in the newsletter",
    "visibility": "open",
    "reason_kind": "pedagogical",
    "department": "geography",
    "line_manager": "head of geography",
    "run_by": _TEAM,
    "administrators": _TEAM,
    "moderators": _TEAM,
    "go_live_date": day(14),
    "hours_per_week": 1,
    "success_measure": "how many families read it",
    "evaluation_date": day(180),
}
_OPEN = {
    "by": person("office", Capacity.OPEN_ACCOUNT),
    "decision": lambda stage: {
        "outcome": "approved",
        "at": ago(days=2)(stage),
        "by": "decider",
        "roles": roles_that_may(Capacity.DECIDE_ACCOUNT)(stage),
    },
    "signatures": [],
    "kind": "school",
    "lets_pupils_in": False,
    "made_for_pupils": False,
    "placed": {"network": "bluesky", "pupils_in_audience": False, "youngest_pupil": 14},
    "case": _PLAN,
    "profile": {
        "says_who_runs_it": True,
        "real_name": True,
        "function_stated": True,
        "says_not_always_watched": True,
        "says_where_concerns_go": True,
        "acceptable_use_link": "school_website",
        "shows_logo_or_brand": False,
        "terms_of_use": True,
        "house_rules": True,
        "privacy": "strongest_available",
    },
    "uses_name": True,
    "uses_logo": False,
    "permissions": by_each_that_may(
        Capacity.DECIDE_ACCOUNT, written=True, covers=["name", "logo"], of_this_version=True
    ),
    "notices": [],
    "separate_account": True,
    "shares_with_personal": False,
    "login_is_private": False,
}

CASES: tuple[Case, ...] = (
    Case(
        "account_proposed",
        _("A teacher proposes an account"),
        _("A teacher wants an account for news of lessons and trips, run with the school office."),
        "account.propose",
        {
            "by": _TEACHER,
            "addressed_to": roles_that_may(Capacity.DECIDE_ACCOUNT),
            "placed": {"network": "bluesky", "pupils_in_audience": False, "youngest_pupil": 14},
            "case": _PLAN,
        },
    ),
    Case(
        "account_decided",
        _("The proposal is approved"),
        _("Someone who decides on accounts reads the proposal and approves it."),
        "account.decide",
        {
            "by": _DECIDER,
            "act": "approve",
            "applicant": "teacher",
            "opened_by_decider": True,
            "complete": True,
            "signatures": signed_by_each_that_may(Capacity.DECIDE_ACCOUNT),
            "talks": [],
            "reason_is_strong": yes("decider"),
            "platform": "bluesky",
            "case": _PLAN,
        },
    ),
    Case(
        "account_opened",
        _("An approved account goes live"),
        _("The school office opens the account. Its page says who runs it."),
        "account.open",
        _OPEN,
    ),
    Case(
        "account_opened_unapproved",
        _("An account goes live that no one approved"),
        _("The school office opens an account before anyone has decided on it."),
        "account.open",
        changed(_OPEN, decision={"outcome": "waiting"}),
        stops_beside="account_opened",
        about="decision",
    ),
    Case(
        "account_not_looked_at",
        _("No one has looked at an account for two weeks"),
        _("Everyone was busy. No one opened the account for 14 days in term."),
        "account.watch",
        {
            "watched_from": day(-14),
            "looks": [],
            "open_since": ago(days=90),
            "posts": [],
            "has_friends": False,
            "calendar": calendar,
        },
    ),
    Case(
        "lead_leaves",
        _("The person who runs an account leaves"),
        _("Someone who knows the passwords leaves the school at the end of the week."),
        "account.lead_left",
        {"by": _DECIDER, "leaver": "teacher", "leaders": []},
    ),
    Case(
        "password_seen",
        _("A colleague asks for an account’s password"),
        _("A colleague who has no part in the account asks the office for its password."),
        "account.keys",
        {
            "by": {"key": "colleague", "relation": "staff", "roles": []},
            "what": "passwords",
            "act": "see",
            "by_has_part": False,
            "place": "vault",
            "in_clear": False,
        },
    ),
    Case(
        "password_lost",
        _("A password on a note"),
        _("A password was written on a note in an open drawer. The note is gone."),
        "account.keys",
        {
            "by": person("office", Capacity.HOLD_KEYS),
            "what": "passwords",
            "act": "keep",
            "by_has_part": True,
            "place": "open",
            "in_clear": True,
        },
    ),
)
