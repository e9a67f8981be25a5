import { Option, type Command } from 'commander';
import { AccountReason, PrintedName, Role, type AccountView } from '../../contract/schema/session.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { readAs, readUsername } from '../option-value.ts';
import { askNewPassword } from '../terminal/new-password.ts';
import { localTime, mark } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';

/** operator add, list, set-roles, disable, enable, unlock, end-sessions, reset-password, reset-factor, require-factor. */
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

  for (const [verb, name, done, description] of [
    ['unlock', 'operator.unlock', 'is unlocked', 'lift a lockout after failed logins'],
    ['end-sessions', 'operator.end-sessions', 'is logged out', 'log an operator out everywhere; running updates go on'],
  ] as const) {
    operator
      .command(verb)
      .argument('<username>', 'whose account')
      .description(description)
      .action(async (username: string, _options: object, command: Command) => {
        await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
          const { id } = await findByUsername(run, username);
          const changed = await run.call(name, { id });
          run.print(changed, () => `${mark.passed()} ${changed.printedName} ${done}.`);
        });
      });
  }

  addStandingCommands(operator);

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

  addFactorCommands(operator);
}

/** What an account is for, and whether it is in use. */
function addStandingCommands(operator: Command): void {
  operator
    .command('set-roles')
    .argument('<username>', 'whose account; nobody changes their own')
    .addOption(new Option('--role <role...>', 'one role, or several').choices(Role.options).makeOptionMandatory())
    .description('give an operator other roles; ends that operator’s sessions')
    .action(async (username: string, options: { role: Role[] }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { id } = await findByUsername(run, username);
        const changed = await run.call('operator.set-roles', { id, roles: options.role });
        run.print(changed, () => `${mark.passed()} ${changed.printedName} is now: ${changed.roles.join(', ')}.`);
      });
    });

  operator
    .command('disable')
    .argument('<username>', 'whose account')
    .requiredOption('--reason <text>', 'why, for the audit log', readAs(AccountReason))
    .description('end the use of an account, and its sessions')
    .action(async (username: string, { reason }: { reason: string }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { id } = await findByUsername(run, username);
        const changed = await run.call('operator.disable', { id, reason });
        run.print(changed, () => `${mark.passed()} ${changed.printedName} is disabled.`);
      });
    });

  operator
    .command('enable')
    .argument('<username>', 'whose account')
    .requiredOption('--reason <text>', 'why, for the audit log', readAs(AccountReason))
    .description('let a person who returns use the account again, with a new initial password')
    .action(async (username: string, { reason }: { reason: string }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { id } = await findByUsername(run, username);
        const initialPassword = await askNewPassword(run.answers, `Initial password of ${username}`);
        const changed = await run.call('operator.enable', { id, initialPassword, reason });
        run.print(
          changed,
          () =>
            `${mark.passed()} ${changed.printedName} may use the account again. Hand over the initial password; it is good for: drydock passwd`,
        );
      });
    });
}

function addFactorCommands(operator: Command): void {
  operator
    .command('reset-factor')
    .argument('<username>', 'whose')
    .option('--reset-both', 'give a new initial password as well, which a password of fewer than 15 characters needs')
    .description('reset the second factor of an operator who has lost it')
    .action(async (username: string, { resetBoth = false }: { resetBoth?: boolean }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { id } = await findByUsername(run, username);
        const initialPassword = resetBoth ? await askNewPassword(run.answers, `Initial password of ${username}`) : null;
        const changed = await run.call('operator.reset-factor', { id, initialPassword });
        run.print(changed, () => `${mark.passed()} ${changed.printedName} logs in without a second factor.`);
      });
    });

  operator
    .command('require-factor')
    .description('set whose operators must have a second factor; without --role, nobody has to')
    .addOption(new Option('--role <role...>', 'one role, or several').choices(Role.options).default([]))
    .action(async (options: { role: Role[] }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { roles } = await run.call('operator.require-factor', { roles: options.role });
        run.print({ roles }, () =>
          roles.length === 0
            ? `${mark.passed()} No role needs a second factor.`
            : `${mark.passed()} A second factor is needed by: ${roles.join(', ')}.`,
        );
      });
    });
}

async function findByUsername(run: CommandRun, username: string): Promise<AccountView> {
  const all = await run.call('operator.list', {});
  const found = all.find((candidate) => candidate.username === username);
  if (found === undefined)
    throw new UsageError(`There is no operator "${username}"; drydock operator list shows them.`);
  return found;
}

function describe({ username, printedName, roles, status, lockedUntil, ...operator }: AccountView): string {
  const notes = [
    status,
    lockedUntil === null ? '' : 'locked',
    operator.mustChangePassword ? 'initial password' : '',
    { enrolled: 'second factor', missing: 'needs a second factor', none: '' }[operator.secondFactor],
    operator.lastLoginAt === null ? 'never logged in' : `last login ${localTime(operator.lastLoginAt)}`,
  ];
  return `${username.padEnd(20)} ${printedName.padEnd(28)} ${roles.join(', ').padEnd(24)} ${notes.filter(Boolean).join(', ')}`;
}
