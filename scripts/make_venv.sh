#!/bin/sh
# Makes .venv with the first Python 3.11 or newer that can, or says in one line what is missing.
# Usage: make_venv.sh [PYTHON]; without PYTHON the usual names are tried, newest first.
set -eu

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
lacking=''

# A name may exist and still not run (a shim of a version manager), so each is tried rather than looked up.
runs() { "$@" >/dev/null 2>&1; }

if runs .venv/bin/python -c "$new_enough" && runs .venv/bin/python -c 'import pip'; then
    exit 0
fi

for python in ${1:-python3.13 python3.12 python3.11 python3 python}; do
    runs "$python" -c "$new_enough" || continue
    if runs "$python" -c 'import venv, ensurepip'; then
        exec "$python" -m venv --clear .venv
    fi
    lacking=${lacking:-$python}
done

if [ -n "$lacking" ]; then
    package=$("$lacking" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    # The distribution's own python3 has its venv under the plain name.
    if runs python3 -c "$new_enough" && [ "$(python3 -V)" = "$("$lacking" -V)" ]; then
        package=python3-venv
    fi
    echo "Python saknar venv. Installera den och kör make igen:  sudo apt-get install -y $package" >&2
else
    echo "Hittar ingen Python 3.11 eller nyare bland ${1:-python3.13, python3.12, python3.11, python3 och python}. Installera en, eller peka ut den: make PYTHON=/sökväg/till/python3" >&2
fi
exit 1
