import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import type { ReportCheck } from '../../contract/schema/report.ts';
import { verifyReport } from '../../core/report/verifier/verify-report.ts';
import { CommandRefused, type GlobalOptions } from '../command-run.ts';
import { ExitCode } from '../exit-code.ts';
import { mark, paint } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';

const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** verify-report: needs no station, no data folder and no log-in. */
export function addVerifyReport(program: Command): void {
  program
    .command('verify-report <report.json>')
    .description('verify a report on any machine; the signature and PDF beside it are found by their names')
    .option('--station-key <key>', 'the station’s public key as you know it: a PEM file, or its SHA-256')
    .action((path: string, { stationKey }: { stationKey?: string }, command: Command) => {
      const { json } = command.optsWithGlobals<GlobalOptions>();
      const base = path.replace(/\.json$/, '');
      const pdfPath = `${base}.pdf`;
      const { checks, result } = verifyReport({
        jsonBytes: readFile(path),
        signature: readFile(`${path}.sig`),
        ...(stationKey === undefined
          ? {}
          : { trustedStationKey: existsSync(stationKey) ? readFile(stationKey).toString('utf8') : stationKey }),
        ...(existsSync(pdfPath)
          ? { pdf: { pdfBytes: readFile(pdfPath), pdfSignature: readFile(`${pdfPath}.sig`) } }
          : {}),
      });
      if (json === true) process.stdout.write(`${JSON.stringify({ checks, result }, null, 2)}\n`);
      else process.stdout.write(`${checks.map(describeCheck).join('\n')}\n`);
      if (!result.ok) throw new CommandRefused(result, ExitCode.notVerified, json === true);
      if (json !== true)
        process.stdout.write(
          `${result.value.stationKeyTrusted ? mark.passed() : mark.warning()} ${result.value.sentence}\n`,
        );
    });
}

function describeCheck({ name, status, sentence }: ReportCheck): string {
  const sign = { passed: mark.passed(), failed: mark.refused(), 'not-done': mark.warning() }[status];
  return `  ${sign} ${name.padEnd(18)} ${paint('gray', sentence)}`;
}

function readFile(path: string): Buffer {
  if (!existsSync(path)) throw new UsageError(`There is no file ${path}.`);
  if (statSync(path).size > MAX_FILE_BYTES) throw new UsageError(`${path} is larger than any report.`);
  return readFileSync(path);
}
