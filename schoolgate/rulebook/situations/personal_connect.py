"""A connection on a private account is asked for or offered."""

from typing import Literal

from schoolgate.rulebook.facts import Act, Relation, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment(
    "personal.connect",
    _("A connection on a private account"),
    "own_connection_wanted own_connection_colleague",
)
class PersonalConnect(Act, asked_of="private_person"):
    """`act`: `by` asks the other, or accepts. `other_relation`: what the other is to the school. `wanted`:
    whether `by` really wants to be linked to them."""

    act: Literal["ask", "accept"] | None = fact(
        _("who asks for the connection"), _("Do you ask them, or do they ask you?"), need="own_connect_act"
    )
    other_relation: Relation | None = fact(
        _("what the other person is to the school"), need="own_other_relation"
    )
    wanted: Tri = fact(
        _("whether this connection is wanted"),
        _("Do you really want to be linked with them?"),
        need="own_wanted",
    )
