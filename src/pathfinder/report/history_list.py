"""The history as a listing: the names, or what is kept under one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from pathfinder.assessment.results.assessment import Assessment
from pathfinder.errors import InputError
from pathfinder.report.blocks import Block, Heading, Item, Items, Line, line, paragraph, strong
from pathfinder.report.certainty import headline
from pathfinder.report.json_form import from_json, json_text
from pathfinder.report.keeping import command
from pathfinder.report.words import counted, listed, signed
from pathfinder.store.history import Kept, KeptName
from pathfinder.store.kept_answers import answers_changed

SCHEMA_VERSION = 1


def read_back(kept: Kept) -> Assessment | None:
    """The kept assessment, or None where this version of the program cannot read it."""
    try:
        return from_json(kept.result.assessment)
    except InputError:
        return None


def moment(when: datetime) -> str:
    """A time to the minute, as clocks here show it."""
    return when.astimezone().strftime("%Y-%m-%d %H:%M")


def names_blocks(names: Sequence[KeptName]) -> list[Block]:
    """Every name, with how much is kept under it and since when."""
    if not names:
        return [paragraph("Nothing is kept. 'pathfinder assess --keep NAME' keeps a result; nothing is without it.")]
    return [Heading(1, "Kept results"), Items(tuple(Item(line(strong(one.name), _span(one))) for one in names))]


def _span(one: KeptName) -> str:
    days = [when.astimezone().strftime("%Y-%m-%d") for when in (one.first, one.last)]
    when = f"on {days[0]}" if days[0] == days[1] else f"from {days[0]} to {days[1]}"
    return f": {counted(one.count, 'result')}, {when}"


def entries_blocks(entries: Sequence[Kept]) -> list[Block]:
    """What is kept under one name, the oldest first: the verdict, the scores, how many answers changed."""
    name = entries[-1].name
    changed = _changed(entries)
    items = tuple(Item(*_entry(one, count)) for one, count in zip(entries, changed, strict=True))
    last = f"{command('compare', name)} says whether it is time to look again."
    return [Heading(1, f"Kept under '{name}'"), Items(items), paragraph(last)]


def _changed(entries: Sequence[Kept]) -> list[int | None]:
    """How many answers differ from the entry before; None for the first, and where the answers cannot be read."""
    found: list[int | None] = [None]
    for before, after in pairwise(entries):
        try:
            found.append(answers_changed(before.result.answers, after.result.answers, "the kept answers"))
        except InputError:
            found.append(None)
    return found[: len(entries)]


def _entry(kept: Kept, changed: int | None) -> tuple[Line, tuple[Line, ...]]:
    assessment = read_back(kept)
    told = "this version of pathfinder cannot read it" if assessment is None else headline(assessment)
    details: list[Line] = []
    if assessment is not None:
        details.append(line(listed([f"{path.title} {signed(path.score)}" for path in assessment.paths]) + "."))
    if changed is not None:
        details.append(line(f"{counted(changed, 'answer')} changed since the one before."))
    return line(strong(f"{kept.number}, {moment(kept.when)}: "), f"{told}."), tuple(details)


def names_as_json(names: Sequence[KeptName]) -> str:
    """Every name, times in UTC."""
    rows = [
        {"name": one.name, "count": one.count, "first": one.first.isoformat(), "last": one.last.isoformat()}
        for one in names
    ]
    return _json("history", {"names": rows})


def entries_as_json(entries: Sequence[Kept]) -> str:
    """What is kept under one name, without the answers, times in UTC; a verdict is null where it cannot be read."""
    rows = [_row(one, changed) for one, changed in zip(entries, _changed(entries), strict=True)]
    return _json("history_of_name", {"name": entries[-1].name, "results": rows})


def _row(kept: Kept, changed: int | None) -> dict[str, object]:
    assessment = read_back(kept)
    verdict, scores = None, None
    if assessment is not None:
        verdict = {"kind": assessment.verdict.kind, "path": assessment.verdict.path}
        scores = {path.id: path.score for path in assessment.paths}
    return {
        "number": kept.number,
        "kept": kept.when.isoformat(),
        "verdict": verdict,
        "scores": scores,
        "answers_changed": changed,
        "program": {"version": kept.result.program},
        "rulebase": {"version": kept.result.base_version, "hash": kept.result.base_hash},
    }


def _json(kind: str, found: dict[str, object]) -> str:
    form = {"schema_version": SCHEMA_VERSION, "kind": kind, **found}
    return json_text(form)
