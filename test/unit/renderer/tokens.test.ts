import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../../../renderer');
const tokens = readFileSync(join(root, 'design/tokens.css'), 'utf8');

type Theme = ReadonlyMap<string, string>;

/** Names and colours of one rule of tokens.css, for light (0) or dark (1). */
function readRule(selector: string, scheme: 0 | 1): Theme {
  const body =
    new RegExp(`${selector.replaceAll(/[[\]]/g, '\\$&')} \\{([^}]*)\\}`).exec(tokens)?.[1] ?? assert.fail(selector);
  const colours = [...body.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\);/g)];
  return new Map(colours.map(([, name = '', light = '', dark = '']) => [name, scheme === 0 ? light : dark]));
}

const themes = ([0, 1] as const).flatMap((scheme) => {
  const normal = readRule(':root', scheme);
  const more = new Map([...normal, ...readRule(":root[data-contrast='more']", scheme)]);
  const name = scheme === 0 ? 'light' : 'dark';
  return [
    { name, theme: normal, least: { text: 4.5, mark: 3 } },
    { name: `${name}, high contrast`, theme: more, least: { text: 7, mark: 4.5 } },
  ];
});

/** WCAG 2.2, relative luminance of an sRGB colour `#rrggbb`. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(theme: Theme, one: string, other: string): number {
  const [light = 0, dark = 0] = [one, other]
    .map((name) => luminance(theme.get(name) ?? assert.fail(`no token ${name}`)))
    .sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ['ground', 'surface', 'sunk', 'raised'];
const states = ['idle', 'ready', 'needs', 'refused', 'confirmed', 'reverted'];
const textPairs: readonly (readonly [string, string])[] = [
  ...['ink', 'ink-soft', 'accent', ...states].flatMap((ink) => surfaces.map((surface) => [ink, surface] as const)),
  ...states.flatMap((state) => ['ink', 'ink-soft', state].map((ink) => [ink, `${state}-soft`] as const)),
  ['ink', 'accent-soft'],
  ['scan-ink', 'scan-ground'],
  ['ink-soft', 'accent-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
];
const markPairs: readonly (readonly [string, string])[] = [
  ...['line-strong', 'accent', ...states].flatMap((mark) => surfaces.map((surface) => [mark, surface] as const)),
];

for (const { name, theme, least } of themes) {
  test(`REQ-OTA-UI-01 each pair of colours has the contrast that WCAG 2.2 asks for: ${name}`, () => {
    for (const [ink, ground] of textPairs) {
      const ratio = contrast(theme, ink, ground);
      assert.ok(ratio >= least.text, `${ink} on ${ground}: ${ratio.toFixed(2)}`);
    }
    for (const [mark, ground] of markPairs) {
      const ratio = contrast(theme, mark, ground);
      assert.ok(ratio >= least.mark, `${mark} on ${ground}: ${ratio.toFixed(2)}`);
    }
  });
}

const files = globSync('**/*.{svelte,css,ts,html}', { cwd: root }).map((path) => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
}));

test('no colour stands outside of the tokens', () => {
  for (const { path, text } of files.filter((file) => !file.path.endsWith('tokens.css'))) {
    const styles = path.endsWith('.svelte')
      ? [...text.matchAll(/<style>([\s\S]*)<\/style>/g)].map(([, css = '']) => css).join('')
      : text;
    assert.doesNotMatch(styles, /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(/i, path);
  }
});

test('every token that is used exists, and every one that exists is used', () => {
  const text = files.map((file) => file.text).join('\n');
  const used = new Set([...text.matchAll(/var\(--([\w-]+)\)/g)].map(([, name]) => name));
  const defined = new Set([...text.matchAll(/^\s*--([\w-]+):/gm)].map(([, name]) => name));
  assert.deepEqual(
    [...used].filter((name) => !defined.has(name)),
    [],
  );
  assert.deepEqual(
    [...defined].filter((name) => !used.has(name)),
    [],
  );
});
