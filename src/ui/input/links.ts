import type { Step } from '../../model/step.ts';
import type { Ask } from '../session/ask.ts';

/** AWS's own pages, over https, and no others: whatever a text says, nothing else is opened. */
export function isPageOfAws(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password } = new URL(text);
  const known =
    hostname === 'docs.aws.amazon.com' ||
    hostname === 'console.aws.amazon.com' ||
    hostname.endsWith('.console.aws.amazon.com'); // a Region's console
  return protocol === 'https:' && port === '' && username === '' && password === '' && known;
}

/** What a page of these is, in few words. */
export const nameOf = (url: string): string =>
  new URL(url).hostname === 'docs.aws.amazon.com' ? 'the guide' : 'the console';

/** Where people sign in to IAM Identity Center: AWS's hosts for it, over https. Which of them it is, the profile says. */
export function isSignInPage(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password } = new URL(text);
  return (
    protocol === 'https:' &&
    `${port}${username}${password}` === '' &&
    /(^(device|portal)\.sso\.[a-z0-9-]+\.amazonaws\.com|\.awsapps\.com|\.app\.aws)$/.test(hostname)
  );
}

/** The pages that belong to what is on the screen, the nearest first: the console's, then the document's guides. */
export function linksOf(ask: Ask | undefined, step: Step): readonly string[] {
  if (ask?.is === 'sign-in') return []; // Enter opens the one page that matters
  const plan = ask && 'plan' in ask ? ask.plan : undefined;
  const goals = plan?.goals ?? [];
  const changes = ask?.is === 'confirm' ? ask.changes : [];
  return [
    ...[...changes, ...goals].flatMap((goal) =>
      'link' in goal && typeof goal.link === 'string' ? [goal.link] : [],
    ),
    ...(plan?.link === undefined ? [] : [plan.link]),
    ...goals.flatMap((goal) => (goal.is === 'by-hand' ? [goal.console] : [])),
    ...(step.document.links ?? []).map(({ url }) => url),
  ].filter(isPageOfAws);
}
