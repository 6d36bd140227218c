/** All that is asked of it: the screen is no browser's. */
export const isBrowser = false;
