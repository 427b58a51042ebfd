"""A connection on a private account is asked for or offered."""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Relation, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class PersonalConnect(Act):
    """`act`: `by` asks the other, or accepts. `other_relation`: what the other is to the school. `wanted`:
    whether `by` really wants to be linked to them."""

    act: Annotated[
        Literal["ask", "accept"] | None,
        Ask(
            "own_connect_act",
            "private_person",
            gettext_noop("who asks for the connection"),
            question=gettext_noop("Do you ask them, or do they ask you?"),
        ),
    ] = None
    other_relation: Annotated[
        Relation | None,
        Ask("own_other_relation", "private_person", gettext_noop("what the other person is to the school")),
    ] = None
    wanted: Annotated[
        Tri,
        Ask(
            "own_wanted",
            "private_person",
            gettext_noop("whether this connection is wanted"),
            question=gettext_noop("Do you really want to be linked with them?"),
        ),
    ] = None


PERSONAL_CONNECT = Situation(
    key="personal.connect",
    title=gettext_noop("A connection on a private account"),
    facts=PersonalConnect,
    points=points("own_connection_wanted own_connection_colleague"),
)
