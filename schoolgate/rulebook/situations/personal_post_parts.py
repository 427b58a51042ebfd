"""What a private post may have in it: people, remarks and information."""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Ask, Attested, Part, Relation, Tri
from schoolgate.rulebook.sentences import gettext_noop as _

Asked = Literal["themselves", "parents"]
Label = Literal["confidential", "proprietary", "business-sensitive", "work information"]


class Mentioned(Part):
    """Somebody whom the post is about. `details`: personal details of theirs stand in it. `discussed`: it
    talks about them; `kindly`: only well of them. `known_from_work`: what it tells of them is known from the
    job. `family_of_pupil`: they belong to a pupil's family. `asked`, `agreed`: who was asked beforehand
    whether the details may go online, and who said yes; `agreed_in_writing`: this person did, in writing."""

    relation: Annotated[
        Relation | None, Ask("own_person", "private_person", _("what the person in it is to the school"))
    ] = None
    details: Annotated[
        Tri,
        Ask(
            "own_others_details",
            "private_person",
            _("whether it gives personal details of this person"),
            question=_("Does it give personal details of them?"),
        ),
    ] = None
    discussed: Annotated[
        Tri, Ask("own_discussed", "private_person", _("whether it talks about this person"))
    ] = None
    kindly: Tri = None
    known_from_work: Annotated[
        Tri,
        Ask(
            "own_known_from_work",
            "private_person",
            _("whether what it tells is known from the job"),
            question=_("Do you know it from your work?"),
        ),
    ] = None
    family_of_pupil: Annotated[Tri, Ask("own_person", "private_person")] = None
    asked: Annotated[
        tuple[Asked, ...] | None,
        Ask(
            "own_asked",
            "private_person",
            _("who was asked beforehand"),
            question=_("Who was asked beforehand?"),
        ),
    ] = None
    agreed: Annotated[
        tuple[Asked, ...] | None,
        Ask("own_agreed", "private_person", _("who agreed"), question=_("Who said yes?")),
    ] = None
    agreed_in_writing: Annotated[
        Tri, Ask("own_agreed_in_writing", "private_person", _("whether they agreed in writing"))
    ] = None


class Remark(Part):
    """A remark in the post. `about`: the school or federation itself, a pupil, somebody else who belongs to
    it, a supplier, somebody else with a link to it, or nobody of these. `runs_down`, `defames`, `rude`,
    `threatens`, `improper`, `offends`, `discriminates`, `insults`,
    `obscene`: what somebody who read it found."""

    about: Annotated[
        Literal["school", "pupil", "member", "supplier", "connected", "nobody_here"] | None,
        Ask("own_remark_about", "private_person", _("whom the remark is about")),
    ] = None
    runs_down: Annotated[
        Attested | None,
        Ask(
            "own_remark_belittling",
            "private_person",
            _("does the remark belittle?"),
            say="private.ask_remark_belittling",
            question=_("Do you judge that it runs the school down?"),
        ),
    ] = None
    defames: Annotated[
        Attested | None,
        Ask(
            "own_remark_defamation",
            "private_person",
            _("does the remark defame?"),
            say="private.ask_remark_defamation",
        ),
    ] = None
    rude: Annotated[
        Attested | None,
        Ask("own_remark_rude", "private_person", _("is the remark rude?"), say="private.ask_remark_rude"),
    ] = None
    threatens: Annotated[
        Attested | None,
        Ask(
            "own_remark_threatening",
            "private_person",
            _("does the remark threaten?"),
            say="private.ask_remark_threatening",
        ),
    ] = None
    improper: Annotated[
        Attested | None,
        Ask(
            "own_remark_improper",
            "private_person",
            _("is the remark improper?"),
            say="private.ask_remark_improper",
        ),
    ] = None
    offends: Annotated[
        Attested | None, Ask("own_remark_offensive", "private_person", _("does the remark offend?"))
    ] = None
    discriminates: Annotated[
        Attested | None,
        Ask("own_remark_discriminatory", "private_person", _("does the remark discriminate?")),
    ] = None
    insults: Annotated[
        Attested | None, Ask("own_remark_insulting", "private_person", _("does the remark insult?"))
    ] = None
    obscene: Annotated[
        Attested | None, Ask("own_remark_obscene", "private_person", _("is the remark obscene?"))
    ] = None


class Information(Part):
    """A piece of information that the post gives away or makes use of. `labels`: what it is; "work
    information" is whatever was learnt through the job."""

    labels: Annotated[
        tuple[Label, ...] | None,
        Ask(
            "own_information_kind",
            "private_person",
            _("whose the information is, of what kind, and what is done with it"),
        ),
    ] = None
    owner: Annotated[
        Literal["federation", "company", "other person"] | None, Ask("own_information_kind", "private_person")
    ] = None
    act: Annotated[Literal["disclose", "use"] | None, Ask("own_information_kind", "private_person")] = None
