"""A ready rule on new accounts that two people agree to."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER
from schoolgate.rulebook.ready.model import Example, ReadyRule, Role
from schoolgate.rulebook.sentences import gettext_noop as _

FIRST = {"key": "first", "relation": "staff", "roles": ["{who}"]}
SECOND = {"key": "second", "relation": "governor", "roles": ["{deputy}"]}
SIGNED = {"role": "{who}", "by": "first", "of_this_version": True}

ACCOUNTS_TWO_AGREE = ReadyRule(
    key="accounts_two_agree",
    group=_("Accounts"),
    title=_("Each new account is agreed by two people"),
    says=_("A social media account is opened only once the {who} and the {deputy} have both approved it."),
    modality=Modality.MUST,
    fields={
        "who": Role(_("Who agrees first?"), may=("decide_account",), each=True),
        "deputy": Role(_("Who else has to agree, and decides?"), may=("decide_account",), each=True),
    },
    rules=(
        {
            "ask": "account.decide",
            "point": "decider",
            "forbid": {"not": {"by.roles": {"includes_any": ["{who}", "{deputy}"]}}},
        },
        {
            "ask": "account.decide",
            "point": "order",
            "forbid": {"acting_role": {"none_of": ["{who}", "{deputy}"]}},
            "say": "signing.no_such_part",
            "args": {"roles": ["{who}", "{deputy}"]},
        },
        {
            "ask": "account.decide",
            "point": "order",
            "when": {"acting_role": "{deputy}"},
            "need": {"signatures": {"some": {"role": "{who}", "of_this_version": True}}},
            "ask_for": {"what": "signature", "of": "{who}"},
            "say": "signing.before",
            "args": {"role": "{who}"},
        },
        {
            "ask": "account.decide",
            "point": "signers",
            "forbid": {
                "signatures": {
                    "some": {"by": {"same_as": "by.key"}, "not": {"role": {"same_as": "acting_role"}}}
                }
            },
            "say": "signing.twice",
        },
        {
            "ask": ["account.considered", "account.open"],
            "point": "approved",
            "steps": [
                {"forbid": {"decision.outcome": "rejected"}},
                {"need": {"decision.outcome": "approved"}, "ask_for": {"what": "decision", "of": "{deputy}"}},
            ],
        },
    ),
    examples=(
        Example(
            _("The first approver agrees to a new account."),
            "account.decide",
            {"by": FIRST, "act": "approve", "acting_role": "{who}", "signatures": []},
            Answer.ALLOWED,
        ),
        Example(
            _("The second is about to decide, and the first hasn’t agreed yet."),
            "account.decide",
            {"by": SECOND, "act": "approve", "acting_role": "{deputy}", "signatures": []},
            Answer.NOT_YET,
        ),
        Example(
            _("The second decides once the first has agreed."),
            "account.decide",
            {"by": SECOND, "act": "approve", "acting_role": "{deputy}", "signatures": [SIGNED]},
            Answer.ALLOWED,
        ),
        Example(
            _("One person with both roles is about to agree twice."),
            "account.decide",
            {
                "by": {"key": "first", "relation": "staff", "roles": ["{who}", "{deputy}"]},
                "act": "approve",
                "acting_role": "{deputy}",
                "signatures": [SIGNED],
            },
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher without these roles decides on a new account."),
            "account.decide",
            {"by": TEACHER, "act": "approve", "acting_role": "{deputy}", "signatures": [SIGNED]},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher would like an account for the class."),
            "account.considered",
            {"by": TEACHER},
            Answer.NOT_YET,
        ),
        Example(
            _("A teacher opens an account that was approved."),
            "account.open",
            {"by": TEACHER, "decision": {"outcome": "approved"}},
            Answer.ALLOWED,
        ),
    ),
    words=(
        "account accounts page pages profile site cyfrif cyfrifon tudalen",
        (
            "signed authorised approval approved approve permission agreed agree agreement consent decide "
            "decides decided decision cymeradwyo cymeradwyaeth caniatad cytuno penderfynu penderfyna"
        ),
        (
            "new open opened opening set setup create created creating "
            "start started before agor newydd sefydlu creu"
        ),
        "both joint jointly together plus alongside two dau dwy ddau ddwy",
    ),
    unlike="live prior publish published post posts picture photo photograph pupil",
    knows="class classes club set name written faculties departments like once",
)
