import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { deviceKinds, type DeviceKind } from '../../simulator/device-kind.ts';
import { openVirtualBench, type PlacedDevice } from '../../simulator/virtual-bench.ts';
import type { GlobalOptions } from '../command-run.ts';
import { makeDemoBundles } from '../../demo/bundles.ts';
import { demoImage, demoImageKeyPem, demoRootPem } from '../../demo/materials.ts';
import { zephyrProfileText } from '../../demo/zephyr-profile.ts';
import { systemClock } from '../../core/system-clock.ts';
import { mark } from '../terminal/style.ts';
import { makeGivenFolder } from '../given-file.ts';
import { readWholeNumber } from '../option-value.ts';
import { UsageError } from '../usage-error.ts';
import { addSimulatorServe } from './simulator-serve.ts';

const MOST_UNITS = 16;

interface CreateOptions {
  readonly units: number;
  readonly kind: DeviceKind;
  readonly busReset?: 'ignored' | 'boots' | undefined;
}

/** simulator create, serve: virtual units and everything to try Drydock on them by hand. */
export function addSimulator(program: Command): void {
  const simulator = program.command('simulator').description('virtual units, for training and for trying things out');
  addSimulatorServe(simulator);

  simulator
    .command('create')
    .argument('<folder>', 'a new or empty folder for them')
    .description(
      'make virtual units in a folder for --virtual-bench, with a root, an image key and bundles to try on them',
    )
    .option('--units <n>', `how many, 1 to ${MOST_UNITS}`, readWholeNumber(1, MOST_UNITS), 2)
    .addOption(new Option('--kind <kind>', 'what kind of unit').choices(deviceKinds).default('drydock'))
    .addOption(
      new Option('--bus-reset <effect>', 'Zephyr kinds: what a bus reset does in DFU mode (default: ignored)').choices([
        'ignored',
        'boots',
      ]),
    )
    .action(async (folder: string, { units, kind, busReset }: CreateOptions, command: Command) => {
      if (busReset !== undefined && kind === 'drydock') {
        throw new UsageError('--bus-reset is for units of a Zephyr kind; others answer a bus reset as DFU 1.1 says.');
      }
      expectEmptyFolder(folder);
      const serials = makeSerials(units);
      const factoryImage = demoImage(3, '2.3.1');
      const bench = openVirtualBench({
        clock: systemClock,
        folder,
        units: serials.map((serial, index) =>
          orderUnit(
            { kind, busReset },
            { position: `1-${index + 1}`, serial, imagePublicKey: demoImageKeyPem, factoryImage },
          ),
        ),
      });
      await bench.close();
      const kit = join(folder, 'kit');
      mkdirSync(kit, { recursive: true });
      writeFileSync(join(kit, 'root.crt'), demoRootPem);
      writeFileSync(join(kit, 'image-key.pem'), demoImageKeyPem);
      const profile = kind === 'drydock' ? null : join(kit, `${kind}.json`);
      if (kind !== 'drydock' && profile !== null)
        writeFileSync(profile, zephyrProfileText(kind, busReset ?? 'ignored'));
      const bundles = await makeDemoBundles(join(kit, 'bundles'), new Date());
      const { json } = command.optsWithGlobals<GlobalOptions>();
      const text = [
        `${mark.passed()} ${serials.length} virtual units (${kind}: ${serials.join(', ')}) are in ${folder}; use them with --virtual-bench ${folder}`,
        ...(profile === null
          ? []
          : [`  copy         ${profile} into the folder profiles of the station’s data folder`]),
        `  pin          ${join(kit, 'root.crt')} and ${join(kit, 'image-key.pem')}`,
        `  import       ${bundles.good}`,
        `  self-test ✗  ${bundles.failingSelfTest}`,
        `  import ✗     ${bundles.tampered}\n               ${bundles.wrongSigner}`,
        `  update ✗     ${bundles.downgrade}\n               ${bundles.wrongHardware}`,
      ].join('\n');
      process.stdout.write(
        `${json === true ? JSON.stringify({ folder, kind, serials, kit, profile, bundles }, null, 2) : text}\n`,
      );
    });
}

/**
 * The later legacy class shows nothing of itself unless it is built with upload, as its sample application is, and device_next nothing of its
 * running slot unless the product adds an alternate setting for it.
 */
function orderUnit(
  { kind, busReset = 'ignored' }: Pick<CreateOptions, 'kind' | 'busReset'>,
  order: Omit<PlacedDevice, 'kind'>,
): PlacedDevice {
  if (kind === 'drydock') return { ...order, kind };
  return {
    ...order,
    kind,
    busReset,
    ...(kind === 'zephyr-legacy' ? { upload: true } : {}),
    ...(kind === 'zephyr-next' ? { slot0Alternate: true } : {}),
  };
}

function makeSerials(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `VU-${String(index + 1).padStart(4, '0')}`);
}

/** Units and bundles that are there already belong to somebody; they are never mixed with new ones. */
function expectEmptyFolder(folder: string): void {
  makeGivenFolder(folder);
  if (readdirSync(folder).length > 0) throw new UsageError(`The folder ${folder} is not empty; give a new one.`);
}
