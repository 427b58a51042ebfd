"""What the scenarios prove: a binding is proven when without it one that cites its clause comes out wrong."""

from schoolgate.rulebook import Book
from schoolgate.rulebook.coverage import proof_kind
from schoolgate.rulebook.packs import Binding
from tests.policies.scenarios import Scenario, ask, scenarios, unexpected


def proofs(book: Book) -> dict[str, str]:
    """Binding -> kind of proof, for every binding of the policy that some scenario notices."""
    found = {}
    for binding in book.pack.bindings:
        kinds = kinds_noticed(binding, book)
        if kinds:
            found[binding.id] = proof_kind(binding, kinds)
    return dict(sorted(found.items()))


def kinds_noticed(binding: Binding, book: Book) -> set[str]:
    """The kinds of this binding's findings in the scenarios that cite its clause and fail without it."""
    without = book.without(binding.id)
    kinds: set[str] = set()
    for scenario in scenarios(book.key):
        if scenario.situation not in binding.situations or not cites(scenario, binding):
            continue
        if unexpected(scenario, ask(scenario, without)):
            kinds |= own_kinds(scenario, binding, book)
    return kinds


def cites(scenario: Scenario, binding: Binding) -> bool:
    """Whether the scenario expects the binding's clause to be cited, anywhere or at its point."""
    expect, clause = scenario.expect, binding.clauses[0]
    return clause in expect.get("clauses", ()) or clause in expect.get("at", {}).get(binding.point, ())


def own_kinds(scenario: Scenario, binding: Binding, book: Book) -> set[str]:
    return {
        str(finding.kind)
        for finding in ask(scenario, book).at(binding.point)
        if finding.control == binding.control and binding.clauses[0] in finding.clauses
    }


def noticed_by_strangers(book: Book) -> list[str]:
    """Bindings whose taking away changes the answer at another point than their own, in any scenario."""
    changed = []
    for binding in book.pack.bindings:
        without = book.without(binding.id)
        for scenario in scenarios(book.key):
            if scenario.situation in binding.situations:
                before, after = ask(scenario, book).points, ask(scenario, without).points
                moved = {point for point in before if before[point] != after[point]}
                changed += [f"{binding.id}: {scenario}"] if moved - {binding.point} else []
    return changed
