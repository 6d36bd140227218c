/** Flags by their earlier names, which `--help` does not list: scripts that were written with them go on working. */
const renamed: Readonly<Record<string, string>> = {
  '--poll': '--poll-interval',
  '--patience': '--change-timeout',
  '--pace': '--rate-limit',
  '--take-back': '--reclaim',
};

/** The arguments with every flag by its name of today. What stands behind `--` is no flag. */
export function withFlagsOfToday(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return argv.map((one, n) => {
    if (end >= 0 && n >= end) return one;
    const [, name = '', value = ''] = /^(--[a-z-]+)(=.*)?$/s.exec(one) ?? [];
    return Object.hasOwn(renamed, name) ? `${renamed[name]}${value}` : one;
  });
}
