"""Score every case with an installed `pathfinder`, away from the checkout, and say where the verdict differs.

    python .ci/score_cases.py path/to/pathfinder rules/cases

The rule base must come from the installed package: the program runs in an empty folder.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml


def differences(result: dict, expect: dict) -> list[str]:
    """What a result gets wrong (the meaning of `expect` is in docs/rule-format.md)."""
    paths = sorted(result["paths"], key=lambda path: path["rank"])
    top, kind = paths[0]["id"], result["verdict"]["kind"]
    standing = {path["id"]: (path["status"] == "open", path["score"]) for path in paths}
    found = []
    if "none" in expect["best"]:
        if kind not in ("none_fits", "outside"):
            found.append(f"verdict is {kind}, wanted none_fits or outside")
    elif "any" in expect["best"]:
        if kind not in ("unsettled", "close"):
            found.append(f"verdict is {kind}, wanted unsettled or close")
    elif top not in expect["best"] or kind in ("none_fits", "outside"):
        found.append(f"{kind}, {top} comes top; wanted {' or '.join(expect['best'])}")
    for above, below in expect["must_outrank"]:
        if not standing[above] > standing[below]:
            found.append(f"{above} must stand above {below}")
    return found


def main() -> None:
    """Score them all; exit 1 if any differs."""
    program, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as elsewhere:
        for file in sorted(folder.glob("*.yaml")):
            expect = yaml.safe_load(file.read_text(encoding="utf-8"))["expect"]
            done = subprocess.run(
                [program, "score", file, "--format", "json"], capture_output=True, text=True, cwd=elsewhere, check=False
            )
            found = [done.stderr.strip()] if done.returncode else differences(json.loads(done.stdout), expect)
            passed, failed = (passed, failed + 1) if found else (passed + 1, failed)
            if found:
                print(f"{file.name}: {'; '.join(found)}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
