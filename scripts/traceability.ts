/**
 * `npm run trace`: writes docs/traceability.md, requirement ↔ test, from the requirement IDs in test titles.
 * With `--check` it writes nothing, and fails where the file is not what it would write.
 * Either way it fails where a title names a requirement that docs/requirements.md does not have.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findKernelTestFiles, findTestFiles, testKinds } from './check/test-files.ts';
import { projectRoot } from './project-root.ts';
import { renderMatrix, traceTests } from './traceability/matrix.ts';
import { readRequirements } from './traceability/requirements.ts';
import { readTestTitles } from './traceability/test-titles.ts';

const requirementsFile = join(projectRoot, 'docs', 'requirements.md');
const matrixFile = join(projectRoot, 'docs', 'traceability.md');

const requirements = readRequirements(readFileSync(requirementsFile, 'utf8'));
const tests = [...testKinds.flatMap((kind) => findTestFiles(kind)), ...findKernelTestFiles()].flatMap((file) =>
  readTestTitles(file, readFileSync(join(projectRoot, file), 'utf8')),
);
const { proofs, unknown } = traceTests(requirements, tests);
const matrix = renderMatrix(requirements, proofs);

if (unknown.length > 0) {
  for (const { id, test } of unknown) console.error(`${test.file}: "${test.title}" names ${id}, no such requirement`);
  process.exitCode = 1;
} else if (!process.argv.includes('--check')) {
  writeFileSync(matrixFile, matrix);
  console.log(`docs/traceability.md: ${requirements.length} requirements, ${tests.length} tests`);
} else if (readFileSync(matrixFile, 'utf8') !== matrix) {
  console.error('docs/traceability.md is stale; "npm run trace" writes it anew.');
  process.exitCode = 1;
}
