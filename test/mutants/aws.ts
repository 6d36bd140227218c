import { faults } from './mutants.ts';

export const aws = [
  ...faults(
    'src/aws/client.ts',
    ['test/aws/own-connection.test.ts'],
    [
      [
        'a write sets out on an old connection',
        "connections(connection.timeouts ?? usual, kind === 'reads', env)",
        'connections(connection.timeouts ?? usual, true)',
      ],
      [
        'each read opens a connection',
        "connections(connection.timeouts ?? usual, kind === 'reads', env)",
        'connections(connection.timeouts ?? usual, false)',
      ],
    ],
  ),
  ...faults(
    'src/aws/client.ts',
    ['test/aws/writes.test.ts'],
    [['a write is tried again', "kind === 'writes' ? 1 : 5", "kind === 'writes' ? 2 : 5"]],
  ),
  ...faults(
    'src/aws/client.ts',
    ['test/aws/reads.test.ts'],
    [['a read is not tried again', "kind === 'writes' ? 1 : 5", "kind === 'writes' ? 1 : 1"]],
  ),
  ...faults(
    'src/aws/answers.ts',
    ['test/aws/answers.test.ts'],
    [
      ['an empty id will do', "value === '' && shape !== 'text'", "value === '' && shape === 'text!'"],
      [
        'what is needed may be missing',
        'else if (isNeeded(wanted))',
        'else if (isNeeded(wanted) && wanted === undefined)',
      ],
    ],
  ),
  ...faults(
    'src/aws/settings/proxy-address.ts',
    ['test/aws/proxy-address.test.ts'],
    [
      ['a number is a host', ' && !endsInNumber(host))', ')'],
      ['the first @ ends the password', "authority.lastIndexOf('@')", "authority.indexOf('@')"],
    ],
  ),
  ...faults(
    'src/aws/settings/aws-hosts.ts',
    ['test/aws/aws-hosts.test.ts'],
    [
      ['http is AWS’s own', "protocol !== 'https:' || port", 'port'],
      [
        'every endpoint service is AWS’s own',
        'return own && own.region === region ? own : undefined;',
        'return own ?? { region, fips: false, dualstack: false };',
      ],
    ],
  ),
  ...faults(
    'src/aws/credential-process/mask.ts',
    ['test/aws/credential-process/mask.test.ts'],
    [
      ['an access key is shown', "    .replace(keyId, '…')\n", ''],
      ['a JSON Web Token is shown', "    .replace(jwt, '…')\n", ''],
    ],
  ),
];
