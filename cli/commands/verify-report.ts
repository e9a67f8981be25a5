import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { ReportCheck } from '../../contract/schema/report.ts';
import { verifyReport } from '../../core/report/verifier/verify-report.ts';
import { readGivenFile } from '../given-file.ts';
import { CommandRefused, type GlobalOptions } from '../command-run.ts';
import { ExitCode } from '../exit-code.ts';
import { mark, paint } from '../terminal/style.ts';

const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** verify-report: needs no station, no data folder and no log-in. */
export function addVerifyReport(program: Command): void {
  program
    .command('verify-report')
    .argument('<report.json>', 'the report; its .sig must lie beside it')
    .description(
      'verify the report of a job or a period on any machine; signature, PDF and CSV beside it are found by their names',
    )
    .option('--station-key <key>', 'the station’s public key as you know it: a PEM file, or its SHA-256')
    .addHelpText(
      'after',
      `
Without --station-key it is only seen that the report is consistent in itself, not whose it is.

Example:
  drydock verify-report DR-11973c21-20261122T133806Z.json --station-key "bc2c 5b36 … 3b2e"`,
    )
    .action((path: string, { stationKey }: { stationKey?: string }, command: Command) => {
      const { json } = command.optsWithGlobals<GlobalOptions>();
      const base = path.replace(/\.json$/, '');
      const pdfPath = `${base}.pdf`;
      const csvPath = `${base}.csv`;
      const { checks, result } = verifyReport({
        jsonBytes: readFile(path),
        signature: readFile(`${path}.sig`),
        ...(stationKey === undefined ? {} : { trustedStationKey: readStationKey(stationKey) }),
        ...(existsSync(pdfPath)
          ? { pdf: { pdfBytes: readFile(pdfPath), pdfSignature: readFile(`${pdfPath}.sig`) } }
          : {}),
        ...(existsSync(csvPath)
          ? { csv: { csvBytes: readFile(csvPath), csvSignature: readFile(`${csvPath}.sig`) } }
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

/** What has the form of a digest is one; anything else must be a file. */
function readStationKey(text: string): string {
  const isDigest = /^(?:SHA-?256[:=])?(?:[\s:]*[0-9a-f]){64}\s*$/i.test(text);
  return isDigest ? text : readGivenFile(text).toString('utf8');
}

function readFile(path: string): Buffer {
  return readGivenFile(path, MAX_FILE_BYTES);
}
