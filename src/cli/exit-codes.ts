import type { endings, Ending } from '../deploy/fault.ts';

/**
 * What the process says to the one who called it. Those
 * above 63 are the ones of sysexits.h.
 */
export const exitCodes = {
  ok: 0,
  /** The system has an error: nothing was written. */
  findings: 2,
  /** The command was not understood, or the file it names is not there. */
  usage: 64,
  /** A bug of ours. */
  internal: 70,
  /** The disk refused to take what was made. */
  disk: 74,
} as const;

/** Those of deployments are `endings`, in `deploy/fault.ts`. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes] | (typeof endings)[Ending];
