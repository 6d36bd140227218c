/** The environment variables that are in force. The edge of the program reads them, and hands them down from there. */
export type Environment = Readonly<Record<string, string | undefined>>;
