"""YAML as an editor reads it (version 1.2): `no` is a word, dates are text, keys are text."""

from __future__ import annotations

import re

import yaml


class Loader(yaml.SafeLoader):
    """PyYAML with the core schema of YAML 1.2 in place of that of 1.1."""


Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), [*_first])
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^$"), [""])


def read_yaml(text: str) -> object:
    """The document in a text."""
    return _with_text_keys(yaml.load(text, Loader))


def _with_text_keys(node: object) -> object:
    if isinstance(node, dict):
        return {_word(key): _with_text_keys(value) for key, value in node.items()}
    return [_with_text_keys(item) for item in node] if isinstance(node, list) else node


def _word(key: object) -> str:
    return str(key).lower() if isinstance(key, bool) else str(key)
