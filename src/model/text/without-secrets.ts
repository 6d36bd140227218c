/**
 * Texts of AWS, of proxies and of libraries repeat what was sent to them: keys, tokens, signatures, passwords, codes. What
 * has the shape of one, or is named as one, is taken out. Names, ARNs, ids, hashes and sentences stay: they say what is wrong.
 */
export const withoutSecrets = (text: string): string =>
  shapes.reduce((left, [shape, instead]) => left.replace(shape, instead), text);

const hidden = '(not shown)';
/** Up to a blank, or what ends a member of an address or of JSON. */
const word = '[^\\s"\'&,;<>)]+';
/** What is named, and stands behind the name. */
const named = (names: string, value: string, sign = '[:=]'): RegExp =>
  new RegExp(`((?:${names})\\\\?["']?\\s*${sign}(?![\\s\\\\"']*\\(not shown)\\s*\\\\?["']?)${value}`, 'gi');
const names = [
  ...['x-amz-(?:credential|signature|security-token)', 'authorization', 'signature', 'credential'],
  ...['secret[ _-]?access[ _-]?key', 'access[ _-]?key[ _-]?id', '(?:session|security)[ _-]?token'],
  ...['(?:access|refresh|id|auth|bearer)[ _-]?token', 'client[ _-]?secret', '(?:api|private)[ _-]?key'],
  ...['pass(?:word|wd|phrase)', 'external[ _-]?id', 'device[ _-]?code'],
].join('|');

const shapes: readonly (readonly [RegExp, string])[] = [
  // The request once more, with its headers, as AWS repeats it where a signature does not match.
  [/(?<!\s)\s*The (?:Canonical String|String-to-Sign)(?: for this request)? should have been[\s\S]*$/i, ''],
  // Headers: to the end of the line.
  [named('x-amz-security-token|authorization|bearer[_-]token|cookie', '[^\\r\\n"\']+', ':'), `$1${hidden}`],
  [/\bAWS4-(?:HMAC|ECDSA)[A-Z0-9-]*[^\r\n"']*/g, hidden],
  [/\b((?:Bearer|Basic)\s+)(?=[^\s"']*[\d=])[\w.~+/=-]{8,}/gi, `$1${hidden}`],
  [named(names, word), `$1${hidden}`],
  // A user and a password in an address, with or without what stands before it.
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"']{1,500}(?:@[^\s/@"']{1,500})*@/gi, '$1'],
  [/[^\s:@/"']{1,200}:[^\s@/"']{1,200}@(?=[\w.-]{1,253}:\d)/g, ''],
  [/\beyJ[\w-]{4,}(?:\.[\w-]*)+/g, hidden], // JWT
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b/g, hidden], // ids of access keys; those of roles and users stay
  [/\b(?:IQoJ|FwoG|FQoG|AQoD|AQoE)[A-Za-z0-9+/=_%-]{8,}/g, hidden], // session tokens
  // Forty characters drawn by lot are a secret access key: a hash has no capitals, and hardly a path has digits, too.
  [drawn('A-Za-z0-9+/', 40, '{40}', '\\w+/.-'), hidden],
  [drawn('A-Za-z0-9+/', 80, '{80,}={0,2}', '\\w+/.-'), hidden],
  // What is longer than any name, by far.
  [drawn('A-Za-z0-9+_=-', 100, '{100,}', '\\w+=/:-'), hidden],
  // One-time codes, by what they are called; the numbers of accounts are longer.
  [/\b((?:token ?code|mfa|otp|pass ?code|one[- ]time)[^\d\r\n]{0,40}?\W{0,4})\d{6,8}\b/gi, `$1${hidden}`],
];
/** So many of these, small and capital letters and digits among the first, and not a part of something longer. */
function drawn(of: string, first: number, many: string, around: string): RegExp {
  const among = ['[a-z]', '[A-Z]', '\\d'].map((one) => `(?=[^\\s]{0,${first - 1}}${one})`).join('');
  return new RegExp(`(?<![${around}])${among}[${of}]${many}(?![\\w+/-])`, 'g');
}
