import { limitProcesses } from '../src/aws/credential-process/running.ts';
import { setCharset } from '../src/ui/text/charset.ts';
import { setColors } from '../src/ui/text/looks.ts';
import { speakMarks } from '../src/ui/text/marks.ts';

// Before each test file. The program sets these once for its process; the files before this one ran in the same process.
setCharset('unicode');
setColors('sixteen');
speakMarks(false);
limitProcesses(undefined);
