/** Inlined by the build, from package.json. */
declare const CW_RUNBOOK_VERSION: string | undefined;
export const version = typeof CW_RUNBOOK_VERSION === 'string' ? CW_RUNBOOK_VERSION : '0.0.0-development';
