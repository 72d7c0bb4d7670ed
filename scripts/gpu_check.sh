#!/bin/sh
# Everything about training that only a GPU can show, in one call and in steps of at most ten minutes:
#
#   scripts/gpu_check.sh --data runs/laptop/dataset --model SmolLM2-135M-Instruct --out gpu
#   scripts/gpu_check.sh --dry-run            the same steps on a CPU with tiny twins, in a minute or two
#   scripts/gpu_check.sh --list-wheels        what a bare machine with PyTorch and transformers still needs
#   scripts/gpu_check.sh --fetch wheels       fetch that here, for a machine without a network …
#   scripts/gpu_check.sh --wheels wheels …    … and use it there
#   scripts/gpu_check.sh --score --out gpu    judge the answers, on a machine with the verifier
#
# A step that has left OUT/<step>.json is skipped, so the call can be repeated. OUT/summary.json holds them all.
set -eu
cd "$(dirname "$0")/.."

STEPS="environment packing quantization experts sft speed answers"
PYTHON=${PYTHON:-$([ -x .venv/bin/python ] && echo .venv/bin/python || echo python3)}
OUT=gpu-check MODEL=SmolLM2-135M-Instruct DATA=runs/laptop/dataset WHEELS= MODE=run DRY=
LIMIT=${LIMIT:-600}

while [ $# -gt 0 ]; do
  case $1 in
    --out) OUT=$2; shift ;;
    --model) MODEL=$2; shift ;;
    --data) DATA=$2; shift ;;
    --steps) STEPS=$(echo "$2" | tr , ' '); shift ;;
    --wheels) WHEELS=$2; shift ;;
    --fetch) MODE=fetch WHEELS=$2; shift ;;
    --list-wheels) MODE=list ;;
    --score) MODE=score ;;
    --dry-run) DRY=--dry-run ;;
    *) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift
done

wheels() { sed 's/#.*//; /^ *$/d' scripts/gpu_check.wheels.txt; }

case $MODE in
  list) wheels; exit ;;
  fetch)
    # for the machine that will use them: Python 3.12 on x86-64 Linux unless told otherwise
    wheels | "$PYTHON" -m pip download -q --no-deps --only-binary=:all: -d "$WHEELS" -r /dev/stdin \
      --python-version "${TARGET_PYTHON:-3.12}" --implementation cp \
      --platform manylinux_2_28_x86_64 --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 \
      --platform manylinux_2_24_x86_64
    "$PYTHON" -m pip wheel -q --no-deps -w "$WHEELS" .
    du -sh "$WHEELS"; exit ;;
  score) STEPS=score ;;
esac

mkdir -p "$OUT"
if [ -n "$WHEELS" ] && [ ! -e "$OUT/.site/done" ]; then
  "$PYTHON" -m pip install -q --no-index --no-deps --no-warn-conflicts --target "$OUT/.site" "$WHEELS"/*.whl
  touch "$OUT/.site/done"
fi
[ -z "$WHEELS" ] || PYTHONPATH="$OUT/.site${PYTHONPATH:+:$PYTHONPATH}" && export PYTHONPATH="${PYTHONPATH:-}"

check() { timeout "$LIMIT" "$PYTHON" scripts/gpu_check.py "$@" --out "$OUT" --model "$MODEL" --data "$DATA" $DRY; }

failed=0 left=
for step in $STEPS; do
  if [ -e "$OUT/$step.json" ]; then
    echo "$step: done before"
  elif [ -n "$DRY" ]; then
    left="$left $step" # in one process: starting it costs more than the step
  else
    echo "$step …"
    check "$step" || { echo "$step: FAILED" >&2; failed=1; }
  fi
done
[ -z "$left" ] || check $left || failed=1
check summary
exit $failed
