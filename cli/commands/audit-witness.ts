import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { ExitCode } from '../exit-code.ts';
import { expectGivenFile, makeGivenFolder } from '../given-file.ts';
import { readWholeNumber } from '../option-value.ts';
import { describeWitnesses } from '../terminal/describe-witnesses.ts';
import { printable } from '../terminal/printable.ts';
import { groupedDigest, localTime, mark } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';

interface RequestOptions {
  readonly witness?: string;
  readonly from?: number;
}

/** audit witnesses, confirm-key, remove-key, witness-request, cosign, add-cosignature. */
export function addAuditWitness(audit: Command): void {
  audit
    .command('witnesses')
    .description('the keys that are confirmed here, the logs that were cosigned here, and who cosigned this log')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const state = await run.call('audit.witnesses', {});
        run.print(state, () => describeWitnesses(state));
        if (state.cosignatures.some(({ fault }) => fault !== null)) process.exitCode = ExitCode.notVerified;
      });
    });

  audit
    .command('confirm-key')
    .argument('<file>', 'verifier key of a log to be cosigned here, or of a witness')
    .description('trust a verifier key; its SHA-256 must be typed as you got it by another route (administrator)')
    .action(async (path: string, _options: object, command: Command) => {
      expectGivenFile(path);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { kind, name, keySha256, verifierKey } = await run.call('audit.inspect-key', { path: resolve(path) });
        if (!run.wantsJson) {
          process.stderr.write(`Key of the ${kind} ${printable(name)}, SHA-256:\n  ${groupedDigest(keySha256)}\n`);
        }
        const typedFingerprint = await run.answers.line(
          'Type the fingerprint as you received it from its owner by another route',
        );
        const key = await run.call('audit.confirm-key', { verifierKey, typedFingerprint });
        run.print(key, () => `${mark.passed()} The key of the ${kind} ${printable(name)} is confirmed.`);
      });
    });

  audit
    .command('remove-key')
    .argument('<name>', 'as drydock audit witnesses shows it')
    .description('no longer trust a verifier key; what was cosigned stays known (administrator)')
    .action(async (name: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { keys } = await run.call('audit.witnesses', {});
        const [found, ...others] = keys.filter((key) => key.name === name);
        if (found === undefined || others.length > 0)
          throw new UsageError(`"${printable(name)}" names ${others.length + (found === undefined ? 0 : 1)} keys.`);
        const typed = await run.answers.line(`Type its name, ${printable(name)}, to go on`);
        if (typed.trim() !== name) throw new UsageError(`That is not "${printable(name)}"; nothing was changed.`);
        const removed = await run.call('audit.remove-key', { kind: found.kind, name });
        run.print(removed, () => `${mark.passed()} The key of ${printable(name)} is no longer trusted.`);
      });
    });

  audit
    .command('witness-request')
    .argument('<folder>', 'where it is written; made where it is not there')
    .description(
      'ask a witness for its cosignature: the newest checkpoint, and the proof that it continues the last one',
    )
    .option('--witness <name>', 'a witness confirmed here: the proof begins at its newest cosignature that was kept')
    .option('--from <events>', 'how many events the witness has cosigned', readWholeNumber(0, 2 ** 50))
    .action(async (folder: string, { witness, from }: RequestOptions, command: Command) => {
      makeGivenFolder(folder);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const input = { folder: resolve(folder), witness: witness ?? null, from: from ?? null };
        const written = await run.call('audit.request-cosignature', input);
        run.print(written, () =>
          [
            `${mark.passed()} Request for a cosignature over ${written.size} events, of which the witness has seen ${written.from}.`,
            ...written.files.map(({ name }) => `  ${name}`),
          ].join('\n'),
        );
      });
    });

  audit
    .command('cosign')
    .argument('<request>', 'request of another station, whose key is confirmed here')
    .argument('<folder>', 'where the cosigned checkpoint is written; made where it is not there')
    .description("cosign another station's checkpoint, where it continues what was cosigned here before")
    .action(async (path: string, folder: string, _options: object, command: Command) => {
      expectGivenFile(path);
      makeGivenFolder(folder);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const cosigned = await run.call('audit.cosign', { path: resolve(path), folder: resolve(folder) });
        const { origin, size, from, at, files } = cosigned;
        run.print(cosigned, () =>
          [
            `${mark.passed()} Cosigned ${size} events of ${printable(origin)}, ${localTime(at)}; ${from} were cosigned before.`,
            ...files.map(({ name }) => `  ${name}`),
          ].join('\n'),
        );
      });
    });

  audit
    .command('add-cosignature')
    .argument('<checkpoint>', 'a checkpoint of this log that a confirmed witness has cosigned')
    .description('keep a cosigned checkpoint, where the log still begins with it')
    .action(async (path: string, _options: object, command: Command) => {
      expectGivenFile(path);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const kept = await run.call('audit.add-cosignature', { path: resolve(path) });
        run.print(kept, () =>
          kept.added
            .map(
              ({ name, at }) =>
                `${mark.passed()} Cosigned by ${printable(name)}, ${at === null ? 'at an impossible time' : localTime(at)}; covers ${kept.size} of ${kept.logSize} events.`,
            )
            .join('\n'),
        );
      });
    });
}
