import { cp, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectRoot } from '../project-root.ts';
import { toJavaScript } from './to-javascript.ts';

/** What the packaged program is made of. Neither cli/ nor test/: it has one way in. */
const rooms = ['main', 'core', 'contract', 'simulator', 'demo'];

/** JavaScript file by file as the sources stand, so that workers and resources are found where the sources look for them. */
export async function buildApp(): Promise<void> {
  const out = join(projectRoot, 'out', 'app');
  await rm(out, { recursive: true, force: true });
  for await (const path of glob(
    rooms.map((room) => `${room}/**/*.ts`),
    { cwd: projectRoot },
  )) {
    const target = join(out, path.replace(/\.ts$/, '.js'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, toJavaScript(path, await readFile(join(projectRoot, path), 'utf8')));
  }
  await cp(join(projectRoot, 'resources'), join(out, 'resources'), { recursive: true });
  for (const part of ['renderer', 'preload', 'licences.json']) {
    await cp(join(projectRoot, 'out', part), join(out, 'out', part), { recursive: true });
  }
  await writeManifest(out);
}

/** What Electron and the station read of package.json, and nothing that is about development. */
async function writeManifest(out: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, description, license, dependencies } = manifest;
  const shipped = { name, version, description, license, type: 'module', main: 'main/main.js', dependencies };
  await writeFile(join(out, 'package.json'), `${JSON.stringify(shipped, null, 2)}\n`);
}
