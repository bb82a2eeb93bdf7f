"""Start geohazard_desktop: `python main.py --help` lists what it does without a window."""

import sys

from geohazard_desktop.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
