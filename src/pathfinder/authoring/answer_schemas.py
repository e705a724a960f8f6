"""JSON Schemas that know a rule base's questions: conditions on answers, and the answers themselves."""

from __future__ import annotations

from collections.abc import Mapping

from pathfinder.answers.options import LONGEST_OPTION_NAME, MOST_OPTIONS
from pathfinder.answers.validation import EXTRA_KEYS, LONGEST_NAME, UNKNOWN_WORDS
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import SCALE, Question
from pathfinder.rulebase.weighing import MOST

Schema = dict[str, object]
COMPARISONS = ("lt", "lte", "gt", "gte")
SELECTIONS = {
    "has": "This value is among the selected.",
    "has_any": "At least one of these is selected.",
    "has_all": "All of these are selected.",
    "has_none": "None of these is selected.",
}


def condition_schema(questions: Mapping[str, Question]) -> Schema:
    """A condition: several keys mean all of them."""
    several: Schema = {"type": "array", "minItems": 1, "items": {"$ref": "#"}}
    properties: Schema = {
        "all": {**several, "description": "Every one of these conditions holds."},
        "any": {**several, "description": "At least one of these conditions holds."},
        "not": {"$ref": "#", "description": "This condition does not hold."},
    }
    for key, question in questions.items():
        properties[key] = {"description": _about(question), **_test(question)}
    return {
        "title": "Condition",
        "description": "What is asked of a person's answers. Several keys: all of them must hold.",
        "type": "object",
        "minProperties": 1,
        "properties": properties,
        "additionalProperties": False,
        "$defs": _values(questions),
    }


def answers_schema(base: RuleBase) -> Schema:
    """An answers file; a case or a draft may bring its own keys along."""
    questions = base.questions
    answers: Schema = {
        "description": "An answer per question. What is not known is left out, left empty, or unknown.",
        "type": ["object", "null"],
        "properties": {
            key: {"description": _about(question), "anyOf": [*_answers(question), _OPEN]}
            for key, question in questions.items()
        },
        "additionalProperties": False,
    }
    name: Schema = {"description": "Only ever shown.", "type": ["string", "number", "null"], "maxLength": LONGEST_NAME}
    others: Schema = {key: {"description": "Not looked at when a file is scored."} for key in EXTRA_KEYS}
    return {
        "title": "Answers",
        "description": "What one person answered.",
        "type": "object",
        "properties": {
            "name": name,
            "answers": answers,
            "weights": _weights(base),
            "options": _options(base),
            **others,
        },
        "required": ["answers"],
        "additionalProperties": False,
        "$defs": _values(questions),
    }


def _weights(base: RuleBase) -> Schema:
    """How the criteria count for one person."""
    number: Schema = {"type": "number", "minimum": 0, "maximum": MOST}
    return {
        "description": "How many times as much a criterion counts for this person: 1 changes nothing, 0 is not at all.",
        "type": ["object", "null"],
        "properties": {one.id: {"description": f"{one.title}: {one.about}", **number} for one in base.general.criteria},
        "additionalProperties": False,
    }


def _options(base: RuleBase) -> Schema:
    """Concrete places to choose between."""
    name: Schema = {"type": ["string", "number"], "minLength": 1, "maxLength": LONGEST_OPTION_NAME}
    answers: Schema = {
        "description": "What is special about it; for everything else your own answers count.",
        "allOf": [{"$ref": "#/properties/answers"}],
    }
    path: Schema = {"enum": [*base.path], "enumDescriptions": [one.title for one in base.paths]}
    option: Schema = {
        "type": "object",
        "properties": {"name": name, "path": path, "answers": answers},
        "required": ["name", "path"],
        "additionalProperties": False,
    }
    return {
        "description": "Concrete places in hand, such as offers, compared with each other and with the paths.",
        "type": ["array", "null"],
        "items": option,
        "maxItems": MOST_OPTIONS,
    }


_OPEN: Schema = {"description": "Not known.", "enum": [*sorted(UNKNOWN_WORDS), None]}


def _about(question: Question) -> str:
    return f"{question.title}: {question.prompt}"


def _values(questions: Mapping[str, Question]) -> Schema:
    """One value of each question, by the question's id."""
    return {key: _value(question) for key, question in questions.items()}


def _value(question: Question) -> Schema:
    match question.kind:
        case "number":
            low, high = question.bounds
            return {"type": "number", "minimum": _plain(low), "maximum": _plain(high)}
        case "scale":
            labels = [question.label(point) for point in SCALE]
            return {"enum": list(SCALE), "enumDescriptions": labels}
        case "yes_no":
            yes, no = question.label(True), question.label(False)
            return {"enum": [True, False, "yes", "no"], "enumDescriptions": [yes, no, yes, no]}
    return {"enum": list(question.values), "enumDescriptions": list(question.values.values())}


def _plain(number: float) -> float:
    """Whole numbers without a decimal point."""
    return int(number) if number == int(number) else number


def _test(question: Question) -> Schema:
    """What a condition may say of one question."""
    value: Schema = {"$ref": f"#/$defs/{question.id}"}
    if question.kind == "multi":
        said: Schema = {how: {"description": about, **_one_or_more(value)} for how, about in SELECTIONS.items()}
        return {"type": "object", "properties": said, "additionalProperties": False, **_between(1, 1)}
    operators: Schema = {}
    if question.kind in ("number", "scale") or question.ordered:
        operators = dict.fromkeys(COMPARISONS, value)
    if question.kind != "number":
        operators["not"] = {"description": "Answered, and none of these.", **_one_or_more(value)}
    by_operator = {"type": "object", "properties": operators, "additionalProperties": False, **_between(1, 2)}
    several = [] if question.kind == "number" else [_several(value)]
    return {"anyOf": [value, *several, by_operator]}


def _one_or_more(value: Schema) -> Schema:
    return {"anyOf": [value, _several(value)]}


def _several(value: Schema) -> Schema:
    return {"type": "array", "minItems": 1, "items": value}


def _between(least: int, most: int) -> Schema:
    """So many keys."""
    return {"minProperties": least, "maxProperties": most}


def _answers(question: Question) -> list[Schema]:
    """The forms that a known answer can take."""
    value: Schema = {"$ref": f"#/$defs/{question.id}"}
    if question.kind == "multi":
        return [{"description": "Those that apply; [] for none.", "type": "array", "items": value}]
    forms = [value]
    if question.kind != "number":
        forms.append({"description": "Several are possible.", **_several(value)})
    if question.kind in ("number", "scale"):
        forms.append(
            {
                "description": "A range; half of the probability lies on either side of likely.",
                "type": "object",
                "properties": {"min": value, "max": value, "likely": value},
                "required": ["min", "max"],
                "additionalProperties": False,
            }
        )
    return forms
