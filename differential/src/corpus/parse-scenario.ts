import { SealaneError } from '@sealane/errors/sealane-error';
import { type Scenario, SERVER_FLAVOURS, type ServerFlavour } from './scenario.ts';

/** The line that parts what the snapshot finds from what is streamed. */
const STREAM = /^-- stream$/m;
/** A statement ends with a semicolon at the end of a line. */
const STATEMENT_END = /;[ \t]*(?:\n|$)/;

/**
 * Reads a script: comment lines at its top (the title, then `servers:` and `property:` lines), statements, a line
 * `-- stream`, statements. Throws `DIFFERENTIAL_SCRIPT` for one without a title or without anything streamed.
 */
export function parseScenario(name: string, text: string): Scenario {
  const lines = text.split('\n');
  const headEnd = lines.findIndex((line) => !line.startsWith('-- ') || line === '-- stream');
  const head = lines.slice(0, headEnd).map((line) => line.slice(3).trim());
  const [before = '', streamed] = lines.slice(headEnd).join('\n').split(STREAM);
  const [title] = head;
  if (title === undefined || streamed === undefined) {
    throw new SealaneError({
      code: 'DIFFERENTIAL_SCRIPT',
      message: `The script ${name} has no title or no line "-- stream".`,
      remedy:
        'Begin it with a comment that says what it is about and put "-- stream" before what is streamed.',
    });
  }
  return {
    name,
    title,
    servers: serversOf(head),
    properties: Object.fromEntries(valuesOf(head, 'property').map(splitProperty)),
    before: statementsOf(before),
    streamed: statementsOf(streamed),
  };
}

function valuesOf(head: readonly string[], label: string): string[] {
  return head.filter((line) => line.startsWith(`${label}: `)).map((line) => line.slice(label.length + 2));
}

function serversOf(head: readonly string[]): ServerFlavour[] {
  const [named] = valuesOf(head, 'servers');
  if (named === undefined) return [...SERVER_FLAVOURS];
  return SERVER_FLAVOURS.filter((flavour) => named.split(/,\s*/).includes(flavour));
}

function splitProperty(line: string): [string, string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}

function statementsOf(text: string): string[] {
  return text
    .split(STATEMENT_END)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
