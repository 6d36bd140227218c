import { limitProcesses } from '../src/aws/credential-process/running.ts';

// Before each test file. The program sets it once for its process; the files before this one ran in the same process.
limitProcesses(undefined);
