import { type Wrong, wrong } from '../../src/model/plan.ts';
import type { Choice } from '../../src/model/question.ts';
import { idMark, type User, under } from './principals.ts';

/** Of users that are listed: rows by their ids for those whose user name is another's e-mail address. */
export function twoPeople() {
  // There may be 100,000 of them: no more of each is kept than is needed.
  const byName = new Map<string, Pick<User, 'UserId' | 'DisplayName' | 'UserStatus'>>();
  const byMail = new Map<string, string>();
  return {
    add: ({ UserName, UserId, DisplayName, UserStatus, Emails = [] }: User): void => {
      if (UserName?.includes('@')) byName.set(UserName, { UserId, DisplayName, UserStatus });
      for (const { Value } of Emails) if (Value && Value !== UserName && UserId) byMail.set(Value, UserId); // an address is one person's
    },
    rows: function* (): Iterable<Choice> {
      for (const [name, { UserId, DisplayName = name, UserStatus }] of byName) {
        const other = byMail.get(name);
        if (!UserId || other === undefined || other === UserId) continue;
        yield {
          value: `${idMark}${UserId}`,
          label: `${DisplayName}  ${name}`,
          ...under('Users', UserStatus === 'DISABLED' ? 'disabled' : undefined),
          detail: `By their id: ${name} is somebody else’s e-mail address as well (user id ${other}).`,
        };
      }
    },
  };
}

export const describe = ({ UserName, DisplayName, Emails }: User): string =>
  [...new Set([DisplayName, UserName, Emails?.[0]?.Value].filter(Boolean))].join(', ');

/** A text that is one person's user name and another's e-mail address says of neither that they are meant. */
export const namesTwo = (id: string, says: string, value: string, user: User, other: User): Wrong =>
  wrong(
    id,
    says,
    `${value} names two people: it is the user name of ${describe(user)} (user id ${user.UserId}), and the e-mail address of ${describe(other)} (user id ${other.UserId})`,
    `Name the one you mean by their id: ${idMark}${user.UserId} or ${idMark}${other.UserId}.`,
  );
