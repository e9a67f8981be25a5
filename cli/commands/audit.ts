import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { AuditEvent, AuditVerification } from '../../contract/schema/audit.ts';
import { inspectAuditLog } from '../../core/station/inspect-log.ts';
import { CommandRefused, CommandRun, type GlobalOptions } from '../command-run.ts';
import { findDataFolder } from '../../core/station/data-folder.ts';
import { ExitCode } from '../exit-code.ts';
import { writeNewFile } from '../given-file.ts';
import { readWholeNumber } from '../option-value.ts';
import { localTime, mark, paint } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';

/** audit list, verify, checkpoint. */
export function addAudit(program: Command): void {
  const audit = program.command('audit').description('the append-only log');

  audit
    .command('list')
    .description('newest events first')
    .option('--limit <n>', 'how many, 1 to 500', readWholeNumber(1, 500), 50)
    .action(async ({ limit }: { limit: number }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const events = await run.call('audit.list', { before: null, type: null, outcome: null, limit });
        run.print(events, () => events.map(describe).join('\n'));
      });
    });

  audit
    .command('verify')
    .description('check every event, the tree and the checkpoints; names what was tampered with')
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
}

function showVerdict({ json }: GlobalOptions, verdict: AuditVerification): void {
  const { intact, size, checkpoints, rootSha256, findings, findingsOmitted } = verdict;
  const lines = intact
    ? [`${mark.passed()} ${size} events and ${checkpoints} checkpoints, all intact.`, `  Root ${rootSha256 ?? 'none'}`]
    : findings.map((finding) => `${mark.refused()} ${finding.reason}\n  ${paint('gray', finding.code)}`);
  if (findingsOmitted > 0) lines.push(`  and ${findingsOmitted} more`);
  process.stdout.write(`${json === true ? JSON.stringify(verdict, null, 2) : lines.join('\n')}\n`);
  if (!intact) process.exitCode = ExitCode.notVerified;
}

function describe(event: AuditEvent): string {
  const who = event.actor.kind === 'station' ? 'station' : event.actor.username;
  const sign = event.outcome === 'done' ? mark.passed() : mark.refused();
  return `${String(event.seq).padStart(6)}  ${localTime(event.time)}  ${sign} ${event.type.padEnd(24)} ${who.padEnd(16)} ${event.code ?? ''}`;
}
