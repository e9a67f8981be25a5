#!/usr/bin/env node
import { reportError } from './report-error.ts';
import { createProgram } from './program.ts';

// A reader that has seen enough (`| head`) is no fault, and no reason to leave a unit half-way through an update.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = reportError(error, process.argv.includes('--json'));
}
