import type { Step } from '../../model/step.ts';
import { documentBlocks } from '../../presentation/document.ts';
import { blank, type Line, span, widthOf, wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';
import { blockLines } from './block-lines.ts';

export interface Text {
  readonly title: string;
  readonly lines: readonly Line[];
  /** The row that is highlighted, where one is chosen among them. */
  readonly at?: number;
  /** What stands there where there is nothing to read. */
  readonly none?: string;
}

export function documentText(step: Step, page: Page): Text {
  const whole = `What the document asks: ${step.title}`;
  return {
    // The header names the step, too.
    title: widthOf([span(page, whole)]) <= page.width ? whole : 'What the document asks',
    lines: [
      ...wrap(`Section “${step.document.section}”, in our words`, page, 'dim'),
      blank,
      ...blockLines(documentBlocks(step), page),
    ],
  };
}
