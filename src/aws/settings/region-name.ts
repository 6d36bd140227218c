import { didYouMean } from '../../model/text/did-you-mean.ts';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import { regions } from '../../model/text/regions.ts';

/** Of every partition; whether AWS has it is another question. */
const isRegionName = (text: string): boolean => /^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(text);

/** Why a text is not the name of a Region; undefined where it can be one. */
export function unfitRegion(text: string): { readonly found: string; readonly remedy: string } | undefined {
  if (isRegionName(text)) return undefined;
  const bare = text.replace(/[^\w-]+/g, '').toLowerCase();
  const meant = isRegionName(bare) ? bare : undefined;
  return {
    found: `is ${quoted(text)}, which is not the name of a Region`,
    remedy:
      meant === undefined
        ? `${didYouMean(bare, regions)}Write the name of a Region, such as us-east-1.`
        : `Write ${meant}${/["'“”‘’`]/.test(text) ? ', without quotation marks' : ''}.`,
  };
}

/** A value, so that what is wrong with it is seen. What is long may be anything, and is not repeated. */
export const quoted = (value: string): string =>
  value.length > 40 ? `a text of ${value.length} characters` : `“${escapeControlChars(value)}”`;
