import type { Command } from 'commander';
import { askProof } from '../ask-proof.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { localTime, mark } from '../terminal/style.ts';

/** second-factor show, enrol, new-codes, remove: one's own. */
export function addSecondFactor(program: Command): void {
  const factor = program
    .command('second-factor')
    .description('your own second factor: an authenticator app (RFC 6238) beside the password');

  factor
    .command('show')
    .description('whether you have one, and how many recovery codes are left')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const own = await run.call('operator.own-factor', {});
        run.print(own, () =>
          own.enrolledAt === null
            ? 'You have no second factor.'
            : `Enrolled ${localTime(own.enrolledAt)}; recovery codes left: ${own.recoveryCodesLeft}.`,
        );
      });
    });

  factor
    .command('enrol')
    .description('enrol an authenticator app, or another one in the place of the first')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { uri, secretBase32 } = await run.call('operator.enrol-factor', await askProof(run));
        const grouped = secretBase32.match(/.{1,4}/g)?.join(' ') ?? '';
        // To the terminal alone, never to where results go: it is shown this once.
        process.stderr.write(`Give this secret to your authenticator app:\n  ${grouped}\n  ${uri}\n`);
        const code = await run.answers.secret('The code that the app shows now');
        const { operator, recoveryCodes } = await run.call('operator.confirm-factor', { code });
        run.print(
          { operator, recoveryCodes },
          () =>
            `${mark.passed()} From now on you log in and sign with a code as well as the password.\n${describeCodes(recoveryCodes)}`,
        );
      });
    });

  factor
    .command('new-codes')
    .description('make new recovery codes; the old ones no longer work')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const made = await run.call('operator.renew-recovery-codes', await askProof(run));
        run.print(made, () => describeCodes(made.recoveryCodes));
      });
    });

  factor
    .command('remove')
    .description('log in with the password alone again')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const operator = await run.call('operator.remove-factor', await askProof(run));
        run.print(operator, () => `${mark.passed()} ${operator.printedName} logs in with the password alone again.`);
      });
    });
}

function describeCodes(codes: readonly string[]): string {
  return [
    'Recovery codes for the day on which the phone is lost, each good once. Write them down now, they are not shown again:',
    ...codes.map((code) => `  ${code}`),
  ].join('\n');
}
