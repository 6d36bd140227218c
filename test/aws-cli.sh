#!/usr/bin/env bash
# Walks the documented procedure on the simulator with the AWS CLI: a client, and models, that are not ours.
# Stops with a message and 1 at the first thing that is not as it must be.
set -euo pipefail
cd "$(dirname "$0")/.."

. test/with-aws-cli.sh

# refused WHAT ERROR COMMAND…: the command fails with that error
refused() {
  local what=$1 error=$2 said
  shift 2
  if said=$("$@" 2>&1); then fail "$what" "it was not refused: $said"; fi
  like "$what" "$said" "\\($error\\)"
}

export AWS_PAGER='' AWS_MAX_ATTEMPTS=1

# serve SCENARIO: starts a simulator and makes its profiles the ones in use
serve() {
  local ready="$work/$1.json"
  node "$work/dist/cw-runbook.cjs" simulator --port 0 --scenario "$1" --profiles "$work/$1" >"$ready" 2>"$work/$1.err" &
  simulators+=($!)
  for _ in $(seq 300); do
    if [ -s "$ready" ]; then break; fi
    if ! kill -0 "${simulators[-1]}" 2>/dev/null; then fail "the simulator starts" "$(cat "$work/$1.err")"; fi
    sleep 0.1
  done
  url=$(ready "$1" 'it.url')
  export AWS_CONFIG_FILE="$work/$1/config" AWS_SHARED_CREDENTIALS_FILE="$work/$1/credentials"
}
# ready SCENARIO EXPRESSION: of the line it printed
ready() { node -e "const it = JSON.parse(require('fs').readFileSync('$work/$1.json', 'utf8')); console.log($2)"; }
# The address is in the profiles too; older CLIs read it from neither there nor the environment.
management() { "$aws" --endpoint-url "$url" --profile management --output text "$@"; }
delegated() { "$aws" --endpoint-url "$url" --profile delegated --output text "$@"; }
# settled PROFILE QUERY COMMAND…: asks until it is no longer in progress
settled() {
  local profile=$1 query=$2 status
  shift 2
  for _ in $(seq 60); do
    status=$("$profile" "$@" --query "$query")
    if [ "$status" != IN_PROGRESS ]; then break; fi
    sleep 0.2
  done
  echo "$status"
}

"$aws" --version
serve fresh

# Who acts
root=$(management sts get-caller-identity --query Account)
is 'the management profile is the management account' "$root" "$(ready fresh 'it.accounts[0].id')"
is 'the organization is led by it' "$(management organizations describe-organization --query Organization.MasterAccountId)" "$root"
account=$(delegated sts get-caller-identity --query Account)
like 'the other profile is a user of a member account' "$(delegated sts get-caller-identity --query Arn)" "^arn:aws:iam::$account:user/"
count=$(management organizations list-accounts --query 'length(Accounts)')
if [ "$count" -ge 5 ]; then pass "the organization has $count accounts"; else fail 'at least five accounts' "$count"; fi
is 'one of them is suspended' "$(management organizations list-accounts --query "length(Accounts[?Status=='SUSPENDED'])")" 1
is 'two pages hold what one holds' \
  "$(management organizations list-accounts --page-size 2 --query 'length(Accounts[])' | awk '{ n += $1 } END { print n }')" "$count"

# Where IAM Identity Center is
if "$aws" account list-regions help >/dev/null 2>&1; then
  is 'its Region is on by default' "$(management account get-region-opt-status --region-name us-east-1 --query RegionOptStatus)" ENABLED_BY_DEFAULT
  is 'there are 34 Regions' "$(management account list-regions --query 'length(Regions)')" 34
else
  echo '# this AWS CLI is older than the Region operations of account: those two checks are left out'
fi
instance=$(management sso-admin list-instances --query 'Instances[0].InstanceArn')
store=$(management sso-admin list-instances --query 'Instances[0].IdentityStoreId')
like 'the management account sees the instance' "$instance" '^arn:aws:sso:::instance/ssoins-[0-9a-f]{16}$'
is 'another Region has none' "$(management sso-admin list-instances --region eu-west-1 --query 'length(Instances || `[]`)')" 0
refused 'and refuses its permission sets' AccessDeniedException \
  management sso-admin list-permission-sets --instance-arn "$instance" --region eu-west-1
refused 'a Region that is not on refuses the keys' UnrecognizedClientException \
  management sso-admin list-instances --region af-south-1

