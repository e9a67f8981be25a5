import { existsSync } from 'node:fs';
import { glob, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectRoot } from '../project-root.ts';

/** Links of the project's documents to files that are not there, and documents that the index leaves out. One sentence each. */
export async function findLinkFaults(): Promise<string[]> {
  const faults: string[] = [];
  for await (const path of glob('**/*.md', { cwd: projectRoot, exclude: (entry) => entry === 'node_modules' })) {
    const text = await readFile(join(projectRoot, path), 'utf8');
    for (const target of linkTargets(text)) {
      if (!existsSync(join(projectRoot, dirname(path), target)))
        faults.push(`${path} links to ${target}, which is not there`);
    }
  }
  return [...faults, ...(await findUnlisted())];
}

async function findUnlisted(): Promise<string[]> {
  const docs = join(projectRoot, 'docs');
  const listed = linkTargets(await readFile(join(docs, 'README.md'), 'utf8'));
  const documents = (await readdir(docs)).filter((name) => name.endsWith('.md') && name !== 'README.md');
  return documents.filter((name) => !listed.includes(name)).map((name) => `docs/README.md does not list ${name}`);
}

/** The relative paths that a Markdown text links to, without anchors. */
export function linkTargets(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(([^)\s#]+)(?:#[^)\s]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/i.test(target));
}
