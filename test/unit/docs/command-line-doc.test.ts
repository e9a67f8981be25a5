import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Command } from 'commander';
import { createProgram } from '../../../cli/program.ts';

const root = join(import.meta.dirname, '../../..');
const program = createProgram();
/** For people; not what was changed once, and not what is generated. */
const documents = ['*.md', 'docs/*.md', 'simulator/*.md', 'test/**/*.md']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .filter((path) => !/CHANGELOG|traceability|node_modules/.test(path));

interface Shown {
  readonly document: string;
  /** A line of code, or a code span. */
  readonly code: string;
}

function codeOf(document: string): Shown[] {
  const text = readFileSync(join(root, document), 'utf8');
  const fenced = [...text.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
  const spans = [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
  const lines = fenced.flatMap((block) => block.replaceAll(/\\\n\s*/g, ' ').split('\n'));
  return [...lines, ...spans.map((span) => span.replaceAll('\n', ' '))].map((code) => ({ document, code }));
}

const shown = documents.flatMap(codeOf);
const optionsOf = (command: Command): (string | undefined)[] => command.options.map(({ long }) => long);
const globalOptions = [...optionsOf(program), '--help'];

/** `drydock`, with the options that every command has in front of the command. */
const callPattern =
  /(?:^|\s)drydock(?:\s+(?:--(?:data|virtual-bench)\s+(?:<[^>]+>|\S+)|--(?:json|stdin)))*\s+([a-z].*)$/;

/** What of the calls of `drydock` in a piece of code the program does not have. */
function findUnknown({ document, code }: Shown): string[] {
  const calls = code.split(/ # |&&/).flatMap((part) => {
    const call = callPattern.exec(part);
    return call === null ? [] : [call[1] ?? ''];
  });
  return calls.flatMap((call) => {
    let command = program;
    const words = call.split(/\s+/);
    for (const word of words) {
      const child = command.commands.find((one) => one.name() === word);
      if (child !== undefined) command = child;
      else if (command.commands.length > 0 && /^[a-z]/.test(word)) return [`${document}: ${code}: no ${word}`];
      else break;
    }
    const options = [...globalOptions, ...optionsOf(command)];
    return (call.match(/(?<=\s)--[a-z][a-z-]*/g) ?? [])
      .filter((option) => !options.includes(option))
      .map((option) => `${document}: ${code}: no ${option}`);
  });
}

test('every command and option of drydock that a document shows is there', () => {
  const calls = shown.filter(({ code }) => /(?:^|\s)drydock\s/.test(code));
  assert.ok(calls.length > 100, `${calls.length} calls were found`);
  assert.deepEqual(calls.flatMap(findUnknown), []);
});

test('a command or an option that is not there is found', () => {
  const judge = (code: string) => findUnknown({ document: 'a.md', code });
  assert.deepEqual(judge('drydock --virtual-bench try/bench device show 1-1 --enter-dfu'), []);
  assert.equal(judge('drydock --json device invent').length, 1);
  assert.equal(judge('sudo drydock --data <data folder> device udev-rules --instal x').length, 1);
});

test('every command of drydock is named in a document', () => {
  const words = new Set(shown.flatMap(({ code }) => code.split(/[\s|]+/)));
  const leaves = (command: Command): string[] =>
    command.commands.length === 0 ? [command.name()] : command.commands.flatMap(leaves);
  assert.deepEqual(
    leaves(program).filter((name) => name !== 'help' && !words.has(name)),
    [],
  );
});
