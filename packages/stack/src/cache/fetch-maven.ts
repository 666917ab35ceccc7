import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SealaneError } from '@sealane/errors/sealane-error';
import { execa } from 'execa';
import { VERSIONS } from '../versions.ts';

/** Maven coordinates; `type` is jar unless told otherwise. */
export interface MavenArtifact {
  groupId: string;
  artifactId: string;
  version: string;
  type?: string;
  classifier?: string;
}

export interface MavenFetch {
  artifacts: readonly MavenArtifact[];
  /** Also fetches what the artifacts need at run time. */
  transitive: boolean;
  /** Where the files go. */
  folder: string;
  report: (message: string) => void;
  signal: AbortSignal | undefined;
}

/** Maven's local repository is not made for two writers at once, so the calls of one process take turns. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Downloads artifacts with the machine's own Maven, so that its mirrors and proxies are used. `-C` makes Maven fail on a
 * wrong checksum. Throws `STACK_DOWNLOAD_FAILED`.
 */
export function fetchMaven(fetch: MavenFetch): Promise<void> {
  const mine = turn.then(() => runMaven(fetch));
  turn = mine.catch(() => undefined);
  return mine;
}

async function runMaven(fetch: MavenFetch): Promise<void> {
  const pom = join(fetch.folder, 'pom.xml');
  await writeFile(pom, pomFor(fetch));
  const plugin = `org.apache.maven.plugins:maven-dependency-plugin:${VERSIONS.mavenDependencyPlugin}`;
  const args = ['-C', '-B', '-f', pom, `${plugin}:copy-dependencies`, `-DoutputDirectory=${fetch.folder}`];
  const run = execa('mvn', [...args, '-DincludeScope=runtime', '-Dstyle.color=never'], {
    reject: false,
    all: true,
    stdin: 'ignore',
    ...(fetch.signal ? { cancelSignal: fetch.signal } : {}),
  });
  for await (const line of run.iterable({ from: 'all' })) {
    const progress = describeMavenLine(line);
    if (progress) fetch.report(progress);
  }
  const result = await run;
  fetch.signal?.throwIfAborted();
  if (result.failed) throw downloadFailed(fetch.artifacts, result.all ?? '');
}

/** Turns one line of Maven's output into a line for people, or null where it says nothing of a download. */
export function describeMavenLine(line: string): string | null {
  const started = /Downloading from \S+: \S+\/([^/\s]+)$/.exec(line);
  if (started?.[1]) return started[1].endsWith('.pom') ? null : `downloading ${started[1]}`;
  const finished = /Downloaded from \S+: \S+\/([^/\s]+) (\([^)]+\))/.exec(line);
  if (finished?.[1]) return finished[1].endsWith('.pom') ? null : `downloaded ${finished[1]} ${finished[2]}`;
  return null;
}

function pomFor(fetch: MavenFetch): string {
  const exclusions =
    '<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>';
  const dependencies = fetch.artifacts.map(
    (artifact) =>
      `<dependency><groupId>${artifact.groupId}</groupId><artifactId>${artifact.artifactId}</artifactId>` +
      `<version>${artifact.version}</version><type>${artifact.type ?? 'jar'}</type>` +
      (artifact.classifier ? `<classifier>${artifact.classifier}</classifier>` : '') +
      `${fetch.transitive ? '' : exclusions}</dependency>`,
  );
  return (
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>' +
    '<groupId>sealane</groupId><artifactId>stack</artifactId><version>1</version><packaging>pom</packaging>' +
    `<dependencies>${dependencies.join('')}</dependencies></project>\n`
  );
}

function downloadFailed(artifacts: readonly MavenArtifact[], output: string): SealaneError {
  const names = artifacts.map((artifact) => `${artifact.groupId}:${artifact.artifactId}:${artifact.version}`);
  const reason = output.split('\n').find((line) => line.startsWith('[ERROR]'));
  return new SealaneError({
    code: 'STACK_DOWNLOAD_FAILED',
    message: `Maven could not download ${names.join(', ')}.`,
    why: reason?.replace('[ERROR] ', '') ?? output.slice(-500),
    remedy:
      'Check that this machine reaches its Maven repository (a mirror is set in ~/.m2/settings.xml) and try again.',
    retriable: true,
  });
}
