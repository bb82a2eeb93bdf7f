"""Everything a change must pass: lint, format, types, tests. All four run; the last lines say which failed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STEPS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format --check": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "pytest": ["pytest", "--durations=10"],
}


def main(arguments: list[str]) -> int:
    """`arguments` go to pytest, for a run of a part."""
    failed = []
    for name, words in STEPS.items():
        print(f"== {name}", flush=True)
        more = arguments if name == "pytest" else []
        if subprocess.run([sys.executable, "-m", *words, *more], cwd=ROOT, check=False).returncode:
            failed.append(name)
    if failed:
        print("没有通过：{}".format("、".join(failed)), file=sys.stderr)
        return 1
    print("全部通过。")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
