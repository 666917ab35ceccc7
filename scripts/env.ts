/** The variables that a child process inherits. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}

/** Where the browser tests find Chromium; null when there is none. */
export function chromiumOverride(): string | null {
  return process.env.SEALANE_CHROMIUM ?? null;
}
