import { existsSync } from 'node:fs';
import { glob, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectRoot } from '../project-root.ts';

/** Links of the project's documents to files or headings that are not there, and documents that the index leaves out. One sentence each. */
export async function findLinkFaults(): Promise<string[]> {
  const faults: string[] = [];
  for await (const path of glob('**/*.md', { cwd: projectRoot, exclude: (entry) => entry === 'node_modules' })) {
    const text = await readFile(join(projectRoot, path), 'utf8');
    for (const target of linkTargets(text)) {
      if (!existsSync(join(projectRoot, dirname(path), target)))
        faults.push(`${path} links to ${target}, which is not there`);
    }
    for (const { target, anchor } of anchorsOfLinks(text)) {
      const file = target === '' ? path : join(dirname(path), target);
      if (!file.endsWith('.md') || !existsSync(join(projectRoot, file))) continue;
      if (!headingAnchors(await readFile(join(projectRoot, file), 'utf8')).has(anchor))
        faults.push(`${path} links to ${target}#${anchor}, a heading that is not there`);
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

/** The links of a Markdown text that name a heading, of its own (`target` empty) or of another document of ours. */
export function anchorsOfLinks(markdown: string): { readonly target: string; readonly anchor: string }[] {
  return [...markdown.matchAll(/\]\(([^)\s#]*)#([^)\s]+)\)/g)]
    .map(([, target = '', anchor = '']) => ({ target, anchor }))
    .filter(({ target }) => !/^[a-z]+:/i.test(target));
}

/** The anchors by which the headings of a Markdown text are linked to: lower case, without punctuation, hyphens for spaces. */
export function headingAnchors(markdown: string): ReadonlySet<string> {
  const headings = markdown.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} +(.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .trim()
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
