"""The formatter, the linter and the linters of templates are content."""

from tests.gates.files import check, name_of, own_files

MEND = "`make format` mends what can be mended by itself; the rest is said line by line above."


def test_every_file_is_formatted():
    check("ruff", "format", "--check", "--quiet", ".", then="`make format` does it.")


def test_the_linter_is_content():
    check("ruff", "check", "--quiet", "--output-format=concise", ".", then=MEND)


def test_templates_are_linted():
    check("djlint", "schoolgate", "--lint", "--quiet", then="Put right what is said line by line above.")


def test_templates_are_formatted():
    templates = [name_of(path) for path in own_files("schoolgate/*.html")]
    check("djade", "--check", "--target-version", "5.2", *templates, then="`make format` does it.")
