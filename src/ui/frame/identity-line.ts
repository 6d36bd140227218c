import { actorLabel } from '../../model/identity.ts';
import { type IdentityCard, timeLeft } from '../../model/progress/identity-card.ts';
import { ellipsis } from '../text/charset.ts';
import { fitted, type Line, plainText, type Span, span, widthOf } from '../text/line.ts';

/** How much of a card is drawn. */
type Detail = readonly ('name' | 'who' | 'left')[];
/** Of who does not act, behind the account that does: as much as there is room for. */
const besides: readonly Detail[] = [['name', 'left'], ['name'], []];

/**
 * Who acts, first: the account by name and id, the ARN, the Region and how long the credentials last; then the other. In
 * one row where it fits, else in two. Where it is too much for these, the names and the ARN are cut.
 */
export function identityLines(cards: readonly IdentityCard[], columns: number, now: number): readonly Line[] {
  const acting = cards.find(({ acts }) => acts) ?? cards[0];
  if (!acting) return [[span('no credentials in use yet', 'dim')]];
  const other = cards.find((card) => card !== acting);
  const followed = (line: readonly Line[]): Line | undefined =>
    (other ? besides.map((detail) => joined([...line, cardSpans(other, detail, now)])) : [joined(line)]).find(
      (one) => widthOf(one) <= columns,
    );
  const account = cardSpans(acting, ['name'], now);
  const accounts = followed([account]) ?? (widthOf(account) <= columns ? account : cutName(acting, columns));
  if (acting.arn === undefined) return [accounts];
  const one = followed([cardSpans(acting, ['name', 'who', 'left'], now), regionOf(acting)]);
  if (one) return [one];
  const left = leftSpans(acting, now);
  const end = joined([regionOf(acting), ...(left.length > 0 ? [left] : [])]);
  const room = columns - widthOf([separator(), ...end]);
  return [accounts, joined([[span(arnIn(acting.arn, room), 'dim')], end])];
}

const separator = (): Span => span(' · ', 'dim');
const joined = (parts: readonly Line[]): Line =>
  parts.flatMap((part, n) => (n === 0 ? part : [separator(), ...part]));
const regionOf = ({ region }: IdentityCard): Line => [
  region === undefined ? span('no Region yet', 'dim') : span(region),
];

function cardSpans(card: IdentityCard, detail: Detail, now: number): Line {
  const { actor, is, account, name, arn } = card;
  const left = detail.includes('left') ? leftSpans(card, now) : [];
  return [
    span(actorLabel(actor), 'dim'),
    ...(detail.includes('name') && name !== undefined ? [span(` ${name}`, 'strong')] : []),
    ...(account === undefined ? [] : [span(` ${account}`)]),
    ...(is === 'at-hand' ? [] : [span(is === 'not-accepted' ? ' not accepted yet' : ' not at hand', 'warn')]),
    ...(detail.includes('who') && arn !== undefined ? [span(` ${whoOf(arn)}`, 'dim')] : []),
    ...(left.length > 0 ? [span(' '), ...left] : []),
  ];
}
function leftSpans({ lasts }: IdentityCard, now: number): Line {
  const left = timeLeft(lasts, now);
  return left === undefined ? [] : [span(left.text, left.short ? 'bad' : 'plain')];
}

/** The account, with as much of its name as there is room for. */
function cutName(card: IdentityCard, columns: number): Line {
  const { name, ...nameless } = card;
  const room = columns - widthOf(cardSpans(nameless, [], 0)) - 1;
  const cut = name === undefined || room < 4 ? {} : { name: plainText(fitted([span(name)], room)).trimEnd() };
  return cardSpans({ ...nameless, ...cut }, ['name'], 0);
}

/**
 * An ARN in so many columns: whole, or the part after the account, or the permission set or role and who has it; of each
 * of these the beginning, where that is still too much. One person's sessions differ by the role alone.
 */
function arnIn(arn: string, room: number): string {
  const who = whoOf(arn);
  const short = who.replace(/^assumed-role\//, '').replace(/^AWSReservedSSO_(.+)_[0-9a-f]{16}(?=\/)/, '$1');
  const fit = [arn, who, short].find((text) => text.length <= room);
  if (fit !== undefined) return fit;
  const [role = '', ...rest] = short.split('/');
  const person = rest.join('/');
  if (room < 10) return cutTo(person || role, room);
  const half = Math.floor((room - 1) / 2);
  const forRole = Math.max(half, room - 1 - person.length);
  const shown = cutTo(role, forRole);
  return `${shown}/${cutTo(person, room - 1 - shown.length)}`;
}
const cutTo = (text: string, room: number): string =>
  text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}${ellipsis()}`;
/** The part of an ARN after the account: the user, or the role and its session. */
const whoOf = (arn: string): string => arn.split(':').slice(5).join(':');
