"""Everything a change must pass: lint, format, types, tests. All four run; the last lines say which failed."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Each worker has an application and a home of its own; a file's tests stay together, since some share a window. Files
# come in the order of their folders: the scenarios, which are long, first, so that no core waits for one at the end.
# A worker that crashes ends the run with the name of its test: given its file again, another one would wait for ever.
WORKERS = min(os.cpu_count() or 1, 4)
ON_ALL_CORES = ["-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder", "--max-worker-restart", "0"]
STEPS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format --check": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "pytest": ["pytest", "--durations=10"],
}


# The tests start hundreds of processes, and pytest rewrites each test file: without compiled files all that is done
# again every time. They lie in __pycache__, which git does not see.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def main(arguments: list[str]) -> int:
    """`arguments` go to pytest, for a run of a part."""
    failed = []
    for name, words in STEPS.items():
        print(f"== {name}", flush=True)
        more = []
        if name == "pytest":
            more = arguments or ON_ALL_CORES
        if subprocess.run([sys.executable, "-m", *words, *more], cwd=ROOT, env=ENVIRONMENT, check=False).returncode:
            failed.append(name)
    if failed:
        print("没有通过：{}".format("、".join(failed)), file=sys.stderr)
        return 1
    print("全部通过。")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
