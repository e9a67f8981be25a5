import { accept } from '../../../contract/result.ts';
import type { AuditActor } from '../../../contract/schema/audit.ts';
import type { BenchMap } from '../../device/bench-map.ts';
import { findMovedHub } from '../../device/moved-hub.ts';
import type { UsbScanner } from '../../device/usb-scanner.ts';
import type { Caller, Handlers } from '../dispatch.ts';

type BenchHandlers = Pick<Handlers, 'bench.show' | 'bench.name' | 'bench.learn' | 'bench.forget' | 'bench.move'>;

/** The bench map: what the ports of the house are called. */
export function createBenchHandlers({ scanner, map }: { scanner: UsbScanner; map: BenchMap }): BenchHandlers {
  return {
    'bench.show': async () => {
      const places = map.places();
      const units = await scanner.list();
      // The map can be looked at on a machine without USB as well.
      return accept({ places: [...places], moved: units.ok ? findMovedHub(places, units.value) : null });
    },
    'bench.name': (given, caller) => map.name(given, actorOf(caller)),
    'bench.learn': (learned, caller) => map.learn(learned, actorOf(caller)),
    'bench.forget': ({ position }, caller) => map.forget(position, actorOf(caller)),
    'bench.move': ({ from, to }, caller) => {
      const moved = map.move(from, to, actorOf(caller));
      return moved.ok ? accept([...moved.value]) : moved;
    },
  };
}

function actorOf({ operator }: Caller): AuditActor {
  return { kind: 'operator', id: operator.id, username: operator.username };
}
