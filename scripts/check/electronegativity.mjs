// Runs Electronegativity over a folder and prints what it found as JSON. It would fetch translations and a list of releases; the
// package by which it does that is put aside first, so that a check opens no socket.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const tool = createRequire(require.resolve('@doyensec/electronegativity'));
const got = tool.resolve('got');
const unreachable = () => Promise.reject(new Error('nothing is fetched'));
require.cache[got] = Object.assign(new (require('node:module').Module)(got), { exports: unreachable, loaded: true });
// Its own words go to the standard error stream: the other one is the answer.
console.log = console.error;

/** @type {(options: object) => Promise<{ issues: { id: string, file: string }[], errors: object[] }>} */
const run = require(/** @type {string} */ ('@doyensec/electronegativity'));
const { issues, errors } = await run({
  input: process.argv[2],
  electronVersionOverride: process.argv[3],
  excludeFromScan: ['availablesecurityfixesglobalcheck'],
  isRelative: true,
});
const findings = issues.map(({ id, file }) => ({ id, file }));
process.stdout.write(JSON.stringify({ findings, errors }));
