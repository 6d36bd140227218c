/** All that follows from a change, a sentence each: what decides first. */
export const followsFrom = ({
  decisive = [],
  consequences = [],
}: {
  readonly decisive?: readonly string[];
  readonly consequences?: readonly string[];
}): readonly string[] => [...decisive, ...consequences];
