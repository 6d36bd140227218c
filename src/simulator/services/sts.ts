import { defined } from '../organization/defined.ts';
import { mfaDeviceOf, stepOf } from '../organization/mfa.ts';
import { newSession } from '../organization/sessions.ts';
import { Refusal, refuse } from '../protocol/refusal.ts';
import { type Context, date, type StsOperations } from './context.ts';

const hour = 3600;

/** Roles that end so are assumed with a code of the caller's MFA device alone. */
const withMfa = /WithMFA$/;

/**
 * Checks the code that comes with a request, and takes it: AWS takes each code once. False where none came. Sentences:
 * as STS answers them (the first two are in many pasted answers; a session of a role has no device).
 */
function codeTaken(
  { SerialNumber: serial, TokenCode: code }: { readonly SerialNumber?: string; readonly TokenCode?: string },
  { caller, truth, now }: Context,
): boolean {
  const denied = (says: string): never => {
    throw new Refusal('AccessDenied', `MultiFactorAuthentication failed${says}`);
  };
  if (serial === undefined && code === undefined) return false;
  if (serial === undefined || code === undefined)
    return denied(', must provide both MFA serial number and one time pass code.');
  const device = mfaDeviceOf(truth.seed, caller.account.id);
  if (caller.session || serial !== device.serial)
    return denied(
      ', unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    );
  const step = stepOf(device, code, now, truth.mfaTaken?.[serial]);
  if (step === undefined) return denied(' with invalid MFA one time pass code.');
  truth.mfaTaken = { ...truth.mfaTaken, [serial]: step };
  return true;
}

/**
 * The two operations of AWS STS. Throws `Refusal` for a role that cannot be assumed, or not for so long (STS API
 * reference, AssumeRole; role chaining is limited to one hour).
 */
export const sts = {
  GetCallerIdentity: (_, { caller }) => ({
    UserId: caller.userId,
    Account: caller.account.id,
    Arn: caller.arn,
  }),
  /**
   * Roles are not kept. Every ACTIVE account has every role, trusted by its own account, and by the management account
   * unless it is the management account's own OrganizationAccountAccessRole (Organizations makes none there). Roles of
   * IAM Identity Center and of services trust nobody who asks here; one whose name ends in WithMFA wants a code.
   */
  AssumeRole: (input, at) => {
    const { RoleArn, RoleSessionName, DurationSeconds = hour, SourceIdentity } = input;
    const { caller, truth } = at;
    const [, id, path] =
      /^arn:aws:iam::(\d{12}):role\/((?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64})$/.exec(RoleArn) ?? [];
    if (id === undefined || path === undefined) return refuse('ValidationError', `${RoleArn} is invalid`);
    const coded = codeTaken(input, at);
    const account = truth.accounts.find((one) => one.id === id);
    const { management } = truth.organization;
    const role = path.slice(path.lastIndexOf('/') + 1);
    const trusted =
      account?.state === 'ACTIVE' &&
      !/^(aws-reserved|aws-service-role)\//.test(path) &&
      !role.startsWith('AWSReservedSSO_') &&
      (coded || !withMfa.test(role)) &&
      (caller.account.id === id || caller.account.id === management) &&
      !(id === management && role === 'OrganizationAccountAccessRole');
    if (account === undefined || !trusted)
      throw new Refusal(
        'AccessDenied',
        `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
      );
    if (DurationSeconds > hour)
      refuse(
        'ValidationError',
        caller.session
          ? 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining'
          : 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      );
    const expires = at.now + DurationSeconds * 1000;
    const session = newSession(truth.seed, {
      account: id,
      role,
      name: RoleSessionName,
      expires,
      id: at.requestId,
    });
    return {
      Credentials: {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secretAccessKey,
        SessionToken: session.token,
        Expiration: date(expires),
      },
      AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
      ...defined({ SourceIdentity }),
    };
  },
} as const satisfies StsOperations;
