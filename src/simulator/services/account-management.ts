import { optStatus, regions } from '../organization/regions.ts';
import { page } from '../protocol/pages.ts';
import { refuse } from '../protocol/refusal.ts';
import { type AccountOperations, type Context, date } from './context.ts';

/**
 * The account a request is about. Another one than one's own: for the management account or the service's delegated
 * administrator, with trusted access on; the management account must not name itself (Account Management API reference).
 */
function subject(given: string | undefined, at: Context): string {
  const { caller, state } = at;
  const { management } = state.organization;
  const isManagement = caller.account.id === management;
  if (given === undefined) return caller.account.id;
  const service = 'account.amazonaws.com';
  const mayNameOthers =
    isManagement ||
    state.delegated.some((one) => one.service === service && one.account === caller.account.id);
  // The first two sentences are AWS's: test/recorded/answers/account.jsonl. The third is not known.
  const denied = (why: string): never =>
    refuse(
      'AccessDeniedException',
      `User: ${caller.arn} is not authorized to perform: account:${at.operation} (${why})`,
    );
  if (isManagement && given === management)
    denied(
      'The management account can only be managed using the standalone context from the management account.',
    );
  if (mayNameOthers && !state.trusted.some(({ principal }) => principal === service))
    denied('Your organization must first enable trusted access with AWS Account Management.');
  if (!mayNameOthers || given === management || !state.accounts.some(({ id }) => id === given))
    denied(
      `The specified account ${given} cannot be accessed with AccountId from account ${caller.account.id}`,
    );
  return given;
}
const unknownRegion = (name: string): never =>
  refuse('ValidationException', `The Region Name provided is invalid: ${name}`, {
    reason: 'invalidRegionOptTarget',
    fieldList: [{ name: 'RegionName', message: 'There is no such Region' }],
  });

/**
 * The operations of AWS Account Management. Throws `Refusal` where the caller may not name the account, or there is no
 * such Region (Account Management API reference).
 */
export const accountManagement = {
  GetAccountInformation: ({ AccountId }, at) => {
    const account = subject(AccountId, at);
    const { id, name, state, joined } =
      at.state.accounts.find((one) => one.id === account) ?? at.caller.account;
    return {
      AccountId: id,
      AccountName: name,
      AccountCreatedDate: date(joined),
      AccountState: state === 'ACTIVE' ? 'ACTIVE' : 'SUSPENDED',
    };
  },
  GetRegionOptStatus: ({ AccountId, RegionName }, at) => {
    const account = subject(AccountId, at);
    const status = optStatus(at.state, account, RegionName, at.now) ?? unknownRegion(RegionName);
    return { RegionName, RegionOptStatus: status };
  },
  ListRegions: ({ AccountId, RegionOptStatusContains: wanted = [], ...input }, at) => {
    const account = subject(AccountId, at);
    const all = regions
      .map((region) => ({
        RegionName: region,
        RegionOptStatus: optStatus(at.state, account, region, at.now) ?? 'DISABLED',
      }))
      .filter(({ RegionOptStatus }) => wanted.length === 0 || wanted.includes(RegionOptStatus));
    const { items, next } = page(all, input, {
      of: at.list,
      size: 50,
      invalid: () =>
        refuse('ValidationException', 'The provided NextToken is invalid', {
          reason: 'fieldValidationFailed',
          fieldList: [{ name: 'NextToken', message: 'It is not from an earlier answer' }],
        }),
    });
    return { Regions: items, ...next };
  },
  EnableRegion: ({ AccountId, RegionName }, at) => {
    const account = subject(AccountId, at);
    const status = optStatus(at.state, account, RegionName, at.now) ?? unknownRegion(RegionName);
    if (status === 'ENABLED_BY_DEFAULT') unknownRegion(RegionName);
    if (status === 'ENABLING')
      refuse('ConflictException', `The Region ${RegionName} is already being enabled for account ${account}`);
    if (status === 'DISABLED') {
      at.state.optedIn.push({ region: RegionName, account, due: at.now + at.settle });
      at.effect();
    }
    return {};
  },
} as const satisfies AccountOperations;
