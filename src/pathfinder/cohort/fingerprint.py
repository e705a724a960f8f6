"""What tells whether two people, or two runs, are the same: a digest of everything in a value."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from msgspec import Struct


def fingerprint(value: object) -> str:
    """A digest of a value of records, mappings, sets, sequences, text and numbers; equal for equal values, in
    every process."""
    return sha256(json.dumps(_plain(value), sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> object:
    """The value in JSON's types, with the names of its classes, which may differ in nothing else."""
    if isinstance(value, Struct):
        return {"type": type(value).__name__, **_named(value, value.__struct_fields__)}
    if dataclasses.is_dataclass(value):
        return {"type": type(value).__name__, **_named(value, (field.name for field in dataclasses.fields(value)))}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(str(one) for one in value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value


def _named(value: object, names: Iterable[str]) -> dict[str, object]:
    return {name: _plain(getattr(value, name)) for name in names}
