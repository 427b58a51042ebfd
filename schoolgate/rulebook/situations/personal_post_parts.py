"""What a private post may have in it: people, remarks and information."""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Part, Relation, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _

Asked = Literal["themselves", "parents"]
Label = Literal["confidential", "proprietary", "business-sensitive", "work information"]


class Mentioned(Part, asked_of="private_person", prefix="own_"):
    """Somebody whom the post is about. `details`: personal details of theirs stand in it. `discussed`: it
    talks about them; `kindly`: only well of them. `known_from_work`: what it tells of them is known from the
    job. `family_of_pupil`: they belong to a pupil's family. `asked`, `agreed`: who was asked beforehand
    whether the details may go online, and who said yes; `agreed_in_writing`: this person did, in writing."""

    relation: Relation | None = fact(_("what the person in it is to the school"), need="own_person")
    details: Tri = fact(
        _("whether it gives personal details of this person"),
        _("Does it give personal details of them?"),
        need="own_others_details",
    )
    discussed: Tri = fact(_("whether it talks about this person"))
    kindly: Tri = None
    known_from_work: Tri = fact(
        _("whether what it tells is known from the job"), _("Do you know it from your work?")
    )
    family_of_pupil: Tri = fact(need="own_person")
    asked: tuple[Asked, ...] | None = fact(_("who was asked beforehand"), _("Who was asked beforehand?"))
    agreed: tuple[Asked, ...] | None = fact(_("who agreed"), _("Who said yes?"))
    agreed_in_writing: Tri = fact(_("whether they agreed in writing"))


class Remark(Part, asked_of="private_person", prefix="own_remark_"):
    """A remark in the post. `about`: the school or federation itself, a pupil, somebody else who belongs to
    it, a supplier, somebody else with a link to it, or nobody of these. `runs_down`, `defames`, `rude`,
    `threatens`, `improper`, `offends`, `discriminates`, `insults`,
    `obscene`: what somebody who read it found."""

    about: Literal["school", "pupil", "member", "supplier", "connected", "nobody_here"] | None = fact(
        _("whom the remark is about")
    )
    runs_down: Attested | None = fact(
        _("does the remark belittle?"),
        _("Do you judge that it runs the school down?"),
        need="own_remark_belittling",
        say="private.ask_remark_belittling",
    )
    defames: Attested | None = fact(
        _("does the remark defame?"), need="own_remark_defamation", say="private.ask_remark_defamation"
    )
    rude: Attested | None = fact(_("is the remark rude?"), say="private.ask_remark_rude")
    threatens: Attested | None = fact(
        _("does the remark threaten?"), need="own_remark_threatening", say="private.ask_remark_threatening"
    )
    improper: Attested | None = fact(_("is the remark improper?"), say="private.ask_remark_improper")
    offends: Attested | None = fact(_("does the remark offend?"), need="own_remark_offensive")
    discriminates: Attested | None = fact(
        _("does the remark discriminate?"), need="own_remark_discriminatory"
    )
    insults: Attested | None = fact(_("does the remark insult?"), need="own_remark_insulting")
    obscene: Attested | None = fact(_("is the remark obscene?"))


class Information(Part, asked_of="private_person"):
    """A piece of information that the post gives away or makes use of. `labels`: what it is; "work
    information" is whatever was learnt through the job."""

    labels: tuple[Label, ...] | None = fact(
        _("whose the information is, of what kind, and what is done with it"), need="own_information_kind"
    )
    owner: Literal["federation", "company", "other person"] | None = fact(need="own_information_kind")
    act: Literal["disclose", "use"] | None = fact(need="own_information_kind")
