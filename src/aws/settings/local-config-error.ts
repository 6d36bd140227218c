/** Something on this machine that has to be mended first. */
export class LocalConfigError extends Error {
  readonly remedy: string;
  /** What a check of it is filed under, where it is about one of these. */
  readonly about: 'region' | undefined;
  constructor(message: string, remedy: string, about?: 'region') {
    super(message);
    this.remedy = remedy;
    this.about = about;
  }
}
