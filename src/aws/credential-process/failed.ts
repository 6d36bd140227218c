/** A credential_process that gave no credentials. The message may be kept; what it said itself may not. */
export class CredentialProcessFailed extends Error {
  readonly profile: string;
  /** What it wrote to standard error, masked: for the screen alone. */
  readonly said: string;
  /** It was ended because it took too long, in an unattended run. */
  readonly timedOut: boolean;
  /** It said nothing: what stands in `said` is ours. */
  readonly silent: boolean;
  /** The same as the message, with the exit code where there is one. */
  readonly how: string;
  constructor(profile: string, message: string, said: string, more: MoreOfFailing = {}) {
    super(message);
    this.profile = profile;
    this.said = said;
    this.timedOut = more.timedOut ?? false;
    this.silent = more.silent ?? said === '';
    this.how = more.how ?? message;
  }
}
interface MoreOfFailing {
  readonly how?: string;
  readonly silent?: boolean;
  readonly timedOut?: boolean;
}
