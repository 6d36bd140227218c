import { defined } from '../../src/model/text/defined.ts';
import type { Message, Result } from '../../src/model/text/message.ts';
import type { Principal } from '../lookups/principals.ts';
import { type Place, placeSaid } from './assignments.ts';

/** What the setup has come to, as the last step has seen it. */
interface Come {
  readonly delegate: Place;
  readonly principals: readonly Principal[];
  /** Who signs in there, with which set. The policy of a set, by its name. */
  readonly ways: readonly {
    readonly place: Place;
    readonly set: string;
    readonly policy: string | undefined;
  }[];
  readonly portal: string;
  /** Where the administrators go on, account by account. */
  readonly consoles: readonly { readonly name: string; readonly link: string }[];
  readonly mind: readonly string[];
}

/** What holds, the message for the new administrators, and what to keep in mind. */
export function resultOf({ delegate, principals, ways, portal, consoles, mind }: Come): Result {
  const who = principals.map(({ type, name }) => (type === 'GROUP' ? `the group ${name}` : name)).join(', ');
  const sets = [...new Map(ways.map((way) => [way.set, way])).values()];
  const verb = principals.length > 1 ? 'have' : 'has';
  return {
    holds: [
      `${placeSaid(delegate)} administers IAM Identity Center`,
      ...sets.map(
        ({ set, policy }) => `Permission set ${set}${policy === undefined ? '' : `, policy: ${policy}`}`,
      ),
      ...ways.map(
        ({ place, set }) =>
          `${who} ${verb} it in ${placeSaid(place)}${sets.length > 1 ? `, with ${set}` : ''}`,
      ),
    ],
    message: {
      to: principals.map(addressee),
      says: `You are CodeWhisperer administrator of ${ways.map(({ place }) => place.name).join(', ')}.`,
      steps: [
        { says: 'Sign in:', ...defined({ link: portal || undefined }) },
        ...sets.map(({ set }) => ({
          says: `Choose ${ways.flatMap((way) => (way.set === set ? [way.place.name] : [])).join(' or ')}, then ${set}.`,
        })),
        ...consoles.map(({ name, link }) => ({
          says: `${consoles.length > 1 ? `In ${name}, open` : 'Open'} the Amazon Q Developer console (Kiro console today) and add the developers there:`,
          link,
        })),
      ],
    },
    mind,
  };
}

const addressee = ({ type, name, display, email }: Principal): Message['to'][number] => ({
  name,
  ...defined({ group: type === 'GROUP' ? true : undefined, display, email }),
});
