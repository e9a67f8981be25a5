import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  fixtureImages,
  fixtureManifest,
  fixtureSignature,
  fixtureTime,
  trustingPorts,
} from '../../helpers/signed-bundle.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { testStation } from '../../helpers/test-import.ts';

const python = `
import sys, zipfile
names = ['manifest.json', 'manifest.p7s', 'images/application.bin', 'images/radio.bin']
with zipfile.ZipFile('bundle.zip', 'w', zipfile.ZIP_DEFLATED) as archive:
    for name in names:
        archive.write(name)
`;
const pythonStream = python.replace("zipfile.ZipFile('bundle.zip', 'w', ", "zipfile.ZipFile(sys.stdout.buffer, 'w', ");

/** How other people's tools pack a bundle, in a folder that holds its files. */
const tools: readonly [string, string, readonly string[]][] = [
  ['Info-ZIP, deflated', 'zip', ['-X', '-D', '-r', 'bundle.zip', 'manifest.json', 'manifest.p7s', 'images']],
  ['Info-ZIP, stored', 'zip', ['-0', '-D', '-r', 'bundle.zip', 'manifest.json', 'manifest.p7s', 'images']],
  ['Python, to a file', 'python3', ['-c', python]],
  ['Python, to a pipe', 'python3', ['-c', pythonStream]],
];
for (const [what, program, args] of tools) {
  test(`REQ-OTA-MAN-01 imports a bundle that was packed by ${what}`, async (t) => {
    if (spawnSync(program, ['--help']).status !== 0) {
      t.skip(`${program} is not installed`);
      return;
    }
    const folder = tempFolder(t);
    mkdirSync(join(folder, 'images'));
    writeFileSync(join(folder, 'manifest.json'), fixtureManifest);
    writeFileSync(join(folder, 'manifest.p7s'), fixtureSignature('p256'));
    for (const [name, data] of Object.entries(fixtureImages)) writeFileSync(join(folder, name), data);
    const output = execFileSync(program, args, { cwd: folder });
    if (args.includes(pythonStream)) writeFileSync(join(folder, 'bundle.zip'), output);

    const station = testStation(t, trustingPorts());
    station.clock.setWall(fixtureTime);
    const result = await station.import(readFileSync(join(folder, 'bundle.zip')));
    assert.ok(result.ok, result.ok ? '' : result.reason);
  });
}
