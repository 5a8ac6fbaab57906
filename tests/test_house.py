"""The house rules a test can hold: sizes of files, functions and classes, and what the package never does."""

import ast
from functools import cache
from pathlib import Path

import pytest

import kepuasan

PACKAGE = Path(kepuasan.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
FORBIDDEN = {"utils", "helpers", "core", "base", "common"}


@cache
def trees():
    return [(path.relative_to(PACKAGE), ast.parse(path.read_text(encoding="utf-8"))) for path in FILES]


def body_lines(node):
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return node.end_lineno - first.lineno + 1


def test_no_file_is_longer_than_420_lines():
    long = {str(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert not {path: count for path, count in long.items() if count > 420}


def test_no_function_body_is_longer_than_50_lines():
    functions = [(path, node) for path, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert len(functions) > 200
    assert not [f"{path}: {node.name}" for path, node in functions if body_lines(node) > 50]


def test_no_function_takes_more_than_nine_arguments():
    functions = [(path, node) for path, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    many = [f"{path}: {node.name}" for path, node in functions if len(node.args.args + node.args.kwonlyargs) > 9]
    assert not many


def test_no_class_has_more_than_fourteen_methods():
    classes = [(path, node) for path, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert not [(path, node.name) for path, node in classes if sum(isinstance(one, ast.FunctionDef) for one in node.body) > 14]


@pytest.mark.parametrize("kind", ["assert", "bare except", "print", "NotImplementedError"])
def test_the_package_never_uses(kind):
    finds = {
        "assert": lambda node: isinstance(node, ast.Assert),
        "bare except": lambda node: isinstance(node, ast.ExceptHandler) and node.type is None,
        "print": lambda node: isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print",
        "NotImplementedError": lambda node: isinstance(node, ast.Name) and node.id == "NotImplementedError",
    }
    assert not [f"{path}:{node.lineno}" for path, tree in trees() for node in ast.walk(tree) if finds[kind](node)]


def test_no_file_hides_behind_a_name_that_says_nothing():
    assert not [path for path in FILES if path.stem in FORBIDDEN]


def test_every_module_says_what_it_is():
    assert not [str(path) for path, tree in trees() if not ast.get_docstring(tree)]
