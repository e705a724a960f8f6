"""The editor modeline: the first line of a rule file, which tells an editor where the file's JSON Schema is."""

from __future__ import annotations

from collections.abc import Mapping

from pathfinder.authoring.file_kinds import kind_of

BEGIN = "# yaml-language-server: $schema="


def with_modelines(texts: Mapping[str, str], schemas: str) -> dict[str, str]:
    """The files of a rule base, by their names in its folder, each with the modeline it should have.

    `schemas` leads from the folder of the rule base to that of the schemas (`../docs/schema`). Files of a kind that
    has no schema are left out.
    """
    found: dict[str, str] = {}
    for name, text in texts.items():
        kind = kind_of(name)
        if kind is not None:
            found[name] = _with_modeline(text, f"{'../' * name.count('/')}{schemas}/{kind}.json")
    return found


def _with_modeline(text: str, schema: str) -> str:
    """The same text with one modeline, as its first line."""
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(BEGIN)]
    return "".join([f"{BEGIN}{schema}\n", *lines])
