import type { Command } from 'commander';
import type { OperationOutput } from '../../contract/operations.ts';
import { askCode, codeQuestion } from '../ask-proof.ts';
import { CommandRun, unwrap, type GlobalOptions } from '../command-run.ts';
import { readUsername } from '../option-value.ts';
import { askNewPassword } from '../terminal/new-password.ts';
import { localTime, mark } from '../terminal/style.ts';

/** login, logout, whoami, passwd. */
export function addSession(program: Command): void {
  program
    .command('login')
    .description('log in; the session is kept in the data folder until it is idle for too long')
    .requiredOption('--username <username>', 'who logs in', readUsername)
    .action(async ({ username }: { username: string }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const password = await run.answers.secret(`Password of ${username}`);
        const { token, session } = await logIn(run, username, password);
        run.sessionFile.write(token);
        run.print(session, () => {
          const { operator } = session;
          const first = `${mark.passed()} ${operator.printedName} is logged in (${operator.roles.join(', ')}).`;
          if (operator.mustChangePassword)
            return `${first}\n${mark.warning()} Replace the initial password first: drydock passwd`;
          return operator.secondFactor === 'missing'
            ? `${first}\n${mark.warning()} This station asks you for a second factor first: drydock second-factor enrol`
            : first;
        });
      });
    });

  program
    .command('logout')
    .description('end the session')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        await run.call('session.logout', {});
        run.sessionFile.remove();
        run.print({}, () => `${mark.passed()} Logged out.`);
      });
    });

  program
    .command('whoami')
    .description('who is logged in, and what they may do')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const session = await run.call('session.current', {});
        run.print(session, () =>
          [
            `${session.operator.printedName} (${session.operator.username}), ${session.operator.roles.join(', ')}`,
            `  may: ${session.permissions.join(', ') || 'nothing until the initial password is replaced, or a second factor enrolled'}`,
            `  session ends when idle at ${localTime(session.idleAt)}, at the latest ${localTime(session.expiresAt)}`,
          ].join('\n'),
        );
      });
    });

  program
    .command('passwd')
    .description('replace your own password')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const session = await run.call('session.current', {});
        const currentPassword = await run.answers.secret('Current password');
        const newPassword = await askNewPassword(run.answers);
        const code = await askCode(run, session.operator);
        const operator = await run.call('operator.change-password', { currentPassword, newPassword, code });
        run.sessionFile.remove();
        run.print(operator, () => `${mark.passed()} The password is replaced. Log in again.`);
      });
    });
}

/** The station asks for a code only after the password was right: whether a name has a second factor is nobody else's affair. */
async function logIn(run: CommandRun, username: string, password: string): Promise<OperationOutput<'session.login'>> {
  const first = await run.ask('session.login', { username, password });
  if (first.ok || first.code !== 'operator.code-required') return unwrap(first);
  const code = await run.answers.secret(codeQuestion);
  return run.call('session.login', { username, password, code });
}
