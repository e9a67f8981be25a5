import { spawnSync } from 'node:child_process';
import { cp, glob, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { toJavaScript } from '../build/to-javascript.ts';
import { projectRoot } from '../project-root.ts';

interface Finding {
  readonly id: string;
  readonly file: string;
}

/**
 * What Electronegativity finds in main/ and preload/ and docs/security-model.md does not answer, and answers to what is not found any
 * more: then the tool has stopped looking, or the reason is gone. One sentence each.
 */
export async function findElectronFaults(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-electronegativity-'));
  try {
    await writeOlderJavaScript(folder);
    const { findings, errors } = await scan(folder);
    const document = await readFile(join(projectRoot, 'docs', 'security-model.md'), 'utf8');
    return [
      ...errors.map(({ file }) => `Electronegativity cannot read ${file}`),
      ...compareFindings(findings, document),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param document Markdown with rows that begin `| \`ID\` | \`file\` |` */
export function compareFindings(findings: readonly Finding[], document: string): string[] {
  const answered = new Set(
    [...document.matchAll(/^\| `([A-Z_]+)` +\| `([^`]+)`/gm)].map(([, id = '', file = '']) => `${id} in ${file}`),
  );
  const found = new Set(findings.map(({ id, file }) => `${id} in ${file.replace(/\.js$/, '.ts')}`));
  return [
    ...[...found].filter((each) => !answered.has(each)).map((each) => `docs/security-model.md does not answer ${each}`),
    ...[...answered]
      .filter((each) => !found.has(each))
      .map((each) => `docs/security-model.md answers ${each}, which is not found`),
  ];
}

/** The tool's parser knows JavaScript of 2021, without private names of classes. */
async function writeOlderJavaScript(folder: string): Promise<void> {
  for await (const path of glob(['main/**/*.ts', 'preload/**/*.ts'], { cwd: projectRoot })) {
    const target = join(folder, path.replace(/\.ts$/, '.js'));
    await mkdir(dirname(target), { recursive: true });
    const source = await readFile(join(projectRoot, path), 'utf8');
    await writeFile(target, toJavaScript(path, source, ts.ScriptTarget.ES2020));
  }
  await cp(join(projectRoot, 'package.json'), join(folder, 'package.json'));
}

async function scan(folder: string): Promise<{ findings: Finding[]; errors: Finding[] }> {
  const manifest = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
    devDependencies: { electron: string };
  };
  const script = join(import.meta.dirname, 'electronegativity.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder, manifest.devDependencies.electron], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`Electronegativity ended with ${String(status)}: ${stderr}`);
  return JSON.parse(stdout) as { findings: Finding[]; errors: Finding[] };
}
