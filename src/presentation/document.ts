import type { Step } from '../model/step.ts';
import { type Block, gap, text } from './block.ts';

/** What AWS's document asks in this step, in our words, and the guides it points to. */
export const documentBlocks = ({ document }: Step): readonly Block[] => [
  ...document.says.flatMap((says) => [text(says), gap]),
  ...(document.links ?? []).map(({ title, url }): Block => ({ is: 'link', title, url })),
  ...(document.links ? [gap] : []),
];
