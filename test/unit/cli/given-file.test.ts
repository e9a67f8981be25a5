import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { expectGivenFile, makeGivenFolder, readGivenFile, writeNewFile } from '../../../cli/given-file.ts';
import { UsageError } from '../../../cli/usage-error.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

test('a file that is missing, a folder, a device or too large is named, and what is wrong with it', (t) => {
  const folder = tempFolder(t);
  const file = join(folder, 'key.pem');
  writeFileSync(file, 'twelve bytes');
  assert.equal(expectGivenFile(file), 12);
  assert.equal(readGivenFile(file).toString(), 'twelve bytes');
  refuses(() => readGivenFile(join(folder, 'none')), 'none', /no such file/);
  refuses(() => readGivenFile(join(file, 'below')), 'key.pem', /not a folder/);
  refuses(() => readGivenFile(folder), folder, /not an ordinary file/);
  refuses(() => readGivenFile('/dev/null'), '/dev/null', /not an ordinary file/);
  refuses(() => readGivenFile(file, 11), 'key.pem', /12 bytes.*at most 11/);
});

test('a file that is there already is never overwritten', (t) => {
  const file = join(tempFolder(t), 'checkpoint');
  writeNewFile(file, 'first');
  refuses(() => writeNewFile(file, 'second'), 'checkpoint', /there already/);
  assert.equal(readFileSync(file, 'utf8'), 'first');
});

test('a folder that cannot be made is named', (t) => {
  const folder = tempFolder(t);
  makeGivenFolder(join(folder, 'a', 'b'));
  makeGivenFolder(join(folder, 'a', 'b'));
  writeFileSync(join(folder, 'file'), '');
  refuses(() => makeGivenFolder(join(folder, 'file', 'b')), 'file', /cannot be made/);
});

test('a file that the user may not read is named', { skip: mayReadAll() && 'this user may read everything' }, (t) => {
  const folder = join(tempFolder(t), 'closed');
  mkdirSync(folder);
  const file = join(folder, 'key.pem');
  writeFileSync(file, '');
  chmodSync(file, 0);
  refuses(() => readGivenFile(file), 'key.pem', /EACCES/);
});

function mayReadAll(): boolean {
  return process.platform === 'win32' || process.getuid?.() === 0;
}

function refuses(work: () => unknown, name: string, why: RegExp): void {
  assert.throws(work, (error) => {
    assert.ok(error instanceof UsageError);
    assert.ok(error.message.includes(name), error.message);
    assert.match(error.message, why);
    return true;
  });
}
