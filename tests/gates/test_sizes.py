"""Files stay short enough to be read, and functions too."""

import ast

from tests.gates.files import name_of, own_files

LONGEST_FILE, LONGEST_FUNCTION = 400, 80
GENERATED = ("/migrations/", "/static/")


def test_no_file_is_longer_than_400_lines():
    sources = own_files("*.py", "*.html", "*.scss", "*.css", "*.js", "*.mjs", "scripts/*", "Makefile")
    long = {
        name_of(path): lines
        for path in sources
        if not any(part in name_of(path) for part in GENERATED)
        and path.suffix not in (".json", ".txt")
        and (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_no_function_is_longer_than_80_lines():
    long = {}
    for path in own_files("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION and "/migrations/" not in name_of(path):
                    long[f"{name_of(path)}: {node.name}"] = lines
    assert long == {}
