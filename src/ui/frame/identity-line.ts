import { actorLabel } from '../../model/identity.ts';
import { type IdentityCard, timeLeft } from '../../model/progress/identity-card.ts';
import { defined } from '../../model/text/defined.ts';
import { ellipsis } from '../text/charset.ts';
import { fitted, type Line, plainText, type Span, span, widthOf } from '../text/line.ts';
import { ofWidth, type Page } from '../text/page.ts';

/** How much of a card is drawn. */
type Detail = readonly ('name' | 'who' | 'left')[];
/** Of who does not act, behind the account that does: as much as there is room for. */
const besides: readonly Detail[] = [['name', 'left'], ['name'], []];

/**
 * Who acts, first: the account by name and id, the ARN, the Region and how long the credentials last; then the other. In
 * one row where it fits, else in two. Where it is too much for these, the names and the ARN are cut.
 */
export function identityLines(cards: readonly IdentityCard[], page: Page, now: number): readonly Line[] {
  const acting = cards.find(({ acts }) => acts) ?? cards[0];
  if (!acting) return [[span(page, 'no credentials in use yet', 'dim')]];
  const other = cards.find((card) => card !== acting);
  const followed = (line: readonly Line[]): Line | undefined =>
    (other
      ? besides.map((detail) => joined(page, [...line, cardSpans(page, other, detail, now)]))
      : [joined(page, line)]
    ).find((one) => widthOf(one) <= page.width);
  const account = cardSpans(page, acting, ['name'], now);
  const accounts = followed([account]) ?? (widthOf(account) <= page.width ? account : cutName(acting, page));
  if (acting.arn === undefined) return [accounts];
  const one = followed([cardSpans(page, acting, ['name', 'who', 'left'], now), regionOf(page, acting)]);
  if (one) return [one];
  const left = leftSpans(page, acting, now);
  const end = joined(page, [regionOf(page, acting), ...(left.length > 0 ? [left] : [])]);
  const room = page.width - widthOf([separator(page), ...end]);
  return [accounts, joined(page, [[span(page, arnIn(acting.arn, ofWidth(page, room)), 'dim')], end])];
}

const separator = (page: Page): Span => span(page, ' · ', 'dim');
const joined = (page: Page, parts: readonly Line[]): Line =>
  parts.flatMap((part, n) => (n === 0 ? part : [separator(page), ...part]));
const regionOf = (page: Page, { region }: IdentityCard): Line => [
  region === undefined ? span(page, 'no Region yet', 'dim') : span(page, region),
];

function cardSpans(page: Page, card: IdentityCard, detail: Detail, now: number): Line {
  const { actor, is, account, name, arn } = card;
  const left = detail.includes('left') ? leftSpans(page, card, now) : [];
  return [
    span(page, actorLabel(actor), 'dim'),
    ...(detail.includes('name') && name !== undefined ? [span(page, ` ${name}`, 'strong')] : []),
    ...(account === undefined ? [] : [span(page, ` ${account}`)]),
    ...(is === 'at-hand'
      ? []
      : [span(page, is === 'not-accepted' ? ' not accepted yet' : ' not at hand', 'warn')]),
    ...(detail.includes('who') && arn !== undefined
      ? [is === 'at-hand' ? span(page, ' ') : separator(page), span(page, whoOf(arn), 'dim')]
      : []),
    ...(left.length > 0 ? [span(page, ' '), ...left] : []),
  ];
}
function leftSpans(page: Page, { lasts }: IdentityCard, now: number): Line {
  const left = timeLeft(lasts, now);
  return left === undefined ? [] : [span(page, left.text, left.short ? 'bad' : 'plain')];
}

/** The account, with as much of its name as there is room for. */
function cutName(card: IdentityCard, page: Page): Line {
  const { name, ...nameless } = card;
  const room = page.width - widthOf(cardSpans(page, nameless, [], 0)) - 1;
  const cut = defined({
    name:
      name === undefined || room < 4
        ? undefined
        : plainText(fitted([span(page, name)], ofWidth(page, room))).trimEnd(),
  });
  return cardSpans(page, { ...nameless, ...cut }, ['name'], 0);
}

/**
 * An ARN in so many columns: whole, or the part after the account, or the permission set or role and who has it; of each
 * of these the beginning, where that is still too much. One person's sessions differ by the role alone.
 */
function arnIn(arn: string, page: Page): string {
  const room = page.width;
  const who = whoOf(arn);
  const short = who.replace(/^assumed-role\//, '').replace(/^AWSReservedSSO_(.+)_[0-9a-f]{16}(?=\/)/, '$1');
  const fit = [arn, who, short].find((text) => text.length <= room);
  if (fit !== undefined) return fit;
  const [role = '', ...rest] = short.split('/');
  const person = rest.join('/');
  if (room < 10) return cutTo(page, person || role, room);
  const half = Math.floor((room - 1) / 2);
  const forRole = Math.max(half, room - 1 - person.length);
  const shown = cutTo(page, role, forRole);
  return `${shown}/${cutTo(page, person, room - 1 - shown.length)}`;
}
const cutTo = (page: Page, text: string, room: number): string =>
  text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}${ellipsis(page)}`;
/** The part of an ARN after the account: the user, or the role and its session. */
const whoOf = (arn: string): string => arn.split(':').slice(5).join(':');
