/**
 * `npm run fuzz -- <target> <seconds> [--seed n] [--keep]`, `npm run fuzz -- <target> --input <file>`,
 * `npm run fuzz -- <target> --minimise`; without a target it lists them. Exit code 1 where the target failed.
 */
import { mkdtempSync, readdirSync, rmSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeCorpusFile } from './corpus-folder.ts';
import type { FuzzStatistics } from './fuzz-messages.ts';
import { type FuzzOutcome, type FuzzRequest, supervise } from './supervise.ts';
import { corpusFolder, crashFolder, listTargets, targetUrl } from './target-folders.ts';

const usage = 'npm run fuzz -- <target> <seconds> [--seed n] [--keep] | <target> --input <file> | <target> --minimise';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    input: { type: 'string' },
    keep: { type: 'boolean', default: false },
    minimise: { type: 'boolean', default: false },
  },
});
const [target = '', secondsText = '60'] = positionals;
const seed = Number(values.seed ?? Date.now() % 2 ** 32);
const seconds = Number(secondsText);
if (!listTargets().includes(target) || !Number.isInteger(seed) || !(seconds >= 0)) {
  console.error(`${usage}\nTargets: ${listTargets().join(', ')}`);
  process.exitCode = 2;
} else {
  process.exitCode = (await run()) ? 0 : 1;
}

async function run(): Promise<boolean> {
  if (values.input !== undefined) return await runOne(resolve(values.input));
  if (values.minimise) return await minimise();
  return await fuzz();
}

async function fuzz(): Promise<boolean> {
  console.log(`${target}: ${seconds} s of mutations, seed ${seed}`);
  let kept = 0;
  const outcome = await supervise({
    ...request([corpusFolder(target), crashFolder(target)]),
    onKept: (input) => {
      kept += 1;
      if (values.keep) writeCorpusFile(corpusFolder(target), input);
    },
    onProgress: (statistics) => console.log(describe(statistics)),
  });
  if (outcome.statistics !== null) console.log(describe(outcome.statistics));
  const where = values.keep ? `written to ${shortPath(corpusFolder(target))}` : 'not written (--keep writes them)';
  console.log(`${kept} inputs took a new branch; ${where}.`);
  return reportFailure(outcome);
}

/** The file is run as the corpus of one input, so a hang or a crash is caught in the same way. */
async function runOne(file: string): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-fuzz-input-'));
  try {
    copyFileSync(file, join(folder, 'input'));
    const { failure } = await supervise({ ...request([folder]), seconds: 0 });
    console.log(failure === null ? `${target} holds on ${file}.` : `${target} fails on ${file}:\n${failure.reason}`);
    return failure === null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function minimise(): Promise<boolean> {
  const folder = corpusFolder(target);
  const outcome = await supervise({ ...request([folder]), seconds: 0, minimise: true });
  if (outcome.failure !== null) return reportFailure(outcome);
  const surplus = readdirSync(folder).filter((name) => !outcome.needed.includes(name));
  for (const name of surplus) rmSync(join(folder, name));
  console.log(`${target}: ${outcome.needed.length} files are enough, ${surplus.length} removed.`);
  return true;
}

function request(inputFolders: readonly string[]): FuzzRequest {
  return { targetUrl: targetUrl(target), inputFolders, seconds, seed };
}

function reportFailure({ failure }: FuzzOutcome): boolean {
  if (failure === null) return true;
  const path = writeCorpusFile(crashFolder(target), failure.input);
  console.error(
    `${failure.reason}\n\nInput saved. To see it again:\n  npm run fuzz -- ${target} --input ${shortPath(path)}`,
  );
  return false;
}

function describe(statistics: FuzzStatistics): string {
  const { runs, runsPerSecond, branchesCovered, branches, corpusSize, slowestMs, peakMiB } = statistics;
  return (
    `${runs} runs, ${runsPerSecond}/s; ${branchesCovered} of ${branches} branches; ${corpusSize} inputs in use; ` +
    `slowest ${slowestMs} ms; ${peakMiB} MiB`
  );
}

function shortPath(path: string): string {
  return relative(process.cwd(), path);
}
