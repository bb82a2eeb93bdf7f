"""Write requirements.lock and requirements-test.lock anew: `python scripts/lock.py [--upgrade]`. Needs uv.

One lock serves Windows and Linux and Python 3.11 to 3.13: exact versions, a hash of every file, markers where a system
differs. Which index answers is the machine's own business, so no address may reach the files. `.ci/wheels` then proves
that every package has a wheel for each system.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """\
# {what}: exact versions, a hash of every file, for Windows and Linux, Python 3.11 to 3.13.
# Made from pyproject.toml by `python scripts/lock.py`; not to be edited by hand.
"""
LOCKS = {
    "requirements.lock": ("What the program runs on", []),
    "requirements-test.lock": (
        "What the program runs on and its tests",
        ["--extra", "test", "--constraint", "requirements.lock"],
    ),
}


def main(arguments: list[str]) -> int:
    for name, (what, more) in LOCKS.items():
        words = ["pyproject.toml", "--universal", "--python-version", "3.11", "--fork-strategy", "fewest"]
        words += ["--generate-hashes", "--only-binary", ":all:", "--no-header", "--no-annotate", "--quiet"]
        done = subprocess.run(
            [sys.executable, "-m", "uv", "pip", "compile", *words, *more, *arguments, "--output-file", name],
            cwd=ROOT,
            check=False,
        )
        if done.returncode:
            return done.returncode
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        if "://" in text or str(ROOT) in text:
            print(f"{name} names an address or a path of this machine; it must not.", file=sys.stderr)
            return 1
        path.write_text(HEAD.format(what=what) + text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
