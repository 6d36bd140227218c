import type { Actor } from '../model/call.ts';
import { whereOf } from '../model/progress/cli-target.ts';
import type { Setup } from '../model/progress/setup.ts';
import { shellWord } from '../model/text/shell.ts';
import { whose } from './export.ts';

/** The function of the script that asks AWS with an actor's credentials. */
export const actorFunction = (actor: Actor): string => `as_${actor.replaceAll('-', '_')}`;
const profileOf = (actor: Actor): string => `${actor.replaceAll('-', '_').toUpperCase()}_PROFILE`;

/** Where it goes, and with whose credentials: both can be set from outside. */
export function prologue(setup: Setup, actors: readonly Actor[]): readonly string[] {
  const { run } = setup;
  const [first] = actors;
  const { region, endpointUrl } = first === undefined ? {} : whereOf(run, first);
  return [
    '#',
    `# Run it with: ${actors.map((actor) => `${profileOf(actor)}=…`).join(' ')} bash FILE`,
    '# It looks for each thing first and makes what is not there: run it again after whatever stopped it.',
    'set -euo pipefail',
    "export AWS_PAGER=''",
    ...(region === undefined ? [] : [`region=\${REGION:-${shellWord(region)}}`]),
    ...(endpointUrl === undefined
      ? []
      : [`export AWS_ENDPOINT_URL="\${AWS_ENDPOINT_URL:-"${shellWord(endpointUrl)}"}"`]),
    ...actors.flatMap((actor) => {
      const source = run.identities[actor]?.source;
      const name = profileOf(actor);
      return [
        `# A profile with credentials of the ${whose(setup, actor)}.`,
        source?.kind === 'profile'
          ? `${name}=\${${name}:-${shellWord(source.name)}}`
          : `: "\${${name}:?name a profile of the ${actor.replaceAll('-', ' ')}}"`,
        `${actorFunction(actor)}() { aws --profile "$${name}"${region === undefined ? '' : ' --region "$region"'} --output text "$@"; }`,
      ];
    }),
  ];
}

/** What the script's parts use. Bash 3.2, as macOS has it, knows all of it. */
export const library: readonly string[] = String.raw`
say() { printf '%s\n' "$*"; }
fail() { say "$*" >&2; exit 1; }
there() { say "there   $*"; }
doing() { say "making  $*"; }

# is_account ACCOUNT ACTOR: stops where the credentials are of another account.
is_account() {
  local account
  account=$("$2" sts get-caller-identity --query Account) || exit 1
  [ "$account" = "$1" ] || fail "$2: these credentials are of account $account, not $1."
}

# has VALUE COMMAND…: whether the command lists the value. The AWS CLI asks for all pages.
has() {
  local value=$1 all
  shift
  retried "$@"
  all=$answer
  printf '%s' "$all" | tr '\t' '\n' | grep -Fx -- "$value" >/dev/null
}

# retried COMMAND…: what it prints, in $answer. AWS takes a while to let a new delegated administrator in.
retried() {
  local n errors
  errors=$(mktemp)
  for n in 1 2 3 4 5 6; do
    if answer=$("$@" 2>"$errors"); then rm -f "$errors"; return 0; fi
    grep -q '(AccessDeniedException)' "$errors" || break
    [ "$n" = 6 ] || sleep "$((n * 5))"
  done
  cat "$errors" >&2
  rm -f "$errors"
  exit 1
}

# found COMMAND…: what it prints, in $answer; false where AWS says that there is none.
found() {
  local n errors
  errors=$(mktemp)
  for n in 1 2 3 4 5 6; do
    if answer=$("$@" 2>"$errors"); then
      rm -f "$errors"
      [ -n "$answer" ] && [ "$answer" != None ]
      return
    fi
    if grep -q '(ResourceNotFoundException)' "$errors"; then
      rm -f "$errors"
      answer=''
      return 1
    fi
    grep -q '(AccessDeniedException)' "$errors" || break
    [ "$n" = 6 ] || sleep "$((n * 5))"
  done
  cat "$errors" >&2
  rm -f "$errors"
  exit 1
}

# set_named ACTOR INSTANCE NAME ARN: the permission set's ARN, in $answer. ARN: where it was last, or -.
set_named() {
  local actor=$1 instance=$2 name=$3 known=$4 all arn
  if [ "$known" != - ] && found "$actor" sso-admin describe-permission-set --instance-arn "$instance" \
    --permission-set-arn "$known" --query PermissionSet.Name && [ "$answer" = "$name" ]; then
    answer=$known
    return 0
  fi
  retried "$actor" sso-admin list-permission-sets --instance-arn "$instance" --query 'PermissionSets[]'
  all=$answer
  for arn in $all; do
    [ "$arn" != None ] || continue
    if found "$actor" sso-admin describe-permission-set --instance-arn "$instance" \
      --permission-set-arn "$arn" --query PermissionSet.Name && [ "$answer" = "$name" ]; then
      answer=$arn
      return 0
    fi
  done
  answer=''
  return 1
}

# same ONE OTHER: whether two policies are the same, white space aside.
same() { [ "$(printf '%s' "$1" | tr -d '[:space:]')" = "$(printf '%s' "$2" | tr -d '[:space:]')" ]; }
# may_replace WHAT POLICY: another policy is replaced only where that is wanted.
may_replace() {
  [ -z "$2" ] || [ "$2" = None ] || [ "$${'{'}OVERWRITE:-}" = 1 ] ||
    fail "$1: the set has another policy. Read it; to replace it run this again with OVERWRITE=1."
}

# settled STATUS COMMAND…: waits until what AWS took on has ended, ten minutes at most.
settled() {
  local status=$1 n state
  shift
  for n in $(seq 300); do
    state=$("$@" --query "$status.Status") || exit 1
    case $state in
      SUCCEEDED) return 0 ;;
      FAILED) fail "AWS reported a failure: $("$@" --query "$status.FailureReason")" ;;
    esac
    sleep 2
  done
  fail 'AWS has not ended it within ten minutes: run this again.'
}
`
  .trim()
  .split('\n');
