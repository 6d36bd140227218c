// A process of its own that works on a journal, for the tests: what two programs do to each other, and what a kill does.
import { JournalError } from '../../src/journal/errors.ts';
import { createJournal, openJournal } from '../../src/journal/journal.ts';
import { header, news } from './sample.ts';

const [, , what, folder = '', count = '0'] = process.argv;
const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const problem = (error: unknown) =>
  error instanceof JournalError
    ? { kind: error.kind, message: error.message, remedy: error.remedy }
    : { unexpected: String(error) };

/** Says the number of each event once it is told to be durable. */
async function write(): Promise<void> {
  const journal = what === 'create' ? await createJournal(folder, header) : await openJournal(folder);
  say({ open: journal.events().length });
  for (let n = 0; n < Number(count); n++) {
    try {
      await journal.append(news(n));
      say({ durable: journal.events().length });
    } catch (error) {
      say(problem(error));
    }
  }
  if (what === 'hold') setInterval(() => undefined, 60_000);
  else await journal.close();
}

write().catch((error: unknown) => say(problem(error)));
