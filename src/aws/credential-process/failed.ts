/** A credential_process that gave no credentials. The message may be kept; what it said itself may not. */
export class CredentialProcessFailed extends Error {
  readonly profile: string;
  /** What it wrote to standard error, masked: for the screen alone. */
  readonly said: string;
  /** It was ended because it took too long, in an unattended run. */
  readonly timedOut: boolean;
  /** The same as the message, with the exit code where there is one. */
  readonly how: string;
  constructor(profile: string, message: string, said: string, how = message, timedOut = false) {
    super(message);
    this.profile = profile;
    this.said = said;
    this.timedOut = timedOut;
    this.how = how;
  }
}
