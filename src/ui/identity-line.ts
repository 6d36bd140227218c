import { type IdentityCard, timeLeft } from '../model/identity-card.ts';
import { ellipsis } from './charset.ts';
import { type Line, type Span, span, widthOf } from './line.ts';

/** How much of a card is drawn. */
type Detail = readonly ('label' | 'name' | 'who' | 'tail' | 'left')[];
/** For who acts, and for the other: the first that fits. Which account acts comes before anything of the idle one. */
const details: readonly (readonly [acts: Detail, other: Detail])[] = [
  [
    ['label', 'name', 'who', 'left'],
    ['label', 'name', 'who', 'left'],
  ],
  [['label', 'name', 'who', 'left'], ['label']],
  [['label', 'name', 'tail', 'left'], ['label']],
  [['label', 'name', 'left'], ['label']],
  [['label', 'name', 'tail', 'left'], []],
  [['label', 'name', 'left'], []],
  [['label', 'left'], []],
];
const labels = { management: 'management', 'delegated-administrator': 'delegated' } as const;

/** Who acts, with which account, in which Region and for how long: one row, as much as fits. */
export function identityLine(cards: readonly IdentityCard[], columns: number, now: number): Line {
  if (cards.length === 0) return [span('no credentials accepted yet', 'dim')];
  const drawn = details.map((detail) => lineOf(cards, detail, now));
  return drawn.find((line) => widthOf(line) <= columns) ?? drawn.at(-1) ?? [];
}

/** The ARN of who acts, or its end, in a row of its own: undefined where the identity line holds what it tells. */
export function arnLine(cards: readonly IdentityCard[], above: Line, columns: number): Line | undefined {
  const acting = cards.find(({ acts }) => acts) ?? (cards.length === 1 ? cards[0] : undefined);
  if (!acting) return undefined;
  const { arn } = acting;
  const who = span(` ${whoOf(arn)}`, 'dim');
  if (above.some(({ text }) => text === who.text)) return undefined;
  const whole = [span(arn, 'dim')];
  if (widthOf(whole) <= columns) return whole;
  const part = [span(whoOf(arn), 'dim')];
  return widthOf(part) <= columns ? part : [span(`${ellipsis()}${whoOf(arn).slice(1 - columns)}`, 'dim')];
}
/** The part of an ARN after the account: the user, or the role and its session. */
const whoOf = (arn: string): string => arn.split(':').slice(5).join(':');

function lineOf(
  cards: readonly IdentityCard[],
  [acting, other]: readonly [Detail, Detail],
  now: number,
): Line {
  const one = cards.length === 1;
  const parts = cards
    .map((card) => cardSpans(card, card.acts || one ? acting : other, now))
    .filter((spans) => spans.length > 0);
  const region = cards[0]?.region;
  if (region !== undefined) parts.push([span(region)]);
  return parts.flatMap((part, n) => (n === 0 ? part : [span(' · ', 'dim'), ...part]));
}

function cardSpans(card: IdentityCard, detail: Detail, now: number): readonly Span[] {
  if (detail.length === 0) return [];
  const { actor, account, name, arn } = card;
  const left = detail.includes('left') ? timeLeft(card.lasts, now) : undefined;
  return [
    span(`${labels[actor]} `, 'dim'),
    ...(detail.includes('name') && name !== undefined ? [span(`${name} `, 'strong')] : []),
    span(account),
    ...(detail.includes('who') ? [span(` ${whoOf(arn)}`, 'dim')] : []),
    // The user's name, or the session's: who it is without the role.
    ...(detail.includes('tail') ? [span(` ${arn.split(/[:/]/).at(-1) ?? ''}`, 'dim')] : []),
    ...(left === undefined
      ? []
      : [span(' '), span(left, /expired|less|^\d min/.test(left) ? 'bad' : 'plain')]),
  ];
}
