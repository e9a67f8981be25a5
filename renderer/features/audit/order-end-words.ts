import type { OrderEnd } from '../../../contract/schema/standing-order.ts';
import type { Words } from '../../words/words.ts';

/** Why a standing order ended, after a colon. */
export const orderEndWords = {
  'by-operator': { en: 'an operator ended it', de: 'ein Operator hat ihn beendet' },
  'time-over': { en: 'its time was over', de: 'seine Zeit war um' },
  'units-started': { en: 'all its units were started', de: 'alle seine Geräte sind gestartet' },
  'opener-left': { en: 'whoever placed it had logged out', de: 'wer ihn erteilt hat, war abgemeldet' },
  'station-closed': { en: 'the station was closed', de: 'die Station wurde geschlossen' },
  'station-restarted': { en: 'the program stopped without ending it', de: 'das Programm endete, ohne ihn zu beenden' },
} as const satisfies Readonly<Record<OrderEnd, Words>>;
