export type { Ask, Reply } from '../../presentation/ask.ts';
