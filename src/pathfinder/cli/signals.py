"""Being asked to stop."""

from __future__ import annotations

import signal
from types import FrameType


def stop_like_ctrl_c() -> None:
    """A closed terminal or a polite kill ends the program as Ctrl-C does, with nothing left half done."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
