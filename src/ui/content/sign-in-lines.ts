import { sourceName } from '../../model/identity.ts';
import { clock } from '../../model/text/times.ts';
import type { Ask } from '../session/ask.ts';
import { blank, type Line, wrap } from '../text/line.ts';
import { goalMarks, signOf } from '../text/marks.ts';
import type { Page } from '../text/page.ts';

type Of<K extends Ask['is']> = Extract<Ask, { is: K }>;

/** A code of an MFA device: which one, what for, and what came of the last. */
export function codeLines(
  { source, request, left, waits, repeated }: Of<'code'>,
  page: Page,
): readonly Line[] {
  const { serial, role, refused } = request;
  const last = left === 1 ? '1 try is left.' : `${left} tries are left.`;
  const wrong = repeated
    ? 'That code was sent already. AWS takes each code once.'
    : refused === undefined
      ? ''
      : `AWS did not accept the code: ${refused} ${last}`;
  return [
    ...(wrong === '' ? [] : wrap(wrong, page, 'bad', `${signOf(page, goalMarks.wrong)} `)),
    ...(waits || repeated
      ? [
          ...wrap(
            'Wait for the next code on the device: AWS takes each code once, and one was sent a moment ago.',
            page,
            'warn',
            `${signOf(page, goalMarks.warning)} `,
          ),
          blank,
        ]
      : []),
    ...wrap('This role needs a code from your MFA device.', page, 'strong'),
    blank,
    ...wrap(serial, page, 'plain', 'Device    '),
    ...wrap(role, page, 'plain', 'Role      '),
    ...wrap(sourceName(source), page, 'plain', 'Used by   '),
    blank,
    ...wrap(
      'The code goes to AWS STS only. It is not shown, and not kept in any file or log. The session that AWS gives for it stays in the memory of this program.',
      page,
      'dim',
    ),
    blank,
  ];
}

/** A sign-in with a code: where it is entered, which one it is, and what it must not be mistaken for. */
export function deviceLines({ device }: Of<'sign-in'>, page: Page): readonly Line[] {
  const { page: address, code, startUrl, profile, until, opens } = device;
  return [
    ...wrap('Sign in to IAM Identity Center in a browser, on this or another device.', page, 'strong'),
    blank,
    // On rows of their own: an address that is broken in the middle cannot be opened.
    ...wrap('1. Open this page:', page),
    ...wrap(address, page, 'link', '   '),
    ...wrap('2. Enter this code:', page),
    ...wrap(code, page, 'strong', '   '),
    blank,
    ...wrap(
      'Enter the code there only if it equals this one. Never enter one that somebody sent you.',
      page,
      'warn',
      `${signOf(page, goalMarks.warning)} `,
    ),
    ...(opens === undefined
      ? wrap(
          'This address is neither your portal’s nor AWS’s page for devices, so it is not opened from here. Check it before you use it.',
          page,
          'warn',
          `${signOf(page, goalMarks.warning)} `,
        )
      : []),
    blank,
    ...wrap(startUrl, page, 'plain', 'Portal    '),
    ...wrap(profile, page, 'plain', 'Profile   '),
    ...wrap(`${clock(until)}, if it is not entered`, page, 'plain', 'Expires   '),
    blank,
    ...wrap(
      'The AWS CLI version 2 is not installed here, so cw-runbook signs in itself. What it gets stays in its memory, and ends with it.',
      page,
      'dim',
    ),
    blank,
  ];
}
