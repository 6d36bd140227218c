import { connect } from '../../aws/client.ts';
import type { Answered, Exchange } from '../../model/exchange/exchange.ts';
import type { Source } from '../../model/identity.ts';
import { whoever } from '../../model/identity.ts';
import type { Operation } from '../../model/operations.ts';
import { OutcomeUnknown, type Reader, RequestRejected } from '../../model/reader.ts';
import type { Environment } from '../../model/text/environment.ts';
import { program } from '../process/program.ts';
import type { Look } from './reads.ts';

/** One read, and what was answered. */
export interface Asked {
  readonly operation: Operation;
  readonly which: string; // of several of a kind; '' otherwise
  readonly exchange: Exchange | undefined; // undefined: there was no answer
}
/** How reads are called in what is printed, and told from others of the run of reads. */
export const nameOf = ({ operation, which }: Asked): string =>
  which === '' ? operation : `${operation} (${which})`;

/** Reads, and keeps what was answered. `cut`: what may be kept of it. */
export function looking(
  source: Source,
  region: string | undefined,
  env: Environment,
  cut: (answered: Answered) => Exchange,
): { readonly look: Look; readonly asked: readonly Asked[] } {
  const asked: Asked[] = [];
  let last: Exchange | undefined;
  const aws: Reader = connect({
    ...{ actor: whoever, source, region, program, env },
    answered: (answered) => {
      last = cut(answered); // of several tries of one read the last one counts
    },
  });
  const look: Look = async (operation, input, which = '', where = region) => {
    last = undefined;
    try {
      return await (where === undefined ? aws : aws.in(where)).read(operation, input);
    } catch (error) {
      if (error instanceof RequestRejected || error instanceof OutcomeUnknown) return undefined;
      throw error;
    } finally {
      asked.push({ operation, which, exchange: last });
    }
  };
  return { look, asked };
}
