/** A key as AWS makes them: forty characters drawn by lot. */
const secretKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiZq7Canary1aB';
const sessionToken = `IQoJb3JpZ2luX2VjEJr${'aZ09+/'.repeat(30)}Zq7Canary==`;
const opaque = `aoaAAAAAGZq7Canary${'Ab0_-'.repeat(30)}`;
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJacTdDYW5hcnkifQ.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

/** What others repeat of a request: name, text, what must not be passed on, and what has to stay. */
export const echoes: readonly (readonly [string, string, string, string])[] = [
  [
    'a key id beside its secret',
    `key AKIAZQ7CANARY0000001 ${secretKey} is not known`,
    secretKey,
    'is not known',
  ],
  ['the id of a key', 'The key AKIAZQ7CANARY0000001 is not active', 'AKIAZQ7CANARY', 'is not active'],
  ['the id of a session’s key', 'no session for ASIAZQ7CANARY0000001, sorry', 'ASIAZQ7CANARY', ', sorry'],
  ['a secret key at the end of a sentence', `Not valid: ${secretKey}. Try again.`, secretKey, 'Try again.'],
  ['a secret key as a member', `{"SecretAccessKey":"${secretKey}","x":1}`, secretKey, '"x":1'],
  ['a secret key in a variable', `AWS_SECRET_ACCESS_KEY=${secretKey} is set`, secretKey, 'is set'],
  [
    'a secret key, however short',
    'aws_secret_access_key = Zq7Canary in the file',
    'Zq7Canary',
    'in the file',
  ],
  ['a session token', `token ${sessionToken} has expired`, 'Zq7Canary', 'has expired'],
  [
    'a session token in JSON in JSON',
    `{\\"sessionToken\\":\\"${sessionToken}\\"} given`,
    'Zq7Canary',
    'given',
  ],
  [
    'a session token in a query',
    `GET /?X-Amz-Security-Token=${encodeURIComponent(sessionToken)}&X=1 failed`,
    'Zq7Canary',
    'failed',
  ],
  ['a header of a session token', `x-amz-security-token: ${sessionToken}\nfailed`, 'Zq7Canary', 'failed'],
  ['a header of a sign-in’s token', 'x-amz-sso_bearer_token: Zq7Canary\nfailed', 'Zq7Canary', 'failed'],
  ['an access token of a sign-in', `The token ${opaque} is not known`, 'Zq7Canary', 'is not known'],
  ['a JWT', `The token ${jwt} is not known`, jwt.split('.')[1] ?? '', 'is not known'],
  ['a bearer', 'Bearer zq7canary-0123 was refused', 'zq7canary', 'was refused'],
  [
    'a user and a password as a header has them',
    'Basic WnE3Q2FuYXJ5OnB3 was refused',
    'WnE3Q2FuYXJ5',
    'was refused',
  ],
  [
    'an authorization header',
    'Authorization: AWS4-HMAC-SHA256 Credential=Zq7Canary/20261130, Signature=ab\nfailed',
    'Zq7Canary',
    'failed',
  ],
  [
    'an authorization without its name',
    "invalid: 'AWS4-HMAC-SHA256 Credential=Zq7Canary/20261130, SignedHeaders=host, Signature=ab', it is",
    'Zq7Canary',
    'it is',
  ],
  ['a signature', 'GET /?X-Amz-Signature=00zq7canary00&b=1 failed', 'zq7canary', 'failed'],
  [
    'a credential in a query',
    'X-Amz-Credential=AKIAZQ7CANARY0000001%2F20261130 failed',
    'ZQ7CANARY',
    'failed',
  ],
  [
    'the request as it should have been signed',
    "It does not match.\n\nThe Canonical String for this request should have been\n'POST\n/\n\nx-other:Zq7Canary'",
    'Zq7Canary',
    'It does not match.',
  ],
  [
    'what should have been signed',
    "It does not match.\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\nZq7Canary'",
    'Zq7Canary',
    'It does not match.',
  ],
  [
    'a proxy’s password',
    'connect to http://ann:Zq7Canary@proxy.example:3128 failed',
    'Zq7Canary',
    '//proxy.example:3128 failed',
  ],
  [
    'a proxy’s password with an at sign',
    'connect to http://ann:a@Zq7Canary@proxy.example:3128 failed',
    'Zq7Canary',
    '//proxy.example:3128 failed',
  ],
  [
    'a proxy’s password without a scheme',
    'connect to ann:Zq7Canary@proxy.example:3128 failed',
    'Zq7Canary',
    'proxy.example:3128 failed',
  ],
  [
    'a token as the user of an address',
    'https://Zq7Canary@git.example/x failed',
    'Zq7Canary',
    '//git.example/x failed',
  ],
  ['a password that is named', 'password=Zq7Canary was refused', 'Zq7Canary', 'was refused'],
  ['a client’s secret', '{"clientSecret": "Zq7Canary"} was refused', 'Zq7Canary', 'was refused'],
  ['a refresh token', '{"refreshToken":"Zq7Canary"} was refused', 'Zq7Canary', 'was refused'],
  ['a role’s external id', 'ExternalId=Zq7Canary was refused', 'Zq7Canary', 'was refused'],
  ['a one-time code', 'MultiFactorAuthentication failed with MFA code 73519046, sorry', '73519046', 'sorry'],
  ['a one-time code as a member', 'TokenCode: 73519046 failed', '73519046', 'failed'],
  ['a key for an API', 'api_key=Zq7Canary was refused', 'Zq7Canary', 'was refused'],
];
