"""Reading an overlay and putting it on a rule base, with every problem at once."""

from __future__ import annotations

import os
from pathlib import Path

from pathfinder.errors import Problem, refused
from pathfinder.rulebase.checks import check_references
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.overlay import Overlay, applied, conflicts
from pathfinder.store.rule_files import RuleFiles


def with_overlay(base: RuleBase, path: Path) -> RuleBase:
    """The rule base with the overlay in a file on it.

    Raises `InputError` with everything that is wrong with it, by file and line: its form, or, where that is right,
    what it replaces and drops, or, where that is right too, every reference of the result that leads nowhere.
    """
    if not os.path.exists(path):
        raise refused("there is no such file", "Name an overlay; docs/rule-format.md shows the form", str(path))
    files = RuleFiles(path.parent)
    overlay = files.whole(path.name, Overlay, {"questions": base.questions})
    files.stop_if_broken()
    assert overlay is not None
    files.problems += [_located(problem, files, path, overlay) for problem in conflicts(base, overlay)]
    files.stop_if_broken()
    changed = applied(base, overlay, files.hash).with_parts(places={**base.places, **files.places})
    files.problems += [_located(problem, files, path, overlay) for problem in check_references(changed)]
    files.stop_if_broken()
    return changed


def _located(problem: Problem, files: RuleFiles, path: Path, overlay: Overlay) -> Problem:
    """A problem where the part that it is about stands in the overlay, else where it is dropped."""
    key = problem.key or ""
    if key in files.places:
        return problem.located(*files.places[key])
    place = ("drop", overlay.drop.index(key)) if key in overlay.drop else ()
    return problem.located(str(path), files.line(path.name, place))
