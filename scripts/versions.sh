#!/bin/sh
# Writes a constraints file: versions only, for where packages come from is the reader's own setting and never written.
#   versions.sh newest FILE   one version of all that the project, its extras and its tests need, on every system and Python
#   versions.sh lowest FILE   the oldest that pyproject.toml promises of what the product and its fast tests need directly;
#                             where an old version has no wheel for the Python at hand, the oldest that has
set -eu

case "$1" in
    newest) set -- "$2" --universal --python-version 3.11 --group dev ;;
    lowest) set -- "$2" --resolution lowest-direct --only-binary :all: --python .venv/bin/python --group test ;;
    *) echo "usage: versions.sh newest|lowest FILE" >&2; exit 2 ;;
esac
file=$1
shift

# uv does not read pip's settings, and the index is one of those.
index=${PIP_INDEX_URL:-$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)}
if [ -n "$index" ]; then
    export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"
fi
exec "${UV:-.venv/bin/uv}" pip compile --quiet --no-config --upgrade --no-header --no-annotate --no-emit-index-url \
    --all-extras "$@" pyproject.toml --output-file "$file"
