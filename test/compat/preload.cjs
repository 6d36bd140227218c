// Loaded with --require into a program that goes on with a stored run. A run belongs to the address it was begun at, and
// the journal's hashes hold that address for ever; the simulator takes whichever port is free. So what the program sends
// to the stored address is connected to CW_COMPAT_PORT on this machine: no port is fixed, and tests run side by side.
const http = require('node:http');
const { syncBuiltinESMExports } = require('node:module');
const os = require('node:os');

/** Of the address in set.json. Nothing listens there. */
const host = '127.84.19.1';

const { createConnection } = http.Agent.prototype;
http.Agent.prototype.createConnection = function connect(options, ...rest) {
  const port = Number(process.env.CW_COMPAT_PORT);
  const to = options.host === host && port ? { ...options, host: '127.0.0.1', port } : options;
  return createConnection.call(this, to, ...rest);
};

// While fixtures are made: nothing in them names this machine or who works on it.
const [username, hostname] = (process.env.CW_COMPAT_OPERATOR ?? '').split('@');
if (hostname) {
  const { userInfo } = os;
  os.userInfo = (...args) => ({ ...userInfo(...args), username });
  os.hostname = () => hostname;
  os.release = () => '6.0';
  syncBuiltinESMExports();
}
