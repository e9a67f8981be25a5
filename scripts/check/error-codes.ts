import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodes } from '../../contract/error-code.ts';
import { projectRoot } from '../project-root.ts';

/** Codes of the contract that no room raises: a promise to the user that nothing keeps. One sentence each. */
export async function findErrorCodeFaults(): Promise<string[]> {
  let source = '';
  for await (const path of glob(
    ['core/**/*.ts', 'cli/**/*.ts', 'main/**/*.ts', 'contract/operations/**/*.ts', 'renderer/features/**/*.ts'],
    {
      cwd: projectRoot,
    },
  )) {
    source += await readFile(join(projectRoot, path), 'utf8');
  }
  return Object.keys(errorCodes)
    .filter((code) => !source.includes(`'${code}'`))
    .map((code) => `${code} is in the contract, but nothing refuses with it`);
}
