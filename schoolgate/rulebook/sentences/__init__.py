"""The English templates, by what they speak of."""


def gettext_noop(text: str) -> str:
    """Marks a template for the catalogue without translating it."""
    return text
