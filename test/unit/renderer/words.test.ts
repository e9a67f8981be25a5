import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { countCharacters, leastCharacters } from '../../../renderer/features/login/password-length.ts';
import type { Words } from '../../../renderer/words/words.ts';

const root = join(import.meta.dirname, '../../../renderer');
const sources = globSync('**/*.{ts,svelte}', { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'));

interface Entry {
  readonly table: string;
  readonly key: string;
  readonly words: Words;
}

function isWords(value: unknown): value is Words {
  return typeof value === 'object' && value !== null && 'en' in value && 'de' in value;
}

/** Every text of every module that has texts: tables of words, and of words inside refusals. */
async function readCatalogue(): Promise<readonly Entry[]> {
  const files = [
    ...globSync('**/{words,*-words}.ts', { cwd: root }),
    'station/job-mark.ts',
    ...globSync('words/refusals/*.ts', { cwd: root }),
  ];
  const entries: Entry[] = [];
  for (const file of files) {
    const module = (await import(join(root, file))) as Record<string, unknown>;
    for (const [table, texts] of Object.entries(module)) {
      if (typeof texts !== 'object' || texts === null) continue;
      for (const [key, value] of Object.entries(texts as Record<string, unknown>)) {
        if (isWords(value)) entries.push({ table, key, words: value });
        else
          for (const [part, inner] of Object.entries((value ?? {}) as Record<string, unknown>))
            if (isWords(inner)) entries.push({ table, key: `${key} ${part}`, words: inner });
      }
    }
  }
  return entries;
}

const catalogue = await readCatalogue();

function forms(text: string | { readonly one: string; readonly other: string }): readonly string[] {
  return typeof text === 'string' ? [text] : [text.one, text.other];
}

function placeholders(text: Words['en']): readonly string[] {
  return [
    ...new Set(forms(text).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))),
  ].sort();
}

test('the catalogue was read', () => {
  assert.ok(catalogue.length > 150, String(catalogue.length));
  for (const table of ['loginWords', 'designWords', 'benchWords', 'operatorRefusals', 'jobStateWords'])
    assert.ok(
      catalogue.some((entry) => entry.table === table),
      table,
    );
});

test('REQ-OTA-UI-01 every text has the same arguments and the same kind in each language, and none is empty', () => {
  for (const { table, key, words } of catalogue) {
    assert.deepEqual(placeholders(words.de), placeholders(words.en), `${table}.${key}`);
    assert.equal(typeof words.de, typeof words.en, `${table}.${key}`);
    for (const form of [...forms(words.en), ...forms(words.de)]) assert.notEqual(form.trim(), '', `${table}.${key}`);
  }
});

test('every text is said somewhere', () => {
  const text = sources.join('\n');
  const unused = catalogue
    .filter(({ table }) => !table.endsWith('Refusals') && !text.includes(`${table}[`))
    .filter(({ table, key }) => !new RegExp(`\\b${table}\\.${key}\\b`).test(text));
  assert.deepEqual(
    unused.map(({ table, key }) => `${table}.${key}`),
    [],
  );
});

test('no component says a text that is not in the catalogue', () => {
  for (const path of globSync('**/*.svelte', { cwd: root })) {
    const markup = readFileSync(join(root, path), 'utf8')
      .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
      .replaceAll(/<!--[\s\S]*?-->/g, '');
    const visible = markup.replaceAll(/\{(?:[^{}]|\{[^{}]*\})*\}/g, '').replaceAll(/<(?:[^<>"]|"[^"]*"|=>)*>/g, '');
    const words = visible.match(/\p{L}{3,}/gu)?.filter((word) => word !== 'Drydock') ?? [];
    assert.deepEqual(words, [], path);
    const attributes = markup.match(/\b(?:label|title|aria-label|text|hint|lead|placeholder)="[^"{]*\p{L}{2}[^"]*"/gu);
    assert.equal(attributes, null, path);
  }
});

test('a password is counted as the core counts it: by code points in one normal form', () => {
  assert.equal(countCharacters('e\u0301e\u0301'), 2);
  assert.equal(countCharacters('😀😀😀'), 3);
  const policy = readFileSync(join(root, '../core/operator/password-policy.ts'), 'utf8');
  assert.match(policy, new RegExp(`= ${leastCharacters};`));
});
