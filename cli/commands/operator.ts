import { Option, type Command } from 'commander';
import { PrintedName, Role, type OperatorView } from '../../contract/schema/session.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { readAs, readUsername } from '../option-value.ts';
import { askNewPassword } from '../terminal/new-password.ts';
import { mark } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';

/** operator add, list, disable, unlock, reset-password. */
export function addOperator(program: Command): void {
  const operator = program.command('operator').description('operators of this station (administrator)');

  operator
    .command('add')
    .description('make an account; its operator replaces the initial password at the first login')
    .requiredOption('--username <username>', 'what the operator types to log in', readUsername)
    .requiredOption('--printed-name <name>', 'the name that is printed beside signatures', readAs(PrintedName))
    .addOption(new Option('--role <role...>', 'one role, or several').choices(Role.options).makeOptionMandatory())
    .action(async (options: { username: string; printedName: string; role: Role[] }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const initialPassword = await askNewPassword(run.answers, `Initial password of ${options.username}`);
        const { username, printedName } = options;
        const made = await run.call('operator.create', { username, printedName, roles: options.role, initialPassword });
        run.print(
          made,
          () =>
            `${mark.passed()} ${made.printedName} (${made.username}) has an account (${made.roles.join(', ')}). Hand over the initial password; it is good for: drydock passwd`,
        );
      });
    });

  operator
    .command('list')
    .description('all accounts')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const all = await run.call('operator.list', {});
        run.print(all, () => all.map(describe).join('\n'));
      });
    });

  for (const [verb, name, done] of [
    ['disable', 'operator.disable', 'is disabled for good'],
    ['unlock', 'operator.unlock', 'is unlocked'],
  ] as const) {
    operator
      .command(verb)
      .argument('<username>', 'whose account')
      .description(verb === 'disable' ? 'end an account for good' : 'lift a lockout after failed logins')
      .action(async (username: string, _options: object, command: Command) => {
        await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
          const { id } = await findByUsername(run, username);
          const changed = await run.call(name, { id });
          run.print(changed, () => `${mark.passed()} ${changed.printedName} ${done}.`);
        });
      });
  }

  operator
    .command('reset-password')
    .argument('<username>', 'whose')
    .description('give an operator who forgot the password a new initial one; the signing key is lost with the old one')
    .action(async (username: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { id } = await findByUsername(run, username);
        const initialPassword = await askNewPassword(run.answers, `Initial password of ${username}`);
        const changed = await run.call('operator.reset-password', { id, initialPassword });
        run.print(changed, () => `${mark.passed()} ${changed.printedName} has a new initial password.`);
      });
    });
}

async function findByUsername(run: CommandRun, username: string): Promise<OperatorView> {
  const all = await run.call('operator.list', {});
  const found = all.find((candidate) => candidate.username === username);
  if (found === undefined)
    throw new UsageError(`There is no operator "${username}"; drydock operator list shows them.`);
  return found;
}

function describe({ username, printedName, roles, status, lockedUntil, mustChangePassword }: OperatorView): string {
  const notes = [status, lockedUntil === null ? '' : 'locked', mustChangePassword ? 'initial password' : ''];
  return `${username.padEnd(20)} ${printedName.padEnd(28)} ${roles.join(', ').padEnd(24)} ${notes.filter(Boolean).join(', ')}`;
}
