import type { Step } from '../../model/step.ts';
import { blank, type Line, wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';

export interface Text {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** What AWS's document asks in this step, in our words, and the guides it points to. */
export function documentLines({ document }: Step, page: Page): readonly Line[] {
  return [
    ...document.says.flatMap((text) => [...wrap(text, page), blank]),
    ...(document.links ?? []).flatMap(({ title, url }) => [
      ...wrap(title, page, 'dim'),
      ...wrap(url, page, 'link', '  '),
    ]),
    ...(document.links ? [blank] : []),
  ];
}

export const documentText = (step: Step, page: Page): Text => ({
  title: `What the document asks: ${step.title}`,
  lines: [
    ...wrap(`Section “${step.document.section}”, in our words`, page, 'dim'),
    blank,
    ...documentLines(step, page),
  ],
});
