import type { Outcome } from '../event.ts';
import { layerOf } from './access-denied-hints.ts';

/**
 * Why the same change cannot succeed however often it is asked for, as long as nothing else changes. `quota`: AWS has to
 * raise it, or something has to be deleted. `organization`: a policy over these credentials, a key, or what the account or
 * the Region is; other credentials of the same account meet it too. `credentials`: what these credentials may; others may
 * more.
 */
export type InVain = 'quota' | 'organization' | 'credentials';

/** The service has quotas; in AWS Organizations a limit is a constraint. */
const quotas = /^(ServiceQuotaExceeded|LimitExceeded|ConstraintViolation|.*LimitExceeded)/;
/** The Region, the account or the partition is none in which this is to be had. */
const nowhere =
  /^(OptInRequired|RegionDisabled|UnsupportedAPIEndpoint|UnsupportedOperation|UnknownOperation|AWSOrganizationsNotInUse|UnrecognizedClient|SubscriptionRequired|AccountNotRegistered)/;
const denied = /^(AccessDenied|UnauthorizedOperation|NotAuthorized|AuthorizationError)/;

/** Undefined where the same may succeed by itself: AWS was busy, or shows late what was just made. */
export function inVain(outcome: Outcome | undefined): InVain | undefined {
  if (outcome?.ended === 'failed') return /limit ?exceeded|quota/i.test(outcome.why) ? 'quota' : undefined;
  if (outcome?.ended !== 'refused') return undefined;
  const { code, why, reason = '' } = outcome;
  if (quotas.test(code)) return 'quota';
  if (nowhere.test(code)) return 'organization';
  if (/KMS_Throttling/i.test(`${reason} ${why}`)) return undefined;
  switch (layerOf(why)) {
    case 'scp':
    case 'rcp':
    case 'endpoint':
    case 'key':
      return 'organization';
    case 'boundary':
    case 'session':
    case 'identity':
    case 'identity-denies':
      return 'credentials';
    case 'not-let-in':
      return undefined; // an account that was registered just now is let in some minutes later
    default:
      return denied.test(code) ? 'credentials' : undefined;
  }
}
