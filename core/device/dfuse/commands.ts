import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import { returnToIdle } from '../dfu/return-to-idle.ts';
import { awaitDownload, type Waiting } from './await-download.ts';
import { COMMAND_BLOCK, DfuseCommand } from './constants.ts';
import type { DfuseContext } from './dfuse-context.ts';
import { explainDfuseStall } from './dfuse-status.ts';
import { formatAddress } from './memory-pages.ts';

/** The list of commands has a byte for each; real units have three to six. */
const MAX_COMMANDS = 64;
/** What an STM32F405 needs while it does not answer; dfu-util waits as long. */
const MASS_ERASE_WAIT_MS = 35_000;

/**
 * Asks for the commands that the unit knows (AN3156 §4.2, Get) and makes sure that it can set an address and erase a page.
 * Refuses with `device.dfuse-unsupported`, or as the transfer does.
 */
export async function checkCommands(context: DfuseContext): Promise<Result<void>> {
  const answer = await context.port.upload(COMMAND_BLOCK, Math.min(MAX_COMMANDS, context.blockBytes));
  if (!answer.ok) {
    const why = await explainDfuseStall(context, answer);
    return isUnknownCommand(why) ? await returnToIdle(context) : why;
  }
  const idle = await returnToIdle(context);
  if (!idle.ok) return idle;
  const { setAddress, erase } = DfuseCommand;
  if ([setAddress, erase].every((command) => answer.value.includes(command))) return accept(undefined);
  const known = Buffer.from(answer.value).toString('hex') || 'none';
  return refuse(
    'device.dfuse-unsupported',
    `The unit's boot loader does not speak ST's DfuSe: it states the commands ${known}, and 21 and 41 are needed.`,
    { commands: known },
  );
}

/** Loaders other than ST's may have no such list; what they do not know is then seen at the first command. */
function isUnknownCommand({ code }: Refusal): boolean {
  return code === 'device.stalled' || code === 'device.err-stalledpkt';
}

/** Sets the address that block number 2 stands for (AN3156 §4.3). */
export async function setAddress(context: DfuseContext, address: number): Promise<Result<void>> {
  const what = `setting the address ${formatAddress(address)}`;
  return await runCommand(context, commandWith(DfuseCommand.setAddress, address), {
    what,
    deadlineMs: context.limits.blockMs,
  });
}

/** Erases the page that begins at `address` (AN3156 §4.4). */
export async function erasePage(context: DfuseContext, address: number): Promise<Result<void>> {
  const what = `erasing the page at ${formatAddress(address)}`;
  return await runCommand(context, commandWith(DfuseCommand.erase, address), {
    what,
    deadlineMs: context.limits.blockMs,
  });
}

/** Erases all of the memory, what belongs to no image included (AN3156 §4.4): for a profile that says so in as many words. */
export async function eraseAll(context: DfuseContext): Promise<Result<void>> {
  return await runCommand(context, Uint8Array.of(DfuseCommand.erase), {
    what: 'erasing all of its memory',
    deadlineMs: context.limits.massEraseMs,
    ...(context.quirks.has('mass-erase-time-wrong') ? { firstPauseMs: MASS_ERASE_WAIT_MS } : {}),
  });
}

/** Leaves the unit in dfuDNLOAD-IDLE. */
async function runCommand(
  context: DfuseContext,
  command: Uint8Array<ArrayBuffer>,
  waiting: Waiting,
): Promise<Result<void>> {
  const sent = await context.port.download(COMMAND_BLOCK, command);
  if (!sent.ok) return await explainDfuseStall(context, sent);
  return await awaitDownload(context, waiting);
}

/** The command, then the address with its lowest byte first. */
function commandWith(command: number, address: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(5);
  bytes[0] = command;
  new DataView(bytes.buffer).setUint32(1, address, true);
  return bytes;
}
