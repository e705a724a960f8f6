"""Puts the top-level rules/ into wheels. Editable installs use the checkout's own, so that nothing goes stale."""

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RulesHook(BuildHookInterface):
    """Adds `rules/` as `pathfinder/rules/` to standard wheels only."""

    def initialize(self, version: str, build_data: dict) -> None:
        """Called by hatchling before a wheel is built; `version` is `standard` or `editable`."""
        if version == "standard":
            build_data["force_include"]["rules"] = "pathfinder/rules"
