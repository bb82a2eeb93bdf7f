#!/usr/bin/env bash
# Debian 12 (and its like): install what is missing, then pass the tests. The words after it go to pytest.
set -eu
cd "$(dirname "$0")"
unset PYTHONHOME PYTHONPATH
bash setup.sh --for-tests
exec .venv/bin/python scripts/test.py "$@"
