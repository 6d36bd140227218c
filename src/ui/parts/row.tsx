import { Text } from 'ink';
import type React from 'react';
import type { Line, Tone } from '../line.ts';

const looks: Readonly<Record<Tone, React.ComponentProps<typeof Text>>> = {
  plain: {},
  strong: { bold: true },
  dim: { dimColor: true },
  good: { color: 'green' },
  bad: { color: 'red', bold: true },
  warn: { color: 'yellow' },
  accent: { color: 'cyan' },
  marked: { inverse: true },
  banner: { inverse: true, bold: true },
};

/** One row of the screen. The only place that hands text to Ink: whatever comes here is fit to be shown. */
export function Row({ line }: { readonly line: Line }): React.JSX.Element {
  return (
    <Text wrap="truncate">
      {line.length === 0
        ? ' '
        : line.map(({ text, tone }, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity but their place
            <Text key={n} {...looks[tone]}>
              {text}
            </Text>
          ))}
    </Text>
  );
}
