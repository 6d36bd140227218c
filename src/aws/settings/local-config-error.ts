/** Something on this machine that has to be mended first. */
export class LocalConfigError extends Error {
  readonly remedy: string;
  /** What it was read from: a variable, or a key of a profile. */
  readonly setting: string | undefined;
  constructor(message: string, remedy: string, setting?: string) {
    super(message);
    this.remedy = remedy;
    this.setting = setting;
  }
}
