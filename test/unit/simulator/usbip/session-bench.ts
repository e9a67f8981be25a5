import { setImmediate as nextTurn } from 'node:timers/promises';
import { ExportedUnits } from '../../../../simulator/usbip/exported-units.ts';
import { UsbIpSession } from '../../../../simulator/usbip/session.ts';
import { readRecord, requestImport } from '../../../helpers/usbip-client.ts';
import type { TestBench } from '../bench.ts';

/** One connection to the units of a bench, without a socket between. */
export interface TestConnection {
  readonly session: UsbIpSession;
  /** Everything that the server has sent so far. */
  readonly received: () => Buffer;
  /** What it has sent since the last call. */
  readonly take: () => Buffer;
  /** Why the server ended the connection, or undefined while it is open. */
  readonly hungUp: () => string | undefined;
}

export function connect(units: ExportedUnits): TestConnection {
  const sent: Buffer[] = [];
  let taken = 0;
  let reason: string | undefined;
  const session = new UsbIpSession({
    units,
    speed: 2,
    send: (reply) => sent.push(reply),
    hangUp: (why) => (reason = why),
  });
  const received = (): Buffer => Buffer.concat(sent);
  const take = (): Buffer => {
    const all = received();
    const fresh = all.subarray(taken);
    taken = all.length;
    return fresh;
  };
  return { session, received, take, hungUp: () => reason };
}

/** Imports the unit at position 1-4; returns its device id as the reply tells it. */
export function importUnit({ session, take }: TestConnection, busId = '1-4'): number {
  session.receive(requestImport(busId));
  const { busNumber, deviceNumber } = readRecord(take().subarray(8));
  return busNumber * 65_536 + deviceNumber;
}

export function exportUnits(bench: TestBench): ExportedUnits {
  return new ExportedUnits(bench.bus);
}

/** Lets the unit answer: a transfer takes one turn of the event loop, its reply a few more. */
export async function turns(count = 5): Promise<void> {
  for (let turn = 0; turn < count; turn++) await nextTurn();
}
