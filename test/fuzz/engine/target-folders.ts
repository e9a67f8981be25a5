import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Names of all targets: the modules in test/fuzz/targets/. */
export function listTargets(): string[] {
  return readdirSync(new URL('../targets/', import.meta.url))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
    .sort();
}

export function targetUrl(target: string): string {
  return new URL(`../targets/${target}.ts`, import.meta.url).href;
}

/** Inputs that together take every branch that is known to be reachable. */
export function corpusFolder(target: string): string {
  return fileURLToPath(new URL(`../corpus/${target}/`, import.meta.url));
}

/** Inputs that failed once. */
export function crashFolder(target: string): string {
  return fileURLToPath(new URL(`../crashes/${target}/`, import.meta.url));
}
