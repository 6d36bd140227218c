// Loaded into the shipped program before anything else. BENCH_BEHIND: its clock is so many milliseconds behind. BENCH_REPORT:
// it does not wait for its pace, which costs a clock and no processor, and writes down at its end what it took.
const { writeFileSync } = require('node:fs');

const { BENCH_BEHIND, BENCH_REPORT } = process.env;
if (BENCH_BEHIND) {
  const now = Date.now;
  const past = () => now() - Number(BENCH_BEHIND);
  globalThis.Date = class extends Date {
    constructor(...given) {
      super(...(given.length > 0 ? given : [past()]));
    }
    static now() {
      return past();
    }
  };
}
if (BENCH_REPORT) {
  const later = globalThis.setTimeout;
  // Who sleeps gives the function that resolves a promise, which is Node's own; who limits a time, one of their own.
  const sleeps = (then) => Function.prototype.toString.call(then).includes('[native code]');
  globalThis.setTimeout = (then, ms, ...rest) => later(then, sleeps(then) ? 0 : ms, ...rest);
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    const took = {
      busy: (user + system) / 1e6,
      system: system / 1e6,
      memory: process.resourceUsage().maxRSS / 1024,
    };
    writeFileSync(BENCH_REPORT, JSON.stringify(took));
  });
}
