/** For how long the program has run, or longer: it only goes forward. Node loads nine modules for the one of its own. */
export const performance = {
  now: (): number => {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1e3 + nanoseconds / 1e6;
  },
};
