/** The variables that a child process inherits. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}

/** Where the browser tests find Chromium; null when there is none. */
export function chromiumOverride(): string | null {
  return process.env.SEALANE_CHROMIUM ?? null;
}

/** Where the reporter of `npm test` leaves what it counted. Throws when the reporter runs without `npm test`. */
export function tallyFile(): string {
  const file = process.env.SEALANE_TALLY_FILE;
  if (file === undefined) throw new Error('SEALANE_TALLY_FILE names no file: `npm test` sets it.');
  return file;
}
