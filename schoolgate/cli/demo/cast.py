"""The people and schools of the five example federations. All of them are invented."""

from dataclasses import dataclass

from schoolgate.core.models import Country


@dataclass(frozen=True)
class Who:
    """A person of the cast. `roles` are keys of the policy's own roles; `signs_in`: printed among the
    sign-ins."""

    key: str
    name: str
    roles: tuple[str, ...]
    relation: str = "staff"
    signs_in: bool = True
    language: str = "en"


@dataclass(frozen=True)
class Cast:
    """One federation. The parts of its story name people by key: who looks after the rest, who leads on
    safeguarding, who proposes, who decides, who opens, who writes, who approves, who replies."""

    name: str
    schools: tuple[str, ...]
    people: tuple[Who, ...]
    lead: str
    proposer: str
    decider: str
    opener: str
    writer: str
    approver: str
    answerer: str
    languages: tuple[str, ...] = ("en",)
    country: Country = Country.ENGLAND
    signers: tuple[str, ...] = ()
    notice_to: str = ""
    manages: tuple[tuple[str, str], ...] = ()
    """(line manager, the person they manage)"""
    on_duty: tuple[str, ...] = ()
    """Who takes turns on the rota; none: there is no rota."""

    @property
    def first(self) -> Who:
        """Return the federation's first person, who looks after people and the policy."""
        return self.people[0]


CAST: dict[str, Cast] = {
    "wildground": Cast(
        name="Wildground Federation",
        schools=("Wildground Juniors", "Wildground Infants"),
        people=(
            Who("helen", "Helen Marsh", ("slt",)),
            Who("joe", "Joe Lister", ("administrator-moderator",)),
            Who("priya", "Priya Nair", ("staff",)),
            Who("tom", "Tom Ellery", ("lead-staff-member", "staff")),
            Who("grace", "Grace Obi", ("federation-leadership-team",), relation="governor"),
            Who("dilys", "Dilys Moss", ()),
        ),
        lead="dilys",
        proposer="priya", decider="helen", opener="joe", writer="priya", approver="tom", answerer="tom",
        on_duty=("tom", "joe"),
    ),
    "boroughbridge": Cast(
        name="Boroughbridge High School and King James's School Federation",
        schools=("Boroughbridge High School", "King James's School"),
        people=(
            Who("martin", "Martin Cole", ("staff-lead-director-of-business-services",)),
            Who("sue", "Sue Hart", ("senior-network-manager-senior-authoriser",)),
            Who("tom", "Tom Reed", ("lead-member-of-staff", "all-staff")),
            Who("leah", "Leah Stone", ("other-designated-lead-staff-member", "all-staff")),
            Who("ruth", "Ruth Bell", ("senior-leader",)),
            Who("ivor", "Ivor Hall", ("governors",), relation="governor"),
            Who("joan", "Joan Frith", ()),
        ),
        lead="joan",
        proposer="leah", decider="sue", opener="tom", writer="leah", approver="tom", answerer="tom",
    ),
    "learn-to-live": Cast(
        name="Learn to Live Federation",
        schools=("Harbour Primary School", "Hill Top Primary School"),
        people=(
            Who("olwen", "Olwen Price", ("headteacher",)),
            Who("dan", "Dan Frost", ("slt",)),
            Who("nia", "Nia Webb", ("network-manager",)),
            Who("rob", "Rob Keane", ("staff",)),
            Who("jo", "Jo Dean", ("staff",)),
            Who("meg", "Meg Ward", ("governor", "governing-body"), relation="governor"),
            Who("fay", "Fay Noble", ()),
        ),
        lead="fay",
        proposer="rob", decider="olwen", opener="rob", writer="rob", approver="dan", answerer="jo",
        notice_to="nia",
    ),
    "wootton": Cast(
        name="Wootton Academy Trust",
        schools=("Wootton Upper School",),
        people=(
            Who("karen", "Karen Bright", ("principal",)),
            Who("lou", "Lou Grant", ("finance-director",)),
            Who("pat", "Pat Moor", ("other-senior-manager", "nominated-senior-manager")),
            Who("ann", "Ann Field", ("site-author", "staff")),
            Who("di", "Di Rook", ("administrator", "moderator")),
            Who("ed", "Ed Shaw", ("administrator", "moderator")),
            Who("bo", "Bo Lane", ("board-of-directors",), relation="governor"),
            Who("kit", "Kit Lowe", ("legal-advisers",), relation="contractor", signs_in=False),
            Who("una", "Una Speed", ()),
        ),
        lead="una",
        proposer="ann", decider="karen", opener="di", writer="ann", approver="pat", answerer="di",
        signers=("lou", "pat"), manages=(("lou", "ann"),),
    ),
    "llanidloes": Cast(
        name="Ffederasiwn Ysgolion Llanidloes Schools Federation",
        schools=("Llanidloes High School", "Llanidloes Primary School"),
        people=(
            Who("rhian", "Rhian Evans", ("headteacher",), language="cy"),
            Who("carys", "Carys Huws", ("staff",), language="cy"),
            Who("gethin", "Gethin Lloyd", ("staff",)),
            Who("mair", "Mair Davies", ("moderator",)),
            Who("alun", "Alun Rees", ("governing-body", "chair-of-governing-body"), relation="governor"),
            Who("non", "Non Parry", (), language="cy"),
        ),
        lead="non",
        proposer="carys", decider="rhian", opener="carys", writer="carys", approver="gethin", answerer="mair",
        languages=("en", "cy"), country=Country.WALES,
    ),
}  # fmt: skip
