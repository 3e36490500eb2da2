#!/usr/bin/env bash
# Runs FastAPI's tutorial tests against a live server. See README.md.
set -euo pipefail
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
usage() {
  cat <<'U'
usage: run.sh --venv DIR (--target URL | --serve CMD) [options]

  --venv DIR          virtual environment to use; made and filled on first use
  --fastapi-src DIR   unpacked FastAPI source tree (default: $FASTAPI_SRC; else
                      the source distribution is fetched into the venv folder)
  --target URL        a server that is already running, its current directory
                      being --workdir
  --serve CMD         start CMD in the workdir with PORT and ADDR set, stop it after
  --cases PATTERNS    comma-separated globs over case names, or @file (default *)
  --mode MODE         normalised (default) or exact: how OpenAPI documents compare
  --json FILE         write the full report
  --workdir DIR       current directory shared by tests and server (default: a new one)
  --audit-na          run only the tests of not_applicable.txt; each must send
                      nothing or fail
  -- ARGS             passed on to pytest
U
}
VENV= TARGET= SERVE= CASES='*' MODE=normalised JSON= WORKDIR= AUDIT=0
SRC="${FASTAPI_SRC:-}"
while [ $# -gt 0 ]; do
  case "$1" in
    --venv) VENV="$2"; shift 2;;
    --fastapi-src) SRC="$2"; shift 2;;
    --target) TARGET="$2"; shift 2;;
    --serve) SERVE="$2"; shift 2;;
    --cases) CASES="$2"; shift 2;;
    --mode) MODE="$2"; shift 2;;
    --json) JSON="$(realpath -m "$2")"; shift 2;;
    --workdir) WORKDIR="$(realpath -m "$2")"; shift 2;;
    --audit-na) AUDIT=1; shift;;
    --) shift; break;;
    -h|--help) usage; exit 0;;
    *) usage >&2; exit 2;;
  esac
done
[ -n "$VENV" ] || { usage >&2; exit 2; }
mkdir -p "$VENV"; VENV="$(cd "$VENV" && pwd)"
PY="$VENV/bin/python"
STAMP="$VENV/.conformance-requirements"
if [ ! -x "$PY" ]; then python3 -m venv "$VENV"; fi
if ! cmp -s "$HERE/requirements.txt" "$STAMP"; then
  "$VENV/bin/pip" install -q -r "$HERE/requirements.txt"
  cp "$HERE/requirements.txt" "$STAMP"
fi
if [ -z "$SRC" ]; then
  SRC="$VENV/fastapi-src"
  if [ ! -d "$SRC" ]; then
    TMP="$(mktemp -d)"
    "$VENV/bin/pip" download -q --no-deps --no-binary fastapi -d "$TMP" "$(grep '^fastapi==' "$HERE/requirements.txt")"
    mkdir -p "$SRC.part"; tar -xzf "$TMP"/fastapi-*.tar.gz --strip-components=1 -C "$SRC.part"
    mv "$SRC.part" "$SRC"; rm -r "$TMP"
  fi
fi
[ -d "$SRC/tests/test_tutorial" ] || { echo "no tests/test_tutorial in $SRC" >&2; exit 2; }
export FASTAPI_SRC="$(cd "$SRC" && pwd)" MODE
OWN_WORKDIR=
if [ -z "$WORKDIR" ]; then WORKDIR="$(mktemp -d)"; OWN_WORKDIR="$WORKDIR"; fi
mkdir -p "$WORKDIR"
export PYTHONPYCACHEPREFIX="$VENV/pycache" PYTHONPATH="$HERE" CONFORMANCE_WORKDIR="$WORKDIR"
export CONFORMANCE_CASES="$CASES" CONFORMANCE_JSON="$JSON" CONFORMANCE_AUDIT="$AUDIT"
# Relative names in @file patterns are relative to where run.sh was called.
CONFORMANCE_CASES="$("$PY" -c 'import os,sys; print(",".join("@"+os.path.abspath(p[1:]) if p.startswith("@") else p for p in sys.argv[1].split(",")))' "$CASES")"
export CONFORMANCE_CASES
SERVER_PID=
stop() {
  if [ -n "$SERVER_PID" ]; then kill "$SERVER_PID" 2>/dev/null || true; wait "$SERVER_PID" 2>/dev/null || true; fi
  if [ -n "$OWN_WORKDIR" ]; then rm -rf "$OWN_WORKDIR"; fi
}
trap stop EXIT
if [ -n "$SERVE" ]; then
  PORT="$("$PY" -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')"
  export PORT ADDR="127.0.0.1:$PORT"
  TARGET="http://127.0.0.1:$PORT"
  (cd "$WORKDIR" && exec bash -c "exec $SERVE") & SERVER_PID=$!
  "$PY" - "$PORT" "$SERVER_PID" <<'P'
import os, socket, sys, time
port, pid = int(sys.argv[1]), int(sys.argv[2])
for _ in range(300):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close(); break
    except OSError:
        try: os.kill(pid, 0)
        except OSError: sys.exit("the server has ended before it listened")
        time.sleep(0.1)
else:
    sys.exit("the server does not listen")
P
fi
[ -n "$TARGET" ] || { usage >&2; exit 2; }
export TARGET_URL="$TARGET"
set +e
"$PY" -m pytest -c "$HERE/pytest.ini" --rootdir "$FASTAPI_SRC" -p harness.plugin --inline-snapshot=disable \
  -W ignore -q --tb=short "$FASTAPI_SRC/tests/test_tutorial" "$@"
exit $?
