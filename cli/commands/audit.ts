import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { AuditVerification } from '../../contract/schema/audit.ts';
import { inspectAuditLog } from '../../core/station/inspect-log.ts';
import { CommandRefused, CommandRun, type GlobalOptions } from '../command-run.ts';
import { findDataFolder } from '../../core/station/data-folder.ts';
import { ExitCode } from '../exit-code.ts';
import { expectGivenFile, makeGivenFolder, writeNewFile } from '../given-file.ts';
import { readWholeNumber } from '../option-value.ts';
import { describeComparison, describeEvidence, describeRow, describeVerdict } from '../terminal/describe-audit.ts';
import { mark } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';
import { addAuditWitness } from './audit-witness.ts';
import { readDay, readOutcome, readType, searchOf, type ListOptions } from './audit-search.ts';

/** audit list, show, verify, checkpoint, compare, and what has to do with witnesses. */
export function addAudit(program: Command): void {
  const audit = program.command('audit').description('the append-only log');

  audit
    .command('list')
    .description('newest events first; what was tampered with is named in its place')
    .option('--type <type>', 'only events of this type', readType)
    .option('--operator <username>', 'only what this operator did')
    .option('--unit <serial>', 'only what was done to the unit with this serial number')
    .option('--outcome <outcome>', 'done, refused or failed', readOutcome)
    .option('--from <day>', 'not before this day (UTC), such as 2026-11-29', readDay)
    .option('--to <day>', 'not after this day (UTC)', readDay)
    .option('--before <seq>', 'only older events than this number: the next page', readWholeNumber(1, 2 ** 50))
    .option('--after <seq>', 'only newer events than this number, those next to it', readWholeNumber(0, 2 ** 50))
    .option('--limit <n>', 'how many, 1 to 500', readWholeNumber(1, 500), 50)
    .action(async (options: ListOptions, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { rows } = await run.call('audit.search', searchOf(options));
        run.print(rows, () => rows.map(describeRow).join('\n'));
        if (rows.some(({ fault }) => fault !== null)) process.exitCode = ExitCode.notVerified;
      });
    });

  audit
    .command('show')
    .argument('<seq>', 'number of the event', readWholeNumber(1, 2 ** 50))
    .description('one event: its exact text, its hash, and the proof that it is in the log')
    .option('--folder <folder>', 'write event, proof and verifier key there, for OpenSSL')
    .action(async (seq: number, { folder }: { folder?: string }, command: Command) => {
      if (folder !== undefined) makeGivenFolder(folder);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const evidence = await run.call('audit.show', { seq });
        const written =
          folder === undefined ? [] : (await run.call('audit.export-event', { seq, folder: resolve(folder) })).files;
        run.print({ ...evidence, files: written }, () => describeEvidence(evidence, written));
        if (evidence.fault !== null) process.exitCode = ExitCode.notVerified;
      });
    });

  audit
    .command('verify')
    .description('check every event, the tree, the checkpoints and the kept cosignatures; names what was tampered with')
    .action(async (_options: object, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      try {
        await CommandRun.with(options, async (run) => {
          showVerdict(options, await run.call('audit.verify', {}));
        });
      } catch (error) {
        // A station whose log was tampered with does not open; what was done to the log can still be told.
        if (!(error instanceof CommandRefused) || !error.refusal.code.startsWith('audit.')) throw error;
        const inspected = await inspectAuditLog(findDataFolder(options.data));
        if (!inspected.ok) throw new CommandRefused(inspected);
        showVerdict(options, inspected.value);
      }
    });

  audit
    .command('checkpoint')
    .argument('[file]', 'a new file for it; left out: it is printed')
    .description('the newest signed checkpoint, to keep on another medium')
    .action(async (file: string | undefined, _options: object, command: Command) => {
      if (file !== undefined && existsSync(file)) throw new UsageError(`${file} is there already; give another name.`);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { checkpoint, verifierKey } = await run.call('audit.checkpoint', {});
        if (file !== undefined) writeNewFile(file, checkpoint);
        run.print({ checkpoint, verifierKey }, () =>
          file === undefined
            ? checkpoint
            : `${mark.passed()} Checkpoint written to ${file}. It verifies with this key:
  ${verifierKey}`,
        );
      });
    });

  audit
    .command('compare')
    .argument('<checkpoint>', 'a checkpoint of this log that was kept outside, cosigned or not')
    .description('whether the log still begins with what the checkpoint says')
    .option('--witness <verifier-key>', 'the key of a witness who cosigned it; may be given again', collect, [])
    .action(async (path: string, { witness }: { witness: string[] }, command: Command) => {
      expectGivenFile(path);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const compared = await run.call('audit.compare', { path: resolve(path), witnessKeys: witness });
        run.print(compared, () => describeComparison(compared));
      });
    });

  addAuditWitness(audit);
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function showVerdict({ json }: GlobalOptions, verdict: AuditVerification): void {
  process.stdout.write(`${json === true ? JSON.stringify(verdict, null, 2) : describeVerdict(verdict)}\n`);
  if (!verdict.intact) process.exitCode = ExitCode.notVerified;
}
