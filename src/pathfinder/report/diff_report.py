"""The difference between two rule bases, and what it does to people, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from pathfinder.answers.sheet import to_plain
from pathfinder.authoring.diff import FieldChange, PartChange
from pathfinder.authoring.effects import CaseFlip, Effects, Outcome, Stream
from pathfinder.report.aligned import percent, wrapped
from pathfinder.report.conditions import condition_in_words
from pathfinder.report.json_form import plain
from pathfinder.report.words import counted, listed, overlay_in_words, signed
from pathfinder.rulebase.base import Model
from pathfinder.rulebase.condition_parsing import ConditionError, parse_condition
from pathfinder.rulebase.conditions import AllOf, AnyOf, Condition, Not, Test
from pathfinder.rulebase.models import Case, RuleBase

SCHEMA_VERSION = 1
MOST = 12
"""So many ways in which a population's verdicts flip are shown, at most; JSON has them all."""


def diff_as_text(old: RuleBase, new: RuleBase, found: Effects) -> str:
    """The difference to be read: what changed, then for whom."""
    parts = [_head(old, new), _changes(old, new, found.changes), _flips(new, found), _streams(new, found)]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _head(old: RuleBase, new: RuleBase) -> list[str]:
    return [*wrapped(f"From {_named(old)}", "", "  "), *wrapped(f"to {_named(new)}", "", "  ")]


def _named(base: RuleBase) -> str:
    overlay = overlay_in_words(base.identity)
    name = f"'{base.general.title}', version {base.general.version} (content {base.hash})"
    return name + (f", with {overlay} on it" if overlay else "")


def _changes(old: RuleBase, new: RuleBase, changes: Sequence[PartChange]) -> list[str]:
    if not changes:
        return ["Nothing changed."]
    lines = [f"What changed: {counted(len(changes), 'part')}"]
    for change in changes:
        on = f" ({listed([_title(old, new, path) for path in change.paths])})" if change.paths else ""
        lines += wrapped(f"{_place(old, new, change)}{change.kind} {change.id}{on}: {change.how}", "  ", "    ")
        lines += [line for field in _told(old, new, change) for line in wrapped(field, "    ", "      ")]
    return lines


def _title(old: RuleBase, new: RuleBase, path: str) -> str:
    found = new.path.get(path) or old.path.get(path)
    return found.title if found else path


def _place(old: RuleBase, new: RuleBase, change: PartChange) -> str:
    prefix = f"{change.kind}:" if change.kind in ("path", "criterion", "source") else ""
    file, line = (old if change.how == "removed" else new).places.get(prefix + change.id, ("", None))
    return f"{file}:{line}: " if file else ""


def _told(old: RuleBase, new: RuleBase, change: PartChange) -> Iterator[str]:
    """The fields of a changed part, or the cases of a rule that was added or removed."""
    if change.kind == "rule" and change.how != "changed":
        base = new if change.how == "added" else old
        yield from (in_words(case, base) for case in base.rules[change.id].cases)
    for field in change.fields:
        yield _field(old, new, field)


def _field(old: RuleBase, new: RuleBase, field: FieldChange) -> str:
    if _empty(field.old):
        return f"{field.field}: added: {in_words(field.new, new)}"
    if _empty(field.new):
        return f"{field.field}: removed: {in_words(field.old, old)}"
    if isinstance(field.old, tuple) and isinstance(field.new, tuple):
        gone = [f"-{in_words(one, old)}" for one in field.old if one not in field.new]
        come = [f"+{in_words(one, new)}" for one in field.new if one not in field.old]
        return f"{field.field}: {' '.join([*gone, *come]) or 'in another order'}"
    return f"{field.field}: {in_words(field.old, old)} -> {in_words(field.new, new)}"


def _empty(value: object) -> bool:
    return value is None or value in ("", (), {})


def in_words(value: object, base: RuleBase) -> str:
    """What stands in a field, as a phrase on one line."""
    match value:
        case Test() | AllOf() | AnyOf() | Not():
            return condition_in_words(value, base)
        case Case():
            return f"{signed(value.points)} if {condition_in_words(value.when, base)}"
        case Model():
            filled = {name: getattr(value, name) for name in value.__struct_fields__}
            return "; ".join(f"{name}: {in_words(one, base)}" for name, one in filled.items() if not _empty(one))
        case Mapping():
            condition = _parsed(value, base)
            if condition is not None:
                return condition_in_words(condition, base)
            return ", ".join(f"{key}: {in_words(one, base)}" for key, one in value.items())
        case tuple():
            return ", ".join(in_words(one, base) for one in value)
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
    return str(value)


