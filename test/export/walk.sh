#!/usr/bin/env bash
# What `cw-runbook export cli` prints, run with the AWS CLI in a second simulated organization: a run there finds everything
# done. Stops with a message and 1 at the first thing that is not as it must be.
set -euo pipefail
cd "$(dirname "$0")/../.."

. test/with-aws-cli.sh
mkdir "$work/bin"
ln -s "$(command -v "$aws")" "$work/bin/aws"
export PATH="$work/bin:$PATH"

in_json() { node -e "const it = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8')); console.log($2)" "$1"; }

# serve NAME: a simulator with its organization in NAME.state, and its profiles
serve() {
  node "$work/dist/cw-runbook.cjs" simulator --port 0 --state "$work/$1.state" --settle 0 --profiles "$work/$1" \
    >"$work/$1.json" 2>"$work/$1.err" &
  simulators+=($!)
  for _ in $(seq 300); do
    if [ -s "$work/$1.json" ]; then break; fi
    if ! kill -0 "${simulators[-1]}" 2>/dev/null; then fail "the simulator starts" "$(cat "$work/$1.err")"; fi
    sleep 0.1
  done
}
# within NAME COMMAND…: in that organization, with a home of its own
within() {
  local name=$1
  shift
  XDG_STATE_HOME="$work/$name.home" XDG_CONFIG_HOME="$work/$name.home" XDG_DATA_HOME="$work/$name.home" HOME="$work/$name.home" \
    AWS_CONFIG_FILE="$work/$name/config" AWS_SHARED_CREDENTIALS_FILE="$work/$name/credentials" \
    AWS_ENDPOINT_URL="$(in_json "$work/$name.json" it.url)" "$@"
}
program() { local name=$1; shift; within "$name" node "$work/dist/cw-runbook.cjs" "$@"; }
writes() { curl -s "$(in_json "$work/$1.json" it.url)/_ledger" >"$work/ledger"; in_json "$work/ledger" 'it.effects.length'; }

serve first
kill "${simulators[-1]}" && wait "${simulators[-1]}" 2>/dev/null || true
cp "$work/first.state" "$work/second.state" # the same accounts and people, and nothing set up
cp "$work/first.state" "$work/third.state"
for name in first second third; do rm -rf "$work/$name.json"; serve "$name"; done

root=$(in_json "$work/first.json" 'it.accounts[0].id')
delegate=$(in_json "$work/first.json" "it.accounts.find(({ name }) => name === 'Shared Services').id")
dev=$(in_json "$work/first.json" "it.accounts.find(({ name }) => name === 'Workloads Dev').id")
instance=$(within first aws --profile management sso-admin list-instances --query 'Instances[0].[IdentityStoreId]' --output text)
group=$(within first aws --profile management identitystore list-groups --identity-store-id "$instance" --query 'Groups[0].DisplayName' --output text)
cat >"$work/answers.json" <<ANSWERS
{
  "profiles": { "management": "management", "delegated-administrator": "delegated" },
  "answers": {
    "before-you-start.understood": "attested",
    "session-duration.seen": "skipped",
    "delegated-account.account": "$delegate",
    "administrator-user.user": ["new:", "group:$group"],
    "administrator-user.directory": "here",
    "administrator-user.userName": "o'neil\$(id)\`id\`{{x}}",
    "administrator-user.givenName": "O'Neil",
    "administrator-user.familyName": "\${HOME}",
    "administrator-user.email": "oneil@example.com",
    "permission-set.policy": "documented",
    "assign-administrator.target": ["$dev", "$root"],
    "assign-administrator.management": "own-set"
  }
}
ANSWERS
run() {
  program "$1" run --answers "$work/answers.json" --yes --confirm "$root" --confirm "$delegate" >"$work/$1.run" 2>&1 || return $?
}
run first || fail 'the run that is exported' "$(tail -5 "$work/first.run")"
made=$(writes first)
program first export cli --out "$work/all.sh"
is 'nobody else reads it' "$(stat -c %a "$work/all.sh")" 600
if grep -q . <(program first export cli --out "$work/all.sh" 2>&1 >/dev/null); then pass 'it is not overwritten'; else fail 'it is not overwritten'; fi

within second bash "$work/all.sh" >"$work/second.out" 2>&1 || fail 'the script runs' "$(tail -5 "$work/second.out")"
is 'it makes what the run made' "$(writes second)" "$made"
within second bash "$work/all.sh" >"$work/again.out" 2>&1 || fail 'the script runs again' "$(tail -5 "$work/again.out")"
is 'a second time it makes nothing' "$(writes second)" "$made"
is 'and finds everything there' "$(grep -c '^making' "$work/again.out" || true)" 0
like 'and says so' "$(tail -1 "$work/again.out")" '^Everything is there'
run second || fail 'a run opens as done' "$(tail -5 "$work/second.run")"
is 'and changes nothing' "$(writes second)" "$made"

if program first export cli >"$work/printed" && cmp -s "$work/printed" "$work/all.sh"; then pass 'printed it is the same'; else fail 'printed it is the same'; fi
program first export cli --remaining >"$work/none.sh"
within second bash "$work/none.sh" >"$work/none.out"
is 'nothing remains of a finished run' "$(grep -Ec '^(making|there)' "$work/none.out" || true)" 0

# Half of it: the run stops where its first assignment is refused, and the script makes the rest
curl -s "$(in_json "$work/third.json" it.url)/_faults" -d '{"fault":"denied-by-scp","operation":"sso:CreateAccountAssignment","times":"always"}' >/dev/null
if run third; then fail 'the third run stops half-way' "$(tail -5 "$work/third.run")"; else pass 'the third run stops half-way'; fi
half=$(writes third)
program third export cli --remaining >"$work/rest.sh"
curl -s "$(in_json "$work/third.json" it.url)/_faults" -X DELETE >/dev/null
within third bash "$work/rest.sh" >"$work/third.out" 2>&1 || fail 'the rest runs' "$(tail -5 "$work/third.out")"
like 'what was made is not made again' "$(grep -c '^making' "$work/third.out")" '^[1-9]$'
run third || fail 'the third run opens as done' "$(tail -5 "$work/third.run")"
is 'together they made it once' "$(writes third)" "$made"
printf '# %s made before, %s in all\n' "$half" "$made"
printf '%d passed, 0 failed\n' "$passed"
