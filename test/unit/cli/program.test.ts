import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from 'commander';
import { createProgram } from '../../../cli/program.ts';

test('--help describes every command, every operand and every option', () => {
  const undescribed = listCommands(createProgram(), '').flatMap(([path, command]) => [
    ...(command.description() === '' ? [path] : []),
    ...command.options.filter(({ description }) => description === '').map(({ flags }) => `${path} ${flags}`),
    ...command.registeredArguments
      .filter(({ description }) => description === '')
      .map((argument) => `${path} <${argument.name()}>`),
  ]);
  assert.deepEqual(undescribed, []);
});

test('REQ-OTA-OPR-01 no option takes a password, a key or a token', () => {
  const secret = /password|passphrase|secret|token|pin\b/i;
  const options = listCommands(createProgram(), '').flatMap(([, command]) => command.options);
  assert.deepEqual(
    options.filter(({ long }) => secret.test(long ?? '')).map(({ flags }) => flags),
    [],
  );
});

function listCommands(command: Command, above: string): [path: string, command: Command][] {
  const path = `${above} ${command.name()}`.trim();
  return [[path, command], ...command.commands.flatMap((child) => listCommands(child, path))];
}
