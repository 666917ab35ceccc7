import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const SOURCES_FOLDER = '/etc/apt/sources.list.d';

/** The Debian mirror that this machine's own apt uses, without a slash at the end; null where it uses none. */
export async function debianMirror(): Promise<string | null> {
  const names = await readdir(SOURCES_FOLDER).catch(() => []);
  const files = ['/etc/apt/sources.list', ...names.map((name) => join(SOURCES_FOLDER, name))];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const mirror = mirrorIn(text);
    if (mirror) return mirror;
  }
  return null;
}

/**
 * Finds the URI of Debian's main archive in a sources file of either form (sources.list(5)). Archives of security
 * updates and of other vendors lack the package pool of Debian sid, and so do not count.
 */
export function mirrorIn(sources: string): string | null {
  for (const stanza of sources.split(/\n\s*\n/)) {
    const uri = /^URIs:\s*(\S+)/m.exec(stanza)?.[1];
    const suites = /^Suites:\s*(.+)$/m.exec(stanza)?.[1] ?? '';
    const components = /^Components:\s*(.+)$/m.exec(stanza)?.[1] ?? '';
    if (uri && isDebianMain({ uri, suites, components })) return uri.replace(/\/+$/, '');
  }
  for (const line of sources.split('\n')) {
    const parts = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.+)$/.exec(line.trim());
    const [, uri = '', suites = '', components = ''] = parts ?? [];
    if (parts && isDebianMain({ uri, suites, components })) return uri.replace(/\/+$/, '');
  }
  return null;
}

function isDebianMain(entry: { uri: string; suites: string; components: string }): boolean {
  const main = entry.components.split(/\s+/).includes('main');
  return main && !entry.suites.includes('security') && /\/debian\/*$/.test(entry.uri);
}
