"""pathfinder: well-known AI-safety career advice, made to answer to one person.

The flow has one direction: rule base -> questionnaire -> answers -> assessment -> comparison -> report.
`docs/tour.md` follows one answer through every module; `docs/python.md` shows what a script can import from here.
"""

__version__ = "0.1.0"

__all__ = [
    "AnswerSheet",
    "Answers",
    "Assessment",
    "InputError",
    "PathResult",
    "Problem",
    "Reason",
    "RuleBase",
    "Verdict",
    "__version__",
    "assess",
    "from_json",
    "load_rules",
    "to_json",
    "to_markdown",
]


TYPE_CHECKING = False  # typing's own would be one more module to load for those who only want the version
if TYPE_CHECKING:
    from pathfinder.api import (
        Answers,
        AnswerSheet,
        Assessment,
        InputError,
        PathResult,
        Problem,
        Reason,
        RuleBase,
        Verdict,
        assess,
        from_json,
        load_rules,
        to_json,
        to_markdown,
    )
else:

    def __getattr__(name):
        """What is listed above, loaded when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module 'pathfinder' has no attribute '{name}'")
        from importlib import import_module

        found = globals()[name] = getattr(import_module("pathfinder.api"), name)
        return found

    def __dir__():
        return sorted({*globals(), *__all__})
