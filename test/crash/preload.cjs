// Loaded into the shipped program with --require: counts what it does to the files of its state folder, writes it down,
// and at a given point kills the process, or lets the system refuse, as a disk that is full or broken does.
const fs = require('node:fs');
const http = require('node:http');
const { syncBuiltinESMExports } = require('node:module');
const { sep } = require('node:path');

// See `Plan` in preload.ts.
const { home, report, at = 0, what } = JSON.parse(process.env.CW_CRASH_PLAN);

const plain = { ...fs };
const log = plain.openSync(report, 'a', 0o600);
const tell = (row) => void plain.writeSync(log, `${JSON.stringify(row)}\n`);
const isOurs = (path) => typeof path === 'string' && (path === home || path.startsWith(home + sep));

let n = 0; // of the operations, the last that began
let fired = false;
let room = Number.POSITIVE_INFINITY; // bytes that a full disk still has

const die = () => process.kill(process.pid, 'SIGKILL');
const refusal = (code, op) =>
  Object.assign(new Error(`${code}: ${code === 'ENOSPC' ? 'no space left on device' : 'i/o error'}, ${op}`), {
    code,
  });

/** Before an operation: its number. Throws where the system is to refuse it. */
function begin(op, path, more) {
  n += 1;
  tell({ n, op, path, ...more });
  const bytes = more?.data === undefined ? 0 : more.data.length * 0.75; // of base64
  if (n === at) {
    fired = true;
    if (what === 'die-before') die();
    if (what === 'full') room = 0;
    if (what === 'ENOSPC' || what === 'EIO') {
      tell({ refused: what });
      throw refusal(what, op);
    }
  }
  if (bytes > room) {
    tell({ refused: 'ENOSPC' });
    throw refusal('ENOSPC', op);
  }
  room -= bytes;
  return n;
}
function end(number, op) {
  tell({ n: number, done: true });
  if (op === 'unlink' && fired && what === 'full') room = 65_536; // what was kept is given back
  if (number === at && what === 'die-after') die();
}

async function later(op, path, more, go) {
  const number = begin(op, path, more);
  const result = await go();
  end(number, op);
  return result;
}
let inside = false; // the synchronous functions call each other
function now(op, path, more, go) {
  if (inside) return go();
  const number = begin(op, path, more);
  inside = true;
  try {
    return go();
  } finally {
    inside = false;
    end(number, op);
  }
}

const base64 = (data) => Buffer.from(data).toString('base64');
const makes = (flags) => typeof flags === 'string' && flags !== 'r' && flags !== 'r+';

/** A write of bytes: the only operation that can be done by half. */
async function write(handle, path, original, [data, from = 0, length = data.length - from, ...rest]) {
  const half = n + 1 === at && (what === 'die-torn' || what === 'short');
  const taken = half ? Math.floor(length / 2) : length;
  const number = begin('write', path, { data: base64(data.subarray(from, from + taken)) });
  const done = await original.call(handle, data, from, taken, ...rest);
  if (half && what === 'die-torn') die();
  end(number, 'write');
  return done;
}

function watch(handle, path) {
  const { write: put } = handle;
  handle.write = (...args) => write(handle, path, put, args);
  for (const op of ['sync', 'datasync', 'truncate']) {
    const original = handle[op];
    handle[op] = (...args) =>
      later(op, path, op === 'truncate' ? { size: args[0] ?? 0 } : {}, () => original.apply(handle, args));
  }
  return handle;
}

const { promises } = fs;
const { open } = promises;
promises.open = async (path, flags, ...rest) => {
  if (!isOurs(path)) return open(path, flags, ...rest);
  const go = () => open(path, flags, ...rest);
  return watch(makes(flags) ? await later('open', path, { flags }, go) : await go(), path);
};
/** [name, what it is called, whether it exists in both forms, what else is told of it] */
const named = [
  ['mkdir', 'mkdir', () => ({})],
  ['rename', 'rename', (_, to) => ({ to })],
  ['unlink', 'unlink', () => ({})],
  ['rm', 'unlink', () => ({})],
  ['writeFile', 'writeFile', (_, data) => ({ data: base64(data) })],
];
for (const [name, op, more] of named) {
  const asynchronous = promises[name];
  promises[name] = (path, ...args) =>
    isOurs(path)
      ? later(op, path, more(path, ...args), () => asynchronous(path, ...args))
      : asynchronous(path, ...args);
  const synchronous = plain[`${name}Sync`];
  fs[`${name}Sync`] = (path, ...args) =>
    isOurs(path)
      ? now(op, path, more(path, ...args), () => synchronous(path, ...args))
      : synchronous(path, ...args);
}

const paths = new Map(); // of the files that are open, by their descriptors
fs.openSync = (path, flags, ...rest) => {
  if (!isOurs(path)) return plain.openSync(path, flags, ...rest);
  const go = () => plain.openSync(path, flags, ...rest);
  const descriptor = makes(flags) ? now('open', path, { flags }, go) : go();
  paths.set(descriptor, path);
  return descriptor;
};
fs.closeSync = (descriptor) => {
  paths.delete(descriptor);
  plain.closeSync(descriptor);
};
for (const [name, op] of [
  ['writeSync', 'write'],
  ['fsyncSync', 'sync'],
  ['fdatasyncSync', 'datasync'],
]) {
  fs[name] = (descriptor, ...args) => {
    const path = paths.get(descriptor);
    const go = () => plain[name](descriptor, ...args);
    return path === undefined ? go() : now(op, path, op === 'write' ? { data: base64(args[0]) } : {}, go);
  };
}

// What goes to AWS, in its place among the operations.
const { request } = http;
http.request = (options, ...rest) => {
  const { 'user-agent': agent = '', 'x-amz-target': target = '' } = options?.headers ?? {};
  tell({ request: target, agent });
  return request(options, ...rest);
};

syncBuiltinESMExports();