# Delegation
is 'trusted access is on' "$(management organizations list-aws-service-access-for-organization --query "length(EnabledServicePrincipals[?ServicePrincipal=='sso.amazonaws.com'])")" 1
is 'a member is shown the instance' "$(delegated sso-admin list-instances --query 'Instances[0].InstanceArn')" "$instance"
refused 'a member may not list permission sets' AccessDeniedException delegated sso-admin list-permission-sets --instance-arn "$instance"
refused 'a member may not list accounts' AccessDeniedException delegated organizations list-accounts
refused 'a member may not register anybody' AccessDeniedException \
  delegated organizations register-delegated-administrator --account-id "$account" --service-principal sso.amazonaws.com
refused 'the management account cannot be registered' ConstraintViolationException \
  management organizations register-delegated-administrator --account-id "$root" --service-principal sso.amazonaws.com
management organizations register-delegated-administrator --account-id "$account" --service-principal sso.amazonaws.com
is 'the member is registered' "$(management organizations list-delegated-administrators --service-principal sso.amazonaws.com --query 'DelegatedAdministrators[].Id')" "$account"
refused 'a second time it is known' AccountAlreadyRegisteredException \
  management organizations register-delegated-administrator --account-id "$account" --service-principal sso.amazonaws.com
other=$(management organizations list-accounts --query "Accounts[?Status=='ACTIVE' && Id!='$root' && Id!='$account'] | [0].Id")
refused 'nobody else can be registered too' ConstraintViolationException \
  management organizations register-delegated-administrator --account-id "$other" --service-principal sso.amazonaws.com
is 'the delegated administrator may describe the instance' "$(delegated sso-admin describe-instance --instance-arn "$instance" --query InstanceArn)" "$instance"

# The user
user=$(delegated identitystore list-users --identity-store-id "$store" --query 'Users[0].UserId')
name=$(delegated identitystore describe-user --identity-store-id "$store" --user-id "$user" --query UserName)
is 'a user is found by name' "$user" "$(delegated identitystore get-user-id --identity-store-id "$store" \
  --alternate-identifier "{\"UniqueAttribute\":{\"AttributePath\":\"userName\",\"AttributeValue\":\"$name\"}}" --query UserId)"
refused 'and nobody by a name that nobody has' ResourceNotFoundException \
  delegated identitystore get-user-id --identity-store-id "$store" \
  --alternate-identifier '{"UniqueAttribute":{"AttributePath":"userName","AttributeValue":"nobody"}}'

# The permission set
set=$(delegated sso-admin create-permission-set --instance-arn "$instance" --name CodeWhisperer_administrator \
  --tags Key=created-by,Value=aws-cli --query PermissionSet.PermissionSetArn)
like 'the permission set is created' "$set" '^arn:aws:sso:::permissionSet/ssoins-[0-9a-f]{16}/ps-[0-9a-f]{16}$'
refused 'its name is taken then' ConflictException \
  delegated sso-admin create-permission-set --instance-arn "$instance" --name CodeWhisperer_administrator
refused 'a malformed policy is refused' ValidationException \
  delegated sso-admin put-inline-policy-to-permission-set --instance-arn "$instance" --permission-set-arn "$set" --inline-policy '{"Version":'
delegated sso-admin put-inline-policy-to-permission-set --instance-arn "$instance" --permission-set-arn "$set" \
  --inline-policy file://steps/policies/codewhisperer-as-documented.json
delegated sso-admin get-inline-policy-for-permission-set --instance-arn "$instance" --permission-set-arn "$set" \
  --query InlinePolicy >"$work/policy.json"
is 'its policy is the documented one' "$(node -e "
  const read = (file) => JSON.stringify(JSON.parse(require('fs').readFileSync(file, 'utf8')));
  console.log(read('$work/policy.json') === read('steps/policies/codewhisperer-as-documented.json'))")" true
refused 'a name must be a name' ValidationException \
  delegated sso-admin create-permission-set --instance-arn "$instance" --name 'no spaces please'

# The assignment
assignment=(--instance-arn "$instance" --target-id "$other" --target-type AWS_ACCOUNT --permission-set-arn "$set"
  --principal-type USER --principal-id "$user")
request=$(delegated sso-admin create-account-assignment "${assignment[@]}" --query AccountAssignmentCreationStatus.RequestId)
is 'the assignment succeeds' "$(settled delegated AccountAssignmentCreationStatus.Status sso-admin \
  describe-account-assignment-creation-status --instance-arn "$instance" --account-assignment-creation-request-id "$request")" SUCCEEDED
assigned=(sso-admin list-account-assignments --instance-arn "$instance" --account-id "$other" --permission-set-arn "$set")
is 'the user has it' "$(delegated "${assigned[@]}" --query 'AccountAssignments[].PrincipalId')" "$user"
again=$(delegated sso-admin create-account-assignment "${assignment[@]}" --query AccountAssignmentCreationStatus.RequestId)
is 'a second time it succeeds too' "$(settled delegated AccountAssignmentCreationStatus.Status sso-admin \
  describe-account-assignment-creation-status --instance-arn "$instance" --account-assignment-creation-request-id "$again")" SUCCEEDED
