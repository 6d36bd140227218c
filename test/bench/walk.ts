import { sumOf, walked } from './walked.ts';

/** `npm run bench:walk`: the whole demo with the defaults, and what a person has to scroll for and press. */
const sizes = [
  { columns: 80, rows: 24 },
  { columns: 50, rows: 20 },
  { columns: 120, rows: 40 },
];
const shown = process.argv.includes('--screens');
for (const size of sizes) {
  const stands = await walked(size, process.argv.find((one) => one.startsWith('--scenario='))?.slice(11));
  const { screens, keys, hidden, onConfirmations } = sumOf(stands);
  process.stdout.write(
    `${size.columns}×${size.rows}: ${screens} screens, ${keys} keys, ${hidden} rows below the fold (${onConfirmations} on confirmations)\n`,
  );
  for (const one of stands)
    if (shown) process.stdout.write(`\n=== ${one.keys.join(' ')}, ${one.hidden} hidden\n${one.screen}\n`);
    else if (one.hidden > 0) process.stdout.write(`  ${one.hidden} hidden: ${titleOf(one.screen)}\n`);
}
function titleOf(screen: string): string {
  return (
    screen
      .split('\n')
      .find((row) => /Step \d+/.test(row))
      ?.trim() ?? ''
  );
}
