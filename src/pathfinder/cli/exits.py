"""Exit codes, a public interface."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the program's exit code says."""

    FINE = 0
    FINDINGS = 1
    INPUT = 2
    BUG = 70
    INTERRUPTED = 130
