import { auditReconcile } from '../../../src/commands/audit-reconcile.ts';
import { codewhisperer } from '../../../steps/index.ts';

// A process of its own, which does nothing but `audit reconcile`: what it takes of the processor is its own, and what the
// simulated AWS takes is another's. Where it would wait for its pace it goes on at once: that costs a clock, and no
// processor. The first time reads one page, and what it takes is not counted: TypeScript is translated then.

const [home = '', ahead = '0'] = process.argv.slice(2);
const reconcile = (maxPages) =>
  auditReconcile({
    ...{ runbook: codewhisperer, home, yes: true, json: true, maxPages },
    now: () => Date.now() + Number(ahead),
    sleep: async () => undefined,
  });
await reconcile(1);
process.stdout.write('\n');
const before = process.cpuUsage();
const code = await reconcile(10_000);
const { user, system } = process.cpuUsage(before);
const memory = process.resourceUsage().maxRSS / 1024;
const took = { code, busy: (user + system) / 1e6, system: system / 1e6, memory };
process.stdout.write(`${JSON.stringify(took)}\n`);
