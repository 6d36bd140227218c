import { defined } from '../text/defined.ts';
import type { Answered, Exchange, RecordedError } from './exchange.ts';
import { fromXml } from './from-xml.ts';
import type { Placeholders } from './placeholders.ts';
import { isName, membersKept, redacted } from './redact.ts';
import { sentenceKept } from './sentences.ts';
import { isObject, modelOf, type ServiceShapes, type Shape, type Shapes } from './shapes.ts';

interface About {
  readonly situation?: string;
  readonly source?: string;
}
/**
 * What may be kept of an answer: nothing else of it is in the exchange. `stand`: the placeholders of the file that it
 * is written to.
 */
export function exchangeOf(
  shapes: Shapes,
  { operation, input, status, error, speaks, body }: Answered,
  stand: Placeholders,
  { situation, source }: About = {},
): Exchange {
  const { model, known } = modelOf(shapes, operation);
  return {
    exchange: 1,
    operation,
    ...defined({ situation }),
    request: known?.input === undefined ? {} : redacted(model, known.input, input ?? {}, stand),
    ...said(),
    ...defined({ source }),
  };

  function said(): Pick<Exchange, 'answer' | 'error' | 'unreadable'> {
    if (error !== undefined) return { error: errorOf(model, { name: error, status, body }, stand) };
    if (body === undefined || status >= 300) return { unreadable: { status } };
    const data = speaks === 'xml' ? fromXml(model, known?.output, body) : body;
    // Of an operation without an output the types are kept: it has to answer with nothing.
    return { answer: redacted(model, known?.output, data, stand) };
  }
}
/** The model's error of a name, which on the wire may be another one (its `code`); undefined where it has none. */
export const errorIn = (model: ServiceShapes | undefined, name: string) =>
  Object.entries(model?.errors ?? {}).find(([key, known]) => key === name || known?.code === name)?.[1];

/** What says what went wrong, and is told apart. */
const apart: ReadonlySet<string> = new Set(['__type', 'message', 'Message']);

function errorOf(
  model: ServiceShapes | undefined,
  { name, status, body }: { readonly name: string; readonly status: number; readonly body: unknown },
  stand: Placeholders,
): RecordedError {
  const all = isObject(body) ? body : {};
  const message = [all.message, all.Message].find((text) => typeof text === 'string');
  const kept = message === undefined ? undefined : sentenceKept(message, stand);
  const shape: Shape = { type: 'structure', members: errorIn(model, name)?.members ?? {} };
  const others = Object.fromEntries(Object.entries(all).filter(([key]) => !apart.has(key)));
  return {
    name: isName(name) ? name : '(no name)',
    status,
    ...defined({ message: kept, length: kept === undefined ? message?.length : undefined }),
    members: membersKept(model, shape, others, stand),
  };
}

/** Reads one line of a record. Throws an Error that says what is wrong with one that is none. */
export function exchangeIn(line: string): Exchange {
  const read: unknown = JSON.parse(line);
  const one = ['answer', 'error', 'unreadable'].filter((key) => isObject(read) && Object.hasOwn(read, key));
  if (!isObject(read) || read.exchange !== 1 || typeof read.operation !== 'string' || one.length !== 1)
    throw new Error('This is no recorded exchange, or one of a newer program');
  return read as unknown as Exchange;
}
/** An exchange as one line of a record, with its newline. */
export const lineOf = (exchange: Exchange): string => `${JSON.stringify(exchange)}\n`;
