import type { RunbookHead } from '../src/model/runbook.ts';

/** What this runbook is called. Loaded with the program's help: nothing of the steps is known here. */
export const head: RunbookHead = {
  id: 'codewhisperer',
  title: 'setting up CodeWhisperer Professional with IAM Identity Center',
  description:
    'Leads through “Setting up CodeWhisperer Professional with IAM Identity Center”: every step checked, confirmed, read back and written down.',
  actors: ['management', 'delegated-administrator'],
  unnamed: true,
};

/** When what is said here of the product was looked up. */
const asOf = '23 November 2026';

/** What has become of CodeWhisperer. AWS announced the second date; the announcement is known from quotations only. */
export const productState = `What AWS says about it today (looked up on ${asOf}): CodeWhisperer was renamed Amazon Q Developer on 30 April 2024. New subscriptions have been closed since 15 May 2026. Support ends on 30 April 2027. AWS names Kiro as the successor.`;

/** For whoever has set it up. */
export const keepInMind = [
  'People who had access before keep it. AWS closed new subscriptions on 15 May 2026; organizations that had one can add people until support ends on 30 April 2027.',
];

export const closed = `New subscriptions have been closed since 15 May 2026; organizations that had one before may still add people (as of ${asOf}).`;