is 'without a second assignment' "$(delegated "${assigned[@]}" --query 'length(AccountAssignments)')" 1
is 'the set is provisioned there' "$(delegated sso-admin list-accounts-for-provisioned-permission-set --instance-arn "$instance" \
  --permission-set-arn "$set" --query 'AccountIds[]')" "$other"
refused 'the management account is out of reach' AccessDeniedException \
  delegated sso-admin create-account-assignment "${assignment[@]/$other/$root}"
refused 'nor is the set to be brought there' AccessDeniedException \
  delegated sso-admin provision-permission-set --instance-arn "$instance" --permission-set-arn "$set" \
  --target-type AWS_ACCOUNT --target-id "$root"
refused 'a set that is assigned cannot be deleted' ConflictException \
  delegated sso-admin delete-permission-set --instance-arn "$instance" --permission-set-arn "$set"

# A group, in the same account: several assignments under way together
group=$(delegated identitystore list-groups --identity-store-id "$store" --query 'Groups[0].GroupId')
group_name=$(delegated identitystore describe-group --identity-store-id "$store" --group-id "$group" --query DisplayName)
is 'a group is found by name' "$group" "$(delegated identitystore get-group-id --identity-store-id "$store" \
  --alternate-identifier "{\"UniqueAttribute\":{\"AttributePath\":\"displayName\",\"AttributeValue\":\"$group_name\"}}" --query GroupId)"
