import { Text } from 'ink';
import type React from 'react';
import { memo } from 'react';

/**
 * One row of the screen, drawn anew when it changed. The only place that hands text to Ink: whatever comes here is fit
 * to be shown.
 */
export const Row = memo(
  ({ text }: { readonly text: string }): React.JSX.Element => <Text wrap="truncate">{text || ' '}</Text>,
);
