/** A whole number as people read it: 12,345. By hand, because the first use of a locale costs a start of the program some 20 ms. */
export const formatCount = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
