import { newSession } from '../organization/sessions.ts';
import { Refusal, refuse } from '../protocol/refusal.ts';
import { date, type StsOperations } from './context.ts';

const hour = 3600;

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
   * IAM Identity Center and of services trust nobody who asks here.
   */
  AssumeRole: ({ RoleArn, RoleSessionName, DurationSeconds = hour, SourceIdentity }, at) => {
    const { caller, truth } = at;
    const [, id, path] =
      /^arn:aws:iam::(\d{12}):role\/((?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64})$/.exec(RoleArn) ?? [];
    if (id === undefined || path === undefined) return refuse('ValidationError', `${RoleArn} is invalid`);
    const account = truth.accounts.find((one) => one.id === id);
    const { management } = truth.organization;
    const role = path.slice(path.lastIndexOf('/') + 1);
    const trusted =
      account?.state === 'ACTIVE' &&
      !/^(aws-reserved|aws-service-role)\//.test(path) &&
      !role.startsWith('AWSReservedSSO_') &&
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
      ...(SourceIdentity === undefined ? {} : { SourceIdentity }),
    };
  },
} as const satisfies StsOperations;
