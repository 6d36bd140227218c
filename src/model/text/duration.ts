const parts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.0+)?S)?)?$/;
const seconds = [604_800, 86_400, 3_600, 60, 1] as const;

/**
 * An ISO 8601 duration in one form: PT60M, PT3600S and P0DT1H are PT1H. What has years or months, or cannot be read, stays
 * as it is.
 */
export function plainDuration(text: string): string {
  const found = parts.exec(text);
  if (!found || !/\d/.test(text)) return text;
  const total = seconds.reduce((sum, each, n) => sum + Number(found[n + 1] ?? 0) * each, 0);
  const [hours, minutes, rest] = [Math.floor(total / 3_600), Math.floor(total / 60) % 60, total % 60];
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${rest ? `${rest}S` : ''}`;
  return `PT${time || '0S'}`;
}
