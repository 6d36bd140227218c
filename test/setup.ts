import { limitProcesses } from '../src/aws/credential-process/running.ts';

// Before each test file. The program sets it once for its process; the files before this one ran in the same process.
limitProcesses(undefined);
// Where a machine adds certificates, every process of Node reads them first (45 ms): nothing here talks to anybody else.
delete process.env.NODE_EXTRA_CA_CERTS;
