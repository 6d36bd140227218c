/** What AWS answers instead of doing it. Thrown by every part of the pipeline and turned into the service's own error. */
export class Refusal extends Error {
  readonly code: string;
  readonly members: Readonly<Record<string, unknown>>;
  readonly status: number | undefined;

  /** `members`: further modelled members of the error (Reason, ResourceType, …). `status`: HTTP, where it is not the code's usual one. */
  constructor(
    code: string,
    message: string,
    members: Readonly<Record<string, unknown>> = {},
    status?: number,
  ) {
    super(message);
    this.code = code;
    this.members = members;
    this.status = status;
  }
}

/** Throws a `Refusal`, as an expression: `found ?? refuse(…)`. `members`: further modelled members of the error. */
export const refuse = (code: string, message: string, members?: Readonly<Record<string, unknown>>): never => {
  throw new Refusal(code, message, members);
};
