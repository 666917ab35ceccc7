import { execa } from 'execa';

/** `auto` becomes compose where a Docker engine answers and the compose plug-in exists, else native. */
export async function chooseMode(wanted: 'auto' | 'native' | 'compose'): Promise<'native' | 'compose'> {
  if (wanted !== 'auto') return wanted;
  const options = { reject: false, stdin: 'ignore', timeout: 5_000 } as const;
  const engine = await execa('docker', ['info', '--format', '{{.ServerVersion}}'], options);
  if (engine.exitCode !== 0) return 'native';
  const plugin = await execa('docker', ['compose', 'version'], options);
  return plugin.exitCode === 0 ? 'compose' : 'native';
}
