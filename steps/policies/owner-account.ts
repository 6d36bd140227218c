/** The account whose credentials manage a set: its name or id confirms what is dangerous to it. */
export interface Keeper {
  readonly name: string;
  readonly account: string;
}
export const dangerous = ({ name, account }: Keeper) => ({
  risk: 'dangerous' as const,
  typed: [name, account],
});
