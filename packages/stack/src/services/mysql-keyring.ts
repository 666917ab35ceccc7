import { constants, copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '../cache/ensure-cached.ts';
import type { ServiceContext } from '../service-definition.ts';

const COMPONENT = 'component_keyring_file';

/** A mysqld and a plug-in folder of the service's own. */
export interface KeyringProgram {
  readonly mysqld: string;
  readonly pluginFolder: string;
}

/**
 * Sets the server up with the keyring component, which encryption takes its keys from. A keyring is loaded before anything else and is only
 * found by files beside the program and beside the component, so both are of the service's own.
 */
export async function prepareKeyring(context: ServiceContext, software: string): Promise<KeyringProgram> {
  const folder = join(context.folder, 'keyring');
  const program = { mysqld: join(folder, 'mysqld'), pluginFolder: join(folder, 'plugin') };
  if (await exists(program.mysqld)) return program;
  await mkdir(program.pluginFolder, { recursive: true });
  const manifest = { components: `file://${COMPONENT}` };
  await writeFile(join(folder, 'mysqld.my'), JSON.stringify(manifest));
  const keyring = { path: join(folder, 'keys'), read_only: false };
  await writeFile(join(program.pluginFolder, `${COMPONENT}.cnf`), JSON.stringify(keyring));
  const plugin = `${COMPONENT}.so`;
  await symlink(join(software, 'usr', 'lib', 'mysql', 'plugin', plugin), join(program.pluginFolder, plugin));
  // A link would be followed back to the folder that all servers share.
  await copyFile(join(software, 'usr', 'sbin', 'mysqld'), program.mysqld, constants.COPYFILE_FICLONE);
  return program;
}
