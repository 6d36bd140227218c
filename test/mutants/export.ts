import { faults } from './mutants.ts';

/** As the source writes it: a template. */
const approval = `approve_${'$'}{name}`;

export const exporting = [
  ...faults(
    'src/export/hcl.ts',
    ['test/export/terraform.test.ts'],
    [
      ['a name begins a template', ".replace(/\\$(?=\\{)/g, '$$$$')", ''],
      ['a name begins a directive', ".replace(/%(?=\\{)/g, '%%')", ''],
    ],
  ),
  ...faults(
    'src/export/terraform.ts',
    ['test/export/terraform.test.ts'],
    [
      ['what is still to be made is imported', "case 'there': {", "case 'to-do':\n    case 'there': {"],
      [
        'what was there before is overwritten',
        "const left = ['description', 'tags'];",
        'const left = [] as string[];',
      ],
    ],
  ),
  ...faults(
    'src/export/cloudformation.ts',
    ['test/export/cloudformation.test.ts'],
    [
      ['deleting a stack takes access away', "DeletionPolicy: 'Retain'", "DeletionPolicy: 'Delete'"],
      ['a set that was left as found is managed', 'type === set && one.keeps', 'type === set && false'],
    ],
  ),
  ...faults(
    'src/export/ssm-blocks.ts',
    ['test/export/ssm.test.ts'],
    [
      ['a dangerous change is not approved', `risk === 'dangerous' ? \`${approval}\` : made`, 'made'],
      [
        'a policy is replaced without asking',
        `NextStep: \`${approval}\``,
        `NextStep: \`${approval.replace('approve', 'replace')}\``,
      ],
    ],
  ),
  ...faults(
    'src/export/ssm-values.ts',
    ['test/export/ssm.test.ts'],
    [
      [
        'a name is taken for a placeholder',
        'if (!value.includes(placeholder)) return value;',
        'return value;',
      ],
    ],
  ),
];
