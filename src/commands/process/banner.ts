import type { Header } from '../../journal/journal.ts';
import type { Banner } from '../../ui/frame/header.ts';
import { program } from './program.ts';

/** What stands at the top of every screen of a run. */
export const bannerOf = (
  { run, simulated, endpoint }: Header,
  notices: readonly string[] = [],
  good: readonly string[] = [],
): Banner => ({
  demo: simulated,
  endpoint: simulated ? 'demo' : endpoint,
  program,
  runId: run,
  notices,
  good,
});
