import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { AuditEvent } from '../../contract/schema/audit.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { ExitCode } from '../exit-code.ts';
import { localTime, mark, paint } from '../terminal/style.ts';

/** audit list, verify, checkpoint. */
export function addAudit(program: Command): void {
  const audit = program.command('audit').description('the append-only log');

  audit
    .command('list')
    .description('newest events first')
    .option('--limit <n>', 'how many', '50')
    .action(async ({ limit }: { limit: string }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const events = await run.call('audit.list', { before: null, type: null, outcome: null, limit: Number(limit) });
        run.print(events, () => events.map(describe).join('\n'));
      });
    });

  audit
    .command('verify')
    .description('check every event, the tree and the checkpoints; names what was tampered with')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const verdict = await run.call('audit.verify', {});
        run.print(verdict, () =>
          verdict.intact
            ? `${mark.passed()} ${verdict.size} events and ${verdict.checkpoints} checkpoints, all intact.\n  Root ${verdict.rootSha256 ?? 'none'}`
            : verdict.findings.map((f) => `${mark.refused()} ${f.reason}\n  ${paint('gray', f.code)}`).join('\n'),
        );
        if (!verdict.intact) process.exitCode = ExitCode.notVerified;
      });
    });

  audit
    .command('checkpoint [file]')
    .description('the newest signed checkpoint, to keep on another medium')
    .action(async (file: string | undefined, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { checkpoint, verifierKey } = await run.call('audit.checkpoint', {});
        if (file !== undefined) writeFileSync(file, checkpoint, { flag: 'wx' });
        run.print({ checkpoint, verifierKey }, () =>
          file === undefined
            ? checkpoint
            : `${mark.passed()} Checkpoint written to ${file}. It verifies with this key:
  ${verifierKey}`,
        );
      });
    });
}

function describe(event: AuditEvent): string {
  const who = event.actor.kind === 'station' ? 'station' : event.actor.username;
  const sign = event.outcome === 'done' ? mark.passed() : mark.refused();
  return `${String(event.seq).padStart(6)}  ${localTime(event.time)}  ${sign} ${event.type.padEnd(24)} ${who.padEnd(16)} ${event.code ?? ''}`;
}
