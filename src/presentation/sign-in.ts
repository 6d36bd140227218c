import { sourceName } from '../model/identity.ts';
import { clock } from '../model/text/times.ts';
import type { AskOf } from './ask.ts';
import { type Block, dim, fact, gap, strong, text, warning } from './block.ts';

/** A code of an MFA device: which one, what for, and what came of the last. */
export function codeBlocks({ source, request, left, waits, repeated }: AskOf<'code'>): readonly Block[] {
  const { serial, role, refused } = request;
  const says = repeated
    ? 'That code was sent already.'
    : refused === undefined
      ? ''
      : `AWS did not accept the code: ${refused} ${left === 1 ? '1 try is' : `${left} tries are`} left.`;
  const wait = 'Wait for the next code on the device: AWS takes each code once.';
  const remedy =
    waits || repeated
      ? wait
      : 'Type the code that the device shows now. If it is the same, wait for the next one.';
  return [
    ...(says !== ''
      ? [{ is: 'goal', goal: { is: 'wrong', id: 'code', says, found: '', remedy } } as const, gap]
      : waits
        ? [warning(wait), gap]
        : []),
    strong('This role needs a code from your MFA device.'),
    gap,
    fact('Device', serial),
    fact('Role', role),
    fact('Used by', sourceName(source)),
    gap,
    dim(
      'The code goes to AWS STS only. It is not shown, and not kept in any file or log. The session that AWS gives for it stays in the memory of this program.',
    ),
    gap,
  ];
}

/** A sign-in with a code: where it is entered, which one it is, and what it must not be mistaken for. */
export function deviceBlocks({ device }: AskOf<'sign-in'>): readonly Block[] {
  const { page, code, startUrl, profile, until, opens } = device;
  return [
    strong('Sign in to IAM Identity Center in a browser, on this or another device.'),
    spareGap,
    text('1. Open this page:'),
    { is: 'link', url: page, whole: true },
    text('2. Enter this code:'),
    strong(`  ${code}`),
    spareGap,
    warning('Enter the code there only if it equals this one. Never enter one that somebody sent you.'),
    ...(opens === undefined
      ? [
          warning(
            'This address is neither your portal’s nor AWS’s page for devices, so it is not opened from here. Check it before you use it.',
          ),
        ]
      : []),
    spareGap,
    fact('Portal', startUrl),
    fact('Profile', profile),
    fact('Expires', clock(until)),
    spareGap,
    {
      ...{ is: 'text', tone: 'dim', spare: true },
      text: 'The AWS CLI version 2 is not installed here, so cw-runbook signs in itself. What it gets stays in its memory, and ends with it.',
    },
    gap,
  ];
}
const spareGap: Block = { is: 'gap', spare: true };
