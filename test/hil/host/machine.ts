import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createInterface } from 'node:readline';
import { tool } from './prerequisites.ts';

export type Accelerator = 'kvm' | 'tcg';

export interface Machine {
  readonly kernelImage: string;
  readonly initrd: string;
}

export interface MachineRun {
  readonly console: string;
  readonly timedOut: boolean;
}

const ACCELERATION: Record<Accelerator, readonly string[]> = {
  kvm: ['-accel', 'kvm', '-cpu', 'host,-arch-capabilities'],
  tcg: ['-accel', 'tcg,thread=multi', '-cpu', 'max'],
};
const PROBE_MS = 20_000;

/** KVM where a guest boots with it in 20 s (there are machines whose /dev/kvm cannot do this), software emulation otherwise. */
export async function chooseAccelerator(machine: Machine): Promise<{ accelerator: Accelerator; why: string }> {
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
  } catch {
    return { accelerator: 'tcg', why: 'no /dev/kvm to use' };
  }
  const probe = await runMachine(machine, 'kvm', { append: 'drydock.probe', limitMs: PROBE_MS });
  if (probe.console.includes('DRYDOCK-GUEST-BOOTED')) return { accelerator: 'kvm', why: 'a probe booted' };
  return { accelerator: 'tcg', why: `with KVM no guest booted in ${PROBE_MS / 1000} s` };
}

/** Runs a guest to its power-off, or kills it when `limitMs` is over. `onLine` gets each line of its console. */
export function runMachine(
  machine: Machine,
  accelerator: Accelerator,
  options: {
    readonly append?: string;
    /** The one folder that the guest sees of this machine, for what the tests come to. */
    readonly resultFolder?: string;
    readonly limitMs: number;
    readonly onLine?: (line: string) => void;
  },
): Promise<MachineRun> {
  const { append = '', resultFolder, limitMs, onLine } = options;
  const args = [
    ...ACCELERATION[accelerator],
    ...[
      '-machine',
      'q35',
      '-smp',
      '2',
      '-m',
      '2048',
      '-nodefaults',
      '-no-reboot',
      '-display',
      'none',
      '-serial',
      'stdio',
    ],
    ...['-kernel', machine.kernelImage, '-initrd', machine.initrd],
    ...['-append', `console=ttyS0 quiet loglevel=3 panic=-1 tsc=reliable ${append}`.trim()],
    ...(resultFolder === undefined ? [] : shareFolder(resultFolder)),
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(tool('qemu-system-x86_64'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    let timedOut = false;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        text += `${line}\n`;
        onLine?.(line);
      });
    }
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, limitMs);
    const kill = (): void => void child.kill('SIGKILL');
    process.once('exit', kill);
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      process.off('exit', kill);
      resolve({ console: text, timedOut });
    });
  });
}

function shareFolder(path: string): string[] {
  const share = `local,id=results,path=${path.replaceAll(',', ',,')},security_model=none`;
  return ['-fsdev', share, '-device', 'virtio-9p-pci,fsdev=results,mount_tag=results'];
}