members=$(delegated identitystore list-group-memberships --identity-store-id "$store" --group-id "$group" --query 'length(GroupMemberships)')
if [ "$members" -ge 1 ]; then pass "it has $members members"; else fail 'the group has members' "$members"; fi
second=$(delegated identitystore list-users --identity-store-id "$store" --query 'Users[1].UserId')
requests=()
for who in "GROUP $group" "USER $second"; do
  requests+=("$(delegated sso-admin create-account-assignment --instance-arn "$instance" --target-id "$other" --target-type AWS_ACCOUNT \
    --permission-set-arn "$set" --principal-type "${who% *}" --principal-id "${who#* }" --query AccountAssignmentCreationStatus.RequestId)")
done
for request in "${requests[@]}"; do
  is 'one of several succeeds' "$(settled delegated AccountAssignmentCreationStatus.Status sso-admin \
    describe-account-assignment-creation-status --instance-arn "$instance" --account-assignment-creation-request-id "$request")" SUCCEEDED
done
is 'three have it, one of them a group' "$(delegated "${assigned[@]}" \
  --query "join(' ', [to_string(length(AccountAssignments)), to_string(length(AccountAssignments[?PrincipalType=='GROUP']))])")" '3 1'

# The management account: by its own credentials, with a set of another name, which is its own from then on
own=$(management sso-admin create-permission-set --instance-arn "$instance" --name CodeWhisperer_administrator_mgmt --query PermissionSet.PermissionSetArn)
there=(--instance-arn "$instance" --target-id "$root" --target-type AWS_ACCOUNT --permission-set-arn "$own"
  --principal-type USER --principal-id "$user")
request=$(management sso-admin create-account-assignment "${there[@]}" --query AccountAssignmentCreationStatus.RequestId)
is 'the management account assigns in itself' "$(settled management AccountAssignmentCreationStatus.Status sso-admin \
  describe-account-assignment-creation-status --instance-arn "$instance" --account-assignment-creation-request-id "$request")" SUCCEEDED
is 'the delegated administrator sees it' "$(delegated sso-admin list-account-assignments --instance-arn "$instance" \
  --account-id "$root" --permission-set-arn "$own" --query 'AccountAssignments[].PrincipalId')" "$user"
refused 'and cannot take it away' AccessDeniedException delegated sso-admin delete-account-assignment "${there[@]}"
refused 'nor use the set in a member account' AccessDeniedException \
  delegated sso-admin create-account-assignment "${there[@]/$root/$other}"
refused 'nor change it' AccessDeniedException delegated sso-admin put-inline-policy-to-permission-set --instance-arn "$instance" \
  --permission-set-arn "$own" --inline-policy file://steps/policies/codewhisperer-as-documented.json
request=$(management sso-admin delete-account-assignment "${there[@]}" --query AccountAssignmentDeletionStatus.RequestId)
is 'the management account takes it away' "$(settled management AccountAssignmentDeletionStatus.Status sso-admin \
  describe-account-assignment-deletion-status --instance-arn "$instance" --account-assignment-deletion-request-id "$request")" SUCCEEDED
management sso-admin delete-permission-set --instance-arn "$instance" --permission-set-arn "$own"

# Another account by its role
read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN <<<"$(management sts assume-role \
  --role-arn "arn:aws:iam::$other:role/OrganizationAccountAccessRole" --role-session-name walk \
  --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]')"
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
is 'a role acts in the other account' "$("$aws" --endpoint-url "$url" sts get-caller-identity --region us-east-1 --query Arn --output text)" \
  "arn:aws:sts::$other:assumed-role/OrganizationAccountAccessRole/walk"
refused 'as a member, no more' AccessDeniedException "$aws" --endpoint-url "$url" organizations list-accounts --region us-east-1
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
refused 'a member cannot become another' AccessDenied \
  delegated sts assume-role --role-arn "arn:aws:iam::$root:role/Admin" --role-session-name walk

# What the callers may do
operator="arn:aws:iam::$account:user/runbook-operator"
decision() { delegated iam simulate-principal-policy --policy-source-arn "$operator" --action-names sso:ListPermissionSets \
  --query 'EvaluationResults[0].[EvalDecision,OrganizationsDecisionDetail.AllowedByOrganizations]' --output text; }
is 'the simulation allows what nothing denies' "$(decision)" $'allowed\tTrue'
curl -s "$url/_permissions" -d "{\"account\":\"$account\",\"scp\":[\"sso:List*\"]}" >/dev/null
is 'and says whose policy denies' "$(decision)" $'explicitDeny\tFalse'
refused 'as the call does' AccessDeniedException delegated sso-admin list-permission-sets --instance-arn "$instance"
curl -s "$url/_permissions" -d "{\"account\":\"$account\"}" >/dev/null
is 'the path of the role that Organizations made' "$(delegated iam get-role --role-name OrganizationAccountAccessRole \
  --query Role.Path --output text)" /
refused 'a role that nobody made' NoSuchEntity delegated iam get-role --role-name AWSReservedSSO_Admin_0123456789abcdef
refused 'a member cannot have an instance of its own beside the organization’s' ServiceQuotaExceededException \
  delegated sso-admin create-instance --name mine
refused 'nor can the management account' ValidationException management sso-admin create-instance --name mine
refused 'an ARN of a session is none of a role' InvalidInput delegated iam simulate-principal-policy \
  --policy-source-arn "arn:aws:sts::$account:assumed-role/Admin/me" --action-names sso:ListPermissionSets

# Back again
request=$(delegated sso-admin delete-account-assignment "${assignment[@]}" --query AccountAssignmentDeletionStatus.RequestId)
is 'the assignment is taken away' "$(settled delegated AccountAssignmentDeletionStatus.Status sso-admin \
  describe-account-assignment-deletion-status --instance-arn "$instance" --account-assignment-deletion-request-id "$request")" SUCCEEDED
for who in "GROUP $group" "USER $second"; do
  request=$(delegated sso-admin delete-account-assignment --instance-arn "$instance" --target-id "$other" --target-type AWS_ACCOUNT \
    --permission-set-arn "$set" --principal-type "${who% *}" --principal-id "${who#* }" --query AccountAssignmentDeletionStatus.RequestId)
  is 'and one of the several' "$(settled delegated AccountAssignmentDeletionStatus.Status sso-admin \
    describe-account-assignment-deletion-status --instance-arn "$instance" --account-assignment-deletion-request-id "$request")" SUCCEEDED
done
delegated sso-admin delete-permission-set --instance-arn "$instance" --permission-set-arn "$set"
is 'and the set is gone' "$(delegated sso-admin list-permission-sets --instance-arn "$instance" --query 'length(PermissionSets)')" 0
management organizations deregister-delegated-administrator --account-id "$account" --service-principal sso.amazonaws.com
is 'and nobody is registered' "$(management organizations list-delegated-administrators --service-principal sso.amazonaws.com --query 'length(DelegatedAdministrators)')" 0

# One account only: the human makes another, by hand
serve single-account
is 'a single account is alone' "$(management organizations list-accounts --query 'length(Accounts)')" 1
request=$(management organizations create-account --account-name 'Shared Services' --email aws+new@example.com --query CreateAccountStatus.Id)
is 'an account can be created' "$(settled management CreateAccountStatus.State organizations describe-create-account-status \
  --create-account-request-id "$request")" SUCCEEDED
is 'and the delegated profile is it' "$(delegated sts get-caller-identity --query Account)" \
  "$(management organizations list-accounts --query "Accounts[?Name=='Shared Services'].Id")"

# Profiles of another Region than the one where Organizations is
serve opt-in-region
is 'the organization is seen from any Region' "$(management organizations describe-organization --query Organization.Id)" \
  "$(ready opt-in-region 'it.organizationId')"
is 'the instance is seen from its own' "$(management sso-admin list-instances --query 'length(Instances)')" 1

printf '%d passed, 0 failed\n' "$passed"
