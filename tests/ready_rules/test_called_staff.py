"""Whom a policy calls staff is bound where it says *staff*: none of them slips out of a ban."""

from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.bound import called_staff
from schoolgate.rulebook.ready.filling import filled
from schoolgate.rulebook.ready.taking import taken_from

ALL = ("staff", "governor", "volunteer")
SAYS = {
    "This applies to staff, governors and volunteers (referred to below as “staff and volunteers”).": ALL,
    'It applies to staff, governors and volunteers. In this policy "staff" means all of these people.': ALL,
    "In this policy, “staff” includes governors.": ("staff", "governor"),
    "The term staff covers employees and volunteers.": ("staff", "volunteer"),
    "Staff must not follow pupils. Governors meet every term.": ("staff",),
    "Governors (the “board”) agree this policy.": ("staff",),
}


def test_whom_a_policy_calls_staff_is_bound_by_its_rules_for_staff_and_by_no_other():
    for text, who in SAYS.items():
        assert called_staff(["Another clause.", text]) == who, text
    ban = "Staff and volunteers must not be friends of pupils on their own accounts."
    ready = ready_rules()["no_pupil_friends"]
    without = taken_from(ready, ban, (), ())
    assert without["bound"] == ("staff", "volunteer")
    values = taken_from(ready, ban, (), (), staff=called_staff(SAYS))
    assert values["bound"] == ALL
    assert {tuple(one["for"]) for one in filled(ready, values, "ban")} == {ALL}
    governors = taken_from(ready, "Governors must not be friends of pupils.", (), (), staff=ALL)
    assert governors["bound"] == ("governor",)
