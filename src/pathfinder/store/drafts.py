"""The draft of an interview: on disk before the next question is shown, so that nothing is ever lost."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.answers.validation import validate_sheet
from pathfinder.errors import refused
from pathfinder.rulebase.questions import Question
from pathfinder.store.answers import read_document, to_yaml
from pathfinder.store.files import read_text, write_text

HOME = "PATHFINDER_HOME"
"""Environment variable: another folder for drafts."""


@dataclass(frozen=True)
class Draft:
    """A kept interview. `asked` are the questions in the order they were asked; `lost` counts answers that the
    present questionnaire cannot read."""

    sheet: AnswerSheet
    asked: tuple[str, ...]
    saved: str
    lost: int = 0


def draft_path() -> Path:
    """Where the draft stands: in the user's state folder, or in `$PATHFINDER_HOME`."""
    folder = os.environ.get(HOME)
    if folder:
        return Path(folder) / "draft.yaml"
    from platformdirs import user_state_path

    return user_state_path("pathfinder", appauthor=False) / "draft.yaml"


def save_draft(sheet: AnswerSheet, asked: tuple[str, ...], questions: Mapping[str, Question]) -> None:
    """Replace the draft. Raises `InputError` when it cannot be written."""
    path = draft_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise refused(
            f"the folder for drafts cannot be made ({reason})",
            f"Set {HOME} to a folder of yours",
            str(path.parent),
        ) from None
    saved = datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    extra = {"draft": {"saved": saved, "asked": list(asked)}}
    write_text(path, to_yaml(sheet, questions, extra), overwrite=True)


def load_draft(
    questions: Mapping[str, Question], paths: Collection[str] = (), criteria: Collection[str] = ()
) -> Draft | None:
    """The draft, if there is one; its options are places on some of `paths`, its weights are for some of `criteria`.
    What can be read of it is; raises `InputError` only when nothing can."""
    path = draft_path()
    if not os.path.isfile(path):  # unlike Path.is_file, also false for a name that no file can have
        return None
    data = read_document(read_text(path), str(path)).data
    sheet, problems = validate_sheet(data, questions, paths, criteria)
    about = data.get("draft") if isinstance(data, Mapping) else None
    about = about if isinstance(about, Mapping) else {}
    listed = about.get("asked")
    asked = list(dict.fromkeys(str(key) for key in listed)) if isinstance(listed, list) else []
    order = [key for key in asked if key in sheet] + [key for key in sheet if key not in asked]
    return Draft(sheet, tuple(order), str(about.get("saved", "")), len(problems))


def discard_draft() -> None:
    """Delete the draft. Raises `InputError` when it cannot be deleted."""
    path = draft_path()
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise refused(f"this draft cannot be deleted ({reason})", "Delete it yourself", str(path)) from None
