# What both walks with the AWS CLI begin with: sourced by them, in the checkout's folder.
aws=${AWS_CLI:-aws}
if ! command -v "$aws" >/dev/null; then
  echo "No AWS CLI is installed here: nothing was walked."
  exit 0
fi
if [ ! -f dist/cw-runbook.cjs ]; then npm run --silent build; fi

work=$(mktemp -d)
simulators=()
finish() {
  for process in "${simulators[@]}"; do kill "$process" 2>/dev/null || true; done
  rm -rf "$work"
}
trap finish EXIT
cp -r dist "$work/dist" # a build that runs meanwhile does not take the program away
# Nothing of the caller's own AWS set-up may take part.
for name in $(compgen -e | grep '^AWS_' | grep -v '^AWS_CLI$' || true); do unset "$name"; done
export AWS_EC2_METADATA_DISABLED=true

passed=0
pass() { passed=$((passed + 1)); printf 'ok %d - %s\n' "$passed" "$1"; }
fail() {
  printf 'NOT ok - %s\n%s\n' "$1" "${2:-}"
  printf '%d passed, 1 failed\n' "$passed"
  exit 1
}
# is WHAT ACTUAL EXPECTED
is() { if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "expected “$3”, found “$2”"; fi; }
# like WHAT ACTUAL PATTERN
like() { if [[ "$2" =~ $3 ]]; then pass "$1"; else fail "$1" "expected something like “$3”, found “$2”"; fi; }