def _parsed(raw: Mapping[object, object], base: RuleBase) -> Condition | None:
    """A condition that a model keeps as it was written; None where it is none."""
    try:
        return parse_condition(raw, base.questions)
    except ConditionError:
        return None


def _flips(new: RuleBase, found: Effects) -> list[str]:
    if not found.cases:
        return []
    known = "1 known person" if found.cases == 1 else f"{found.cases} known people"
    lines = [f"Of {known}, the verdict changes for {len(found.flips)}"]
    for flip in found.flips:
        text = f"{flip.case}: {_outcome(new, flip.before)} -> {_outcome(new, flip.after)}, because of {_why(flip)}"
        lines += wrapped(text, "  ", "    ")
    return lines


def _why(flip: CaseFlip) -> str:
    return listed(flip.because, "or") if flip.because else "several changes together"


def _outcome(base: RuleBase, outcome: Outcome) -> str:
    if outcome.path is None:
        return outcome.kind
    title = base.path[outcome.path].title if outcome.path in base.path else outcome.path
    return f"{outcome.kind} {title}"


def _streams(new: RuleBase, found: Effects) -> list[str]:
    if not found.size:
        return []
    people = f"Of {found.size:,} plausible people (seed {found.seed}), the verdict changes for {percent(found.moved)}"
    lines = [people]
    for stream in found.streams[:MOST]:
        text = f"{percent(stream.share)}  {_outcome(new, stream.before)} -> {_outcome(new, stream.after)}: "
        lines += wrapped(text + _shares(stream.because, stream.together), "  ", "      ")
    left = len(found.streams) - MOST
    if left > 0:
        rest = sum(stream.share for stream in found.streams[MOST:])
        lines.append(f"  {percent(rest)}  in {left} rarer ways")
    totals: dict[str, float] = {}
    for stream in found.streams:
        for key, share in stream.because.items():
            totals[key] = totals.get(key, 0.0) + share
    ordered = dict(sorted(totals.items(), key=lambda item: (-item[1], item[0])))
    if ordered:
        together = sum(stream.together for stream in found.streams)
        lines += wrapped(f"All in all because of {_shares(ordered, together)}.", "  ", "    ")
    return lines


def _shares(because: Mapping[str, float], together: float) -> str:
    parts = [f"{key} ({percent(share)})" for key, share in because.items()]
    return ", ".join(parts + ([f"several together ({percent(together)})"] if together else []))


def diff_as_json(old: RuleBase, new: RuleBase, found: Effects) -> str:
    """The difference as one JSON object; shares between 0 and 1, people as answers files."""
    form = {
        "schema_version": SCHEMA_VERSION,
        "old": old.identity,
        "new": new.identity,
        "changes": [_change_form(old, new, change) for change in found.changes],
        "cases": {"tried": found.cases, "flips": plain(found.flips)},
        "population": {
            "size": found.size,
            "seed": found.seed,
            "moved": round(found.moved, 5),
            "streams": [_stream_form(new, stream) for stream in found.streams],
        },
    }
    return json.dumps(form, indent=2, ensure_ascii=False) + "\n"


def _change_form(old: RuleBase, new: RuleBase, change: PartChange) -> dict[str, object]:
    fields = [
        {
            "field": field.field,
            "old": None if _empty(field.old) else in_words(field.old, old),
            "new": None if _empty(field.new) else in_words(field.new, new),
        }
        for field in change.fields
    ]
    return {"kind": change.kind, "id": change.id, "how": change.how, "paths": list(change.paths), "fields": fields}


def _stream_form(new: RuleBase, stream: Stream) -> dict[str, object]:
    return {
        "before": plain(stream.before),
        "after": plain(stream.after),
        "share": round(stream.share, 5),
        "because": {key: round(share, 5) for key, share in stream.because.items()},
        "together": round(stream.together, 5),
        "examples": [
            {"answers": {key: to_plain(new.questions[key], answer) for key, answer in sheet.answers.items()}}
            for sheet in stream.examples
        ],
    }
