"""Plain values of options and arguments, read without pydantic.

From version 0.29 on, typer reads every value through a pydantic adapter. To make one for a word that is to stay a word
loads more than half of pydantic, which takes as long as everything else before a verb begins its work. So values that
are plainly right are taken here; about any other one, and about parameters that ask for more than a plain type, typer
decides as ever, with its own messages. A version of typer that works otherwise is left alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

_UNASKED = {
    "parser": None,
    "min": None,
    "max": None,
    "case_sensitive": True,
    "exists": False,
    "file_okay": True,
    "dir_okay": True,
    "writable": False,
    "readable": True,
    "resolve_path": False,
    "allow_dash": False,
    "path_type": None,
}
"""What a parameter asks of its values when it asks for nothing but a type."""

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})", re.ASCII)
_OTHER: Any = object()
"""Not plainly right: for typer to decide about."""


def take_plain_values(parameters: Iterable[Any]) -> None:
    """Let some parameters of a command take plain values themselves."""
    for parameter in parameters:
        descriptor = getattr(parameter, "type_descriptor", None)
        if descriptor is not None and getattr(parameter, "_runtime_param", _OTHER) is None:
            parameter._runtime_param = _Plain(_plain_type(descriptor))


def _plain_type(descriptor: Any) -> type | None:
    """The type of each value, where a parameter asks for nothing else."""
    kind, told = descriptor.annotation, descriptor.parameter_info
    inner = get_args(kind)[0] if get_origin(kind) is list else kind
    if not isinstance(inner, type) or not (inner in (bool, int, str, Path) or issubclass(inner, Enum)):
        return None
    return inner if all(getattr(told, name, _OTHER) == value for name, value in _UNASKED.items()) else None


class _Plain:
    """Reads the values of one parameter; where `kind` is None, no value is plain."""

    def __init__(self, kind: type | None) -> None:
        self._kind = kind

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as the verb gets it. Raises what typer raises for one that is wrong."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        found = _OTHER
        if self._kind is not None and not several:
            found = _taken(value, self._kind)
        elif self._kind is not None and isinstance(value, (list, tuple)):
            each = [_taken(one, self._kind) for one in value]
            found = _OTHER if any(one is _OTHER for one in each) else each
        return _by_typer(value, param, ctx) if found is _OTHER else found


def _taken(value: Any, kind: type) -> Any:
    """A value that is plainly right for a type, else `_OTHER`."""
    if kind is Path:
        return _taken_path(Path(value)) if isinstance(value, (str, Path)) else _OTHER
    if isinstance(value, kind):
        return _OTHER if kind is int and isinstance(value, bool) else value
    if type(value) is not str:
        return _OTHER
    if issubclass(kind, Enum):
        return next((one for one in kind if one.value == value), _OTHER)
    return int(value) if kind is int and _WHOLE.fullmatch(value) else _OTHER


def _taken_path(path: Path) -> Any:
    """A path to what is not there, or may be read."""
    try:
        path.stat()
    except OSError:
        return path
    except ValueError:
        return _OTHER
    return path if os.access(path, os.R_OK) else _OTHER


def _by_typer(value: Any, param: Any, ctx: Any) -> Any:
    """What typer's own way makes of a value."""
    mine, param._runtime_param = param._runtime_param, None
    try:
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)
    finally:
        param._runtime_param = mine
