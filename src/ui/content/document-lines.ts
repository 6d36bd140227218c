import type { Step } from '../../model/step.ts';
import { type Line, line, wrap } from '../text/line.ts';

export interface Text {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** What AWS's document asks in this step, in our words, and the guides it points to. */
export function documentLines({ document }: Step, width: number): readonly Line[] {
  return [
    ...document.says.flatMap((text) => [...wrap(text, width), line()]),
    ...(document.links ?? []).flatMap(({ title, url }) => [
      ...wrap(title, width, 'dim'),
      ...wrap(url, width, 'link', '  '),
    ]),
    ...(document.links ? [line()] : []),
  ];
}

export const documentText = (step: Step, width: number): Text => ({
  title: `What the document asks: ${step.title}`,
  lines: [
    ...wrap(`Section “${step.document.section}”, in our words`, width, 'dim'),
    line(),
    ...documentLines(step, width),
  ],
});
