/** Called by Next once per server process, before the first request is answered. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next replaces this very expression, to leave the branch out of edge bundles
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startProcess } = await import('./server/startup/start-process.ts');
    startProcess();
  }
}
