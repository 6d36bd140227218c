import { Text } from 'ink';
import type React from 'react';
import type { Line } from '../line.ts';
import { styled } from '../looks.ts';

/** One row of the screen. The only place that hands text to Ink: whatever comes here is fit to be shown. */
export function Row({ line }: { readonly line: Line }): React.JSX.Element {
  return <Text wrap="truncate">{styled(line) || ' '}</Text>;
}
